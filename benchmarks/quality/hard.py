"""The hard lines: single lines made to fool a matcher, and what each method makes of them.

    python benchmarks/quality/hard.py

Each line of ``hard_lines.jsonl`` has a kind (near-miss, negation, wish, course, ambiguous-tool,
synonym, several, implied) and its skills with levels. Prints, per kind, how many of the
demonstrated skills (level used or owned) are found and how many claims are wrong, for gapfit and
for keywords; then how near the benchmark's test lines come to the catalogue's own examples.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import data
import metrics

from gapfit import embeddings, encoder, matching, profiles, statements
from gapfit._version import __version__
from gapfit.datamodels import (
    Catalogue,
    Encoder,
    Form,
    Kind,
    Level,
    Section,
    SkillVectors,
    Statement,
)
from gapfit.matching import Features, model
from gapfit.matching.lexical import Lexicon

LINES = Path(__file__).parent / "hard_lines.jsonl"
CLAIMED_AT = 0.5  # a single line's own probability, before what a resume's other lines add


@dataclass(frozen=True)
class HardLine:
    """One labelled line; ``levels`` has shape (skills,)."""

    kind: str
    statement: Statement
    levels: np.ndarray


def main() -> None:
    catalogue, encode = profiles.load(), encoder.load()
    vectors = embeddings.load(catalogue, encode, __version__)
    lines = read(catalogue)
    made = [line.statement for line in lines]
    truth = np.stack([line.levels for line in lines]) >= Level.USED
    kinds = np.array([line.kind for line in lines])
    scores = {
        "gapfit": probabilities(catalogue, encode, vectors, made),
        "keywords and aliases": keywords(catalogue, made),
        "line cosine": cosines(encode, vectors, made),
    }
    print(f"{len(lines)} hard lines\n\naverage precision of demonstrated")
    for name, score in scores.items():
        print(f"  {name:<22} {metrics.average_precision(truth.ravel(), score.ravel()):.3f}")
    print_kinds(kinds, truth, scores)
    print_overlap(catalogue, encode, vectors, made)


def read(catalogue: Catalogue) -> list[HardLine]:
    """Return the hard lines; a line that the statement stage would split stays one."""
    index = {skill.id: i for i, skill in enumerate(catalogue.skills)}
    lines = []
    for text in LINES.read_text("utf-8").splitlines():
        entry = json.loads(text)
        levels = np.zeros(len(index), int)
        for skill, level in entry["skills"].items():
            levels[index[skill]] = level
        made = statements.from_lines([(entry["section"], entry["text"])]).statements
        statement = made[0] if len(made) == 1 else whole(entry["section"], entry["text"])
        lines.append(HardLine(entry["kind"], statement, levels))
    return lines


def whole(section: str, text: str) -> Statement:
    """The line as one statement."""
    return Statement(text, 1, 1, Section(section), Form.SENTENCE)


def probabilities(
    catalogue: Catalogue, encode: Encoder, vectors: SkillVectors, made: Sequence[Statement]
) -> np.ndarray:
    """Probability that each line demonstrates each skill, shape (lines, skills)."""
    parameters = embeddings.load_parameters()
    learned = embeddings.load_probes(catalogue, encode, parameters)
    worded = embeddings.load_words(catalogue, parameters)
    features = Features(catalogue.skills, vectors, learned, worded)
    encoded = encode.encode_tokens([matching.asserted(s) for s in made])
    ceilings = [matching.ceilings([s])[0] for s in made]
    return model.supported(features.of(made, encoded), ceilings, parameters)[:, :, 1]


def keywords(catalogue: Catalogue, made: Sequence[Statement]) -> np.ndarray:
    """1 where a line names a skill or one of its tools."""
    named, tools = Lexicon(catalogue.skills).hits(made, [matching.asserted(s) for s in made])
    return np.maximum(named, tools)


def cosines(encode: Encoder, vectors: SkillVectors, made: Sequence[Statement]) -> np.ndarray:
    """Cosine of each line with each skill's definition."""
    lines = encode.encode([s.text for s in made])
    return lines @ vectors.vectors[vectors.kinds == Kind.DEFINITION].T


def print_kinds(kinds: np.ndarray, truth: np.ndarray, scores: dict[str, np.ndarray]) -> None:
    """Found and wrong per kind, gapfit beside keywords."""
    print("\nkind             lines  shown   gapfit: found  wrong    keywords: found  wrong")
    for kind in dict.fromkeys(kinds):
        own = kinds == kind
        shown = truth[own]
        cells = []
        for name in ("gapfit", "keywords and aliases"):
            claimed = scores[name][own] >= CLAIMED_AT
            cells += [np.sum(claimed & shown), np.sum(claimed & ~shown)]
        print(
            f"{kind:<16} {own.sum():>5} {shown.sum():>6} {cells[0]:>15} {cells[1]:>6} "
            f"{cells[2]:>18} {cells[3]:>6}"
        )


def print_overlap(
    catalogue: Catalogue, encode: Encoder, vectors: SkillVectors, hard: Sequence[Statement]
) -> None:
    """How near test lines come to catalogue examples: high values would mean echoes."""
    examples = vectors.vectors[vectors.kinds == Kind.EXAMPLE]
    test = [t for r in data.committed(catalogue, "test") for _, t in r.lines]
    print("\nhighest cosine of a line with any catalogue example: median, 95th percentile, largest")
    for name, texts in {"test split": test, "hard lines": [s.text for s in hard]}.items():
        nearest = (encode.encode(texts) @ examples.T).max(axis=1)
        middle, high, top = np.percentile(nearest, [50, 95, 100])
        print(f"  {name:<22} {middle:.2f}  {high:.2f}  {top:.2f}")


if __name__ == "__main__":
    main()
