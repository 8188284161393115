"""read(): PDF bytes -> Document, with the better of two readers for every page."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gapfit.datamodels import Document, Line, Page, ParseWarning
from gapfit.errors import UnreadableInput
from gapfit.pdf import hidden, pdfium_reader, pypdf_reader
from gapfit.pdf.furniture import drop_furniture
from gapfit.pdf.glyphs import RawPage
from gapfit.pdf.header import check_header
from gapfit.pdf.hidden import Hidden
from gapfit.pdf.hyphens import mark_broken_words
from gapfit.pdf.lines import has_mixed_order, lines
from gapfit.pdf.picture import Picture, Pictures
from gapfit.pdf.quality import GOOD_ENOUGH, quality
from gapfit.pdf.repair import invisible
from gapfit.pdf.source import EncryptedError, OverLimitError, Source
from gapfit.pdf.words import segments

# The longest resumes seen (exports of online profiles) have 11 pages; a book is no resume.
MAX_PAGES = 60
MAX_CHARACTERS = 300_000
# A page with fewer characters than this may hide its text from the first reader, unless it can be
# seen that nothing else is on it: the last line of a resume, a blank sheet at its end.
FEW_CHARACTERS = 40
# How far a letter reaches (in ems) below and above its baseline and to its sides.
BELOW, ABOVE, BESIDE = 0.35, 1.0, 0.2
# A resume with fewer words than this supports no score worth the name.
LITTLE_TEXT_WORDS = 60
# The second reader must be better by more than noise.
CLEARLY_BETTER = 0.01
OCR_LAYER = (
    "The text of page {number} is an invisible layer over an image, as OCR makes it. Whether it "
    "says what the image shows was not checked: compare them."
)
CUT_PAGE = (
    "Page {number} holds more than any page of a resume does; what comes after the limit was not "
    "read."
)
NOT_LOOKED_AT = (
    "The pages could not be looked at as drawn; text that a reader does not see may be among what "
    "was read. Look at them yourself."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of the file; None where it failed."""

    name: str
    source: Source | None
    encrypted: bool = False
    over_limit: bool = False


def prepare() -> None:
    """Import the PDF libraries, which ``read`` would do when it needs them."""
    import pypdf.generic._font  # noqa: F401
    import pypdfium2  # noqa: F401


def read(data: bytes, *, source: str = "<bytes>", look: bool = True) -> Document:
    """Return the text of a PDF as pages of lines in reading order.

    ``source`` names the input in messages; ``look`` says whether to look at the pages as drawn,
    too, which can crash the process. Raises UnreadableInput with code ``not-a-pdf``,
    ``encrypted``, ``damaged``, ``over-limit``, ``no-text``, ``hidden-text`` or ``image-only``.
    """
    check_header(data, source)
    with contextlib.closing(Pictures(data, look=look)) as pictures:
        return _read(data, source, pictures)


def _read(data: bytes, source: str, pictures: Pictures) -> Document:
    first = _try("pypdf", pypdf_reader.read_pages, data)
    pages = _pages(first, pictures)
    second = Reading("pdfium", None)
    # What breaks one reader by its size would break the other, too.
    doubtful = any(_is_doubtful(page) and not page.raw.cut for page in pages)
    if (first.source is None and not first.over_limit) or doubtful:
        second = _try("pdfium", pdfium_reader.read_pages, data)
    readings = [reading for reading in (first, second) if reading.source is not None]
    if not readings:
        raise _unreadable(source, first, second)
    chosen = _choose(pages, _pages(second, pictures))
    return _document(data, source, chosen, readings, pictures)


