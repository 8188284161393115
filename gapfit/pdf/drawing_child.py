"""Runs in a process of its own: PDF on stdin, pictures of its pages as JSON on stdout.

Started by path, like ``pdfium_child``, and for the same reason: PDFium may abort.

Argument: {"pages": [[number, turn, width, height], ...], "pixels": n, "bytes": n} as JSON, sizes in
points. Output: one base64 string per page, or null where there is no picture of it.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from typing import Any

# Text is black on white with a few colours; more of them would be paid for in bytes, unseen.
COLORS = 32
# A page is drawn only when PDFium takes it to be as large as the reader did, to this many points:
# on another size every line would be marked in the wrong place.
SAME_SIZE = 1.0


def main() -> int:
    """Read stdin, write stdout; the exit code is 0 also where no page could be drawn."""
    import pypdfium2

    wanted = json.loads(sys.argv[1])
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError:
        json.dump([None] * len(wanted["pages"]), sys.stdout)
        return 0
    room = wanted["bytes"]
    pictures: list[str | None] = []
    for number, turn, *size in wanted["pages"]:
        drawn = _picture(document, number, turn, size, wanted["pixels"])
        if drawn is not None and len(drawn) > room:
            drawn, room = None, 0  # the pages before it are shown, none behind it
        room -= len(drawn or b"")
        pictures.append(None if drawn is None else base64.b64encode(drawn).decode("ascii"))
    json.dump(pictures, sys.stdout)
    return 0


def _picture(document: Any, number: int, turn: int, size: list[float], pixels: int) -> bytes | None:
    import pypdfium2
    from PIL import Image

    try:
        page = document[number - 1]
        page.set_rotation(0)  # lines are placed on the page as it is stored, see RawPage.upright
        own = page.get_size()[::-1] if turn % 2 else page.get_size()
        if any(abs(side - read) > SAME_SIZE for side, read in zip(own, size, strict=True)):
            return None
        scale = pixels / max(own)
        image = page.render(scale=scale, rotation=90 * turn).to_pil().convert("RGB")
    except (IndexError, ValueError, pypdfium2.PdfiumError):
        return None
    few = image.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.convert("RGB").save(file, "WEBP", lossless=True, quality=60, method=3)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
