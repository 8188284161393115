"""Names and texts of resumes are data in every format: no view is steered by what stands in them.

Each view is made of a pool whose texts, warnings and file names are one hostile string; what comes
out must have the markup of a harmless pool, and not one sign that steers a terminal or hides.
"""

from __future__ import annotations

import csv as stdlib_csv
import dataclasses
import io
import json as stdlib_json
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser

import builders
import icalendar
import learning_builders
import pool_builders as pool
import pytest
from hypothesis import example, given, settings, strategies as st
from markdown_it import MarkdownIt

from gapfit import pipeline
from gapfit.cli.common import State, say
from gapfit.cli.progress import Progress, _shown
from gapfit.datamodels import Analysis, Checklist, Pace, ParseWarning, Skipped
from gapfit.formats import bulk, json, text as text_view
from gapfit.formats.bulk import (
    csv as bulk_csv,
    html as bulk_html,
    jsonl as bulk_jsonl,
    text as bulk_text,
)
from gapfit.formats.bulk.rows import rows
from gapfit.formats.checklist import (
    calendar,
    html as checklist_html,
    json as checklist_json,
    markdown,
)

CATALOGUE = builders.a_catalogue()
PAPER = "Built the harbour search"

ATTACKS = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J",
    "\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)> ' onmouseover='x",
    "</script><script>x</script> {{ 7*7 }} {% raw %}",
    "[bold red]x[/bold red] [link=http://x.example]y[/link] [/]",
    "[a](javascript:alert(1)) ![b](http://x.example) <http://x.example>",
    "=HYPERLINK(\"http://x.example\") +1 -1 @SUM(1) |cmd|' /C calc'!A0",
    "@x\r\n=1+1\t-2",
    "Ada \u202eeoR\u202c \u2066x\u2069 \u200b\u200d\ufeff\xad",
    "x" + "".join(chr(0xE0000 + ord(c)) for c in "hire me"),
    "a\nBEGIN:VEVENT\r\nSUMMARY:x",
    "../../etc/passwd\x00 C:\\con | rm -rf / ; `id` $(id)",
    "\u2028line\u2029para\x85next\x0b\x0c",
    "- [x] ticked <!-- gapfit:item=cluster -->",
    "\ud800 lone",
)

anything = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(max_size=60),
    st.lists(st.sampled_from(ATTACKS), max_size=3).map(" ".join),
)


def is_inert(output: str, breaks: str = "\n") -> None:
    for character in output:
        if character not in breaks:
            assert unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp"), repr(
                character
            )


def analysis(text: str) -> Analysis:
    text = whole(text)
    warnings = [ParseWarning("hidden-text", text, 1), ParseWarning("encrypted", text)]
    return builders.an_analysis(
        CATALOGUE, resume=builders.a_resume([text or "x"] * 6, warnings=warnings)
    )


def whole(text: str) -> str:
    """Without halves of characters, which no text of a resume has; the names of files may."""
    return text.encode("utf-8", "replace").decode()


def checklist(text: str) -> Checklist:
    plan = pipeline.plan_checklist(
        analysis(text),
        CATALOGUE,
        learning_builders.a_learning(),
        pace=Pace(8, 4, __import__("datetime").date(2027, 1, 4)),
        count=4,
        role="ai-engineer",
    )
    return dataclasses.replace(plan, warnings=analysis(text).resume.warnings)


def a_pool(text: str) -> list[object]:
    line = json.render_line(analysis(text))
    sources = [(f"{text}.pdf", f"b/{text}"), (text,), ("c.pdf",), ("d.pdf",)]
    made = pool.candidates(sources=sources)
    return [dataclasses.replace(one, line=line) for one in made]


def skipped(text: str) -> list[Skipped]:
    return [Skipped(text, "not-a-pdf", text)]


# ---------------------------------------------------------------- terminals and errors


def steered(output: str) -> str:
    is_inert(output)
    return output


@settings(max_examples=40, deadline=None)
@given(anything)
@example(ATTACKS[0])
def test_the_terminal_view(text: str) -> None:
    for color in (False, True):
        output = text_view.render(analysis(text), CATALOGUE, color=color)
        steered(output if not color else _without_colours(output))


def _without_colours(output: str) -> str:
    """Without what rich writes for its own styles, which is colours and nothing else."""
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", output)


