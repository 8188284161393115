"""The stages on one machine: fetch → read → score, each in parallel, joined by bounded channels.

    fetch    threads of this process; waiting for disks and networks needs no processor
    read     a thread and a sandboxed process each
    score    a thread and a process each, kept on one processor

A slow stage fills the channel before it, and everything before that waits. Outcomes come in no
particular order, and do not depend on it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from gapfit import intake
from gapfit.bulk.fetching import fetch
from gapfit.bulk.flow import Channel, Flow
from gapfit.bulk.judging import Made
from gapfit.bulk.reading import Reader
from gapfit.datamodels import Fetched, Held, Item, Missed, Outcome, Read, Refused, Scored
from gapfit.sandbox import Sandbox, SandboxError

# Resumes scored in one call: enough to even out their lengths, few enough to lose little.
CHUNK = 8
_FETCHERS = 8
# Seconds in which a process may end by itself after a run that came to its end.
_PATIENCE = 2.0
# Values that wait before a stage, per worker of it.
_WAITING = 2

MakeJudge = Callable[[], Callable[[Sequence[Read] | None], list[Scored] | Made]]
JudgeProcess = Sandbox[Sequence[Read] | None, list[Scored] | Made]
_JUDGE_FAILED = "scoring it failed ({detail}). This is a bug in gapfit: please report it."


def processors() -> list[int]:
    """Return the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Effort:
    """How many processes read, and as many score, and what reading one resume may take."""

    workers: int
    seconds: float = intake.SECONDS
    memory: int = intake.MEMORY


class LocalEngine:
    """Readers and judges on this machine, for one run; a context manager that ends them."""

    def __init__(self, make: MakeJudge, effort: Effort) -> None:
        """``make`` makes the judge of a process; see ``judging.make_judge``."""
        self._make = make
        self._judges: list[JudgeProcess] = [Sandbox(self._make)]
        self._effort = effort
        self._readers = [Reader(effort.seconds, effort.memory) for _ in range(effort.workers)]
        self._flow = Flow()

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._flow.cancel()
        patience = _PATIENCE if kind is None else 0.0
        for judge in self._judges:
            judge.close(patience=patience)
        for reader in self._readers:
            reader.close(patience=patience)

    def made(self) -> Made:
        """Load the first judge and return what it says of itself.

        Raises ProfileError or EmbeddingsError.
        """
        made = self._judges[0](None)
        assert isinstance(made, Made)
        if made.batch_invariant:
            # A thread each and no two on one processor: all are busy, none is fought over. Where
            # batches matter so does the number of threads, and one judge keeps all of them.
            own = processors()
            self._judges += [Sandbox(self._make) for _ in range(self._effort.workers - 1)]
            for number, judge in enumerate(self._judges):
                judge.pin(own[number % len(own)])
        return made

    def outcomes(self, items: Iterable[Item], is_known: Callable[[str], bool]) -> Iterator[Outcome]:
        """Yield what becomes of the items.

        One Held or Missed per item; one Scored or Refused per content, unless ``is_known`` says
        of its SHA-256 that there is one already. It is called from several threads, and must
        know of an outcome when the next one is asked for.
        """
        flow, workers = self._flow, self._effort.workers
        listed = flow.channel(_FETCHERS * _WAITING)
        fetched = flow.channel(workers * _WAITING)
        read = flow.channel(len(self._judges) * _WAITING * CHUNK)
        out = flow.channel(_WAITING * CHUNK)
        claims = Claims(is_known)
        flow.add(partial(_list, items, listed), listed)
        for _ in range(_FETCHERS):
            flow.add(partial(_fetch, listed, claims, fetched, out), fetched, out)
        for reader in self._readers:
            flow.add(partial(_read, fetched, reader, read, out), read, out)
        for judge in self._judges:
            flow.add(partial(_score, read, judge, out), out)
        for outcome in flow.run(out):
            yield outcome
            claims.release(outcome)


class Claims:
    """Which contents are somebody's work right now."""

    def __init__(self, is_known: Callable[[str], bool]) -> None:
        self._is_known = is_known
        self._taken: set[str] = set()
        self._lock = threading.Lock()

    def claim(self, sha256: str) -> bool:
        """Whether the content is new, and from now on the caller's."""
        with self._lock:
            if sha256 in self._taken or self._is_known(sha256):
                return False
            self._taken.add(sha256)
            return True

    def release(self, outcome: Outcome) -> None:
        """Forget a content whose outcome is known to all."""
        if isinstance(outcome, Scored | Refused):
            with self._lock:
                self._taken.discard(outcome.sha256)


def _list(items: Iterable[Item], listed: Channel[Item]) -> None:
    for item in items:
        listed.put(item)


def _fetch(
    listed: Channel[Item], claims: Claims, fetched: Channel[Fetched], out: Channel[Outcome]
) -> None:
    for item in listed:
        found = fetch(item)
        if isinstance(found, Missed):
            out.put(found)
            continue
        fresh = claims.claim(found.sha256)
        out.put(Held(item, found.sha256, fresh))
        if fresh:
            fetched.put(found)


def _read(
    fetched: Channel[Fetched], reader: Reader, read: Channel[Read], out: Channel[Outcome]
) -> None:
    for one in fetched:
        found = reader(one)
        if isinstance(found, Read):
            read.put(found)
        else:
            out.put(found)


def _score(read: Channel[Read], judge: JudgeProcess, out: Channel[Outcome]) -> None:
    while chunk := read.take(CHUNK):
        for outcome in score(judge, chunk):
            out.put(outcome)


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
