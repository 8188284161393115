"""A run from beginning to end, stopped in every way there is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import bulk_builders as bulk
import pytest

from gapfit.bulk import run
from gapfit.bulk.judging import Made
from gapfit.bulk.state import State
from gapfit.datamodels import Held, Item, Missed, Outcome, Refused, Scored
from gapfit.errors import UsageError

TESTS = Path(__file__).parent
PATHS = {"PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}


class Scripted:
    """An engine that gives the outcomes it is told to."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        self._outcomes = outcomes

    def made(self) -> Made:
        return Made({}, True)

    def outcomes(self, items: Iterable[Item], is_known: Callable[[str], bool]) -> Iterator[Outcome]:
        list(items)
        yield from self._outcomes


def test_every_kind_of_outcome_is_counted_once(tmp_path: Path) -> None:
    bulk.a_pool(tmp_path / "pool", 4)
    items = [Item(str(path)) for path in sorted((tmp_path / "pool").iterdir())]
    told = [
        Held(items[0], "a" * 64, True),
        Held(items[1], "a" * 64, False),
        Missed(items[2], "not-found", "Gone."),
        Held(items[3], "b" * 64, True),
        Scored("a" * 64, "{}\n", {"one": 1.0}, "0"),
        Refused("b" * 64, "damaged", "Mend it."),
    ]
    with State(tmp_path / "state", {}) as state:
        begun = run.enlist(state, [str(tmp_path / "pool")])
        tallies = list(run.work(state, Scripted(told), begun))
        assert [tally.done for tally in tallies] == [0, 1, 2, 2, 3, 4]
        assert tallies[-1] == run.Tally(total=4, scored=1, duplicates=1, skipped=2)
        summary = state.summary()
        assert (summary.scored, summary.duplicates, summary.skipped) == (1, 1, 2)


def test_a_continued_run_begins_where_it_stood(tmp_path: Path) -> None:
    bulk.a_pool(tmp_path / "pool", 3)
    one = Item(str(tmp_path / "pool" / "000.pdf"))
    with State(tmp_path / "state", {}) as state:
        run.enlist(state, [str(tmp_path / "pool")])
        state.record(Held(one, "a" * 64, True))
        state.record(Scored("a" * 64, "{}\n", {"one": 1.0}, "0"))
    with State(tmp_path / "state", {}) as state:
        begun = run.enlist(state, [str(tmp_path / "pool")])
        assert (begun.total, begun.before, begun.done) == (3, 1, 1)


@pytest.mark.parametrize("names", [[], ["missing.pdf"]])
def test_an_empty_folder_is_an_error_a_bad_list_is_not(names: list[str], tmp_path: Path) -> None:
    with State(tmp_path / "state", {}) as state:
        if names:
            assert run.enlist(state, [], names).before == 1
            return
        (tmp_path / "empty").mkdir()
        with pytest.raises(UsageError, match="no PDF in it"):
            run.enlist(state, [str(tmp_path / "empty")])


def test_the_state_lies_beside_the_output_or_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.datafiles, "user_cache", lambda: tmp_path)
    assert run.state_file(["a"], Path("out/pool.csv")) == Path("out/pool.gapfit-state")
    assert run.state_file(["a"], Path("out/pool.html")) == Path("out/pool.gapfit-state")
    cached = run.state_file(["a"], None)
    assert cached.parent == tmp_path / "bulk"
    assert cached == run.state_file(["a"], None)
    assert cached != run.state_file(["b"], None)


# ---------------------------------------------------------------- real processes


def begin(folder: Path, output: str = "out") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, str(TESTS / "bulk_process.py"), str(folder / "state")),
            *(str(folder / output), str(folder / "pool")),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=os.environ | PATHS,
    )


def finish(folder: Path, output: str = "out") -> tuple[int, str]:
    """Let a run come to its end; return how many were done before it, and its result."""
    process = begin(folder, output)
    out, err = process.communicate()
    assert process.returncode == 0, err
    return int(out.split()[1]), (folder / output).read_text(encoding="utf-8")


def stop(folder: Path, after: int, how: signal.Signals) -> None:
    """Begin a run and stop it when it has done some."""
    process = begin(folder)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("done") and int(line.split()[1]) >= after:
            process.send_signal(how)
            break
    process.communicate()
    assert process.returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_is_continued(how: signal.Signals, tmp_path: Path) -> None:
    bulk.a_pool(tmp_path / "pool", 30)
    stop(tmp_path, 5, how)
    stop(tmp_path, 12, how)
    before, continued = finish(tmp_path)
    assert 12 <= before < 30
    (tmp_path / "state").rename(tmp_path / "old")
    none, whole = finish(tmp_path, "whole")
    assert none == 0
    assert continued == whole
    assert len(whole.splitlines()) == 30


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")
def test_nothing_stays_behind_when_a_run_is_killed(tmp_path: Path) -> None:
    bulk.a_pool(tmp_path / "pool", 12)
    stop(tmp_path, 3, signal.SIGKILL)
    for _ in range(400):
        if not _processes(tmp_path):
            break
        time.sleep(0.05)
    assert not _processes(tmp_path)


def _processes(folder: Path) -> set[int]:
    """Processes that work in a folder, and have not ended."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == folder:
                found.add(int(entry.name))
        except OSError:
            continue
    return found


# ---------------------------------------------------------------- a full disk

_ON_A_SMALL_DISK = """
mount -t tmpfs -o size=600k none {disk} || exit 77
{run} {disk}/out {pool}
echo ended {status}
mount -o remount,size=20m {disk}
{run} {disk}/out {pool} && cp {disk}/out {result}
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs disks of its own")
def test_a_run_that_fills_the_disk_is_continued_once_there_is_room(tmp_path: Path) -> None:
    bulk.a_pool(tmp_path / "pool", 60)
    none, whole = finish(tmp_path)
    assert none == 0
    (tmp_path / "disk").mkdir()
    script = _ON_A_SMALL_DISK.format(
        disk="disk",
        pool="pool",
        result="continued",
        status="$?",
        run=f"{sys.executable} {TESTS / 'bulk_process.py'} disk/state",
    )
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | PATHS,
        check=False,
    )
    if done.returncode in (1, 77) and "ended" not in done.stdout:
        pytest.skip(f"may not mount a disk here: {done.stderr.strip()}")
    first, second = done.stdout.split("ended 1")
    assert "disk/state: cannot be written" in done.stderr
    assert "make room" in done.stderr
    before = int(second.split()[1])
    assert 0 < before < 60, first
    assert (tmp_path / "continued").read_text(encoding="utf-8") == whole.replace(f"{tmp_path}/", "")
