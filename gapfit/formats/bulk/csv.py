"""One row per input, for spreadsheets; a cell from a file is text there and never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from gapfit.datamodels import Catalogue
from gapfit.formats.bulk import words
from gapfit.formats.bulk.rows import SCORED, Row
from gapfit.formats.clean import clean

_COLUMNS = (
    *("rank", "source", "status", "role", "fit", "strongest", "first_gaps", "warnings", "pages"),
    *("statements", "language", "duplicate_of", "reason", "message"),
)
# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NAMES = 5


def render(rows: Iterable[Row], catalogue: Catalogue, roles: Iterable[str]) -> Iterator[str]:
    """Yield the header and the rows; ``roles`` are the ids of those that were scored."""
    roles = list(roles)
    yield _line([*_COLUMNS, *(f"fit:{role}" for role in roles)])
    for row in rows:
        values = _values(row, catalogue, roles)
        yield _line([inert(value) if isinstance(value, str) else value for value in values])


def inert(text: str) -> str:
    """Return ``text`` on one line, marked as text where it would begin a formula."""
    cleaned = clean(text)
    return f"'{cleaned}" if cleaned.startswith(_FORMULA) else cleaned


def _line(values: list[Any]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerow(values)
    return file.getvalue()


def _values(row: Row, catalogue: Catalogue, roles: list[str]) -> list[Any]:
    reason = [row.duplicate_of, row.code, row.message]
    one = row.candidate
    if one is None or row.status != SCORED:
        rank = [None, None, None] if one is None else [one.rank, one.role, one.fit]
        empty = [""] * (len(_COLUMNS) - 5 - len(reason))
        return [rank[0], row.source, row.status, *rank[1:], *empty, *reason, *("" for _ in roles)]
    found = words.result(one)
    resume = found["resume"]
    fits = {fit["id"]: fit["fit"] for fit in found["roles"]}
    return [
        *(one.rank, row.source, row.status, one.role, one.fit),
        "; ".join(words.strongest(found, one.role, catalogue, _NAMES)),
        "; ".join(words.first_gaps(found, catalogue, _NAMES)),
        "; ".join(warning["code"] for warning in resume["warnings"]),
        *(resume["pages"], resume["statements"], resume["language"]),
        *reason,
        *(fits.get(role, "") for role in roles),
    ]
