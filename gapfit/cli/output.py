"""Where results go: the terminal, a pipe or a file, and what each of them can show."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gapfit.bulk import places
from gapfit.errors import GapfitError, UsageError

# Columns of a view that nobody's terminal decides: in a pipe or a file.
_DEFAULT_WIDTH = 80
_STDOUT = "-"
# How a result's file ends while it is being written.
PART = ".gapfit-part"


@dataclass(frozen=True, slots=True)
class Target:
    """What a result is written to: ``path``, or ``address`` such as s3://…, or else stdout."""

    path: Path | None
    width: int
    color: bool
    encoding: str
    address: str = ""

    @property
    def name(self) -> str:
        """What it is called where it was given; empty for stdout."""
        return self.address or ("" if self.path is None else str(self.path))

    @property
    def unicode(self) -> bool:
        """Whether bars and curly quotes can be written."""
        try:
            "█░·…“”".encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True


def target(output: str | None, *sources: str) -> Target:
    """Return where to write, checked before the work begins, which reads the files ``sources``.

    Raises UsageError, also where it would write over one of them.
    """
    if output is not None and places.is_address(output):
        places.filesystem(output)
        return Target(None, _DEFAULT_WIDTH, False, "utf-8", output)
    if output is not None and output != _STDOUT:
        return Target(_checked(Path(output), sources), _DEFAULT_WIDTH, False, "utf-8")
    terminal = sys.stdout.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    columns = shutil.get_terminal_size((_DEFAULT_WIDTH, 24)).columns
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return Target(None, columns, terminal and not plain, encoding)


def check_distinct(*outputs: str | Path | None) -> None:
    """UsageError where two results of one run would go to one file."""
    seen: set[str] = set()
    for output in outputs:
        name = "" if output is None else str(output)
        if name in ("", _STDOUT) or (Path(name).exists() and not Path(name).is_file()):
            continue  # standard output, or a device: it takes any number of results
        place = name if places.is_address(name) else str(Path(name).resolve())
        if place in seen:
            raise UsageError(f"{name}: is named for two results. Give each a file of its own.")
        seen.add(place)


def _checked(path: Path, sources: Sequence[str]) -> Path:
    if path.is_dir():
        raise UsageError(f"{path}: is a folder. Give -o a file name in it.")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder. Create it first.")
    if path.is_file() and any(Path(s).exists() and path.samefile(s) for s in sources):
        raise UsageError(f"{path}: is the input itself. Give -o another file name.")
    place = path if path.exists() and not path.is_file() else path.parent
    if not os.access(place, os.W_OK):
        raise UsageError(f"{place}: may not be written to. Give -o a path in another folder.")
    return path


def write(result: str, where: Target, *, encoding: str | None = None) -> None:
    """Write the whole result; to a file in one step, so that no half of it is ever seen."""
    with opened(where) as file:
        file.write(result.encode(encoding or where.encoding, errors="replace"))


@contextlib.contextmanager
def opened(where: Target) -> Iterator[IO[bytes]]:
    """Open ``where`` for a result that is written in pieces.

    A file is replaced only once all of it has been written. Raises UsageError.
    """
    if where.address:
        with _opened_address(where.address) as file:
            yield file
        return
    if where.path is None:
        with _opened_stdout() as file:
            yield file
        return
    try:
        with _opened_file(where.path) as file:
            yield file
    except OSError as error:
        raise UsageError(
            f"{where.path}: cannot be written ({error.strerror}). Give -o another path."
        ) from error


@contextlib.contextmanager
def _opened_stdout() -> Iterator[IO[bytes]]:
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader has seen enough, as in "gapfit ... | head"
        _silence_stdout()
    except OSError as error:
        _silence_stdout()
        raise UsageError(
            f"the result cannot be written to standard output ({error.strerror}). "
            "Write it to a file in another place with -o."
        ) from error


@contextlib.contextmanager
def _opened_address(address: str) -> Iterator[IO[bytes]]:
    system, path = places.filesystem(address)
    file = None
    try:
        file = system.open(path, "wb", autocommit=False)
        yield file
        file.close()
        file.commit()
    except BaseException as error:
        if file is not None:
            with contextlib.suppress(Exception):
                file.discard()
        if isinstance(error, GapfitError) or not isinstance(error, Exception):
            raise
        # Clients of remote storage raise anything.
        raise UsageError(
            f"{address}: cannot be written ({error}). Give -o another address."
        ) from error


@contextlib.contextmanager
def _opened_file(path: Path) -> Iterator[IO[bytes]]:
    if path.exists() and not path.is_file():  # a device or a named pipe
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve()
    handle, name = tempfile.mkstemp(PART, f".{path.name}.", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The file's own mode, or what the user's umask gives a new file."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _silence_stdout() -> None:
    """Keep the interpreter from flushing into a closed pipe once more at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
