"""What became of skills, gaps and fits."""

from __future__ import annotations

import builders
import comparison_builders
import pytest
from comparison_builders import CATALOGUE, NEW, OLD, a_comparison, an_analysis
from hypothesis import given, strategies as st

from gapfit.comparison import changes
from gapfit.datamodels import Gap, GapTurn, Level, SkillFinding, SkillTurn

LEVELS = st.sampled_from(Level)
SKILLS = [skill.id for skill in CATALOGUE.skills]


def a_finding(level: Level, credit: float) -> SkillFinding:
    return SkillFinding("rag", "retrieval", level, credit, credit, ())


def a_gap(skill: str) -> Gap:
    return Gap(skill, "evals", 0.5, Level.ABSENT, (), "")


def turn(before: SkillFinding, after: SkillFinding) -> SkillTurn | None:
    found = changes.of_skills([before], [after])
    return found[0].turn if found else None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((Level.ABSENT, 0.0), (Level.MENTIONED, 0.1), SkillTurn.GAINED),
        ((Level.ABSENT, 0.0), (Level.OWNED, 0.9), SkillTurn.GAINED),
        ((Level.MENTIONED, 0.1), (Level.USED, 0.7), SkillTurn.DEEPENED),
        ((Level.USED, 0.6), (Level.USED, 0.7), SkillTurn.FIRMER),
        ((Level.USED, 0.7), (Level.USED, 0.6), SkillTurn.FAINTER),
        ((Level.OWNED, 0.9), (Level.MENTIONED, 0.3), SkillTurn.WEAKENED),
        ((Level.MENTIONED, 0.1), (Level.ABSENT, 0.0), SkillTurn.LOST),
        ((Level.USED, 0.7), (Level.USED, 0.7002), None),
    ],
)
def test_what_became_of_a_skill(
    before: tuple[Level, float], after: tuple[Level, float], expected: SkillTurn | None
) -> None:
    assert turn(a_finding(*before), a_finding(*after)) is expected


MIRROR = {
    SkillTurn.GAINED: SkillTurn.LOST,
    SkillTurn.DEEPENED: SkillTurn.WEAKENED,
    SkillTurn.FIRMER: SkillTurn.FAINTER,
}


@given(LEVELS, st.floats(0, 1), LEVELS, st.floats(0, 1))
def test_seen_from_the_other_side_a_skill_is_mirrored(
    level: Level, credit: float, other: Level, other_credit: float
) -> None:
    one, two = a_finding(level, credit), a_finding(other, other_credit)
    there, back = turn(one, two), turn(two, one)
    both = MIRROR | {v: k for k, v in MIRROR.items()}
    assert back is (None if there is None else both[there])


def gap_turns(before: list[str], after: list[str]) -> list[tuple[GapTurn, str]]:
    found = changes.of_gaps([*map(a_gap, before)], [*map(a_gap, after)])
    return [(change.turn, change.skill) for change in found]


def test_gaps_close_and_open() -> None:
    (closed, opened) = changes.of_gaps([*map(a_gap, "ab")], [*map(a_gap, "bc")])
    assert (closed.turn, closed.skill, closed.before, closed.after) == (
        GapTurn.CLOSED,
        "a",
        1,
        None,
    )
    assert (opened.turn, opened.skill, opened.before, opened.after) == (
        GapTurn.OPENED,
        "c",
        None,
        2,
    )


def test_a_closed_gap_moves_no_other() -> None:
    assert gap_turns([*"abcdef"], [*"bcdef"]) == [(GapTurn.CLOSED, "a")]


def test_a_gap_that_jumps_has_moved_and_those_it_passes_have_not() -> None:
    assert gap_turns([*"abcdef"], [*"fabcde"]) == [(GapTurn.MOVED, "f")]


@given(st.permutations(SKILLS), st.permutations(SKILLS), st.integers(0, 11), st.integers(0, 11))
def test_seen_from_the_other_side_gaps_are_mirrored(
    before: list[str], after: list[str], kept: int, left: int
) -> None:
    mirror = {GapTurn.CLOSED: GapTurn.OPENED, GapTurn.OPENED: GapTurn.CLOSED}
    there = gap_turns(before[:kept], after[:left])
    back = {(mirror.get(t, t), skill) for t, skill in gap_turns(after[:left], before[:kept])}
    assert set(there) == back


def test_the_parts_of_a_fit_sum_to_its_change_and_the_largest_is_first() -> None:
    for fit in a_comparison().fits:
        assert sum(part.points for part in fit.parts) == pytest.approx(fit.points)
        sizes = [abs(part.points) for part in fit.parts]
        assert sizes == sorted(sizes, reverse=True)
        assert all(sizes)


def test_fits_come_in_the_order_they_have_after() -> None:
    before, after = an_analysis(OLD), an_analysis(NEW)
    found = changes.of_fits(CATALOGUE, before, after, comparison_builders.shares)
    assert [fit.after.rank for fit in found] == list(range(1, 13))
    earlier = {fit.role: fit for fit in before.roles}
    assert all(fit.before == earlier[fit.role] for fit in found)


def test_skills_of_different_catalogues_are_no_comparison() -> None:
    few = builders.an_analysis().skills
    with pytest.raises(ValueError, match="shorter"):
        changes.of_skills(few, few[1:])
