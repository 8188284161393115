"""A table of results -> people by group, and their rates.

The table is CSV with a header: a row per person, a column per trait (sex, race or ethnicity, …),
and a column with the score or with who was selected. A row that cannot be counted is kept with its
number and a reason; an empty trait makes a person unknown in the tables of that trait.
"""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from gapfit.audit.impact import table
from gapfit.datamodels import BadRow, GroupTable, Outcomes
from gapfit.errors import UnreadableInput, UsageError

SELECTED = frozenset({"1", "yes", "y", "true", "t", "selected", "hired", "x"})
NOT_SELECTED = frozenset({"0", "no", "n", "false", "f", "not selected", "rejected"})
_UNKNOWN = frozenset({"", "unknown", "n/a", "na", "none", "null", "-", "prefer not to say"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a table: whose outcomes, and which column tells them."""

    groups: tuple[str, ...]
    score: str | None = None
    selected: str | None = None
    without_small: bool = False


@dataclass(frozen=True, slots=True)
class _Person:
    groups: tuple[str, ...]
    value: float


def outcomes(data: bytes, source: str, question: Question) -> Outcomes:
    """Return the rates and ratios by each group column and by each two of them.

    Raises UsageError when a column is not there, UnreadableInput when the table is none.
    """
    column = question.score or question.selected
    if column is None or (question.score and question.selected):
        raise UsageError("tell the column of the outcome: either --score COL or --selected COL.")
    rows, header = _rows(data, source)
    places = [_place(name, header, source) for name in (*question.groups, column)]
    read = _score if question.score else _selection
    people, bad = _people(rows, len(header), places, read)
    if not people:
        raise UnreadableInput("no-rows", f"{source}: none of its rows could be counted{_why(bad)}")
    middle = median(person.value for person in people) if question.score else None
    above = 0.5 if middle is None else middle
    crossed: list[tuple[int, ...]] = [(i,) for i in range(len(question.groups))]
    crossed += itertools.combinations(range(len(question.groups)), 2)
    return Outcomes(
        source=source,
        input_sha256=hashlib.sha256(data).hexdigest(),
        measure="scoring rate" if question.score else "selection rate",
        column=column,
        people=len(people),
        median=middle,
        tables=tuple(_table(people, chosen, above, question) for chosen in crossed),
        bad_rows=tuple(bad),
    )


def _table(
    people: Sequence[_Person], chosen: tuple[int, ...], above: float, question: Question
) -> GroupTable:
    counted: Counter[tuple[str, ...]] = Counter()
    succeeded: Counter[tuple[str, ...]] = Counter()
    unknown = 0
    for person in people:
        values = tuple(person.groups[i] for i in chosen)
        if "" in values:
            unknown += 1
            continue
        counted[values] += 1
        succeeded[values] += person.value > above
    return table(
        tuple(question.groups[i] for i in chosen),
        {values: (counted[values], succeeded[values]) for values in counted},
        unknown,
        without_small=question.without_small,
    )


def _rows(data: bytes, source: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """The rows that are not empty, with their numbers, and the header."""
    try:
        text = data.decode("utf-8-sig")
        found = list(enumerate(csv.reader(io.StringIO(text), strict=True), start=1))
    except UnicodeDecodeError:
        raise UnreadableInput(
            "not-a-table", f"{source}: is not text in UTF-8. Export it as CSV, UTF-8."
        ) from None
    except csv.Error as error:
        raise UnreadableInput(
            "not-a-table", f"{source}: is no CSV table ({error}). Export it as CSV again."
        ) from None
    rows = [(number, row) for number, row in found if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise UnreadableInput(
            "no-rows", f"{source}: has no rows. Give a CSV with a header and a row per person."
        )
    (_, header), *rows = rows
    return rows, [name.strip() for name in header]


def _place(name: str, header: Sequence[str], source: str) -> int:
    plain = [column.casefold() for column in header]
    if plain.count(name.strip().casefold()) != 1:
        raise UsageError(f"{source}: no single column {name!r}. It has: {', '.join(header)}")
    return plain.index(name.strip().casefold())


def _people(
    rows: Sequence[tuple[int, list[str]]],
    width: int,
    places: Sequence[int],
    read: Callable[[str], float],
) -> tuple[list[_Person], list[BadRow]]:
    people, bad = [], []
    for number, row in rows:
        if len(row) != width:
            bad.append(BadRow(number, f"it has {len(row)} cells, the header {width}"))
            continue
        *groups, outcome = (row[place].strip() for place in places)
        try:
            value = read(outcome)
        except ValueError as error:
            bad.append(BadRow(number, str(error)))
            continue
        known = tuple("" if group.casefold() in _UNKNOWN else group for group in groups)
        people.append(_Person(known, value))
    return people, bad


def _score(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"its score is no number: {cell[:40]!r}" if cell else "it has no score")
    return value


def _selection(cell: str) -> float:
    word = cell.casefold()
    if word in SELECTED:
        return 1.0
    if word in NOT_SELECTED:
        return 0.0
    if not cell:
        raise ValueError("it does not say whether the person was selected")
    raise ValueError(f"neither yes nor no: {cell[:40]!r}")


def _why(bad: Sequence[BadRow]) -> str:
    return f" (row {bad[0].row}: {bad[0].reason})." if bad else "."
