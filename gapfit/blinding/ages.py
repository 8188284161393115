"""How old someone is: ages, births, and the years in which things happened.

A year says when, never what; it goes where it is surely one, not a number of requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gapfit.blinding.spans import Kind, Span, matches
from gapfit.datamodels import Section

_AGE = re.compile(
    r"\b(?:aged?:?\s\d\d|\d\d\s?years?[-\s]old"
    r"|(?:date of birth|d\.?o\.?b\.?|born(?=\s(?:in|on|\d)))\b[^;|•·.]*?(?=$|[;|•·.]|,\s(?!\d)))",
    re.IGNORECASE,
)
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_IN_YEARS = re.compile(_YEAR)
_MONTH = (
    r"(?:(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?|may|spring|summer|autumn|fall|"
    r"winter|Q[1-4])"
)
_POINT = rf"(?:{_MONTH}[\s,]+)?{_YEAR}"
_SPAN = rf"{_POINT}(?:\s?[-–—/]\s?(?:{_POINT}|\d\d|present|now|today))?"
_CLASS = re.compile(rf"\b(?:class of|graduat\w+(?:\s(?:in|on))?)\s+{_SPAN}\b", re.IGNORECASE)
# After a preposition, a separator or a month; "SQL Server 2019" and "FAccT 2023" are names.
_DATED = re.compile(
    rf"\b(?:in|since|from|until|till|by|during|summer|spring|autumn|fall|winter)\s+(?:early\s|late\s)?"
    rf"{_SPAN}(?:\s?(?:,|and|&|/)\s?{_YEAR})*(?![\w%])(?!\s?[a-z]+s\b)"
    rf"|(?<=[,(]\s){_SPAN}(?=\s*(?:$|[,;:.)\]](?!\d)))|(?<=\(){_SPAN}(?=[);,])"
    rf"|\b{_MONTH}\s{_YEAR}(?:\s?[-–—]\s?(?:{_MONTH}\s{_YEAR}|present|now|today))?\b",
    re.IGNORECASE,
)
# In these sections a four-digit number is a year.
_WHERE_YEARS = frozenset({Section.EDUCATION, Section.CERTIFICATIONS})
_ALONE = re.compile(rf"\b{_SPAN}\b", re.IGNORECASE)


def spans(text: str, section: Section) -> Iterator[Span]:
    """Yield ages, births and years."""
    yield from matches(_AGE, text, Kind.AGE)
    if _IN_YEARS.search(text):
        yield from matches(_CLASS, text, Kind.AGE)
        yield from matches(_DATED, text, Kind.AGE)
        if section in _WHERE_YEARS:
            yield from matches(_ALONE, text, Kind.AGE)
