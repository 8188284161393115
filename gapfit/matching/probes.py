"""A learned direction in embedding space for every skill.

Examples say what a skill's lines are like; a *probe* is what labelled lines and examples have in
common, told apart from the lines of all other skills: a linear function of a line's unit vector,
one per skill and level, fitted by ridge regression (``benchmarks/quality/fit.py``). A skill nobody
labelled lines for, or another model, gets probes from the catalogue's texts alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gapfit.datamodels import FloatArray, Kind, SkillVectors

# What a line supports in itself, and beside the skill the line supports most.
FEATURES: tuple[str, ...] = (
    "probe:mentioned",
    "probe:mentioned-below-best-skill",
    "probe:used",
    "probe:used-below-best-skill",
)
LEVELS = 2  # mentioned, used

# Ridge penalty, and what a text of the catalogue counts beside a resume's line; chosen by
# cross-validation within the fit split of benchmarks/quality. A name says less than an example, a
# near miss nothing.
PENALTY = 1.0
TEXT_WEIGHT = 0.5
TEXT_TARGETS = {Kind.NAME: 0.8, Kind.DEFINITION: 0.8, Kind.EXAMPLE: 1.0, Kind.NEAR_MISS: 0.0}
_FREE = 1e-3  # penalty of the constant, which is not drawn to zero


def fit(lines: FloatArray, levels: FloatArray, vectors: SkillVectors, skills: int) -> FloatArray:
    """Return probes, shape (LEVELS, skills, d + 1), the last column being the constant.

    ``lines`` are unit vectors (n, d) and ``levels`` (n, skills) what they show, 0-3; the texts of
    the catalogue are added to them. Values are rounded to what float16 holds, as they are stored.
    """
    weights = np.concatenate([np.ones(len(lines)), np.full(len(vectors.vectors), TEXT_WEIGHT)])
    rows = np.concatenate([lines, vectors.vectors]).astype(np.float64)
    rows = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    worth = np.zeros((len(vectors.vectors), skills))
    worth[np.arange(len(worth)), vectors.skills] = [TEXT_TARGETS[Kind(k)] for k in vectors.kinds]
    penalty = PENALTY * np.eye(rows.shape[1])
    penalty[-1, -1] = _FREE
    weighted = (rows * weights[:, None]).T
    fitted = [
        np.linalg.solve(weighted @ rows + penalty, weighted @ np.concatenate([shown, worth])).T
        for shown in (levels >= level for level in range(1, LEVELS + 1))
    ]
    return np.asarray(np.stack(fitted).astype(np.float16), np.float32)


def completed(learned: FloatArray | None, vectors: SkillVectors, skills: int) -> FloatArray:
    """Return ``learned`` with probes from texts alone where a skill has none (NaN), or all are."""
    if learned is not None and not np.isnan(learned).any():
        return learned
    dimension = vectors.vectors.shape[1]
    no_lines = np.zeros((0, dimension), np.float32), np.zeros((0, skills), np.float32)
    texts = fit(*no_lines, vectors, skills)
    return texts if learned is None else np.where(np.isnan(learned), texts, learned)


def features(sentences: FloatArray, probes: FloatArray) -> FloatArray:
    """Return shape (statements, skills, len(FEATURES)).

    ``sentences`` has shape (statements, d), rows of unit length, and ``probes`` the shape that
    ``fit`` returns.
    """
    return beside_best([sentences @ w[:, :-1].T + w[:, -1] for w in probes])


def beside_best(shown: Sequence[FloatArray]) -> FloatArray:
    """Each level's (n, s) values, and how far they lie below the best skill's: (n, s, 2 * levels).

    Rounded, so that the last bits of a matrix product never show.
    """
    columns = []
    for values in shown:
        columns += [values, values - values.max(axis=1, keepdims=True, initial=-np.inf)]
    return np.round(np.stack(columns, axis=2), 4).astype(np.float32)
