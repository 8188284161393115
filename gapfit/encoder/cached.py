"""An encoder that asks the cache first, and the encoder itself only for what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from gapfit.datamodels import Encoded, Encoder
from gapfit.encoder import cache
from gapfit.encoder.front import EncoderInFront
from gapfit.encoder.reading import Reading, together


class CachedEncoder(EncoderInFront):
    """An Encoder whose ``encode_tokens`` remembers, from one run to the next.

    ``encode`` is not cached: the vectors of the skills have a store of their own.
    """

    def __init__(self, encoder: Encoder, fingerprint: str) -> None:
        """``fingerprint`` names all that the vectors depend on besides their text."""
        super().__init__(encoder)
        self._fingerprint = fingerprint

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        keys = {text: cache.key(self._fingerprint, text) for text in texts}
        kept = cache.get(list(keys.values()))
        known = {
            text: _unpacked(kept[key], self.dimension) for text, key in keys.items() if key in kept
        }
        new = [text for text in keys if text not in known]
        if new:
            fresh = dict(zip(new, _readings(self._encoder.encode_tokens(new)), strict=True))
            cache.put({keys[text]: _packed(reading) for text, reading in fresh.items()})
            known |= fresh
        return together([known[text] for text in texts], self.dimension)


def _readings(encoded: Encoded) -> Iterable[Reading]:
    return map(Reading, encoded.sentences, encoded.tokens, encoded.spans)


def _packed(reading: Reading) -> bytes:
    """The text's vector, its tokens' spans, their vectors: 4 bytes a number, little-endian."""
    parts = (
        reading.sentence.astype("<f4"),
        reading.spans.astype("<i4"),
        reading.tokens.astype("<f4"),
    )
    return b"".join(part.tobytes() for part in parts)


def _unpacked(value: bytes, dimension: int) -> Reading:
    count = (len(value) // 4 - dimension) // (2 + dimension)
    sentence = np.frombuffer(value, "<f4", dimension)
    spans = np.frombuffer(value, "<i4", 2 * count, 4 * dimension)
    tokens = np.frombuffer(value, "<f4", count * dimension, 4 * (dimension + 2 * count))
    return Reading(sentence, tokens.reshape(count, dimension), spans.reshape(count, 2))
