"""Small filled shapes: list markers that a producer drew instead of writing.

wkhtmltopdf, Chromium and others draw the disc of a list entry as a path, so that no reader
finds a bullet in the text. A small, roughly square, filled outline is kept as a mark; whether
it stands before a line is for layout to see.
"""

from __future__ import annotations

from typing import Any

from gapfit.pdf.glyphs import RawMark
from gapfit.pdf.matrices import Matrix, apply

# Points: a full stop is 1, a list disc 2.5 to 6, an icon 8 or more.
MIN_SIDE, MAX_SIDE = 1.5, 7.5
MAX_STRETCH = 1.8  # longer side over shorter one; rules and underlines are far beyond

# Operators that build a path, with how many trailing operand pairs are points of it.
PATH = {b"m": 1, b"l": 1, b"c": 3, b"v": 2, b"y": 2, b"re": 2}
# Operators that end a path, with whether they fill it.
PAINT = {
    b"f": True, b"F": True, b"f*": True, b"B": True, b"B*": True, b"b": True, b"b*": True,
    b"S": False, b"s": False, b"n": False,
}  # fmt: skip


class Outline:
    """The path under construction, as a bounding box in page space."""

    def __init__(self) -> None:
        self._xs: list[float] = []
        self._ys: list[float] = []

    def extend(self, operator: bytes, operands: Any, ctm: Matrix) -> None:
        """Add the points of one path operator."""
        values = [float(value) for value in operands]
        if operator == b"re":
            x, y, width, height = values
            values = [x, y, x + width, y + height]
        for x, y in zip(values[::2], values[1::2], strict=True):
            page_x, page_y = apply(ctm, x, y)
            self._xs.append(page_x)
            self._ys.append(page_y)

    def paint(self, *, filled: bool) -> RawMark | None:
        """End the path; return it as a mark when it is filled, small and about square."""
        xs, ys = self._xs, self._ys
        self._xs, self._ys = [], []
        if not filled or not xs:
            return None
        mark = RawMark(min(xs), min(ys), max(xs), max(ys))
        return mark if is_marker(mark) else None


def is_marker(mark: RawMark) -> bool:
    """Return whether a filled shape is small and about square, as list markers are."""
    sides = sorted((mark.x1 - mark.x0, mark.y1 - mark.y0))
    small = sides[0] >= MIN_SIDE and sides[1] <= MAX_SIDE
    return small and sides[1] <= MAX_STRETCH * sides[0]
