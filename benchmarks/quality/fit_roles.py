"""Fits each role's ``halfway``, the coverage at which its fit passes 50, and its ``shape``.

    python benchmarks/quality/fit_roles.py

Stacks differ in how much of them a person who would be interviewed shows: a Voice AI Engineer's
holds much that any engineer has, an ML Engineer's does not. Two numbers per role, where the fit
passes 50 and how steeply, put the fits on one scale. Only the fit split is read, each resume as a
matcher sees it that was fitted without it.
Prints the lines for ``profiles/roles/*.toml``, and F1 by threshold; nothing is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parent))

import data
import fit as matcher
import metrics

from gapfit import embeddings, encoder, profiles, scoring
from gapfit._version import __version__
from gapfit.datamodels import Catalogue, Level, Role, SkillMatch
from gapfit.matching import Features, model

# The fit, 0-1, that a label of 0-4 stands for: 4 would clearly be interviewed, 2 has clear gaps.
TARGETS = np.array([0.10, 0.28, 0.47, 0.65, 0.82])
RANKING = 0.5  # weight of the order of roles within a resume beside their values
SHARPNESS = 10.0  # how near to a step the ranking loss is
SHRINKAGE = 0.02  # pulls every role towards the common halfway
SHAPE_SHRINKAGE = 0.1  # and the common shape
SHAPES = (1.0, 5.0)
DIGITS = 3

THRESHOLDS = np.arange(0.30, 0.56, 0.05)


def main() -> None:
    catalogue, encode = profiles.load(), encoder.load()
    vectors = embeddings.load(catalogue, encode, __version__)
    resumes = data.committed(catalogue, "fit")
    seen = data.see(resumes, Features(catalogue.skills, vectors), encode)
    matches = unseen(matcher.through_unseen_probes(seen, catalogue.skills, vectors), catalogue)
    print_thresholds(resumes, matches)
    roles = [role for role in catalogue.roles if role.extends is None]
    coverage, gates = measured(roles, matches)
    labels = np.array([[r.roles[role.id] for role in roles] for r in resumes])
    for role, halfway, shape in zip(roles, *fit(coverage, gates, labels), strict=True):
        print(f"{role.id:<28} halfway = {halfway}  shape = {shape}")


def unseen(seen: list[data.Seen], catalogue: Catalogue) -> list[list[SkillMatch]]:
    """What is found in every resume by a matcher fitted without it."""
    parameters = embeddings.load_parameters()
    rates = model.base_rates(catalogue.skills, parameters)
    areas = [skill.area for skill in catalogue.skills]
    found = []
    for odds in matcher.unseen_odds(seen):
        levels = model.from_odds(odds, rates, areas, parameters)
        found.append(
            [
                SkillMatch(skill.id, *map(float, row), ())
                for skill, row in zip(catalogue.skills, levels, strict=True)
            ]
        )
    return found


def print_thresholds(resumes: list[data.Labelled], matches: list[list[SkillMatch]]) -> None:
    """F1 of "demonstrated" by the probability from which it is claimed."""
    truth = np.stack([r.depth for r in resumes]) >= Level.USED
    used = np.array([[match.used for match in found] for found in matches])
    row = "  ".join(f"{t:.2f}: {metrics.f1(truth, used >= t):.3f}" for t in THRESHOLDS)
    print(f"F1 by threshold  {row}")


def measured(roles: list[Role], matches: list[list[SkillMatch]]) -> tuple[np.ndarray, np.ndarray]:
    """Coverage and gate of every resume and role, both (resumes, roles)."""
    earned = [{match.skill: scoring.credit_of(match) for match in found} for found in matches]
    coverage = [[scoring.coverage(role, e) for role in roles] for e in earned]
    gates = [[scoring.gate(role, e) for role in roles] for e in earned]
    return np.array(coverage), np.array(gates)


def fit(
    coverage: np.ndarray, gates: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return one halfway and one shape per role."""
    wanted = TARGETS[labels]
    # Most labels are 0 or 1; every label counts the same, or the few high ones would be missed.
    share = 1.0 / (np.bincount(labels.ravel(), minlength=len(TARGETS))[labels] * len(TARGETS))
    above = np.clip(labels[:, :, None] - labels[:, None, :], 0, None)
    # So does every resume, whether its roles lie far apart or near.
    above = above / np.maximum(above.sum(axis=(1, 2), keepdims=True), 1) / len(labels)
    common = np.log([scoring.HALFWAY, scoring.SHAPE]).repeat(labels.shape[1])

    def loss(logs: np.ndarray) -> float:
        halfway, shape = np.exp(logs).reshape(2, -1)
        fitted = scoring.curve(coverage, halfway, shape) * gates
        apart = SHARPNESS * (fitted[:, :, None] - fitted[:, None, :])
        order = np.sum(np.logaddexp(0.0, -apart) * above)
        strayed = ((logs - common) ** 2).reshape(2, -1).mean(axis=1)
        pull = SHRINKAGE * strayed[0] + SHAPE_SHRINKAGE * strayed[1]
        return float(np.sum(share * (fitted - wanted) ** 2) + RANKING * order + pull)

    bounds = [(None, None)] * labels.shape[1] + [tuple(np.log(SHAPES))] * labels.shape[1]
    found = minimize(loss, common, method="L-BFGS-B", bounds=bounds).x
    halfway, shape = np.exp(found).reshape(2, -1)
    return np.round(halfway, DIGITS), np.round(shape, 2)


if __name__ == "__main__":
    main()
