"""The figures, each as one function of plain arrays."""

from __future__ import annotations

import numpy as np

DRAWS = 200


def average_precision(truth: np.ndarray, score: np.ndarray) -> float:
    """Area under the precision-recall curve, by the step-wise sum; ties share their rank."""
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(truth, score))


def f1(truth: np.ndarray, claimed: np.ndarray) -> float:
    """Harmonic mean of precision and recall."""
    hit = np.sum(truth & claimed)
    return float(2 * hit / max(np.sum(truth) + np.sum(claimed), 1))


def best_f1(truth: np.ndarray, score: np.ndarray) -> float:
    """F1 at the threshold that is best on this very data: an upper bound, for baselines."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(truth[order])
    claimed = np.arange(1, len(order) + 1)
    return float(np.max(2 * hits / (claimed + np.sum(truth))))


def calibration_error(truth: np.ndarray, probability: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    which = np.minimum((probability * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        inside = which == b
        if inside.any():
            gap = abs(truth[inside].mean() - probability[inside].mean())
            error += float(inside.mean() * gap)
    return error


def weighted_kappa(truth: np.ndarray, claimed: np.ndarray) -> float:
    """Quadratic-weighted kappa of two level assignments."""
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(truth, claimed, weights="quadratic"))


def spearman(truth: np.ndarray, score: np.ndarray) -> float:
    """Rank correlation; 0 when either side is constant."""
    from scipy.stats import spearmanr

    if np.ptp(truth) == 0 or np.ptp(score) == 0:
        return 0.0
    return float(spearmanr(truth, score).statistic)


def ndcg(wanted: tuple[str, ...], shown: list[str], k: int = 6) -> float:
    """nDCG@k with relevance falling by the labeller's order (k for the first, 1 for the last)."""
    relevance = {skill: k - i for i, skill in enumerate(wanted[:k])}
    discount = 1.0 / np.log2(np.arange(2, k + 2))
    gained = sum(relevance.get(s, 0) * d for s, d in zip(shown[:k], discount, strict=False))
    ideal = float(np.sum(np.arange(k, 0, -1) * discount))
    return float(gained / ideal)


def draws(resumes: int, count: int = DRAWS) -> list[np.ndarray]:
    """Indices of the resumes that other people might have given, for a bootstrap over resumes."""
    generator = np.random.default_rng(0)
    return [generator.integers(0, resumes, resumes) for _ in range(count)]
