"""Lines -> columns and blocks: which lines belong together, judged by where they stand.

A block is a heading, a list entry or a paragraph, over as many lines as it was wrapped to.
Wrapped lines are recognised as a person does: the next word had no room on the line before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gapfit.datamodels import Document, Line, Page

# A marked list entry; the marker is not part of its text. A hyphen counts with a space after
# it, a number with a full stop or bracket.
MARKER = re.compile(r"^(?:•|[–—*►→»>]|-(?=[ \t])|o(?=\s+[A-Z])|(?:\d{1,2}|[a-h])[.)](?=\s+[A-Z]))\s*")

# A line ends early when the next word would have fitted with this much to spare, in points.
SLACK = 4.0
# Average width of a character, in ems, to estimate a word's width.
CHARACTER = 0.5
# Line distance, in units of the usual one, above which a new block begins.
NEW_BLOCK = 1.45
FEW_LINES = 8  # a column of fewer lines may hold no full one
SAME_COLUMN = 24.0  # points; how far a column's left edge may move between pages
_OPEN_END = re.compile(r"(?:[,;:(/&–—-]|\b(?:and|or|with|for|of|the|a|an|to|in|on|by|using|from|as|via))$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its page and the right edge of its column, in points."""

    line: Line
    page: int
    column: int
    right: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; ``text`` has words broken over lines rejoined."""

    lines: tuple[Placed, ...]
    marked: bool
    text: str

    @property
    def first(self) -> Placed:
        return self.lines[0]


def place(document: Document) -> list[Placed]:
    """Return all lines in reading order with their column's number and right edge."""
    columns = [(page.number, c) for page in document.pages for c in split_columns(page)]
    placed: list[Placed] = []
    for number, (page, column) in enumerate(columns):
        right = _right_edge(column, [other for _, other in columns])
        placed += [Placed(line, page, number, right) for line in column]
    return placed


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


def blocks(placed: Sequence[Placed], is_break: Sequence[bool]) -> list[Block]:
    """Group lines into blocks; ``is_break[i]`` forces lines i to stand alone (headings)."""
    leading = _leadings(placed)
    groups: list[list[Placed]] = []
    for i, line in enumerate(placed):
        alone = is_break[i] or (i > 0 and is_break[i - 1])
        if groups and not alone and continues(groups[-1], line, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group) for group in groups]


def _leadings(placed: Sequence[Placed]) -> dict[int, float]:
    """Return the usual distance of lines, by column, in points."""
    steps: dict[int, list[float]] = {}
    for one, two in zip(placed, placed[1:], strict=False):
        if one.column == two.column and 0 < two.line.top - one.line.top < 3 * one.line.size:
            steps.setdefault(one.column, []).append(two.line.top - one.line.top)
    # The lower half: lines within a paragraph, not the gaps between paragraphs.
    return {column: median(sorted(s)[: len(s) // 2 + 1]) for column, s in steps.items()}


def continues(block: Sequence[Placed], line: Placed, leading: dict[int, float]) -> bool:
    """Return whether a line is the continuation of a block, wrapped."""
    last = block[-1]
    text = line.line.text
    if MARKER.match(text) or "\t" in last.line.text.removeprefix("•\t"):
        return False
    if last.column != line.column:
        return _continues_elsewhere(last, text)
    step = line.line.top - last.line.top
    usual = leading.get(line.column, 1.2 * last.line.size)
    if step > NEW_BLOCK * max(usual, last.line.size) or abs(last.line.size - line.line.size) > 0.8:
        return False
    if MARKER.match(block[0].line.text) and line.line.x0 < block[0].line.x0 - 2:
        return False
    if text[:1].islower() or _OPEN_END.search(last.line.text):
        return True
    if last.line.bold != line.line.bold:
        return False
    return not has_room(last, text)


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


def _block(lines: Sequence[Placed]) -> Block:
    first = lines[0].line.text
    match = MARKER.match(first)
    marked = match is not None and len(first) > match.end()
    text = first[match.end() :] if match and marked else first
    for line in lines[1:]:
        text = join_lines(text, line.line.text)
    return Block(tuple(lines), marked, text.strip())


def join_lines(text: str, following: str) -> str:
    """Join two lines of a wrapped text.

    A hyphen at the end is a real one when the word has another hyphen ("state-of-" "the-art"),
    when a capital or digit follows a lower-case part that is a word of its own, or when the
    line ends in a prefix that is usually hyphenated ("self-", "multi-"); it is dropped between
    two lower-case parts ("evalua-" "tion") and within names ("Py-" "Torch").
    """
    if not text or not following:
        return text or following
    match = re.search(r"(\S*)-$", text)
    if match is None:
        joint = "" if text.endswith("/") and len(text) > 1 and text[-2] != " " else " "
        return f"{text}{joint}{following}"
    if not match[1]:
        return f"{text} {following}"
    part, rest = match[1], following.split(maxsplit=1)[0]
    return f"{text}{following}" if keeps_hyphen(part, rest) else f"{text[:-1]}{following}"


# Parts that are joined to the next word by a hyphen, not broken from it.
PREFIXES = frozenset(
    "self multi cross non pre post re co end long short high low real open large small full "
    "hands on two three four five single zero few state human data user fine in out off time "
    "machine production test well first second third cloud low-code event model domain part "
    "third-party question context rate vector cost risk role rule tool voice video text image "
    "web mobile front back server client customer company industry enterprise mission type "
    "decision problem quality privacy energy year month day hour on-call hybrid semi micro "
    "auto e pro half top best bi tri quasi near ever cutting award results data-driven".split()
)
# Second halves that follow a hyphen: "data-" "driven".
SECOND_HALVES = frozenset(
    "driven based level end time tuning tuned scale source party art of the to in loop on up "
    "effective efficient facing aware ready grade specific oriented stage side wide friendly "
    "functional powered generated learning first only free value quality shot turn agent modal "
    "tenant cloud world term performance throughput latency language step generation hosted "
    "service ranking trained attention memory precision call purpose class year month day "
    "week hour person key user run built known case study and or intensive critical assisted "
    "augmented native centric relevant sensitive".split()
)


def keeps_hyphen(part: str, rest: str) -> bool:
    """Return whether the hyphen between the two halves of a word is the author's own."""
    rest_word = re.sub(r"\W+$", "", rest)
    letters = re.sub(r"^\W+", "", part)
    if "-" in letters or "-" in rest_word or not letters[-1:].isalpha() or rest[:1].isdigit():
        return True
    if letters.lower() in PREFIXES or rest_word.lower() in SECOND_HALVES:
        return True
    if rest[:1].isupper():
        # "Py-" "Torch" is one name; "GPT-" "Neo", "Vision-" "Language" are not.
        return letters.isupper() or len(letters) > 4
    return False
