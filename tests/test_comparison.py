"""Two analyses as a whole: versions or people, and the same seen from either side."""

from __future__ import annotations

import random

import pytest
from comparison_builders import NEW, OLD, OTHER, SHOWN, a_comparison
from hypothesis import given, strategies as st

from gapfit.datamodels import Comparison, GapTurn, SkillTurn

texts = st.lists(st.sampled_from([*SHOWN]), min_size=1, max_size=6, unique=True)


def test_two_versions_of_one_resume() -> None:
    comparison = a_comparison()
    assert comparison.versions
    assert not comparison.same
    turns = {(change.turn, change.skill) for change in comparison.skills}
    assert turns == {
        (SkillTurn.WEAKENED, "golden-sets"),
        (SkillTurn.GAINED, "llm-tracing"),
        (SkillTurn.GAINED, "research-publications"),
        (SkillTurn.LOST, "kubernetes"),
    }
    gaps = {(gap.turn, gap.skill) for gap in comparison.gaps}
    assert gaps >= {
        (GapTurn.CLOSED, "llm-tracing"),
        (GapTurn.CLOSED, "research-publications"),
        (GapTurn.OPENED, "golden-sets"),
    }


def test_two_people_have_no_lines_compared() -> None:
    comparison = a_comparison(OLD, OTHER)
    assert not comparison.versions
    assert comparison.lines is None
    assert comparison.common < 0.25


def test_without_the_texts_no_line_is_compared() -> None:
    comparison = a_comparison(lines=False)
    assert comparison.versions
    assert comparison.lines is None


@given(texts, st.integers(0, 99))
def test_a_text_compared_with_itself_in_any_order_is_the_same(text: list[str], seed: int) -> None:
    shuffled = random.Random(seed).sample(text, len(text))
    comparison = a_comparison(text, shuffled)
    assert comparison.same
    assert comparison.lines == comparison.skills == comparison.gaps == ()
    assert all(fit.points == pytest.approx(0) and not fit.parts for fit in comparison.fits)


@given(texts, texts)
def test_parts_sum_to_the_difference(old: list[str], new: list[str]) -> None:
    for fit in a_comparison(old, new).fits:
        assert sum(part.points for part in fit.parts) == pytest.approx(fit.points, abs=1e-9)


def points(comparison: Comparison, sign: int) -> set[tuple[str, str, float]]:
    return {
        (fit.role, part.skill, round(sign * part.points, 9))
        for fit in comparison.fits
        for part in fit.parts
    }


@given(texts, texts)
def test_seen_from_the_other_side_everything_is_mirrored(old: list[str], new: list[str]) -> None:
    there, back = a_comparison(old, new), a_comparison(new, old)
    assert (there.versions, there.common, there.same) == (back.versions, back.common, back.same)
    assert points(there, 1) == points(back, -1)
    assert {c.skill for c in there.skills} == {c.skill for c in back.skills}
    assert len(there.lines or ()) == len(back.lines or ())
    assert {f.role: (f.before.fit, f.after.fit) for f in there.fits} == {
        f.role: (f.after.fit, f.before.fit) for f in back.fits
    }


def test_what_is_compared_is_kept_as_it_was() -> None:
    comparison = a_comparison()
    assert [s.text for s in comparison.before.resume.statements] == list(OLD)
    assert [s.text for s in comparison.after.resume.statements] == list(NEW)