def _try(name: str, read_pages: Callable[[bytes, int], Source], data: bytes) -> Reading:
    """Run one reader; whatever it raises means that it failed."""
    try:
        return Reading(name, read_pages(data, MAX_PAGES))
    except EncryptedError:
        return Reading(name, None, encrypted=True)
    except OverLimitError:
        return Reading(name, None, over_limit=True)
    except Exception:  # the reader boundary: PDF libraries raise anything on malformed files
        return Reading(name, None)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as one reader gave it, with what the choice between readers needs."""

    page: Page
    raw: RawPage
    mixed: bool
    hidden: tuple[Hidden, ...] = ()
    ocr: bool = False
    invisible: tuple[int, str] = (0, "")
    complete: bool = False  # nothing is to be seen on it but the text that was read

    @property
    def failed(self) -> bool:
        return self.raw.failed

    @property
    def characters(self) -> int:
        return sum(len(line.text) for line in self.page.lines)


def _pages(reading: Reading, pictures: Pictures) -> list[ReadPage]:
    raw = reading.source.pages if reading.source else ()
    return [
        _page(
            page,
            number,
            reading.name,
            None if page.failed or page.cut else pictures.page(number - 1),
        )
        for number, page in enumerate(raw, start=1)
    ]


def _page(raw: RawPage, number: int, reader: str, picture: Picture | None = None) -> ReadPage:
    seen = hidden.sort(raw, picture)
    upright = seen.page.upright()
    text = lines(segments(upright.glyphs), upright.marks)
    good = round(quality(text), 4)
    page = Page(number, upright.width, upright.height, text, reader, good, upright.turn)
    signs = invisible("".join(glyph.text for glyph in seen.page.glyphs))
    read = ReadPage(page, raw, has_mixed_order(text), seen.hidden, seen.ocr, signs)
    is_complete = read.characters < FEW_CHARACTERS and _is_complete(raw, picture)
    return replace(read, complete=is_complete)


def _is_complete(raw: RawPage, picture: Picture | None) -> bool:
    if picture is None or raw.unread or any(glyph.angle for glyph in raw.glyphs):
        return False
    boxes = (
        (
            min(glyph.x0, glyph.x1) - BESIDE * glyph.size,
            glyph.y0 - BELOW * glyph.size,
            max(glyph.x0, glyph.x1) + BESIDE * glyph.size,
            glyph.y0 + ABOVE * glyph.size,
        )
        for glyph in raw.glyphs
    )
    return picture.is_white_beside(boxes)


def _is_doubtful(page: ReadPage) -> bool:
    few = page.characters < FEW_CHARACTERS and not page.complete
    return page.failed or few or page.page.quality < GOOD_ENOUGH


def _choose(first: Sequence[ReadPage], second: Sequence[ReadPage]) -> list[ReadPage]:
    """Return the better version of every page; the first reader's where both are as good."""
    if len(second) > len(first):
        first = [*first, *second[len(first) :]]
    chosen = list(first)
    for i, (one, other) in enumerate(zip(first, second, strict=False)):
        if _is_doubtful(one) and _is_better(other, one):
            chosen[i] = other
    return chosen


def _is_better(other: ReadPage, one: ReadPage) -> bool:
    if other.failed and not one.failed:
        return False
    # More text beats nicer text when one of the two saw next to nothing.
    if min(one.characters, other.characters) < 0.5 * max(one.characters, other.characters):
        return other.characters > one.characters
    return other.page.quality > one.page.quality + CLEARLY_BETTER or (
        one.failed and not other.failed
    )


def _unreadable(source: str, first: Reading, second: Reading) -> UnreadableInput:
    if first.encrypted or second.encrypted:
        return UnreadableInput(
            "encrypted",
            f"{source}: the file is encrypted and needs a password. Save it without one "
            "(for example: qpdf --decrypt --password=… in.pdf out.pdf) and try again.",
        )
    if first.over_limit:
        return _over_limit(source)
    return UnreadableInput(
        "damaged",
        f"{source}: the file is damaged; neither PDF reader could open it. Export it again, "
        "or repair it (for example: qpdf in.pdf out.pdf), and try again.",
    )


def _over_limit(source: str) -> UnreadableInput:
    return UnreadableInput(
        "over-limit",
        f"{source}: it holds, or unpacks to, more than any resume does (limits: "
        f"{pypdf_reader.MAX_UNPACKED >> 20} MiB a stream, {pypdf_reader.MAX_PAGES_LISTED:,} pages, "
        f"{pypdf_reader.MAX_GLYPHS_PER_PAGE:,} letters a page). "
        "Export the resume again.",
    )


def _document(
    data: bytes,
    source: str,
    chosen: Sequence[ReadPage],
    readings: Sequence[Reading],
    pictures: Pictures,
) -> Document:
    kept, warnings = _within_limits(chosen, readings)
    if not any(page.page.lines for page in kept):
        raise _no_text(source, kept)
    warnings += _file_warnings(chosen, readings) + _page_warnings(kept)
    if not pictures.complete:
        warnings.append(ParseWarning("not-looked-at", NOT_LOOKED_AT))
    pages = mark_broken_words(drop_furniture([page.page for page in kept]))
    words = sum(len(line.text.split()) for page in pages for line in page.lines)
    if words < LITTLE_TEXT_WORDS:
        message = f"Only {words} words were found; scores from so little text mean little."
        warnings.append(ParseWarning("little-text", message))
    warnings.sort(key=lambda w: (w.page or 0, w.code))
    return Document(pages, tuple(warnings), hashlib.sha256(data).hexdigest())


