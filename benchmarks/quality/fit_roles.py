"""Fits each role's ``halfway``: the coverage of its stack at which the fit passes 50.

    python benchmarks/quality/fit_roles.py

Stacks differ in how much of them a person who would be interviewed shows: a Voice AI Engineer's
holds much that any engineer has, an ML Engineer's does not. One number per role puts the fits on
one scale. Only the fit split is read. Prints the lines for ``profiles/roles/*.toml``; nothing is
written.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize, minimize_scalar

sys.path.insert(0, str(Path(__file__).parent))

import data

from gapfit import encoder, scoring
from gapfit.datamodels import Analysis, Role
from gapfit.pipeline import Analyzer

# The fit, 0-1, that a label of 0-4 stands for: 4 would clearly be interviewed, 2 has clear gaps.
TARGETS = np.array([0.10, 0.28, 0.47, 0.65, 0.82])
RANKING = 0.1  # weight of the order of roles within a resume beside their values
SHARPNESS = 10.0  # how near to a step the ranking loss is
SHRINKAGE = 0.02  # pulls every role towards the common value
DIGITS = 3


def main() -> None:
    analyzer = Analyzer(encoder_=encoder.load())
    roles = [role for role in analyzer.catalogue.roles if role.extends is None]
    resumes = data.committed(analyzer.catalogue, "fit")
    analyses = [analyzer.analyze(r.resume, "0" * 64) for r in resumes]
    coverage, gates = measured(roles, analyses)
    labels = np.array([[r.roles[role.id] for role in roles] for r in resumes])
    for role, halfway in zip(roles, fit(coverage, gates, labels), strict=True):
        print(f"{role.id:<28} halfway = {halfway:.{DIGITS}f}")


def measured(roles: list[Role], analyses: list[Analysis]) -> tuple[np.ndarray, np.ndarray]:
    """Coverage and gate of every resume and role, both (resumes, roles)."""
    earned = [{f.skill: f.credit for f in a.skills} for a in analyses]
    coverage = [[scoring.coverage(role, e) for role in roles] for e in earned]
    gates = [[scoring.gate(role, e) for role in roles] for e in earned]
    return np.array(coverage), np.array(gates)


def fit(coverage: np.ndarray, gates: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return one halfway per role: first their proportions, then their common size."""
    wanted = TARGETS[labels]
    # Most labels are 0 or 1; every label counts the same, or the few high ones would be missed.
    share = 1.0 / (np.bincount(labels.ravel(), minlength=len(TARGETS))[labels] * len(TARGETS))
    above = np.clip(labels[:, :, None] - labels[:, None, :], 0, None)

    def fits(logs: np.ndarray) -> np.ndarray:
        return np.asarray(scoring.curve(coverage, np.exp(logs)) * gates)

    def loss(logs: np.ndarray) -> float:
        fitted = fits(logs)
        apart = SHARPNESS * (fitted[:, :, None] - fitted[:, None, :])
        order = np.sum(np.logaddexp(0.0, -apart) * above) / np.sum(above)
        spread = np.mean((logs - np.log(scoring.HALFWAY)) ** 2)
        return float(np.sum(share * (fitted - wanted) ** 2) + RANKING * order + SHRINKAGE * spread)

    start = np.full(labels.shape[1], np.log(scoring.HALFWAY))
    logs = minimize(loss, start, method="L-BFGS-B").x
    size = minimize_scalar(
        lambda shift: np.sum(share * (fits(logs + shift) - wanted) ** 2),
        bounds=(-2, 2),
        method="bounded",
    )
    return np.round(np.exp(logs + size.x), DIGITS)


if __name__ == "__main__":
    main()
