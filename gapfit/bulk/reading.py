"""Bytes -> a resume, in a process of its own: nobody vouches for a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gapfit.datamodels import Fetched, Read, Refused
from gapfit.errors import UnreadableInput
from gapfit.pipeline import read_resume
from gapfit.sandbox import Limits, Sandbox, SandboxError

SECONDS = 60.0
MEMORY = 1 << 30

# What may be different the next time: the machine was busy, or something else took the memory.
TRANSIENT = frozenset(
    {"changed", "crashed", "not-found", "not-readable", "out-of-memory", "timed-out"}
)

_WORDS = {
    "timed-out": "reading it took longer than {seconds:g} s. Export the resume again, or give it "
    "more with --timeout.",
    "out-of-memory": "reading it took more than {memory} MiB. Export the resume again, or give it "
    "more with --memory.",
    "crashed": "the PDF reader crashed on it ({detail}). Export the resume again.",
    "failed": "reading it failed ({detail}). This is a bug in gapfit: please report it.",
}


def read(fetched: Fetched) -> Read | Refused:
    """Return the resume in a PDF, or why it is none. Limits are the caller's business."""
    try:
        resume, digest = read_resume(fetched.data, fetched.item.name)
    except UnreadableInput as error:
        message = str(error).removeprefix(f"{fetched.item.name}: ")
        return Refused(fetched.sha256, error.code, message)
    # No report of a run shows pages: what is sent between processes stays small without them.
    return Read(digest, replace(resume, layout=()))


def make_read() -> Callable[[Fetched], Read | Refused]:
    """Return ``read``; what a new process calls."""
    return read


class Reader:
    """``read`` within limits: what hangs, crashes or swells is Refused, and the next one read."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._limits = Limits(seconds, memory)
        self._sandbox: Sandbox[Fetched, Read | Refused] = Sandbox(make_read, self._limits)

    def __call__(self, fetched: Fetched) -> Read | Refused:
        try:
            return self._sandbox(fetched)
        except SandboxError as error:
            words = _WORDS[error.code].format(
                seconds=self._limits.seconds,
                memory=(self._limits.memory or 0) >> 20,
                detail=error,
            )
            return Refused(fetched.sha256, error.code, words)

    def close(self, *, patience: float) -> None:
        """End the process; see ``Sandbox.close``."""
        self._sandbox.close(patience=patience)
