"""Nothing leaves the machine: every command works, and no process of it asks for the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_resumes"

# Python imports this in every process, before anything of gapfit's. Sockets of the machine itself
# (AF_UNIX, between processes) are none of the network's.
WATCH = """
import os, socket, sys

def refused(event, arguments):
    if event == "socket.getaddrinfo":
        asked = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.bind"):
        if arguments[0].family == getattr(socket, "AF_UNIX", None):
            return
        asked = arguments[1]
    else:
        return
    with open(os.environ["ASKED"], "a") as file:
        file.write(f"{event} {asked!r}\\n")
    raise OSError("no network in this test")

sys.addaudithook(refused)
"""

COMMANDS = [
    ["fit", "SAMPLE"],
    ["fit", "SAMPLE", "--format", "json", "--blind", "--no-cache"],
    ["checklist", "SAMPLE"],
    ["roles", "ai-engineer"],
    ["bulk", "POOL", "--format", "jsonl", "--workers", "1"],
    ["embeddings", "--help"],
]


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """An environment in which asking for the network is noted and refused."""
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    return os.environ | {
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))),
        "ASKED": str(tmp_path / "asked"),
    }


def isolated(command: list[str]) -> list[str]:
    """The command in a network of its own, without any way out, where the system allows it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return command
    prefix = [unshare, "--net", "--map-root-user"]
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return [*prefix, *command] if tried.returncode == 0 else command


@pytest.mark.model
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments[:4]))
def test_no_command_asks_for_the_network(
    arguments: list[str], watched: dict[str, str], tmp_path: Path
) -> None:
    pool = tmp_path / "pool"
    pool.mkdir()
    for name in ("llm-engineer.pdf", "scanned.pdf"):
        shutil.copy(SAMPLES / name, pool)
    places = {"SAMPLE": str(SAMPLES / "worked-example.pdf"), "POOL": str(pool)}
    call = [sys.executable, "-m", "gapfit", *(places.get(one, one) for one in arguments)]
    done = subprocess.run(
        isolated(call), env=watched, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr  # 1: a scan among many is skipped
    assert done.stdout
    assert not (tmp_path / "asked").exists(), (tmp_path / "asked").read_text()


def test_the_watch_sees_what_it_should(watched: dict[str, str], tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=watched, capture_output=True, text=True, check=False
    )
    assert "no network in this test" in done.stderr
    assert "127.0.0.1" in (tmp_path / "asked").read_text()
