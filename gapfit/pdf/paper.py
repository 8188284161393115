"""What a page looks like where a glyph stands: the areas painted before and after it.

Whether text can be seen depends on how it is drawn and on what lies under and over it. This is
worked out from the drawing operators; what they do not tell (a picture, a pattern, a soft mask) is
left open, for the page as rendered to decide.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gapfit.pdf.colours import LEGIBLE, RGB, WHITE, contrast, over
from gapfit.pdf.glyphs import Box, RawGlyph

# Points: what is smaller than this can neither be a background nor cover a word.
LEAST_SIDE = 3.0
# More areas than this stand on no page that a person made; the rest is left to the rendered page.
MOST_AREAS = 4_000
MOST_POINTS = 400
OPAQUE = 0.95
TRANSPARENT = 0.1
# Points: smaller text is no text to a reader. Resumes go down to 6, footnotes to 5.
LEAST_SIZE = 2.0
# Letters narrower than this share of their usual width are lines.
LEAST_STRETCH = 0.1
# Points: areas are looked up by the band of the page they touch.
_BAND = 16.0
_MOST_BANDS = 2_000

Point = tuple[float, float]
Paints = tuple[tuple[RGB | None, float], ...]
# Modes of ISO 32000-1, table 106: what they paint.
FILLS = frozenset({0, 2, 4, 6})
STROKES = frozenset({1, 2, 5, 6})


class Ink(NamedTuple):
    """How a run of glyphs is drawn.

    ``paints`` are colour (None: not known) and opacity of fill and stroke; none for invisible
    text. ``masked`` says that a soft mask or a blend mode has a say in it.
    """

    order: int
    paints: Paints
    clip: Box | None
    off: bool
    stretch: float
    masked: bool


class Area(NamedTuple):
    """A painted area: its box, and its outline where that is no rectangle.

    ``opaque`` says that nothing shows through it; ``colour`` None, that its colour is not known.
    """

    order: int
    box: Box
    outline: tuple[tuple[Point, ...], ...]
    even_odd: bool
    colour: RGB | None
    alpha: float
    opaque: bool
    image: bool

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in it."""
        x0, y0, x1, y1 = self.box
        if not (x0 <= x <= x1 and y0 <= y <= y1):
            return False
        if not self.outline:
            return True
        winding = sum(_winding(part, x, y) for part in self.outline)
        return bool(winding % 2) if self.even_odd else winding != 0


def _winding(points: Sequence[Point], x: float, y: float) -> int:
    """Return how often a closed outline goes around a point, counter-clockwise."""
    turns = 0
    for (ax, ay), (bx, by) in itertools.pairwise((*points, points[0])):
        if (ay <= y) != (by <= y):
            side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
            if ay <= y < by and side > 0:
                turns += 1
            elif by <= y < ay and side < 0:
                turns -= 1
    return turns


class Paper:
    """The areas of one page, in the order in which they are painted."""

    def __init__(self) -> None:
        self.order = 0
        self.images: list[Area] = []
        self._bands: dict[int, list[Area]] = {}
        self._count = 0

    def next(self) -> int:
        """Return the place of the next thing painted."""
        self.order += 1
        return self.order

    def paint(self, area: Area) -> None:
        """Add an area painted after all others; small ones change nothing."""
        x0, y0, x1, y1 = area.box
        finite = all(map(math.isfinite, area.box))
        if not finite or x1 - x0 < LEAST_SIDE or y1 - y0 < LEAST_SIDE or self._count >= MOST_AREAS:
            return
        self._count += 1
        if area.image:
            self.images.append(area)
        first, last = _band(y0), _band(y1)
        for band in range(first, min(last, first + _MOST_BANDS) + 1):
            self._bands.setdefault(band, []).append(area)

    def shows_all(self, run: Sequence[RawGlyph], ink: Ink, box: Box) -> bool:
        """Return whether it can be told at a glance that every glyph of a run can be seen.

        That is so where nothing is painted at its height and both its ends can be seen.
        """
        if not run or run[0].angle or self._bands.get(_band(centre(run[0])[1])):
            return not run
        return not (self.hides(run[0], ink, box) or self.hides(run[-1], ink, box))

    def hides(self, glyph: RawGlyph, ink: Ink, box: Box) -> str:
        """Return why a reader does not see a glyph, one of ``hidden.REASONS``, or "".

        ``box`` is the visible part of the page. "colour" is to be confirmed by the rendered page.
        """
        if ink.off:
            return "layer"
        if not ink.paints:
            return "invisible"
        if glyph.size < LEAST_SIZE or ink.stretch < LEAST_STRETCH:
            return "tiny"
        if all(alpha < TRANSPARENT for _, alpha in ink.paints):
            return "transparent"
        x, y = centre(glyph)
        if not _within(x, y, box):
            return "outside"
        if ink.clip is not None and not _within(x, y, ink.clip, 0.1 * glyph.size):
            return "clipped"
        ground: RGB | None = WHITE
        for area in self._bands.get(_band(y), ()):
            if not area.holds(x, y):
                continue
            if area.order > ink.order:
                if area.opaque:
                    return "covered"
            elif area.colour is None:
                ground = None  # until something opaque is painted over it
            elif area.opaque:
                ground = area.colour
            elif ground is not None:
                ground = over(area.colour, area.alpha, ground)
        if ground is None or ink.masked or _stands_out(ink.paints, ground):
            return ""
        return "colour"

    def in_image(self, glyph: RawGlyph) -> bool:
        """Return whether an image lies where a glyph stands."""
        x, y = centre(glyph)
        return any(image.holds(x, y) for image in self.images)


@lru_cache(maxsize=1_000)
def _stands_out(paints: Paints, ground: RGB) -> bool:
    return any(
        colour is None or contrast(over(colour, alpha, ground), ground) >= LEGIBLE
        for colour, alpha in paints
    )


def centre(glyph: RawGlyph) -> Point:
    """Return the middle of a glyph, a third of its size above its baseline."""
    if not glyph.angle:
        return (glyph.x0 + glyph.x1) / 2, glyph.y0 + 0.3 * glyph.size
    turned = math.radians(glyph.angle)
    up = 0.3 * glyph.size
    x = (glyph.x0 + glyph.x1) / 2 - up * math.sin(turned)
    return x, (glyph.y0 + glyph.y1) / 2 + up * math.cos(turned)


def _within(x: float, y: float, box: Box, slack: float = 0.0) -> bool:
    x0, y0, x1, y1 = box
    return x0 - slack <= x <= x1 + slack and y0 - slack <= y <= y1 + slack


def _band(y: float) -> int:
    return math.floor(max(-1e6, min(1e6, y)) / _BAND) if math.isfinite(y) else 0
