"""The matching core on public data: which ESCO skills does a sentence of a job ad ask for?

    python benchmarks/quality/esco.py --esco DIR

DIR holds three files of the skill-extraction benchmark of Decorte et al. (2022), which are not
part of this repository: ``tech_validation_annotations.csv``, ``house_validation_annotations.csv``
and ``skills_en_label.txt``, the 13,896 ESCO labels that are ranked for every sentence. Only whole
sentences are read, never the annotated spans. Sentences without a label of the list are left out,
as published. Nothing is fitted here: only the vectors of the default model are at work.

A method is a weighted sum of *views*, each an array of shape (sentences, labels). Weights are
round numbers, compared on these very sets: read a difference against its standard error.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from gapfit import encoder
from gapfit._version import __version__
from gapfit.datamodels import Encoded, Encoder, FloatArray
from gapfit.matching import similarity

SETS = ("tech", "house")
LABELS = "skills_en_label.txt"
TOP = 5
WORDS = (1, 2, 3, 4, 5, 6)  # window lengths
NEIGHBOURS = 10  # nearest labels that say how near a label is to everything
SHARPNESS = 50.0  # of the soft maximum over windows
WORDLY = {"words", "characters"}  # views that need no encoder

Views = Mapping[str, FloatArray]

METHODS: tuple[tuple[str, dict[str, float]], ...] = (
    ("cosine of sentence and label", {"line": 1}),
    ("best window of 2-6 words", {"window-2": 1}),
    ("best window of 1-6 words", {"window": 1}),
    ("soft maximum of the windows", {"window-soft": 1}),
    ("window less half its sentence", {"window-less-line": 1}),
    ("late interaction of tokens", {"tokens": 1}),
    ("word TF-IDF alone", {"words": 1}),
    ("line + 2 window", {"line": 1, "window": 2}),
    ("line + 2 window + 0.5 words", {"line": 1, "window": 2, "words": 0.5}),
    ("line + 2 window + words", {"line": 1, "window": 2, "words": 1}),
    ("line + 2 window + 0.5 characters", {"line": 1, "window": 2, "characters": 0.5}),
    ("line + 2 window + 0.5 words - hub", {"line": 1, "window": 2, "words": 0.5, "hub": -1}),
    ("the same, mean taken out, no hub", {"line-0": 1, "window-0": 2, "words": 0.5}),
    ("line + 2 tokens", {"line": 1, "tokens": 2}),
    ("line + 2 tokens + 0.5 words", {"line": 1, "tokens": 2, "words": 0.5}),
    ("line + 2 tokens + words", {"line": 1, "tokens": 2, "words": 1}),
    ("line + 2 tokens + 0.5 words - hub", {"line": 1, "tokens": 2, "words": 0.5, "hub": -1}),
    ("re-encoded window", {"again": 1}),
    ("line + 2 re-encoded", {"line": 1, "again": 2}),
    ("line + 2 re-encoded + 0.5 words", {"line": 1, "again": 2, "words": 0.5}),
    ("line + 2 re-encoded + words", {"line": 1, "again": 2, "words": 1}),
)


@dataclass(frozen=True)
class Validation:
    """One validation set: its sentences, and per sentence the indices of its gold labels."""

    sentences: list[str]
    gold: list[frozenset[int]]


def main() -> None:
    folder = parser().parse_args().esco
    missing = [name for name in needed() if not (folder / name).is_file()]
    if missing:
        sys.exit(
            f"{folder}: no {', '.join(missing)}. Give --esco the folder with the validation files "
            "of github.com/jensjorisdecorte/Skill-Extraction-benchmark and the list of ESCO labels "
            f"({LABELS}, one a line)."
        )
    labels = (folder / LABELS).read_text("utf-8").splitlines()
    sets = {name: read(folder / filename(name), labels) for name in SETS}
    encode = encoder.load()
    print(f"gapfit {__version__}, model {encode.name} {encode.sha256[:12]}, {len(labels)} labels")
    seen = Labels(labels, encode)
    columns, passes = {}, {}
    for name, validation in sets.items():
        views, again = look(validation.sentences, seen, encode)
        columns[name] = [r_precision(total(views, m), validation.gold) for _, m in METHODS]
        passes[name] = again / len(validation.sentences)
    print_table(sets, columns, passes)


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--esco", type=Path, required=True, metavar="DIR", help="see above")
    return options


def filename(name: str) -> str:
    return f"{name}_validation_annotations.csv"


def needed() -> list[str]:
    return [*map(filename, SETS), LABELS]


def read(path: Path, labels: Sequence[str]) -> Validation:
    """Return the sentences that have a label of the list, in the order of the file."""
    index = {label: i for i, label in enumerate(labels)}
    gold: dict[str, set[int]] = {}
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            # "LABEL NOT PRESENT" and "UNDERSPECIFIED" are no labels of the list.
            if row["label"] in index:
                gold.setdefault(row["sentence"], set()).add(index[row["label"]])
    return Validation(list(gold), [frozenset(own) for own in gold.values()])


class Labels:
    """The labels as vectors, as tokens and as words; made once for all sentences."""

    def __init__(self, labels: Sequence[str], encode: Encoder) -> None:
        encoded = encode.encode_tokens(labels)
        self.vectors = encoded.sentences
        self.tokens = unit(np.concatenate(encoded.tokens))
        self.lengths = np.array([len(tokens) for tokens in encoded.tokens])
        self.mean = self.vectors.mean(axis=0)
        self.hub = hubness(self.vectors)
        self.words = TfidfVectorizer(sublinear_tf=True)
        self.characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self.by_words = self.words.fit_transform(labels)
        self.by_characters = self.characters.fit_transform(labels)


def look(
    sentences: Sequence[str], labels: Labels, encode: Encoder
) -> tuple[dict[str, FloatArray], int]:
    """Every view of the sentences, and how many windows were encoded again for "again"."""
    encoded, rows = encode.encode_tokens(sentences), labels.vectors
    centred = unit(rows - labels.mean)
    windows, owners = similarity.windows(encoded, sentences, WORDS)
    again, their, count = encoded_again(sentences, encode)

    def best(vectors: FloatArray, owners: np.ndarray, rows: FloatArray = rows) -> FloatArray:
        return similarity.best_window(vectors, owners, rows, len(sentences))

    views = {
        "line": encoded.sentences @ rows.T,
        "line-0": unit(encoded.sentences - labels.mean) @ centred.T,
        "window": best(windows, owners),
        "window-2": best(*similarity.windows(encoded, sentences, WORDS[1:])),
        "window-0": best(unit(windows - labels.mean), owners, centred),
        "window-soft": soft_maximum(windows @ rows.T, owners, len(sentences)),
        "window-less-line": best(unit(windows - 0.5 * encoded.sentences[owners]), owners),
        "tokens": late_interaction(encoded, labels.tokens, labels.lengths),
        "words": (labels.words.transform(sentences) @ labels.by_words.T).toarray(),
        "characters": (labels.characters.transform(sentences) @ labels.by_characters.T).toarray(),
        "hub": np.broadcast_to(labels.hub, (len(sentences), len(rows))),
        "again": best(again, their),
    }
    return views, count


def unit(vectors: FloatArray) -> FloatArray:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)


def hubness(vectors: FloatArray, chunk: int = 1024) -> FloatArray:
    """Mean cosine of each label with its nearest labels, as in CSLS, shape (labels,)."""
    parts = []
    for start in range(0, len(vectors), chunk):
        cosines = vectors[start : start + chunk] @ vectors.T
        # One more than wanted: the nearest of all is the label itself.
        nearest = np.partition(cosines, -NEIGHBOURS - 1, axis=1)[:, -NEIGHBOURS - 1 :]
        parts.append((nearest.sum(axis=1) - nearest.max(axis=1)) / NEIGHBOURS)
    return np.concatenate(parts)


def soft_maximum(cosines: FloatArray, owners: np.ndarray, sentences: int) -> FloatArray:
    """Log-mean-exp over each sentence's windows, shape (sentences, labels)."""
    firsts = np.searchsorted(owners, np.arange(sentences))
    sums = np.add.reduceat(np.exp(SHARPNESS * cosines), firsts, axis=0)
    counts = np.bincount(owners, minlength=sentences)[:, None]
    return np.asarray(np.log(sums / counts) / SHARPNESS, np.float32)


