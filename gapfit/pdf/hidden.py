"""Text a reader of the page does not see: told apart from the rest, and quoted.

Two witnesses are heard. How a word is drawn (``RawGlyph.hidden``) tells everything but what lies
under it where that is a picture or a pattern. The page as a viewer draws it (``picture``) tells
whether anything is to be seen there, but not which of two texts in one place it is. A word is
hidden when it is drawn so that nobody can see it, or when nothing shows where it should stand.

Text laid invisibly over a scan is what OCR does, and stays: where an image lies under nearly all
of a page's text, and under the words there is ink.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

from gapfit.pdf.colours import contrast
from gapfit.pdf.glyphs import Box, RawGlyph, RawPage
from gapfit.pdf.paper import centre
from gapfit.pdf.picture import FLAT, INK, Picture
from gapfit.pdf.words import SPACE_GAP

REASONS = {
    "invisible": "drawn without any ink",
    "transparent": "fully transparent",
    "tiny": "smaller than anyone can read",
    "outside": "off the page",
    "clipped": "clipped away",
    "covered": "covered by something drawn over it",
    "colour": "in the colour of its background",
    "layer": "in a layer that is switched off",
    "blank": "nothing shows where it stands",
}
_FOR_OCR = frozenset({"invisible", "covered"})
# On a page read by OCR there are at least this many invisible letters to a visible one.
OCR_SHARE = 9
# The page as drawn must contradict clearly what the drawing operators say of a colour.
CLEARLY_LEGIBLE = 1.5
# Text with fewer letters is a stray sign, left out without a word.
LEAST_LETTERS = 3
_QUOTED = 90


class Hidden(NamedTuple):
    """Text of a page that a reader does not see: why, the beginning of it, and its words."""

    reason: str
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A page with the glyphs that can be seen, and what was hidden.

    ``ocr`` says that its text is an invisible layer over a scan.
    """

    page: RawPage
    hidden: tuple[Hidden, ...] = ()
    ocr: bool = False


@dataclass(slots=True)
class _Word:
    """Glyphs drawn one after the other, with one verdict on them all."""

    glyphs: list[RawGlyph]
    reason: str

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def letters(self) -> int:
        return sum(character.isalnum() for character in self.text)

    def box(self) -> Box:
        return _box(self.glyphs[0], self.glyphs[-1])


def _box(first: RawGlyph, last: RawGlyph) -> Box:
    """Where letters of one line stand: from the baseline up to the height of most capitals."""
    if not first.angle:
        up = 0.6 * max(first.size, last.size)
        return min(first.x0, last.x0), first.y0, max(first.x1, last.x1), first.y0 + up
    points = []
    for glyph in (first, last):
        x, y = centre(glyph)
        right, up = (x - (glyph.x0 + glyph.x1) / 2) * 2, (y - (glyph.y0 + glyph.y1) / 2) * 2
        for px, py in ((glyph.x0, glyph.y0), (glyph.x1, glyph.y1)):
            points += [(px, py), (px + right, py + up)]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def sort(raw: RawPage, picture: Picture | None) -> Seen:
    """Tell the glyphs of a page that can be seen from those that cannot.

    Without a picture, only how they are drawn counts.
    """
    blank = _blank_runs(raw.glyphs, picture) if picture is not None else frozenset()
    if not blank and not any(glyph.hidden for glyph in raw.glyphs):
        return Seen(raw)
    words = list(_words(raw.glyphs, blank))
    ocr = _is_ocr(raw, words)
    if ocr:
        _keep_layer(words, raw, picture)
    if picture is not None:
        _confirm_colours(words, picture)
    visible = [glyph for word in words if not word.reason for glyph in word.glyphs]
    return Seen(replace(raw, glyphs=visible), tuple(_quoted(words)), ocr)


def _words(glyphs: Sequence[RawGlyph], blank: frozenset[int]) -> Iterator[_Word]:
    """Yield the glyphs in groups, as they are drawn; a space belongs to the word before."""
    word: list[RawGlyph] = []
    reason = ""
    for glyph in glyphs:
        own = glyph.hidden or ("blank" if glyph.run in blank else "")
        if word and (own != reason or _begins(word[-1], glyph)):
            yield _Word(word, reason)
            word = []
        word.append(glyph)
        reason = own
    if word:
        yield _Word(word, reason)


