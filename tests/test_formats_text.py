"""The terminal view. To renew the golden files after a wanted change, read the difference of:

GAPFIT_UPDATE_GOLDEN=1 python -m pytest tests/test_formats_text.py tests/test_formats_json.py
"""

from __future__ import annotations

import re
from dataclasses import replace

import builders
import guide_builders
import pytest
from goldenfiles import check
from hypothesis import given, strategies as st

from gapfit.datamodels import Catalogue, Level, ParseWarning
from gapfit.formats import text
from gapfit.formats.canvas import Canvas, bar
from gapfit.formats.clean import clean, shorten

CATALOGUE = builders.a_catalogue()
WARNING = ParseWarning("low-word-quality", "A fifth of the words run together.", 2)


def shown(catalogue: Catalogue = CATALOGUE, *, lines: object = None, **options: object) -> str:
    resume = builders.a_resume(lines) if lines else None  # type: ignore[arg-type]
    analysis = guide_builders.advised(builders.an_analysis(catalogue, resume=resume), catalogue)
    return text.render(analysis, catalogue, **options)  # type: ignore[arg-type]


def section(view: str, title: str) -> str:
    return view.split(title, 1)[1].split("\n\n\n", 1)[0]


@pytest.mark.parametrize("width", [60, 100])
def test_golden(width: int) -> None:
    check(f"fit-{width}.txt", shown(width=width))


def test_golden_with_warnings_and_without_unicode() -> None:
    resume = builders.a_resume(warnings=[WARNING, ParseWarning("encrypted", "Read all the same.")])
    analysis = guide_builders.advised(builders.an_analysis(CATALOGUE, resume=resume), CATALOGUE)
    view = text.render(analysis, CATALOGUE, width=80, unicode=False)
    assert view.isascii()
    check("fit-80-warnings-ascii.txt", view)


@pytest.mark.parametrize("width", [1, 40, 59, 60, 61, 72, 80, 99, 100, 101, 250])
def test_lines_keep_within_the_measure(width: int) -> None:
    analysis = guide_builders.advised(builders.an_analysis(CATALOGUE, variants=True), CATALOGUE)
    view = text.render(analysis, CATALOGUE, width=width, verbose=True)
    assert max(map(len, view.splitlines())) <= max(60, min(100, width))


def test_a_bad_reading_is_said_before_any_score() -> None:
    resume = builders.a_resume(warnings=[WARNING])
    view = text.render(builders.an_analysis(CATALOGUE, resume=resume), CATALOGUE)
    assert view.startswith(" READ THIS FIRST")
    assert view.index("low-word-quality (page 2)") < view.index("FIT FOR EACH ROLE")
    assert "read cleanly" not in view


def test_a_clean_reading_is_one_quiet_line() -> None:
    assert shown().splitlines()[0] == "2 pages, 5 statements, English, read cleanly"


def test_all_roles_are_ranked_and_the_odd_ones_explained() -> None:
    view = shown(width=100)
    for role in CATALOGUE.roles:
        assert (role.name in view) == (role.extends is None)
    assert "Needs a paper or exceptional open source; none found." in view
    assert "Vestigial title, today: AI Engineer (prompting & evals specialty)" in view


def test_a_closed_gate_is_marked_and_spelled_out_where_the_role_is_explained() -> None:
    gate = {"kubernetes": "owned", "llm-tracing": "used"}
    changed = [replace(r, gate=gate) if r.id == "ai-engineer" else r for r in CATALOGUE.roles]
    catalogue = replace(CATALOGUE, roles=tuple(changed))
    found = {k: v for k, v in builders.FOUND.items() if k != "kubernetes"}
    analysis = builders.an_analysis(catalogue, found=found)
    view = text.render(analysis, catalogue, wanted=["ai-engineer"], width=100)
    assert re.search(r" AI Engineer .* \d+\*\n", view)
    assert "* Held back: no line shows the headline task yet." in view
    assert "Held back until a line shows Kubernetes and containers or LLM tracing." in view


def test_close_neighbours_are_told_apart() -> None:
    line = "AI Engineer and LLM Engineer are close by nature."
    assert line in shown(width=100)
    nothing = guide_builders.advised(builders.an_analysis(CATALOGUE, found={}), CATALOGUE)
    assert line not in text.render(nothing, CATALOGUE, width=100)


def test_a_vestigial_title_is_explained_only_on_request() -> None:
    carried = section(shown(), "WHAT CARRIED THE SCORE").split("GAPS")[0]
    assert "Prompt Engineer" not in carried
    asked = section(shown(wanted=["prompt-engineer"]), "WHAT CARRIED THE SCORE").split("GAPS")[0]
    assert "Prompt Engineer" in asked
    assert "LLM Engineer" not in asked


