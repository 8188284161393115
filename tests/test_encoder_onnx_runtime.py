"""The default model in ONNX Runtime, beside the same model in sentence-transformers."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from gapfit.datamodels import Encoded, Encoder
from gapfit.encoder import default_model, onnx_runtime
from gapfit.encoder.onnx_runtime import OnnxEncoder
from gapfit.encoder.sentence_transformer import SentenceTransformerEncoder
from gapfit.errors import EmbeddingsError

TEXTS = {
    "a line": "Built a retrieval-augmented assistant over 40,000 support articles",
    "a word": "Kubernetes",
    "signs": "C++, C#, .NET & Node.js (10+ years) – “quoted” … 100%",
    "accents": "Données réelles – naïve coöperation, Zürich, İstanbul, straße",
    "a combining accent": "re\u0301sume\u0301 and nai\u0308ve",
    "an emoji": "Cut p95 latency 40% 🚀👩🏽‍💻 by batching",
    "ligatures": "ﬁne-tuned an eﬃcient oﬀline workﬂow",
    "Chinese": "在北京构建了检索系统 and RAG",
    "Japanese": "東京で検索システムを構築しました",
    "Korean": "서울에서 검색 시스템을 만들었습니다",
    "Arabic": "بناء نظام استرجاع في القاهرة",
    "spaces": "  two   spaces\tand a tab\n and a line \u00a0",
    "soft hyphens and zero widths": "retr\u00adieval aug\u200bmented",
    "controls": "a\x00b\x07c \ufffd \u2028d",
    "empty": "",
    "blank": "   ",
    "a word too long": "x" * 500,
    "at the limit": "word " * 254,
    "beyond the limit": "word " * 255,
    "far beyond the limit": "Kubernetes and pgvector; " * 400,
}


@pytest.fixture(scope="module")
def fast() -> OnnxEncoder:
    return OnnxEncoder()


@pytest.fixture(scope="module")
def reference() -> Encoder:
    return SentenceTransformerEncoder(default_model.NAME, default_model.checked_folder(), "")


def assert_same_bits(one: Encoded, other: Encoded) -> None:
    assert np.array_equal(one.sentences, other.sentences)
    for parts in ("tokens", "spans"):
        for a, b in zip(getattr(one, parts), getattr(other, parts), strict=True):
            assert a.dtype == b.dtype
            assert np.array_equal(a, b)


# ---------------------------------------------------------------- beside the reference


def assert_equal(fast: Encoder, reference: Encoder, texts: list[str]) -> None:
    ours, theirs = fast.encode_tokens(texts), reference.encode_tokens(texts)
    np.testing.assert_allclose(ours.sentences, theirs.sentences, atol=1e-5)
    assert np.sum(ours.sentences * theirs.sentences, axis=1).min() > 0.999999
    for text, tokens, spans, *expected in zip(
        texts, ours.tokens, ours.spans, theirs.tokens, theirs.spans, strict=True
    ):
        assert np.array_equal(spans, expected[1]), text
        np.testing.assert_allclose(tokens, expected[0], atol=1e-4, err_msg=text)


@pytest.mark.model
@pytest.mark.parametrize("what", TEXTS)
def test_equal_to_the_reference(what: str, fast: OnnxEncoder, reference: Encoder) -> None:
    assert_equal(fast, reference, [TEXTS[what]])


@pytest.mark.model
def test_equal_to_the_reference_in_one_batch(fast: OnnxEncoder, reference: Encoder) -> None:
    assert_equal(fast, reference, list(TEXTS.values()))


@pytest.mark.model
@settings(max_examples=30)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), max_size=4))
def test_any_text_is_equal_to_the_reference(
    texts: list[str], fast: OnnxEncoder, reference: Encoder
) -> None:
    if texts:
        assert_equal(fast, reference, texts)


@pytest.mark.model
def test_the_same_properties_as_the_reference(fast: OnnxEncoder, reference: Encoder) -> None:
    for name in ("name", "sha256", "dimension", "pooling"):
        assert getattr(fast, name) == getattr(reference, name)


# ---------------------------------------------------------------- to the last bit


@settings(max_examples=30)
@given(
    texts=st.lists(st.sampled_from([*TEXTS.values()]), min_size=1, max_size=12),
    data=st.data(),
)
def test_a_vector_is_a_function_of_its_text(
    texts: list[str], data: st.DataObject, fast: OnnxEncoder
) -> None:
    whole = fast.encode_tokens(texts)
    rows = data.draw(st.lists(st.sampled_from(range(len(texts))), max_size=5))
    part = fast.encode_tokens([texts[i] for i in rows])
    expected = Encoded(
        whole.sentences[rows], [whole.tokens[i] for i in rows], [whole.spans[i] for i in rows]
    )
    assert_same_bits(part, expected)
    assert np.array_equal(fast.encode(texts), whole.sentences)


@pytest.mark.parametrize("processors", [1, 2, 5])
def test_the_number_of_threads_does_not_show(
    processors: int, fast: OnnxEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = list(TEXTS.values())
    expected = fast.encode_tokens(texts)
    monkeypatch.setattr(onnx_runtime, "_processors", lambda: processors)
    assert_same_bits(OnnxEncoder().encode_tokens(texts), expected)


def test_threads_may_share_an_encoder() -> None:
    shared, texts = OnnxEncoder(), list(TEXTS.values())
    found: list[Encoded] = []
    threads = [
        threading.Thread(target=lambda: found.append(shared.encode_tokens(texts))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for encoded in found[1:]:
        assert_same_bits(encoded, found[0])


def test_a_lone_surrogate_is_a_question_mark(fast: OnnxEncoder) -> None:
    assert_same_bits(fast.encode_tokens(["C\ud800 and Go"]), fast.encode_tokens(["C? and Go"]))


# ---------------------------------------------------------------- graph and libraries


def test_the_graph_is_what_its_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "tools"))
    import minilm_graph

    assert minilm_graph.TARGET.read_bytes() == minilm_graph.content()


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_without_the_library(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(EmbeddingsError, match=rf"{library} cannot .* pip install .*{library}"):
        OnnxEncoder().encode(["text"])


def test_the_fingerprint_is_of_model_and_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = OnnxEncoder().fingerprint()
    assert default_model.SHA256 in before
    assert OnnxEncoder().fingerprint() == before
    package = tmp_path / "tokenizers" / "__init__.py"
    package.parent.mkdir()
    package.write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "tokenizers", raising=False)
    assert OnnxEncoder().fingerprint() != before
