"""Where inputs lie: on this machine or at an address such as s3://bucket/folder.

The few questions that listing and fetching ask of a place, answered by the standard library for
local paths and by fsspec for addresses, with one kind of error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from gapfit.errors import UnreadableInput, UsageError

_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(path: str) -> bool:
    """Whether ``path`` is an address for fsspec rather than a local path."""
    return _ADDRESS.match(path) is not None


def filesystem(address: str) -> tuple[Any, str]:
    """Return the fsspec filesystem of an address, and the path in it; UsageError if unknown."""
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(address)
    except ValueError as error:
        raise UsageError(f"{address}: no such kind of address ({error}).") from error
    except ImportError as error:
        raise UsageError(
            f"{address}: needs a package that is not installed ({error}). "
            "Run: pip install 'gapfit[remote]'"
        ) from error
    return system, str(path)


def opened(path: str) -> IO[bytes]:
    """Open a file for reading; UnreadableInput when that is not possible."""
    try:
        if not is_address(path):
            return Path(path).open("rb")
        system, inner = filesystem(path)
        return cast("IO[bytes]", system.open(inner, "rb"))
    except FileNotFoundError:
        raise UnreadableInput("not-found", "no such file. It may have been moved.") from None
    except OSError as error:
        raise unreadable(error) from error


def unreadable(error: OSError) -> UnreadableInput:
    """Return what an error of the system is called in reports."""
    why = error.strerror or type(error).__name__
    return UnreadableInput("not-readable", f"cannot be read ({why}). Check its permissions.")


def stamp(path: str) -> str:
    """Return what changes when the content of a file may have changed; "" where nothing tells."""
    if is_address(path):
        system, inner = filesystem(path)
        try:
            return address_stamp(system.info(inner))
        except OSError:
            return ""
    try:
        found = Path(path).stat()
    except OSError:
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}"


def address_stamp(info: dict[str, Any]) -> str:
    """Return the stamp of a file from what its filesystem tells of it."""
    marks = [info.get(key) for key in ("ETag", "etag", "md5Hash", "LastModified", "mtime")]
    marks += [info.get("created"), info.get("updated")]
    return "-".join(str(mark) for mark in (info.get("size"), *marks) if mark is not None)


def walk(folder: str) -> Iterator[tuple[str, str] | OSError]:
    """Yield path and stamp of every visible file below a folder by name, and what hid a part."""
    return _walk_address(folder) if is_address(folder) else _walk_local(folder)


def _walk_local(folder: str) -> Iterator[tuple[str, str] | OSError]:
    hidden: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=hidden.append):
        yield from hidden
        hidden.clear()
        folders[:] = sorted(f for f in folders if _is_visible(f))
        for name in sorted(files):
            if _is_visible(name):
                path = str(Path(parent) / name)
                yield path, stamp(path)
    yield from hidden


def _walk_address(folder: str) -> Iterator[tuple[str, str] | OSError]:
    system, inner = filesystem(folder)
    hidden: list[OSError] = []
    for _, folders, files in system.walk(inner, detail=True, on_error=hidden.append):
        yield from hidden
        hidden.clear()
        for name in [name for name in folders if not _is_visible(name)]:
            del folders[name]
        for name in sorted(files):
            if _is_visible(name):
                info = files[name]
                yield str(system.unstrip_protocol(info["name"])), address_stamp(info)
    yield from hidden


def _is_visible(name: str) -> bool:
    return not name.startswith(".") and name != "__MACOSX"
