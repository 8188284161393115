"""A comparison for people and machines. To renew the golden files after a wanted change:

GAPFIT_UPDATE_GOLDEN=1 python -m pytest tests/test_formats_comparison.py
"""

from __future__ import annotations

import json as stdlib_json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

import jsonschema
import pytest
from comparison_builders import (
    CATALOGUE,
    CHOIR,
    CURATED,
    KUBERNETES,
    NEW,
    OLD,
    OTHER,
    RAG,
    SHOWN,
    TRACED,
    a_comparison,
    a_statement,
)
from goldenfiles import check
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from gapfit.datamodels import Comparison, LineTurn, ParseWarning
from gapfit.formats.comparison import json, markdown, text
from gapfit.formats.comparison.view import signed

NAMES = ("resume-may.pdf", "resume-june.pdf")
WARNING = ParseWarning("low-word-quality", "A fifth of the words run together.", 2)
PARSER = MarkdownIt("gfm-like", {"html": True, "linkify": False})

COMPARISONS = {
    "versions": a_comparison(),
    "people": a_comparison(OLD, OTHER),
    "same": a_comparison(OLD, OLD[::-1]),
    "file": a_comparison(OLD, OLD),
    "little": a_comparison(OLD, (*OLD, CHOIR)),
    "evidence": a_comparison(lines=False),
    "warnings": a_comparison(warnings=([], [WARNING])),
}
every = pytest.mark.parametrize("comparison", COMPARISONS.values(), ids=COMPARISONS.keys())


def shown(comparison: Comparison, **options: Any) -> str:
    return text.render(comparison, CATALOGUE, NAMES, **options)


def squeezed(view: str) -> str:
    return " ".join(view.split())


@cache
def validator() -> jsonschema.Draft202012Validator:
    file = resources.files("gapfit.formats") / "schema" / "compare.v1.json"
    loaded: dict[str, Any] = stdlib_json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return jsonschema.Draft202012Validator(loaded)


def validated(comparison: Comparison) -> dict[str, Any]:
    value: dict[str, Any] = stdlib_json.loads(json.render(comparison))
    validator().validate(value)
    return value


# ---------------------------------------------------------------- the terminal


@pytest.mark.parametrize("width", [60, 100])
def test_golden(width: int) -> None:
    check(f"compare-{width}.txt", shown(COMPARISONS["versions"], width=width))


def test_golden_of_two_people() -> None:
    check("compare-people-80.txt", shown(COMPARISONS["people"]))


def test_golden_with_warnings_and_everything_in_ascii() -> None:
    view = shown(COMPARISONS["warnings"], unicode=False, verbose=True)
    assert view.isascii()
    check("compare-80-warnings-ascii.txt", view)


@every
@pytest.mark.parametrize("width", [1, 60, 61, 79, 100, 250])
def test_lines_keep_within_the_measure(comparison: Comparison, width: int) -> None:
    view = shown(comparison, width=width, verbose=True)
    assert max(map(len, view.splitlines())) <= max(60, min(100, width))


def test_a_bad_reading_is_said_first_and_of_which_file() -> None:
    view = shown(COMPARISONS["warnings"], width=100)
    assert view.startswith(" Read this first: scores of resume-june.pdf (new) are less certain")
    assert view.index("low-word-quality (page 2)") < view.index("FIT FOR EACH ROLE")


def test_the_verdict_comes_before_any_table() -> None:
    head = squeezed(shown(COMPARISONS["versions"])).split("FIT FOR EACH ROLE")[0]
    assert "Old: resume-may.pdf. New: resume-june.pdf." in head
    assert "Better for 11 roles, most for Voice AI Engineer (31.7 to 59.3)." in head
    assert "Worse for ML Engineer (32.0 to 21.5)." in head
    assert "Lines: 3 added, 1 removed and 2 reworded; 2 as they were." in head


def test_only_the_roles_asked_for_are_judged_and_explained() -> None:
    view = squeezed(shown(COMPARISONS["versions"], wanted=["mlops-engineer"]))
    assert "Better for MLOps Engineer (25.6 to 30.6). Lines:" in view
    why = view.split("WHY")[1].split("SKILLS")[0]
    assert [role.name for role in CATALOGUE.roles if f"{role.name}:" in why] == ["MLOps Engineer"]
    lines = view.split("LINES")[1]
    assert lines.startswith(f" + “{TRACED}” p.2 +13.3 MLOps Engineer, +30.5 Voice AI Engineer")


