"""Nothing leaves the machine: every command works, and no process of it asks for the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gapfit.cli import cli, run

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_resumes"

# Python imports this in every process, before anything of gapfit's. Sockets of the machine itself
# (AF_UNIX, between processes) are none of the network's. A process that may write no file can still
# make an empty one.
WATCH = """
import socket, sys

def refused(event, arguments):
    if event == "socket.getaddrinfo":
        asked = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        if arguments[0].family == getattr(socket, "AF_UNIX", None):
            return
        asked = arguments[1]
    elif event in ("socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"):
        asked = arguments[0]
    else:
        return
    try:
        with open({asked!r}, "a") as file:
            file.write(f"{{event}} {{asked!r}}\\n")
    finally:
        raise OSError("no network in this test")

sys.addaudithook(refused)
"""

COMMANDS = [
    "fit SAMPLE",
    "fit SAMPLE --format json --blind --no-cache",
    "fit SAMPLE --format md --variants",
    "fit SAMPLE --format html --role llm-engineer",
    "fit SAMPLE --job JOB",
    "bulk POOL --format jsonl --workers 1",
    "bulk POOL --format html --workers 1 -o out.html --cohort cohort.json",
    "checklist SAMPLE",
    "checklist SAMPLE --format ics --start 2026-03-02 --weeks 6",
    "compare SAMPLE OTHER",
    "decode JOB",
    "decode AD --format json",
    "roles",
    "roles ai-engineer",
    "roles new --from JOB",
    "audit OTHER",
    "audit --outcomes OUTCOMES --group sex --score fit --datasheet sheet.md",
    "verify RESULT OTHER",
    "purge --dry-run",
    "purge",
    "embeddings verify",
]
OUTCOMES = "sex,fit\n" + "f,10\nm,20\n" * 20


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """The file that is there when a process has asked for the network."""
    return tmp_path / "asked"


@pytest.fixture
def watched(tmp_path: Path, asked: Path, result: Path) -> dict[str, str]:
    """An environment in which asking for the network is noted and refused."""
    (tmp_path / "sitecustomize.py").write_text(WATCH.format(asked=str(asked)))
    return os.environ | {
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))),
        "XDG_CACHE_HOME": str(result.parent),  # one for all: lines are encoded once
    }


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``gapfit fit`` made of a resume."""
    path = tmp_path_factory.mktemp("result") / "result.json"
    assert (
        run(["fit", str(SAMPLES / "career-changer.pdf"), "--format", "json", "-o", str(path)]) == 0
    )
    return path


def isolated(command: list[str]) -> list[str]:
    """The command in a network of its own, without any way out, where the system allows it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return command
    prefix = [unshare, "--net", "--map-root-user"]
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return [*prefix, *command] if tried.returncode == 0 else command


@pytest.mark.model
@pytest.mark.parametrize("arguments", COMMANDS)
def test_no_command_asks_for_the_network(
    arguments: str, watched: dict[str, str], asked: Path, result: Path, tmp_path: Path
) -> None:
    pool, outcomes = tmp_path / "pool", tmp_path / "outcomes.csv"
    pool.mkdir()
    for name in ("llm-engineer.pdf", "scanned.pdf"):
        shutil.copy(SAMPLES / name, pool)
    outcomes.write_text(OUTCOMES)
    places = {
        "SAMPLE": SAMPLES / "worked-example.pdf",
        "OTHER": SAMPLES / "career-changer.pdf",
        "JOB": SAMPLES / "jobs" / "mislabelled.txt",
        "AD": SAMPLES / "jobs" / "two-jobs.md",
        "POOL": pool,
        "OUTCOMES": outcomes,
        "RESULT": result,
    }
    words = [str(places.get(word, word)) for word in arguments.split()]
    done = subprocess.run(
        isolated([sys.executable, "-m", "gapfit", *words]),
        env=watched, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr  # 1: a scan among many, a ratio below 4/5
    assert done.stdout or done.stderr
    assert not asked.exists(), asked.read_text()


def test_every_command_is_among_them() -> None:
    tried = {arguments.split()[0] for arguments in COMMANDS}
    assert tried == set(cli.commands)


CALL = "import socket; socket.create_connection(('127.0.0.1', 9))"


def test_the_watch_sees_what_it_should(watched: dict[str, str], asked: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALL], env=watched, capture_output=True, text=True, check=False
    )
    assert "no network in this test" in done.stderr
    assert "127.0.0.1" in asked.read_text()


def test_it_sees_what_the_process_does_that_reads_a_file(
    watched: dict[str, str], asked: Path, tmp_path: Path
) -> None:
    (tmp_path / "errand_calls.py").write_text(f"def call(_):\n    {CALL}\n")
    script = (
        "from gapfit.sandbox import Errand, Limits\n"
        "with Errand('errand_calls:call', b'', Limits(60, 1 << 30, files=False)) as errand:\n"
        "    errand.result()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=watched, capture_output=True, text=True, check=False
    )
    assert "no network in this test" in done.stderr
    assert asked.exists()
