"""Glyphs -> words -> segments: where a space is, judged by the gaps between glyphs.

A segment is a run of words on one baseline without a wide gap: the piece of a line that
certainly belongs together. Producers disagree on how to write a space: as a character, as a
shift, or as both; the gap on the page is the same for all of them.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from gapfit.pdf.glyphs import Glyph

# Gaps are in ems (fractions of the font size). TeX shrinks the 0.20 em space of Source Sans to
# 0.13 em at worst, and kerning opens gaps of up to 0.06 em between letters.
SPACE_GAP = 0.10
# Where spaces are written as characters, a gap alone means a space only when it is wide.
SPACE_GAP_BESIDE_WRITTEN = 0.28
# Share of space characters per letter above which a page is taken to write its spaces
# (English has 0.18-0.22).
WRITTEN_SPACES = 0.06
# A wider gap separates columns, or a title from its date, rather than words.
SEGMENT_GAP = 0.9
# Baselines this close (in ems) are one row; superscripts are 0.3 em away.
SAME_BASELINE = 0.12
# The same glyph drawn again this close (in ems) is a poor man's bold.
OVERPRINT = 0.12
# A wider usual gap (in ems) is no tracking, but a row of separate words.
MAX_TRACKING = 0.6
# A row of at least this many one-letter words is letter-spaced ("S U M M A R Y").
MIN_SPACED_LETTERS = 4
# In a letter-spaced row, gaps this much wider than the smallest one separate words.
SPACED_WORD_FACTOR = 1.45
# Positioned spaces are sometimes set with the glyph box of a wider font; less than this much
# visible gap (in ems) between two glyphs is no space, whatever was written there.
NO_GAP = -0.5


class Word(NamedTuple):
    """A word with its left and right edge, baseline, font size and weight."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


class Segment(NamedTuple):
    """Words of one baseline without a wide gap between them."""

    words: tuple[Word, ...]
    x0: float
    x1: float
    y: float
    size: float

    @property
    def top(self) -> float:
        return self.y - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.y + 0.2 * self.size

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        bold = sum(len(word.text) for word in self.words if word.bold)
        return 2 * bold > sum(len(word.text) for word in self.words)


def segments(glyphs: Sequence[Glyph]) -> list[Segment]:
    """Return the page's segments, from top to bottom and left to right."""
    written = _writes_spaces(glyphs)
    found: list[Segment] = []
    for row in _rows(glyphs):
        words = join_spaced_letters(_words(row, written))
        found.extend(_split(words))
    return found


