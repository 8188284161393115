"""Vectors of texts that were encoded before: a table of bytes by hash, on the user's disk.

One SQLite file (``path()``) with one table:

    vectors   key     32 bytes: SHA-256 of the encoder's fingerprint and the text
              value   the vectors, then 16 bytes: BLAKE2b of key and vectors
              size    bytes of the value
              used    a number that grows with every use; the lowest was used longest ago

It holds no text, but vectors say what a text is about: the folder and the files are for their
owner only. It is bounded, and what was used longest ago goes first. Any number of processes may
use it, and may be killed at any moment (SQLite's write-ahead log). What is damaged, locked, full
or forbidden is as good as absent: it costs time, not the result.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from gapfit import datafiles

FORMAT = 1
MOST_BYTES = 256 << 20  # some 150 resumes of 60 lines
_KEPT = 0.9  # share of MOST_BYTES that is left when it was exceeded, so that not every run evicts

# What the folder is called, with more behind it, while it is being removed.
REMOVED = "removed-"

_WAIT_SECONDS = 0.5  # for another process that writes; encoding anew takes about as long
_DIGEST_BYTES = 16
_KEYS_AT_ONCE = 500  # SQLite's limit on parameters was 999 once

# These say that the cache cannot be used now; every other error, that it is not one.
_NOT_NOW = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS vectors (
    key BLOB PRIMARY KEY, value BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS by_use ON vectors (used, size);
PRAGMA user_version = {FORMAT};
COMMIT;
"""


def path() -> Path:
    """Return the cache's file, in a folder of its own (neither need exist)."""
    return datafiles.user_cache() / "statements" / "vectors.sqlite3"


def clear() -> None:
    """Remove the cache with its folder; processes that use it go on without. Raises OSError."""
    folder = path().parent
    if not folder.exists():
        return
    # The database and its log leave together: a log without its database must not be found.
    away = Path(tempfile.mkdtemp(dir=folder.parent, prefix=REMOVED))
    folder.rename(away / folder.name)
    shutil.rmtree(away)


def key(fingerprint: str, text: str) -> bytes:
    """Return the key of a text's vectors by the encoder with this fingerprint."""
    content = f"{FORMAT}\0{fingerprint}\0{text}"
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()


def get(keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return the values there are, and note that they were used; nothing when it cannot be read."""
    found: dict[bytes, bytes] = {}
    with _attempt(), _opened() as database:
        uses = set()
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            some = keys[start : start + _KEYS_AT_ONCE]
            marks = ",".join("?" * len(some))
            for key, value, used in database.execute(
                f"SELECT key, value, used FROM vectors WHERE key IN ({marks})", some
            ):
                if _is_whole(key, value):
                    found[key] = value[:-_DIGEST_BYTES]
                    uses.add(used)
        if uses - {_last_use(database)}:  # the run before this one was not the same
            _note_use(database, found)
    return found


def put(values: Mapping[bytes, bytes]) -> None:
    """Store values by key, and evict what was used longest ago; silent when that fails."""
    signed = {key: value + _digest(key, value) for key, value in values.items()}
    with _attempt(), _opened(create=True) as database, _transaction(database):
        use = _last_use(database) + 1
        database.executemany(
            "INSERT OR REPLACE INTO vectors (key, value, size, used) VALUES (?, ?, ?, ?)",
            [(key, value, len(value), use) for key, value in signed.items()],
        )
        _evict(database)


def _last_use(database: sqlite3.Connection) -> int:
    (use,) = database.execute("SELECT coalesce(max(used), 0) FROM vectors").fetchone()
    return int(use)


def _note_use(database: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    with _transaction(database):
        use = _last_use(database) + 1
        database.executemany(
            "UPDATE vectors SET used = ? WHERE key = ?", [(use, key) for key in keys]
        )


def _evict(database: sqlite3.Connection) -> None:
    (size,) = database.execute("SELECT sum(size) FROM vectors").fetchone()
    if size > MOST_BYTES:
        database.execute(
            "DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM (SELECT rowid, "
            "sum(size) OVER (ORDER BY used DESC, rowid DESC) AS kept FROM vectors) WHERE kept > ?)",
            [int(MOST_BYTES * _KEPT)],
        )


def _digest(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(key + value, digest_size=_DIGEST_BYTES).digest()


def _is_whole(key: bytes, value: bytes) -> bool:
    """Whether the value is the one that was stored: SQLite itself does not notice a changed bit."""
    return value[-_DIGEST_BYTES:] == _digest(key, value[:-_DIGEST_BYTES])


@contextlib.contextmanager
def _attempt() -> Iterator[None]:
    """What fails inside is left undone; a file that is no such cache is removed."""
    try:
        yield
    except OSError:
        return
    except Exception as error:  # on a damaged file sqlite3 raises anything, UnicodeDecodeError too
        # The low byte of SQLite's extended codes is the plain one.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NOT_NOW:
            with contextlib.suppress(OSError):
                clear()


@contextlib.contextmanager
def _opened(*, create: bool = False) -> Iterator[sqlite3.Connection]:
    """The database, for as long as one step takes: no connection crosses a fork or a thread."""
    file = path()
    if create:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite's own files follow it
    elif not file.exists():
        raise FileNotFoundError(file)
    with contextlib.closing(
        sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None)
    ) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in (0, FORMAT):
            raise sqlite3.DatabaseError(f"format {version}")
        database.execute("PRAGMA synchronous = NORMAL")
        if create:
            database.execute("PRAGMA journal_mode = WAL")
            if version == 0:
                database.executescript(_SCHEMA)
        yield database


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    with database:
        yield
