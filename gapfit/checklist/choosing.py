"""Which items to build: the least work for the first gaps, or the most gain for a time."""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.checklist.acquiring import acquired, learned
from gapfit.checklist.aim import Aim
from gapfit.checklist.candidates import bringers, openers, problem
from gapfit.checklist.choice import Choice, least_hours, most_worth
from gapfit.datamodels import LearningItem

# A gap worth less than this share of the best one is left out of a plan that has no limit: the
# hours are better spent elsewhere.
LEAST_PRIORITY = 0.2

_NOTHING = Choice(frozenset(), frozenset(), 0, 0)


def choose(aim: Aim, items: Sequence[LearningItem], budget: int | None, count: int) -> Choice:
    """Return what to build within ``budget`` hours, or without one for ``count`` gaps."""
    if not items:
        return _NOTHING
    return _cover(aim, items, count) if budget is None else _fill(aim, items, budget)


def _cover(aim: Aim, items: Sequence[LearningItem], count: int) -> Choice:
    """The least work that closes the first ``count`` gaps and opens a closed gate."""
    worthy = [gap.skill for gap in aim.gaps if gap.priority >= LEAST_PRIORITY]
    demands = [numbers for skill in worthy if (numbers := bringers(items, skill))]
    choice = least_hours(problem(aim, items), [*demands[:count], *openers(aim, items)[:1]])
    return choice or _NOTHING


def _fill(aim: Aim, items: Sequence[LearningItem], budget: int) -> Choice:
    """The work of at most ``budget`` hours that raises the role's fit most.

    Whatever opens the gate multiplies the whole fit. So the best choice is sought once for each
    width of the gate, and the fits decide. Of equal fits the shorter work is chosen.
    """
    choices = [
        most_worth(problem(aim, items), budget, demands)
        for demands in ([], *([numbers] for numbers in openers(aim, items)))
    ]
    possible = [choice for choice in choices if choice is not None]
    return max(possible, key=lambda choice: (_fit(aim, items, choice), -choice.hours))


def _fit(aim: Aim, items: Sequence[LearningItem], choice: Choice) -> float:
    built = acquired(items[number] for number in choice.items)
    (fit,) = aim.fits([aim.role], learned(aim.found, built, aim.credit))
    return fit.fit