def _no_text(source: str, pages: Sequence[ReadPage]) -> UnreadableInput:
    if any(page.hidden for page in pages):
        return UnreadableInput(
            "hidden-text",
            f"{source}: a reader of its pages sees no text, but there is some: "
            f"{_hidden_words(next(page.hidden for page in pages if page.hidden))}. Export the "
            "resume again so that its text can be seen.",
        )
    if any(page.raw.cut for page in pages):
        return _over_limit(source)
    if any(page.raw.has_image for page in pages):
        return UnreadableInput(
            "image-only",
            f"{source}: the pages are images without text. Run OCR (for example: "
            "ocrmypdf in.pdf out.pdf) and try again with the result.",
        )
    return UnreadableInput(
        "no-text",
        f"{source}: no text on {len(pages)} page(s). Letters may be drawn as shapes: export "
        "the resume again as text, or run OCR (for example: ocrmypdf --force-ocr in.pdf out.pdf).",
    )


def _within_limits(
    chosen: Sequence[ReadPage], readings: Sequence[Reading]
) -> tuple[list[ReadPage], list[ParseWarning]]:
    """Return the pages within the limits, and a warning when something was left out."""
    total = max(reading.source.total for reading in readings if reading.source is not None)
    kept: list[ReadPage] = []
    room = MAX_CHARACTERS
    for page in chosen:
        fitting = _fitting(page.page.lines, room)
        room -= sum(len(line.text) for line in fitting)
        kept.append(replace(page, page=replace(page.page, lines=fitting)))
        if len(fitting) < len(page.page.lines):
            break
    lines = sum(len(page.page.lines) for page in chosen)
    if len(kept) == total and sum(len(page.page.lines) for page in kept) == lines:
        return kept, []
    message = (
        f"Only the first {len(kept)} of {total} pages were read "
        f"(limits: {MAX_PAGES} pages, {MAX_CHARACTERS} characters)."
    )
    return kept, [ParseWarning("truncated", message)]


def _fitting(lines: Sequence[Line], room: int) -> tuple[Line, ...]:
    """Return the first lines that together have at most ``room`` characters."""
    fitting: list[Line] = []
    for line in lines:
        room -= len(line.text)
        if room < 0:
            break
        fitting.append(line)
    return tuple(fitting)


def _file_warnings(chosen: Sequence[ReadPage], readings: Sequence[Reading]) -> list[ParseWarning]:
    warnings = []
    if any(reading.source is not None and reading.source.unlocked for reading in readings):
        message = "The file is encrypted; it opened without a password."
        warnings.append(ParseWarning("encrypted", message))
    if readings[0].name != "pypdf" or any(page.failed for page in chosen):
        message = "The file is damaged; text may be missing. Export it again if you can."
        warnings.append(ParseWarning("damaged", message))
    return warnings


def _hidden_words(found: Sequence[Hidden]) -> str:
    told = []
    for one in found:
        words = "1 word" if one.words == 1 else f"{one.words} words"
        told.append(f"{words} {hidden.REASONS[one.reason]} (“{one.text}”)")
    return "; ".join(told)


def _page_warnings(pages: Sequence[ReadPage]) -> list[ParseWarning]:
    warnings = []
    for page in pages:
        number = page.page.number
        if page.raw.has_image and page.characters < FEW_CHARACTERS:
            message = f"Page {number} is an image with little or no text; run OCR to read it."
            warnings.append(ParseWarning("image-only-page", message, number))
        if page.page.quality < GOOD_ENOUGH:
            message = (
                f"Only {page.page.quality:.0%} of the words on page {number} look like words; "
                "export the PDF again, from another program if you can."
            )
            warnings.append(ParseWarning("low-word-quality", message, number))
        if page.hidden:
            message = (
                f"Page {number} holds text that a reader does not see: "
                f"{_hidden_words(page.hidden)}. It was left out."
            )
            warnings.append(ParseWarning("hidden-text", message, number))
        if page.invisible[0]:
            count, spelt = page.invisible
            quote = f", which spell “{hidden.shortened(spelt)}”" if spelt else ""
            message = f"Page {number} holds {count} invisible signs{quote}. They were left out."
            warnings.append(ParseWarning("invisible-characters", message, number))
        if page.ocr:
            warnings.append(ParseWarning("ocr-layer", OCR_LAYER.format(number=number), number))
        if page.raw.cut:
            warnings.append(ParseWarning("truncated", CUT_PAGE.format(number=number), number))
        if page.mixed:
            message = f"Page {number} sets text side by side in a way that may mix its order."
            warnings.append(ParseWarning("mixed-reading-order", message, number))
    return warnings
