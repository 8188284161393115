"""Ways to reach the author, and where they live or worked: addresses, links, numbers, places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gapfit.blinding.places import COUNTRIES, STATES
from gapfit.blinding.spans import Kind, Span, matches
from gapfit.datamodels import Form, Section
from gapfit.identity import ADDRESSED, EMAIL, NUMBERED, PHONE, STREET, URL, YEARS

# A handle, where it cannot be a decorator's: after where it is used, or with the name in it.
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z]\w{2,}(?![\w.])")
_HANDLED = re.compile(
    r"(?:\b(?:twitter|x|instagram|github|mastodon|bluesky|telegram|skype|handle|follow|as|me)\b\W*)$",
    re.IGNORECASE,
)
# Who owns a project is the first part of its path; what it is called may be evidence.
_OWNER = re.compile(
    r"\b(?:github|gitlab|bitbucket|huggingface|kaggle)\.(?:com|co|org|io)"
    r"(?:/(?:spaces|datasets|models|users|orgs|code))?(?P<it>/[\w.-]+(?:/|\b))",
    re.IGNORECASE,
)
# Pages about a person.
_PROFILE = re.compile(
    r"(?:https?://)?(?:\w+\.)*(?:linkedin|twitter|x|facebook|instagram|medium|orcid|researchgate|"
    r"scholar\.google|stackoverflow|leetcode|behance|threads|bsky)\.(?:com|org|net|io|app|social)"
    r"(?:/\S*)?",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-ÞĀ-Ž][\w.'’-]*(?:[ -][A-ZÀ-ÞĀ-Ž][\w.'’-]*){0,2}"
# "Acme, Oslo, Norway", "Acme, Austin, TX": the place of a job, at the end of its line. Two letters
# are a state only behind a town.
_LOCATION = re.compile(
    rf"(?:(?:^|[,|–·/]|(?<=\())\s*(?:{_NAME},\s*)?(?:{'|'.join(map(re.escape, COUNTRIES))})"
    rf"|[,|–·/]\s*{_NAME},\s*(?:{'|'.join(STATES)}))(?=\s*(?:$|[,|;–·()]))"
)


def spans(text: str, section: Section, form: Form, name: str) -> Iterator[Span]:
    """Yield where a text tells how to reach someone or where they are."""
    addressed, numbered = ADDRESSED.search(text), NUMBERED.search(text)
    if addressed:
        yield from _linked(text)
    if numbered:
        for match in PHONE.finditer(text):
            if not YEARS.search(match[0]) and sum(c.isdigit() for c in match[0]) >= 9:
                yield Span(*match.span(), Kind.CONTACT)
    if addressed:
        yield from _own(text, name)
    if numbered:
        for match in STREET.finditer(text):
            if not re.match(r"\d+\s[a-z]", match[0]):  # "9 years on the road"
                yield Span(*match.span(), Kind.PLACE)
    if form is Form.ENTRY and section is not Section.EDUCATION:  # there it is the school's
        yield from matches(_LOCATION, text, Kind.PLACE)


def _linked(text: str) -> Iterator[Span]:
    """Addresses, and pages about a person."""
    for match in EMAIL.finditer(text):
        if len(re.findall(r"\s", match[0])) != 1:  # "and @ray.remote" is no address
            yield Span(*match.span(), Kind.CONTACT)
    yield from matches(_PROFILE, text, Kind.CONTACT)
    yield from matches(_OWNER, text, Kind.CONTACT, " ")


def _own(text: str, name: str) -> Iterator[Span]:
    """Links and handles that hold a word of the author's name, and handles told as such."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]{3,}", name)]

    def is_own(match: re.Match[str]) -> bool:
        return any(word in match[0].lower() for word in words)

    for match in URL.finditer(text):
        if is_own(match) and not _OWNER.search(match[0]):
            yield Span(*match.span(), Kind.CONTACT)
    for match in _HANDLE.finditer(text):
        if is_own(match) or _HANDLED.search(text[: match.start()]):
            yield Span(*match.span(), Kind.CONTACT)
