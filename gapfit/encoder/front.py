"""What an encoder that stands in front of another says of itself: all that the other says."""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.datamodels import Encoder, FloatArray


class EncoderInFront:
    """Passes on everything of the Encoder behind it; a subclass adds ``encode_tokens``.

    The encoder behind must be batch-invariant: then no bit tells which texts were remembered.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def sha256(self) -> str:
        return self._encoder.sha256

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    @property
    def pooling(self) -> str:
        return self._encoder.pooling

    @property
    def batch_invariant(self) -> bool:
        return self._encoder.batch_invariant

    def encode(self, texts: Sequence[str]) -> FloatArray:
        return self._encoder.encode(texts)
