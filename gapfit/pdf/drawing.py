"""Pictures of pages, as PDFium draws them in a child process."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from gapfit.datamodels import Page, Picture

CHILD = Path(__file__).with_name("drawing_child.py")
TIMEOUT_SECONDS = 30.0
# The longer side: 145 dots an inch on A4, sharp enough to read on a screen and on paper.
PIXELS = 1700
# All pictures together. A page takes 60-80 kB: twenty of them have room, and no resume has more.
MOST_BYTES = 1_300_000


def draw(data: bytes, pages: Sequence[Page]) -> tuple[Picture, ...]:
    """Return pictures of ``pages``, which were read from the PDF ``data``.

    A page that cannot be drawn is left out, and so are the last ones of a file that needs more than
    ``MOST_BYTES``; none at all where PDFium crashes on it. Never raises: a report without pictures
    still shows every line.
    """
    wanted = {
        "pages": [[page.number, page.turn, page.width, page.height] for page in pages],
        "pixels": PIXELS,
        "bytes": MOST_BYTES,
    }
    # -P: the child's own folder must not be on its import path.
    command = [sys.executable, "-P", str(CHILD), json.dumps(wanted)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
        )
        drawn = json.loads(done.stdout) if done.returncode == 0 else []
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ()
    return tuple(
        Picture(page.number, base64.b64decode(picture))
        for page, picture in zip(pages, drawn, strict=False)
        if picture is not None
    )
