"""Judgement, measured: gapfit beside its baselines, on the same resumes in one run.

    python benchmarks/quality/run.py [--also FILE.json ...]

Reads the committed test split, and any further file of labelled resumes given with --also. Text
enters after the PDF stage, one labelled line at a time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import data
import metrics

from gapfit import datafiles, encoder, matching, scoring
from gapfit._version import __version__
from gapfit.datamodels import Analysis, Kind, Level, SkillMatch
from gapfit.matching.lexical import Lexicon
from gapfit.pipeline import Analyzer

OVERLAP = ("evals", "retrieval", "observability")
INTERVAL_DRAWS = 1000  # resumes drawn anew, for 95 % intervals
LEVELS = (Level.MENTIONED, Level.USED, Level.OWNED)
Scores = dict[str, np.ndarray]  # method -> (resumes, skills)


def main() -> None:
    arguments = parser().parse_args()
    analyzer = Analyzer(encoder_=encoder.load())
    print_manifest(analyzer)
    sets = {"fit split": data.committed(analyzer.catalogue, "fit")} if arguments.fit else {}
    sets["test split"] = data.committed(analyzer.catalogue, "test")
    sets |= {path.name: data.collection(analyzer.catalogue, path) for path in arguments.also}
    for name, resumes in sets.items():
        analyses = [analyzer.analyze(r.resume, "0" * 64) for r in resumes]
        print(f"\n## {name}: {len(resumes)} resumes, {sum(len(r.lines) for r in resumes)} lines\n")
        print_demonstrated(resumes, analyses, baselines(analyzer, resumes))
        print_noise(resumes, analyses)
        print_levels(resumes, analyses)
        print_roles(resumes, analyses, analyzer, arguments.verbose)
        print_gaps(resumes, analyses)


def print_manifest(analyzer: Analyzer) -> None:
    """What the figures were made with."""
    matcher = datafiles.sha256(datafiles.builtin("embeddings") / "matcher.json")
    print(
        f"gapfit {__version__}, model {analyzer.encoder.name} {analyzer.encoder.sha256[:12]}, "
        f"profiles {analyzer.catalogue.sha256[:12]}, matcher {matcher[:12]}"
    )


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--also", type=Path, action="append", default=[], metavar="FILE.json")
    options.add_argument("--fit", action="store_true", help="show the fit split too")
    options.add_argument("-v", "--verbose", action="store_true", help="each resume's roles")
    return options


def baselines(analyzer: Analyzer, resumes: list[data.Labelled]) -> Scores:
    """What is had without any of gapfit's own parts."""
    vectors = analyzer.vectors
    names = np.stack(
        [
            vectors.vectors[(vectors.skills == i) & (vectors.kinds == Kind.NAME)][0]
            for i in range(len(analyzer.catalogue.skills))
        ]
    )
    definitions = vectors.vectors[vectors.kinds == Kind.DEFINITION]
    whole = analyzer.encoder.encode([r.text for r in resumes])
    lines = [analyzer.encoder.encode([text for _, text in r.lines]) for r in resumes]
    lexicon = Lexicon(analyzer.catalogue.skills)
    return {
        "whole-resume cosine": whole @ names.T + whole @ definitions.T,
        "best-line cosine": np.stack(
            [(x @ names.T + x @ definitions.T).max(axis=0) for x in lines]
        ),
        "keywords and aliases": np.stack([_keywords(lexicon, r) for r in resumes]),
    }


def _keywords(lexicon: Lexicon, labelled: data.Labelled) -> np.ndarray:
    """Number of lines that name a skill or its tools: what a keyword search would rank by."""
    made = labelled.resume.statements
    named, tools = lexicon.hits(made, [matching.asserted(s) for s in made])
    return np.maximum(named, tools).sum(axis=0)


def print_demonstrated(
    resumes: list[data.Labelled], analyses: list[Analysis], others: Scores
) -> None:
    """Average precision and F1 of "demonstrated" over all resume-skill pairs."""
    truth = np.stack([r.depth for r in resumes]).ravel() >= Level.USED
    overlap = np.tile([s.area in OVERLAP for s in analyses[0].skills], len(resumes))
    confidence = np.array([f.confidence for a in analyses for f in a.skills])
    claimed = np.array([f.level >= Level.USED for a in analyses for f in a.skills])
    print("demonstrated            AP     F1     | overlap areas: AP   F1")
    for name, scores in others.items():
        flat = scores.ravel()
        print(
            f"{name:<22} {metrics.average_precision(truth, flat):.3f}  "
            f"{metrics.best_f1(truth, flat):.3f}* |  "
            f"{metrics.average_precision(truth[overlap], flat[overlap]):.3f}  "
            f"{metrics.best_f1(truth[overlap], flat[overlap]):.3f}*"
        )
    print(
        f"{'gapfit':<22} {metrics.average_precision(truth, confidence):.3f}  "
        f"{metrics.f1(truth, claimed):.3f}  |  "
        f"{metrics.average_precision(truth[overlap], confidence[overlap]):.3f}  "
        f"{metrics.f1(truth[overlap], claimed[overlap]):.3f}   "
        f"(best possible F1 {metrics.best_f1(truth, confidence):.3f}*, "
        f"calibration error {metrics.calibration_error(truth, confidence):.3f})"
    )


