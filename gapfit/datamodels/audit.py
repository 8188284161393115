"""Audits: what a change that should not matter does to a fit, and how outcomes differ by group."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gapfit.datamodels.result import Manifest
from gapfit.datamodels.resume import Resume

# 29 CFR 1607.4(D): a rate below four fifths of the highest is generally evidence of adverse impact.
FOUR_FIFTHS = 0.8


class Trait(StrEnum):
    """What is changed of a resume, all that shows someone's skills left as it is."""

    NAME = "name"
    CONTACT = "contact"
    ADDRESS = "address"
    GENDER = "gender"
    SCHOOL = "school"
    YEAR = "year"
    ORDER = "order"
    HEADINGS = "headings"
    OWN_HEADINGS = "own headings"
    FORMATTING = "formatting"
    PRODUCER = "producer"


@dataclass(frozen=True, slots=True)
class Variant:
    """The same resume with one trait changed; ``label`` says to what.

    It is compared with the resume itself, or with ``against`` where the change cannot be made
    without another ("he" needs a sentence that says "she" in the resume it is compared with).
    """

    trait: Trait
    label: str
    resume: Resume
    against: Resume | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """The largest change of any role's fit over the variants of one trait.

    ``points`` are points of fit, ``role`` the one they moved and ``label`` the variant that did;
    ``overlap``, 0-1, is the smallest share of the five best roles that stayed among them;
    ``bound`` is the most that is tolerated, in points.
    """

    trait: Trait
    variants: int
    points: float
    role: str
    label: str
    overlap: float
    bound: float

    @property
    def exceeded(self) -> bool:
        return self.points > self.bound


@dataclass(frozen=True, slots=True)
class Untried:
    """A trait that a resume does not have, or that could not be changed, and why."""

    trait: Trait
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeAudit:
    """How far the fits of one resume depend on what should not matter."""

    source: str
    manifest: Manifest
    shifts: tuple[Shift, ...]
    untried: tuple[Untried, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval; ``high`` may be infinite for a ratio."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """One group's rate of success and its ratio to the highest rate.

    ``values`` are the group's, one per column: two make an intersection. ``rate`` is the
    selection or scoring rate, 0-1, with its interval; ``ratio`` and its interval are None where
    no rate is above 0, and the interval also for the group with the highest rate itself.
    ``share`` is the group's share of all people counted; ``small`` that it is below 2%.
    """

    values: tuple[str, ...]
    people: int
    successes: int
    rate: float
    rate_interval: Interval
    ratio: float | None
    ratio_interval: Interval | None
    share: float
    small: bool

    @property
    def below_four_fifths(self) -> bool:
        return self.ratio is not None and self.ratio < FOUR_FIFTHS

    @property
    def surely_below(self) -> bool:
        """Whether the whole interval of the ratio lies below four fifths."""
        interval = self.ratio_interval
        return interval is not None and interval.high < FOUR_FIFTHS


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The groups of one column, or of several crossed; ``unknown`` people have an empty value."""

    columns: tuple[str, ...]
    groups: tuple[GroupOutcome, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not counted: its number in the file, the header being 1, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Rates and ratios by group; ``median`` is the sample's score that success lies above."""

    source: str
    input_sha256: str
    measure: str  # "scoring rate" or "selection rate"
    column: str
    people: int
    median: float | None
    tables: tuple[GroupTable, ...]
    bad_rows: tuple[BadRow, ...]
