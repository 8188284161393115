"""What became of skills, gaps and fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gapfit.datamodels import (
    Analysis,
    Catalogue,
    FitChange,
    Gap,
    GapChange,
    GapTurn,
    Level,
    Part,
    Role,
    SkillChange,
    SkillFinding,
    SkillTurn,
)

# Credits nearer than this are equal: what a skill keeps company with moves all others by a hair.
SAME_CREDIT = 5e-4

# Places a gap must rise or fall among the gaps that both sides have before it has moved.
MOVED_BY = 3

Shares = Callable[[Role, Sequence[SkillFinding], Sequence[SkillFinding]], Mapping[str, float]]


def of_fits(
    catalogue: Catalogue, before: Analysis, after: Analysis, shares: Shares
) -> tuple[FitChange, ...]:
    """Return every role's fit on both sides, with the skills that make the difference."""
    old = {fit.role: fit for fit in before.roles}
    changes = []
    for fit in sorted(after.roles, key=lambda fit: fit.rank):
        points = shares(catalogue.role(fit.role), before.skills, after.skills)
        parts = [Part(skill, value) for skill, value in points.items() if value]
        parts.sort(key=lambda part: (-abs(part.points), part.skill))
        changes.append(FitChange(old[fit.role], fit, tuple(parts)))
    return tuple(changes)


def of_skills(
    before: Sequence[SkillFinding], after: Sequence[SkillFinding]
) -> tuple[SkillChange, ...]:
    """Return the skills, one finding each and in one order, whose level or credit changed."""
    return tuple(
        SkillChange(_skill_turn(old, new), old, new)
        for old, new in zip(before, after, strict=True)
        if old.level != new.level or abs(new.credit - old.credit) > SAME_CREDIT
    )


def _skill_turn(before: SkillFinding, after: SkillFinding) -> SkillTurn:
    if after.level == before.level:
        return SkillTurn.FIRMER if after.credit > before.credit else SkillTurn.FAINTER
    if after.level > before.level:
        return SkillTurn.GAINED if before.level is Level.ABSENT else SkillTurn.DEEPENED
    return SkillTurn.LOST if after.level is Level.ABSENT else SkillTurn.WEAKENED


def of_gaps(before: Sequence[Gap], after: Sequence[Gap]) -> tuple[GapChange, ...]:
    """Return what became of the gaps of both sides, which were aimed at the same roles.

    A gap has moved when it stands at least ``MOVED_BY`` places away among the gaps that both have:
    that the first gap closes moves no other.
    """
    old = {gap.skill: place for place, gap in enumerate(before, start=1)}
    new = {gap.skill: place for place, gap in enumerate(after, start=1)}
    closed = [_gap(GapTurn.CLOSED, gap, old, new) for gap in before if gap.skill not in new]
    opened = [_gap(GapTurn.OPENED, gap, old, new) for gap in after if gap.skill not in old]
    earlier = {g.skill: n for n, g in enumerate(gap for gap in before if gap.skill in new)}
    both = [gap for gap in after if gap.skill in old]
    moved = [
        _gap(GapTurn.MOVED, gap, old, new)
        for place, gap in enumerate(both)
        if abs(place - earlier[gap.skill]) >= MOVED_BY
    ]
    return (*closed, *opened, *moved)


def _gap(turn: GapTurn, gap: Gap, old: Mapping[str, int], new: Mapping[str, int]) -> GapChange:
    return GapChange(turn, gap.skill, gap.area, old.get(gap.skill), new.get(gap.skill))
