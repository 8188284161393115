"""Fits the matcher on the fit split: ``embeddings/matcher.json`` and the skills' probes.

    python benchmarks/quality/fit.py

Only the fit split is read. The probes are ridge regressions on the vectors, and on the words, of
lines and of the catalogue's texts; the line models are logistic regressions, one per level, that
see each line through probes that have not seen its resume; the resume models likewise are fitted on
lines scored by models that have not seen them.
Same data, same versions: same file.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))

import data

from gapfit import datafiles, embeddings, encoder, profiles
from gapfit._version import __version__
from gapfit.datamodels import LevelModel, MatcherParameters, Skill, SkillVectors, WordProbes
from gapfit.matching import LEVELS, Features, model, probes, words

TARGET = Path(__file__).parents[2] / "embeddings" / "matcher.json"
STRENGTH = 0.01  # inverse regularisation; chosen by cross-validation within the fit split
FOLDS = 6
DIGITS = 5

# A skill's base rate starts as if PRIOR_WEIGHT resumes had been seen, of which PRIOR_SHARE show it.
PRIOR_WEIGHT = 10.0
PRIOR_SHARE = 0.2


def main() -> None:
    catalogue = profiles.load()
    encode = encoder.load()
    vectors = embeddings.load(catalogue, encode, __version__)
    resumes = data.committed(catalogue, "fit")
    seen = data.see(resumes, Features(catalogue.skills, vectors), encode)
    parameters, learned = fit(seen, catalogue.skills, vectors)
    skills = np.array([skill.id for skill in catalogue.skills])
    probes_file = embeddings.builtin_store(encode.name) / "probes.npz"
    np.savez_compressed(
        probes_file,
        weights=learned.vectors.astype(np.float16),
        skills=skills,
        model_sha256=np.array(encode.sha256),
    )
    words_file = TARGET.parent / "words.npz"
    np.savez_compressed(
        words_file,
        weights=learned.words.weights.astype(np.float16),
        skills=skills,
        words=np.array(learned.words.words),
        idf=learned.words.idf,
    )
    parts = {
        path.relative_to(TARGET.parent).as_posix(): datafiles.sha256(path)
        for path in (probes_file, words_file)
    }
    parameters = dataclasses.replace(parameters, parts=parts)
    TARGET.write_text(serialised(parameters, resumes), "utf-8")
    print(f"{TARGET}: fitted on {len(resumes)} resumes, {sum(len(s.levels) for s in seen)} lines")


@dataclass(frozen=True)
class Care:
    """How carefully the line models are fitted: in how many folds, and to what gradient."""

    folds: int = FOLDS
    tolerance: float = 1e-6


CARE = Care()


@dataclass(frozen=True)
class Probes:
    """Both kinds: on vectors, shape (levels, skills, d + 1), and on words."""

    vectors: np.ndarray
    words: WordProbes


def fit(
    seen: list[data.Seen],
    skills: Sequence[Skill],
    vectors: SkillVectors,
    strength: float = STRENGTH,
) -> tuple[MatcherParameters, Probes]:
    """Fit probes and models on all of ``seen``, each stage on what the last has not seen."""
    unseen = through_unseen_probes(seen, skills, vectors)
    return fit_levels(unseen, skills, strength), fit_probes(seen, skills, vectors)


def fit_levels(
    seen: list[data.Seen],
    skills: Sequence[Skill],
    strength: float = STRENGTH,
    care: Care = CARE,
) -> MatcherParameters:
    """Fit the line models, and the resume models on lines that these have not seen."""
    lines = fit_lines(seen, strength, care)
    odds = unseen_odds(seen, strength, care)
    depth = np.stack([s.source.depth for s in seen])
    reached = depth[:, :, None] >= np.arange(1, len(LEVELS) + 1)
    rates = {
        skill.id: tuple(np.round(base_rate(reached[:, i]), DIGITS))
        for i, skill in enumerate(skills)
    }
    # Each resume's own labels are taken out of the base rate it is fitted with.
    base = np.stack([base_rate(np.delete(reached, i, axis=0)) for i in range(len(seen))])
    beside = np.stack([model.company(o, [skill.area for skill in skills]) for o in odds])
    levels = {
        name: fit_resume(lines.levels[name], odds[:, :, i], base[:, :, i], beside, reached[:, :, i])
        for i, name in enumerate(LEVELS)
    }
    return dataclasses.replace(lines, base_rates=rates, levels=levels)


def unseen_odds(seen: list[data.Seen], strength: float = STRENGTH, care: Care = CARE) -> np.ndarray:
    """Log-odds (resumes, skills, levels) from lines scored by models that have not seen them."""
    folds = min(care.folds, len(seen))
    odds = np.zeros((len(seen), seen[0].levels.shape[1], len(LEVELS)))
    for fold in range(folds):
        partial = fit_lines([s for i, s in enumerate(seen) if i % folds != fold], strength, care)
        for i in range(fold, len(seen), folds):
            odds[i] = model.together(model.supported(seen[i].features, seen[i].ceilings, partial))
    return odds


def through_unseen_probes(
    seen: list[data.Seen], skills: Sequence[Skill], vectors: SkillVectors
) -> list[data.Seen]:
    """Every resume as probes see it that were fitted without it."""
    folds = min(FOLDS, len(seen))
    out = list(seen)
    for fold in range(folds):
        learned = fit_probes([s for i, s in enumerate(seen) if i % folds != fold], skills, vectors)
        for i in range(fold, len(seen), folds):
            out[i] = probed(seen[i], learned)
    return out


def probed(seen: data.Seen, learned: Probes) -> data.Seen:
    """The resume with the features that these probes give it."""
    features = seen.features.copy()
    features[:, :, model.PROBED] = np.concatenate(
        [
            probes.features(seen.sentences, learned.vectors),
            words.features(seen.texts, learned.words),
        ],
        axis=2,
    )
    return dataclasses.replace(seen, features=features)


def fit_probes(seen: list[data.Seen], skills: Sequence[Skill], vectors: SkillVectors) -> Probes:
    """Probes from these resumes' lines and the catalogue's texts."""
    lines = np.concatenate([s.sentences for s in seen])
    levels = np.concatenate([s.levels for s in seen])
    texts = [text for s in seen for text in s.texts]
    vocabulary = words.vocabulary([*texts, *(text for _, text, _ in words.catalogue_texts(skills))])
    return Probes(
        vectors=probes.fit(lines, levels, vectors, len(skills)),
        words=words.fit(texts, levels, skills, *vocabulary),
    )


def base_rate(reached: np.ndarray) -> np.ndarray:
    """Log-odds of the share of resumes (first axis), drawn towards PRIOR_SHARE."""
    shown = reached.sum(axis=0) + PRIOR_WEIGHT * PRIOR_SHARE
    return np.asarray(np.log(shown / (len(reached) + PRIOR_WEIGHT - shown)))


def fit_lines(seen: list[data.Seen], strength: float, care: Care) -> MatcherParameters:
    """Fit one logistic regression per level on statement-skill pairs."""
    features, levels = data.stacked(seen)
    mean = features.mean(axis=0)
    scale = np.maximum(features.std(axis=0), 1e-3)
    scaled = (features - mean) / scale
    models = {}
    for i, name in enumerate(LEVELS):
        regression = LogisticRegression(C=strength, solver="newton-cholesky", tol=care.tolerance)
        regression.fit(scaled, levels >= i + 1)
        models[name] = LevelModel(
            intercept=round(float(regression.intercept_[0]), DIGITS),
            weights=np.round(regression.coef_[0], DIGITS).astype(np.float32),
        )
    return MatcherParameters(
        features=model.FEATURES,
        mean=np.round(mean, DIGITS).astype(np.float32),
        scale=np.round(scale, DIGITS).astype(np.float32),
        levels=models,
        base_rates={},
    )


def fit_resume(
    line: LevelModel,
    odds: np.ndarray,
    base: np.ndarray,
    beside: np.ndarray,
    truth: np.ndarray,
) -> LevelModel:
    """Logistic regression of a resume's level on its lines, the base rate and the company."""
    columns = np.stack([odds.ravel(), base.ravel(), beside.ravel()], axis=1)
    regression = LogisticRegression(C=100.0, max_iter=1000, tol=1e-6)
    regression.fit(columns, truth.ravel())
    own, common, company = (round(float(w), DIGITS) for w in regression.coef_[0])
    if own <= 0 or company < 0:
        raise ValueError("the fitted evidence falls where it should rise")
    return dataclasses.replace(
        line,
        own=own,
        base=common,
        company=company,
        offset=round(float(regression.intercept_[0]), DIGITS),
    )


def serialised(parameters: MatcherParameters, resumes: list[data.Labelled]) -> str:
    """Return the parameters as JSON, with the hash of the data they were fitted on."""
    files = [data.RESUMES / f"{resume.id}.json" for resume in resumes]
    hashes = "\n".join(datafiles.sha256(f) for f in files)

    def numbers(values: np.ndarray) -> list[float]:
        return [round(float(v), DIGITS) for v in values]

    return (
        json.dumps(
            {
                "fitted_by": "benchmarks/quality/fit.py",
                "data_sha256": hashlib.sha256(hashes.encode()).hexdigest(),
                "resumes": len(resumes),
                "parts": dict(parameters.parts),
                "features": list(parameters.features),
                "mean": numbers(parameters.mean),
                "scale": numbers(parameters.scale),
                "levels": {
                    name: {
                        "intercept": m.intercept,
                        "own": m.own,
                        "base": m.base,
                        "company": m.company,
                        "offset": m.offset,
                        "weights": numbers(m.weights),
                    }
                    for name, m in parameters.levels.items()
                },
                "base_rates": {skill: list(r) for skill, r in parameters.base_rates.items()},
            },
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
