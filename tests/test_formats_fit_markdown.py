"""The Markdown of one resume: what a reader of it sees, and that nothing in it becomes markup."""

from __future__ import annotations

import builders
import guide_builders
import pytest
from goldenfiles import check
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gapfit.datamodels import Analysis, Level, ParseWarning
from gapfit.formats import fit_markdown

CATALOGUE = builders.a_catalogue()
PARSER = MarkdownIt("gfm-like", {"html": True, "linkify": False})
WARNINGS = [
    ParseWarning("low-word-quality", "A fifth of the words run together.", 2),
    ParseWarning("encrypted", "Read all the same."),
]

NASTY = (
    "\x1b[31m | a | b |\n\n# RAG\n- [x](javascript:alert(1)) ![y](z) <script>alert(1)</script> "
    "<b>**bold**</b> `code` ~~gone~~ &lt; https://x.example www.x.example\u202e\u200b --- ```"
)


def analysed(line: str = builders.LINES[0], **options: object) -> Analysis:
    resume = builders.a_resume((line, *builders.LINES[1:]), **options)  # type: ignore[arg-type]
    return guide_builders.advised(builders.an_analysis(CATALOGUE, resume=resume), CATALOGUE)


def tokens(markdown: str) -> list[Token]:
    """Every token of a document, those within its lines too."""
    blocks = PARSER.parse(markdown)
    return [*blocks, *(child for block in blocks for child in block.children or ())]


def shape(markdown: str) -> list[str]:
    """What a document is made of, its plain text aside."""
    return [t.type for t in tokens(markdown) if not t.type.startswith("text")]


def shown(markdown: str) -> str:
    """The text a reader sees."""
    return " ".join("".join(t.content for t in tokens(markdown) if not t.children).split())


def test_golden() -> None:
    check("fit.md", fit_markdown.render(analysed(), CATALOGUE))


def test_golden_with_warnings() -> None:
    view = fit_markdown.render(analysed(warnings=WARNINGS), CATALOGUE, wanted=["research-engineer"])
    check("fit-warnings.md", view)


def test_a_bad_reading_is_said_before_any_fit() -> None:
    view = fit_markdown.render(analysed(warnings=WARNINGS), CATALOGUE)
    assert view.index("low-word-quality (page 2)") < view.index("## Fit for each role")
    assert "read cleanly" not in view


def test_it_reads_as_headings_a_table_and_lists() -> None:
    parsed = tokens(fit_markdown.render(analysed(), CATALOGUE))
    assert [t.tag for t in parsed if t.type == "heading_open"] == [
        "h1", "h2", "h2", "h3", "h3", "h3", "h2", "h2"
    ]  # fmt: skip
    assert sum(t.type == "tr_open" for t in parsed) == 1 + 12
    assert {t.content for t in parsed if t.type == "html_inline"} == {"<sub>", "</sub>"}


def test_evidence_is_quoted_once_with_page_and_line() -> None:
    view = fit_markdown.render(analysed(), CATALOGUE)
    assert view.count("“Shipped a RAG assistant") == 1
    assert "a third of all tickets” (page 1, line 1)" in view
    assert "quoted above (page 1, line 1)" in view


def test_gaps_come_with_gain_and_reason() -> None:
    view = fit_markdown.render(analysed(), CATALOGUE)
    assert (
        "1. **LLM-as-judge** (Evals): +9.1 AI Engineer, +8.8 Forward-Deployed Engineer. Ordinary"
        in view
    )
    assert view.index("Beyond evals") < view.index("**Fine-tuning**")


def test_nothing_found_and_nothing_missing() -> None:
    view = fit_markdown.render(builders.an_analysis(CATALOGUE, found={}, gaps=()), CATALOGUE)
    assert "No line carries this role yet." in view
    assert "No gap found" in view
    assert "## Advice" not in view


def test_more_is_shown_when_asked() -> None:
    many = builders.an_analysis(CATALOGUE, gaps=builders.GAPS[:1] * 10)
    assert "… and 4 more." in fit_markdown.render(many, CATALOGUE)
    assert "more." not in fit_markdown.render(many, CATALOGUE, verbose=True)


@pytest.mark.parametrize("line", [NASTY, "- [ ] @someone fixes #12 of a@b.example"])
def test_a_line_of_a_resume_stays_text(line: str) -> None:
    view = fit_markdown.render(analysed(line), CATALOGUE)
    usual = shape(fit_markdown.render(analysed(), CATALOGUE))
    assert [t for t in shape(view) if t != "code_inline"] == usual
    assert not any(c in view for c in "\x1b\u202e\u200b")
    assert not any(t.type in ("link_open", "image", "html_block") for t in tokens(view))


def test_nobody_is_called_by_a_pasted_line() -> None:
    view = fit_markdown.render(
        analysed("Asked @someone about #12 and C# at a@b.example"), CATALOGUE
    )
    assert "Asked `@`someone about `#`12 and C\\# at a`@`b.example" in view
    assert "Asked @someone about #12 and C# at a@b.example" in shown(view)


@given(st.text(alphabet=st.sampled_from("ab1 *_`[]()<>#+-=.!&;:/\\|~\"'@\n\t\x1bw"), min_size=1))
def test_any_line_leaves_the_document_as_it_is(line: str) -> None:
    found = {"rag": (Level.OWNED, 0.9, 0)}

    def view(line: str) -> str:
        resume = builders.a_resume((line,))
        return fit_markdown.render(
            builders.an_analysis(CATALOGUE, resume=resume, found=found), CATALOGUE
        )

    usual, odd = shape(view("plain")), shape(view(line))
    assert [t for t in odd if t != "code_inline"] == usual


@given(st.text(alphabet=st.sampled_from("ab|`*<#\n -"), min_size=1))
def test_names_from_a_profile_stay_text(name: str) -> None:
    def view(name: str) -> str:
        role = builders.a_role("ai-engineer", f"x{name}x", {"rag": 0.9})
        catalogue = builders.a_catalogue()
        changed = (role, *catalogue.roles[1:])
        own = type(catalogue)(catalogue.areas, catalogue.skills, changed, "a" * 64, {})
        return fit_markdown.render(builders.an_analysis(own), own)

    assert shape(view(name)) == shape(view("plain"))
