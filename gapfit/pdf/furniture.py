"""Page furniture: running headers, footers and page numbers, which are nobody's experience."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from gapfit.datamodels import Line, Page

# Furniture stands in the top or bottom tenth of the page ...
MARGIN = 0.1
# ... at the same height on every page, to this many points.
SAME_HEIGHT = 6.0
MAX_LENGTH = 120

_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.?)?\s*[-–—|]?\s*\d{1,3}(?:\s*(?:/|of|von|de)\s*\d{1,3})?\s*[-–—|]?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\bpage\s+\d{1,3}(?:\s+of\s+\d{1,3})?\s*$", re.IGNORECASE)


def drop_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages without page numbers and without repeats of running lines.

    A running line is kept where it first occurs: on the first page it may be the name or a
    heading. Line numbers stay as they were.
    """
    repeated = _repeated(pages)
    return tuple(
        replace(page, lines=tuple(ln for ln in page.lines if _stays(ln, page, repeated)))
        for page in pages
    )


def _stays(line: Line, page: Page, repeated: set[tuple[int, int]]) -> bool:
    if (page.number, line.number) in repeated:
        return False
    return not (_in_margin(line, page) and is_page_number(line.text))


def is_page_number(text: str) -> bool:
    """Return whether a line is only a page number ("3", "Page 1 of 3", "Ada Roe, page 2")."""
    if _PAGE_NUMBER.fullmatch(text.strip()):
        return True
    return len(text) <= 60 and _NUMBERED.search(text) is not None


def _in_margin(line: Line, page: Page) -> bool:
    bottom = line.top + line.size
    return line.top <= MARGIN * page.height or bottom >= (1 - MARGIN) * page.height


def _repeated(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Return (page, line) of margin lines seen before with equal text, numbers aside."""
    seen: dict[str, list[tuple[Page, Line]]] = defaultdict(list)
    repeated: set[tuple[int, int]] = set()
    for page in pages:
        for line in page.lines:
            if not _in_margin(line, page) or len(line.text) > MAX_LENGTH:
                continue
            key = re.sub(r"\d+", "#", line.text.lower())
            if any(_same_place(line, page, *other) for other in seen[key]):
                repeated.add((page.number, line.number))
            seen[key].append((page, line))
    return repeated


def _same_place(line: Line, page: Page, other_page: Page, other: Line) -> bool:
    return (
        page.number != other_page.number
        and abs(line.top - other.top) <= SAME_HEIGHT
        and abs(line.size - other.size) <= 1.0
    )
