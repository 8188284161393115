"""What each item would bring towards a role and what it needs: the choice there is.

A role's fit rises with its coverage, which is a plain sum over skills. So the set of items worth
most in weighted credit is the set with the highest fit, as long as the role's gate stays as it is;
what opens a gate is told apart by ``openers``.
"""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.checklist.acquiring import acquired, learned
from gapfit.checklist.aim import Aim
from gapfit.checklist.choice import Problem, Step
from gapfit.datamodels import LearningItem, Level, SkillFinding

# Credit times weight is counted in ten-thousandths: far below what is shown of a fit.
_UNIT = 10_000
_LEVELS = (Level.USED, Level.OWNED)


def relevant(aim: Aim) -> tuple[LearningItem, ...]:
    """Return the items that bring something the role asks for, and all that these need."""
    asked = {entry.skill for entry in aim.role.stack if entry.weight > 0} | aim.role.gate.keys()
    level = {finding.skill: finding.level for finding in aim.found}
    kept: set[str] = set()
    todo = [
        item
        for item in aim.learning.items
        if any(skill in asked and level[skill] < item.level for skill in item.skills)
    ]
    while todo:
        item = todo.pop()
        if item.id not in kept:
            kept.add(item.id)
            unmet = missing(aim, item)
            todo += [other for other in aim.learning.items if unmet.intersection(other.skills)]
    return tuple(item for item in aim.learning.items if item.id in kept)


def missing(aim: Aim, item: LearningItem) -> set[str]:
    """Return the prerequisites of ``item`` that no line even names and some item could bring."""
    named = {finding.skill for finding in aim.found if finding.level > Level.ABSENT}
    brought = {skill for other in aim.learning.items for skill in other.skills}
    return {need for need in aim.learning.needs(item) if need not in named and need in brought}


def problem(aim: Aim, items: Sequence[LearningItem]) -> Problem:
    """Return the choice among ``items``, numbered in their order, in whole numbers."""
    numbers = {item.id: number for number, item in enumerate(items)}
    return Problem(
        hours=tuple(item.effort.planned for item in items),
        steps=_steps(aim, items),
        needs=tuple(
            (numbers[item.id], frozenset(bringers(items, need)))
            for item in items
            for need in sorted(missing(aim, item))
        ),
        setups=tuple(
            (
                project.setup_effort.planned,
                frozenset(numbers[item] for item in project.items if item in numbers),
            )
            for project in aim.learning.projects
        ),
    )


def bringers(
    items: Sequence[LearningItem], skill: str, level: Level = Level.USED
) -> tuple[int, ...]:
    """Return the numbers of the items that evidence ``skill`` at ``level`` or higher."""
    return tuple(
        number for number, item in enumerate(items) if skill in item.skills and item.level >= level
    )


def _steps(aim: Aim, items: Sequence[LearningItem]) -> tuple[Step, ...]:
    """One step for each level of each skill that is still to be earned."""
    weights = {entry.skill: entry.weight for entry in aim.role.stack}
    steps = []
    for finding in aim.found:
        earned = finding.credit
        for level in _LEVELS:
            (after,) = learned((finding,), {finding.skill: level}, aim.credit)
            worth = round(_UNIT * weights.get(finding.skill, 0.0) * (after.credit - earned))
            by = frozenset(bringers(items, finding.skill, level))
            if worth > 0 and by:
                steps.append(Step(worth, by))
            earned = after.credit
    return tuple(steps)


def openers(aim: Aim, items: Sequence[LearningItem]) -> list[tuple[int, ...]]:
    """Return the sets of items of which one opens the role's gate further, the widest first.

    Empty when the role has no gate, or what is shown opens it, or no item would.
    """
    now = _opened(aim, aim.found)
    each = [_opened(aim, learned(aim.found, acquired([item]), aim.credit)) for item in items]
    return [
        tuple(number for number, opened in enumerate(each) if opened >= least)
        for least in sorted({opened for opened in each if opened > now}, reverse=True)
    ]


def _opened(aim: Aim, found: Sequence[SkillFinding]) -> float:
    """How far the gate is open, 0-1: what its best skill earns of what the role asks of it."""
    asked = {skill: aim.credit[Level[level.upper()]] for skill, level in aim.role.gate.items()}
    earned = (f.credit / asked[f.skill] for f in found if f.skill in asked)
    return min(1.0, max(earned, default=1.0))