def late_interaction(encoded: Encoded, tokens: FloatArray, lengths: np.ndarray) -> FloatArray:
    """Mean over a label's tokens of the best cosine with any token of the sentence, at least 0.

    ``tokens`` are those of all labels, of unit length, and ``lengths`` how many each label has.
    """
    firsts = np.concatenate([[0], lengths.cumsum()[:-1]])
    rows = []
    for own in encoded.tokens:
        best = (tokens @ unit(own).T).max(axis=1, initial=0.0)
        rows.append(np.add.reduceat(best, firsts) / lengths)
    return np.asarray(rows, np.float32)


def encoded_again(sentences: Sequence[str], encode: Encoder) -> tuple[FloatArray, np.ndarray, int]:
    """Each sentence and each of its windows as texts of their own, their sentences, their number.

    The number is of distinct texts, which is how many the encoder reads.
    """
    texts, owners = [], []
    for i, sentence in enumerate(sentences):
        words = sentence.split()
        runs = [words[a : a + n] for n in WORDS for a in range(len(words) - n + 1)]
        own = [sentence, *map(" ".join, runs)]
        texts += own
        owners += [i] * len(own)
    return encode.encode(texts), np.array(owners), len(set(texts))


def total(views: Views, weights: Mapping[str, float]) -> FloatArray:
    parts = [weight * views[view] for view, weight in weights.items()]
    return np.asarray(np.sum(parts, axis=0), np.float32)


