"""The learned part of matching: similarity, names and wording together, as probabilities.

Per line and skill, one logistic model for each level. Per resume and skill, the strongest lines
together ("at least one of them is right"), weighed by how common the skill is. It only ever rises
with another line, so more evidence never lowers anything.

The parameters are fitted by ``benchmarks/quality/fit.py``; nothing here needs what fitted them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gapfit.datamodels import FloatArray, Level, LevelModel, MatcherParameters, Skill
from gapfit.errors import EmbeddingsError
from gapfit.matching import phrasing, probes, similarity, words

LEVELS = ("mentioned", "used", "owned")

# Likelihood that a name is a mention, from the fit split of benchmarks/quality: about four in five.
NAMED = 0.8

# Lines that may support one another; more would let many weak lines pass for a strong one.
STRONGEST = 3

_COMPETING = (
    "name-window",
    "definition-window",
    "example-line",
    "example-line-3",
    "example-window",
)
_RAW = ("name-window", "example-line", "example-window")
_EXAMPLE, _MISS = (similarity.FEATURES.index(f) for f in ("example-line-3", "near-miss-line"))

FEATURES: tuple[str, ...] = (
    *(f"above-background:{name}" for name in similarity.FEATURES),
    *(f"below-best-skill:{name}" for name in _COMPETING),
    *(f"cosine:{name}" for name in _RAW),
    "example-over-near-miss",
    "named",
    "tool-named",
    "named-and-tool-named",
    "named*example",
    *phrasing.FEATURES,
    *(f"named*{name}" for name in phrasing.FEATURES),
    *probes.FEATURES,
    *words.FEATURES,
)
# Where the probes' features stand, of vectors and of words: fitting replaces them by those of
# probes that have not seen a resume.
PROBED = slice(FEATURES.index(probes.FEATURES[0]), len(FEATURES))


def features(
    cosines: FloatArray,
    above: FloatArray,
    named: FloatArray,
    tools: FloatArray,
    wording: FloatArray,
    probed: FloatArray,
    spoken: FloatArray,
) -> FloatArray:
    """Join all that is known of n lines and s skills into (n, s, len(FEATURES)).

    ``cosines`` and ``above`` (the same, above background) have shape (n, s, f), ``named`` and
    ``tools`` (n, s), ``wording`` (n, w), ``probed`` and
    ``spoken`` (n, s, p).
    """
    competing = above[:, :, [similarity.FEATURES.index(name) for name in _COMPETING]]
    raw = cosines[:, :, [similarity.FEATURES.index(name) for name in _RAW]]
    literal = np.maximum(named, tools)
    worded = np.broadcast_to(wording[:, None, :], (*named.shape, wording.shape[1]))
    return np.concatenate(
        [
            above,
            competing - competing.max(axis=1, keepdims=True, initial=-np.inf),
            raw,
            (above[:, :, _EXAMPLE] - above[:, :, _MISS])[:, :, None],
            named[:, :, None],
            tools[:, :, None],
            (named * tools)[:, :, None],
            (literal * above[:, :, _EXAMPLE])[:, :, None],
            worded,
            worded * literal[:, :, None],
            probed,
            spoken,
        ],
        axis=2,
    ).astype(np.float32)


def check(parameters: MatcherParameters) -> None:
    """EmbeddingsError unless the parameters are for the features made here."""
    if parameters.features != FEATURES:
        raise EmbeddingsError(
            "embeddings/matcher.json: fitted for other features than this gapfit makes. "
            "Reinstall gapfit, or in a checkout run: python benchmarks/quality/fit.py"
        )


def line_probabilities(rows: FloatArray, parameters: MatcherParameters) -> FloatArray:
    """Probability that each line reaches each level of each skill: (n, s, 3), falling."""
    scaled = (rows - parameters.mean) / parameters.scale
    odds = [scaled @ m.weights + m.intercept for m in _models(parameters)]
    return falling(sigmoid(np.stack(odds, axis=2)))


def supported(
    rows: FloatArray, ceilings: Sequence[Level], parameters: MatcherParameters
) -> FloatArray:
    """What each line supports: its probabilities (n, s, levels) within what its wording allows.

    A mention is defined as naming, so a name makes one likely; and no level above a line's ceiling
    is possible.
    """
    lines = line_probabilities(rows, parameters)
    named = rows[:, :, [FEATURES.index("named"), FEATURES.index("tool-named")]].max(axis=2) > 0
    lines[:, :, 0] = np.where(named, np.maximum(lines[:, :, 0], NAMED), lines[:, :, 0])
    return within(lines, ceilings)


def within(lines: FloatArray, ceilings: Sequence[Level]) -> FloatArray:
    """Return the probabilities (n, s, levels) of lines, those above a line's ceiling gone."""
    deepest = np.array([int(ceiling) for ceiling in ceilings])[:, None]
    allowed = np.arange(1, len(LEVELS) + 1)[None, :] <= deepest
    return np.asarray(lines * allowed[:, None, :], np.float32)


