"""The second reader: glyphs and their places, through PDFium in a child process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from gapfit.pdf.glyphs import RawGlyph, RawMark, RawPage
from gapfit.pdf.shapes import is_marker
from gapfit.pdf.source import EncryptedError, ReaderFailedError, Source

CHILD = Path(__file__).with_name("pdfium_child.py")
# A resume takes a tenth of a second; a file that needs longer than this is hostile or broken.
TIMEOUT_SECONDS = 30.0


def read_pages(data: bytes, max_pages: int) -> Source:
    """Return the first ``max_pages`` pages as glyphs.

    Raises EncryptedError when a password is needed, ReaderFailedError when PDFium crashed, hung or
    could not parse the file.
    """
    # -P: the child's own folder must not be on its import path.
    command = [sys.executable, "-P", str(CHILD), str(max_pages)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReaderFailedError(f"PDFium took longer than {TIMEOUT_SECONDS:.0f} s") from error
    except OSError as error:
        raise ReaderFailedError(f"PDFium could not be started: {error}") from error
    if done.returncode != 0:
        raise ReaderFailedError(f"PDFium ended with code {done.returncode}")
    return _parse(done.stdout)


def _parse(output: bytes) -> Source:
    try:
        result = json.loads(output)
    except ValueError as error:
        raise ReaderFailedError("PDFium gave no readable answer") from error
    if result.get("error") == "encrypted":
        raise EncryptedError
    if "error" in result:
        raise ReaderFailedError("PDFium could not parse the file")
    pages = tuple(_page(page) for page in result["pages"])
    return Source(pages, int(result["total"]), bool(result["unlocked"]))


def _page(page: dict[str, Any]) -> RawPage:
    left, bottom, right, top = (float(value) for value in page["box"])
    glyphs = [RawGlyph(*glyph) for glyph in page["glyphs"]]
    marks = [mark for box in page.get("marks", ()) if is_marker(mark := RawMark(*box))]
    return RawPage(
        (left, bottom, right, top),
        glyphs,
        marks,
        [(box[0], box[1], box[2], box[3]) for box in page["images"]],
        failed=bool(page.get("failed", False)),
        cut=bool(page.get("cut", False)),
    )
