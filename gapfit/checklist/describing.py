"""What is said of each item in its place: what it raises, what it brings, and why."""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.checklist.acquiring import acquired, learned, raises
from gapfit.checklist.aim import Aim
from gapfit.checklist.ordering import Placed, dependencies
from gapfit.datamodels import ChecklistItem, Gain, Level, Raised, SkillFinding, Week

# Smaller gains would be shown as 0.0 points.
_LEAST_GAIN = 0.05


def described(
    aim: Aim, order: Sequence[Placed], schedule: Sequence[Week]
) -> tuple[ChecklistItem, ...]:
    """Return the items with their gains, each on top of all before it."""
    waits = dependencies(aim.learning, [placed.item for placed in order])
    before: Sequence[SkillFinding] = aim.found
    entries = []
    for placed in order:
        after = learned(before, acquired([placed.item]), aim.credit)
        raised = raises(before, placed.item)
        numbers = _weeks(placed.item.id, schedule)
        entries.append(
            ChecklistItem(
                item=placed.item,
                project=placed.project.id,
                raises=raised,
                gains=gains(aim, before, after),
                why=_why(aim, raised),
                needed_by=tuple(p.item.id for p in order if placed.item.id in waits[p.item.id]),
                first_week=numbers[0],
                last_week=numbers[-1],
            )
        )
        before = after
    return tuple(entries)


def gains(
    aim: Aim, before: Sequence[SkillFinding], after: Sequence[SkillFinding]
) -> tuple[Gain, ...]:
    """Return the points by which fits rise: the role aimed at always first, then the largest."""
    roles = (aim.role, *aim.others)
    points = {fit.role: -fit.fit for fit in aim.fits(roles, before)}
    for fit in aim.fits(roles, after):
        points[fit.role] += fit.fit
    others = [Gain(role.id, points[role.id]) for role in aim.others]
    worth = [gain for gain in others if gain.points >= _LEAST_GAIN]
    return (
        Gain(aim.role.id, points[aim.role.id]),
        *sorted(worth, key=lambda gain: -gain.points),
    )


def _weeks(item: str, schedule: Sequence[Week]) -> list[int]:
    return [w.number for w in schedule if any(block.item == item for block in w.blocks)]


def _why(aim: Aim, raised: Sequence[Raised]) -> str:
    skills = {entry.skill for entry in raised}
    for gap in aim.gaps:
        if gap.skill in skills:
            return gap.why
    if any(entry.before is Level.USED for entry in raised):
        return "Shown in use already; this would show it owned, in the hands of others."
    return "Not asked for by itself; others in this plan build on it."
