"""What became of every input, durably: one SQLite file that any stop of a run leaves whole.

    made_with   what the scores were made with; other scores do not mix with them
    inputs      the inputs by name, the run that listed them last, and their content
    contents    each content once, by its SHA-256: its score, or why it has none

It holds quotes from resumes and is readable by its owner only.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gapfit.bulk.reading import TRANSIENT
from gapfit.datamodels import (
    Candidate,
    Held,
    Item,
    Missed,
    Outcome,
    Refused,
    Scored,
    Skipped,
    Summary,
)
from gapfit.errors import StateError

FORMAT = 1
_APPLICATION = 0x67617066  # "gapf": how the file is told from other databases

_SCHEMA = (
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {FORMAT}",
    "CREATE TABLE made_with (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE inputs (name TEXT PRIMARY KEY, path BLOB NOT NULL, member TEXT NOT NULL, "
    "stamp TEXT NOT NULL, run INTEGER NOT NULL, position INTEGER NOT NULL, "
    "sha256 TEXT, code TEXT, message TEXT) WITHOUT ROWID",
    "CREATE INDEX inputs_in_order ON inputs (run, position)",
    "CREATE INDEX inputs_by_content ON inputs (sha256)",
    # Best role first in "fits"; "result" is the JSON, compressed.
    "CREATE TABLE contents (sha256 TEXT PRIMARY KEY, code TEXT, message TEXT, fits TEXT, "
    "levels TEXT, result BLOB)",
)

# What a new listing makes of an input that is known: nothing, unless its content may be another.
_ENLIST = """
INSERT INTO inputs (name, path, member, stamp, run, position, code, message)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET
    run = excluded.run,
    position = excluded.position,
    sha256 = iif(stamp = excluded.stamp AND stamp <> '', sha256, NULL),
    code = excluded.code,
    message = excluded.message,
    stamp = excluded.stamp
