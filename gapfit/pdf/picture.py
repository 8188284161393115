"""The page as a viewer draws it: whether anything can be seen where a word should stand.

PDFium draws the page in this process, into a few megabytes. It is what most people look at PDFs
with, so what it does not show, they do not see, by whatever trick. It can crash on a malformed
file; whoever reads files of unknown origin reads in a sandbox.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gapfit.pdf.colours import RGB
from gapfit.pdf.glyphs import Box

# Pixels per point; at 1.5 the strokes of small print are a pixel wide.
SCALE = 1.5
_MOST_ROWS = 40
MOST_SIDE = 2_200  # pixels; larger pages are drawn smaller
# Steps of 255 between the lightest and the darkest pixel below which a box is of one colour, and
# from which it holds ink, be it on a noisy scan.
FLAT = 10
INK = 60
# Words smaller than this (in pixels) cannot be told from their background.
LEAST_PIXELS = 3.0
# Seconds for all pages; a resume takes a hundredth of one per page.
SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in pixels of blue, green and red; ``box`` is the part of the page they show."""

    pixels: bytearray
    width: int
    height: int
    stride: int
    box: Box

    def spread(self, box: Box, enough: int = FLAT) -> int | None:
        """Return by how much pixels in a box of the page differ in one colour, 0 to 255.

        Stops looking at ``enough``. None where the box is too small to tell, or off the picture.
        """
        place = self._place(box)
        if place is None:
            return None
        x0, y0, x1, y1 = place
        widest = 0
        for channel in (1, 0, 2):
            low, high = 255, 0
            for row in _middle_first(y0, y1):
                start = row * self.stride
                part = self.pixels[start + 3 * x0 + channel : start + 3 * x1 : 3]
                low, high = min(low, min(part)), max(high, max(part))
                if high - low >= enough:
                    return high - low
            widest = max(widest, high - low)
        return widest

    def ground(self, box: Box) -> RGB | None:
        """Return the colour that most pixels in a box of the page have; None as in ``spread``."""
        place = self._place(box)
        if place is None:
            return None
        x0, y0, x1, y1 = place
        counts: Counter[tuple[int, int, int]] = Counter()
        for row in range(y0, min(y1, y0 + _MOST_ROWS)):
            start = row * self.stride
            part = self.pixels[start + 3 * x0 : start + 3 * x1]
            counts.update(zip(part[2::3], part[1::3], part[::3], strict=True))
        red, green, blue = max(counts, key=lambda colour: (counts[colour], colour))
        return red / 255, green / 255, blue / 255

    def is_white_beside(self, boxes: Iterable[Box]) -> bool:
        """Return whether nothing at all is drawn outside these boxes of the page."""
        pixels = bytearray(self.pixels)
        for box in boxes:
            x0, y0, x1, y1 = self._place(box) or (0, 0, 0, 0)
            for row in range(y0, y1):
                start = row * self.stride
                pixels[start + 3 * x0 : start + 3 * x1] = b"\xff" * (3 * (x1 - x0))
        return pixels.count(0xFF) == len(pixels)

    def _place(self, box: Box) -> tuple[int, int, int, int] | None:
        """Return a box of the page in columns and rows of pixels; None where there are too few."""
        left, bottom, right, top = self.box
        across, down = self.width / (right - left), self.height / (top - bottom)
        if not all(map(math.isfinite, box)) or (box[3] - box[1]) * down < LEAST_PIXELS:
            return None
        x0 = max(0, int((box[0] - left) * across))
        x1 = min(self.width, int((box[2] - left) * across) + 1)
        y0 = max(0, int((top - box[3]) * down))
        y1 = min(self.height, int((top - box[1]) * down) + 1)
        return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _middle_first(start: int, end: int) -> Iterator[int]:
    """Yield the rows from the middle outwards: most words show there at once."""
    middle = (start + end) // 2
    yield from range(middle, end)
    yield from range(start, middle)


class Pictures:
    """Draws pages of one PDF, while there is time; None for a page that cannot be drawn."""

    def __init__(self, data: bytes, *, look: bool = True) -> None:
        """``look`` False: no page is drawn."""
        self._data = data
        self._pages: dict[int, Picture | None] = {}
        self._document: Any = None
        self._deadline = time.monotonic() + SECONDS if look else 0.0
        self.complete = True

    def page(self, index: int) -> Picture | None:
        """Return the page of this index, from 0."""
        if index not in self._pages:
            self._pages[index] = None
            with contextlib.suppress(Exception):  # the reader boundary, as in ``reading``
                self._pages[index] = self._page(index)
            self.complete = self.complete and self._pages[index] is not None
        return self._pages[index]

    def _page(self, index: int) -> Picture | None:
        import pypdfium2

        if time.monotonic() > self._deadline:
            return None
        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._data)
        page = self._document[index]
        try:
            return self._drawn(page)
        finally:
            page.close()

    def _drawn(self, page: Any) -> Picture | None:
        import pypdfium2.raw as pdfium

        box = page.get_bbox()
        sides = box[2] - box[0], box[3] - box[1]
        scale = min(SCALE, MOST_SIDE / max(*sides, 1.0))
        width, height = (max(1, round(side * scale)) for side in sides)
        stride = (3 * width + 3) // 4 * 4
        pixels = bytearray(b"\xff") * (stride * height)  # white paper
        buffer = (ctypes.c_ubyte * len(pixels)).from_buffer(pixels)
        upright = -page.get_rotation() // 90 % 4
        pause = pdfium.IFSDK_PAUSE(version=1)
        late = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > self._deadline)
        pause.NeedToPauseNow = late
        place = (0, 0, width, height, upright, pdfium.FPDF_ANNOT)
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, stride)
        try:
            state = pdfium.FPDF_RenderPageBitmap_Start(bitmap, page, *place, ctypes.byref(pause))
            pdfium.FPDF_RenderPage_Close(page)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        if state != pdfium.FPDF_RENDER_DONE:
            return None
        return Picture(pixels, width, height, stride, box)

    def close(self) -> None:
        """Let go of the document."""
        if self._document is not None:
            self._document.close()
