"""The stages on a Ray cluster: readers and judges are pools of actors, on any machine of it.

    hash     tasks: an item -> the hash of its content
    read     actors, each with a sandboxed process: they fetch what they read, so that no PDF
             travels through the cluster
    score    actors of one processor, each with a process for its judge

The items come from this process, the driver, and every outcome comes back to it: it alone knows
what is new, and keeps what is done. Ray runs again, elsewhere, what a lost machine was working on;
outcomes are taken from finished work only, so that none is lost and none comes twice. Noun by noun,
pickled, is how values travel from stage to stage.
"""

from __future__ import annotations

import itertools
import logging
import os
import pickle
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from gapfit.bulk.engine import CHUNK, Effort, JudgeProcess, MakeJudge, score
from gapfit.bulk.fetching import fetch
from gapfit.bulk.judging import Made
from gapfit.bulk.reading import Reader
from gapfit.datamodels import Held, Item, Missed, Outcome, Read, Refused, Scored
from gapfit.errors import ClusterError, GapfitError, UsageError
from gapfit.sandbox import Sandbox, SandboxError

if TYPE_CHECKING:
    from types import ModuleType

# Items that pass the cluster together, per worker: some minutes of work, beside which it costs
# little that the actors start anew and that the last ones wait for the slowest.
_WINDOW = 1_000
# Items whose hashes one task finds.
_HASHED = 64
# An address with a port, on which something must answer within so many seconds.
_HOST_AND_PORT = re.compile(r"(?:ray://)?\[?(?P<host>[^/]+?)\]?:(?P<port>\d+)")
_REACHED_WITHIN = 10.0
# The column that values travel in.
_VALUE = "value"


class _Claim(NamedTuple):
    """An item, and the hash of the content that somebody is to read and score for it."""

    item: Item
    sha256: str


