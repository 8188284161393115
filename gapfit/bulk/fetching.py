"""An item -> its bytes and their hash; what cannot be had is Missed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gapfit.bulk import archives, places
from gapfit.datamodels import Fetched, Item, Missed
from gapfit.errors import GapfitError, UnreadableInput
from gapfit.intake import MOST_BYTES, read_file


def fetch(item: Item) -> Fetched | Missed:
    """Return the bytes of an item, whole: a local file that changes while it is read is Missed."""
    watched = not places.is_address(item.path)  # stores of objects hand out whole ones
    try:
        before = places.stamp(item.path) if watched else ""
        data = _read(item)
        if watched and places.stamp(item.path) != before:
            raise UnreadableInput(
                "changed", "changed while it was read. Run again when it is complete."
            )
    except UnreadableInput as error:
        return Missed(item, error.code, _without_name(str(error), item.path))
    except OSError as error:
        return Missed(item, "not-readable", str(places.unreadable(error)))
    except GapfitError as error:
        return Missed(item, "not-readable", _without_name(str(error), item.path))
    except Exception as error:  # clients of remote storage raise anything
        return Missed(item, "not-readable", f"cannot be read ({type(error).__name__}: {error}).")
    return Fetched(item, hashlib.sha256(data).hexdigest(), data)


def _read(item: Item) -> bytes:
    if not item.member and not places.is_address(item.path):
        return read_file(Path(item.path))
    if item.member:
        return archives.read(item.path, item.member)
    with places.opened(item.path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnreadableInput(
            "too-large", f"is over {MOST_BYTES >> 20} MiB, too large for a resume."
        )
    return data


def _without_name(message: str, name: str) -> str:
    return message.removeprefix(f"{name}: ")