def _writes_spaces(glyphs: Sequence[Glyph]) -> bool:
    spaces = sum(1 for glyph in glyphs if glyph.text.isspace())
    return spaces > WRITTEN_SPACES * max(1, len(glyphs) - spaces)


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by baseline; each row is sorted from left to right."""
    heights, lefts = [g.y for g in glyphs], [g.x0 for g in glyphs]
    rows: list[list[int]] = []
    for index in sorted(range(len(glyphs)), key=heights.__getitem__):
        tolerance = SAME_BASELINE * glyphs[index].size
        if rows and abs(heights[index] - heights[rows[-1][0]]) <= tolerance:
            rows[-1].append(index)
        else:
            rows.append([index])
    # Equal places keep drawing order, so that a row does not depend on the sort.
    return [[glyphs[i] for i in sorted(sorted(row), key=lefts.__getitem__)] for row in rows]


def _words(row: Sequence[Glyph], written: bool) -> list[Word]:
    """Split a row at spaces and at gaps too wide to be within a word."""
    limits = _gap_limits(row, SPACE_GAP_BESIDE_WRITTEN if written else SPACE_GAP)
    words: list[list[Glyph]] = []
    spaced = True
    for glyph, limit in zip(row, limits, strict=True):
        if glyph.text.isspace() or not glyph.text:
            spaced = True
            continue
        last = words[-1][-1] if words else None
        if last is not None and _is_overprint(last, glyph):
            continue
        gap = glyph.x0 - last.x1 if last is not None else 0.0
        apart = gap > limit * glyph.size or (spaced and gap > NO_GAP * glyph.size)
        if last is None or apart:
            words.append([glyph])
        else:
            words[-1].append(glyph)
        spaced = False
    return [_word(glyphs) for glyphs in words]


def _gap_limits(row: Sequence[Glyph], base: float) -> list[float]:
    """Return, for each glyph, the gap before it (in ems) above which a word begins.

    Tracked text (letters set apart on purpose) has a gap before nearly every glyph: the
    usual gap of each run of one font size is added.
    """
    limits: list[float] = []
    start = 0
    for end in range(1, len(row) + 1):
        if end < len(row) and row[end].size == row[start].size and row[end].bold == row[start].bold:
            continue
        run = row[start:end]
        limits += [base + _tracking(run)] * len(run)
        start = end
    return limits


def _tracking(run: Sequence[Glyph]) -> float:
    gaps = [
        (right.x0 - left.x1) / right.size
        for left, right in itertools.pairwise(run)
        if not left.text.isspace() and not right.text.isspace()
    ]
    # Fewer gaps say nothing.
    if len(gaps) < 5:
        return 0.0
    usual = median(gaps)
    return usual if 0.0 < usual < MAX_TRACKING else 0.0


def _is_overprint(last: Glyph, glyph: Glyph) -> bool:
    near = abs(last.x0 - glyph.x0) < OVERPRINT * glyph.size
    return near and last.text == glyph.text and last.x1 - last.x0 > 2 * abs(last.x0 - glyph.x0)


def _word(glyphs: Sequence[Glyph]) -> Word:
    text = "".join(glyph.text for glyph in glyphs)
    first = max(glyphs, key=lambda glyph: glyph.size)
    bold = 2 * sum(glyph.bold for glyph in glyphs) > len(glyphs)
    x1 = max(glyph.x1 for glyph in glyphs)
    return Word(text, glyphs[0].x0, x1, glyphs[0].y, first.size, bold)


def join_spaced_letters(words: Sequence[Word]) -> list[Word]:
    """Join runs of single letters that stand at even distances: "S U M M A R Y"."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in [*words, None]:
        if word is not None and _continues(run, word):
            run.append(word)
            continue
        joined += _join_run(run) if len(run) >= MIN_SPACED_LETTERS else run
        run = [word] if word is not None else []
    return joined


def _continues(run: Sequence[Word], word: Word) -> bool:
    if not run or len(word.text) != 1 or len(run[-1].text) != 1:
        return False
    if unicodedata.category(word.text)[0] not in "LNP":
        return False
    return word.x0 - run[-1].x1 < 3.0 * word.size and word.text not in "•·|–—-*"


def _join_run(run: Sequence[Word]) -> list[Word]:
    gaps = [right.x0 - left.x1 for left, right in itertools.pairwise(run)]
    floor = max(min(gaps), 0.05 * run[0].size)
    # A gap between letters varies with their side bearings; a space adds at least a quarter em.
    limit = max(SPACED_WORD_FACTOR * median(gaps), floor + 0.12 * run[0].size)
    groups: list[list[Word]] = [[run[0]]]
    for gap, word in zip(gaps, run[1:], strict=True):
        if gap > limit:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [_merge(group) for group in groups]


def _merge(words: Sequence[Word]) -> Word:
    text = "".join(word.text for word in words)
    first = words[0]
    return Word(text, first.x0, words[-1].x1, first.y, first.size, first.bold)


def _split(words: Sequence[Word]) -> list[Segment]:
    groups: list[list[Word]] = []
    for word in words:
        if groups and word.x0 - groups[-1][-1].x1 <= SEGMENT_GAP * word.size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [segment(group) for group in groups]


def segment(words: Sequence[Word]) -> Segment:
    """Return the segment of some words (at least one) that stand on one baseline."""
    size = max(words, key=lambda word: len(word.text)).size
    x1 = max(word.x1 for word in words)
    return Segment(tuple(words), words[0].x0, x1, words[0].y, size)
