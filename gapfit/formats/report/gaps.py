"""The gaps in the order in which to close them, and what each would bring."""

from __future__ import annotations

from dataclasses import dataclass

from gapfit.datamodels import Analysis, Catalogue, Gap
from gapfit.formats.clean import clean
from gapfit.formats.words import LEVELS

# Gains below this (points) are not worth a reader's time beside larger ones.
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Gained:
    """What a gap would bring one role, in points."""

    role: str
    points: float


@dataclass(frozen=True, slots=True)
class GapPart:
    """One gap as it is told."""

    skill: str
    name: str
    area: str
    overlap: bool
    level: str
    occasional: bool
    gains: tuple[Gained, ...]
    why: str


def gap_parts(analysis: Analysis, catalogue: Catalogue) -> tuple[GapPart, ...]:
    """Return the gaps, first those to close first."""
    return tuple(_part(gap, catalogue) for gap in analysis.gaps)


def _part(gap: Gap, catalogue: Catalogue) -> GapPart:
    area = catalogue.area(gap.area)
    return GapPart(
        skill=gap.skill,
        name=clean(catalogue.skill(gap.skill).name),
        area=clean(area.name),
        overlap=area.overlap,
        level=LEVELS[gap.level],
        occasional=gap.occasional,
        gains=tuple(
            Gained(clean(catalogue.role(gain.role).name), gain.points)
            for gain in gap.gains
            if gain.points >= _LEAST
        ),
        why=clean(gap.why),
    )
