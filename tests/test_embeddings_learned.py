"""What was learned: the matcher's parameters, and probes that belong to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import builders
import numpy as np
import pytest

from gapfit import datafiles, embeddings, matching, profiles
from gapfit.datamodels import Catalogue, MatcherParameters
from gapfit.embeddings import learned
from gapfit.errors import EmbeddingsError


class Other(builders.FakeEncoder):
    """The same model by name, with other weights."""

    sha256 = "1" * 64


@pytest.fixture
def catalogue() -> Catalogue:
    return builders.a_catalogue()


def test_the_committed_parameters_fit_the_features() -> None:
    parameters = embeddings.load_parameters()
    count = len(matching.FEATURES)
    assert parameters.features == matching.FEATURES
    assert parameters.mean.shape == parameters.scale.shape == (count,)
    assert (parameters.scale > 0).all()
    assert set(parameters.levels) == set(matching.LEVELS)
    assert all(level.weights.shape == (count,) for level in parameters.levels.values())


def test_every_built_in_skill_has_its_base_rates() -> None:
    rates = embeddings.load_parameters().base_rates
    assert set(rates) == {skill.id for skill in profiles.load().skills}
    assert {len(rate) for rate in rates.values()} == {len(matching.LEVELS)}


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", '{"features": 1}', '{"features": [], "mean": "x"}', "\udce9"],
)
def test_damaged_parameters(content: str, tmp_path: Path) -> None:
    path = tmp_path / "matcher.json"
    path.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(EmbeddingsError, match="Reinstall gapfit") as error:
        embeddings.load_parameters(path)
    assert str(error.value).startswith(str(path))


def test_missing_parameters(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingsError, match="Reinstall gapfit"):
        embeddings.load_parameters(tmp_path / "none.json")


def test_the_parameters_name_the_probes_they_were_fitted_with() -> None:
    folder = datafiles.builtin("embeddings")
    parts = embeddings.load_parameters().parts
    assert set(parts) == {"words.npz", "all-MiniLM-L6-v2/probes.npz"}
    assert all(datafiles.sha256(folder / name) == sha256 for name, sha256 in parts.items())


# ---------------------------------------------------------------- probes


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(learned.datafiles, "builtin", lambda _: tmp_path)
    monkeypatch.setattr(learned, "builtin_store", lambda _: tmp_path / "store")
    (tmp_path / "store").mkdir()
    return tmp_path


def write_probes(folder: Path, catalogue: Catalogue) -> Path:
    np.savez(
        folder / "store" / "probes.npz",
        weights=np.ones((2, 1, 17), np.float16),
        skills=np.array([catalogue.skills[0].id]),
        model_sha256=np.array(builders.FakeEncoder.sha256),
    )
    return folder / "store" / "probes.npz"


def write_words(folder: Path, catalogue: Catalogue) -> Path:
    np.savez(
        folder / "words.npz",
        weights=np.ones((2, 1, 3), np.float16),
        skills=np.array([catalogue.skills[1].id]),
        words=np.array(["apple", "bear", "cat"]),
        idf=np.ones(3, np.float32),
    )
    return folder / "words.npz"


def fitted_with(**parts: str) -> MatcherParameters:
    committed = embeddings.load_parameters(Path(__file__).parents[1] / "embeddings/matcher.json")
    values: dict[str, Any] = {name: getattr(committed, name) for name in committed.__slots__}
    return MatcherParameters(**(values | {"parts": parts}))


def test_probes_come_in_catalogue_order_and_others_are_unknown(
    catalogue: Catalogue, folder: Path
) -> None:
    sha256 = datafiles.sha256(write_probes(folder, catalogue))
    parameters = fitted_with(**{"store/probes.npz": sha256})
    probes = embeddings.load_probes(catalogue, builders.FakeEncoder(), parameters)
    assert probes is not None
    assert (probes[:, 0] == 1.0).all()
    assert np.isnan(probes[:, 1:]).all()


def test_words_come_in_catalogue_order_and_others_are_unknown(
    catalogue: Catalogue, folder: Path
) -> None:
    sha256 = datafiles.sha256(write_words(folder, catalogue))
    words = embeddings.load_words(catalogue, fitted_with(**{"words.npz": sha256}))
    assert words.words == ("apple", "bear", "cat")
    assert (words.weights[:, 1] == 1.0).all()
    assert np.isnan(np.delete(words.weights, 1, axis=1)).all()


def test_a_model_nobody_fitted_has_no_probes(catalogue: Catalogue, folder: Path) -> None:
    assert embeddings.load_probes(catalogue, builders.FakeEncoder(), fitted_with()) is None


def test_probes_of_another_model_are_refused(catalogue: Catalogue, folder: Path) -> None:
    write_probes(folder, catalogue)
    with pytest.raises(EmbeddingsError, match="another model"):
        embeddings.load_probes(catalogue, Other(), fitted_with())


def test_probes_of_another_fit_are_refused(catalogue: Catalogue, folder: Path) -> None:
    write_probes(folder, catalogue)
    write_words(folder, catalogue)
    parameters = fitted_with(**{"store/probes.npz": "0" * 64, "words.npz": "0" * 64})
    with pytest.raises(EmbeddingsError, match=r"probes\.npz: not the one .*fit\.py"):
        embeddings.load_probes(catalogue, builders.FakeEncoder(), parameters)
    with pytest.raises(EmbeddingsError, match=r"words\.npz: not the one .*fit\.py"):
        embeddings.load_words(catalogue, parameters)


def test_damaged_probes_are_refused(catalogue: Catalogue, folder: Path) -> None:
    write_probes(folder, catalogue).write_bytes(b"PK not an archive")
    with pytest.raises(EmbeddingsError, match="damaged"):
        embeddings.load_probes(catalogue, builders.FakeEncoder(), fitted_with())


@pytest.mark.parametrize("content", [b"", b"PK not an archive", None])
def test_words_missing_or_damaged_are_refused(
    catalogue: Catalogue, folder: Path, content: bytes | None
) -> None:
    if content is not None:
        (folder / "words.npz").write_bytes(content)
    with pytest.raises(EmbeddingsError, match="missing or damaged"):
        embeddings.load_words(catalogue, fitted_with())
