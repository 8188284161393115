"""How near each statement comes to each skill in embedding space.

A resume line holds several skills and one vector for the whole line blurs them, so every run of
words is a *window* with a vector of its own: the mean of its contextual token vectors, all from
the one forward pass that encoded the line.

Some skills are near everything. The *background* of a skill is how near the examples of all
other skills come to it; cosines are read as standard deviations above that, which makes skills,
and models, comparable.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gapfit.datamodels import Encoded, FloatArray, Kind, SkillVectors

# Window lengths in words. Short ones meet names, long ones definitions and examples.
SHORT: tuple[int, ...] = (1, 2, 3, 4, 6)
LONG: tuple[int, ...] = (8, 12)

FEATURES: tuple[str, ...] = (
    "name-window",  # best short window against names and aliases
    "name-line",  # the whole line against names and aliases
    "definition-line",
    "definition-window",  # best long window against the definition
    "example-line",  # nearest example
    "example-line-3",  # mean of the three nearest examples
    "example-window",  # best long window against the examples
    "near-miss-line",
)
_DIGITS = 4  # cosines are kept to this many digits, so that the last bits of a batch never show
_CHUNK = 64  # statements whose windows are held in memory at once
_LEAST_SPREAD = 0.03  # a skill with few rows must not turn noise into large deviations


@dataclass(frozen=True, slots=True)
class Background:
    """Mean and standard deviation of each feature per skill, both (skills, len(FEATURES))."""

    mean: FloatArray
    spread: FloatArray

    def standardised(self, cosines: FloatArray) -> FloatArray:
        """Cosines as deviations from each skill's background, same shape."""
        return np.asarray((cosines - self.mean) / self.spread, np.float32)


@dataclass(frozen=True, slots=True)
class Rows:
    """The skills' vectors of one kind: (r, d), and where each skill's own begin.

    ``skills`` (s,) are those that have any, in the order of their rows, ``starts`` (s + 1,) where
    their rows begin, with the number of rows as the last entry.
    """

    vectors: FloatArray
    skills: NDArray[np.int32]
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Targets:
    """What statements are compared with: the rows of every kind, and how many skills there are."""

    rows: Mapping[Kind, Rows]
    skills: int


def targets(vectors: SkillVectors) -> Targets:
    """Sort the skills' vectors by kind, once for all statements."""
    return Targets({kind: _rows(vectors, kind) for kind in Kind}, _skill_count(vectors))


def _rows(vectors: SkillVectors, kind: Kind) -> Rows:
    chosen = vectors.kinds == kind
    owners = vectors.skills[chosen]
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    return Rows(vectors.vectors[chosen], owners[firsts], np.append(firsts, len(owners)))


def _skill_count(vectors: SkillVectors) -> int:
    return int(vectors.skills.max(initial=-1)) + 1


def background(vectors: SkillVectors) -> Background:
    """Measure the background of every skill on the examples of all the others, or take the kept."""
    kept = vectors.background
    if kept is not None and kept.shape == (2, _skill_count(vectors), len(FEATURES)):
        return Background(*kept)
    chosen = vectors.kinds == Kind.EXAMPLE
    owners = vectors.skills[chosen]
    cosines = _line_features(vectors.vectors[chosen], targets(vectors))
    others = owners[:, None] != np.arange(cosines.shape[1])[None, :]
    count = np.maximum(others.sum(axis=0), 1)[:, None]
    mean = (cosines * others[:, :, None]).sum(axis=0) / count
    squares = (((cosines - mean) ** 2) * others[:, :, None]).sum(axis=0) / count
    spread = np.maximum(np.sqrt(squares), _LEAST_SPREAD)
    return Background(mean.astype(np.float32), spread.astype(np.float32))


