"""Words broken over two lines: is the hyphen the author's or the typesetter's?

A hyphen at the end of a line that the typesetter put there is written as a soft hyphen
(U+00AD): whoever joins the lines drops it, and keeps any other. "evalua-" "tion" and
"Py-" "Torch" are broken words; "hand-" "labelled" and "state-of-" "the-art" are not.

Browsers and word processors do not break words unless told to, TeX does. So a document's own
lines are asked first: only where some line certainly ends in a broken word are the doubtful
ones judged at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gapfit.datamodels import Line, Page
from gapfit.pdf.wordlist import COMMON_WORDS

SOFT_HYPHEN = "\u00ad"
# First parts that keep their hyphen whatever follows.
PREFIXES = frozenset(
    (
        "non",
        "self",
        "multi",
        "cross",
        "semi",
        "ex",
        "anti",
        "well",
        "high",
        "low",
        "co",
        "pre",
        "post",
    )
)
SUFFIXES = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "y", "able", "al", "ion", "ions")

_BROKEN = re.compile(r"(?:^|[\s(\"'/])([^\s(\"'/]*)-$")
_FIRST = re.compile(r"[^\s,;:.!?()\"'/]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")


def mark_broken_words(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages with a soft hyphen at the end of every line that ends in a broken word."""
    places = [(p, i) for p, page in enumerate(pages) for i in range(len(page.lines))]
    lines = [line for page in pages for line in page.lines]
    vocabulary = _vocabulary(lines)
    breaks = {
        place: halves
        for place, one, two in zip(places, lines, lines[1:], strict=False)
        if (halves := _halves(one.text, two.text)) is not None
    }
    certain = any(_is_certainly_broken(*halves, vocabulary) for halves in breaks.values())
    broken = {
        place for place, halves in breaks.items() if certain and _is_broken(*halves, vocabulary)
    }
    return tuple(_marked(page, p, broken) for p, page in enumerate(pages))


def _marked(page: Page, number: int, broken: set[tuple[int, int]]) -> Page:
    lines = tuple(
        replace(line, text=line.text[:-1] + SOFT_HYPHEN) if (number, i) in broken else line
        for i, line in enumerate(page.lines)
    )
    return replace(page, lines=lines)


def _vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """Return the words (hyphenated ones too) that stand unbroken in the document."""
    words: set[str] = set()
    for line in lines:
        text = re.sub(r"\S*-$", "", line.text)
        for word in _WORD.findall(text):
            words.add(word.lower())
            words.update(part.lower() for part in word.split("-"))
    return frozenset(words)


def _halves(text: str, following: str) -> tuple[str, str] | None:
    """Return the two halves of the word around a line end, None when there is no hyphen."""
    first, second = _BROKEN.search(text), _FIRST.match(following)
    if first is None or second is None or not first[1]:
        return None
    return first[1], second[0]


def _is_certainly_broken(first: str, second: str, vocabulary: frozenset[str]) -> bool:
    """Return whether the first half is no word, and the whole is one or may be one."""
    if not (first.isalpha() and second.isalpha()) or first.isupper():
        return False
    if (first + second).lower() in vocabulary or (first + second).lower() in COMMON_WORDS:
        return True
    return not _is_word(first, vocabulary) and first.lower() not in PREFIXES


def _is_broken(first: str, second: str, vocabulary: frozenset[str]) -> bool:
    whole = (first + second).lower()
    if whole in vocabulary or whole in COMMON_WORDS:
        return True
    if not (first.isalpha() and second.isalpha()) or first.isupper():
        return False  # "state-of-" "the-art", "GPT-" "4"
    if f"{first}-{second}".lower() in vocabulary or first.lower() in PREFIXES:
        return False
    return not (_is_word(first, vocabulary) and _is_word(second, vocabulary))


def _is_word(text: str, vocabulary: frozenset[str]) -> bool:
    lower = text.lower()
    if len(lower) < 2:
        return False
    stems = [lower, *(lower.removesuffix(s) for s in SUFFIXES if lower.endswith(s))]
    stems += [stem[:-1] for stem in stems[1:] if len(stem) > 3 and stem[-1] == stem[-2]]
    stems += [stem + "e" for stem in stems[1:]]
    return any(len(stem) > 1 and (stem in COMMON_WORDS or stem in vocabulary) for stem in stems)
