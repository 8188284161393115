"""What each statement of a job ad asks for, as probabilities.

The same evidence as for a resume's lines, without its wording: a wish is what an ad is made of, and
a skills list asks as firmly as a sentence. On top of it stands a probe of its own, learned from the
way ads name skills. The parameters are fitted by ``benchmarks/decode/fit.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gapfit.datamodels import (
    AdLine,
    AskModel,
    Encoded,
    FloatArray,
    Form,
    Section,
    Skill,
    SkillVectors,
    Statement,
    WordProbes,
)
from gapfit.errors import EmbeddingsError
from gapfit.matching import Features, model, phrasing, probes

_WORDING = frozenset((*phrasing.FEATURES, *(f"named*{name}" for name in phrasing.FEATURES)))
_KEPT = [i for i, name in enumerate(model.FEATURES) if name not in _WORDING]

FEATURES: tuple[str, ...] = (
    *(model.FEATURES[i] for i in _KEPT),
    "ad-probe",
    "ad-probe-below-best-skill",
)
# Where the ad's own probe stands, for fitting.
PROBED = slice(len(_KEPT), len(FEATURES))


class AskMatcher:
    """Finds what every statement of an ad asks for."""

    def __init__(
        self,
        skills: Sequence[Skill],
        vectors: SkillVectors,
        parameters: AskModel,
        learned: FloatArray | None = None,
        worded: WordProbes | None = None,
        ad_probes: FloatArray | None = None,
    ) -> None:
        """``learned``, ``worded`` and ``ad_probes`` are the probes of resumes' lines, of their
        words, and of ads' lines.

        Raises EmbeddingsError when the parameters were fitted for other features.
        """
        if parameters.features != FEATURES:
            raise EmbeddingsError(
                "embeddings/ads.json: fitted for other features than this gapfit makes. "
                "Reinstall gapfit, or in a checkout run: python benchmarks/decode/fit.py"
            )
        self._features = Features(skills, vectors, learned, worded)
        self._probes = probes.completed(ad_probes, vectors, len(skills))
        self._parameters = parameters

    def match(self, lines: Sequence[AdLine], encoded: Encoded) -> FloatArray:
        """Return the probability, shape (lines, skills), that each line asks for each skill.

        ``encoded`` holds the lines' texts, in the same order.
        """
        rows = evidence(self._features, lines, encoded)
        rows = np.concatenate([rows, probed(encoded.sentences, self._probes)], axis=2)
        return probabilities(rows, self._parameters)


def evidence(features: Features, lines: Sequence[AdLine], encoded: Encoded) -> FloatArray:
    """Return the evidence, shape (lines, skills, features), without the ad's own probe."""
    texts = [line.text for line in lines]
    statements = [
        Statement(line.text, 1, line.line, Section.OTHER, Form.BULLET, line.context)
        for line in lines
    ]
    return features.of(statements, encoded, texts)[:, :, _KEPT]


def probed(sentences: FloatArray, ad_probes: FloatArray) -> FloatArray:
    """Return what the ad's probe says, shape (lines, skills, 2)."""
    return probes.features(sentences, ad_probes[:1])


def probabilities(rows: FloatArray, parameters: AskModel) -> FloatArray:
    """Return the model's probabilities of rows (n, s, features): (n, s)."""
    scaled = (rows - parameters.mean) / parameters.scale
    odds = np.asarray(scaled @ parameters.weights + parameters.intercept, np.float32)
    return model.sigmoid(odds)
