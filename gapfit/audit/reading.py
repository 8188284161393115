"""A resume's file -> what was read of it, as it is and written anew, in a process of its own.

Only the PDF's bytes go in and only nouns come out, as JSON that is checked on the way, as in
``gapfit.intake``.
"""

from __future__ import annotations

from dataclasses import dataclass

from gapfit import pdf
from gapfit.audit.material import PROGRAMS
from gapfit.datamodels import Document
from gapfit.errors import UnreadableInput
from gapfit.intake import words
from gapfit.sandbox import Errand, Limits, SandboxError

# What reading one file a few times may take.
LIMITS = Limits(120.0, 1 << 30, files=False)


@dataclass(frozen=True, slots=True)
class Contents:
    """A document, and the same read from files that name another program.

    ``anew`` has the document per program, or the reason why there is none.
    """

    document: Document
    anew: tuple[tuple[str, Document | str], ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was read, or why nothing was, without the file's name."""

    contents: Contents | None = None
    code: str = ""
    message: str = ""


def read(data: bytes, source: str) -> Contents:
    """Return the contents of a PDF. Raises UnreadableInput."""
    try:
        with Errand("gapfit.audit.reading:serve", data, LIMITS) as errand:
            answer = errand.decoded(_Answer)
    except SandboxError as error:
        raise UnreadableInput(error.code, f"{source}: {words(error, LIMITS)}") from None
    if answer.contents is None:
        raise UnreadableInput(answer.code, f"{source}: {answer.message}")
    return answer.contents


# ---------------------------------------------------------------- in the process


def prepare() -> None:
    """Import what reading and writing need, while files may still be written."""
    import msgspec  # noqa: F401

    pdf.prepare()


def serve(data: bytes) -> bytes:
    """Answer ``read``."""
    import msgspec

    return msgspec.json.encode(_read(data))


def _read(data: bytes) -> _Answer:
    try:
        document = pdf.read(data, source="")
    except UnreadableInput as error:
        return _Answer(code=error.code, message=str(error).removeprefix(": "))
    anew = tuple((program, _anew(data, program)) for program in PROGRAMS)
    return _Answer(Contents(document, anew))


def _anew(data: bytes, program: str) -> Document | str:
    try:
        return pdf.read(pdf.relabelled(data, program, "Curriculum"), source=program)
    except UnreadableInput as error:
        return str(error)
    except Exception:  # pypdf raises anything on files it cannot copy
        return "the file cannot be written anew"
