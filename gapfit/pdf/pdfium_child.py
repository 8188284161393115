"""Runs in a process of its own: PDF on stdin, glyphs as JSON on stdout.

PDFium is C++ and has aborted on a malformed file; here that ends this process and nothing
else. Started by path, so that it imports PDFium and the standard library only.

Output: {"total": n, "unlocked": bool, "pages": [{"box": [l, b, r, t], "images": [[l, b, r, t],
...], "marks": [[l, b, r, t], ...], "glyphs": [[text, x0, y0, x1, y1, size, bold, angle, hidden,
run], ...], "cut": bool}]} or {"error": "encrypted" | "damaged"}.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from typing import Any

BOLD_WEIGHT = 600
BOLD_NAMES = ("bold", "black", "heavy", "semib", "demi", "cmbx", "-bd", "medi")
MAX_GLYPHS_PER_PAGE = 60_000
MAX_OBJECTS = 5_000
LEAST_SIZE = 2.0  # as in ``paper``


def main() -> int:
    """Read stdin, write stdout; the exit code is 0 also for {"error": ...}."""
    import pypdfium2

    data = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "damaged"
        json.dump({"error": code}, sys.stdout)
        return 0
    count = min(len(document), int(sys.argv[1]))
    result = {
        "total": len(document),
        "unlocked": _is_encrypted(document),
        "pages": [_page(document, index) for index in range(count)],
    }
    json.dump(result, sys.stdout)
    return 0


def _is_encrypted(document: Any) -> bool:
    import pypdfium2.raw as pdfium

    return bool(pdfium.FPDF_GetSecurityHandlerRevision(document) != -1)


def _page(document: Any, index: int) -> dict[str, Any]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return {"box": [0, 0, 612, 792], "images": [], "glyphs": [], "failed": True}
    objects = Objects(pdfium, page)
    box = list(page.get_cropbox())
    glyphs, cut = _glyphs(page, objects, box)
    return {
        "box": box,
        "images": objects.images,
        "marks": objects.marks,
        "glyphs": glyphs,
        "cut": cut or objects.cut,
    }


class Objects:
    """What a page draws, in order: images, filled shapes, and which text is under one of them."""

    def __init__(self, pdfium: Any, page: Any) -> None:
        self.images: list[list[float]] = []
        self.marks: list[list[float]] = []
        self._covers: list[tuple[int, list[float]]] = []
        self._places: dict[int | None, int] = {}
        count = pdfium.FPDFPage_CountObjects(page)
        self.cut = count > MAX_OBJECTS
        for index in range(min(count, MAX_OBJECTS)):
            drawn = pdfium.FPDFPage_GetObject(page, index)
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._places[_address(drawn)] = index
                continue
            box = _bounds(pdfium, drawn)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE and box is not None:
                self.images.append(box)
                if not pdfium.FPDFPageObj_HasTransparency(drawn):
                    self._covers.append((index, box))
            if kind == pdfium.FPDF_PAGEOBJ_PATH and box is not None and _is_filled(pdfium, drawn):
                self.marks.append(box)
                if _is_solid_box(pdfium, drawn):
                    self._covers.append((index, box))

    def place(self, text: Any) -> int:
        """Return the place of a text object in the drawing order; below 0 within a form."""
        return self._places.setdefault(_address(text), -1 - len(self._places))

    def covers(self, place: int, x: float, y: float) -> bool:
        """Return whether something solid is drawn over a point after that place."""
        return place >= 0 and any(
            index > place and box[0] <= x <= box[2] and box[1] <= y <= box[3]
            for index, box in self._covers
        )


def _address(drawn: Any) -> int | None:
    return ctypes.cast(drawn, ctypes.c_void_p).value


def _bounds(pdfium: Any, drawn: Any) -> list[float] | None:
    sides = [ctypes.c_float() for _ in range(4)]
    known = pdfium.FPDFPageObj_GetBounds(drawn, *sides)
    return [side.value for side in sides] if known else None


def _is_filled(pdfium: Any, path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    known = pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
    return bool(known and mode.value != pdfium.FPDF_FILLMODE_NONE)


def _is_solid_box(pdfium: Any, path: Any) -> bool:
    """Return whether a filled path is one opaque rectangle that is not clipped."""
    parts = [ctypes.c_uint() for _ in range(4)]
    opaque = pdfium.FPDFPageObj_GetFillColor(path, *parts) and parts[3].value >= 242
    if not opaque or pdfium.FPDFPageObj_HasTransparency(path):
        return False
    if pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(path)) > 0:
        return False
    return pdfium.FPDFPath_CountSegments(path) in (4, 5)


def _glyphs(page: Any, objects: Objects, box: list[float]) -> tuple[list[list[Any]], bool]:
    """Return the glyphs, and whether there are more of them than any page has."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    count = pdfium.FPDFText_CountChars(text)
    glyphs: list[list[Any]] = []
    for index in range(min(count, MAX_GLYPHS_PER_PAGE)):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue  # a space or line break PDFium guessed; gaps are judged later
        glyph = _glyph(pdfium, text, index)
        if glyph is None:
            continue
        glyph += _hidden(pdfium, text, index, glyph, objects, box)
        if glyphs and glyphs[-1][1:3] == glyph[1:3]:
            # A ligature, which PDFium gives letter by letter at one place.
            glyphs[-1] = [glyphs[-1][0] + glyph[0], *glyph[1:]]
        else:
            glyphs.append(glyph)
    return glyphs, count > MAX_GLYPHS_PER_PAGE