def test_each_part_comes_with_the_lines_that_carry_it() -> None:
    why = squeezed(shown(COMPARISONS["versions"], width=100)).split("WHY")[1].split("SKILLS")[0]
    assert f"Golden datasets used → named only − “{CURATED}” p.1 + “Curated question" in why
    assert f"LLM tracing no line yet → used + “{TRACED}” p.2" in why
    assert why.count(f"“{TRACED}”") == 1
    assert "LLM tracing no line yet → used; by lines quoted above" in why
    assert RAG[:30] not in why


def test_an_opened_gate_is_said() -> None:
    why = squeezed(shown(COMPARISONS["versions"])).split("WHY")[1]
    assert "only the new one has it" in why
    assert "Research publications no line yet → used, headline task" in why


def test_skills_gaps_and_idle_lines() -> None:
    view = squeezed(shown(COMPARISONS["versions"], width=100))
    assert "Lost Kubernetes and containers (named only → no line yet)" in view
    assert "Closed LLM tracing; Research publications Opened Golden datasets First now" in view
    assert "No effect on any fit: 1 added and 1 reworded (-v shows them)." in view
    assert CHOIR not in view
    assert f"“{CHOIR}” p.3 added" in squeezed(
        shown(COMPARISONS["versions"], width=100, verbose=True)
    )


def test_lines_not_shown_are_counted() -> None:
    comparison = COMPARISONS["versions"]
    many = replace(comparison, lines=(comparison.lines or ())[:1] * 8)
    assert "2 more lines move a fit (-v shows them)." in shown(many)
    assert "more line" not in shown(many, verbose=True)


def test_the_same_is_said_in_one_sentence() -> None:
    assert shown(COMPARISONS["same"]).splitlines() == [
        "Old: resume-may.pdf. New: resume-june.pdf.",
        "Both say the same, line by line: no fit changes.",
    ]
    assert shown(COMPARISONS["file"]).splitlines()[-1] == "Both are the same file: nothing changes."


def test_an_edit_without_effect_is_said() -> None:
    view = squeezed(shown(COMPARISONS["little"]))
    assert "No fit moves by half a point or more." in view
    assert "No effect on any fit: 1 added" in view
    assert "WHY" not in view


def test_two_people_are_first_and_second() -> None:
    view = squeezed(shown(COMPARISONS["people"], width=100))
    assert "First: resume-may.pdf. Second: resume-june.pdf." in view
    assert "this compares two people" in view
    assert "Only first Retrieval" in view
    assert "Aimed at AI Engineer, for both" in view
    for word in ("Old:", " old ", " new ", "Gained", "LINES", "edit"):
        assert word not in view


def test_what_is_not_known_of_a_result_is_said() -> None:
    view = squeezed(shown(COMPARISONS["evidence"]))
    assert "Lines are not compared: of a result in JSON only the evidence is known." in view
    assert "LINES" not in view


def test_a_moved_line_is_quoted_once() -> None:
    comparison = COMPARISONS["versions"]
    change = replace((comparison.lines or ())[0], turn=LineTurn.MOVED, after=a_statement(RAG))
    view = squeezed(shown(replace(comparison, lines=(change,)), width=100))
    assert view.split("LINES")[1].count("“") == 1
    assert "(moved)" in view


@every
def test_no_verdict_on_a_person(comparison: Comparison) -> None:
    view = shown(comparison, verbose=True).casefold()
    for verdict in ("you cannot", "can't", "lacks", "unable", "unqualified", "reject", "weak "):
        assert verdict not in view


def test_escape_codes_only_with_colour() -> None:
    assert "\x1b" not in shown(COMPARISONS["versions"])
    assert "\x1b[" in shown(COMPARISONS["versions"], color=True)


def test_a_file_name_cannot_write_to_the_terminal() -> None:
    names = ("\x1b[31mold.pdf", "[bold]new[/] \u202e.pdf")
    view = text.render(COMPARISONS["versions"], CATALOGUE, names)
    assert view.startswith("Old: old.pdf. New: [bold]new[/] .pdf.")
    assert not any(c in view for c in "\x1b\u202e")


