"""What a process may take, and how it puts itself under these limits."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

# Between asking a process to end and ending it.
GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds per call, and bytes of memory beyond those held at the start; None is no limit.

    ``files`` says whether the function may write into files.
    """

    seconds: float | None = None
    memory: int | None = None
    files: bool = True


class SandboxError(Exception):
    """The function gave no result; ``code`` says why.

    ``timed-out``, ``out-of-memory``, ``crashed`` (the process ended) or ``failed`` (it raised).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def ended(code: int | None) -> SandboxError:
    """Return what it means that a process ended by itself with this exit code."""
    if code is not None and code < 0 and -code == getattr(signal, "SIGXCPU", 0):
        return SandboxError("timed-out", "took too much processor time")
    return SandboxError("crashed", f"its process ended with {_exit_words(code)}")


def _exit_words(code: int | None) -> str:
    if code is None:
        return "no exit code"
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def kill_group(pid: int | None) -> None:
    """Kill what a process that leads a group of its own has started, and the process."""
    if pid is not None and hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


# ---------------------------------------------------------------- in the process


def leave_terminal() -> None:
    """Leave the terminal's process group, and write nothing to its terminal."""
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sink = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(sink, stream)
    os.close(sink)


def confine(limits: Limits) -> None:
    """Hold this process, and each it starts, to its memory and files; on Linux only."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    if limits.memory is not None:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not limits.files:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # pipes stay open to it


def limit_processor_time(seconds: float | None) -> None:
    """Let the kernel end the process some time after its owner should have."""
    if seconds is None or not sys.platform.startswith("linux"):
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + seconds + GRACE_SECONDS) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
