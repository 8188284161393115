"""A function in a process of its own: what it does there costs its caller nothing."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from gapfit.errors import EmbeddingsError
from gapfit.sandbox import Limits, Sandbox, SandboxError

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")

MEBIBYTE = 1 << 20


def make_worker(failure: str = "") -> Callable[[str], object]:
    if failure == "known":
        raise EmbeddingsError("no model here")
    if failure:
        raise ValueError(failure)
    return work


def work(task: str) -> object:
    match task.split():
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["spin"]:
            while True:
                pass
        case ["swallow", size]:
            return len(bytearray(int(size)))
        case ["die", number]:
            os.kill(os.getpid(), int(number))
        case ["exit"]:
            os._exit(3)
        case ["raise"]:
            raise KeyError("oh")
        case ["recurse"]:
            return work(task)
        case ["print"]:
            print("to the terminal", flush=True)
            os.write(2, b"and to stderr")
        case ["fork"]:
            child = os.fork()
            if child == 0:
                time.sleep(60)
            time.sleep(60)
        case ["processors"]:
            return sorted(os.sched_getaffinity(0))
        case ["child"]:
            return os.getpid()
    return task


@pytest.fixture(scope="module")
def sandbox() -> object:
    box: Sandbox[str, object] = Sandbox(make_worker, Limits(seconds=20, memory=256 * MEBIBYTE))
    yield box
    box.close()


def failure(sandbox: Sandbox[str, object], task: str) -> SandboxError:
    with pytest.raises(SandboxError) as caught:
        sandbox(task)
    assert sandbox("again") == "again"  # the next call finds a process
    return caught.value


def test_it_returns_what_the_function_returns(sandbox: Sandbox[str, object]) -> None:
    assert sandbox("hello") == "hello"


def test_one_process_serves_many_calls(sandbox: Sandbox[str, object]) -> None:
    first = sandbox("child")
    assert first == sandbox("child")
    assert first != os.getpid()


@pytest.mark.parametrize("task", ["sleep 60", "spin"])
def test_what_hangs_is_ended(task: str) -> None:
    sandbox: Sandbox[str, object] = Sandbox(make_worker, Limits(seconds=0.3))
    with pytest.raises(SandboxError, match=r"took longer than 0.3 s") as caught:
        sandbox(task)
    assert caught.value.code == "timed-out"
    sandbox.close()


@LINUX
def test_what_swells_is_ended(sandbox: Sandbox[str, object]) -> None:
    assert sandbox(f"swallow {10 * MEBIBYTE}") == 10 * MEBIBYTE
    assert failure(sandbox, f"swallow {512 * MEBIBYTE}").code == "out-of-memory"


@pytest.mark.parametrize(
    ("task", "told"),
    [(f"die {signal.SIGSEGV:d}", "SIGSEGV"), ("die 9", "SIGKILL"), ("exit", "exit code 3")],
)
def test_what_crashes_is_told(task: str, told: str, sandbox: Sandbox[str, object]) -> None:
    error = failure(sandbox, task)
    assert error.code == "crashed"
    assert told in str(error)


def test_what_raises_is_told(sandbox: Sandbox[str, object]) -> None:
    error = failure(sandbox, "raise")
    assert error.code == "failed"
    assert str(error).startswith("KeyError at gapfit/sandbox")
    assert "oh" not in str(error)


def test_endless_recursion_is_told(sandbox: Sandbox[str, object]) -> None:
    assert str(failure(sandbox, "recurse")) == "nested too deeply"


def test_it_writes_to_nobodys_terminal(
    sandbox: Sandbox[str, object], capfd: pytest.CaptureFixture[str]
) -> None:
    assert sandbox("print") == "print"
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""


@LINUX
def test_what_it_started_is_ended_with_it() -> None:
    sandbox: Sandbox[str, object] = Sandbox(make_worker, Limits(seconds=0.5))
    leader = sandbox("child")
    assert isinstance(leader, int)
    with pytest.raises(SandboxError):
        sandbox("fork")
    for _ in range(100):
        if not _members(leader):
            break
        time.sleep(0.05)
    assert _members(leader) == []
    sandbox.close()


def _members(group: int) -> list[int]:
    """Processes of a group that still run."""
    found = []
    for entry in os.listdir("/proc"):  # noqa: PTH208
        try:
            with open(f"/proc/{entry}/stat") as file:  # noqa: PTH123
                state, _, own = file.read().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if own == str(group) and state != "Z":
            found.append(int(entry))
    return found


@LINUX
def test_it_can_be_kept_on_one_processor() -> None:
    own = sorted(os.sched_getaffinity(0))[-1]
    sandbox: Sandbox[str, object] = Sandbox(make_worker)
    sandbox.pin(own)
    assert sandbox("processors") == [own]
    with pytest.raises(SandboxError):
        sandbox("exit")
    assert sandbox("processors") == [own]  # its successor too
    sandbox.close()


def test_a_known_error_of_the_start_is_raised_as_it_is() -> None:
    sandbox: Sandbox[str, object] = Sandbox(partial(make_worker, "known"))
    with pytest.raises(EmbeddingsError, match="no model here"):
        sandbox("hello")
    sandbox.close()


def test_any_other_error_of_the_start_is_told() -> None:
    sandbox: Sandbox[str, object] = Sandbox(partial(make_worker, "broken"))
    with pytest.raises(SandboxError, match="ValueError at gapfit/sandbox"):
        sandbox("hello")
    sandbox.close()


def test_closing_twice_is_fine() -> None:
    sandbox: Sandbox[str, object] = Sandbox(make_worker)
    assert sandbox("hello") == "hello"
    sandbox.close()
    sandbox.close()
    with pytest.raises(SandboxError, match="is closed"):
        sandbox("hello")


def test_limits_are_plain_values() -> None:
    assert pickle.loads(pickle.dumps(Limits(1.0, 2))) == Limits(1.0, 2)


def test_a_process_that_cannot_be_started_can_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoProcess:
        def __init__(self, **_: object) -> None: ...

        def start(self) -> None:
            raise BlockingIOError(11, "Resource temporarily unavailable")

    context = multiprocessing.get_context("spawn")
    monkeypatch.setattr(context, "Process", NoProcess, raising=False)
    monkeypatch.setattr("gapfit.sandbox.worker._context", lambda: context)
    one: Sandbox[int, int] = Sandbox(make_nothing)
    with pytest.raises(BlockingIOError):
        one(1)
    one.close()


# ---------------------------------------------------------------- of what nobody vouches for


@dataclass(frozen=True)
class Told:
    text: str


def make_teller() -> Callable[[str], object]:
    return tell


def tell(task: str) -> object:
    if task == "another type":
        return {"words": 7}
    if task == "raise":
        raise KeyError("oh")
    if task == "swallow":
        raise MemoryError
    return Told(task)


class Trap:
    """What runs code in whoever unpickles it."""

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path(os.environ["TRAP"]),))


def trap(_: str) -> object:
    """Has taken over its process, and writes to the other end what it likes."""
    (connection,) = [one for one in gc.get_objects() if isinstance(one, Connection)]
    connection.send(("done", Trap()))
    return Told("")


def test_plain_answers_are_checked() -> None:
    sandbox: Sandbox[str, object] = Sandbox(make_teller, Limits(seconds=20), Told)
    assert sandbox("hello\n\0 ü") == Told("hello\n\0 ü")
    for task, code in (
        ("another type", "failed"),
        ("raise", "failed"),
        ("swallow", "out-of-memory"),
    ):
        assert failed(sandbox, task).code == code
        assert sandbox("again") == Told("again")
    sandbox.close()


def failed(sandbox: Sandbox[str, object], task: str) -> SandboxError:
    with pytest.raises(SandboxError) as caught:
        sandbox(task)
    return caught.value


def test_no_pickle_is_taken_from_it(tmp_path: Path) -> None:
    trusting: Sandbox[str, object] = Sandbox(partial(make_trapped, str(tmp_path / "sprung")))
    trusting("x")
    trusting.close()
    assert (tmp_path / "sprung").exists()  # the trap is one
    (tmp_path / "sprung").unlink()
    wary: Sandbox[str, object] = Sandbox(
        partial(make_trapped, str(tmp_path / "sprung")), Limits(), Told
    )
    assert failed(wary, "x").code == "failed"
    wary.close()
    assert not (tmp_path / "sprung").exists()


def make_trapped(place: str) -> Callable[[str], object]:
    os.environ["TRAP"] = place
    return trap


def make_nothing() -> Callable[[int], int]:
    return int
