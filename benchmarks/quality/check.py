"""The quick benchmark: fails when judgement on the test split falls by more than its noise.

    python benchmarks/quality/check.py            # a few seconds; part of make check
    python benchmarks/quality/check.py --update   # after a change that is meant

``floor.json`` holds the figures as last measured, and each one's standard error over resumes (by
bootstrap): how much it would move with other people's resumes. A fall by more than that fails.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import data
import metrics

from gapfit import encoder
from gapfit.datamodels import Analysis, Level
from gapfit.pipeline import Analyzer

FLOOR = Path(__file__).parent / "floor.json"
DIGITS = 4


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--update", action="store_true", help="take today's figures as the floor")
    update = options.parse_args().update
    analyzer = Analyzer(encoder_=encoder.load(cache=False))
    resumes = data.committed(analyzer.catalogue, "test")
    analyses = [analyzer.analyze(r.resume, "0" * 64) for r in resumes]
    measured = figures(resumes, analyses)
    if update:
        noise = errors(resumes, analyses)
        floor = {name: {"measured": measured[name], "noise": noise[name]} for name in measured}
        FLOOR.write_text(json.dumps(floor, indent=1) + "\n", "utf-8")
    return compare(measured, json.loads(FLOOR.read_text("utf-8")))


def figures(resumes: list[data.Labelled], analyses: list[Analysis]) -> dict[str, float]:
    """What is held: each figure the higher, the better."""
    depth = np.stack([r.depth for r in resumes]).ravel()
    confidence = np.array([f.confidence for a in analyses for f in a.skills])
    levels = np.array([int(f.level) for a in analyses for f in a.skills])
    truth = depth >= Level.USED
    ranked = [[fit.role for fit in a.roles] for a in analyses]
    order = [
        metrics.spearman(
            np.array([r.roles[fit.role] for fit in a.roles]), np.array([f.fit for f in a.roles])
        )
        for r, a in zip(resumes, analyses, strict=True)
    ]
    top = [r.best_role in roles[:2] for r, roles in zip(resumes, ranked, strict=True)]
    gaps = [
        metrics.ndcg(r.gaps, [gap.skill for gap in a.gaps[:6]])
        for r, a in zip(resumes, analyses, strict=True)
    ]
    values = {
        "average precision": metrics.average_precision(truth, confidence),
        "F1": metrics.f1(truth, levels >= Level.USED),
        "calibration": 1.0 - metrics.calibration_error(truth, confidence),
        "level kappa": metrics.weighted_kappa(depth, levels),
        "best role in top two": float(np.mean(top)),
        "Spearman of fits": float(np.mean(order)),
        "gaps nDCG@6": float(np.mean(gaps)),
    }
    return {name: round(value, DIGITS) for name, value in values.items()}


def errors(resumes: list[data.Labelled], analyses: list[Analysis]) -> dict[str, float]:
    """Standard error of every figure over resumes, by bootstrap."""
    drawn = [
        figures([resumes[i] for i in chosen], [analyses[i] for i in chosen])
        for chosen in metrics.draws(len(resumes))
    ]
    return {name: round(float(np.std([d[name] for d in drawn])), DIGITS) for name in drawn[0]}


def compare(measured: dict[str, float], floor: dict[str, dict[str, float]]) -> int:
    """Print every figure beside its floor; 1 when one is below."""
    failed = 0
    for name, value in measured.items():
        least = floor[name]["measured"] - floor[name]["noise"]
        fell = value < least
        failed |= fell
        print(f"{name:<22} {value:.3f}  (at least {least:.3f}){'  FELL' if fell else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
