"""Finding data: in a checkout, in an installed wheel, in the user's cache."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gapfit import datafiles

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["profiles", "embeddings"])
def test_in_a_checkout_the_data_stands_beside_the_package(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datafiles, "_PACKAGE", tmp_path / "gapfit")
    (tmp_path / name).mkdir()
    assert datafiles.builtin(name) == tmp_path / name


@pytest.mark.parametrize("name", ["profiles", "embeddings"])
def test_in_a_wheel_the_data_stands_inside_the_package(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datafiles, "_PACKAGE", tmp_path / "gapfit")
    packed = tmp_path / "gapfit" / "data" / name
    packed.mkdir(parents=True)
    (tmp_path / name).mkdir()
    assert datafiles.builtin(name) == packed


def test_the_built_in_data_is_there() -> None:
    assert (datafiles.builtin("profiles") / "areas.toml").is_file()
    assert (datafiles.builtin("embeddings") / "matcher.json").is_file()


def test_the_cache_is_the_users_and_not_created() -> None:
    cache = datafiles.user_cache()
    assert cache.is_absolute()
    assert "gapfit" in cache.parts
    assert ROOT not in cache.parents


def test_toml_files_come_by_name_and_from_this_folder_only(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", "note.txt", "below/c.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    assert [path.name for path in datafiles.toml_files(tmp_path)] == ["a.toml", "b.toml"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert datafiles.toml_files(tmp_path / "none") == ()


def test_sha256_is_of_the_bytes(tmp_path: Path) -> None:
    content = bytes(range(256)) * 5000
    (tmp_path / "file").write_bytes(content)
    assert datafiles.sha256(tmp_path / "file") == hashlib.sha256(content).hexdigest()
