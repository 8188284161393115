"""Text made inert: no sign of it becomes markup."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from gapfit.formats import inert
from gapfit.formats.clean import clean

PARSER = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def shown(markdown: str) -> str:
    """The text a reader sees; fails where anything but text came of it."""
    tokens = PARSER.parse(markdown)
    kinds = [token.type for token in tokens]
    assert kinds in ([], ["paragraph_open", "inline", "paragraph_close"]), kinds
    inline = (tokens[1].children or []) if tokens else []
    assert {token.type for token in inline} <= {"text", "text_special"}, inline
    return "".join(token.content for token in inline)


@pytest.mark.parametrize(
    "text",
    [
        "*bold* _it_ __x__ `code` ~~gone~~",
        "[a](javascript:alert(1)) ![x](y)",
        "<script>alert(1)</script> <http://x.example>",
        "&lt; &amp; &#60; & R&D",
        "# title",
        "- item",
        "+ item",
        "1. first",
        "12) twelfth",
        "> quote",
        "===",
        "---",
        "| a | b |",
        "a\\*b\\",
        "https://x.example and www.x.example",
        "```",
        "snake_case and C++ and #1",
    ],
)
def test_signs_stay_signs(text: str) -> None:
    assert shown(inert.markdown(text)) == text


@given(st.text(alphabet=st.sampled_from("ab1 *_`[]()<>#+-=.!&;:/\\|~\"'\n\t\x1bw")))
def test_any_text_stays_text(text: str) -> None:
    assert shown(inert.markdown(text)) == clean(text)


@given(st.text())
def test_any_letters_stay_letters(text: str) -> None:
    assert shown(inert.markdown(text)).split() == clean(text).split()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, as it is", "plain, as it is"),
        ("- a list", "\\- a list"),
        ("+ a list", "\\+ a list"),
        ("1. first", "1\\. first"),
        ("12) twelfth", "12\\) twelfth"),
        ("2.5 hours", "2.5 hours"),
        ("a - b", "a - b"),
        ("a\nb\tc", "a b c"),
    ],
)
def test_only_signs_that_make_markup_are_escaped(text: str, escaped: str) -> None:
    assert inert.markdown(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("a [N]", "`a [N]`"), ("a `b`", "`` a `b` ``"), ("``", "``` `` ```"), ("a\nb", "`a b`")],
)
def test_a_code_span_shows_every_sign(text: str, escaped: str) -> None:
    assert inert.markdown_code(text) == escaped


@given(st.text(alphabet=st.sampled_from("a1 *_`[]<#@&\\|~C.")))
def test_pasted_text_shows_the_same_signs(text: str) -> None:
    tokens = PARSER.parse(inert.pasted(text))
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inline} <= {"text", "text_special", "code_inline"}
    assert "".join(token.content for token in inline) == clean(text)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("@me", "`@`me"), ("a@b", "a`@`b"), ("#1", "`#`1"), ("C#", "C\\#"), ("`@x", "\\``@`x")],
)
def test_pasted_text_calls_nobody(text: str, escaped: str) -> None:
    assert inert.pasted(text) == escaped
