"""sentence-transformers: what cannot be loaded, and prompts."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from gapfit import datafiles, encoder
from gapfit.errors import EmbeddingsError


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
        encoder.load("any-model")


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