@pytest.mark.parametrize(
    ("points", "expected"),
    [(1.26, "+1.3"), (-0.25, "−0.2"), (0.04, "0.0"), (-0.04, "0.0"), (0, "0.0")],
)
def test_points_have_a_sign_unless_they_are_none(points: float, expected: str) -> None:
    assert signed(points) == expected


# ---------------------------------------------------------------- Markdown


def test_golden_markdown() -> None:
    check("compare.md", markdown.render(COMPARISONS["versions"], CATALOGUE, NAMES))


def shape(view: str) -> list[str]:
    blocks = PARSER.parse(view)
    tokens = [*blocks, *(child for block in blocks for child in block.children or ())]
    return [t.type for t in tokens if not t.type.startswith("text") and t.type != "code_inline"]


@every
def test_markdown_says_what_the_terminal_says(comparison: Comparison) -> None:
    view = markdown.render(comparison, CATALOGUE, NAMES)
    assert view.startswith("# resume-may.pdf ")
    assert {"html_block", "link_open", "image"}.isdisjoint(shape(view))
    assert "two people" in view if not comparison.versions else "Old: resume-may.pdf." in view


def edited(line: str) -> Comparison:
    """The usual comparison with every line of the new resume replaced."""
    comparison = COMPARISONS["versions"]
    lines = tuple(
        replace(c, after=None if c.after is None else replace(c.after, text=line))
        for c in comparison.lines or ()
    )
    after = replace(
        comparison.after,
        skills=tuple(
            replace(f, evidence=tuple(replace(e, text=line) for e in f.evidence))
            for f in comparison.after.skills
        ),
    )
    return replace(comparison, lines=lines, after=after)


@given(st.text(alphabet=st.sampled_from("ab1 *_`[]()<>#+-=.!&;:/\\|~\"'@\n\t\x1bw"), min_size=1))
def test_any_line_and_any_name_leave_markdown_as_it_is(line: str) -> None:
    odd = markdown.render(edited(line), CATALOGUE, (line, "new.pdf"), verbose=True)
    usual = markdown.render(edited("plain"), CATALOGUE, ("x", "new.pdf"), verbose=True)
    assert shape(odd) == shape(usual)
    assert "\x1b" not in odd


# ---------------------------------------------------------------- JSON


@every
def test_every_comparison_fits_the_schema(comparison: Comparison) -> None:
    assert validated(comparison)["same"] == comparison.same


def test_golden_json() -> None:
    check("compare.json", json.render(COMPARISONS["versions"]))


texts = st.lists(st.sampled_from([*SHOWN]), min_size=1, max_size=6, unique=True)


@given(texts, texts)
def test_any_comparison_fits_the_schema_and_its_parts_sum(
    old: Sequence[str], new: Sequence[str]
) -> None:
    for role in validated(a_comparison(old, new))["roles"]:
        difference = role["after"]["fit"] - role["before"]["fit"]
        rounding = 0.01 + 0.005 * len(role["parts"])
        assert role["points"] == pytest.approx(difference, abs=0.011)
        assert sum(part["points"] for part in role["parts"]) == pytest.approx(
            difference, abs=rounding
        )


def test_lines_are_null_where_they_were_not_compared() -> None:
    assert validated(COMPARISONS["people"])["lines"] is None
    assert validated(COMPARISONS["evidence"])["lines"] is None
    assert validated(COMPARISONS["same"])["lines"] == []


def test_an_added_line_has_no_before_and_an_idle_one_no_effects() -> None:
    lines = validated(COMPARISONS["little"])["lines"]
    assert lines == [
        {
            "change": "added",
            "before": None,
            "after": {"page": 2, "line": 6, "section": "experience", "text": CHOIR},
            "effects": [],
        }
    ]
    gone = next(c for c in validated(COMPARISONS["versions"])["lines"] if c["after"] is None)
    assert gone["before"]["text"] == KUBERNETES


def test_the_schema_refuses_what_the_contract_does_not_name() -> None:
    value = validated(COMPARISONS["versions"])
    with pytest.raises(jsonschema.ValidationError):
        validator().validate({**value, "winner": "new"})


def test_the_texts_of_these_tests_are_what_they_seem() -> None:
    assert COMPARISONS["versions"].versions and not COMPARISONS["people"].versions
    assert len(NEW) == 7
