"""A TOML file to a validated structure, or a ProfileError that names file, key and mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
import tomli  # tomllib is the same parser in pure Python, and three times as slow

from gapfit.errors import ProfileError

Text = Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S")]
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Weight = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]

_T = TypeVar("_T")


def read(path: Path, kind: type[_T]) -> _T:
    """Return the file as a ``kind`` (a msgspec structure); ProfileError when it is not one."""
    try:
        return msgspec.convert(parse(path), kind)
    except msgspec.ValidationError as error:
        raise ProfileError(f"{path}: {_located(str(error), path)}") from error


def parse(path: Path) -> dict[str, Any]:
    """Return the file's TOML; ProfileError when it cannot be read or is none."""
    try:
        return tomli.loads(path.read_text(encoding="utf-8-sig"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: not valid TOML: {error}. Mend that line.") from error
    except OSError as error:
        raise ProfileError(f"{path}: cannot be read: {error.strerror}.") from error


def _located(message: str, path: Path) -> str:
    """Turn "… - at `$.skill[3].name`" into a message that names the skill, the key and the mend."""
    wrong, where = problem(message)
    if entered := _ENTRY.match(where):
        table, number, key = entered.groups()
        entry = parse(path)[table][int(number)]
        name = entry.get("id", f"number {int(number) + 1}") if isinstance(entry, dict) else number
        where = f"{table} {name!r}" + (f": {key.lstrip('.')}" if key else "")
    return f"{where}: {wrong}" if where else wrong


def problem(message: str) -> tuple[str, str]:
    """Split a validation message into what is wrong, with its mend, and the key it is wrong at."""
    wrong, _, where = message.partition(" - at `$")
    mend = next((mend for sign, mend in _MENDS.items() if sign in wrong), "Mend that value")
    return f"{wrong}. {mend}.", where.rstrip("`").lstrip(".")


# A table that a file holds many of, the number of one, and the key in it.
_ENTRY = re.compile(r"(skill|item|project)\[(\d+)\](.*)")

# What a validation message says, and what to do about it.
_MENDS = {
    "missing required field": "Add it",
    "unknown field": "Remove it or correct its spelling",
    "matching regex": "Use lower-case words joined by hyphens for an id, and no blank text",
    "Invalid enum value": "Use core, common, occasional or not-owned",
    "<= 1": "Give a weight from 0 to 1",
    ">= 0": "Give a weight from 0 to 1",
    "`int` >= 1": "Give whole hours, 1 or more",
    "of length >= 1": "Add at least one",
    "of length >= 2": "Add what is lacking",
    "of length <= 4": "Keep the four that matter most",
}


def nearest(
    word: str, known: Iterable[str], define: str = "Define it in skills/*.toml first."
) -> str:
    """Say which known id was probably meant, or else how to ``define`` a new one."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"Did you mean {close[0]!r}?" if close else define


def refuse_duplicates(path: Path, what: str, ids: list[str]) -> None:
    """ProfileError when an id appears twice; ``what`` names what they are ids of."""
    seen: set[str] = set()
    for item in ids:
        if item in seen:
            raise ProfileError(f"{path}: {what}: {item!r} appears twice. Remove one of the two.")
        seen.add(item)