class RayEngine:
    """Readers and judges on a Ray cluster, for one run; a context manager that ends them."""

    def __init__(self, make: MakeJudge, effort: Effort, address: str | None = None) -> None:
        """``make`` makes the judge of a process; see ``judging.make_judge``.

        Without an ``address`` the cluster is this machine alone. Raises UsageError when Ray is
        not installed.
        """
        self._make = make
        self._effort = effort
        self._workers = effort.workers or 1
        self._address = address
        self._key: Mapping[str, str] = {}
        self._ray = _imported()

    def __enter__(self) -> RayEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._ray.shutdown()

    def made(self) -> Made:
        """Connect to the cluster, and return what a judge here says of itself; see ``Engine``."""
        made = self._make()(None)
        assert isinstance(made, Made)
        if not made.batch_invariant:
            raise UsageError(
                "--engine ray needs a model whose vectors are the same on every machine, and only "
                "the default one's are. Leave --model away, or take --engine local."
            )
        self._key = made.key
        with _explained(self._address):
            _reach(self._address)
            with _without_stderr():
                self._ray.init(
                    address=self._address or "local",
                    num_cpus=None if self._address else self._effort.workers,
                    include_dashboard=None if self._address else False,
                    log_to_driver=False,
                    logging_level=logging.CRITICAL,
                )
            processors = int(self._ray.cluster_resources().get("CPU", 1))
            self._workers = self._effort.workers or max(processors, 1)
        return made

    def outcomes(self, items: Iterable[Item], is_known: Callable[[str], bool]) -> Iterator[Outcome]:
        """Yield what becomes of the items; see ``Engine``."""
        waiting = iter(items)
        size = _WINDOW * self._workers
        while window := list(itertools.islice(waiting, size)):
            fresh: dict[str, _Claim] = {}
            for found in self._hashed(window):
                if isinstance(found, Missed):
                    yield found
                    continue
                is_fresh = found.sha256 not in fresh and not is_known(found.sha256)
                if is_fresh:
                    fresh[found.sha256] = found
                yield Held(found.item, found.sha256, is_fresh)
            yield from self._scored(list(fresh.values()))

    def _hashed(self, items: Sequence[Item]) -> Iterator[_Claim | Missed]:
        blocks = -(-len(items) // _HASHED)
        data = self._data(items, blocks).map_batches(
            _over(_hash), batch_size=None, batch_format="numpy", num_cpus=0.5
        )
        yield from self._values(data)

    def _scored(self, claims: Sequence[_Claim]) -> Iterator[Scored | Refused]:
        if not claims:
            return
        from ray.data import ActorPoolStrategy

        chunks = -(-len(claims) // CHUNK)
        pool = {
            "compute": ActorPoolStrategy(size=min(self._workers, chunks)),
            "batch_size": None,  # a block, which is a chunk
            "batch_format": "numpy",
        }
        reading = (self._effort.seconds, self._effort.memory)
        scoring = (self._make, self._key)
        data = self._data(claims, chunks)
        # Were a processor kept for readers, those of a lost machine might leave none for a judge.
        data = data.map_batches(_Reading, fn_constructor_args=reading, num_cpus=0, **pool)
        data = data.map_batches(_Scoring, fn_constructor_args=scoring, num_cpus=1, **pool)
        yield from self._values(data)

    def _data(self, values: Sequence[Any], blocks: int) -> Any:
        with _explained(self._address):
            rows = [{_VALUE: pickle.dumps(value)} for value in values]
            return self._ray.data.from_items(rows, override_num_blocks=blocks)

    def _values(self, data: Any) -> Iterator[Any]:
        with _explained(self._address):
            for batch in data.iter_batches(batch_size=None, batch_format="numpy"):
                for value in map(pickle.loads, batch[_VALUE]):
                    if isinstance(value, GapfitError):
                        raise value
                    yield value


def _imported() -> ModuleType:
    """Ray, told to be silent: it may neither report its use nor fill the terminal."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageError(
            f"--engine ray needs Ray, which cannot be imported ({error}). "
            "Run: pip install 'gapfit[ray]'"
        ) from error
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    module: ModuleType = ray
    return module


def _reach(address: str | None) -> None:
    """ConnectionError unless somebody answers there; Ray itself would try for ten minutes."""
    if found := _HOST_AND_PORT.fullmatch(address or ""):
        try:
            socket.create_connection((found["host"], int(found["port"])), _REACHED_WITHIN).close()
        except OSError as error:
            raise ConnectionError(f"nobody answers there ({error}).") from error


@contextmanager
def _without_stderr() -> Iterator[None]:
    """Ray's libraries greet there when they come up; what fails is raised all the same."""
    kept, sink = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(sink)


@contextmanager
def _explained(address: str | None) -> Iterator[None]:
    """Errors of Ray in gapfit's words."""
    from ray.exceptions import RayError

    try:
        yield
    except (RayError, ConnectionError, ValueError, RuntimeError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ClusterError(
            f"Ray cluster {address or 'of this machine'}: {first} What was done is kept: run the "
            "same command again when the cluster is well."
        ) from error


# ---------------------------------------------------------------- on the machines of the cluster


def _over(function: Callable[[list[Any]], Iterable[Any]]) -> Callable[[Any], dict[str, Any]]:
    """A function of values as one of batches of rows."""

    def of_batch(batch: Any) -> dict[str, Any]:
        values = function([pickle.loads(value) for value in batch[_VALUE]])
        return {_VALUE: [pickle.dumps(value) for value in values]}

    return of_batch


def _hash(items: list[Item]) -> Iterator[_Claim | Missed]:
    for item in items:
        found = fetch(item)
        yield found if isinstance(found, Missed) else _Claim(item, found.sha256)


class _Reading:
    """An actor that reads what is claimed."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._reader = Reader(seconds, memory)
        self._call = _over(lambda claims: map(self._read, claims))

    def __call__(self, batch: Any) -> dict[str, Any]:
        return self._call(batch)

    def _read(self, claim: _Claim) -> Read | Refused:
        found = fetch(claim.item)
        if isinstance(found, Missed) or found.sha256 != claim.sha256:
            message = "changed while it was read. Run again when it is complete."
            return Refused(claim.sha256, "changed", message)
        return self._reader(found)


class _Scoring:
    """An actor that scores what was read; the error that keeps it from doing so is a value too."""

    def __init__(self, make: MakeJudge, key: Mapping[str, str]) -> None:
        """``key`` is what the results are made with on the driver's machine."""
        self._judge: JudgeProcess = Sandbox(make)
        self._failure = self._checked(key)
        self._call = _over(self._score)

    def __call__(self, batch: Any) -> dict[str, Any]:
        return self._call(batch)

    def _checked(self, key: Mapping[str, str]) -> GapfitError | None:
        """Why the results would not be the same here."""
        try:
            made = self._judge(None)
        except GapfitError as error:
            return error
        except SandboxError as error:
            return ClusterError(f"on a machine of the cluster no judge came up ({error}).")
        assert isinstance(made, Made)
        for name in sorted(key.keys() | made.key.keys()):
            here, there = made.key.get(name), key.get(name)
            if here != there:
                return ClusterError(
                    f"a machine of the cluster has another {name} ({here}, the driver {there}). "
                    "Install the same gapfit, and the same files beside it, on all of them."
                )
        return None

    def _score(self, found: list[Read | Refused]) -> Iterator[Scored | Refused | GapfitError]:
        if self._failure is not None:
            yield self._failure
            return
        yield from (one for one in found if isinstance(one, Refused))
        if read := [one for one in found if isinstance(one, Read)]:
            yield from score(self._judge, read)