def print_noise(resumes: list[data.Labelled], analyses: list[Analysis]) -> None:
    """How far gapfit's figures would move with other people's resumes: 95 % intervals."""
    truth = np.stack([r.depth for r in resumes]) >= Level.USED
    confidence = np.array([[f.confidence for f in a.skills] for a in analyses])
    claimed = np.array([[f.level >= Level.USED for f in a.skills] for a in analyses])
    overlap = np.array([s.area in OVERLAP for s in analyses[0].skills])
    drawn = metrics.draws(len(resumes), INTERVAL_DRAWS)

    def between(skills: np.ndarray) -> str:
        found = [
            (
                metrics.average_precision(
                    truth[d][:, skills].ravel(), confidence[d][:, skills].ravel()
                ),
                metrics.f1(truth[d][:, skills], claimed[d][:, skills]),
            )
            for d in drawn
        ]
        low, high = np.percentile(found, (2.5, 97.5), axis=0)
        return f"{low[0]:.2f}-{high[0]:.2f} {low[1]:.2f}-{high[1]:.2f}"

    print(
        f"  95% over resumes     {between(np.full_like(overlap, True))} |  {between(overlap)}   "
        f"({truth.sum()} pairs demonstrated, {truth[:, overlap].sum()} in overlap areas)"
    )
    print("* at the threshold that is best on this very set; gapfit's own is fixed beforehand")


def print_levels(resumes: list[data.Labelled], analyses: list[Analysis]) -> None:
    """Agreement on the level of every resume-skill pair."""
    truth = np.stack([r.depth for r in resumes]).ravel()
    claimed = np.array([int(f.level) for a in analyses for f in a.skills])
    print(f"\nlevels: quadratic-weighted kappa {metrics.weighted_kappa(truth, claimed):.3f}")


def print_roles(
    resumes: list[data.Labelled], analyses: list[Analysis], analyzer: Analyzer, verbose: bool
) -> None:
    """Best role and rank correlation with the 0-4 labels, beside whole-document cosine.

    Beside them stands what the role profiles make of the labelled levels themselves.
    """
    roles = [r for r in analyzer.catalogue.roles if r.extends is None]
    stacks = analyzer.encoder.encode([f"{r.name}. {r.definition} {r.headline}" for r in roles])
    whole = analyzer.encoder.encode([r.text for r in resumes]) @ stacks.T

    def by_fit(i: int) -> dict[str, float]:
        return {fit.role: fit.fit for fit in analyses[i].roles}

    def by_cosine(i: int) -> dict[str, float]:
        return {role.id: float(x) for role, x in zip(roles, whole[i], strict=True)}

    def by_labels(i: int) -> dict[str, float]:
        matches = [
            SkillMatch(skill.id, *(float(depth >= level) for level in LEVELS), lines=())
            for skill, depth in zip(analyzer.catalogue.skills, resumes[i].depth, strict=True)
        ]
        return scoring.fit_values(roles, matches)

    print("\nroles                   best role first   in top two   Spearman with labels")
    methods: dict[str, Callable[[int], dict[str, float]]] = {
        "whole-resume cosine": by_cosine,
        "gapfit": by_fit,
        "levels as labelled": by_labels,
    }
    for name, scores in methods.items():
        ranked = [sorted(s, key=lambda r: -s[r]) for s in map(scores, range(len(resumes)))]
        first = np.mean([r.best_role == x[0] for r, x in zip(resumes, ranked, strict=True)])
        second = np.mean([r.best_role in x[:2] for r, x in zip(resumes, ranked, strict=True)])
        rank = [
            metrics.spearman(
                np.array([r.roles[role.id] for role in roles]),
                np.array([scores(i)[role.id] for role in roles]),
            )
            for i, r in enumerate(resumes)
        ]
        error = np.std(rank, ddof=1) / np.sqrt(len(rank))
        print(f"{name:<22}  {first:>8.0%} {second:>17.0%} {np.mean(rank):>15.3f} ± {error:.3f}")
    fits = np.array([by_fit(i)[role.id] for i in range(len(resumes)) for role in roles])
    labels = np.array([r.roles[role.id] for r in resumes for role in roles])
    means = "  ".join(
        f"{label}: {fits[labels == label].mean():.0f}"
        for label in range(5)
        if (labels == label).any()
    )
    print(f"mean fit by label       {means}")
    if verbose:
        for r, a in zip(resumes, analyses, strict=True):
            top = ", ".join(f"{f.role} {f.fit:.0f}({r.roles[f.role]})" for f in a.roles[:4])
            print(f"  {r.id} {r.best_role:<26} {top}")


def print_gaps(resumes: list[data.Labelled], analyses: list[Analysis]) -> None:
    """The six gaps shown first, against the depth labels and the labelled gaps."""
    lacking, gained, hits = [], [], []
    for labelled, analysis in zip(resumes, analyses, strict=True):
        index = {f.skill: i for i, f in enumerate(analysis.skills)}
        shown = [gap.skill for gap in analysis.gaps[:6]]
        lacking.append(np.sum(labelled.depth[[index[s] for s in shown]] < Level.USED))
        gained.append(metrics.ndcg(labelled.gaps, shown))
        hits.append(len(set(shown) & set(labelled.gaps)))
    print(
        f"\ngaps: of six shown, {np.mean(lacking):.2f} truly lacking, {np.mean(hits):.2f} among "
        f"the six labelled; nDCG@6 {np.mean(gained):.3f}"
    )


if __name__ == "__main__":
    main()
