"""What the graphics state says of painting: colours, opacity, clip; and the areas it paints."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from gapfit.pdf.colours import BLACK, RGB, device, in_space
from gapfit.pdf.glyphs import Box
from gapfit.pdf.matrices import Matrix, apply
from gapfit.pdf.paper import FILLS, LEAST_SIDE, MOST_POINTS, OPAQUE, STROKES, Area, Paper
from gapfit.pdf.shapes import PAINT, bounds, is_upright_box

Parts = Sequence[Sequence[tuple[float, float]]]

_EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)
_EVEN_ODD = frozenset({b"f*", b"B*", b"b*"})
_STROKED = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
# Which of the device spaces it is, the number of operands tells.
_DEVICE = "/DeviceRGB"
_PLAIN_BLENDS = ("/Normal", "/Compatible")


@dataclass(frozen=True, slots=True)
class Brush:
    """Colours (None: not known), opacities, line width, and what is left of the page by clipping.

    ``exact`` says that the clip is that box and no other shape within it.
    """

    fill: RGB | None = BLACK
    stroke: RGB | None = BLACK
    fill_space: Any = "/DeviceGray"
    stroke_space: Any = "/DeviceGray"
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    group_alpha: float = 1.0
    masked: bool = False
    width: float = 1.0
    clip: Box | None = None
    exact: bool = True

    NEW: ClassVar[Brush]
    OPERATORS: ClassVar[frozenset[bytes]] = frozenset(
        {b"g", b"G", b"rg", b"RG", b"k", b"K", b"cs", b"CS", b"sc", b"SC", b"scn", b"SCN",
         b"gs", b"w"}
    )  # fmt: skip

    def dipped(self, operator: bytes, operands: Any, resources: Any) -> Brush:
        """Return the brush after an operator that sets a colour, a width or a whole state."""
        if operator == b"w":
            return replace(self, width=float(operands[0]))
        if operator == b"gs":
            return self._with_state(resources["/ExtGState"].get_object()[operands[0]].get_object())
        if operator in (b"g", b"rg", b"k"):
            return replace(self, fill=device(operands), fill_space=_DEVICE)
        if operator in (b"G", b"RG", b"K"):
            return replace(self, stroke=device(operands), stroke_space=_DEVICE)
        if operator == b"cs":
            space = _space(operands[0], resources)
            return replace(self, fill_space=space, fill=_first(space))
        if operator == b"CS":
            space = _space(operands[0], resources)
            return replace(self, stroke_space=space, stroke=_first(space))
        if operator in (b"sc", b"scn"):
            return replace(self, fill=_colour(self.fill_space, operands))
        return replace(self, stroke=_colour(self.stroke_space, operands))

    def _with_state(self, state: Any) -> Brush:
        masked = self.masked
        if "/SMask" in state:
            masked = state["/SMask"] != "/None"
        if "/BM" in state:
            mode = state["/BM"]
            names = mode if isinstance(mode, list) else [mode]
            masked = masked or not any(str(name) in _PLAIN_BLENDS for name in names)
        return replace(
            self,
            masked=masked,
            fill_alpha=_share(state.get("/ca", self.fill_alpha)),
            stroke_alpha=_share(state.get("/CA", self.stroke_alpha)),
            width=float(state.get("/LW", self.width)),
        )

    def inside(self, form: Any) -> Brush:
        """Return the brush that a form begins with: a group is made first and laid down then."""
        if "/Group" not in form:
            return self
        alpha = self.group_alpha * self.fill_alpha
        return replace(self, group_alpha=alpha, fill_alpha=1.0, stroke_alpha=1.0)

    def clipped(self, parts: Parts) -> Brush:
        """Return the brush that paints within a path only."""
        box = bounds(parts)
        if self.clip is not None:
            box = _common(self.clip, box)
        return replace(self, clip=box, exact=self.exact and is_upright_box(parts))

    def paints(self, mode: int) -> tuple[tuple[RGB | None, float], ...]:
        """Return what glyphs of a text rendering mode are painted with."""
        filled = ((self.fill, self.fill_alpha * self.group_alpha),) if mode in FILLS else ()
        if mode not in STROKES:
            return filled
        return (*filled, (self.stroke, self.stroke_alpha * self.group_alpha))

    def areas(self, operator: bytes, parts: Parts, ctm: Matrix, paper: Paper) -> Iterator[Area]:
        """Yield the areas that a painting operator covers with a path."""
        box = bounds(parts)
        if PAINT[operator]:
            order = paper.next()
            yield self._filled(box, parts, operator in _EVEN_ODD, order)
        if operator in _STROKED:
            width = self.width * math.sqrt(abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]))
            if width >= LEAST_SIDE:
                yield self._stroked(box, parts, width, paper.next())

    def _filled(self, box: Box, parts: Parts, even_odd: bool, order: int) -> Area:
        simple = is_upright_box(parts)
        known = simple or sum(map(len, parts)) <= MOST_POINTS
        outline = () if simple or not known else tuple(tuple(part) for part in parts)
        alpha = self.fill_alpha * self.group_alpha
        solid = known and self.fill is not None and alpha >= OPAQUE and not self.masked
        return self._area(
            order, box, outline, even_odd, self.fill if known and not self.masked else None,
            alpha, solid, False,
        )  # fmt: skip

    def _stroked(self, box: Box, parts: Parts, width: float, order: int) -> Area:
        """A thick line; its place is exact where it is level or plumb."""
        half = width / 2
        x0, y0, x1, y1 = box
        straight = len(parts) == 1 and len(parts[0]) == 2
        level, plumb = straight and abs(y1 - y0) < 0.05, straight and abs(x1 - x0) < 0.05
        across = 0.0 if level else half
        along = 0.0 if plumb else half
        wide = (x0 - across, y0 - along, x1 + across, y1 + along)
        known = (level or plumb) and not self.masked
        alpha = self.stroke_alpha * self.group_alpha
        solid = known and self.stroke is not None and alpha >= OPAQUE
        colour = self.stroke if known else None
        return self._area(order, wide, (), False, colour, alpha, solid, False)

    def image(self, ctm: Matrix, order: int, *, opaque: bool) -> Area:
        """Return the area of an image: the unit square, wherever it is put."""
        square = [apply(ctm, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        outline = () if is_upright_box([square]) else (tuple(square),)
        solid = opaque and not self.masked and self.fill_alpha * self.group_alpha >= OPAQUE
        return self._area(order, bounds([square]), outline, False, None, 1.0, solid, True)

    def shading(self, order: int) -> Area:
        """Return the area of a shading: all of the clip, in colours of its own."""
        return self._area(order, self.clip or _EVERYWHERE, (), False, None, 1.0, False, False)

    def _area(
        self, order: int, box: Box, outline: tuple[tuple[tuple[float, float], ...], ...],
        even_odd: bool, colour: RGB | None, alpha: float, opaque: bool, image: bool,
    ) -> Area:  # fmt: skip
        if self.clip is not None:
            box = _common(self.clip, box)
            if not self.exact:  # it paints less than this, and where is not worked out
                opaque, colour = False, None
        return Area(order, box, outline, even_odd, colour, alpha, opaque, image)


Brush.NEW = Brush()


def _common(one: Box, other: Box) -> Box:
    """Return what two boxes have in common; without anything, a box turned inside out."""
    return (
        max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    )  # fmt: skip


def _share(value: Any) -> float:
    return min(1.0, max(0.0, float(value)))


def _space(name: Any, resources: Any) -> Any:
    spaces = resources.get("/ColorSpace")
    if spaces is not None and name in spaces.get_object():
        return spaces.get_object()[name].get_object()
    return str(name)


def _first(space: Any) -> RGB | None:
    """The colour that choosing a space sets."""
    name = str(space[0] if isinstance(space, list) else space)
    if name == "/Separation":
        return _colour(space, [1.0])
    return None if name in ("/Pattern", "/Indexed", "/DeviceN", "/Lab") else BLACK


def _colour(space: Any, operands: Any) -> RGB | None:
    try:
        return in_space(space, [float(value) for value in operands])
    except (TypeError, ValueError, AttributeError, IndexError, KeyError, OverflowError):
        return None
