"""What mechanisms that gapfit's matcher does not have would add, as further features to learn from.

    python benchmarks/quality/further.py [--also FILE.json ...]

Columns as in ``ablation.py``. Takes minutes.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import data
import fit
import numpy as np
import trials
from esco import late_interaction, unit
from run import print_manifest
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.kernel_ridge import KernelRidge
from trials import Evidence

from gapfit import encoder
from gapfit.datamodels import Encoder, FloatArray, Skill
from gapfit.matching import probes, words
from gapfit.pipeline import Analyzer

CHARACTERS = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), alternate_sign=False)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--also", type=Path, action="append", default=[], metavar="FILE.json")
    also = options.parse_args().also
    analyzer = Analyzer(encoder_=encoder.load())
    print_manifest(analyzer)
    catalogue, skills = analyzer.catalogue, analyzer.catalogue.skills
    encode = trials.Remembering(analyzer.encoder)
    sets = {
        trials.FIT: data.committed(catalogue, "fit"),
        "test split": data.committed(catalogue, "test"),
        **{path.name: data.collection(catalogue, path) for path in also},
    }
    whole = trials.gather(sets, skills, analyzer.vectors, encode)
    table = trials.Table(skills)
    for name, evidence in (
        ("gapfit", whole),
        ("with late interaction of names", with_late_interaction(whole, skills, encode)),
        ("with probes of characters", with_characters(whole, skills)),
    ):
        table.row(name, trials.score(evidence.scored, skills, trials.fitted(evidence, skills)))


def with_late_interaction(evidence: Evidence, skills: Sequence[Skill], encode: Encoder) -> Evidence:
    """Late interaction of a line's tokens with those of each skill's names, the best name's.

    Taken above the skill's mean over the fit split, and beside the best other skill.
    """
    texts = [(i, t) for i, s in enumerate(skills) for t in (s.name, *(a.text for a in s.aliases))]
    names = encode.encode_tokens([text for _, text in texts])
    tokens = unit(np.concatenate(names.tokens))
    lengths = np.array([len(own) for own in names.tokens])
    firsts = np.searchsorted([i for i, _ in texts], np.arange(len(skills)))

    def best(seen: data.Seen) -> FloatArray:
        cosines = late_interaction(encode.encode_tokens(seen.texts), tokens, lengths)
        return np.asarray(np.maximum.reduceat(cosines, firsts, axis=1))

    mean = np.concatenate([best(s) for s in evidence.fitted_on]).mean(axis=0)
    return evidence.changed(lambda seen: _with(seen, probes.beside_best([best(seen) - mean])))


def with_characters(evidence: Evidence, skills: Sequence[Skill]) -> Evidence:
    """Probes on hashed character n-grams, fitted as those on words are."""
    seen, folds = evidence.fitted_on, fit.FOLDS
    fitted_on = list(seen)
    for fold in range(folds):
        learned = _probes([s for i, s in enumerate(seen) if i % folds != fold], skills)
        for i in range(fold, len(seen), folds):
            fitted_on[i] = _spelled(seen[i], learned)
    whole = _probes(seen, skills)
    scored = {name: [_spelled(s, whole) for s in rows] for name, rows in evidence.scored.items()}
    return Evidence(fitted_on, scored)


def _probes(seen: Sequence[data.Seen], skills: Sequence[Skill]) -> KernelRidge:
    texts = words.catalogue_texts(skills)
    worth = np.zeros((len(texts), len(skills)))
    worth[np.arange(len(texts)), [i for i, _, _ in texts]] = [target for _, _, target in texts]
    levels = np.concatenate([s.levels for s in seen])
    wanted = [np.concatenate([levels >= level, worth]) for level in range(1, probes.LEVELS + 1)]
    counts = np.concatenate([np.ones(len(levels)), np.full(len(texts), probes.TEXT_WEIGHT)])
    lines = [text for s in seen for text in s.texts]
    rows = CHARACTERS.transform([*lines, *(text for _, text, _ in texts)])
    ridge = KernelRidge(alpha=probes.PENALTY, kernel="linear")
    return ridge.fit(rows, np.concatenate(wanted, axis=1), sample_weight=counts)


def _spelled(seen: data.Seen, learned: KernelRidge) -> data.Seen:
    shown = learned.predict(CHARACTERS.transform(seen.texts))
    return _with(seen, probes.beside_best(np.split(shown, probes.LEVELS, axis=1)))


def _with(seen: data.Seen, columns: FloatArray) -> data.Seen:
    features = np.concatenate([seen.features, columns], axis=2)
    return dataclasses.replace(seen, features=features)


if __name__ == "__main__":
    main()