def _begins(last: RawGlyph, glyph: RawGlyph) -> bool:
    if glyph.text.isspace() or last.text.isspace():
        return not glyph.text.isspace()
    gap = math.hypot(glyph.x0 - last.x1, glyph.y0 - last.y1)
    return gap > SPACE_GAP * max(last.size, glyph.size)


# ---------------------------------------------------------------- scans


def _is_ocr(raw: RawPage, words: Sequence[_Word]) -> bool:
    layer = sum(w.letters for w in words if w.reason in _FOR_OCR and _in_image(w, raw))
    seen = sum(w.letters for w in words if not w.reason)
    return layer > 0 and layer >= OCR_SHARE * seen


def _in_image(word: _Word, raw: RawPage) -> bool:
    x, y = centre(word.glyphs[len(word.glyphs) // 2])
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in raw.images)


def _keep_layer(words: Sequence[_Word], raw: RawPage, picture: Picture | None) -> None:
    for word in words:
        if word.reason in _FOR_OCR and _in_image(word, raw):
            spread = picture.spread(word.box(), INK) if picture is not None else None
            if spread is None or spread >= INK or not word.letters:
                word.reason = ""


# ---------------------------------------------------------------- the picture


def _confirm_colours(words: Sequence[_Word], picture: Picture) -> None:
    """See again the words that stand out from a background which their drawing does not tell of.

    What counts is the colour of most of the place: a line or other words over it change nothing.
    """
    for word in words:
        colour = word.glyphs[0].colour
        if word.reason == "colour" and colour is not None:
            ground = picture.ground(word.box())
            if ground is not None and contrast(colour, ground) >= CLEARLY_LEGIBLE:
                word.reason = ""


def _blank_runs(glyphs: Sequence[RawGlyph], picture: Picture) -> frozenset[int]:
    """Return the runs of glyphs that should be seen, and leave no trace.

    A run as a whole: where only a part of it seems to be missing, the widths of a font are wrong,
    and its letters stand elsewhere. Letters that a viewer may have no shapes for are not judged.
    """
    traced: set[int] = set()
    blank: set[int] = set()
    for run, group in itertools.groupby(glyphs, attrgetter("run")):
        own = [glyph for glyph in group if not glyph.hidden]
        if own and run not in traced and _has_letter(own):
            spread = picture.spread(_box(own[0], own[-1]))
            judged = spread is not None and spread < FLAT and _is_latin(own)
            (blank if judged else traced).add(run)
    return frozenset(blank - traced)


def _has_letter(glyphs: Sequence[RawGlyph]) -> bool:
    return any(glyph.text.isalnum() for glyph in glyphs)


def _is_latin(glyphs: Sequence[RawGlyph]) -> bool:
    text = "".join(glyph.text for glyph in glyphs)
    return all(ord(character) < 0x250 or not character.isalpha() for character in text)


# ---------------------------------------------------------------- the report


def _quoted(words: Sequence[_Word]) -> Iterator[Hidden]:
    """Yield what is hidden, by reason; not what stands in the same place for all to see."""
    seen = {place for word in words if not word.reason for place in _places(word)}
    for reason in REASONS:
        own = [w for w in words if w.reason == reason and not seen.intersection(_places(w)[:1])]
        texts = [text for word in own if (text := plain(word.text))]
        if sum(word.letters for word in own) >= LEAST_LETTERS:
            yield Hidden(reason, shortened(" ".join(texts)), len(texts))


def _places(word: _Word) -> list[tuple[str, int, int]]:
    """Where a text stands, to three points, and the places around, for those at a boundary."""
    first = word.glyphs[0]
    try:
        x, y = round(first.x0 / 3), round(first.y0 / 3)
    except (ValueError, OverflowError):
        return []
    around = [(0, 0), (0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (-1, -1), (1, -1), (-1, 1)]
    text = word.text.strip()
    return [(text, x + dx, y + dy) for dx, dy in around]


def plain(text: str) -> str:
    """Return text without control characters, line breaks and invisible signs."""
    return "".join(c for c in text if unicodedata.category(c)[0] not in "CZ" or c == " ").strip()


def shortened(text: str) -> str:
    """Return the beginning of a text, to be quoted."""
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"
