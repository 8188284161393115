"""What each part of the matcher is worth: gapfit fitted again without it, on the same resumes.

    python benchmarks/quality/ablation.py [--also FILE.json ...]

A part is taken away by making its features constant, so that nothing can be learned from them, and
everything else is fitted again on the fit split. Takes minutes: each row is a whole fit.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import data
import fit
import metrics
from run import OVERLAP, print_manifest

from gapfit import encoder
from gapfit.datamodels import Level, MatcherParameters
from gapfit.matching import FEATURES, Features, model
from gapfit.pipeline import Analyzer
from gapfit.scoring import USED_AT

PARTS: dict[str, Callable[[str], bool]] = {
    "gapfit": lambda _: False,
    "without probes": lambda name: name.startswith("probe:"),
    "without names in the text": lambda name: name.startswith(("named", "tool-named")),
    "without windows": lambda name: "-window" in name,
    "without examples": lambda name: "example" in name,
    "without near misses": lambda name: "near-miss" in name,
    "without definitions": lambda name: "definition" in name,
    "without the best other skill": lambda name: "below-best-skill" in name,
    "without wording": lambda name: any(s in name for s in ("cue:", "deed", "words", "list-like")),
    "without sections": lambda name: "section:" in name or "form:" in name,
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--also", type=Path, action="append", default=[], metavar="FILE.json")
    analyzer = Analyzer(encoder_=encoder.load())
    print_manifest(analyzer)
    catalogue = analyzer.catalogue
    sets = {
        "fit": data.committed(catalogue, "fit"),
        "test split": data.committed(catalogue, "test"),
    }
    sets |= {p.name: data.collection(catalogue, p) for p in options.parse_args().also}
    features = Features(catalogue.skills, analyzer.vectors)
    seen = {name: data.see(r, features, analyzer.encoder) for name, r in sets.items()}
    learned = fit.fit_probes(seen["fit"], catalogue.skills, analyzer.vectors)
    fitted_on = fit.through_unseen_probes(seen.pop("fit"), catalogue.skills, analyzer.vectors)
    seen = {name: [fit.probed(s, learned) for s in rows] for name, rows in seen.items()}
    areas = [skill.area for skill in catalogue.skills]
    print(f"\n{'':<30}" + "".join(f"{name:^34}" for name in seen))
    print(f"{'':<30}" + "  AP     F1     overlap AP  kappa " * len(seen))
    for part, gone in PARTS.items():
        columns = [i for i, name in enumerate(FEATURES) if gone(name)]
        parameters = fit.fit_levels([without(s, columns) for s in fitted_on], catalogue.skills)
        show(part, seen, columns, areas, parameters, model.base_rates(catalogue.skills, parameters))
        if part == "gapfit":
            for name, blunt in blunted(parameters).items():
                rates = model.base_rates(catalogue.skills, parameters)
                show(name, seen, [], areas, blunt, rates)


def blunted(parameters: MatcherParameters) -> dict[str, MatcherParameters]:
    """The resume models without one of their terms, nothing fitted again."""

    def alike(**changes: float) -> MatcherParameters:
        levels = {k: dataclasses.replace(m, **changes) for k, m in parameters.levels.items()}
        return dataclasses.replace(parameters, levels=levels)

    return {"without company": alike(company=0.0), "without base rates": alike(base=0.0)}


def without(seen: data.Seen, columns: Sequence[int]) -> data.Seen:
    """The resume with these features constant."""
    features = seen.features.copy()
    features[:, :, list(columns)] = 0.0
    return dataclasses.replace(seen, features=features)


def show(
    part: str,
    sets: dict[str, list[data.Seen]],
    columns: Sequence[int],
    areas: Sequence[str],
    parameters: MatcherParameters,
    rates: np.ndarray,
) -> None:
    """One row of the table."""
    cells = []
    for rows in sets.values():
        found = np.stack(
            [
                model.resume_probabilities(
                    model.supported(without(s, columns).features, s.ceilings, parameters),
                    rates,
                    areas,
                    parameters,
                )
                for s in rows
            ]
        )
        depth = np.stack([s.source.depth for s in rows])
        truth, used = depth >= Level.USED, found[:, :, 1]
        overlap = np.isin(areas, OVERLAP)
        levels = np.where(used >= USED_AT, 2 + (found[:, :, 2] >= 0.5), found[:, :, 0] >= 0.5)
        cells += [
            f"{metrics.average_precision(truth.ravel(), used.ravel()):.3f}  "
            f"{metrics.f1(truth, used >= USED_AT):.3f}  "
            f"{metrics.average_precision(truth[:, overlap].ravel(), used[:, overlap].ravel()):.3f}"
            f"       {metrics.weighted_kappa(depth.ravel(), levels.ravel().astype(int)):.3f}   "
        ]
    print(f"{part:<30}" + " ".join(cells), flush=True)


if __name__ == "__main__":
    main()
