"""Segments in reading order -> numbered lines of repaired text."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gapfit.datamodels import Line
from gapfit.pdf.columns import regions
from gapfit.pdf.glyphs import Mark
from gapfit.pdf.repair import BULLET, repair
from gapfit.pdf.words import SPACE_GAP, Segment, Word

# Segments whose baselines differ by less than this (in ems) stand on one line: superscripts,
# icons, and columns of a title line set in several sizes.
SAME_LINE = 0.45
# A gap wider than this (in ems) is kept as a tab: it separates a title from its date, or a
# label from its value.
TAB_GAP = 1.6
# Beside a change of weight or size a narrower gap does: labels are set apart by both.
TAB_GAP_AT_CHANGE = 0.9
# A drawn list marker stands at most this far (in ems) before its text.
MARK_GAP = 2.5


def lines(segments: Sequence[Segment], marks: Sequence[Mark] = ()) -> tuple[Line, ...]:
    """Return the lines of a page in reading order, numbered from 1; empty ones are left out.

    A drawn list marker before a line is written into it.
    """
    found: list[Line] = []
    for region in regions(segments):
        for row in _rows(region):
            line = _with_marker(_line(row, len(found) + 1), marks)
            if line.text:
                found.append(line)
    return tuple(found)


def _rows(region: Sequence[Segment]) -> list[list[Segment]]:
    """Group the segments of a region into rows, each from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(region, key=lambda s: (s.y, s.x0)):
        if rows and _on_row(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in rows]


def _on_row(row: Sequence[Segment], segment: Segment) -> bool:
    tallest = max(row, key=lambda s: s.size)
    reach = SAME_LINE * min(tallest.size, segment.size)
    if abs(segment.y - tallest.y) > max(reach, SAME_LINE * 0.75 * tallest.size):
        return False
    return all(segment.x0 >= s.x1 - 0.3 * s.size or segment.x1 <= s.x0 + 0.3 * s.size for s in row)


def _line(row: Sequence[Segment], number: int) -> Line:
    words = [word for segment in row for word in segment.words]
    sizes = Counter[float]()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    size = min(sizes, key=lambda s: (-sizes[s], s))
    bold = sum(len(word.text) for word in words if word.bold)
    return Line(
        number=number,
        text=repair(_join(words)),
        x0=round(min(word.x0 for word in words), 1),
        x1=round(max(word.x1 for word in words), 1),
        top=round(min(segment.top for segment in row), 1),
        size=size,
        bold=2 * bold > sum(len(word.text) for word in words),
    )


def _with_marker(line: Line, marks: Sequence[Mark]) -> Line:
    """Write the mark that stands before a line, at the height of its letters, as a bullet."""
    if line.text.startswith(BULLET):
        return line
    for mark in marks:
        before = -0.5 <= line.x0 - mark.x1 <= MARK_GAP * line.size
        if before and line.top + 0.2 * line.size <= mark.y <= line.top + 0.85 * line.size:
            return replace(line, text=f"{BULLET} {line.text}", x0=round(mark.x0, 1))
    return line


def _join(words: Sequence[Word]) -> str:
    parts = [words[0].text]
    for left, right in itertools.pairwise(words):
        gap = (right.x0 - left.x1) / min(left.size, right.size)
        changes = left.bold != right.bold or abs(left.size - right.size) > 0.5
        if gap > (TAB_GAP_AT_CHANGE if changes else TAB_GAP):
            parts.append("\t")
        elif right.y == left.y or gap > SPACE_GAP:
            parts.append(" ")
        parts.append(right.text)
    return "".join(parts)


# A page on which at least this many rows, and this share of them, hold long texts side by
# side has columns that were not told apart.
MIN_MIXED_ROWS = 6
MIXED_SHARE = 0.3
LONG_TEXT_WORDS = 4


def has_mixed_order(found: Sequence[Line]) -> bool:
    """Return whether many lines join texts that stand side by side and read as prose."""
    mixed = 0
    for line in found:
        long = [part for part in line.text.split("\t") if len(part.split()) >= LONG_TEXT_WORDS]
        mixed += len(long) >= 2
    return mixed >= max(MIN_MIXED_ROWS, MIXED_SHARE * len(found))
