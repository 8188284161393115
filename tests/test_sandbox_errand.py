"""One call in a fresh interpreter: cheap to begin, ended with its caller, told when it fails."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gapfit.sandbox import Errand, Limits, SandboxError

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")
MEBIBYTE = 1 << 20

HELPER = """
import json, os, sys, time
prepared = []
def prepare(): prepared.append(True)
def echo(data): print("noise"); return data
def state(data):
    return json.dumps({"prepared": prepared, "modules": sorted(sys.modules),
        "environment": dict(os.environ), "path": sys.path, "group": os.getpgrp()}).encode()
def wait(data): time.sleep(60)
def swallow(data): return str(len(bytearray(int(data)))).encode()
def die(data): os.kill(os.getpid(), int(data))
def fail(data): raise KeyError("oh")
def recurse(data): return recurse(data)
def leave(data): os._exit(3)
def write(data):
    with open(data.decode(), "w") as file:
        file.write("something")
    return b"written"
"""


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    (tmp_path / "errand_helper.py").write_text(HELPER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    def ask(name: str, argument: bytes = b"", limits: Limits | None = None) -> bytes:
        with Errand(f"errand_helper:{name}", argument, limits) as errand:
            return errand.result()

    return ask


def test_it_returns_what_the_function_returns(ask: Callable[..., bytes]) -> None:
    data = bytes(range(256)) * 5000
    assert ask("echo", data) == data


def test_it_imports_what_it_needs_and_inherits_little(
    ask: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    state = json.loads(ask("state"))
    assert state["prepared"] == [True]
    assert "OPENAI_API_KEY" not in state["environment"]
    assert not {"numpy", "multiprocessing", "click", "gapfit.pipeline"} & set(state["modules"])
    if hasattr(os, "getpgrp"):
        assert state["group"] != os.getpgrp()


@pytest.mark.parametrize(
    ("name", "argument", "code", "told"),
    [
        ("wait", b"", "timed-out", "took longer than 1 s"),
        ("fail", b"", "failed", "KeyError: 'oh'"),
        ("recurse", b"", "failed", "nested too deeply"),
        ("leave", b"", "crashed", "exit code 3"),
        ("die", b"%d" % signal.SIGSEGV, "crashed", "SIGSEGV"),
        ("none", b"", "failed", "AttributeError"),
    ],
)
def test_what_goes_wrong_is_told(
    name: str, argument: bytes, code: str, told: str, ask: Callable[..., bytes]
) -> None:
    with pytest.raises(SandboxError, match=told) as caught:
        ask(name, argument, Limits(seconds=1.0 if code == "timed-out" else 30.0))
    assert caught.value.code == code


@LINUX
def test_memory_is_limited(ask: Callable[..., bytes]) -> None:
    limits = Limits(30.0, 256 * MEBIBYTE)
    assert ask("swallow", b"%d" % (10 * MEBIBYTE), limits) == b"%d" % (10 * MEBIBYTE)
    with pytest.raises(SandboxError) as caught:
        ask("swallow", b"%d" % (512 * MEBIBYTE), limits)
    assert caught.value.code == "out-of-memory"


@LINUX
def test_it_can_be_kept_from_writing_files(ask: Callable[..., bytes], tmp_path: Path) -> None:
    place = bytes(tmp_path / "new")
    assert ask("write", place) == b"written"
    with pytest.raises(SandboxError, match="File too large"):
        ask("write", place, Limits(files=False))


def test_leaving_ends_what_still_runs(ask: Callable[..., bytes]) -> None:
    with Errand("errand_helper:wait", b"", Limits(seconds=60.0)) as errand:
        pass
    assert errand._process.poll() is not None


def test_what_it_begins_goes_on_beside_its_caller(ask: Callable[..., bytes]) -> None:
    with Errand("errand_helper:echo", b"x") as errand:
        errand._process.wait(30)  # ends without anybody asking
        assert errand.result() == b"x"
        assert errand.result() == b"x"


def test_no_interpreter_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(SandboxError, match="no process could be started"):
        Errand("errand_helper:echo", b"")
