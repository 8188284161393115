"""``gapfit purge`` removes what gapfit keeps, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gapfit import datafiles
from gapfit.cli import run
from gapfit.encoder import cache


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache folder with one of everything, and a folder with a state and a result."""
    root = tmp_path / "cache"
    monkeypatch.setattr(datafiles, "user_cache", lambda: root)
    cache.put({b"k" * 32: b"vector"})
    for path in (
        root / "bulk" / "0123.gapfit-state",
        root / "embeddings" / "own-model" / "vectors.npz",
        tmp_path / "out" / "pool.gapfit-state",
        tmp_path / "out" / "pool.gapfit-state-wal",
        tmp_path / "out" / "pool.csv",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"kept")
    return tmp_path


def test_everything_but_embeddings_and_results_goes(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["purge", str(kept / "out")]) == 0
    left = {path.name for path in kept.rglob("*") if path.is_file()}
    assert left == {"vectors.npz", "pool.csv"}
    assert capsys.readouterr().out.count("removed ") == 3


def test_embeddings_go_when_asked_for(kept: Path) -> None:
    assert run(["purge", "--embeddings"]) == 0
    left = {path.name for path in kept.rglob("*") if path.is_file()}
    assert left == {"pool.csv", "pool.gapfit-state", "pool.gapfit-state-wal"}


def test_a_dry_run_removes_nothing(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(kept.rglob("*"))
    assert run(["purge", "--dry-run", "--embeddings", str(kept / "out")]) == 0
    assert sorted(kept.rglob("*")) == before
    out = capsys.readouterr().out
    assert out.count("would remove ") == 4
    assert str(kept / "out" / "pool.gapfit-state") in out


def test_nothing_kept_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(datafiles, "user_cache", lambda: tmp_path / "none")
    assert run(["purge"]) == 0
    assert "nothing is kept" in capsys.readouterr().err


def test_a_folder_that_is_none(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["purge", str(kept / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().err
    assert cache.path().exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_what_is_kept_is_for_its_owner_only(kept: Path) -> None:
    assert cache.path().stat().st_mode & 0o077 == 0
    assert cache.path().parent.stat().st_mode & 0o077 == 0