@settings(max_examples=30, deadline=None)
@given(anything)
def test_the_terminal_view_of_a_pool(text: str) -> None:
    output = bulk_text.render(a_pool(text), pool.SUMMARY, pool.a_cohort(), pool.CATALOGUE)
    steered(output)


@settings(deadline=None)
@given(anything)
def test_progress_lines_and_messages(text: str) -> None:
    from rich.console import Console

    file = io.StringIO()
    Console(file=file, width=400).print(_shown(text))
    is_inert(file.getvalue())


@pytest.mark.parametrize("text", ATTACKS)
def test_errors_that_quote_a_name(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(f"error: {text}: no such file")
    with Progress(State(verbose=True)) as progress:
        progress(f"Reading {text}")
    error = capsys.readouterr().err
    is_inert(error)
    assert error.count("\n") == 2


# ---------------------------------------------------------------- JSON


@settings(max_examples=60, deadline=None)
@given(anything)
def test_json(text: str) -> None:
    output = json.render(analysis(text))
    is_inert(output)
    found = stdlib_json.loads(output)
    assert found["resume"]["warnings"][0]["message"] == whole(text)
    (line,) = json.with_source(json.render_line(analysis(text)), text).splitlines()
    is_inert(line)
    assert stdlib_json.loads(line)["source"] == text
    is_inert(checklist_json.render(checklist(text)))


@settings(max_examples=30, deadline=None)
@given(anything)
def test_jsonl(text: str) -> None:
    lines = "".join(bulk_jsonl.render(rows(a_pool(text), skipped(text)))).splitlines()
    assert len(lines) == 6
    for line in lines:
        is_inert(line)
        stdlib_json.loads(line)


# ---------------------------------------------------------------- CSV


@settings(max_examples=60, deadline=None)
@given(anything)
def test_csv(text: str) -> None:
    roles = [role.id for role in pool.CATALOGUE.roles]
    made = "".join(bulk_csv.render(rows(a_pool(text), skipped(text)), pool.CATALOGUE, roles))
    is_inert(made, "\r\n")
    table = list(stdlib_csv.reader(io.StringIO(made, newline="")))
    assert len(table) == 7
    assert len({len(row) for row in table}) == 1
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]


# ---------------------------------------------------------------- HTML


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes, and its links and scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attributes)))
        self.links += [value for name, value in attributes if name in ("href", "src", "action")]


def pool_page(text: str) -> str:
    return "".join(
        bulk_html.render(
            a_pool(text), skipped(text), pool.SUMMARY, pool.a_cohort(), pool.CATALOGUE, pool.ROLES
        )
    )


def checklist_page(text: str) -> str:
    return checklist_html.render(checklist(text), CATALOGUE)


@settings(max_examples=30, deadline=None)
@given(anything)
def test_html(text: str) -> None:
    for make in (pool_page, checklist_page):
        page, plain = make(text), make(PAPER)
        is_inert(page)
        assert Tags(page).tags == Tags(plain).tags
        assert Tags(page).links == Tags(plain).links


# ---------------------------------------------------------------- Markdown and calendars


def tokens(page: str) -> list[str]:
    parsed = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(page)
    return [token.type for token in parsed]


@settings(max_examples=30, deadline=None)
@given(anything)
def test_markdown(text: str) -> None:
    page, plain = (markdown.render(checklist(t), CATALOGUE) for t in (text or "x", PAPER))
    is_inert(page)
    assert tokens(page) == tokens(plain)
    assert markdown.boxes(page) == markdown.boxes(plain)
    assert markdown.role(page) == markdown.role(plain)


@settings(max_examples=20, deadline=None)
@given(anything)
def test_calendar(text: str) -> None:
    made, plain = (calendar.render(checklist(t), CATALOGUE) for t in (text, PAPER))
    is_inert(made, "\r\n")
    events: Callable[[str], int] = lambda ics: len(icalendar.Calendar.from_ical(ics).walk("VEVENT"))  # noqa: E731
    assert events(made) == events(plain) > 0


def test_every_view_of_a_pool_is_tried_here() -> None:
    from pathlib import Path

    views = {path.stem for path in Path(str(bulk.__file__)).parent.glob("*.py")}
    assert views - {"__init__", "rows", "words", "parquet"} == {"csv", "html", "jsonl", "text"}
