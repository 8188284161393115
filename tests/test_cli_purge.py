"""``gapfit purge`` removes what gapfit keeps, and nothing else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bulk_builders as bulk
import pytest
from tiny_pdf import column, pdf

from gapfit import datafiles
from gapfit.cli import run
from gapfit.encoder import cache


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache folder with one of everything, and a folder with a state and a result."""
    root = tmp_path / "cache"
    monkeypatch.setattr(datafiles, "user_cache", lambda: root)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    cache.put({b"k" * 32: b"vector"})
    for path in (
        root / "bulk" / "0123.gapfit-state",
        root / "embeddings" / "own-model" / "vectors.npz",
        tmp_path / "out" / "pool.gapfit-state",
        tmp_path / "out" / "pool.gapfit-state-wal",
        tmp_path / "out" / "pool.csv",
        tmp_path / "out" / ".pool.csv.x7k2.gapfit-part",
        root / "removed-x7k2" / "statements" / "vectors.sqlite3",
        tmp_path / "temporary" / "gapfit-x7k2" / "report.html",
        tmp_path / "temporary" / "gapfit-other" / "notes.txt",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"kept")
    return tmp_path


def test_everything_but_embeddings_and_results_goes(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["purge", str(kept / "out")]) == 0
    left = {path.name for path in kept.rglob("*") if path.is_file()}
    assert left == {"vectors.npz", "pool.csv", "notes.txt"}
    assert capsys.readouterr().out.count("removed ") == 6


def test_embeddings_go_when_asked_for(kept: Path) -> None:
    assert run(["purge", "--embeddings"]) == 0
    left = {path.name for path in kept.rglob("*") if path.is_file()}
    assert {name for name in left if "pool" not in name} == {"notes.txt"}
    assert "pool.gapfit-state" in left  # no folder was given


def test_a_dry_run_removes_nothing(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(kept.rglob("*"))
    assert run(["purge", "--dry-run", "--embeddings", str(kept / "out")]) == 0
    assert sorted(kept.rglob("*")) == before
    out = capsys.readouterr().out
    assert out.count("would remove ") == 7
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


# ---------------------------------------------------------------- what really runs leave


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """An environment whose caches, temporary files and home are in a new folder."""
    for name in ("cache", "temporary", "home"):
        (tmp_path / name).mkdir()
    return os.environ | {
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "TMPDIR": str(tmp_path / "temporary"),
        "HOME": str(tmp_path / "home"),
    }


def gapfit(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "gapfit", *arguments]


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="modes and signals are POSIX's")
def test_nothing_is_left_of_runs_that_ended_or_were_killed(
    own: dict[str, str], tmp_path: Path
) -> None:
    """Nobody else can read what is kept, no text of a resume is among it, and purge ends it all."""
    pool, out = bulk.a_pool(tmp_path / "pool", 30), tmp_path / "out"
    out.mkdir()
    one = str(pool / "001.pdf")
    for arguments in (("fit", one), ("fit", one, "--open", "-q"), ("compare", one, one)):
        done = subprocess.run(
            gapfit(*arguments), env=own | {"BROWSER": "true"}, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
    run_ = gapfit("bulk", str(pool), "--workers", "1", "--format", "csv", "-o", str(out / "p.csv"))
    process = subprocess.Popen(run_, env=own, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list(out.glob("*.gapfit-state")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    kept = [*files(tmp_path / "cache"), *files(tmp_path / "temporary"), *files(out)]
    assert {".gapfit-state", ".html", ".sqlite3"} <= {path.suffix for path in kept}
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    for path in (tmp_path / "cache" / "gapfit").rglob("*"):
        if path.is_dir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    for path in files(tmp_path / "cache"):
        assert b"retrieval" not in path.read_bytes().lower(), path
    subprocess.run(gapfit("purge", str(out), "-q"), env=own, capture_output=True, check=True)
    assert files(tmp_path / "cache") == []
    assert files(tmp_path / "temporary") == []
    assert files(out) == []
    assert files(tmp_path / "home") == []


@pytest.mark.model
def test_messages_quote_no_line_of_a_resume(own: dict[str, str], tmp_path: Path) -> None:
    """Not while all goes well, whatever is asked, nor where something cannot be read."""
    word = "Zwischenlagerung"
    pool = bulk.a_pool(tmp_path / "pool", 1)
    good = pdf(column(50, 60, [f"Built {word} of {line}" for line in bulk.WORK]))
    (pool / "good.pdf").write_bytes(good)
    (pool / "cut.pdf").write_bytes(good[: len(good) // 3])
    (pool / "bad.pdf").write_bytes(b"%PDF-1.7")
    for arguments in (
        ("fit", str(pool / "good.pdf"), "-v", "-o", str(tmp_path / "a.txt")),
        ("bulk", str(pool), "--workers", "1", "-v", "--format", "jsonl", "-o", str(tmp_path / "p")),
        ("fit", str(pool / "cut.pdf"), "-v"),
        ("fit", str(pool / "bad.pdf"), "-v"),
    ):
        done = subprocess.run(gapfit(*arguments), env=own, capture_output=True, check=False)
        assert done.stderr
        assert word.encode() not in done.stderr
    assert word in (tmp_path / "p").read_text("utf-8")  # a result holds what messages do not
