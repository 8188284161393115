"""The map: every skill by area, what one role asks for against what the resume shows."""

from __future__ import annotations

from dataclasses import dataclass

from gapfit.datamodels import Analysis, Band, Catalogue, Level, Role, SkillFinding
from gapfit.formats.clean import clean
from gapfit.formats.report.lines import Quote, quote
from gapfit.formats.words import LEVELS

BANDS = {Band.CORE: "core", Band.COMMON: "common", Band.OCCASIONAL: "occasional"}


@dataclass(frozen=True, slots=True)
class Mapped:
    """One skill; ``need`` is how the role asks for it, "" when it does not."""

    id: str
    name: str
    level: Level
    told: str
    need: str
    quotes: tuple[Quote, ...]

    @property
    def shown(self) -> bool:
        """Whether a line shows it in use; only what is not can be tried out."""
        return self.level >= Level.USED


@dataclass(frozen=True, slots=True)
class MappedArea:
    """The skills of an area in the order of the catalogue."""

    name: str
    overlap: bool
    skills: tuple[Mapped, ...]

    @property
    def shown(self) -> int:
        return sum(skill.shown for skill in self.skills)


def skill_map(analysis: Analysis, catalogue: Catalogue, role: Role) -> tuple[MappedArea, ...]:
    """Return all areas with their skills, and how ``role`` asks for each."""
    needs = {item.skill: BANDS.get(item.band, "") for item in role.stack}
    return tuple(
        MappedArea(
            clean(area.name),
            area.overlap,
            tuple(
                _mapped(finding, catalogue, needs.get(finding.skill, ""))
                for finding in analysis.skills
                if finding.area == area.id
            ),
        )
        for area in catalogue.areas
    )


def _mapped(finding: SkillFinding, catalogue: Catalogue, need: str) -> Mapped:
    return Mapped(
        id=finding.skill,
        name=clean(catalogue.skill(finding.skill).name),
        level=finding.level,
        told=LEVELS[finding.level],
        need=need,
        quotes=tuple(dict.fromkeys(quote(evidence) for evidence in finding.evidence)),
    )
