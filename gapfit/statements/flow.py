"""Lines -> columns and blocks: which lines belong together, judged by where they stand.

A block is a heading, a list entry or a paragraph, over as many lines as it was wrapped to.
Wrapped lines are recognised as a person does: the next word had no room on the line before.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gapfit.datamodels import Document, Line, Page
from gapfit.statements.headings import is_contact_heading, section_of

# What may mark a list entry: a hyphen counts with a space after it, a number or letter with a
# full stop or bracket. The marker is no part of the entry's text.
LOOSE_MARKER = re.compile(
    r"^(?:•|[–—*►→»>](?=\s)|-(?=\s)|o(?=\s+[A-Z])|(?:\d{1,2}|[a-h])[.)](?=\s+[A-Z]))\s*"
)
DASHES = "–—-*"
# What marks one once lines are placed.
MARKER = re.compile(r"^•\s*")

# A line ends early when the next word would have fitted with this much to spare, in points.
SLACK = 4.0
# Average width of a character, in ems, to estimate a word's width.
CHARACTER = 0.5
# Line distance, in units of the usual one, above which a new block begins.
NEW_BLOCK = 1.45
# ... and from which one may begin: list entries of web pages are set a little apart.
NEW_PARAGRAPH = 1.1
# Continuations of a list entry stand at least this far right of its marker, in points.
HANGING = 3.0
SOFT_HYPHEN = "\u00ad"
FEW_LINES = 8  # a column of fewer lines may hold no full one
SAME_COLUMN = 24.0  # points; how far a column's left edge may move between pages
OPEN_END = re.compile(
    r"(?:[,(/&–—-]|\b(?:and|or|with|for|of|the|a|an|to|in|on|by|using|from|as|via|into|at))$"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its page and the right edge of its column, in points."""

    line: Line
    page: int
    column: int
    right: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; ``text`` has words broken over lines rejoined.

    ``begins`` says that the first line was taken for a title or label, see ``blocks``.
    """

    lines: tuple[Placed, ...]
    marked: bool
    begins: bool
    text: str

    @property
    def first(self) -> Placed:
        return self.lines[0]


def place(document: Document) -> list[Placed]:
    """Return all lines with their column's number and right edge, list markers made alike.

    The order is reading order, but for columns that go on over the page: a column of the next
    page follows the column it continues, not the sidebar beside that one.
    """
    markers = _dash_markers(document)
    columns = _threaded(document)
    edges = [column for _, column in columns]
    placed: list[Placed] = []
    for number, (page, column) in enumerate(columns):
        right = _right_edge(column, edges)
        for line in column:
            text = _with_plain_marker(line.text, markers)
            placed.append(Placed(replace(line, text=text), page, number, right))
    return placed


def _dash_markers(document: Document) -> frozenset[str]:
    """Return the dashes that mark list entries: a lone one may be punctuation, wrapped."""
    texts = [line.text for page in document.pages for line in page.lines]
    counted = Counter(text[0] for text in texts if LOOSE_MARKER.match(text) and text[0] in DASHES)
    return frozenset(dash for dash, count in counted.items() if count >= 2)


def _with_plain_marker(text: str, dashes: frozenset[str]) -> str:
    """Write whatever marks a list entry as "• "."""
    match = LOOSE_MARKER.match(text)
    if match is None or (text[0] in DASHES and text[0] not in dashes):
        return text
    return f"• {text[match.end() :].lstrip()}".rstrip()


def _threaded(document: Document) -> list[tuple[int, list[Line]]]:
    """Return the columns as (page, lines), continued columns after what they continue."""
    ordered: list[tuple[int, list[Line]]] = []
    for page in document.pages:
        for column in split_columns(page):
            before = _continued(ordered, page.number, column)
            if before is None:
                ordered.append((page.number, column))
            else:
                ordered.insert(before + 1, (page.number, column))
    return ordered


def _continued(
    ordered: Sequence[tuple[int, list[Line]]], page: int, column: Sequence[Line]
) -> int | None:
    """Return the place of the column of the page before that this one goes on from."""
    if section_of(column[0].text) is not None or is_contact_heading(column[0].text):
        return None
    left, right = min(ln.x0 for ln in column), max(ln.x1 for ln in column)
    for i in range(len(ordered) - 1, -1, -1):
        other_page, other = ordered[i]
        if other_page == page - 1 and abs(min(ln.x0 for ln in other) - left) <= SAME_COLUMN:
            # A full-width page does not continue a sidebar that begins at the same margin.
            wider = right > max(ln.x1 for ln in other) + 3 * SAME_COLUMN
            return None if wider or i == len(ordered) - 1 else i
    return None


def _right_edge(column: Sequence[Line], columns: Sequence[Sequence[Line]]) -> float:
    """Return how far a column's lines may reach, in points.

    A few lines at the top of a page may all be short: they are measured by the columns that
    begin at the same place on other pages.
    """
    own = max(line.x1 for line in column)
    if len(column) >= FEW_LINES:
        return own
    left = min(line.x0 for line in column)
    alike = (c for c in columns if abs(min(line.x0 for line in c) - left) <= SAME_COLUMN)
    return max((max(line.x1 for line in c) for c in alike), default=own)


def split_columns(page: Page) -> list[list[Line]]:
    """Cut a page's lines where reading jumps back up, and above the column it jumped from."""
    columns: list[list[Line]] = []
    current: list[Line] = []
    for line in page.lines:
        if current and line.top < current[-1].top - 0.5 * line.size:
            above = [other for other in current if other.top < line.top - line.size]
            beside = current[len(above) :]
            # Only a clean cut is one; otherwise the whole run is the left column.
            columns += [part for part in (above, beside) if part]
            current = [line]
        elif current and _leaves_column(columns, current, line):
            columns.append(current)
            current = [line]
        else:
            current.append(line)
    if current:
        columns.append(current)
    return columns


