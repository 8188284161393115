"""What both readers hand over: glyphs with their places, before any idea of words or lines.

Coordinates are points. A reader reports where each glyph starts and ends on its baseline in
PDF space (origin bottom left, y up); ``RawPage.upright`` turns the page so that most of its
text runs left to right, and gives the origin top left, y down, that layout works in.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gapfit.pdf.colours import RGB

# Text tilted by more than this many degrees from a right angle is decoration (a watermark, a
# stamp), not resume text.
MAX_TILT = 10.0


class RawGlyph(NamedTuple):
    """One glyph as drawn: its baseline from (x0, y0) to (x1, y1) in PDF space."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    angle: float  # degrees, counter-clockwise; 0 is ordinary horizontal text
    hidden: str = ""  # why a reader does not see it, judged by how it is drawn; see ``hidden``
    run: int = 0  # glyphs drawn by one operator have one number
    colour: RGB | None = None  # of a glyph hidden by it


class RawMark(NamedTuple):
    """A small filled shape, as drawn: its bounding box in PDF space."""

    x0: float
    y0: float
    x1: float
    y1: float


Box = tuple[float, float, float, float]


class Mark(NamedTuple):
    """A small filled shape beside upright text: left and right edge, and its middle's height."""

    x0: float
    x1: float
    y: float


class Glyph(NamedTuple):
    """One glyph of upright text: left and right edge, baseline measured down from the top."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class UprightPage:
    """A page with its text upright: its size in points, its visible glyphs and marks.

    ``turn`` counts the quarter turns clockwise that made it so.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    marks: list[Mark]
    turn: int


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as a reader saw it; ``box`` is (left, bottom, right, top) of its visible part."""

    box: Box
    glyphs: Sequence[RawGlyph]
    marks: Sequence[RawMark] = ()
    images: Sequence[Box] = ()  # as (left, bottom, right, top)
    unread: bool = False  # text is drawn on it that gave no glyph
    failed: bool = False  # the reader gave up on this page; glyphs may be incomplete
    cut: bool = False  # ... because there was more than any page holds

    @property
    def has_image(self) -> bool:
        return bool(self.images)

    def upright(self) -> UprightPage:
        """Return the page's visible glyphs, turned so that most text is horizontal."""
        angles = Counter(glyph.angle for glyph in self.glyphs)
        turns = {angle: quarter_turn(angle) for angle in angles}
        counted: Counter[int] = Counter()
        for angle, own in turns.items():
            if own is not None:
                counted[own] += angles[angle]
        turn = min(counted, key=lambda t: (-counted[t], t)) if counted else 0
        left, bottom, right, top = self.box
        width, height = right - left, top - bottom
        if turn % 2:
            width, height = height, width
        placed = [_place(g, turn, self.box) for g in self.glyphs if turns[g.angle] == turn]
        glyphs = [g for g in placed if _visible(g, width, height)]
        # Marks are bullets of horizontal text; turned pages are too rare to look for them.
        marks = [_placed_mark(mark, self.box) for mark in self.marks] if turn == 0 else []
        return UprightPage(width, height, glyphs, marks, turn)


def quarter_turn(angle: float) -> int | None:
    """Return 0-3 for text near 0, 90, 180 or 270 degrees; None for tilted text."""
    if not math.isfinite(angle):
        return None
    turn = round(angle / 90.0)
    return turn % 4 if abs(angle - 90.0 * turn) <= MAX_TILT else None


def _placed_mark(mark: RawMark, box: Box) -> Mark:
    left, _, _, top = box
    return Mark(mark.x0 - left, mark.x1 - left, top - (mark.y0 + mark.y1) / 2)


def _place(glyph: RawGlyph, turn: int, box: Box) -> Glyph:
    left, bottom, right, top = box
    if turn == 0:
        x0, x1, y = glyph.x0 - left, glyph.x1 - left, top - glyph.y0
    elif turn == 1:
        x0, x1, y = glyph.y0 - bottom, glyph.y1 - bottom, glyph.x0 - left
    elif turn == 2:
        x0, x1, y = right - glyph.x0, right - glyph.x1, glyph.y0 - bottom
    else:
        x0, x1, y = top - glyph.y0, top - glyph.y1, right - glyph.x0
    if x1 < x0:
        x0, x1 = x1, x0
    return Glyph(glyph.text, x0, x1, y, glyph.size, glyph.bold)


def _visible(glyph: Glyph, width: float, height: float) -> bool:
    _, x0, x1, y, size, _ = glyph
    if not (math.isfinite(x0) and math.isfinite(x1) and math.isfinite(y)):
        return False
    inside_x = -size <= x0 <= width + size
    return inside_x and -size <= y <= height + size and 0.5 <= size <= 400
