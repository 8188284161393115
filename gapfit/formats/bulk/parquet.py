"""One row per input as Parquet, for data frames; the only importer of pyarrow."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import IO, Any

from gapfit.errors import UsageError
from gapfit.formats.bulk import words
from gapfit.formats.bulk.rows import SCORED, Row

# Rows written, and held in memory, at once.
_GROUP = 2_000


def check() -> None:
    """UsageError unless Parquet can be written here."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"Parquet needs pyarrow, which cannot be imported ({error}). "
            "Run: pip install 'gapfit[parquet]'"
        ) from error


def write(rows: Iterable[Row], roles: Iterable[str], file: IO[bytes]) -> None:
    """Write one row per input; ``roles`` are the ids of those that were scored.

    ``result`` holds the object of ``gapfit fit --format json`` as text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    roles = list(roles)
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("source", "status")),
            ("rank", pa.int64()),
            ("role", pa.string()),
            ("fit", pa.float64()),
            *((name, pa.string()) for name in ("duplicate_of", "reason", "message", "sha256")),
            *((f"fit_{role}", pa.float64()) for role in roles),
            ("result", pa.string()),
        ]
    )
    rows = iter(rows)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(itertools.islice(rows, _GROUP)):
            writer.write_table(pa.Table.from_pylist([_row(r, roles) for r in group], schema))


def _row(row: Row, roles: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "source": row.source,
        "status": row.status,
        "duplicate_of": row.duplicate_of or None,
        "reason": row.code or None,
        "message": row.message or None,
    }
    one = row.candidate
    if one is not None:
        values |= {"rank": one.rank, "role": one.role, "fit": one.fit}
    if one is not None and row.status == SCORED:
        found = words.result(one)
        fits = {fit["id"]: fit["fit"] for fit in found["roles"]}
        values |= {f"fit_{role}": fits.get(role) for role in roles}
        values |= {"sha256": found["manifest"]["input_sha256"], "result": one.line.rstrip("\n")}
    return values
