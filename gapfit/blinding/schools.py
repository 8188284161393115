"""Names of schools: whoever went where, the scores read "university".

Found by what schools are called ("University of …", "… College"), by the best-known abbreviations,
and, in a line with a degree, as what is neither degree nor subject. A school's name is kept where
it is the name of something else: Stanford CoreNLP, the MIT licence, Berkeley DB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_NAMED = rf"(?!(?:{DEGREE}|{SUBJECT})(?![\w-])){NAME_WORD}"
_BEFORE = rf"(?<![\w-])(?:{_NAMED}\s(?:(?:of|and|&|de|for|-)\s)?){{1,4}}(?:{SUBJECT}\s){{0,2}}"
_AFTER = (
    rf"(?:(?:\s{OF}){{1,3}}\s{NAME_WORD}(?:[\s-](?:(?:and|&|of|do|de|da)\s)?{_NAMED}){{0,3}}"
    rf"|(?:\s{_NAMED}){{1,3}}(?:\s{OF}\s{_NAMED})?)(?:(?:\sat\s|-|(?<=California),\s){_NAMED})*"
)
# "University" alone is any: "University course recommender".
_CALLED, _CALLED_IN_EDUCATION = (
    re.compile(rf"{_BEFORE}{kind}(?![\w-])(?:{_AFTER})?|(?<![\w-]){kind}(?![\w-]){_AFTER}")
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
_ONLY_NAMES = re.compile(rf"{NAME_WORD}(?:[\s-](?:{OF}\s)*{NAME_WORD}){{0,5}}")
_SEGMENT = re.compile(r"(?:[^,;|()•·–—\s]|\s(?!-\s))+")
_BRACKETS = re.compile(r"\([^()]*\)")
_AGAIN = re.compile(rf"\b{NEUTRAL}\b(?:[\s,;|()–—-]+{NEUTRAL}\b)+")


def spans(text: str, section: Section, form: Form) -> Iterator[Span]:
    """Yield where a school is named."""
    for pattern in (_CALLED, _ABBREVIATED, _BARE):
        yield from matches(pattern, text, Kind.SCHOOL, NEUTRAL)
    if section is Section.EDUCATION:
        yield from matches(_CALLED_IN_EDUCATION, text, Kind.SCHOOL, NEUTRAL)
        if form is Form.ENTRY or _HAS_DEGREE.match(text):
            yield from _beside_a_degree(text)


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
