"""An encoder with a cache: the same bits with it, without it, and with half of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import builders
import numpy as np
import pytest
from hypothesis import given, strategies as st

from gapfit import datafiles, encoder
from gapfit.datamodels import Encoded
from gapfit.encoder import cache
from gapfit.encoder.cached import CachedEncoder

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(datafiles, "user_cache", lambda: tmp_path / "user")
    return tmp_path / "user"


class Counting(builders.FakeEncoder):
    """Remembers which texts it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        self.asked += texts
        return super().encode_tokens(texts)


def cached(inner: Counting | None = None, fingerprint: str = "this model") -> CachedEncoder:
    return CachedEncoder(inner or Counting(), fingerprint)


def assert_same_bits(one: Encoded, other: Encoded) -> None:
    assert one.sentences.dtype == other.sentences.dtype
    assert np.array_equal(one.sentences, other.sentences)
    for parts in ("tokens", "spans"):
        for a, b in zip(getattr(one, parts), getattr(other, parts), strict=True):
            assert (a.dtype, a.shape) == (b.dtype, b.shape)
            assert np.array_equal(a, b)


def test_only_what_is_new_is_encoded() -> None:
    inner = Counting()
    cached(inner).encode_tokens(["one", "two", "one"])
    assert inner.asked == ["one", "two"]
    cached(inner).encode_tokens(["two", "three", "one"])
    assert inner.asked == ["one", "two", "three"]


def test_another_fingerprint_is_another_encoder() -> None:
    inner = Counting()
    for fingerprint in ("this model", "that model"):
        cached(inner, fingerprint).encode_tokens(["one"])
    assert inner.asked == ["one", "one"]


@given(kept=st.lists(TEXT, max_size=6), more=st.lists(TEXT, max_size=6), data=st.data())
def test_the_cache_does_not_show_in_a_single_bit(
    kept: list[str], more: list[str], data: st.DataObject
) -> None:
    cache.clear()
    cached().encode_tokens(kept)
    texts = data.draw(st.permutations([*kept, *more]))
    expected = builders.FakeEncoder().encode_tokens(texts)
    assert_same_bits(cached().encode_tokens(texts), expected)
    assert_same_bits(cached().encode_tokens(texts), expected)


def test_a_broken_cache_costs_time_and_not_the_result() -> None:
    texts = ["one line", "another line", ""]
    expected = builders.FakeEncoder().encode_tokens(texts)
    cached().encode_tokens(texts)
    cache.path().write_bytes(b"no database" * 500)
    inner = Counting()
    assert_same_bits(cached(inner).encode_tokens(texts), expected)
    assert inner.asked == texts


def test_without_a_place_for_it(folder: Path) -> None:
    folder.write_text("in the way")
    expected = builders.FakeEncoder().encode_tokens(["a line"])
    assert_same_bits(cached().encode_tokens(["a line"]), expected)


def test_the_rest_is_the_encoders_own() -> None:
    inner = builders.FakeEncoder()
    coder = CachedEncoder(inner, "")
    for name in ("name", "sha256", "dimension", "pooling"):
        assert getattr(coder, name) == getattr(inner, name)
    assert np.array_equal(coder.encode(["a", "b"]), inner.encode(["a", "b"]))
    assert not cache.path().exists()


def test_no_text_at_all() -> None:
    assert cached().encode_tokens([]).sentences.shape == (0, 16)


# ---------------------------------------------------------------- with the default model

LINES = [
    "Built a retrieval-augmented assistant over 40,000 support articles",
    "在北京构建了检索系统 and RAG 🚀",
    "ﬁne-tuned an eﬃcient oﬀline workﬂow",
    "",
    "word " * 400,
]


def test_the_default_model_with_and_without_a_cache() -> None:
    expected = encoder.load().encode_tokens(LINES)
    encoder.load(cache=True).encode_tokens(LINES[1:3])
    for _ in range(2):
        assert_same_bits(encoder.load(cache=True).encode_tokens(LINES), expected)


def test_what_is_cached_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = encoder.load(cache=True).encode_tokens(LINES)
    monkeypatch.setattr("gapfit.encoder.onnx_runtime._Model", None)
    assert_same_bits(
        encoder.load(cache=True).encode_tokens(LINES[::-1]),
        Encoded(expected.sentences[::-1], expected.tokens[::-1], expected.spans[::-1]),
    )
    with pytest.raises(TypeError):
        encoder.load(cache=True).encode_tokens([*LINES, "a line that is new"])
