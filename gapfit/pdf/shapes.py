"""Small filled shapes: list markers that a producer drew instead of writing.

wkhtmltopdf, Chromium and others draw the disc of a list entry as a path, so that no reader
finds a bullet in the text. A small, roughly square, filled outline is kept as a mark; whether
it stands before a line is for layout to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapfit.pdf.glyphs import Box, RawMark
from gapfit.pdf.matrices import Matrix, apply

# Points: a full stop is 1, a list disc 2.5 to 6, an icon 8 or more.
MIN_SIDE, MAX_SIDE = 1.5, 7.5
MAX_STRETCH = 1.8  # longer side over shorter one; rules and underlines are far beyond

# Operators that build a path.
PATH = frozenset({b"m", b"l", b"c", b"v", b"y", b"re"})
# Operators that end a path, with whether they fill it.
PAINT = {
    b"f": True, b"F": True, b"f*": True, b"B": True, b"B*": True, b"b": True, b"b*": True,
    b"S": False, b"s": False, b"n": False,
}  # fmt: skip


# Points kept of a Bézier curve: enough to tell what lies within a rounded corner.
_CURVE = (0.25, 0.5, 0.75, 1.0)
# A path of more points than this is an illustration.
MOST_POINTS = 4_000

Point = tuple[float, float]


class Outline:
    """The path under construction, in page space: closed parts, with curves as short lines."""

    def __init__(self) -> None:
        self._parts: list[list[Point]] = []
        self._count = 0

    def extend(self, operator: bytes, operands: Any, ctm: Matrix) -> None:
        """Add the points of one path operator."""
        values = [float(value) for value in operands]
        self._count += 1
        if self._count > MOST_POINTS:
            return
        if operator == b"re":
            x, y, width, height = values
            corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
            self._parts.append([apply(ctm, *corner) for corner in corners])
            return
        points = [apply(ctm, x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
        if operator == b"m" or not self._parts:
            self._parts.append(points)
        elif operator == b"l":
            self._parts[-1] += points
        else:
            start = self._parts[-1][-1]
            if operator == b"v":
                points = [start, *points]
            elif operator == b"y":
                points = [*points, points[-1]]
            self._parts[-1] += _curve(start, *points)

    def end(self) -> tuple[tuple[Point, ...], ...]:
        """End the path and return its parts, none of which is empty."""
        parts = tuple(tuple(part) for part in self._parts if part)
        self._parts, self._count = [], 0
        return parts


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    """Return points of a Bézier curve from ``a`` to ``d``."""
    points = []
    for t in _CURVE:
        s = 1 - t
        weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
        xs, ys = zip(a, b, c, d, strict=True)
        points.append((_sum(weights, xs), _sum(weights, ys)))
    return points


def _sum(weights: tuple[float, ...], values: tuple[float, ...]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def bounds(parts: Sequence[Sequence[Point]]) -> Box:
    """Return the (left, bottom, right, top) of a path that has points."""
    xs = [x for part in parts for x, _ in part]
    ys = [y for part in parts for _, y in part]
    return min(xs), min(ys), max(xs), max(ys)


def is_upright_box(parts: Sequence[Sequence[Point]]) -> bool:
    """Return whether a path is one rectangle with level and plumb sides."""
    if len(parts) != 1:
        return False
    points = list(parts[0])
    if len(points) == 5 and points[0] == points[-1]:
        points.pop()
    if len(points) != 4:
        return False
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    level_first = _near(ay, by) and _near(bx, cx) and _near(cy, dy) and _near(dx, ax)
    plumb_first = _near(ax, bx) and _near(by, cy) and _near(cx, dx) and _near(dy, ay)
    return level_first or plumb_first


def _near(a: float, b: float) -> bool:
    return abs(a - b) < 0.05


def marker(parts: Sequence[Sequence[Point]]) -> RawMark | None:
    """Return a filled path as a mark when it is small and about square."""
    if not parts:
        return None
    mark = RawMark(*bounds(parts))
    return mark if is_marker(mark) else None


def is_marker(mark: RawMark) -> bool:
    """Return whether a filled shape is small and about square, as list markers are."""
    sides = sorted((mark.x1 - mark.x0, mark.y1 - mark.y0))
    small = sides[0] >= MIN_SIDE and sides[1] <= MAX_SIDE
    return small and sides[1] <= MAX_STRETCH * sides[0]
