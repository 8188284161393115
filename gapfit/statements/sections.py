"""Lines -> lines with their section: headings found, names and contact details set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from statistics import median

from gapfit.datamodels import Line, Section
from gapfit.statements import contacts
from gapfit.statements.dates import without_dates
from gapfit.statements.entries import names_role
from gapfit.statements.flow import MARKER, SAME_COLUMN, Placed
from gapfit.statements.headings import (
    is_contact_heading,
    is_document_title,
    is_weak,
    section_of,
)
from gapfit.statements.skill_lists import is_list, split_label
from gapfit.statements.wordsets import words

# The name stands within the first lines of the resume or of its columns, and usually largest.
NAME_LINES = 6
NAME_SIZE = 1.15
# Headings are larger than the text by at least this factor, or set apart otherwise.
LARGER = 1.08
# What footers say beside the name.
FOOTER_WORDS = words("resume résumé cv curriculum vitae page of")


class Kind(Enum):
    """What a line is, before it is joined to others."""

    TEXT = auto()
    HEADING = auto()
    DROPPED = auto()  # a name, a contact line, the words "Curriculum Vitae"


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with its kind and section; ``text`` differs from the line's where a heading or
    contact details were taken off; ``preamble`` says that no heading came before; ``name`` is what
    of the person's name stands here."""

    placed: Placed
    kind: Kind
    section: Section
    text: str
    preamble: bool = False
    unknown: bool = False
    name: str = ""


@dataclass(slots=True)
class State:
    """What the last heading said; None section: still before the first heading."""

    section: Section | None = None
    contact: bool = False
    unknown: bool = False  # the heading's words said nothing


def mark(placed: Sequence[Placed]) -> list[Marked]:
    """Return every line with its kind and section, in the same order."""
    body = median(p.line.size for p in placed) if placed else 0.0
    names = _name_lines(placed, body)
    set_aside = names | _repeated(placed, names)
    marked: list[Marked] = []
    ends: list[tuple[float, State]] = []  # left edge and last state of the columns so far
    styles = heading_styles(placed, body)
    state = State()
    for i, line in enumerate(placed):
        if i > 0 and line.column != placed[i - 1].column:
            ends.append((_left_edge(placed, placed[i - 1].column), state))
            holds_name = any(placed[n].column == line.column for n in set_aside)
            fresh = State() if holds_name and line.page == placed[0].page else state
            state = _resumed(ends, _left_edge(placed, line.column), fresh)
        heading = _heading(placed, i, body)
        if heading is None and i not in set_aside:
            begun = state.section is not None or _heads_list(placed, i)
            heading = _unknown_heading(line, styles) if begun else None
        if heading is not None:
            state = heading
            marked.append(_marked(line, Kind.HEADING, state, ""))
        elif i in names:
            aside = _marked(line, Kind.DROPPED, state, "")
            marked.append(replace(aside, name=line.line.text))
        elif i in set_aside or is_document_title(line.line.text):
            marked.append(_marked(line, Kind.DROPPED, state, ""))
        else:
            marked.append(_text(line, state))
    return marked


def _left_edge(placed: Sequence[Placed], column: int) -> float:
    return min(p.line.x0 for p in placed if p.column == column)


def _resumed(ends: Sequence[tuple[float, State]], left: float, state: State) -> State:
    """Return the state a column starts in: that of the last column at the same place."""
    for edge, ended in reversed(ends):
        if abs(edge - left) <= SAME_COLUMN:
            return ended
    return state


def _marked(line: Placed, kind: Kind, state: State, text: str) -> Marked:
    section, preamble = state.section or Section.SUMMARY, state.section is None
    return Marked(line, kind, section, text, preamble, state.unknown)


def _text(line: Placed, state: State) -> Marked:
    text, name = line.line.text, ""
    if state.contact or state.section is None:
        name, text = contacts.split_name(text)
        text = contacts.without_contacts(text)
        if state.section is None and contacts.is_place(text):
            text = ""
        if state.contact and len(text.split()) <= 6:
            text = ""
    elif contacts.is_contact(text) and not MARKER.match(text) and _stands_alone(text):
        text = ""
    marked = _marked(line, Kind.TEXT if text else Kind.DROPPED, state, text)
    return replace(marked, name=name)


def _stands_alone(text: str) -> bool:
    return len(text.split()) <= 6


