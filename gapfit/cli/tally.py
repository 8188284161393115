"""How far a bulk run is, on stderr: a bar for people, lines for logs, events for machines."""

from __future__ import annotations

import json
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

import click

from gapfit.cli.common import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from gapfit.bulk.run import Tally

KINDS = ("auto", "bar", "lines", "json", "none")

# A line in a log at the first of these: so many seconds, or so many resumes.
_LINE_SECONDS = 30.0
# Events for machines come no oftener.
_EVENT_SECONDS = 1.0


class Reporter(Protocol):
    """Told how far the run is; a context around it."""

    def __enter__(self) -> Reporter: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def __call__(self, tally: Tally) -> None: ...


def reporter(kind: str, quiet: bool, begun: Tally) -> Reporter:
    """Return who tells of a run that stands at ``begun``.

    "auto" is a bar on a terminal and lines elsewhere.
    """
    if kind == "json":
        return Events(begun)
    if quiet or kind == "none":
        return Silent()
    if kind == "bar" or (kind == "auto" and sys.stderr.isatty()):
        return Bar(begun)
    return Lines(begun)


class Silent:
    """Says nothing."""

    def __enter__(self) -> Silent:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return

    def __call__(self, tally: Tally) -> None:
        return


class Pace:
    """Resumes per second of this run, and the seconds left at that rate."""

    def __init__(self, begun: Tally) -> None:
        self._begun = begun
        self._start = time.monotonic()

    def rate(self, tally: Tally) -> float:
        seconds = max(time.monotonic() - self._start, 1e-3)
        return (tally.done - self._begun.done) / seconds

    def left(self, tally: Tally) -> float | None:
        """Seconds left; None while nothing is known."""
        rate = self.rate(tally)
        return (tally.total - tally.done) / rate if rate > 0 else None


class Lines(Silent):
    """A line now and then, with rate and time left."""

    def __init__(self, begun: Tally) -> None:
        self._pace = Pace(begun)
        self._last = time.monotonic()

    def __call__(self, tally: Tally) -> None:
        now = time.monotonic()
        if now - self._last < _LINE_SECONDS and tally.done < tally.total:
            return
        self._last = now
        say(_line(tally, self._pace))


def _line(tally: Tally, pace: Pace) -> str:
    left = pace.left(tally)
    parts = [f"{tally.done:,} of {tally.total:,}", f"{pace.rate(tally):.1f} per second"]
    if left:
        parts.append(f"{duration(left)} left")
    if tally.skipped:
        parts.append(f"{tally.skipped:,} skipped")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return a time in its two largest units."""
    whole = round(seconds)
    for unit, below, size in (("d", "h", 86400), ("h", "min", 3600), ("min", "s", 60)):
        if whole >= size:
            small = {"h": 3600, "min": 60, "s": 1}[below]
            return f"{whole // size} {unit} {whole % size // small} {below}"
    return f"{whole} s"


class Events(Silent):
    """One JSON object per line: "begin", "progress" and "end"."""

    def __init__(self, begun: Tally) -> None:
        self._pace = Pace(begun)
        self._tally = begun
        self._last = 0.0

    def __enter__(self) -> Events:
        self._emit("begin")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._emit("end", complete=error is None)

    def __call__(self, tally: Tally) -> None:
        self._tally = tally
        if time.monotonic() - self._last >= _EVENT_SECONDS:
            self._last = time.monotonic()
            self._emit("progress")

    def _emit(self, event: str, **more: bool) -> None:
        tally, left = self._tally, self._pace.left(self._tally)
        told = {
            "event": event,
            "total": tally.total,
            "done": tally.done,
            "before": tally.before,
            "scored": tally.scored,
            "duplicates": tally.duplicates,
            "skipped": tally.skipped,
            "per_second": round(self._pace.rate(tally), 3),
            "seconds_left": None if left is None else round(left, 1),
            **more,
        }
        click.echo(json.dumps(told), err=True)


class Bar:
    """A bar with rate, time left and what was skipped."""

    def __init__(self, begun: Tally) -> None:
        self._begun = begun
        self._pace = Pace(begun)
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress = Progress(
            TextColumn("Scoring"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(elapsed_when_finished=True),
            TextColumn("{task.fields[skipped]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task(
            "", total=self._begun.total, completed=self._begun.done, rate="", skipped=""
        )
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def __call__(self, tally: Tally) -> None:
        if self._progress is None or self._task is None:
            return
        self._progress.update(
            self._task,
            completed=tally.done,
            rate=f"{self._pace.rate(tally):.1f}/s",
            skipped=f"{tally.skipped:,} skipped" if tally.skipped else "",
        )
