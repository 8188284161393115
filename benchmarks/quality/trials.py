"""A matcher fitted anew under changed conditions, and its row of figures beside gapfit's own.

Everything is fitted on the fit split, each stage on resumes that the stage before has not seen;
what is scored was seen by none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import data
import fit
import metrics
import numpy as np
from run import OVERLAP

from gapfit.datamodels import (
    Encoded,
    Encoder,
    FloatArray,
    Level,
    MatcherParameters,
    Skill,
    SkillVectors,
)
from gapfit.encoder.front import EncoderInFront
from gapfit.encoder.reading import Reading, together
from gapfit.matching import Features, model
from gapfit.scoring import USED_AT

# Less than for the matcher itself, in a fraction of the time. A line's model has some seventy
# weights, and half the pairs of the fit split are far more than they need.
CARE = fit.Care(folds=2, tolerance=1e-4)

FIT = "fit"  # the name of the set that is fitted on
COLUMNS = "AP    against gapfit F1    ECE   kappa overlap"
LABEL, CELL = 32, 48  # widths of the table, in characters

Sets = Mapping[str, Sequence[data.Labelled]]
Change = Callable[[data.Seen], data.Seen]


class Remembering(EncoderInFront):
    """An encoder that reads every text once, however many trials want it."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._known: dict[str, Reading] = {}

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            read = self._encoder.encode_tokens(new)
            readings = map(Reading, read.sentences, read.tokens, read.spans)
            self._known |= dict(zip(new, readings, strict=True))
        return together([self._known[text] for text in texts], self.dimension)


@dataclass(frozen=True)
class Evidence:
    """What a matcher is fitted on, and what it is to score."""

    fitted_on: list[data.Seen]  # each resume through probes that have not seen it
    scored: dict[str, list[data.Seen]]  # through probes of the whole fit split

    def changed(self, change: Change) -> Evidence:
        """The same, every resume seen otherwise."""
        scored = {name: list(map(change, seen)) for name, seen in self.scored.items()}
        return Evidence(list(map(change, self.fitted_on)), scored)


@dataclass(frozen=True)
class Outcome:
    """What was found in a set of resumes, (resumes, skills, levels), and what there is."""

    found: FloatArray
    depth: np.ndarray  # (resumes, skills), 0-3

    @property
    def truth(self) -> np.ndarray:
        return self.depth >= Level.USED

    @property
    def used(self) -> FloatArray:
        return self.found[:, :, model.LEVELS.index("used")]


def gather(
    sets: Sets, skills: Sequence[Skill], vectors: SkillVectors, encoder: Encoder
) -> Evidence:
    """What the matcher sees of every set, through probes fitted for it."""
    features = Features(skills, vectors)
    seen = {name: data.see(resumes, features, encoder) for name, resumes in sets.items()}
    fitted_on = seen.pop(FIT)
    learned = fit.fit_probes(fitted_on, skills, vectors)
    return Evidence(
        fit.through_unseen_probes(fitted_on, skills, vectors),
        {name: [fit.probed(s, learned) for s in rows] for name, rows in seen.items()},
    )


def fitted(evidence: Evidence, skills: Sequence[Skill]) -> MatcherParameters:
    """A matcher fitted on the evidence."""
    return fit.fit_levels(evidence.fitted_on, skills, care=CARE)


def score(
    sets: Mapping[str, Sequence[data.Seen]], skills: Sequence[Skill], parameters: MatcherParameters
) -> dict[str, Outcome]:
    """What a matcher with these parameters finds."""
    rates = model.base_rates(skills, parameters)
    areas = [skill.area for skill in skills]

    def found(seen: data.Seen) -> FloatArray:
        lines = model.supported(seen.features, seen.ceilings, parameters)
        return model.resume_probabilities(lines, rates, areas, parameters)

    return {
        name: Outcome(np.stack([found(s) for s in rows]), np.stack([s.source.depth for s in rows]))
        for name, rows in sets.items()
    }


def without(columns: Sequence[int]) -> Change:
    """These features made constant, so that nothing can be learned from them."""

    def change(seen: data.Seen) -> data.Seen:
        features = seen.features.copy()
        features[:, :, list(columns)] = 0.0
        return dataclasses.replace(seen, features=features)

    return change


class Table:
    """Prints one row per matcher; its first row is what the others are compared with."""

    def __init__(self, skills: Sequence[Skill]) -> None:
        self._overlap = np.array([skill.area in OVERLAP for skill in skills])
        self._first: dict[str, Outcome] | None = None

    def row(self, name: str, outcomes: dict[str, Outcome]) -> None:
        if self._first is None:
            self._first = outcomes
            print()
            _print("", outcomes)
            _print("", [COLUMNS] * len(outcomes))
        _print(name, [self._cell(self._first[title], o) for title, o in outcomes.items()])

    def _cell(self, first: Outcome, outcome: Outcome) -> str:
        truth, used = outcome.truth, outcome.used
        levels = np.where(
            used >= USED_AT,
            Level.USED + (outcome.found[:, :, 2] >= 0.5),
            outcome.found[:, :, 0] >= 0.5,
        ).astype(int)
        overlap = metrics.average_precision(
            truth[:, self._overlap].ravel(), used[:, self._overlap].ravel()
        )
        return (
            f"{average_precision(outcome):.3f} {difference(first, outcome)} "
            f"{metrics.f1(truth, used >= USED_AT):.3f} "
            f"{metrics.calibration_error(truth.ravel(), used.ravel()):.3f} "
            f"{metrics.weighted_kappa(outcome.depth.ravel(), levels.ravel()):.3f} "
            f"{overlap:.3f}"
        )


def _print(name: str, cells: Iterable[str]) -> None:
    line = f"{name:<{LABEL}}" + "".join(f"{cell:<{CELL}}" for cell in cells)
    print(line.rstrip(), flush=True)


def average_precision(outcome: Outcome, chosen: np.ndarray | slice = slice(None)) -> float:
    """Of "demonstrated", over all pairs of the chosen resumes and a skill."""
    return metrics.average_precision(outcome.truth[chosen].ravel(), outcome.used[chosen].ravel())


def difference(first: Outcome, other: Outcome) -> str:
    """How far the other's AP lies above the first's, and its standard error over resumes."""
    if other is first:
        return " " * 14
    gain = average_precision(other) - average_precision(first)
    gains = [
        average_precision(other, chosen) - average_precision(first, chosen)
        for chosen in metrics.draws(len(first.depth))
    ]
    return f"{gain:+.3f} ± {np.std(gains):.3f}"
