"""The choice of items is exact: compared with every possible choice, on small problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

import pytest
from hypothesis import given, strategies as st

from gapfit.checklist.choice import Choice, Problem, Step, least_hours, most_worth

Demands = Sequence[frozenset[int]]


def subsets(count: int) -> Iterator[frozenset[int]]:
    everything = range(count)
    sizes = (combinations(everything, size) for size in range(count + 1))
    return (frozenset(chosen) for chosen in chain.from_iterable(sizes))


def every_choice(problem: Problem, demands: Demands) -> Iterator[Choice]:
    """All choices that keep the rules, each with its worth and hours."""
    for items in subsets(len(problem.hours)):
        if any(item in items and not items & by for item, by in problem.needs):
            continue
        if any(not items & demanded for demanded in demands):
            continue
        for projects in subsets(len(problem.setups)):
            held = frozenset(chain.from_iterable(problem.setups[p][1] for p in projects))
            if items <= held:
                hours = sum(problem.hours[i] for i in items)
                hours += sum(problem.setups[p][0] for p in projects)
                worth = sum(step.worth for step in problem.steps if step.items & items)
                yield Choice(items, projects, worth, hours)


def numbers(count: int, **size: int) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(st.integers(0, count - 1), **size)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(1, 5))
    hours = draw(st.lists(st.integers(1, 12), min_size=count, max_size=count))
    steps = draw(
        st.lists(st.builds(Step, st.integers(1, 9000), numbers(count, min_size=1)), max_size=5)
    )
    needs = draw(st.lists(st.tuples(st.integers(0, count - 1), numbers(count)), max_size=3))
    setups = draw(st.lists(st.tuples(st.integers(1, 6), numbers(count)), max_size=3))
    # As the profiles warrant: every item stands in some project.
    setups.append((draw(st.integers(1, 6)), frozenset(range(count))))
    return Problem(tuple(hours), tuple(steps), tuple(needs), tuple(setups))


@st.composite
def demanding(draw: st.DrawFn) -> tuple[Problem, Demands]:
    problem = draw(problems())
    return problem, draw(st.lists(numbers(len(problem.hours)), max_size=2))


@given(demanding(), st.integers(0, 50))
def test_nothing_within_the_budget_is_worth_more(
    asked: tuple[Problem, Demands], budget: int
) -> None:
    problem, demands = asked
    chosen = most_worth(problem, budget, demands)
    possible = [c for c in every_choice(problem, demands) if c.hours <= budget]
    if chosen is None:
        assert not possible
        return
    assert chosen in possible
    best = min(possible, key=lambda c: (-c.worth, c.hours, len(c.projects)))
    assert (chosen.worth, chosen.hours) == (best.worth, best.hours)
    assert len(chosen.projects) == len(best.projects)


@given(demanding())
def test_nothing_that_meets_the_demands_is_shorter(asked: tuple[Problem, Demands]) -> None:
    problem, demands = asked
    chosen = least_hours(problem, demands)
    possible = list(every_choice(problem, demands))
    if chosen is None:
        assert not possible
        return
    assert chosen in possible
    best = min(possible, key=lambda c: (c.hours, -c.worth, len(c.projects)))
    assert (chosen.hours, chosen.worth) == (best.hours, best.worth)


@given(problems(), st.integers(0, 40), st.integers(1, 10))
def test_more_hours_are_never_worth_less(problem: Problem, budget: int, more: int) -> None:
    less, greater = most_worth(problem, budget), most_worth(problem, budget + more)
    assert less is not None
    assert greater is not None
    assert less.worth <= greater.worth


@given(demanding())
def test_the_same_problem_has_the_same_answer(asked: tuple[Problem, Demands]) -> None:
    problem, demands = asked
    assert most_worth(problem, 30, demands) == most_worth(problem, 30, demands)


def test_a_shared_set_up_is_paid_once() -> None:
    problem = Problem(
        hours=(3, 3, 3),
        steps=(Step(10, frozenset({0})), Step(10, frozenset({1})), Step(11, frozenset({2}))),
        needs=(),
        setups=((4, frozenset({0, 1})), (4, frozenset({2}))),
    )
    chosen = most_worth(problem, 10)
    assert chosen == Choice(frozenset({0, 1}), frozenset({0}), 20, 10)


def test_what_is_earned_twice_counts_once() -> None:
    step = Step(10, frozenset({0, 1}))
    problem = Problem((5, 3), (step,), (), ((1, frozenset({0, 1})),))
    assert most_worth(problem, 100) == Choice(frozenset({1}), frozenset({0}), 10, 4)


def test_equal_choices_are_told_apart_by_their_order() -> None:
    steps = (Step(10, frozenset({0, 1, 2})),)
    problem = Problem((3, 3, 3), steps, (), ((2, frozenset({1})), (2, frozenset({0, 2}))))
    chosen = most_worth(problem, 100)
    assert chosen is not None
    assert chosen.projects == {0}


@pytest.mark.parametrize("demands", [[frozenset[int]()], [frozenset({0}), frozenset[int]()]])
def test_what_cannot_be_is_none(demands: Demands) -> None:
    problem = Problem((3,), (), (), ((2, frozenset({0})),))
    assert most_worth(problem, 100, demands) is None
    assert least_hours(problem, demands) is None
    assert most_worth(problem, 4, [frozenset({0})]) is None


def test_nothing_to_choose_from() -> None:
    nothing = Choice(frozenset(), frozenset(), 0, 0)
    assert most_worth(Problem((), (), (), ((2, frozenset()),)), 10) == nothing
