"""Progress on stderr: a spinner for people who wait, lines for those who asked, else nothing."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from gapfit.cli.common import State, say

if TYPE_CHECKING:
    from rich.status import Status

# Shorter waits need no word.
_PATIENCE_SECONDS = 0.8


class Progress:
    """Call it with the name of each stage; use it as a context around the work."""

    def __init__(self, state: State) -> None:
        self._lines = state.verbose
        self._spins = not state.quiet and not state.verbose and sys.stderr.isatty()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._status: Status | None = None
        self._stage = "Starting"

    def __call__(self, stage: str) -> None:
        if self._lines:
            say(f"{stage} …")
        with self._lock:
            self._stage = stage
            if self._status is not None:
                self._status.update(_shown(stage))

    def __enter__(self) -> Progress:
        if self._spins:
            self._timer = threading.Timer(_PATIENCE_SECONDS, self._spin)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._spins = False
            if self._timer is not None:
                self._timer.cancel()
            if self._status is not None:
                self._status.stop()

    def _spin(self) -> None:
        from rich.console import Console

        with self._lock:
            if self._spins:
                self._status = Console(stderr=True).status(_shown(self._stage))
                self._status.start()


def _shown(stage: str) -> str:
    from rich.markup import escape

    from gapfit.formats.clean import clean

    return f"{escape(clean(stage))} …"
