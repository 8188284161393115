"""Names of schools: whoever went where, the scores read "university".

Found by what schools are called ("University of …", "… College"), by the best-known abbreviations,
and, in a line with a degree, as what is neither degree nor subject. A school's name is kept where
it is the name of something else: Stanford CoreNLP, the MIT licence, Berkeley DB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gapfit.blinding.schoolwords import (
    DEGREE,
    FAMOUS,
    NAME_WORD,
    OF,
    PART,
    SCHOOL,
    SCHOOL_IN_EDUCATION,
    SHORT,
    SUBJECT,
)
from gapfit.blinding.spans import Kind, Span, matches
from gapfit.datamodels import Form, Section

NEUTRAL = "university"

# A school by its kind, with the names beside it. "University" alone is any.
_CALLED, _CALLED_IN_EDUCATION = (
    re.compile(
        rf"(?<![\w-])(?P<before>(?:{NAME_WORD}\s(?:(?:of|and|&|de|for|-)\s)?){{0,4}}){kind}(?![\w-])"
        rf"(?P<of>(?:\s{OF}){{1,3}}\s{NAME_WORD})?"
        rf"(?P<after>(?:[\s-](?:(?:and|&|of|do|de|da)\s)?{NAME_WORD}){{0,3}}(?:\s{OF}\s{NAME_WORD})?)"
        rf"(?P<campus>(?:(?:\sat\s|-|(?<=California),\s){NAME_WORD})*)"
    )
    for kind in (SCHOOL, SCHOOL_IN_EDUCATION)
)
_ABBREVIATED = re.compile(
    rf"(?<![\w/.-]){SHORT}(?![\w/-])(?!['’]?\slicen[cs])(?!\s(?:OpenCourseWare|App)){PART}?"
)
# By its bare name only where it can be no product's: a lab's, after "at" or "from", at an end.
_END = r"(?=\s*(?:$|[,;.)]|(?:and|in|on|with|for|where)\b))"
_BARE = re.compile(
    rf"(?<![\w-]){FAMOUS}{PART}"
    rf"|(?<=\bat\s){FAMOUS}{_END}|(?<=\bfrom\s){FAMOUS}{_END}|(?<=,\s){FAMOUS}(?=\s*(?:$|[,;)]))"
    rf"|(?<![\w-]){FAMOUS}(?=\s(?:graduate|alum\w+|student|PhD|MBA|dropout|professor)\b)"
    rf"|^{FAMOUS}(?=\s(?:Machine Learning|Online|CS\d|Certificate|Executive)\b)"
)

_LONGEST = 80  # characters of a school's name
_HAS_DEGREE = re.compile(rf"(?<![\w-]){DEGREE}(?![\w-])")
_SUBJECT_OR_DEGREE = re.compile(rf"(?<![\w-])(?:{DEGREE}|{SUBJECT})(?![\w-])", re.IGNORECASE)
_LEADING = re.compile(rf"(?:(?:{DEGREE}|{SUBJECT}|{OF}|-)\s)*")
_ONLY_NAMES = re.compile(rf"{NAME_WORD}(?:[\s-](?:{OF}\s)*{NAME_WORD}){{0,5}}")
_TOWN = re.compile(rf",\s(?P<it>{NAME_WORD}(?:[\s-]{NAME_WORD})?)\s*$")
_SEGMENT = re.compile(r"(?:[^,;|()•·–—\s]|\s(?!-\s))+")
_BRACKETS = re.compile(r"\([^()]*\)")
_AGAIN = re.compile(rf"\b{NEUTRAL}\b(?:[\s,;|()–—-]+{NEUTRAL}\b)+")


def spans(text: str, section: Section, form: Form) -> Iterator[Span]:
    """Yield where a school is named."""
    named = [*_named(text, section, form)]
    yield from named
    if form is Form.ENTRY:
        yield from _towns(text, named)


def _named(text: str, section: Section, form: Form) -> Iterator[Span]:
    yield from _called(_CALLED, text)
    for pattern in (_ABBREVIATED, _BARE):
        yield from matches(pattern, text, Kind.SCHOOL, NEUTRAL)
    if section is Section.EDUCATION:
        yield from _called(_CALLED_IN_EDUCATION, text)
        if form is Form.ENTRY or _HAS_DEGREE.match(text):
            yield from _beside_a_degree(text)


def _towns(text: str, named: Sequence[Span]) -> Iterator[Span]:
    """The town at the end of a line, behind a school."""
    for span in named:
        town = _TOWN.match(text, span.end)
        if town is not None and not _SUBJECT_OR_DEGREE.search(town["it"]):
            yield Span(*town.span("it"), Kind.SCHOOL, NEUTRAL)


def _called(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Schools by their kind, without the degree before them and the subject behind them."""
    for match in pattern.finditer(text):
        leading = _LEADING.match(match["before"])
        start = match.start() + (leading.end() if leading else 0)
        subject = _SUBJECT_OR_DEGREE.search(match["after"])
        end = match.end() if subject is None else match.start("after") + subject.start()
        end -= len(text[start:end]) - len(text[start:end].rstrip(" -"))
        named = match["of"] or start < match.start() + len(match["before"])
        if named or end > match.start("after"):
            yield Span(start, end, Kind.SCHOOL, NEUTRAL)


def _beside_a_degree(text: str) -> Iterator[Span]:
    """In a line with a degree, the names that are neither degree nor subject: school and town.

    What stands in brackets says more of the degree.
    """
    if not _HAS_DEGREE.search(text):
        return
    flat = _BRACKETS.sub(lambda match: "(" * len(match[0]), text)
    for match in _SEGMENT.finditer(flat):
        words = match[0].strip()
        if len(words) > _LONGEST or not _ONLY_NAMES.fullmatch(words):
            continue
        if not _SUBJECT_OR_DEGREE.search(words):
            start = match.start() + match[0].index(words)
            yield Span(start, start + len(words), Kind.SCHOOL, NEUTRAL)


def merged(text: str) -> str:
    """Return the text with schools that stand side by side as one: a school and its town."""
    return _AGAIN.sub(NEUTRAL, text)
