"""How well the words of a page came out: the share that are well formed, 0-1.

Judged by the words alone, never by who produced the file. A page whose fonts were decoded
wrongly, whose words run together or whose letters fell apart scores low; the other reader may
then do better. The judgement is made for Latin script; other scripts count as well formed.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from gapfit.datamodels import Line
from gapfit.pdf.wordlist import COMMON_WORDS

# Below this share a second opinion is worth its tenth of a second, and a reader of the result
# should be warned. Clean resumes score 0.96 or more, wrongly decoded ones below 0.5, pages
# with every word glued below 0.7.
GOOD_ENOUGH = 0.85
# Longer words without a joint exist in German, hardly in resumes otherwise.
MAX_WORD = 24
# Words at least this long are tried as several common words run together.
MIN_GLUED = 9
MIN_GLUED_PAIR = 13  # ... and as just two
# Mean log2 probability per letter pair below which a word is not pronounceable. On 8,801 words
# of real resumes 0.9% score less; of the same words under letter substitutions, 59-92% do.
MIN_PAIR_SCORE = -5.5
MIN_PRONOUNCED = 3  # shorter words have too few pairs to tell

_JOINTS = re.compile(r"[-/_.@:+&#()\[\]{}|,;=<>~%$*'’\"“”\d]+")
_BROKEN = re.compile(r"[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08]|\(cid:\d+\)")
_LATIN = re.compile(r"[A-Za-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def quality(lines: Sequence[Line]) -> float:
    """Return the share of well-formed words of a page, 1.0 for a page without words."""
    good = total = 0
    for line in lines:
        words = line.text.split()
        marks = [_is_well_formed(word) for word in words]
        lone = _lone_letters(words)
        for i, mark in enumerate(marks):
            if mark is not None:
                total += 1
                good += mark and i not in lone
    return good / total if total else 1.0


@lru_cache(maxsize=4096)  # the same words stand in every resume
def _is_well_formed(word: str) -> bool | None:
    """Return whether a word looks right; None for tokens that hold no word."""
    if _BROKEN.search(word):
        return False
    if not any(c.isalpha() for c in word):
        return None
    if "@" in word or "://" in word or word.lower().startswith("www."):
        return None
    return all(_is_plausible(part) for part in _JOINTS.split(word) if part)


def _is_plausible(part: str) -> bool:
    if not _LATIN.fullmatch(part):
        return all(unicodedata.category(c)[0] in "LMSP" for c in part)
    pieces = _CAMEL.split(part)
    if len(part) > MAX_WORD or any(_is_glued(piece) for piece in pieces):
        return False
    # Acronyms ("HNSW", "CUDA") have no vowels and no usual pairs.
    return part.isupper() or all(_is_pronounceable(piece) for piece in pieces)


def _is_glued(part: str) -> bool:
    lower = part.lower()
    if len(lower) < MIN_GLUED or lower in COMMON_WORDS:
        return False
    return _fewest_words(lower) is not None


def _fewest_words(text: str) -> int | None:
    """Return in how many common words (two or more) the text can be cut, None if it cannot.

    Two short words are not enough: they make compounds ("marketplace", "masterclass").
    More words must average three and a half letters.
    """
    best: list[int | None] = [0] + [None] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 14), end):
            before = best[start]
            if before is not None and text[start:end] in COMMON_WORDS:
                so_far = best[end]
                best[end] = before + 1 if so_far is None else min(so_far, before + 1)
    count = best[-1]
    if count is None or count < 2:
        return None
    return count if len(text) >= (MIN_GLUED_PAIR if count == 2 else 3.5 * count) else None


def _is_pronounceable(part: str) -> bool:
    if len(part) < MIN_PRONOUNCED or part.isupper() or part.lower() in COMMON_WORDS:
        return True
    pairs = pair_model()
    padded = f"^{part.lower()}$"
    scores = [pairs[a + b] for a, b in itertools.pairwise(padded)]
    return sum(scores) / len(scores) >= MIN_PAIR_SCORE


@cache
def pair_model() -> dict[str, float]:
    """Return log2 P(second letter | first) learnt from the common words, smoothed."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    counts: Counter[str] = Counter()
    for word in COMMON_WORDS:
        padded = f"^{word}$"
        counts.update(a + b for a, b in itertools.pairwise(padded))
    model: dict[str, float] = {}
    for first in "^" + letters:
        row = sum(counts[first + second] for second in letters + "$")
        for second in letters + "$":
            model[first + second] = math.log2((counts[first + second] + 0.3) / (row + 0.3 * 27))
    return model


def _lone_letters(words: Sequence[str]) -> set[int]:
    """Return the places of letters in runs of three or more one-letter words."""
    lone: set[int] = set()
    run: list[int] = []
    for i, word in enumerate([*words, "end"]):
        if len(word) == 1 and word.isalpha():
            run.append(i)
            continue
        if len(run) >= 3:
            lone.update(run)
        run = []
    return lone
