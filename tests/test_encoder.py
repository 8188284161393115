"""Text to vectors, whatever makes them: what the protocol promises, and what is imported for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gapfit import datafiles, encoder, pipeline
from gapfit.datamodels import Encoder
from gapfit.encoder import default_model

TEXTS = (
    "Built a retrieval-augmented assistant over 40,000 support articles",
    "Kubernetes",
    "C++, C#, .NET & Node.js (10+ years)",
    "Données réelles – naïve coöperation, Zürich",
    "Cut p95 latency 40% 🚀 by batching",
    "  two   spaces\tand a tab  ",
)


# ---------------------------------------------------------------- imports

LIBRARIES = {"onnxruntime", "sentence_transformers", "tokenizers", "torch", "transformers"}


def imported_by(code: str) -> set[str]:
    """Which of the libraries a fresh interpreter has imported after running ``code``."""
    tell = f"import sys; {code}; print(*{LIBRARIES} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_stage_loads_no_library() -> None:
    assert imported_by("import gapfit.pipeline") == set()


def test_loading_the_default_model_waits_for_a_text() -> None:
    assert imported_by("import gapfit.encoder as e; e.load(cache=True).sha256") == set()


def test_the_default_model_needs_no_torch() -> None:
    code = "import gapfit.encoder as e; e.load().encode_tokens(['text'])"
    assert imported_by(code) == {"onnxruntime", "tokenizers"}


def test_the_default_model_is_cached_when_asked() -> None:
    assert type(encoder.load(cache=True)).__name__ == "CachedEncoder"
    assert type(encoder.load(cache=False)).__name__ == "OnnxEncoder"


@pytest.mark.model
def test_a_prompt_is_another_model(tiny_model: Path) -> None:
    assert type(encoder.load(str(tiny_model), cache=True)).__name__ == "SentenceTransformerEncoder"
    prompted = encoder.load(prompt="query: ", cache=True)
    assert type(prompted).__name__ == "SentenceTransformerEncoder"
    assert prompted.sha256 != default_model.SHA256


# ---------------------------------------------------------------- vectors


@pytest.fixture(params=["default", "tiny", "tiny with a prompt"], scope="module")
def coder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "default":
        analyzer: pipeline.Analyzer = request.getfixturevalue("analyzer")
        return analyzer.encoder
    path = str(request.getfixturevalue("tiny_model"))
    return encoder.load(path, "query: " if "prompt" in request.param else None)


@pytest.mark.model
def test_the_default_model(analyzer: pipeline.Analyzer) -> None:
    assert analyzer.encoder.name == encoder.DEFAULT_MODEL
    assert analyzer.encoder.dimension == 384
    assert analyzer.encoder.sha256 == datafiles.sha256(
        default_model.checked_folder() / default_model.WEIGHTS
    )


@pytest.mark.model
def test_like_texts_are_near_and_others_are_not(analyzer: pipeline.Analyzer) -> None:
    one, same, other = analyzer.encoder.encode(
        ["Tuned a cross-encoder reranker", "Re-ranking of search results", "Plays the cello"]
    )
    assert one @ same > one @ other + 0.2


@pytest.mark.model
def test_vectors_have_unit_length(coder: Encoder) -> None:
    vectors = coder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), coder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.model
def test_both_ways_of_encoding_agree(coder: Encoder) -> None:
    encoded = coder.encode_tokens(TEXTS)
    np.testing.assert_allclose(encoded.sentences, coder.encode(TEXTS), atol=1e-5)


@pytest.mark.model
def test_a_vector_depends_on_its_text_alone(coder: Encoder) -> None:
    together = coder.encode(TEXTS)
    alone = np.concatenate([coder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    repeated = coder.encode([*TEXTS * 30])  # several batches
    np.testing.assert_allclose(repeated, np.tile(together, (30, 1)), atol=1e-5)


@pytest.mark.model
def test_order_does_not_show_in_a_single_bit(coder: Encoder) -> None:
    assert np.array_equal(coder.encode(TEXTS), coder.encode(TEXTS[::-1])[::-1])
    forwards, backwards = coder.encode_tokens(TEXTS), coder.encode_tokens(TEXTS[::-1])
    assert np.array_equal(forwards.sentences, backwards.sentences[::-1])
    for tokens, again in zip(forwards.tokens, backwards.tokens[::-1], strict=True):
        assert np.array_equal(tokens, again)


@pytest.mark.model
def test_spans_point_at_the_words(coder: Encoder) -> None:
    encoded = coder.encode_tokens(TEXTS)
    for text, tokens, spans in zip(TEXTS, encoded.tokens, encoded.spans, strict=True):
        assert tokens.shape == (len(spans), coder.dimension)
        assert "".join(text[begin:end] for begin, end in spans) == "".join(text.split())


@pytest.mark.model
def test_a_text_longer_than_the_model_reads(coder: Encoder) -> None:
    text = "word " * 3000
    encoded = coder.encode_tokens([text])
    assert 0 < len(encoded.tokens[0]) == len(encoded.spans[0]) < 3000
    np.testing.assert_allclose(encoded.sentences, coder.encode([text]), atol=1e-5)


@pytest.mark.model
def test_an_empty_text_and_no_text(coder: Encoder) -> None:
    encoded = coder.encode_tokens(["", "word"])
    assert encoded.tokens[0].shape == (0, coder.dimension)
    assert encoded.spans[0].shape == (0, 2)
    assert np.isfinite(encoded.sentences).all()
    assert coder.encode([]).shape == (0, coder.dimension)
    nothing = coder.encode_tokens([])
    assert nothing.sentences.shape == (0, coder.dimension)
