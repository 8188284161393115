"""Compares output with the files of tests/golden/, or renews them.

After a wanted change: GAPFIT_UPDATE_GOLDEN=1 python -m pytest, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, output: str) -> None:
    """Assert that ``output`` is what the golden file holds."""
    path = FOLDER / name
    if os.environ.get("GAPFIT_UPDATE_GOLDEN"):
        path.write_text(output, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path} is missing; make it with GAPFIT_UPDATE_GOLDEN=1"
    assert output == path.read_text(encoding="utf-8")


def body(page: str) -> str:
    """Return what an HTML page says, without the style and the script that all pages share."""
    return page[page.index("<body") : page.index("<script>")]
