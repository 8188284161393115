"""Segments -> reading order: find the columns of a page and cut it along them.

The page is cut again and again at its best gutter: a strip no segment crosses, over as many
rows as possible, with text on both sides. What stands above and below the gutter (a full-width
name, a heading across both columns) is read before and after it, and every part is cut in
turn. A strip between a label and its value, or between a title and its date, is no gutter:
those are read across.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gapfit.pdf.words import Segment

# Narrower strips (in ems of the usual size) occur between words of justified text.
MIN_GUTTER = 0.8
# Columns have at least this many rows on either side ...
MIN_ROWS = 3
# ... and a left edge shared by at least this many segments of the right one.
MIN_SHARED_EDGE = 3
EDGE_TOLERANCE = 3.0  # points; list indents of the right column are found by recursion
ALIGNED = 0.2  # baselines this close (in ems) stand on one row
# Of the shorter side's rows, at least this share stands beside a row of the other side when
# the two are label and value.
LABEL_ALIGNED = 0.9
# A side with this share of dates belongs to the rows beside it.
DATE_SHARE = 0.5
MAX_DEPTH = 8

DATE = re.compile(r"\b(?:19|20)\d\d\b|\bpresent\b|\bcurrent\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cut:
    """A gutter: its right edge, the rows it spans and the segments on either side."""

    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    top: float
    bottom: float

    @property
    def weight(self) -> float:
        """Height over which both sides have text, in points."""
        top = max(min(s.y for s in self.left), min(s.y for s in self.right))
        bottom = min(max(s.y for s in self.left), max(s.y for s in self.right))
        return max(0.0, bottom - top)


def regions(segments: Sequence[Segment], depth: int = 0) -> list[list[Segment]]:
    """Return groups of segments in reading order; each group is read row by row."""
    if depth >= MAX_DEPTH or len(segments) < 2 * MIN_ROWS:
        return [list(segments)] if segments else []
    cut = best_cut(segments)
    if cut is None:
        return [list(segments)]
    inside = {id(s) for s in (*cut.left, *cut.right)}
    above = [s for s in segments if id(s) not in inside and s.y < cut.top]
    below = [s for s in segments if id(s) not in inside and s.y >= cut.top]
    parts = (above, list(cut.left), list(cut.right), below)
    return [region for part in parts for region in regions(part, depth + 1)]


def best_cut(segments: Sequence[Segment]) -> Cut | None:
    """Return the tallest gutter between two columns, None when there is none."""
    width = MIN_GUTTER * median(s.size for s in segments)
    cuts = [
        cut
        for edge in _shared_edges(segments)
        for cut in _cuts_at(segments, edge, width)
        if not _reads_across(cut)
    ]
    return max(cuts, key=lambda cut: (cut.weight, -cut.top), default=None)


def _shared_edges(segments: Sequence[Segment]) -> list[float]:
    """Return left edges that several segments share: where a column may begin."""
    edges = sorted(s.x0 for s in segments)
    found: list[float] = []
    start = 0
    for end in range(1, len(edges) + 1):
        if end == len(edges) or edges[end] - edges[start] > EDGE_TOLERANCE:
            if end - start >= MIN_SHARED_EDGE:
                found.append(edges[start])
            start = end
    return found[1:] if found and found[0] <= edges[0] + EDGE_TOLERANCE else found


def _cuts_at(segments: Sequence[Segment], edge: float, width: float) -> list[Cut]:
    """Return a cut for every stretch of rows that leaves the strip before ``edge`` free."""
    cuts: list[Cut] = []
    run: list[Segment] = []
    closed_above = False
    for row in [*_grouped(segments), None]:
        if row is not None and not any(s.x0 < edge - 0.5 and s.x1 > edge - width for s in row):
            run += row
            continue
        cut = _cut(run, edge, closed_above, closed_below=row is not None)
        if cut is not None:
            cuts.append(cut)
        run, closed_above = [], True
    return cuts


def _grouped(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return the rows of some segments, from top to bottom."""
    rows: list[list[Segment]] = []
    for s in sorted(segments, key=lambda s: (s.y, s.x0)):
        if rows and s.y - rows[-1][0].y <= ALIGNED * s.size:
            rows[-1].append(s)
        else:
            rows.append([s])
    return rows


def _cut(run: Sequence[Segment], edge: float, closed_above: bool, closed_below: bool) -> Cut | None:
    left = [s for s in run if s.x1 < edge]
    right = [s for s in run if s.x0 >= edge - 0.5]
    if not left or not right:
        return None
    # Rows at the rim that only one column has may be a heading of the full-width text beside
    # them: a short heading does not cross the strip, but reads with what follows.
    if closed_below:
        left, right = _trim(left, right, above=False)
    if closed_above and left and right:
        left, right = _trim(left, right, above=True)
    if len(_rows(left)) < MIN_ROWS or len(_rows(right)) < MIN_ROWS:
        return None
    both = [*left, *right]
    return Cut(tuple(left), tuple(right), min(s.y for s in both), max(s.y for s in both))


def _trim(
    left: list[Segment], right: list[Segment], above: bool
) -> tuple[list[Segment], list[Segment]]:
    """Drop a lone heading-like row that only one side has at the top or bottom rim."""
    sides = [left, right]
    sign = 1.0 if above else -1.0
    for this, other in ((0, 1), (1, 0)):
        rim = min((sign * s.y for s in sides[other]), default=-float("inf"))
        beyond = [s for s in sides[this] if sign * s.y < rim - 0.5 * s.size]
        if 0 < len(_rows(beyond)) <= 1 and (above or _is_heading_like(beyond, sides[this])):
            sides[this] = [s for s in sides[this] if s not in beyond]
    return sides[0], sides[1]


def _is_heading_like(row: Sequence[Segment], side: Sequence[Segment]) -> bool:
    usual = median(s.size for s in side)
    return any(s.bold or s.text.isupper() or s.size > 1.08 * usual for s in row)


def _rows(segments: Sequence[Segment]) -> list[float]:
    """Return the distinct baselines of some segments."""
    rows: list[float] = []
    for s in sorted(segments, key=lambda s: s.y):
        if not rows or s.y - rows[-1] > 0.5 * s.size:
            rows.append(s.y)
    return rows


def _reads_across(cut: Cut) -> bool:
    """Return whether the two sides are label and value, or title and date."""
    for side in (cut.left, cut.right):
        if sum(1 for s in side if DATE.search(s.text)) >= DATE_SHARE * len(_rows(side)):
            return True
    left, right = _rows(cut.left), _rows(cut.right)
    few, many = sorted((left, right), key=len)
    few_side = cut.left if few is left else cut.right
    size = median(s.size for s in few_side)
    aligned = sum(1 for y in few if any(abs(y - other) <= ALIGNED * size for other in many))
    if aligned < LABEL_ALIGNED * len(few) or _has_headings(few_side):
        return False
    return median(len(s.text) for s in few_side) <= 24


def _has_headings(side: Sequence[Segment]) -> bool:
    """Return whether a minority of the rows stands out: a column of its own has headings."""
    usual = median(s.size for s in side)
    marked = [s for s in side if s.bold or s.text.isupper() or s.size > 1.12 * usual]
    return 0 < len(marked) <= 0.5 * len(side)
