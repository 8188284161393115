"""The cache on disk: what is put is got, and nothing that befalls it becomes a wrong answer."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gapfit import datafiles
from gapfit.encoder import cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, empty."""
    monkeypatch.setattr(datafiles, "user_cache", lambda: tmp_path / "user")
    return tmp_path / "user"


def key(name: str) -> bytes:
    return cache.key("a model", name)


def entries(*names: str, size: int = 100) -> dict[bytes, bytes]:
    return {key(name): (name.encode() * size)[:size] for name in names}


def rows() -> list[tuple[bytes, int]]:
    """Keys and last uses in the file, as another program would read them."""
    with sqlite3.connect(cache.path()) as database:
        found = database.execute("SELECT key, used FROM vectors ORDER BY used, key").fetchall()
    database.close()
    return found


# ---------------------------------------------------------------- put and get


def test_what_is_put_is_got() -> None:
    cache.put(entries("a", "b"))
    assert cache.get([key("a"), key("b"), key("c")]) == entries("a", "b")
    assert cache.get([key("c")]) == {}
    assert cache.get([]) == {}


def test_a_key_is_of_encoder_and_text() -> None:
    keys = {cache.key(f, t) for f in ("", "x", "xy") for t in ("", "x", "y", "\0x", "\ud800")}
    assert len(keys) == 15
    assert {len(k) for k in keys} == {32}


def test_more_keys_than_one_question_holds() -> None:
    many = entries(*map(str, range(1200)), size=20)
    cache.put(many)
    assert cache.get(list(many)) == many


def test_before_anything_is_put_nothing_is_there(folder: Path) -> None:
    assert cache.get([key("a")]) == {}
    assert not folder.exists()


def test_it_holds_no_text(folder: Path) -> None:
    cache.put({cache.key("model", "Led the secret project"): b"numbers"})
    for file in cache.path().parent.iterdir():
        assert b"secret" not in file.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_the_owner_may_look(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        cache.put(entries("a"))
        reader = sqlite3.connect(cache.path())  # keeps the log there
        reader.execute("SELECT count(*) FROM vectors").fetchone()
        cache.put(entries("b"))
        files = list(cache.path().parent.iterdir())
        assert len(files) > 1
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert stat.S_IMODE(cache.path().parent.stat().st_mode) == 0o700
        reader.close()
    finally:
        os.umask(before)


# ---------------------------------------------------------------- bounded


def test_what_was_used_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 1000)
    cache.put(entries("a", size=300))
    cache.put(entries("b", size=300))
    cache.put(entries("c", size=200))
    assert cache.get([key("a")])
    cache.put(entries("d", size=300))
    assert set(cache.get([key(name) for name in "abcd"])) == {key("a"), key("c"), key("d")}


