"""Pay as the sources give it: figures, remarks and contradictions, none of them merged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gapfit.datamodels.catalogue import Fact


class PayLevel(StrEnum):
    """The seniority a figure is for. Sources draw the lines differently: see ``years``."""

    ANY = "any"  # the source names no level, or gives one range for all
    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"


class PayBasis(StrEnum):
    """What a figure counts."""

    TOTAL = "total"  # salary, bonus and equity of a year
    BAND = "band"  # a hiring band, without saying what it counts
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class PayBand:
    """One figure of one source: a year's pay in thousands of US dollars.

    ``low_k`` and ``high_k`` are the ends of a range, ``median_k`` a median; what the source does
    not give is None. ``open_ended`` means "and more". ``years`` is the experience the source
    means by the level, in its own words, "" when it does not say.
    """

    role: str
    level: PayLevel
    low_k: float | None
    high_k: float | None
    median_k: float | None
    open_ended: bool
    basis: PayBasis
    scope: str  # whom the figure is about
    years: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class PayRemark:
    """What a source says of pay beside its figures: premiums, floors, failures."""

    role: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class PayConflict:
    """One question on which sources differ, each with its side; ``roles`` are those it is about."""

    topic: str
    roles: tuple[str, ...]
    sides: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Pay:
    """Everything the sources say of pay, in the order of the profile."""

    bands: tuple[PayBand, ...]
    remarks: tuple[PayRemark, ...]
    conflicts: tuple[PayConflict, ...]

    def of(self, role: str, level: PayLevel | None = None) -> tuple[PayBand, ...]:
        """Return the figures for a role; with a level, those for it and those for any level."""
        wanted = (level, PayLevel.ANY)
        return tuple(b for b in self.bands if b.role == role and (not level or b.level in wanted))
