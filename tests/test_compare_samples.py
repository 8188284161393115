"""Versions of sample resumes with the real model: an edit, nothing but order, and two people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import version_builders as versions

from gapfit import intake, pipeline
from gapfit.datamodels import Comparison, GapTurn, LineTurn, SkillTurn
from gapfit.formats import json, json_result

pytestmark = pytest.mark.model

SAMPLES = Path(__file__).parents[1] / "sample_resumes"
PERSON = versions.person("ai-engineer")

TRACED = "Every request is traced in Langfuse"
AGENT = (
    "Evaluated the agent end to end on 120 recorded tasks: task completion, tool choice and number "
    "of steps, in CI before each release."
)
CHOIR = "Sang in the choir of the company and kept its calendar."


def edit(bullet: str) -> list[str]:
    """Takes the tracing away, adds an evaluation of agents and a line that shows nothing."""
    if bullet.startswith(TRACED):
        return []
    return [bullet, AGENT, CHOIR] if bullet.startswith("Failed over") else [bullet]


Compare = Callable[[versions.Person, versions.Person], Comparison]


@pytest.fixture(scope="module")
def compare(analyzer: pipeline.Analyzer) -> Compare:
    def compared(old: versions.Person, new: versions.Person) -> Comparison:
        sides = [intake.read_resume(versions.pdf(p), "resume.pdf") for p in (old, new)]
        return analyzer.compare(*sides)

    return compared


@pytest.fixture(scope="module")
def edited(compare: Compare) -> Callable[[], Comparison]:
    return cache(lambda: compare(PERSON, versions.edited(PERSON, edit)))


def test_the_edit_is_found_line_by_line(edited: Callable[[], Comparison]) -> None:
    comparison = edited()
    assert comparison.versions
    turns = {
        (change.turn, (change.after or change.before).text)  # type: ignore[union-attr]
        for change in comparison.lines or ()
    }
    assert (LineTurn.ADDED, AGENT) in turns
    assert (LineTurn.ADDED, CHOIR) in turns
    gone = [text for turn, text in turns if turn is LineTurn.REMOVED]
    assert any(text.startswith(TRACED) for text in gone)
    assert len(turns) == 2 + len(gone)
    assert len(gone) <= 2  # the bullet has two sentences


def test_what_the_lines_did_is_what_they_say(edited: Callable[[], Comparison]) -> None:
    comparison = edited()
    turns = {change.skill: change.turn for change in comparison.skills}
    assert turns["agent-evaluation"] is SkillTurn.GAINED
    assert turns["llm-tracing"] in (SkillTurn.WEAKENED, SkillTurn.LOST)
    closed = {gap.skill for gap in comparison.gaps if gap.turn is GapTurn.CLOSED}
    opened = {gap.skill for gap in comparison.gaps if gap.turn is GapTurn.OPENED}
    assert "agent-evaluation" in closed
    assert "llm-tracing" in opened


def test_effects_of_lines_have_the_right_sign(edited: Callable[[], Comparison]) -> None:
    for change in edited().lines or ():
        sign = -1 if change.turn is LineTurn.REMOVED else 1
        assert all(sign * shift.points > 0 for shift in change.shifts)
        text = (change.after or change.before).text  # type: ignore[union-attr]
        if text == CHOIR:
            assert change.shifts == ()
        if text == AGENT:
            assert len(change.shifts) >= 3


def test_parts_sum_to_every_difference(edited: Callable[[], Comparison]) -> None:
    for fit in edited().fits:
        assert sum(part.points for part in fit.parts) == pytest.approx(fit.points, abs=1e-6)


def test_effects_of_lines_explain_most_of_a_difference(edited: Callable[[], Comparison]) -> None:
    """They overlap, so that they need not sum; but they are of the same size."""
    for fit in edited().fits:
        effects = [s.points for c in edited().lines or () for s in c.shifts if s.role == fit.role]
        assert sum(effects) == pytest.approx(fit.points, abs=0.3 + 0.3 * abs(fit.points))


def test_the_order_of_sections_is_no_change(compare: Compare) -> None:
    sections = PERSON["sections"]
    turned = {**PERSON, "sections": [*sections[1:], sections[0]], "name": "Someone Else"}
    comparison = compare(PERSON, turned)
    assert comparison.same
    assert comparison.lines == ()


def test_every_toolchain_says_the_same(analyzer: pipeline.Analyzer) -> None:
    paths = [SAMPLES / "toolchains" / f"{name}.pdf" for name in ("typst", "qt")]
    sides = [intake.read_resume(path.read_bytes(), path.name) for path in paths]
    comparison = analyzer.compare(*sides)
    assert comparison.versions
    assert comparison.common == 1.0
    assert all(abs(fit.points) < 0.5 for fit in comparison.fits)


def test_two_people_are_compared_as_such(analyzer: pipeline.Analyzer) -> None:
    paths = [SAMPLES / f"{name}.pdf" for name in ("llm-engineer", "ml-engineer")]
    sides = [intake.read_resume(path.read_bytes(), path.name) for path in paths]
    comparison = analyzer.compare(*sides)
    assert not comparison.versions
    fits = {fit.role: fit.points for fit in comparison.fits}
    assert fits["llm-engineer"] < 0 < fits["ml-engineer"]


def test_results_in_json_move_as_their_pdfs_do(
    edited: Callable[[], Comparison], analyzer: pipeline.Analyzer
) -> None:
    comparison = edited()
    sides = [
        json_result.read(json.render(side).encode(), "resume.json")
        for side in (comparison.before, comparison.after)
    ]
    pipeline.check_comparable(analyzer.catalogue, ["a", "b"], sides)
    again = pipeline.compare_analyses(analyzer.catalogue, *sides)
    assert again.versions
    assert again.lines is None
    assert {f.role: f.points for f in again.fits} == pytest.approx(
        {f.role: f.points for f in comparison.fits}, abs=0.1
    )
    assert {c.skill: c.turn for c in again.skills} == {
        c.skill: c.turn for c in comparison.skills if c.skill in {d.skill for d in again.skills}
    }
