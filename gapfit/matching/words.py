"""What the words of a line say of each skill, learned.

An embedding knows what a line is about; which words settle it, it blurs. A *word probe* is a linear
function of a line's TF-IDF vector, one per skill and level, fitted by ridge regression on labelled
lines and the catalogue's texts (``benchmarks/quality/fit.py``). Names and tools found literally are
another matter: see ``lexical.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from gapfit.datamodels import FloatArray, Skill, WordProbes
from gapfit.matching import probes
from gapfit.matching.lexical import tokens

# What a line's words support in themselves, and beside the skill they support most.
FEATURES: tuple[str, ...] = (
    "words:mentioned",
    "words:mentioned-below-best-skill",
    "words:used",
    "words:used-below-best-skill",
)

# A word met in one text alone says nothing that could be learned.
_LEAST_TEXTS = 2
# Of the residual, relative: finer than what float16 keeps.
_TOLERANCE = 1e-6
_TEXT_TARGETS = {"name": 0.8, "definition": 0.8, "example": 1.0, "near-miss": 0.0}


def catalogue_texts(skills: Sequence[Skill]) -> list[tuple[int, str, float]]:
    """Every text of the catalogue: the index of its skill, the text, how far it shows the skill."""
    texts = []
    for i, skill in enumerate(skills):
        named = [skill.name, *(term.text for term in (*skill.aliases, *skill.tools))]
        texts += [(i, text, _TEXT_TARGETS["name"]) for text in named]
        texts += [(i, skill.definition, _TEXT_TARGETS["definition"])]
        texts += [(i, text, _TEXT_TARGETS["example"]) for text in skill.examples]
        texts += [(i, text, _TEXT_TARGETS["near-miss"]) for text in skill.near_misses]
    return texts


def vocabulary(texts: Sequence[str]) -> tuple[tuple[str, ...], FloatArray]:
    """Return the words of more than one text, sorted, and their inverse document frequencies."""
    found = Counter(word for text in texts for word in set(tokens(text)))
    kept = sorted(word for word, count in found.items() if count >= _LEAST_TEXTS)
    counts = np.array([found[word] for word in kept], np.float64)
    return tuple(kept), np.asarray(np.log((1 + len(texts)) / (1 + counts)) + 1, np.float32)


def weighed(texts: Sequence[str], words: tuple[str, ...], idf: FloatArray) -> FloatArray:
    """Return unit TF-IDF vectors, shape (texts, words); a text of unknown words is all zero.

    The count of a word enters as 1 + its logarithm.
    """
    index = _columns(words)
    out = np.zeros((len(texts), len(index)), np.float32)
    for row, text in zip(out, texts, strict=True):
        for word, count in Counter(tokens(text)).items():
            if word in index:
                row[index[word]] = (1.0 + np.log(count)) * idf[index[word]]
    lengths = np.linalg.norm(out, axis=1, keepdims=True)
    return np.asarray(out / np.maximum(lengths, 1e-12), np.float32)


@lru_cache(maxsize=4)
def _columns(words: tuple[str, ...]) -> dict[str, int]:
    return {word: i for i, word in enumerate(words)}


def fit(
    lines: Sequence[str],
    levels: FloatArray,
    skills: Sequence[Skill],
    words: tuple[str, ...],
    idf: FloatArray,
) -> WordProbes:
    """Fit on lines and what they show, ``levels`` (n, skills) 0-3, and the catalogue's texts.

    Penalty and the weight of a text are those of the other probes. Weights are rounded to what
    float16 holds, as they are stored.
    """
    texts = catalogue_texts(skills)
    worth = np.zeros((len(texts), len(skills)))
    worth[np.arange(len(texts)), [i for i, _, _ in texts]] = [target for _, _, target in texts]
    wanted = [
        np.concatenate([np.asarray(levels) >= level, worth])
        for level in range(1, probes.LEVELS + 1)
    ]
    rows = weighed([*lines, *(text for _, text, _ in texts)], words, idf)
    counts = np.concatenate([np.ones(len(lines)), np.full(len(texts), probes.TEXT_WEIGHT)])
    fitted = _ridge(rows, counts, np.concatenate(wanted, axis=1)).T
    return WordProbes(words, idf, fitted.reshape(len(wanted), len(skills), len(words)))


def _ridge(rows: FloatArray, counts: FloatArray, wanted: FloatArray) -> FloatArray:
    """Ridge regression by conjugate gradients, shape (words, columns of ``wanted``).

    A line holds a few of thousands of words: what a direct solution takes minutes for, a few dozen
    sparse products do. Every column goes its own way until all have converged.
    """
    from scipy.sparse import csr_array

    sparse = csr_array(rows.astype(np.float64))
    weighted = csr_array((sparse * counts[:, None]).T)
    solution = np.zeros((rows.shape[1], wanted.shape[1]))
    residual = np.asarray(weighted @ wanted)
    direction, left = residual.copy(), (residual**2).sum(axis=0)
    enough = np.maximum(left, 1e-12) * _TOLERANCE**2
    while (left > enough).any():
        product = weighted @ (sparse @ direction) + probes.PENALTY * direction
        step = left / np.maximum((direction * product).sum(axis=0), 1e-300)
        solution += step * direction
        residual -= step * product
        before, left = left, (residual**2).sum(axis=0)
        direction = residual + left / np.maximum(before, 1e-300) * direction
    return np.asarray(solution.astype(np.float16), np.float32)


def completed(learned: WordProbes | None, skills: Sequence[Skill]) -> WordProbes:
    """Return ``learned``, with weights from texts alone for skills that have none (NaN).

    The words that such a skill's texts add to the vocabulary count as rare as any known word.
    """
    if learned is not None and not np.isnan(learned.weights).any():
        return learned
    words, idf = _with_words_of(learned, skills)
    weights = np.zeros((probes.LEVELS, len(skills), len(words)), np.float32)
    unknown = np.full(len(skills), True)
    if learned is not None:
        unknown = np.asarray(np.isnan(learned.weights).any(axis=(0, 2)))
        weights[:, ~unknown, : len(learned.words)] = learned.weights[:, ~unknown]
    texts = catalogue_texts(skills)
    owners, targets = np.array([i for i, _, _ in texts]), np.array([t for _, _, t in texts])
    wanted = (owners[:, None] == np.flatnonzero(unknown)) * targets[:, None]
    rows = weighed([text for _, text, _ in texts], words, idf)
    # Texts say whether a skill is meant, not how deep: every level gets the same.
    weights[:, unknown] = _ridge(rows, np.full(len(texts), probes.TEXT_WEIGHT), wanted).T
    return WordProbes(words, idf, weights)


def _with_words_of(
    learned: WordProbes | None, skills: Sequence[Skill]
) -> tuple[tuple[str, ...], FloatArray]:
    texts = [text for _, text, _ in catalogue_texts(skills)]
    if learned is None:
        return vocabulary(texts)
    own = {word for text in texts for word in tokens(text)} - set(learned.words)
    rarest = learned.idf.max(initial=1.0)
    more = np.full(len(own), rarest, np.float32)
    return (*learned.words, *sorted(own)), np.concatenate([learned.idf, more])


def features(texts: Sequence[str], learned: WordProbes) -> FloatArray:
    """Return shape (texts, skills, len(FEATURES))."""
    rows = weighed(texts, learned.words, learned.idf)
    return probes.beside_best([rows @ weights.T for weights in learned.weights])
