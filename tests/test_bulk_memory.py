"""Short texts are encoded once, and nobody can tell from the vectors."""

from __future__ import annotations

from collections.abc import Sequence

import builders
import numpy as np
import pytest
from hypothesis import given, strategies as st

from gapfit.bulk import memory
from gapfit.bulk.memory import RememberingEncoder
from gapfit.datamodels import Encoded

LONG = "Built a service that four hundred people use every day and kept it running"
TEXTS = ("Python", "Python and Go", "Kubernetes", "", LONG)


class Counting(builders.FakeEncoder):
    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        self.asked += texts
        return super().encode_tokens(texts)


@given(st.lists(st.lists(st.sampled_from(TEXTS), max_size=8), max_size=5))
def test_vectors_are_the_same(calls: list[list[str]]) -> None:
    remembering, plain = RememberingEncoder(Counting()), builders.FakeEncoder()
    for texts in calls:
        got, expected = remembering.encode_tokens(texts), plain.encode_tokens(texts)
        assert got.sentences.tobytes() == expected.sentences.tobytes()
        assert got.sentences.shape == expected.sentences.shape
        for one, other in zip(got.tokens, expected.tokens, strict=True):
            assert np.array_equal(one, other)
        for one, other in zip(got.spans, expected.spans, strict=True):
            assert np.array_equal(one, other)


def test_short_texts_are_encoded_once_and_long_ones_again() -> None:
    counting = Counting()
    remembering = RememberingEncoder(counting)
    remembering.encode_tokens(["Python", LONG, "Python"])
    remembering.encode_tokens(["Python", LONG, "Go"])
    assert counting.asked == ["Python", LONG, LONG, "Go"]


def test_the_least_recently_used_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    counting = Counting()
    remembering = RememberingEncoder(counting)
    for text in ("a", "b", "a", "c", "a", "b"):
        remembering.encode_tokens([text])
    assert counting.asked == ["a", "b", "c", "b"]


def test_it_is_the_encoder_behind_it_for_all_else() -> None:
    plain = builders.FakeEncoder()
    remembering = RememberingEncoder(plain)
    assert (remembering.name, remembering.sha256) == (plain.name, plain.sha256)
    assert (remembering.dimension, remembering.pooling) == (plain.dimension, plain.pooling)
    assert np.array_equal(remembering.encode([LONG]), plain.encode([LONG]))
