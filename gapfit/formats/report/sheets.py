"""The pages of the resume: how each looks, its lines as they were read, and those that count."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gapfit.datamodels import Line, Page, Report, Resume
from gapfit.formats.clean import clean, shorten
from gapfit.formats.report import anchors
from gapfit.formats.report.lines import Entry, Ledger, Place

# Of a line's height, what lies above the top of its letters and below their baseline.
_ABOVE, _BELOW = 0.1, 0.2
_ASCENT = 0.8
# The usual width of a letter, in ems, for texts of whose line only both ends are known.
_LETTER = 0.5

# Characters of a line that are read out before what it shows.
_SPOKEN = 80

# Tints of the line that earned least and of the one that earned most; text stays legible on both.
_LIGHT, _DARK = 0.08, 0.45


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it was read; ``x`` and ``y`` are where its baseline begins.

    A line is one text, or several with wide gaps between them.
    """

    number: int
    text: str
    x: float
    y: float
    width: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A line that counts: the boxes of all lines that its statements stand on, and its number."""

    anchor: str
    entry: str
    number: int
    label: str
    boxes: tuple[Box, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Washed:
    """The box of a line that counts; ``strength``, 0-1, is the tint that tells how much."""

    box: Box
    strength: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; sizes in points. ``picture`` is a data address, or "" without one."""

    number: int
    width: float
    height: float
    picture: str
    lines: tuple[Written, ...]
    washed: tuple[Washed, ...]  # every line that counts, once
    marked: tuple[Marked, ...]


def sheets(report: Report, ledger: Ledger) -> tuple[Sheet, ...]:
    """Return the pages, with every line that ``ledger`` names marked on them."""
    resume = report.analysis.resume
    pictures = {picture.page: picture.webp for picture in report.pictures}
    lines = {(page.number, ln.number): ln for page in resume.layout for ln in page.lines}
    covered = _covered(resume)
    tints = _tints(ledger, covered)
    return tuple(
        _sheet(page, pictures.get(page.number), ledger, lines, covered, tints)
        for page in resume.layout
    )


def _covered(resume: Resume) -> Mapping[Place, Sequence[Place]]:
    """For every line on which statements begin, all lines these stand on."""
    covered: dict[Place, dict[Place, None]] = defaultdict(dict)
    for statement in resume.statements:
        own = (statement.page, statement.line)
        covered[own].update(dict.fromkeys(statement.places or [own]))
    return {own: list(places) for own, places in covered.items()}


def _tints(ledger: Ledger, covered: Mapping[Place, Sequence[Place]]) -> Mapping[Place, float]:
    """For every line that counts, its tint: by what the statements on it earned at most."""
    most = max((entry.points for entry in ledger.entries), default=0.0) or 1.0
    tints: dict[Place, float] = {}
    for entry in ledger.entries:
        own = (entry.page, entry.line)
        tint = round(_LIGHT + (_DARK - _LIGHT) * entry.points / most, 2)
        for place in covered.get(own, [own]):
            tints[place] = max(tint, tints.get(place, 0.0))
    return tints


def _sheet(
    page: Page,
    picture: bytes | None,
    ledger: Ledger,
    lines: Mapping[Place, Line],
    covered: Mapping[Place, Sequence[Place]],
    tints: Mapping[Place, float],
) -> Sheet:
    here = sorted((e for e in ledger.entries if e.page == page.number), key=lambda e: e.line)
    return Sheet(
        number=page.number,
        width=page.width,
        height=page.height,
        picture=_address(picture),
        lines=tuple(written for line in page.lines for written in _written(line)),
        washed=tuple(
            Washed(_box(line), tint)
            for line in page.lines
            if (tint := tints.get((page.number, line.number)))
        ),
        marked=tuple(
            _marked(entry, page, lines, covered)
            for entry in here
            if (entry.page, entry.line) in lines
        ),
    )


def _address(picture: bytes | None) -> str:
    if picture is None:
        return ""
    return f"data:image/webp;base64,{base64.b64encode(picture).decode('ascii')}"


def _written(line: Line) -> Iterator[Written]:
    """A line as it was read; texts that stand apart on it are set apart.

    Where a text in the middle begins is not known: the last one ends where the line does, and
    those between share the room.
    """
    texts = [text for part in line.text.split("\t") if (text := clean(part))]
    width = max(line.x1 - line.x0, 1.0)
    room = max(width - line.size * (len(texts) - 1), width / 2)
    letters = sum(map(len, texts))
    widths = [min(_LETTER * line.size * len(t), room * len(t) / letters) for t in texts]
    gap = 0.0
    if len(texts) == 1:
        widths = [width]
    elif texts:
        gap = (width - sum(widths)) / (len(texts) - 1)
    x = line.x0
    for text, own in zip(texts, widths, strict=True):
        yield Written(
            number=line.number,
            text=text,
            x=round(x, 1),
            y=round(line.top + _ASCENT * line.size, 1),
            width=round(own, 1),
            size=line.size,
            bold=line.bold,
        )
        x += own + gap


def _box(line: Line) -> Box:
    pad = 0.15 * line.size
    return Box(
        x=round(line.x0 - pad, 1),
        y=round(line.top - _ABOVE * line.size, 1),
        width=round(line.x1 - line.x0 + 2 * pad, 1),
        height=round((1.0 + _ABOVE + _BELOW) * line.size, 1),
    )


def _marked(
    entry: Entry,
    page: Page,
    lines: Mapping[Place, Line],
    covered: Mapping[Place, Sequence[Place]],
) -> Marked:
    own = (entry.page, entry.line)
    places = [place for place in covered.get(own, [own]) if place[0] == page.number]
    first = lines[own]
    names = ", ".join(shown.name for shown in entry.skills) or "quoted in the advice"
    words = shorten(entry.quotes[0].text, _SPOKEN)
    return Marked(
        anchor=anchors.line(*own),
        entry=anchors.entry(*own),
        number=entry.line,
        label=f"Line {entry.line}, “{words}”: {names}",
        boxes=tuple(_joined([_box(lines[place]) for place in places if place in lines])),
        x=round(first.x0 - 0.6 * first.size, 1),
        y=round(first.top + _ASCENT * first.size, 1),
    )


def _joined(boxes: Sequence[Box]) -> Iterator[Box]:
    """Boxes of lines below each other, each as high as it takes to reach the next."""
    for box, below in zip(boxes, [*boxes[1:], None], strict=True):
        gap = below.y - box.y - box.height if below is not None else 0.0
        near = 0.0 < gap < box.height
        yield replace(box, height=round(box.height + gap, 1)) if near else box
