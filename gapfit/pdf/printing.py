"""A document as a new PDF file: the same lines in the same places, from another program.

PDFium writes it, with one of the fonts that every PDF viewer has. Each line is set as wide as it
was, so that what ends in the right margin still does. Made for audits: what a resume is worth must
not depend on the program that set it.
"""

from __future__ import annotations

import ctypes
import io
import unicodedata
from dataclasses import replace

from gapfit.datamodels import Document, Line

FONTS = ("Helvetica", "Times", "Courier")
_BOLD = {"Helvetica": "Helvetica-Bold", "Times": "Times-Bold", "Courier": "Courier-Bold"}
_PLAIN = {"Helvetica": "Helvetica", "Times": "Times-Roman", "Courier": "Courier"}
# Baseline below the top of a line, in ems.
_ASCENT = 0.8
# What the fonts lack, and what people write instead.
_INSTEAD = str.maketrans(
    {"→": "->", "←": "<-", "≥": ">=", "≤": "<=", "≈": "~", "−": "-", "‐": "-", "‑": "-", "×": "x"}
)
_ENCODING = "cp1252"


def printable(document: Document) -> Document:
    """Return the document with only such characters as the fonts have."""
    return replace(
        document,
        pages=tuple(
            replace(page, lines=tuple(replace(ln, text=_spelled(ln.text)) for ln in page.lines))
            for page in document.pages
        ),
    )


def _spelled(text: str) -> str:
    return "".join(_letter(letter) for letter in text.translate(_INSTEAD))


def _letter(letter: str) -> str:
    """A letter, or what is left of it without its accents; nothing of what has no such form."""
    for form in (letter, *unicodedata.normalize("NFKD", letter)):
        try:
            form.encode(_ENCODING)
        except UnicodeEncodeError:
            continue
        return str(form)
    return ""


def printed(document: Document, font: str = FONTS[0], scale: float = 1.0) -> bytes:
    """Return a PDF of the document's lines in a font, on paper ``scale`` times as large."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument.new()
    try:
        for page in printable(document).pages:
            paper = pdf.new_page(page.width * scale, page.height * scale)
            for line in page.lines:
                for part, x0, x1 in _parts(line):
                    name = (_BOLD if line.bold else _PLAIN)[font]
                    baseline = page.height - line.top - _ASCENT * line.size
                    _put(pdf, paper, part, name, line.size, (x0, x1, baseline), scale)
            paper.gen_content()
        file = io.BytesIO()
        pdf.save(file)
    finally:
        pdf.close()
    return file.getvalue()


def _parts(line: Line) -> list[tuple[str, float, float]]:
    """A line's texts with their edges: a tab in it is a gap as wide as there is room."""
    texts = [text for text in line.text.rstrip("\u00ad").split("\t") if text.strip()]
    if line.text.endswith("\u00ad"):
        texts[-1] += "-"
    letters = sum(map(len, texts)) or 1
    width = line.x1 - line.x0
    gap = 0.25 * width / max(len(texts) - 1, 1) if len(texts) > 1 else 0.0
    room = width - gap * (len(texts) - 1)
    parts, x = [], line.x0
    for text in texts:
        own = room * len(text) / letters
        parts.append((text, x, x + own))
        x += own + gap
    return parts


def _put(
    pdf: object,
    paper: object,
    text: str,
    font: str,
    size: float,
    place: tuple[float, float, float],
    scale: float,
) -> None:
    """Set a text from edge to edge on its baseline, narrowed or widened to fit."""
    import pypdfium2.raw as pdfium

    x0, x1, baseline = place
    part = pdfium.FPDFPageObj_NewTextObj(pdf.raw, font.encode(), size * scale)  # type: ignore[attr-defined]
    letters = f"{text}\0".encode("utf-16-le")
    pdfium.FPDFText_SetText(part, (ctypes.c_ushort * (len(letters) // 2)).from_buffer_copy(letters))
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(part, left, bottom, right, top)
    natural = max(right.value - left.value, 0.01)
    stretch = (x1 - x0) * scale / natural
    pdfium.FPDFPageObj_Transform(part, stretch, 0, 0, 1, x0 * scale, baseline * scale)
    pdfium.FPDFPage_InsertObject(paper.raw, part)  # type: ignore[attr-defined]


def relabelled(data: bytes, program: str, title: str) -> bytes:
    """Return the same pages written anew by pypdf, with another program and title in the file.

    Raises whatever pypdf raises on files it cannot copy.
    """
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.add_metadata({"/Producer": program, "/Creator": program, "/Title": title})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
