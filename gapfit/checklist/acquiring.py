"""What a resume would show if more were built: findings with skills raised to a level."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from gapfit.checklist.aim import Credit
from gapfit.datamodels import Done, Learning, LearningItem, Level, Raised, SkillFinding


def acquired(items: Iterable[LearningItem], skills: Iterable[str] = ()) -> dict[str, Level]:
    """Return the level of every skill that ``items`` evidence; bare ``skills`` count as used."""
    levels = dict.fromkeys(skills, Level.USED)
    for item in items:
        for skill in item.skills:
            levels[skill] = max(item.level, levels.get(skill, Level.ABSENT))
    return levels


def done_levels(learning: Learning, done: Done) -> dict[str, Level]:
    """Return the level of every skill that finished items and named skills evidence."""
    return acquired((item for item in learning.items if item.id in done.items), done.skills)


def learned(
    found: Sequence[SkillFinding], levels: Mapping[str, Level], credit: Credit
) -> tuple[SkillFinding, ...]:
    """Return the findings with each skill raised to its level in ``levels``, where that is higher.

    ``credit`` says what a level is worth, 0-1; no finding loses any.
    """
    return tuple(_raised(finding, levels.get(finding.skill), credit) for finding in found)


def _raised(finding: SkillFinding, level: Level | None, credit: Credit) -> SkillFinding:
    if level is None or level <= finding.level:
        return finding
    return dataclasses.replace(
        finding, level=level, confidence=1.0, credit=max(finding.credit, credit[level])
    )


def raises(found: Sequence[SkillFinding], item: LearningItem) -> tuple[Raised, ...]:
    """Return the skills that ``item`` would show at a higher level than ``found`` does."""
    before = {finding.skill: finding.level for finding in found}
    return tuple(
        Raised(skill, before[skill], item.level)
        for skill in item.skills
        if before[skill] < item.level
    )
