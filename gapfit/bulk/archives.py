"""ZIP archives of resumes: members are listed and read, nothing is ever extracted to disk."""

from __future__ import annotations

import re
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import IO

from gapfit.bulk import places
from gapfit.datamodels import Item, Missed
from gapfit.errors import UnreadableInput
from gapfit.intake import MOST_BYTES

SUFFIX = ".zip"
# path.zip!/folder/member.pdf
ADDRESS = re.compile(r"(?P<path>.+\.zip)!/(?P<member>.+)", re.IGNORECASE | re.DOTALL)

# A PDF is compressed already: what shrinks a hundredfold and is large is no resume.
_MOST_RATIO = 100
_RATIO_MATTERS_FROM = 10 << 20

_ENCRYPTED = 0x1
_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\x00")
_HIDDEN = re.compile(r"(^|/)(\.|__MACOSX/)")

DAMAGED = "the archive is damaged or no ZIP archive. Pack it again."


def members(file: IO[bytes], path: str) -> Iterator[Item | Missed]:
    """Yield the PDF members of an open archive, and those whose names lead out of it."""
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError):
        yield Missed(Item(path), "damaged-archive", DAMAGED)
        return
    for info in infos:
        if not info.filename.lower().endswith(".pdf"):
            continue
        item = Item(path, info.filename, f"{info.file_size}-{info.CRC:08x}")
        if _UNSAFE.search(info.orig_filename) or _UNSAFE.search(info.filename):
            yield Missed(
                item, "unsafe-name", "its name leads out of the archive. Pack the archive again."
            )
        elif not _HIDDEN.search(info.filename):
            yield item


def read(path: str, member: str) -> bytes:
    """Return the bytes of one member. Raises UnreadableInput; messages name no input."""
    try:
        archive = _opened(path, places.stamp(path))
        return _read(archive, archive.getinfo(member))
    except KeyError:
        raise UnreadableInput("not-found", "no such member in the archive.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise UnreadableInput("damaged-archive", DAMAGED) from error


@lru_cache(maxsize=4)
def _opened(path: str, _stamp: str) -> zipfile.ZipFile:
    """An archive, kept open for its other members until it changes; its table is read once."""
    file = places.opened(path)
    try:
        archive = zipfile.ZipFile(file)
    except BaseException:
        file.close()
        raise
    weakref.finalize(archive, file.close)
    return archive


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableInput(
            "encrypted", "the archive needs a password. Pack it again without one."
        )
    swollen = info.file_size > _MOST_RATIO * max(info.compress_size, 1)
    if swollen and info.file_size > _RATIO_MATTERS_FROM:
        raise UnreadableInput(
            "archive-bomb",
            f"unpacks to {info.file_size >> 20} MiB, {_MOST_RATIO} times its packed size or more: "
            "no resume does. It was left packed.",
        )
    with archive.open(info) as member:
        data = member.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnreadableInput(
            "too-large", f"is over {MOST_BYTES >> 20} MiB, too large for a resume."
        )
    return data
