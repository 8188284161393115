"""Spans of a text that say who its author is, and the text with others in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

# What a cut leaves behind: brackets around nothing, separators with nothing between them.
_EMPTY_BRACKETS = re.compile(r"\(\W*\)|\[\W*\]")
_REPEATED = re.compile(r"\s*([,;|•·])(?:\s*[,;|•·])+\s*")
_DANGLING = re.compile(r"\s*[,;]\s*(?=[.:)\]])|(?<=[:(\[])\s*[,;]|(?<=\.)\s*\.(?!\.)(?<!\.\.\.)")
_BEFORE = re.compile(r"\s+([,;:.!?)\]])")
_AFTER = re.compile(r"([(\[])\s+")
_ENDS = " \t,;:|•·–—-/"


class Kind(StrEnum):
    """What a span gives away."""

    NAME = "name"
    CONTACT = "contact"
    PLACE = "place"
    GENDER = "gender"
    ORIGIN = "origin"
    AGE = "age"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of a text, and what may stand there instead."""

    start: int
    end: int
    kind: Kind
    neutral: str = ""


def matches(pattern: re.Pattern[str], text: str, kind: Kind, neutral: str = "") -> Iterable[Span]:
    """Yield a span per match of a pattern: of its group "it", if it has one."""
    for match in pattern.finditer(text):
        start, end = match.span("it" if "it" in pattern.groupindex else 0)
        yield Span(start, end, kind, neutral)


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order. Of those that overlap the first, or longer, one is kept, and
    reaches as far as others of its kind."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.kind is kept[-1].kind and span.end > kept[-1].end:
            kept[-1] = replace(kept[-1], end=span.end)
    return kept


def without(text: str, spans: Iterable[Span]) -> str:
    """Return the text with the spans' neutral words in their place, and tidy where they were cut.

    Where nothing is replaced, the text is returned as it is.
    """
    kept = apart(spans)
    if not kept:
        return text
    parts, done = [], 0
    for span in kept:
        parts += [text[done : span.start], _cased(span, text)]
        done = span.end
    return tidy("".join((*parts, text[done:])))


def _cased(span: Span, text: str) -> str:
    """The neutral words as the first letter of the replaced ones was, unless they were a name."""
    capital = span.kind is Kind.GENDER and text[span.start].isupper()
    return span.neutral[:1].upper() + span.neutral[1:] if capital else span.neutral


def tidy(text: str) -> str:
    """Return a text without the spaces, brackets and separators that cuts leave behind."""
    text = _EMPTY_BRACKETS.sub(" ", text)
    text = re.sub(r"\s+", " ", text)
    text = _REPEATED.sub(r"\1 ", text)
    text = _AFTER.sub(r"\1", _BEFORE.sub(r"\1", _DANGLING.sub("", text))).strip(_ENDS)
    return text if any(c.isalpha() for c in text) else ""