WHERE run <> excluded.run
"""

_OF_RUN = "FROM inputs LEFT JOIN contents USING (sha256) WHERE run = :run"
_WAITS = "inputs.code IS NULL AND contents.sha256 IS NULL"
_SCORED = "contents.sha256 IS NOT NULL AND contents.code IS NULL"
_SKIPPED = "(inputs.code IS NOT NULL OR contents.code IS NOT NULL)"
_PAGE = 500


class State:
    """The state of a bulk run; a context manager. Raises StateError where SQLite cannot go on."""

    def __init__(self, path: Path, made_with: Mapping[str, str]) -> None:
        """Open or create the file at ``path`` for scores made with ``made_with``.

        Raises StateError when another run uses it, or it holds anything else.
        """
        self.path = path
        self._lock = threading.RLock()
        with self._guarded():
            _create_private(path)
            self._base = sqlite3.connect(
                path, timeout=1.0, isolation_level=None, check_same_thread=False
            )
        try:
            with self._guarded():
                self._open(made_with)
        except BaseException:
            self._base.close()
            raise

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._base.close()

    def _open(self, made_with: Mapping[str, str]) -> None:
        run = self._base.execute
        run("PRAGMA locking_mode = EXCLUSIVE")  # one run at a time
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")  # a power cut may cost the last moments, never the file
        is_new = run("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        if is_new:
            with self._transaction():
                for statement in _SCHEMA:
                    run(statement)
                self._base.executemany("INSERT INTO made_with VALUES (?, ?)", made_with.items())
        elif run("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise StateError(
                f"{self.path}: is a database of something else. Give --state another file."
            )
        else:
            self._check(made_with)
        with self._transaction():  # what may turn out otherwise today is tried again
            again = ", ".join(f"'{code}'" for code in sorted(TRANSIENT))
            run(f"DELETE FROM contents WHERE code IN ({again})")
        (self._run,) = run("SELECT coalesce(max(run), 0) + 1 FROM inputs").fetchone()
        self._listed = 0

    def _check(self, made_with: Mapping[str, str]) -> None:
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version != FORMAT:
            raise StateError(
                f"{self.path}: state of format {version}, this gapfit writes {FORMAT}. What it "
                "holds is kept: continue it with the gapfit that made it, or begin another with "
                "--state FILE."
            )
        held = dict(self._base.execute("SELECT key, value FROM made_with"))
        for key in sorted(held.keys() | made_with.keys()):
            if held.get(key) != made_with.get(key):
                raise StateError(
                    f"{self.path}: its scores were made otherwise ({key}: "
                    f"{_short(held.get(key))} before, {_short(made_with.get(key))} now) and do not "
                    "mix with new ones. What it holds is kept: continue it as it was begun, or "
                    "begin another with --state FILE."
                )

    # ------------------------------------------------------------ the run

    def enlist(self, found: Iterable[Item | Missed]) -> None:
        """Make these the inputs of this run, in addition to those enlisted before."""
        with self._lock:
            for one in found:
                with self._guarded():
                    if self._listed % 10_000 == 0:
                        self._commit_and_begin()
                    self._enlist(one)
                self._listed += 1
            with self._guarded():
                self._commit()

    def _enlist(self, one: Item | Missed) -> None:
        item = one.item if isinstance(one, Missed) else one
        reason = (one.code, one.message) if isinstance(one, Missed) else (None, None)
        place = (_key(item.name), os.fsencode(item.path), _key(item.member), item.stamp)
        self._base.execute(_ENLIST, (*place, self._run, self._listed, *reason))

    def waiting(self) -> Iterator[Item]:
        """Yield the inputs of this run whose fate is not known, in the order of the listing."""
        after = -1
        while page := self._page(after):
            for _, path, member, stamp in page:
                yield Item(os.fsdecode(path), member, stamp)
            after = page[-1][0]

    def _page(self, after: int) -> list[tuple[int, bytes, str, str]]:
        return self._all(
            f"SELECT position, path, member, stamp {_OF_RUN} AND {_WAITS} AND position > :after "
            f"ORDER BY position LIMIT {_PAGE}",
            after=after,
        )

    def is_known(self, sha256: str) -> bool:
        """Whether it is known what a content is worth, or why nothing."""
        return bool(self._all("SELECT 1 FROM contents WHERE sha256 = :sha256", sha256=sha256))

    def record(self, outcome: Outcome) -> None:
        """Keep what became of an input or a content."""
        match outcome:
            case Held(item=item, sha256=sha256):
                self._do("UPDATE inputs SET sha256 = ? WHERE name = ?", sha256, _key(item.name))
            case Missed(item, code, message):
                self._do(
                    "UPDATE inputs SET code = ?, message = ? WHERE name = ?",
                    *(code, _key(message), _key(item.name)),
                )
            case Refused(sha256, code, message):
                self._do(
                    "INSERT OR IGNORE INTO contents (sha256, code, message) VALUES (?, ?, ?)",
                    *(sha256, code, _key(message)),
                )
            case Scored(sha256, line, fits, levels):
                self._do(
                    "INSERT OR IGNORE INTO contents (sha256, fits, levels, result) "
                    "VALUES (?, ?, ?, ?)",
                    *(sha256, json.dumps(dict(fits)), levels, zlib.compress(line.encode())),
                )

    def settled(self) -> int:
        """Return how many inputs of this run wait for nothing."""
        return int(self._all(f"SELECT count(*) {_OF_RUN} AND NOT ({_WAITS})")[0][0])

    # ------------------------------------------------------------ what came of it

    def summary(self) -> Summary:
        """Return the inputs of this run in numbers."""
        inputs, held, contents, skipped = self._all(
            f"SELECT count(*), count(iif({_SCORED}, 1, NULL)), "
            f"count(DISTINCT iif({_SCORED}, sha256, NULL)), count(iif({_SKIPPED}, 1, NULL)) "
            f"{_OF_RUN}"
        )[0]
        return Summary(inputs, contents, held - contents, skipped)

    def reasons(self) -> dict[str, tuple[int, str]]:
        """Return how many inputs of this run were skipped for each reason, and the first by name.

        By the reason's code, the most frequent first.
        """
        return {
            code: (number, first)
            for code, number, first in self._all(
                f"SELECT coalesce(inputs.code, contents.code) AS why, count(*), min(name) "
                f"{_OF_RUN} AND {_SKIPPED} GROUP BY why ORDER BY count(*) DESC, why"
            )
        }

    def skipped(self) -> Iterator[Skipped]:
        """Yield the inputs of this run that have no score, by name."""
        for name, code, message in self._each(
            f"SELECT name, coalesce(inputs.code, contents.code), "
            f"coalesce(inputs.message, contents.message) {_OF_RUN} AND {_SKIPPED} ORDER BY name"
        ):
            yield Skipped(name, code, message)

    def candidates(self, role: str | None = None, top: int | None = None) -> Iterator[Candidate]:
        """Yield the scored contents of this run, the best fit for ``role`` first.

        Without a role each candidate's best one counts. Equal fits are in the order of the names.
        """
        ranked = self._each(
            f"SELECT sha256, min(name) AS source, count(*), fits, {_FIT} AS fit {_OF_RUN} "
            f"AND {_SCORED} GROUP BY sha256 ORDER BY fit DESC, source LIMIT :top",
            role=None if role is None else f'$."{role}"',
            top=-1 if top is None else top,
        )
        for rank, (sha256, source, names, fits, fit) in enumerate(ranked, start=1):
            ((result,),) = self._all(
                "SELECT result FROM contents WHERE sha256 = :sha256", sha256=sha256
            )
            yield Candidate(
                rank=rank,
                sources=(source,) if names == 1 else self._names(sha256),
                role=role or next(iter(json.loads(fits))),
                fit=fit,
                line=zlib.decompress(result).decode(),
                sha256=sha256,
            )

    def _names(self, sha256: str) -> tuple[str, ...]:
        rows = self._all(
            "SELECT name FROM inputs WHERE run = :run AND sha256 = :sha256 ORDER BY name",
            sha256=sha256,
        )
        return tuple(name for (name,) in rows)

    def levels(self) -> Iterator[str]:
        """Yield the levels of every candidate's skills, a digit each, in catalogue order."""
        for _, levels in self._each(
            f"SELECT DISTINCT sha256, levels {_OF_RUN} AND {_SCORED} ORDER BY sha256"
        ):
            yield levels

    # ------------------------------------------------------------ SQLite

    def _all(self, query: str, **values: Any) -> list[Any]:
        with self._lock, self._guarded():
            return self._base.execute(query, {"run": self._run, **values}).fetchall()

    def _each(self, query: str, **values: Any) -> Iterator[Any]:
        with self._lock, self._guarded():
            cursor = self._base.execute(query, {"run": self._run, **values})
        while rows := self._some(cursor):
            yield from rows

    def _some(self, cursor: sqlite3.Cursor) -> list[Any]:
        with self._lock, self._guarded():
            return cursor.fetchmany(_PAGE)

    def _do(self, statement: str, *values: Any) -> None:
        with self._lock, self._guarded():
            self._base.execute(statement, values)

    def _commit_and_begin(self) -> None:
        self._commit()
        self._base.execute("BEGIN")

    def _commit(self) -> None:
        if self._base.in_transaction:
            self._base.execute("COMMIT")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        yield
        self._base.execute("COMMIT")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            raise StateError(f"{self.path}: {_explained(error)}") from error


# The best fit stands first; with a role, its own.
_FIT = (
    "CASE WHEN :role IS NULL THEN (SELECT value FROM json_each(fits) LIMIT 1) "
    "ELSE json_extract(fits, :role) END"
)


def _short(value: str | None) -> str:
    return "nothing" if value is None else value if len(value) < 40 else value[:12]


def remove(path: Path) -> None:
    """Remove a state that no run uses, with what SQLite put beside it."""
    for beside in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + beside).unlink(missing_ok=True)


def _create_private(path: Path) -> None:
    """Create the file so that it is never readable by others; SQLite's own files follow it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _explained(error: Exception) -> str:
    words = str(error)
    if "locked" in words:
        return "another run is using it. Wait for its end, or give this one another --state FILE."
    if "not a database" in words or "malformed" in words:
        return f"no state of gapfit, or damaged ({words}). Give --state another file."
    return (
        f"cannot be written ({getattr(error, 'strerror', None) or words}). What was done is kept: "
        "make room or give it permission, and run the same command again."
    )


def _key(name: str) -> str:
    """A name as text; a file's may hold bytes that are none."""
    return name.encode("utf-8", "backslashreplace").decode()
