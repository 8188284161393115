"""One call in a fresh interpreter, begun now and asked for later.

For a caller who reads one thing: the process imports what its function needs and no more, while
the caller goes on. It starts Python by path, not through multiprocessing, which would run a
user's script again.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TypeVar

from gapfit.sandbox.limits import GRACE_SECONDS, Limits, SandboxError, ended, kill_group

_CHILD = Path(__file__).with_name("errand_child.py")
_HOME = Path(__file__).parent.parent.parent
# Of the caller's environment, what an interpreter needs to start: no key or token among it.
_ENVIRONMENT = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


_Noun = TypeVar("_Noun")


class Errand:
    """``function(argument)`` elsewhere; to be used as a context, which ends what still runs."""

    def __init__(self, function: str, argument: bytes, limits: Limits | None = None) -> None:
        """``function`` is "module:name", takes bytes and returns bytes."""
        self._limits = limits or Limits()
        self._answer = b""
        self._error: SandboxError | None = None
        self._process = self._start(function)
        self._thread = threading.Thread(target=self._wait, args=(argument,), daemon=True)
        self._thread.start()

    def _start(self, function: str) -> subprocess.Popen[bytes]:
        paths = [str(_HOME), *(path for path in sys.path if path)]
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(paths)
        own = self._limits
        limits = [str(own.seconds or 0), str(own.memory or 0), "files" if own.files else "none"]
        try:
            return subprocess.Popen(
                # -P: the child's own folder must not be on its import path.
                [sys.executable, "-P", str(_CHILD), function, *limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise SandboxError("failed", f"no process could be started: {error}") from error

    def _wait(self, argument: bytes) -> None:
        try:
            self._answer, _ = self._process.communicate(argument, self._limits.seconds)
        except subprocess.TimeoutExpired:
            seconds = self._limits.seconds
            self._error = SandboxError("timed-out", f"took longer than {seconds:g} s")
            self._kill()
        except (OSError, ValueError):
            self._kill()

    def result(self) -> bytes:
        """Wait for what the function returned; SandboxError when it returned nothing."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        code, _, answer = self._answer.partition(b"\n")
        if code == b"done":
            return answer
        if code in (b"failed", b"out-of-memory"):
            raise SandboxError(code.decode(), answer.decode("utf-8", "replace"))
        raise ended(self._process.returncode)

    def decoded(self, kind: type[_Noun]) -> _Noun:
        """Wait for an answer in JSON and return it as a ``kind``; SandboxError also where it is
        none: whatever took over the process may have written anything.
        """
        import msgspec

        answer = self.result()
        try:
            return msgspec.json.decode(answer, type=kind)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise SandboxError("failed", "its answer cannot be understood") from error

    def _kill(self) -> None:
        kill_group(self._process.pid)
        with contextlib.suppress(OSError):
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)

    def __enter__(self) -> Errand:
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread.is_alive():
            self._kill()
        self._thread.join(GRACE_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
