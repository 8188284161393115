"""Bytes -> a resume, in a process of its own that serves many: nobody vouches for a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gapfit import intake, language
from gapfit.datamodels import Fetched, Read, Refused
from gapfit.errors import UnreadableInput
from gapfit.intake import MEMORY, SECONDS, read_unguarded
from gapfit.sandbox import Limits, Sandbox, SandboxError

# What may be different the next time: the machine was busy, or something else took the memory.
TRANSIENT = frozenset(
    {"changed", "crashed", "not-found", "not-readable", "out-of-memory", "timed-out"}
)
_MORE = {
    "timed-out": ", or give it more with --timeout",
    "out-of-memory": ", or give it more with --memory",
}


@dataclass(frozen=True, slots=True)
class Task:
    """A PDF to read; ``look`` says whether to look at its pages, see ``pdf.read``."""

    fetched: Fetched
    look: bool = True


def read(task: Task) -> Read | Refused:
    """Return the resume in a PDF, or why it is none. Limits are the caller's business."""
    fetched = task.fetched
    try:
        resume, digest = read_unguarded(fetched.data, fetched.item.name, look=task.look)
    except UnreadableInput as error:
        message = str(error).removeprefix(f"{fetched.item.name}: ")
        return Refused(fetched.sha256, error.code, message)
    # No report of a run shows pages: what is sent between processes stays small without them.
    return Read(digest, replace(resume, layout=()))


def make_read() -> Callable[[Task], Read | Refused]:
    """Return ``read``; what a new process calls, while it may still write files."""
    intake.prepare()
    language.prepare()
    return read


class Reader:
    """``read`` within limits: what hangs, crashes or swells is Refused, and the next one read."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._limits = Limits(seconds, memory, files=False)
        self._sandbox: Sandbox[Task, Read | Refused] = Sandbox(make_read, self._limits)

    def __call__(self, fetched: Fetched) -> Read | Refused:
        try:
            return self._read(fetched)
        except SandboxError as error:
            words = intake.words(error, self._limits, _MORE.get(error.code, ""))
            return Refused(fetched.sha256, error.code, words)

    def _read(self, fetched: Fetched) -> Read | Refused:
        try:
            return self._sandbox(Task(fetched))
        except SandboxError as error:
            if error.code != "crashed":
                raise
            return self._sandbox(Task(fetched, look=False))  # as ``intake.Reading`` does

    def close(self, *, patience: float) -> None:
        """End the process; see ``Sandbox.close``."""
        self._sandbox.close(patience=patience)
