"""Fits the matcher's parameters on the fit split and writes ``embeddings/matcher.json``.

    python benchmarks/quality/fit.py

Only the fit split is read. The line models are logistic regressions, one per level; the
calibration per resume is fitted on lines scored by models that have not seen their resume.
Same data, same versions: same file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))

import data

from gapfit import datafiles, embeddings, encoder, profiles
from gapfit._version import __version__
from gapfit.datamodels import LevelModel, MatcherParameters
from gapfit.matching import LEVELS, Features, model

TARGET = Path(__file__).parents[2] / "embeddings" / "matcher.json"
STRENGTH = 0.01  # inverse regularisation; chosen by cross-validation within the fit split
FOLDS = 6
DIGITS = 5


def main() -> None:
    catalogue = profiles.load()
    encode = encoder.load()
    vectors = embeddings.load(catalogue, encode, __version__)
    resumes = data.committed(catalogue, "fit")
    seen = data.see(resumes, Features(catalogue.skills, vectors), encode)
    parameters = fit(seen)
    TARGET.write_text(serialised(parameters, resumes), "utf-8")
    print(f"{TARGET}: fitted on {len(resumes)} resumes, {sum(len(s.levels) for s in seen)} lines")


def fit(seen: list[data.Seen], strength: float = STRENGTH) -> MatcherParameters:
    """Fit line models on all of ``seen``, and the calibration on held-out folds of it."""
    plain = fit_lines(seen, strength)
    held_out: list[tuple[np.ndarray, np.ndarray]] = []
    for fold in range(min(FOLDS, len(seen))):
        inside = [s for i, s in enumerate(seen) if i % FOLDS != fold]
        outside = [s for i, s in enumerate(seen) if i % FOLDS == fold]
        partial = fit_lines(inside, strength)
        held_out += [
            (model.together(model.line_probabilities(s.features, partial)), s.levels.max(axis=0))
            for s in outside
        ]
    odds = np.concatenate([o for o, _ in held_out])
    depth = np.concatenate([d for _, d in held_out])
    levels = {
        name: calibrated(plain.levels[name], odds[:, i], depth >= i + 1)
        for i, name in enumerate(LEVELS)
    }
    return MatcherParameters(plain.features, plain.mean, plain.scale, levels, "")


def fit_lines(seen: list[data.Seen], strength: float) -> MatcherParameters:
    """Fit one logistic regression per level on statement-skill pairs."""
    features, levels = data.stacked(seen)
    mean = features.mean(axis=0)
    scale = np.maximum(features.std(axis=0), 1e-3)
    scaled = (features - mean) / scale
    models = {}
    for i, name in enumerate(LEVELS):
        regression = LogisticRegression(C=strength, max_iter=1000, tol=1e-6)
        regression.fit(scaled, levels >= i + 1)
        models[name] = LevelModel(
            intercept=round(float(regression.intercept_[0]), DIGITS),
            weights=np.round(regression.coef_[0], DIGITS).astype(np.float32),
            slope=1.0,
            offset=0.0,
        )
    return MatcherParameters(
        features=model.FEATURES,
        mean=np.round(mean, DIGITS).astype(np.float32),
        scale=np.round(scale, DIGITS).astype(np.float32),
        levels=models,
        sha256="",
    )


def calibrated(line: LevelModel, odds: np.ndarray, truth: np.ndarray) -> LevelModel:
    """Platt scaling of the resume's log-odds; its slope is positive for any useful model."""
    platt = LogisticRegression(C=1e6, max_iter=1000).fit(odds[:, None], truth)
    slope = float(platt.coef_[0, 0])
    if slope <= 0:
        raise ValueError("the fitted evidence does not rise with the labels")
    return LevelModel(
        line.intercept, line.weights, round(slope, DIGITS),
        round(float(platt.intercept_[0]), DIGITS),
    )


def serialised(parameters: MatcherParameters, resumes: list[data.Labelled]) -> str:
    """Return the parameters as JSON, with the hash of the data they were fitted on."""
    files = [data.RESUMES / f"{resume.id}.json" for resume in resumes]
    hashes = "\n".join(datafiles.sha256(f) for f in files)

    def numbers(values: np.ndarray) -> list[float]:
        return [round(float(v), DIGITS) for v in values]

    return json.dumps(
        {
            "fitted_by": "benchmarks/quality/fit.py",
            "data_sha256": hashlib.sha256(hashes.encode()).hexdigest(),
            "resumes": len(resumes),
            "features": list(parameters.features),
            "mean": numbers(parameters.mean),
            "scale": numbers(parameters.scale),
            "levels": {
                name: {
                    "intercept": m.intercept,
                    "slope": m.slope,
                    "offset": m.offset,
                    "weights": numbers(m.weights),
                }
                for name, m in parameters.levels.items()
            },
        },
        indent=1,
    ) + "\n"


if __name__ == "__main__":
    main()