def features(encoded: Encoded, texts: Sequence[str], to: Targets) -> FloatArray:
    """Return cosines of shape (statements, skills, len(FEATURES)).

    A skill without rows of a kind (no near misses, say) has cosine 0 there. Each statement's
    cosines depend on that statement alone.
    """
    out = _line_features(encoded.sentences, to)
    for start in range(0, len(texts), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        part = Encoded(encoded.sentences[chunk], encoded.tokens[chunk], encoded.spans[chunk])
        for name, cosines in _window_features(part, texts[chunk], to).items():
            column = out[chunk, :, FEATURES.index(name)]
            np.maximum(column, cosines, out=column)
    return np.round(out, _DIGITS, out=out)


def _line_features(lines: FloatArray, to: Targets) -> FloatArray:
    """Features of whole lines; a window feature starts from the line, its longest window."""
    cosines = {kind: lines @ rows.vectors.T for kind, rows in to.rows.items()}
    name, definition, example, miss = (
        _best(cosines[kind], to.rows[kind], to.skills) for kind in Kind
    )
    columns = {
        "name-window": name,
        "name-line": name,
        "definition-line": definition,
        "definition-window": definition,
        "example-line": example,
        "example-line-3": _mean_of_top(cosines[Kind.EXAMPLE], to.rows[Kind.EXAMPLE], to.skills, 3),
        "example-window": example,
        "near-miss-line": miss,
    }
    return np.stack([columns[feature] for feature in FEATURES], axis=2)


def _window_features(encoded: Encoded, texts: Sequence[str], to: Targets) -> dict[str, FloatArray]:
    """Best cosine of any window of each text, shape (texts, skills) per feature."""
    wanted = {
        "name-window": (SHORT, Kind.NAME),
        "definition-window": (LONG, Kind.DEFINITION),
        "example-window": (LONG, Kind.EXAMPLE),
    }
    read = _words(encoded, texts)
    made = {lengths: _windows(encoded.sentences, read, lengths) for lengths in (SHORT, LONG)}
    found = {}
    for feature, (lengths, kind) in wanted.items():
        rows = to.rows[kind]
        best = best_window(*made[lengths], rows.vectors, len(texts))
        found[feature] = _best(best, rows, to.skills)
    return found


def windows(
    encoded: Encoded, texts: Sequence[str], lengths: Sequence[int]
) -> tuple[FloatArray, NDArray[np.int32]]:
    """All windows of all texts as unit vectors (w, d), and the text each belongs to (w,).

    ``lengths`` are in words. Windows come in the order of their texts; every text is a window too.
    """
    return _windows(encoded.sentences, _words(encoded, texts), lengths)


class _Words(NamedTuple):
    """The words of a text: their first tokens (words + 1), the sums of all before (tokens + 1, d).

    The last of ``starts`` is the number of tokens.
    """

    starts: NDArray[np.int64]
    sums: FloatArray


def _words(encoded: Encoded, texts: Sequence[str]) -> list[_Words]:
    return [
        _Words(_word_starts(spans, text), _sums(tokens))
        for text, spans, tokens in zip(texts, encoded.spans, encoded.tokens, strict=True)
    ]


def _windows(
    sentences: FloatArray, texts: Sequence[_Words], lengths: Sequence[int]
) -> tuple[FloatArray, NDArray[np.int32]]:
    parts: list[FloatArray] = []
    for sentence, words in zip(sentences, texts, strict=True):
        # The whole line is its own longest window.
        parts += [sentence[None, :], *_pooled(words, lengths)]
    if not parts:
        return sentences, np.zeros(0, np.int32)
    vectors = np.concatenate(parts)
    counts = [_count(words, lengths) for words in texts]
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
    return np.divide(vectors, np.maximum(norms, 1e-12), out=vectors), owners


def _word_starts(spans: NDArray[np.int32], text: str) -> NDArray[np.int64]:
    """Index of the first token of every word, with the number of tokens as the last entry."""
    begins = spans[:, 0].tolist()
    starts = [t for t, at in enumerate(begins) if t == 0 or text[at - 1 : at].isspace()]
    return np.array([*starts, len(spans)], np.int64)


def _sums(tokens: FloatArray) -> FloatArray:
    """Sums of the first tokens, none to all, shape (t + 1, d)."""
    sums = np.zeros((len(tokens) + 1, tokens.shape[1]), np.float32)
    for before, token, after in zip(sums, tokens, sums[1:], strict=False):
        np.add(before, token, out=after)  # row by row five times as fast as cumsum along them
    return sums


def _pooled(words: _Words, lengths: Sequence[int]) -> Iterator[FloatArray]:
    """Yield the mean token vectors of all runs of so many words, shape (runs, d), per length."""
    starts, sums = words
    for length in lengths:
        if length < len(starts) - 1:
            first, last = starts[:-length], starts[length:]
            yield (sums[last] - sums[first]) / (last - first).astype(np.float32)[:, None]


def _count(words: _Words, lengths: Sequence[int]) -> int:
    """How many windows a text has, itself included."""
    count = len(words.starts) - 1
    return 1 + sum(count - length + 1 for length in lengths if length < count)


def best_window(
    vectors: FloatArray, owners: NDArray[np.int32], rows: FloatArray, lines: int
) -> FloatArray:
    """Best cosine of any window of each line with each row, shape (lines, rows).

    ``vectors`` and ``owners`` are what ``windows`` returns.
    """
    cosines = vectors @ rows.T
    ends = np.searchsorted(owners, np.arange(lines + 1))
    best = np.empty((lines, len(rows)), np.float32)
    for line, (first, end) in enumerate(itertools.pairwise(ends)):
        cosines[first:end].max(axis=0, out=best[line])  # ten times as fast as reduceat
    return best


def _best(cosines: FloatArray, rows: Rows, skills: int) -> FloatArray:
    """Best of each skill's rows, shape (lines, skills)."""
    best = np.zeros((len(cosines), skills), np.float32)
    if len(rows.skills):
        best[:, rows.skills] = np.maximum.reduceat(cosines, rows.starts[:-1], axis=1)
    return best


def _mean_of_top(cosines: FloatArray, rows: Rows, skills: int, top: int) -> FloatArray:
    """Mean of the ``top`` best of each skill's rows, shape (lines, skills)."""
    mean = np.zeros((len(cosines), skills), np.float32)
    counts = np.diff(rows.starts)
    for count in sorted({*counts.tolist()}):  # one, as a rule
        alike = counts == count
        own = cosines[:, rows.starts[:-1][alike][:, None] + np.arange(count)]
        mean[:, rows.skills[alike]] = np.sort(own, axis=2)[:, :, -top:].mean(axis=2)
    return mean
