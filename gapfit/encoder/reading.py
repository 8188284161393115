"""One text as an encoder reads it, and many of them together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gapfit.datamodels import Encoded, FloatArray


class Reading(NamedTuple):
    """A text's unit vector (d,), and its tokens' vectors (t, d) and spans (t, 2)."""

    sentence: FloatArray
    tokens: FloatArray
    spans: NDArray[np.int32]


def together(readings: Sequence[Reading], dimension: int) -> Encoded:
    """Return the readings as one ``Encoded``, in their order."""
    return Encoded(
        sentences=stacked([reading.sentence for reading in readings], dimension),
        tokens=[reading.tokens for reading in readings],
        spans=[reading.spans for reading in readings],
    )


def stacked(sentences: Sequence[FloatArray], dimension: int) -> FloatArray:
    """Return the vectors as rows of one array, of shape (0, dimension) for none."""
    return np.array(sentences, np.float32).reshape(len(sentences), dimension)


def in_words(sentence: FloatArray, tokens: FloatArray, spans: NDArray[np.int32]) -> Reading:
    """Return the reading with only those tokens that stand in a word of the text.

    Special tokens and a prompt have an empty span and belong to no word.
    """
    real = np.flatnonzero(spans[:, 1] > spans[:, 0])
    return Reading(sentence, tokens[real], spans[real])