def _leaves_column(columns: Sequence[Sequence[Line]], current: Sequence[Line], line: Line) -> bool:
    """Return whether a line below a right-hand column stands left of it: full width again."""
    if not columns:
        return False
    return line.x0 < min(other.x0 for other in current) - SAME_COLUMN


def blocks(
    placed: Sequence[Placed],
    begins: Callable[[Placed], bool],
    *,
    wrapped: bool = True,
    titles: bool = True,
) -> list[Block]:
    """Group lines into blocks.

    ``begins(line)`` says that a line looks like the first of a block (a job title, a list's
    label); it is overruled where the line before it clearly runs on. ``wrapped=False`` takes
    every line as a block of its own unless it clearly continues. ``titles`` says that what
    begins so is complete in its line, as a job title is and a labelled list is not.
    """
    leading = leadings(placed)
    groups: list[list[Placed]] = []
    for line in placed:
        title = titles and bool(groups) and begins(groups[-1][0])
        if groups and _continues(groups[-1], line, leading, begins(line), title, wrapped):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group, begins(group[0])) for group in groups]


def leadings(placed: Sequence[Placed]) -> dict[float, float]:
    """Return the usual distance of wrapped lines, by font size, in points."""
    steps: dict[float, list[float]] = {}
    for one, two in itertools.pairwise(placed):
        step = two.line.top - one.line.top
        same = one.column == two.column and one.line.size == two.line.size
        if same and 0.9 * one.line.size < step < 2.5 * one.line.size:
            steps.setdefault(one.line.size, []).append(step)
    # Low, but not lowest: lines within a paragraph, not the gaps between paragraphs.
    return {size: sorted(s)[len(s) // 5] for size, s in steps.items()}


def _continues(
    block: Sequence[Placed],
    line: Placed,
    leading: dict[float, float],
    begins: bool,
    title: bool,
    wrapped: bool,
) -> bool:
    """Return whether a line is the continuation of a block, wrapped."""
    last, text = block[-1], line.line.text
    if MARKER.match(text) or not _is_near(last, line, leading):
        return False
    if last.column != line.column:
        return _continues_elsewhere(last, text)
    if runs_on(last.line.text, text):
        return last.line.bold == line.line.bold or not begins
    marked = MARKER.match(block[0].line.text) is not None
    if marked and line.line.x0 < block[0].line.x0 - 2:
        return False
    if begins or title:
        hanging = marked and line.line.x0 > block[0].line.x0 + HANGING and not line.line.bold
        return hanging and not has_room(last, text)
    if text[:1].islower():
        return True
    step = line.line.top - last.line.top
    usual = leading.get(line.line.size, 1.2 * line.line.size)
    if not wrapped or "\t" in last.line.text or step > NEW_PARAGRAPH * usual:
        return False
    return last.line.bold == line.line.bold and not has_room(last, text)


def _is_near(last: Placed, line: Placed, leading: dict[float, float]) -> bool:
    """Return whether two lines stand close enough, and alike enough, to be one block."""
    if last.column != line.column:
        return True
    step = line.line.top - last.line.top
    usual = leading.get(line.line.size, 1.2 * line.line.size)
    if abs(last.line.size - line.line.size) > 0.8:
        return False
    return step <= NEW_BLOCK * max(usual, last.line.size)


def runs_on(text: str, following: str) -> bool:
    """Return whether a line ends in the middle of a phrase that the next one goes on with."""
    if text.endswith(SOFT_HYPHEN) or following.startswith(("& ", "/ ")):
        return True
    return OPEN_END.search(text) is not None and "\t" not in following


def _continues_elsewhere(last: Placed, text: str) -> bool:
    """Return whether a block goes on in the next column or on the next page."""
    ended = last.line.text.endswith((".", "!", "?", ":"))
    return not ended and text[:1].islower() and len(last.line.text.split()) > 3


def has_room(last: Placed, text: str) -> bool:
    """Return whether the first word of ``text`` would have fitted on the line before it."""
    word = text.split(maxsplit=1)[0] if text.split() else ""
    line = last.line
    used = line.x1 - line.x0
    per_character = used / len(line.text) if len(line.text) > 10 else CHARACTER * line.size
    return line.x1 + (len(word) + 1) * per_character + SLACK < last.right


def _block(lines: Sequence[Placed], begins: bool) -> Block:
    first = lines[0].line.text
    match = MARKER.match(first)
    marked = match is not None and len(first) > match.end()
    text = first[match.end() :] if match and marked else first
    for line in lines[1:]:
        text = join_lines(text, line.line.text)
    text = text.replace(SOFT_HYPHEN, "").strip()
    return Block(tuple(lines), marked, begins and not marked, text)


def join_lines(text: str, following: str) -> str:
    """Join two lines of a wrapped text.

    A soft hyphen at the end marks a broken word and is dropped; a hyphen or slash within a
    word is the author's: no space follows it.
    """
    if text.endswith(SOFT_HYPHEN):
        return text[:-1] + following
    within = len(text) > 1 and text[-1] in "-/" and not text[-2].isspace()
    return f"{text}{following}" if within else f"{text} {following}"
