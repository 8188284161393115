"""Pictures of pages, as PDFium draws them.

It can crash on a malformed file, and a page can ask for any amount of memory: ``draw`` is for a
process of its own, which ``serve`` is the whole work of.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gapfit.datamodels import Page, Picture

# The longer side: 145 dots an inch on A4, sharp enough to read on a screen and on paper.
PIXELS = 1700
# All pictures together. A page takes 60-80 kB: twenty of them have room, and no resume has more.
MOST_BYTES = 1_300_000
# Text is black on white with a few colours; more of them would be paid for in bytes, unseen.
COLORS = 32
# A page is drawn only when PDFium takes it to be as large as the reader did, to this many points:
# on another size every line would be marked in the wrong place.
SAME_SIZE = 1.0

# What ``serve`` answers with.
Drawn = tuple[Picture, ...]


def draw(data: bytes, pages: Sequence[Page]) -> tuple[Picture, ...]:
    """Return pictures of ``pages``, which were read from the PDF ``data``.

    A page that cannot be drawn is left out, and so are the last ones of a file that needs more than
    ``MOST_BYTES``: a report without pictures still shows every line.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ()
    room = MOST_BYTES
    pictures: list[Picture] = []
    for page in pages:
        drawn = _drawn(document, page)
        if drawn is None:
            continue
        room -= len(drawn)
        if room < 0:
            break  # the pages before it are shown, none behind it
        pictures.append(Picture(page.number, drawn))
    return tuple(pictures)


def _drawn(document: Any, page: Page) -> bytes | None:
    """Return a page as the bytes of a WebP file; None where there is no picture of it."""
    import pypdfium2
    from PIL import Image

    try:
        paper = document[page.number - 1]
        paper.set_rotation(0)  # lines are placed on the page as it is stored, see RawPage.upright
        width, height = paper.get_size()[::-1] if page.turn % 2 else paper.get_size()
        if max(abs(width - page.width), abs(height - page.height)) > SAME_SIZE:
            return None
        scale = PIXELS / max(width, height)
        image = paper.render(scale=scale, rotation=90 * page.turn).to_pil().convert("RGB")
    except (IndexError, ValueError, ZeroDivisionError, pypdfium2.PdfiumError):
        return None
    few = image.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.convert("RGB").save(file, "WEBP", lossless=True, quality=60, method=3)
    return file.getvalue()


# ---------------------------------------------------------------- in a process of its own


def request(data: bytes, pages: Sequence[Page]) -> bytes:
    """Return what ``serve`` is asked with: the pages without their lines, then the PDF."""
    import msgspec

    return msgspec.json.encode([replace(page, lines=()) for page in pages]) + b"\n" + data


def prepare() -> None:
    """Import what drawing needs, while files may still be written."""
    import msgspec  # noqa: F401
    import PIL.WebPImagePlugin  # noqa: F401
    import pypdfium2  # noqa: F401


def serve(message: bytes) -> bytes:
    """Answer a request."""
    import msgspec

    pages, _, data = message.partition(b"\n")
    return msgspec.json.encode(draw(data, msgspec.json.decode(pages, type=tuple[Page, ...])))
