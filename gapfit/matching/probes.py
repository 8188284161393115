"""A learned direction in embedding space for every skill.

Examples say what a skill's lines are like; a *probe* is what labelled lines and examples have in
common, told apart from the lines of all other skills: a linear function of a line's unit vector,
one per skill and level, fitted by ridge regression (``benchmarks/quality/fit.py``). A skill that
was never fitted, or another model, has none; its features are unknown there (NaN).
"""

from __future__ import annotations

import warnings

import numpy as np

from gapfit.datamodels import FloatArray

# What a line supports in itself, and beside the skill the line supports most.
FEATURES: tuple[str, ...] = (
    "probe:mentioned",
    "probe:mentioned-below-best-skill",
    "probe:used",
    "probe:used-below-best-skill",
)
LEVELS = 2  # mentioned, used


def features(sentences: FloatArray, probes: FloatArray | None, skills: int) -> FloatArray:
    """Return shape (statements, skills, len(FEATURES)), NaN where a skill has no probe.

    ``sentences`` has shape (statements, d), rows of unit length; ``probes`` has shape
    (LEVELS, skills, d + 1), the last column being the constant.
    """
    if probes is None or not len(sentences):
        return np.full((len(sentences), skills, len(FEATURES)), np.nan, np.float32)
    columns = []
    for weights in probes:
        shown = sentences @ weights[:, :-1].T + weights[:, -1]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # no skill at all has a probe
            best = np.nanmax(shown, axis=1, keepdims=True)
        columns += [shown, shown - best]
    return np.round(np.stack(columns, axis=2), 4).astype(np.float32)
