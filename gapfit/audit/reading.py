"""A resume's file -> what was read of it, as it is and written anew, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gapfit import pdf
from gapfit.audit.material import PROGRAMS
from gapfit.datamodels import Document
from gapfit.errors import UnreadableInput
from gapfit.sandbox import Limits, Sandbox, SandboxError

# What reading one file a few times may take.
_LIMITS = Limits(120.0, 1 << 30)
# Seconds in which the process may end by itself.
_PATIENCE = 1.0


@dataclass(frozen=True, slots=True)
class Contents:
    """A document, and the same read from files that name another program.

    ``anew`` has the document per program, or the reason why there is none.
    """

    document: Document
    anew: tuple[tuple[str, Document | str], ...]


@dataclass(frozen=True, slots=True)
class _Refused:
    code: str
    message: str


def read(data: bytes, source: str) -> Contents:
    """Return the contents of a PDF. Raises UnreadableInput."""
    sandbox: Sandbox[tuple[bytes, str], Contents | _Refused] = Sandbox(_make_read, _LIMITS)
    try:
        found = sandbox((data, source))
    except SandboxError as error:
        raise UnreadableInput(
            error.code, f"{source}: could not be read ({error}). Export the resume again."
        ) from None
    finally:
        sandbox.close(patience=_PATIENCE)
    if isinstance(found, _Refused):
        raise UnreadableInput(found.code, found.message)
    return found


def _make_read() -> Callable[[tuple[bytes, str]], Contents | _Refused]:
    return _read


def _read(asked: tuple[bytes, str]) -> Contents | _Refused:
    data, source = asked
    try:
        document = pdf.read(data, source=source)
    except UnreadableInput as error:
        return _Refused(error.code, str(error))
    return Contents(document, tuple((program, _anew(data, program)) for program in PROGRAMS))


def _anew(data: bytes, program: str) -> Document | str:
    try:
        return pdf.read(pdf.relabelled(data, program, "Curriculum"), source=program)
    except UnreadableInput as error:
        return str(error)
    except Exception:  # pypdf raises anything on files it cannot copy
        return "the file cannot be written anew"
