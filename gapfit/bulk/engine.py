"""What an engine is: something that runs the stages over a run's inputs, here or on a cluster.

The engines are siblings, ``local_engine`` and ``ray_engine``. They differ in where and how often a
stage runs, and give the same outcomes; ``run`` keeps these in the state as they come, whichever
engine they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from gapfit import intake
from gapfit.bulk.judging import Made
from gapfit.datamodels import Item, Outcome, Read, Refused, Scored
from gapfit.sandbox import Sandbox, SandboxError

# Resumes scored in one call: enough to even out their lengths, few enough to lose little.
CHUNK = 8

MakeJudge = Callable[[], Callable[[Sequence[Read] | None], list[Scored] | Made]]
JudgeProcess = Sandbox[Sequence[Read] | None, list[Scored] | Made]
_JUDGE_FAILED = "scoring it failed ({detail}). This is a bug in gapfit: please report it."


@dataclass(frozen=True, slots=True)
class Effort:
    """How many processes read, and as many score, and what reading one resume may take.

    Without ``workers`` there is one of each per processor of the machine or cluster.
    """

    workers: int | None = None
    seconds: float = intake.SECONDS
    memory: int = intake.MEMORY


class Engine(Protocol):
    """A context manager that ends whatever it has started."""

    def __enter__(self) -> Engine: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None: ...

    def made(self) -> Made:
        """Get ready, and return what the results will be made with.

        Raises ProfileError, EmbeddingsError or ClusterError.
        """
        ...

    def outcomes(self, items: Iterable[Item], is_known: Callable[[str], bool]) -> Iterator[Outcome]:
        """Yield what becomes of the items, in no particular order.

        One Held or Missed per item; one Scored or Refused per content, unless ``is_known`` says
        of its SHA-256 that there is one already. It may be called from several threads, and must
        know of an outcome when the next one is asked for.
        """
        ...


def score(judge: JudgeProcess, chunk: Sequence[Read]) -> Iterator[Scored | Refused]:
    """Yield an outcome per resume; one that ends the judge's process costs only itself."""
    try:
        scored = judge(chunk)
        assert isinstance(scored, list)
        yield from scored
    except SandboxError as error:
        if len(chunk) == 1:
            yield Refused(chunk[0].sha256, error.code, _JUDGE_FAILED.format(detail=error))
            return
        for one in chunk:
            yield from score(judge, [one])
