"""Runs in a process of its own: PDF on stdin, glyphs as JSON on stdout.

PDFium is C++ and has aborted on a malformed file; here that ends this process and nothing
else. Started by path, so that it imports PDFium and the standard library only.

Output: {"total": n, "unlocked": bool, "pages": [{"box": [l, b, r, t], "image": bool,
"marks": [[l, b, r, t], ...], "glyphs": [[text, x0, y0, x1, y1, size, bold, angle], ...]}]} or
{"error": "encrypted" | "damaged"}.
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
        return {"box": [0, 0, 612, 792], "image": False, "glyphs": [], "failed": True}
    image, marks = _objects(pdfium, page)
    box = list(page.get_cropbox())
    return {"box": box, "image": image, "marks": marks, "glyphs": _glyphs(page)}


def _objects(pdfium: Any, page: Any) -> tuple[bool, list[list[float]]]:
    """Return whether the page holds an image, and the boxes of its small filled shapes."""
    image, marks = False, []
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        image = image or kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_PATH and _is_filled(pdfium, drawn):
            sides = [ctypes.c_float() for _ in range(4)]
            if pdfium.FPDFPageObj_GetBounds(drawn, *sides):
                marks.append([side.value for side in sides])
    return image, marks


def _is_filled(pdfium: Any, path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    known = pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
    return bool(known and mode.value != pdfium.FPDF_FILLMODE_NONE)


def _glyphs(page: Any) -> list[list[Any]]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    count = min(pdfium.FPDFText_CountChars(text), MAX_GLYPHS_PER_PAGE)
    glyphs: list[list[Any]] = []
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue  # a space or line break PDFium guessed; gaps are judged later
        glyph = _glyph(pdfium, text, index)
        if glyph is None:
            continue
        if glyphs and glyphs[-1][1:3] == glyph[1:3]:
            # A ligature, which PDFium gives letter by letter at one place.
            glyphs[-1] = [glyphs[-1][0] + glyph[0], *glyph[1:]]
        else:
            glyphs.append(glyph)
    return glyphs


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
