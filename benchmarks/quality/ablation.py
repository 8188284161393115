"""What each part of the matcher is worth: gapfit fitted again without it, on the same resumes.

    python benchmarks/quality/ablation.py [--also FILE.json ...]

Every row is a matcher fitted anew on the fit split, but for those without one term of the resume
models. A part is taken away by making its features constant, so that nothing can be learned from
them. Takes a quarter of an hour.

Columns: average precision of "demonstrated" and how far it lies above gapfit's, with the standard
error of that difference over resumes; F1; calibration error; kappa of levels; average precision in
the overlap areas.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import data
import trials
from run import print_manifest

from gapfit import encoder
from gapfit.datamodels import MatcherParameters, SkillVectors
from gapfit.matching import FEATURES, background, phrasing, similarity
from gapfit.pipeline import Analyzer

WORDING = {name for name in phrasing.FEATURES if not name.startswith(("section:", "form:"))}

PARTS: dict[str, Callable[[str], bool]] = {
    "without probes of vectors": lambda name: name.startswith("probe:"),
    "without probes of words": lambda name: name.startswith("words:"),
    "without names in the text": lambda name: name.startswith(("named", "tool-named")),
    "without windows": lambda name: "-window" in name,
    "without examples": lambda name: "example" in name,
    "without near misses": lambda name: "near-miss" in name,
    "without definitions": lambda name: "definition" in name,
    "without the best other skill": lambda name: "below-best-skill" in name,
    "without wording": lambda name: name.removeprefix("named*") in WORDING,
    "without sections": lambda name: "section:" in name or "form:" in name,
}

# Fewer lengths of windows, in words: those that meet names, those that meet longer texts.
FEWER = {"SHORT": (1, 3), "LONG": (8,)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--also", type=Path, action="append", default=[], metavar="FILE.json")
    also = options.parse_args().also
    analyzer = Analyzer(encoder_=encoder.load())
    print_manifest(analyzer)
    catalogue, vectors = analyzer.catalogue, analyzer.vectors
    skills = catalogue.skills
    encode = trials.Remembering(analyzer.encoder)
    sets = {
        trials.FIT: data.committed(catalogue, "fit"),
        "test split": data.committed(catalogue, "test"),
        **{path.name: data.collection(catalogue, path) for path in also},
    }
    table = trials.Table(skills)

    def fit_and_show(name: str, evidence: trials.Evidence) -> MatcherParameters:
        parameters = trials.fitted(evidence, skills)
        table.row(name, trials.score(evidence.scored, skills, parameters))
        return parameters

    whole = trials.gather(sets, skills, vectors, encode)
    parameters = fit_and_show("gapfit", whole)
    for name, term in {"without company": "company", "without base rates": "base"}.items():
        table.row(name, trials.score(whole.scored, skills, blunted(parameters, term)))
    for name, gone in PARTS.items():
        columns = [i for i, feature in enumerate(FEATURES) if gone(feature)]
        fit_and_show(name, whole.changed(trials.without(columns)))
    raw = trials.gather(sets, skills, without_background(vectors), encode)
    fit_and_show("without hub correction", raw)
    with mock.patch.multiple(similarity, **FEWER):
        fit_and_show("with fewer lengths of windows", trials.gather(sets, skills, vectors, encode))


def blunted(parameters: MatcherParameters, term: str) -> MatcherParameters:
    """The resume models without one of their terms, nothing fitted again."""
    gone: dict[str, float] = {term: 0.0}
    levels = {k: dataclasses.replace(m, **gone) for k, m in parameters.levels.items()}
    return dataclasses.replace(parameters, levels=levels)


def without_background(vectors: SkillVectors) -> SkillVectors:
    """The skills with every cosine left as it is, however near to everything a skill lies."""
    mean, spread = background(vectors)
    plain = np.stack([np.zeros_like(mean), np.ones_like(spread)])
    return dataclasses.replace(vectors, background=plain)


if __name__ == "__main__":
    main()
