"""The resume: pages, lines, statements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Section(StrEnum):
    """Where in a resume a statement stands."""

    SUMMARY = "summary"
    EXPERIENCE = "experience"
    PROJECTS = "projects"
    SKILLS = "skills"
    EDUCATION = "education"
    CERTIFICATIONS = "certifications"
    PUBLICATIONS = "publications"
    OTHER = "other"


class Form(StrEnum):
    """What kind of text a statement is."""

    BULLET = "bullet"  # a marked list entry
    SENTENCE = "sentence"  # a sentence of running prose
    ITEM = "item"  # one entry of a skills list
    ENTRY = "entry"  # a job title, employer, degree or date line


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something about the reading that a person should know before trusting a score."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on a page, in reading order.

    Coordinates are points from the top left corner of the page; ``number`` counts from 1.
    """

    number: int
    text: str
    x0: float
    x1: float
    top: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page as lines in reading order; ``quality`` is the share of well-formed words, 0-1.

    ``turn`` counts the quarter turns clockwise that set its text upright; width, height and lines
    are those of the page so turned.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    reader: str
    quality: float
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF's text: its pages, what went wrong on the way, and the SHA-256 of its bytes."""

    pages: tuple[Page, ...]
    warnings: tuple[ParseWarning, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Period:
    """A span of dates as written; ``months`` is its length, None when an end is missing."""

    text: str
    start: str | None  # "YYYY-MM" or "YYYY"
    end: str | None  # the same, or "present"
    months: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """The unit of evidence: a bullet, a sentence or a list entry, with its place.

    ``context`` is what the text alone does not say: the list's label for an ITEM ("Vector
    stores"), the entry's title line ("ML Engineer, Acme") for a BULLET or SENTENCE. ``places``
    are the (page, line) of all lines it stands on, its own ``page`` and ``line`` first; empty
    where it comes from no page.
    """

    text: str
    page: int
    line: int
    section: Section
    form: Form
    context: str = ""
    period: Period | None = None
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Resume:
    """A resume as statements, with what is known about how well it was read.

    ``layout`` are its pages as they were read, for whoever wants to show where a statement stands.
    ``name`` is its author's, as the header writes it; "" where none was found. It is no statement.
    """

    statements: tuple[Statement, ...]
    pages: int
    language: str  # ISO 639-1, "und" when too little text
    warnings: tuple[ParseWarning, ...] = ()
    layout: tuple[Page, ...] = ()
    name: str = ""
