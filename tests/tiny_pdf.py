"""Writes small PDFs, operator by operator, so that each test shows exactly what it reads."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842


def pdf(
    *pages: str | bytes,
    images: bool = False,
    resources: str = "",
    xobjects: str = "",
    objects: Sequence[bytes] = (),
    catalog: str = "",
    page: str = "",
) -> bytes:
    """Return a PDF whose pages run these content streams; fonts /F (Helvetica) and /B (bold).

    /I is an image of one black pixel. ``objects`` are further ones, the first of which has number
    6, for ``resources``, ``xobjects``, ``catalog`` and ``page`` (parts of dictionaries) to name.
    """
    further = objects
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(), b""]
    objects.append(_font(b"Helvetica"))
    objects.append(_font(b"Helvetica-Bold"))
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream"
    )
    objects += further
    named = f"<< /Font << /F 3 0 R /B 4 0 R >> /XObject << /I 5 0 R {xobjects} >> {resources} >>"
    kids = []
    for one in pages:
        content = one if isinstance(one, bytes) else one.encode("cp1252")
        if images:
            content += b"\nq 500 0 0 700 40 40 cm /I Do Q"
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources %s /Contents %d 0 R"
            b" %s >>" % (WIDTH, HEIGHT, named.encode(), len(objects) + 2, page.encode())
        )
        objects.append(stream(content))
    kid_list = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kid_list, len(kids))
    return file_of(objects)


def stream(content: bytes, entries: str = "") -> bytes:
    """Return a stream object with these entries in its dictionary."""
    head = " ".join(("<< /Length", str(len(content)), *entries.split(), ">>")).encode()
    return head + b"\nstream\n" + content + b"\nendstream"


def _font(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def file_of(objects: Sequence[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return bytes(data) + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def text(x: float, top: float, words: str, *, size: float = 10, bold: bool = False) -> str:
    """Return operators that show one line, its baseline ``top`` points below the page's top."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    font = "/B" if bold else "/F"
    return f"BT {font} {size} Tf 1 0 0 1 {x} {HEIGHT - top} Tm ({escaped}) Tj ET\n"


def column(x: float, top: float, lines: Sequence[str], *, leading: float = 12) -> str:
    """Return operators that show lines one below the other."""
    return "".join(text(x, top + i * leading, line) for i, line in enumerate(lines))


PROSE = (
    "Built the search service that four hundred people use every day and kept",
    "it running for three years, with tests before each release and a rota of",
    "two engineers. Wrote the ingestion of policy documents in Python and moved",
    "it to a queue when the number of files grew past a million in one summer.",
    "Measured recall on a labelled set of questions after every change that we",
    "made to the index, and published the results to the whole department.",
)


def resume_page(*extra: str) -> str:
    """Return a page with enough ordinary text that nothing about it is remarkable."""
    return column(50, 100, PROSE) + "".join(extra)