@given(sizes=st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_it_stays_within_its_bound(sizes: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "MOST_BYTES", 1000)
        cache.clear()
        for number, size in enumerate(sizes):
            cache.put({key(str(number)): bytes(size)})
            with sqlite3.connect(cache.path()) as database:
                (total,) = database.execute("SELECT sum(size) FROM vectors").fetchone()
            database.close()
            assert total <= 1000
            assert key(str(number)) in cache.get([key(str(number))])  # the newest is kept


def test_the_same_run_again_writes_nothing() -> None:
    cache.put(entries("a", "b"))
    cache.put(entries("c"))
    cache.get(list(entries("a", "b", "c")))
    once = rows()
    cache.get(list(entries("a", "b", "c")))
    assert rows() == once
    assert {used for _, used in once} == {max(used for _, used in once)}


# ---------------------------------------------------------------- damaged, locked, forbidden


DAMAGES = {
    "no database": b"this is no database, and was never one" * 100,
    "empty": b"",
    "header only": b"SQLite format 3\0" + bytes(84),
    "truncated": None,
}


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_file_is_replaced(what: str) -> None:
    cache.put(entries("a", size=20_000))
    half = cache.path().read_bytes()[: cache.path().stat().st_size // 2]
    cache.path().write_bytes(half if DAMAGES[what] is None else DAMAGES[what])
    assert cache.get([key("a")]) in ({}, entries("a", size=20_000))
    for _ in range(2):  # once to notice, once to store
        cache.put(entries("b"))
    assert cache.get([key("b")]) == entries("b")


@given(data=st.data())
def test_flipped_bits_are_noticed(data: st.DataObject) -> None:
    cache.clear()
    stored = entries("a", "b", "c", size=3000)
    cache.put(stored)
    content = bytearray(cache.path().read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    cache.path().write_bytes(content)
    for found, value in cache.get(list(stored)).items():
        assert value == stored[found]
    for _ in range(2):
        cache.put(stored)
    for found, value in cache.get(list(stored)).items():
        assert value == stored[found]


def test_another_format_is_replaced() -> None:
    cache.put(entries("a"))
    with sqlite3.connect(cache.path()) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    assert cache.get([key("a")]) == {}
    cache.put(entries("b"))
    assert cache.get([key("a"), key("b")]) == entries("b")


def test_while_another_process_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_WAIT_SECONDS", 0.01)
    cache.put(entries("a"))
    cache.put(entries("b"))
    other = sqlite3.connect(cache.path(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    cache.put(entries("c"))
    assert cache.get([key("a"), key("b"), key("c")]) == entries("a", "b")
    other.execute("ROLLBACK")
    other.close()
    assert cache.path().exists()  # a locked cache is no broken one
    cache.put(entries("c"))
    assert cache.get([key("c")]) == entries("c")


def test_on_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(entries("a"))
    connect = sqlite3.connect

    def small(*args: object, **options: object) -> sqlite3.Connection:
        database = connect(*args, **options)  # type: ignore[call-overload]
        database.execute("PRAGMA max_page_count = 6")
        return database

    monkeypatch.setattr(sqlite3, "connect", small)
    cache.put(entries("b", size=100_000))
    assert cache.get([key("a"), key("b")]) == entries("a")


@pytest.mark.parametrize("obstacle", ["", "statements", "statements/vectors.sqlite3/x"])
def test_where_nothing_can_be_written(obstacle: str, folder: Path) -> None:
    """A file stands where a folder should be, or a folder where the file should be."""
    (folder / obstacle).parent.mkdir(parents=True, exist_ok=True)
    (folder / obstacle).write_text("in the way")
    cache.put(entries("a"))
    assert cache.get([key("a")]) == {}
    assert (folder / obstacle).read_text() == "in the way"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_in_a_folder_that_may_only_be_read(folder: Path) -> None:
    cache.put(entries("a"))
    code = (
        "from gapfit.encoder import cache; from gapfit import datafiles; from pathlib import Path\n"
        "import os; os.getuid() == 0 and os.setuid(65534)\n"
        f"datafiles.user_cache = lambda: Path({str(folder)!r})\n"
        f"cache.put({entries('b')!r}); print(len(cache.get({list(entries('a', 'b'))!r})))"
    )
    folders = (cache.path().parent, folder, *folder.parents[:3])
    for part in folders:
        part.chmod(0o555)
    cache.path().chmod(0o444)
    try:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    finally:
        for part in folders:
            part.chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in ("0", "1")
    assert len(rows()) == 1


# ---------------------------------------------------------------- clear


def test_clear_removes_all_of_it(folder: Path) -> None:
    cache.put(entries("a"))
    reader = sqlite3.connect(cache.path())
    reader.execute("SELECT count(*) FROM vectors").fetchone()
    cache.put(entries("b"))
    cache.clear()
    assert list(folder.iterdir()) == []
    assert cache.get([key("a")]) == {}
    cache.clear()
    reader.close()


# ---------------------------------------------------------------- many processes

_WORKER = """
import random, sys
from pathlib import Path
from gapfit import datafiles
from gapfit.encoder import cache
datafiles.user_cache = lambda: Path(sys.argv[1])
cache.MOST_BYTES = 400_000
chance = random.Random(int(sys.argv[2]))
rounds = int(sys.argv[3])
value = lambda n: bytes([n]) * (500 + 200 * n)
print("started", flush=True)
while rounds:
    rounds -= 1
    some = {cache.key("m", str(n)): value(n) for n in chance.choices(range(100), k=8)}
    for found, content in cache.get(list(some)).items():
        assert content == some[found], "a wrong value"
    cache.put(some)
"""


def worker(folder: Path, seed: int, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WORKER, str(folder), str(seed), str(rounds)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def assert_sound() -> None:
    with sqlite3.connect(cache.path()) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = database.execute("SELECT key, value FROM vectors").fetchall()
    database.close()
    assert stored
    assert all(cache._is_whole(key, value) for key, value in stored)


def test_several_processes_at_once(folder: Path) -> None:
    workers = [worker(folder, seed, 40) for seed in range(4)]
    for process in workers:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        assert errors == ""
    assert_sound()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_killed_in_the_middle(folder: Path) -> None:
    for seed in range(6):
        process = worker(folder, seed, -1)
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        wait_for = 0.01 * (seed + 1)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(wait_for)
        process.kill()
        process.communicate()
    cache.put(entries("a"))
    assert cache.get([key("a")]) == entries("a")
    assert_sound()


def test_without_a_folder_left_by_clear_while_in_use(folder: Path) -> None:
    cache.put(entries("a"))
    with cache._opened() as database:
        shutil.rmtree(cache.path().parent)
        database.execute("SELECT count(*) FROM vectors")
    assert cache.get([key("a")]) == {}