def test_a_line_is_quoted_once() -> None:
    view = " ".join(shown(width=100).split())
    assert view.count("Shipped a RAG assistant") == 1
    assert view.count("Validated every model answer") == 1
    assert "Python used, same line as Structured output" in view
    assert "Retrieval-augmented generation owned, quoted above" in view


def test_a_long_line_is_cut_to_the_part_that_names_the_skill() -> None:
    long = "Answered mail, kept the minutes and looked after the interns of the team; " * 3
    view = " ".join(shown(lines=(long + "built RAG over manuals", *builders.LINES[1:])).split())
    assert "built RAG over manuals”" in view


def test_gaps_come_with_gain_level_and_reason() -> None:
    view = shown()
    gaps = section(view, "GAPS TO CLOSE FIRST")
    assert "1  LLM-as-judge  Evals · no line yet\n" in gaps
    assert "+9.1 AI Engineer, +8.8 Forward-Deployed Engineer\n" in gaps
    assert "Reranking  Retrieval · no line yet · occasional" in gaps
    assert gaps.index("Reranking") < gaps.index("BEYOND THESE AREAS") < gaps.index("Kubernetes")


def test_more_is_shown_when_asked() -> None:
    many = builders.GAPS[:1] * 10
    analysis = builders.an_analysis(CATALOGUE, gaps=many)
    assert "and 4 more (-v)" in text.render(analysis, CATALOGUE)
    assert "more (-v)" not in text.render(analysis, CATALOGUE, verbose=True)


def test_nothing_found_and_nothing_missing() -> None:
    view = text.render(builders.an_analysis(CATALOGUE, found={}, gaps=()), CATALOGUE)
    assert "No line carries this role yet." in view
    assert "No gap found" in view


def test_only_gaps_beyond_the_overlap_areas() -> None:
    view = text.render(builders.an_analysis(CATALOGUE, gaps=builders.GAPS[3:]), CATALOGUE)
    assert "BEYOND" not in view
    assert "GAPS TO CLOSE FIRST\n\nKubernetes" in view


def test_no_verdict_on_a_person() -> None:
    view = shown(verbose=True).casefold()
    assert "not a verdict on a person" in view
    for verdict in ("you cannot", "can't", "lacks", "unable", "unqualified", "reject"):
        assert verdict not in view


def test_escape_codes_only_with_colour() -> None:
    assert "\x1b" not in shown()
    assert "\x1b[" in shown(color=True)


def test_the_environment_does_not_change_a_view(monkeypatch: pytest.MonkeyPatch) -> None:
    before = shown(), shown(color=True)
    for name, value in {"NO_COLOR": "1", "COLUMNS": "33", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert (shown(), shown(color=True)) == before


def test_a_resume_cannot_write_to_the_terminal() -> None:
    nasty = (
        "\x1b[31m\x1b]0;owned\x07[bold red]RAG[/] :smile: \u202ekcab \x9b2J\x00 assistant\n\nhere"
    )
    view = shown(lines=(nasty, *builders.LINES[1:]), width=100)
    assert "“[bold red]RAG[/] :smile: kcab assistant here”" in view
    assert not any(c in view for c in "\x1b\x9b\x00\u202e\x07")


def test_a_mentioned_skill_is_named_only() -> None:
    found = {"rag": (Level.MENTIONED, 0.15, 0)}
    view = text.render(builders.an_analysis(CATALOGUE, found=found), CATALOGUE)
    assert "Retrieval-augmented generation  named only" in view


@given(st.text())
def test_clean_text_is_one_printable_line(words: str) -> None:
    cleaned = clean(words)
    assert cleaned.isprintable() or not cleaned.replace("\xad", "").isascii()
    assert "\n" not in cleaned
    assert clean(cleaned) == cleaned


@given(st.text(alphabet="ab ,;c", max_size=80), st.integers(10, 60), st.sampled_from(["", "cc"]))
def test_shortened_text_fits(words: str, limit: int, word: str) -> None:
    cut = shorten(words, limit, around=[word] if word else [])
    assert len(cut) <= limit
    assert cut == words or "…" in cut
    assert cut.strip("…") in words


def test_shortening_cuts_between_words() -> None:
    line = "Moved the model registry from a shared drive to the cloud"
    assert shorten(line, 45) == "Moved the model registry from a shared drive…"
    assert shorten(line, 34) == "Moved the model registry…"
    assert shorten(line, 200) == line


@pytest.mark.parametrize(("value", "filled"), [(-5, 0), (0, 0), (50, 5), (100, 10), (130, 10)])
def test_bars_stay_in_their_columns(value: float, filled: int) -> None:
    assert bar(value, 10).plain == "█" * filled + "░" * (10 - filled)


def test_measure_is_clamped() -> None:
    assert [Canvas(w).measure for w in (0, 60, 80, 100, 300)] == [60, 60, 80, 100, 100]
