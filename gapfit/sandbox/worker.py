"""One process for many calls, and a new one when it ends."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from gapfit.errors import GapfitError, named
from gapfit.sandbox.limits import (
    GRACE_SECONDS,
    Limits,
    SandboxError,
    confine,
    ended,
    kill_group,
    leave_terminal,
    limit_processor_time,
)

# Imports take a second, but on a busy machine many of them.
_START_SECONDS = 120.0

_Argument = TypeVar("_Argument")
_Result = TypeVar("_Result")


class Sandbox(Generic[_Argument, _Result]):
    """One function in one process at a time; not to be shared between threads."""

    def __init__(
        self,
        make: Callable[[], Callable[[_Argument], _Result]],
        limits: Limits | None = None,
        answers: Any = None,
    ) -> None:
        """``make`` is called once in every new process and returns the function.

        It, the arguments and the results must be picklable. Where the function handles what nobody
        vouches for, ``answers`` is the type of its results: they come as JSON, and are checked to
        be of it, because whoever takes over a process can put anything into a pickle.
        """
        self._make = make
        self._answers = answers
        self._limits = limits or Limits()
        self._processor: int | None = None
        self._closed = False
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def start(self) -> None:
        """Start the process unless it runs.

        Raises what GapfitError ``make`` raised, and SandboxError when it does not come up.
        """
        if self._closed:
            raise SandboxError("crashed", "the sandbox is closed")
        if self._process is not None and self._process.is_alive():
            return
        self._end()
        context = _context()
        self._connection, theirs = context.Pipe()
        process = context.Process(
            target=_serve,
            args=(theirs, self._make, self._limits, self._answers is not None),
            name="gapfit-sandbox",
            daemon=True,
        )
        process.start()
        self._process = process
        theirs.close()
        self._receive(_START_SECONDS, None)  # it has seen nothing yet
        self._pin()

    def pin(self, processor: int) -> None:
        """Keep the process, and the threads it starts from now on, on one processor.

        Without effect where the system offers no such thing.
        """
        self._processor = processor
        self._pin()

    def _pin(self) -> None:
        if self._process is None or self._processor is None:
            return
        if self._process.pid is not None and hasattr(os, "sched_setaffinity"):
            with contextlib.suppress(OSError):
                os.sched_setaffinity(self._process.pid, {self._processor})

    def __call__(self, argument: _Argument) -> _Result:
        """Return what the function makes of ``argument``; SandboxError when it makes nothing."""
        self.start()
        assert self._connection is not None
        try:
            self._connection.send(argument)
        except OSError:
            raise self._ended() from None
        result: _Result = self._receive(self._limits.seconds, self._answers)
        return result

    def _receive(self, seconds: float | None, answers: Any) -> Any:
        assert self._connection is not None
        try:
            if not self._connection.poll(seconds):
                self._end(patience=0.0)
                raise SandboxError("timed-out", f"took longer than {seconds:g} s")
            code, value = _received(self._connection, answers)
        except (EOFError, OSError):
            raise self._ended() from None
        except ValueError as error:
            self._end(patience=0.0)
            raise SandboxError(
                "failed", f"no answer of the kind that was asked for: {error}"
            ) from None
        if code == "done":
            return value
        if code == "raised":
            raise value
        if code == "out-of-memory":
            self._end(patience=0.0)  # what is left of its memory is in pieces
        raise SandboxError(code, value)

    def _ended(self) -> SandboxError:
        process = self._process
        if process is not None:
            process.join(GRACE_SECONDS)
        code = None if process is None else process.exitcode
        self._end()
        return ended(code)

    def close(self, *, patience: float = GRACE_SECONDS) -> None:
        """End the process and what it started, and start no other.

        A process that waits for a call ends by itself within ``patience`` seconds.
        """
        self._closed = True
        self._end(patience)

    def _end(self, patience: float = GRACE_SECONDS) -> None:
        process, self._process = self._process, None
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if process is None:
            return
        process.join(patience)
        kill_group(process.pid)
        with contextlib.suppress(OSError, ValueError):
            process.kill()
        process.join(GRACE_SECONDS)
        if not process.is_alive():
            process.close()


def _received(connection: Connection, answers: Any) -> tuple[str, Any]:
    """The next message: a code and a value. ValueError when it is none of this kind."""
    if answers is None:
        code, value = connection.recv()
        return code, value
    import msgspec

    known, _, content = connection.recv_bytes().partition(b"\n")
    if known == b"done":
        return "done", msgspec.json.decode(content, type=answers)
    if known in (b"failed", b"out-of-memory"):
        return known.decode(), content.decode("utf-8", "replace")
    raise ValueError("unknown code")


def _context() -> Any:
    """Processes forked from a clean one where that is safe: it has the imports already."""
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gapfit.pipeline"])
    return context


# ---------------------------------------------------------------- in the process


def _serve(
    connection: Connection,
    make: Callable[[], Callable[[Any], Any]],
    limits: Limits,
    plain: bool,
) -> None:
    """Answer calls until the other end is closed; ``plain`` ones, in JSON, once it is up."""
    leave_terminal()
    try:
        function = make()
    except GapfitError as error:
        connection.send(("raised", error))
        return
    except Exception as error:
        connection.send(("failed", named(error)))
        return
    confine(limits)
    connection.send(("done", None))
    while True:
        try:
            argument = connection.recv()
        except (EOFError, OSError):
            return
        limit_processor_time(limits.seconds)
        code, value = _answer(_encoded(function) if plain else function, argument)
        try:
            if plain:
                content = value if code == "done" else value.encode("utf-8", "replace")
                connection.send_bytes(b"%s\n%s" % (code.encode(), content))
            else:
                connection.send((code, value))
        except OSError:
            return


def _encoded(function: Callable[[Any], Any]) -> Callable[[Any], bytes]:
    import msgspec

    return lambda argument: msgspec.json.encode(function(argument))


def _answer(function: Callable[[Any], Any], argument: Any) -> tuple[str, Any]:
    try:
        return "done", function(argument)
    except MemoryError:
        return "out-of-memory", "took too much memory"
    except RecursionError:
        return "failed", "nested too deeply"
    except Exception as error:
        return "failed", named(error)
