"""What an edit moves: alone, and last of all."""

from __future__ import annotations

import pytest
from comparison_builders import (
    CHOIR,
    CURATED,
    CURATED_LESS,
    INTERNS,
    KUBERNETES,
    NEW,
    OLD,
    PAPER,
    RAG,
    TRACED,
    a_comparison,
    an_analysis,
)
from hypothesis import given, strategies as st

from gapfit.comparison.effects import of_edits, trials
from gapfit.datamodels import Comparison, Edit, LineChange, LineTurn

places = st.none() | st.integers(0, 3)


def changes(comparison: Comparison) -> dict[str, LineChange]:
    """The edits, by their line after or, where it is gone, before."""
    found = {}
    for change in comparison.lines or ():
        line = change.after or change.before
        assert line is not None
        found[line.text] = change
    return found


def test_a_text_with_the_edit_alone_and_one_without_it() -> None:
    edits = [Edit(1, None), Edit(None, 0), Edit(0, 1)]
    assert trials(edits, 2, 2) == [[0], [1, 2, 3], [0, 1, 2], [3], [1, 3], [0, 2]]


@given(st.lists(st.builds(Edit, places, places), max_size=4))
def test_each_text_differs_by_one_edit(edits: list[Edit]) -> None:
    tried = trials(edits, 4, 4)
    assert len(tried) == 2 * len(edits)
    for edit, alone, without in zip(edits, tried[::2], tried[1::2], strict=True):
        gone = set() if edit.before is None else {edit.before}
        come = set() if edit.after is None else {4 + edit.after}
        assert set(alone) == ({0, 1, 2, 3} - gone) | come
        assert set(without) == ({4, 5, 6, 7} - come) | gone


def test_what_became_of_each_line() -> None:
    assert {line: change.turn for line, change in changes(a_comparison()).items()} == {
        CURATED_LESS: LineTurn.REWORDED,
        INTERNS: LineTurn.REWORDED,
        TRACED: LineTurn.ADDED,
        PAPER: LineTurn.ADDED,
        CHOIR: LineTurn.ADDED,
        KUBERNETES: LineTurn.REMOVED,
    }


def test_a_line_that_shows_nothing_has_no_effect() -> None:
    found = changes(a_comparison())
    assert [line for line, change in found.items() if not change.shifts] == [INTERNS, CHOIR]


def test_the_only_edit_has_the_whole_effect() -> None:
    comparison = a_comparison(OLD, (*OLD, TRACED))
    (change,) = comparison.lines or ()
    moved = {fit.role: fit.points for fit in comparison.fits}
    assert change.shifts
    for shift in change.shifts:
        assert shift.points == pytest.approx(moved[shift.role])


def test_lines_that_show_the_same_share_what_they_bring() -> None:
    """The weaker one brings its own credit alone and nothing last; the stronger one the rest."""
    comparison = a_comparison((RAG,), (RAG, CURATED, CURATED_LESS))
    brought = {
        line: {shift.role: shift.points for shift in change.shifts}["ai-engineer"]
        for line, change in changes(comparison).items()
    }
    (whole,) = [fit.points for fit in comparison.fits if fit.role == "ai-engineer"]
    assert brought[CURATED_LESS] == pytest.approx(whole * 0.30 / 0.78 / 2)
    assert sum(brought.values()) == pytest.approx(whole)


def test_the_largest_effect_comes_first() -> None:
    sizes = [
        max((abs(s.points) for s in c.shifts), default=0.0) for c in a_comparison().lines or ()
    ]
    assert sizes == sorted(sizes, reverse=True)
    for change in a_comparison().lines or ():
        points = [abs(shift.points) for shift in change.shifts]
        assert points == sorted(points, reverse=True)


def test_too_little_to_be_seen_is_no_effect() -> None:
    before, after = an_analysis(OLD), an_analysis(OLD)
    base = {fit.role: fit.fit for fit in before.roles}
    little = base | {"ai-engineer": base["ai-engineer"] - 0.04}
    (change,) = of_edits([Edit(0, 0)], [base, little], before, after)
    assert change.shifts == ()
    assert change.turn is LineTurn.MOVED


def test_seen_from_the_other_side_effects_are_mirrored() -> None:
    def effects(comparison: Comparison, sign: int) -> set[tuple[str, str, str, float]]:
        return {
            (
                *sorted([c.before.text if c.before else "", c.after.text if c.after else ""]),
                shift.role,
                round(sign * shift.points, 9),
            )
            for c in comparison.lines or ()
            for shift in c.shifts
        }

    assert effects(a_comparison(OLD, NEW), 1) == effects(a_comparison(NEW, OLD), -1)