def base_rates(skills: Sequence[Skill], parameters: MatcherParameters) -> FloatArray:
    """Log-odds (s, levels) of each skill's being shown; the mean for skills never counted."""
    known = parameters.base_rates
    typical = tuple(np.mean(list(known.values()), axis=0))
    rates = [known.get(skill.id, typical) for skill in skills]
    return np.array(rates, np.float32).reshape(len(rates), len(LEVELS))


def resume_probabilities(
    lines: FloatArray, rates: FloatArray, areas: Sequence[str], parameters: MatcherParameters
) -> FloatArray:
    """Probability that the resume reaches each level of each skill: (n, s, 3) to (s, 3).

    ``areas`` names each skill's area: skills keep company, and a person who shows the rest of an
    area more likely means this skill too.
    """
    return from_odds(together(lines), rates, areas, parameters)


def from_odds(
    odds: FloatArray, rates: FloatArray, areas: Sequence[str], parameters: MatcherParameters
) -> FloatArray:
    """The same from the log-odds (s, 3) of a resume's strongest lines together."""
    beside = company(odds, areas)
    columns = [
        m.own * odds[:, i] + m.base * rates[:, i] + m.company * beside + m.offset
        for i, m in enumerate(_models(parameters))
    ]
    return falling(sigmoid(np.stack(columns, axis=1)))


def together(lines: FloatArray) -> FloatArray:
    """Log-odds that at least one of the strongest lines is right: (n, s, 3) to (s, 3)."""
    strongest = -np.sort(-lines.astype(np.float64), axis=0)[:STRONGEST]
    wrong = np.clip(np.prod(1.0 - strongest, axis=0), 1e-9, 1.0 - 1e-9)
    return np.asarray(np.log1p(-wrong) - np.log(wrong))


def company(odds: FloatArray, areas: Sequence[str]) -> FloatArray:
    """How much of its area, apart from itself, stands beside each skill: (s, 3) to (s,).

    The sum of the others' probabilities of being used over the root of the area's size, so that
    neither a small nor a large area weighs more by its size alone.
    """
    used = sigmoid(odds[:, LEVELS.index("used")])
    names = np.asarray(areas)
    same = names[:, None] == names[None, :]
    return np.asarray((same @ used - used) / np.sqrt(np.maximum(same.sum(axis=1), 1)))


def sigmoid(odds: FloatArray) -> FloatArray:
    """Probability of log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -40.0, 40.0))))


def falling(probabilities: FloatArray) -> FloatArray:
    """Make the last axis fall: a deeper level is never likelier than a shallower one."""
    return np.asarray(np.minimum.accumulate(probabilities, axis=-1))


def _models(parameters: MatcherParameters) -> Sequence[LevelModel]:
    return [parameters.levels[level] for level in LEVELS]
