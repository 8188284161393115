"""How far a run is: a bar, lines, or events; the same numbers in each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from gapfit.bulk.run import Tally
from gapfit.cli import tally as tallies

BEGUN = Tally(total=100, before=10)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(tallies.time, "monotonic", lambda: now[0])
    return now


def test_lines_now_and_then(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with tallies.reporter("lines", False, BEGUN) as report:
        for step in range(1, 91):
            clock[0] += 1.0
            report(replace(BEGUN, scored=step, skipped=0))
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "gapfit: 40 of 100, 1.0 per second, 1 min 0 s left",
        "gapfit: 70 of 100, 1.0 per second, 30 s left",
        "gapfit: 100 of 100, 1.0 per second",
    ]


def test_lines_tell_what_was_skipped(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with tallies.reporter("lines", False, BEGUN) as report:
        clock[0] += 31.0
        report(replace(BEGUN, scored=50, skipped=3))
    assert capsys.readouterr().err.endswith(", 3 skipped\n")


def test_events_are_json_lines(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with tallies.reporter("json", True, BEGUN) as report:
        for step in range(1, 11):
            clock[0] += 0.25
            report(replace(BEGUN, scored=step, duplicates=1))
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["event"] for event in events] == ["begin", *["progress"] * 3, "end"]
    assert events[-1]["complete"] is True
    assert events[-1]["done"] == 21
    assert events[-1]["seconds_left"] == pytest.approx(79 / events[-1]["per_second"], abs=0.1)
    assert events[0]["seconds_left"] is None


def test_events_tell_that_a_run_was_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        tallies.reporter("json", False, BEGUN),
    ):
        raise KeyboardInterrupt
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["complete"] is False


@pytest.mark.parametrize(("kind", "quiet"), [("auto", True), ("none", False), ("lines", True)])
def test_silence(
    kind: str, quiet: bool, clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with tallies.reporter(kind, quiet, BEGUN) as report:
        clock[0] += 100.0
        report(replace(BEGUN, scored=90))
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_bar_on_a_terminal() -> None:
    import pty

    code = (
        "import time; from gapfit.bulk.run import Tally; from gapfit.cli.tally import reporter\n"
        "with reporter('auto', False, Tally(9)) as tell:\n"
        "    time.sleep(0.2); tell(Tally(9, scored=4, skipped=1)); time.sleep(0.3)"
    )
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", code], stderr=theirs, check=True)
    os.close(theirs)
    drawn = os.read(ours, 65536).decode()
    os.close(ours)
    assert "5/9" in drawn
    assert "/s" in drawn
    assert "1 skipped" in drawn


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (7260, "2 h 1 min"), (90_000, "1 d 1 h")],
)
def test_durations(seconds: float, told: str) -> None:
    assert tallies.duration(seconds) == told
