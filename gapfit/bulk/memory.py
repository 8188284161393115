"""An encoder that remembers short texts: "Python" stands in every second resume of a pool."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gapfit.datamodels import Encoded, Encoder, FloatArray
from gapfit.encoder.front import EncoderInFront

# Characters of a text worth remembering, about ten tokens: entries of skill lists, job titles.
SHORT = 40
# Texts remembered, the last used ones: 10 to 40 MB with the default model.
MOST = 4096

_Vectors = tuple[FloatArray, FloatArray, NDArray[np.int32]]


class RememberingEncoder(EncoderInFront):
    """An Encoder whose ``encode_tokens`` remembers short texts while it lives."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._known: OrderedDict[str, _Vectors] = OrderedDict()

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            encoded = self._encoder.encode_tokens(new)
            vectors = zip(encoded.sentences, encoded.tokens, encoded.spans, strict=True)
            found |= zip(new, vectors, strict=True)
        self._remember(found)
        sentences = np.array([found[text][0] for text in texts], np.float32)
        return Encoded(
            sentences=sentences.reshape(len(texts), self.dimension),
            tokens=[found[text][1] for text in texts],
            spans=[found[text][2] for text in texts],
        )

    def _remember(self, found: dict[str, _Vectors]) -> None:
        for text, (sentence, tokens, spans) in found.items():
            if len(text) > SHORT:
                continue
            if text not in self._known:  # a copy, so that the batch it came in can go
                self._known[text] = (sentence.copy(), tokens.copy(), spans.copy())
            self._known.move_to_end(text)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