def r_precision(scores: FloatArray, gold: Sequence[frozenset[int]]) -> np.ndarray:
    """Per sentence, hits among the TOP best labels / min(TOP, number of gold labels); 0-1."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :TOP]
    return np.array(
        [
            len(own.intersection(top)) / min(TOP, len(own))
            for top, own in zip(best, gold, strict=True)
        ]
    )


def print_table(
    sets: Mapping[str, Validation],
    columns: Mapping[str, Sequence[np.ndarray]],
    passes: Mapping[str, float],
) -> None:
    """Mean R-precision@5 per set with its standard error over sentences; encodes per sentence."""
    sizes = ", ".join(f"{name.upper()} {len(v.sentences)} sentences" for name, v in sets.items())
    print(f"validation sets: {sizes}\n\nR-precision@{TOP} in percent, ± one standard error\n")
    print(f"{'':<36}" + "".join(f"{name.upper():>13}" for name in sets) + "   encodes/sentence")
    for i, (title, weights) in enumerate(METHODS):
        cells = "".join(f"{cell(columns[name][i]):>13}" for name in sets)
        counts = [encodes(weights, passes[name]) for name in sets]
        print(f"{title:<36}{cells}   {' / '.join(f'{count:.0f}' for count in counts)}")


def encodes(weights: Mapping[str, float], again: float) -> float:
    """How many texts a method encodes per sentence; ``again`` of them for re-encoded windows."""
    if "again" in weights:
        return again
    return 0.0 if weights.keys() <= WORDLY else 1.0


def cell(values: np.ndarray) -> str:
    error = values.std(ddof=1) / np.sqrt(len(values))
    return f"{100 * values.mean():.1f} ± {100 * error:.1f}"


if __name__ == "__main__":
    main()
