"""The stages on a real Ray cluster of several nodes: the outcomes are those of this machine."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import bulk_builders as bulk
import pytest

from gapfit.bulk import run
from gapfit.bulk.engine import Effort, Engine
from gapfit.bulk.judging import Made
from gapfit.bulk.local_engine import LocalEngine
from gapfit.bulk.reading import TRANSIENT
from gapfit.bulk.state import State
from gapfit.datamodels import Candidate, Item, Read, Refused, Scored, Skipped
from gapfit.errors import ClusterError, UsageError

pytest.importorskip("ray", reason="needs Ray: pip install 'gapfit[ray]'")

from gapfit.bulk import ray_engine
from gapfit.bulk.ray_engine import RayEngine

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("ignore")]

TESTS = Path(__file__).parent
COUNT = 24


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Three nodes of one processor, as processes of their own."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS.parent), str(TESTS)]))
        node = {"num_cpus": 1, "object_store_memory": 100 << 20, "include_dashboard": False}
        made = Cluster(initialize_head=True, head_node_args=node)
        made.add_node(num_cpus=1, object_store_memory=100 << 20)
        made.add_node(num_cpus=1, object_store_memory=100 << 20)
        made.wait_for_nodes()
        yield made
        made.shutdown()


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    """Resumes, one of them twice, and two files that are none."""
    folder = bulk.a_pool(tmp_path / "pool", COUNT)
    (folder / "copy.pdf").write_bytes(bulk.resume_pdf(3))
    (folder / "bad.pdf").write_bytes(b"no PDF")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7 no")
    return folder


def rows(
    engine: Engine,
    folder: Path,
    state: Path,
    disturb: Callable[[run.Tally], None] = lambda tally: None,
) -> list[Candidate | Skipped]:
    """What a run gives: every input of it, in order, with all that is said of it."""
    with engine, State(state, engine.made().key) as kept:
        begun = tally = run.enlist(kept, [str(folder)])
        for tally in run.work(kept, engine, begun):
            disturb(tally)
        assert tally.done == tally.total
        return [*kept.candidates(), *kept.skipped()]


@pytest.fixture
def alone(pool: Path, tmp_path: Path) -> list[Candidate | Skipped]:
    """What this machine gives."""
    return rows(LocalEngine(bulk.make_judge, Effort(1)), pool, tmp_path / "local")


def test_a_killed_actor_and_a_lost_machine_lose_and_double_nothing(
    cluster: Any, pool: Path, alone: list[Candidate | Skipped], tmp_path: Path
) -> None:
    killed = []

    def disturb(tally: run.Tally) -> None:
        if tally.scored >= 3 and not killed:
            killed.append(_scoring_processes()[0])
            os.kill(killed[0], signal.SIGKILL)
        elif tally.scored >= 10 and len(killed) == 1:
            killed.append(cluster.list_all_nodes()[-1])
            cluster.remove_node(killed[-1], allow_graceful=False)

    engine = RayEngine(bulk.make_judge, Effort(3), cluster.address)
    assert rows(engine, pool, tmp_path / "state", disturb) == alone
    assert len(killed) == 2


def _scoring_processes() -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and b"_Scoring" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_a_stopped_driver_is_continued(
    cluster: Any, pool: Path, alone: list[Candidate | Skipped], tmp_path: Path
) -> None:
    def stop(tally: run.Tally) -> None:
        if tally.scored >= 8:
            raise KeyboardInterrupt

    state = tmp_path / "state"
    with pytest.raises(KeyboardInterrupt):
        rows(RayEngine(bulk.make_judge, Effort(2), cluster.address), pool, state, stop)
    engine = RayEngine(bulk.make_judge, Effort(2), cluster.address)
    tallies: list[run.Tally] = []
    assert rows(engine, pool, state, tallies.append) == alone
    assert tallies[-1].before >= 8
    assert tallies[-1].scored <= COUNT - 8


def test_machines_that_are_not_alike(cluster: Any, pool: Path, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"another weights .* Install the same gapfit"):
        rows(RayEngine(_Foreign(os.getpid()), Effort(1), cluster.address), pool, tmp_path / "state")


class _Foreign:
    """Makes judges that are other ones in any other process."""

    def __init__(self, home: int) -> None:
        self._home = home

    def __call__(self) -> Callable[[Sequence[Read] | None], list[Scored] | Made]:
        weights = "these" if os.getpid() == self._home else "those"
        return lambda read: Made({"weights": weights}, True)


def test_nobody_at_the_address(tmp_path: Path) -> None:
    with (
        RayEngine(bulk.make_judge, Effort(1), "127.0.0.1:1") as engine,
        pytest.raises(ClusterError, match=r"127\.0\.0\.1:1: nobody answers there"),
    ):
        engine.made()


def test_a_model_whose_vectors_depend_on_the_machine() -> None:
    def make() -> Callable[[Sequence[Read] | None], list[Scored] | Made]:
        return lambda read: Made({}, False)

    with RayEngine(make, Effort(1)) as engine, pytest.raises(UsageError, match="--engine local"):
        engine.made()


def test_without_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'gapfit\[ray\]'"):
        RayEngine(bulk.make_judge, Effort(1))


def test_a_file_that_changes_between_its_hash_and_its_reading(tmp_path: Path) -> None:
    reading = ray_engine._Reading(60.0, 1 << 30)
    path = tmp_path / "a.pdf"
    path.write_bytes(bulk.resume_pdf(1))
    (claim,) = ray_engine._hash([Item(str(path))])
    assert isinstance(claim, ray_engine._Claim)
    assert isinstance(reading._read(claim), Read)
    path.write_bytes(bulk.resume_pdf(2))
    found = reading._read(claim)
    assert isinstance(found, Refused)
    assert (found.sha256, found.code) == (claim.sha256, "changed")
    assert found.code in TRANSIENT


def test_nothing_is_told_to_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "1")
    RayEngine(bulk.make_judge, Effort(1))
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
