"""Bytes -> a resume, in a process of its own that serves many: nobody vouches for a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

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


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``read`` returns, as one type that JSON can be checked to be of."""

    read: Read | None = None
    refused: Refused | None = None


def make_read(
    function: Callable[[Task], Read | Refused] = read,
) -> Callable[[Task], Answer]:
    """Return what gives ``read``'s answers; a new process calls it while it may write files."""
    intake.prepare()
    language.prepare()
    return partial(_answer, function)


def _answer(function: Callable[[Task], Read | Refused], task: Task) -> Answer:
    found = function(task)
    return Answer(read=found) if isinstance(found, Read) else Answer(refused=found)


class Reader:
    """``read`` within limits: what hangs, crashes or swells is Refused, and the next one read."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._limits = Limits(seconds, memory, files=False)
        self._sandbox: Sandbox[Task, Answer] = Sandbox(make_read, self._limits, Answer)

    def __call__(self, fetched: Fetched) -> Read | Refused:
        try:
            answer = self._read(fetched)
        except SandboxError as error:
            words = intake.words(error, self._limits, _MORE.get(error.code, ""))
            return Refused(fetched.sha256, error.code, words)
        found = answer.read or answer.refused
        return found or Refused(fetched.sha256, "failed", "reading it gave no answer.")

    def _read(self, fetched: Fetched) -> Answer:
        try:
            return self._sandbox(Task(fetched))
        except SandboxError as error:
            if error.code != "crashed":
                raise
            return self._sandbox(Task(fetched, look=False))  # as ``intake.Reading`` does

    def close(self, *, patience: float) -> None:
        """End the process; see ``Sandbox.close``."""
        self._sandbox.close(patience=patience)
