"""Inputs as they are given -> items: files, folders, patterns, archives, addresses, a list."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from gapfit.bulk import archives, places
from gapfit.datamodels import Item, Missed
from gapfit.errors import UnreadableInput, UsageError

_SUFFIX = ".pdf"


def items(inputs: Iterable[str]) -> Iterator[Item | Missed]:
    """Yield the resumes of every input in a fixed order: PDFs, and PDFs in folders and archives.

    An item may come twice when inputs overlap. What is there but cannot be listed is Missed.
    Raises UsageError for an input that is nowhere.
    """
    for given in inputs:
        try:
            yield from _items(given)
        except OSError as error:
            raise UsageError(f"{given}: {places.unreadable(error)}") from error


def named(names: Iterable[str]) -> Iterator[Item | Missed]:
    """Yield the items of a list of names; one that is nowhere is Missed and no error."""
    for name in names:
        try:
            yield from _items(name)
        except (OSError, UsageError):
            yield Missed(Item(name), "not-found", "no such file or folder. Check the list.")


def split_names(text: str) -> list[str]:
    """Return the names in a list: one per line, or ended by NUL as ``find -print0`` writes it."""
    parts = text.split("\0") if "\0" in text else text.splitlines()
    return [part for part in parts if part.strip()]


def endangered(inputs: Iterable[str], output: str) -> Iterator[str]:
    """Yield the files of this machine among ``inputs`` that a result at ``output`` may replace.

    Of a folder that is ``output`` itself, where it is a resume or an archive in it.
    """
    path = Path(output).absolute()
    for given in inputs:
        if places.is_address(given):
            continue
        address = archives.ADDRESS.fullmatch(given)
        archive = [address["path"]] if address else []
        for name in (given, *archive, *_matching(given)):
            if not Path(name).is_dir():
                yield name
            elif path.name.lower().endswith((_SUFFIX, archives.SUFFIX)):
                folder = Path(name).resolve()
                if any(p.is_relative_to(folder) for p in (path.resolve(), path.parent.resolve())):
                    yield output


def _items(given: str) -> Iterator[Item | Missed]:
    if places.is_address(given):
        yield from _at_address(given)
    elif Path(given).is_dir():
        yield from _in_folder(given)
    elif Path(given).exists():
        yield from _in_file(given, places.stamp(given))
    elif (address := archives.ADDRESS.fullmatch(given)) and Path(address["path"]).is_file():
        yield Item(address["path"], address["member"], places.stamp(address["path"]))
    elif found := sorted(_matching(given)):
        for path in found:
            yield from _items(path)
    else:
        raise UsageError(f"{given}: no such file or folder, and no pattern that fits one.")


def _in_file(path: str, stamp: str) -> Iterator[Item | Missed]:
    if not path.lower().endswith(archives.SUFFIX):
        yield Item(path, stamp=stamp)
        return
    try:
        with places.opened(path) as file:
            yield from archives.members(file, path)
    except UnreadableInput as error:
        yield Missed(Item(path), error.code, str(error))
    except OSError as error:
        yield Missed(Item(path), "not-readable", str(places.unreadable(error)))


def _in_folder(folder: str) -> Iterator[Item | Missed]:
    for found in places.walk(folder):
        if isinstance(found, OSError):
            hidden = str(found.filename or folder)
            yield Missed(Item(hidden), "not-readable", str(places.unreadable(found)))
            continue
        path, stamp = found
        if path.lower().endswith((_SUFFIX, archives.SUFFIX)):
            yield from _in_file(path, stamp)


def _at_address(address: str) -> Iterator[Item | Missed]:
    if inside := archives.ADDRESS.fullmatch(address):
        yield Item(inside["path"], inside["member"], places.stamp(inside["path"]))
        return
    system, path = places.filesystem(address)
    try:
        if system.isdir(path):
            yield from _in_folder(address)
        elif system.exists(path):
            yield from _in_file(address, places.stamp(address))
        elif found := sorted(system.glob(path)) if glob.has_magic(path) else []:
            for match in found:
                yield from _at_address(str(system.unstrip_protocol(match)))
        else:
            raise UsageError(f"{address}: nothing is there. Check the address.")
    except OSError as error:
        raise UsageError(f"{address}: cannot be reached ({error}).") from error


def _matching(pattern: str) -> Iterator[str]:
    """What a pattern stands for; ``Path.glob`` takes no absolute one."""
    return glob.iglob(pattern, recursive=True)  # noqa: PTH207