def _heading(placed: Sequence[Placed], i: int, body: float) -> State | None:
    """Return the state a heading begins, None when the line is no heading."""
    line = placed[i].line
    text = MARKER.sub("", line.text) if line.text.startswith("•") else line.text
    if len(text) > 60 or "\t" in text or text.rstrip().endswith((".", ",", ";")):
        return None
    if is_contact_heading(text):
        return State(Section.OTHER, contact=True)
    section = section_of(text)
    if section is None:
        return None
    if line.text.startswith("•") and not _looks_set_apart(placed, i, body):
        return None
    plain = not (_looks_set_apart(placed, i, body) or text.rstrip().endswith(":"))
    if plain and (is_weak(text) or not _is_title_case(text)):
        return None
    return State(section)


def _style(line: Line) -> tuple[float, bool, bool]:
    return (line.size, line.bold, line.text.isupper())


def heading_styles(placed: Sequence[Placed], body: float) -> frozenset[tuple[float, bool, bool]]:
    """Return how the recognised headings are set, where that is larger than the text."""
    return frozenset(
        _style(p.line)
        for i, p in enumerate(placed)
        if p.line.size > LARGER * body and _heading(placed, i, body) is not None
    )


def _unknown_heading(placed: Placed, styles: frozenset[tuple[float, bool, bool]]) -> State | None:
    """Return the state of a heading known by its looks alone ("Committees", "Also")."""
    text = placed.line.text
    if _style(placed.line) not in styles or not 1 <= len(text.split()) <= 4:
        return None
    if MARKER.match(text) or any(c.isdigit() or c in "\t,.;|" for c in text):
        return None
    return None if names_role(text) else State(Section.OTHER, unknown=True)


def _heads_list(placed: Sequence[Placed], i: int) -> bool:
    """Return whether a list begins below a line: none does below a name or what it goes with."""
    if i + 1 == len(placed) or placed[i + 1].column != placed[i].column:
        return False
    text = placed[i + 1].line.text
    label, rest = split_label(text)
    named = label != "" and is_list(rest) and not contacts.is_contact(text)
    return named or MARKER.match(text) is not None


def _is_title_case(text: str) -> bool:
    return text[:1].isupper() or not text[:1].isalpha()


def _looks_set_apart(placed: Sequence[Placed], i: int, body: float) -> bool:
    """Return whether a line is set like a heading: larger, bold, in capitals."""
    line = placed[i].line
    if line.size > LARGER * body or line.text.isupper():
        return True
    return line.bold and sum(p.line.bold for p in placed) < 0.6 * len(placed)


def _name_lines(placed: Sequence[Placed], body: float) -> set[int]:
    """Return the places of the lines that hold the person's name."""
    starts = _early(placed)
    formed = [i for i in starts if _may_be_name(placed[i].line.text)]
    large = [i for i in formed if placed[i].line.size >= NAME_SIZE * body]
    if large:
        top = max(placed[i].line.size for i in large)
        first = [i for i in large if placed[i].line.size >= 0.97 * top]
    else:
        first = [i for i in formed if 2 <= len(placed[i].line.text.split()) <= 4][:1]
    return set(first)


def _repeated(placed: Sequence[Placed], names: set[int]) -> set[int]:
    """Return the places of the lines that hold the name again, in headers and footers."""
    words = {word.lower() for i in names for word in placed[i].line.text.split()}
    return {i for i, p in enumerate(placed) if _repeats(p.line.text, words)}


def _early(placed: Sequence[Placed]) -> list[int]:
    """Return the places of the first page's lines near the top of a column, above headings."""
    seen: dict[int, int] = {}
    early: list[int] = []
    for i, p in enumerate(placed):
        if p.page != placed[0].page:
            continue
        is_heading = section_of(p.line.text) is not None
        seen[p.column] = seen.get(p.column, 0) + (NAME_LINES if is_heading else 1)
        if seen[p.column] <= NAME_LINES and not is_heading:
            early.append(i)
    return early


def _may_be_name(text: str) -> bool:
    if section_of(text) or is_contact_heading(text) or is_document_title(text):
        return False
    return contacts.has_name_form(text) and not contacts.is_title(text)


def _repeats(text: str, name: set[str]) -> bool:
    """Return whether a line holds the name again, and nothing else but date and page."""
    words = [word.strip(",.·|•–-") for word in without_dates(text).lower().split()]
    words = [word for word in words if word and not word.isdigit()]
    named = sum(word in name for word in words)
    return named >= 2 and all(word in name or word in FOOTER_WORDS for word in words)