def _hidden(
    pdfium: Any, text: Any, index: int, glyph: list[Any], objects: Objects, box: list[float]
) -> list[Any]:
    """Return why a reader does not see a glyph, as in ``paper``, and what draws it."""
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    place = objects.place(drawn)
    if pdfium.FPDFTextObj_GetTextRenderMode(drawn) in (3, 7):
        return ["invisible", place]
    parts = [ctypes.c_uint() for _ in range(4)]
    if pdfium.FPDFText_GetFillColor(text, index, *parts) and parts[3].value < 25:
        return ["transparent", place]
    if glyph[5] < LEAST_SIZE:
        return ["tiny", place]
    x, y = (glyph[1] + glyph[3]) / 2, (glyph[2] + glyph[4]) / 2
    if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
        return ["outside", place]
    return ["covered" if objects.covers(place, x, y + 0.3 * glyph[5]) else "", place]


def _glyph(pdfium: Any, text: Any, index: int) -> list[Any] | None:
    code = pdfium.FPDFText_GetUnicode(text, index)
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetLooseCharBox(text, index, box):
        return None
    if not pdfium.FPDFText_GetCharOrigin(text, index, x, y):
        return None
    angle = math.degrees(pdfium.FPDFText_GetCharAngle(text, index))
    start_x, start_y, end_x, end_y = _baseline(box, x.value, y.value, angle)
    if pdfium.FPDFText_IsHyphen(text, index) == 1:
        code = ord("-")  # PDFium gives U+FFFE or 2 for a hyphen at the end of a line
    character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    size, bold = _size(pdfium, text, index), _bold(pdfium, text, index)
    return [character, start_x, start_y, end_x, end_y, size, bold, angle]


def _baseline(box: Any, x: float, y: float, angle: float) -> tuple[float, float, float, float]:
    turn = round(angle / 90.0) % 4
    if turn == 0:
        return x, y, box.right, y
    if turn == 1:
        return x, y, x, box.top
    if turn == 2:
        return x, y, box.left, y
    return x, y, x, box.bottom


def _size(pdfium: Any, text: Any, index: int) -> float:
    size = float(pdfium.FPDFText_GetFontSize(text, index))
    matrix = pdfium.FS_MATRIX()
    if pdfium.FPDFText_GetMatrix(text, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return size


def _bold(pdfium: Any, text: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(96)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 96, flags)
    label = name.value.decode("utf-8", "replace").lower()
    if any(part in label for part in BOLD_NAMES):
        return True
    return bool(pdfium.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT)


if __name__ == "__main__":
    sys.exit(main())
