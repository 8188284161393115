"""Speed, measured: whole processes of gapfit beside a plain script, in the same run.

    python benchmarks/speed/run.py [--rounds N] [RESUME.pdf]

The plain script (plain.py) imports sentence-transformers, loads the same model and encodes the
same lines of the resume; it reads no PDF and scores nothing. Each round runs everything once, in
turn, so that what else the machine does falls on all alike. Of each, the shortest time of all
rounds counts. Runs on POSIX, where the peak memory of a child can be asked for.
"""

# This process stays small: a child's peak memory is at least what its parent had when it forked.

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from gapfit.encoder import default_model

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "sample_resumes" / "worked-example.pdf"
LABELLED = HERE.parent / "quality" / "resumes"
LIBRARIES = ("numpy", "onnxruntime", "tokenizers", "sentence-transformers", "torch")

PLAIN = "plain script"
# The plain script is to take at least this many times as long.
TARGETS = {"fit, first run": 5, "fit, second run": 10, "gapfit --help": 30}


@dataclass
class Measured:
    """One kind of process: wall seconds, processor seconds and peak memory (MB) of each run."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def main() -> None:
    arguments = parser().parse_args()
    print_machine()
    command = [sys.executable, str(HERE / "lines.py"), str(arguments.resume)]
    lines = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    measured: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(arguments.rounds):
            one_round(Path(folder), arguments.resume, lines, measured)
    print(f"\n## {arguments.resume.name}: {len(lines)} lines, best of {arguments.rounds} rounds\n")
    print_processes(measured)
    many = many_lines()
    print(f"\n## Encoding alone: {len(many)} lines, the model loaded\n")
    print_encoding(many, arguments.rounds)


def parser() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("resume", nargs="?", type=Path, default=SAMPLE, metavar="RESUME.pdf")
    options.add_argument("--rounds", type=int, default=5)
    return options


def one_round(folder: Path, resume: Path, lines: list[str], measured: dict[str, Measured]) -> None:
    def take(name: str, *command: str, text: str = "") -> None:
        measure(measured.setdefault(name, Measured()), command, folder, text)

    fit = (sys.executable, "-m", "gapfit", "fit", str(resume), "-q")
    shutil.rmtree(folder / "gapfit", ignore_errors=True)
    model = str(default_model.folder())
    take(PLAIN, sys.executable, str(HERE / "plain.py"), model, text=json.dumps(lines))
    take("fit, first run", *fit)
    take("fit, second run", *fit)
    forget_one_line(folder)
    take("fit, one line edited", *fit)
    take("fit --no-cache", *fit, "--no-cache")
    take("gapfit --help", sys.executable, "-m", "gapfit", "--help")


def forget_one_line(folder: Path) -> None:
    """What editing one line of the resume does to the cache."""
    with sqlite3.connect(folder / "gapfit" / "statements" / "vectors.sqlite3") as database:
        database.execute("DELETE FROM vectors WHERE rowid = (SELECT min(rowid) FROM vectors)")
    database.close()


def measure(into: Measured, command: tuple[str, ...], cache: Path, text: str = "") -> None:
    """Run a command, with the user's cache in ``cache``, and note what it cost."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "HF_HUB_OFFLINE": "1"}
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as said:
        given.write(text)
        given.seek(0)
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=given, stdout=said, stderr=subprocess.DEVNULL, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        into.wall.append(time.perf_counter() - start)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} ended with code {process.returncode}")
        said.seek(0)
        into.said.append(said.read())
    into.cpu.append(usage.ru_utime + usage.ru_stime)
    unit = 1 if sys.platform == "darwin" else 1024
    into.peak.append(usage.ru_maxrss * unit / 1e6)


def print_processes(measured: dict[str, Measured]) -> None:
    print(
        "                       seconds   processor    peak memory   of the plain script   target"
    )
    plain = min(measured[PLAIN].wall)
    for name, runs in measured.items():
        share = plain / min(runs.wall)
        cost = f"{min(runs.wall):>7.3f}  {min(runs.cpu):>7.3f} s   {max(runs.peak):>8.0f} MB"
        print(f"{name:<22} {cost}   {f'1/{share:.1f}':>14}         {verdict(name, share)}".rstrip())


def verdict(name: str, share: float) -> str:
    target = TARGETS.get(name)
    if target is None:
        return ""
    return f"1/{target} {'met' if share >= target else 'MISSED'}"


def many_lines() -> list[str]:
    """The distinct lines of the labelled resumes."""
    resumes = (json.loads(path.read_text("utf-8")) for path in sorted(LABELLED.glob("*.json")))
    return sorted({line["text"] for resume in resumes for line in resume["lines"]})


def print_encoding(lines: list[str], rounds: int) -> None:
    seconds = {}
    for name, script, arguments in (
        ("sentence-transformers", "plain.py", (str(default_model.folder()),)),
        ("gapfit's encoder", "encode.py", ()),
    ):
        runs = Measured()
        for _ in range(min(rounds, 3)):
            command = (sys.executable, str(HERE / script), *arguments)
            measure(runs, command, Path(tempfile.gettempdir()), json.dumps(lines))
        seconds[name] = min(float(said) for said in runs.said)
        rate = len(lines) / seconds[name]
        print(f"{name:<22} {seconds[name]:>6.2f} s {rate:>6.0f} lines a second")
    first, second = seconds.values()
    print(f"{'':<22} {first / second:.1f} times as fast")


def print_machine() -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"{processor()}, {cores} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; load average {os.getloadavg()[0]:.1f}"
    )
    print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))


def processor() -> str:
    try:
        info = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2] for line in info.splitlines() if line.startswith("model name")]
    return names[0].strip() if names else platform.machine()


if __name__ == "__main__":
    main()
