"""Bytes nobody vouches for -> a resume: read in a process of its own, within limits.

Only the PDF's bytes go in and only nouns come out, as JSON that is checked on the way: whatever
takes over the process that parses them has no say in this one. What hangs, crashes or swells is an
UnreadableInput with a code, as is what is no resume. Pictures of its pages come the same way, or a
reason why there are none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gapfit import language, pdf, statements
from gapfit.datamodels import Document, Resume
from gapfit.errors import UnreadableInput
from gapfit.pdf import drawing
from gapfit.sandbox import Errand, Limits, SandboxError

if TYPE_CHECKING:
    from gapfit.datamodels import Page, Picture

# No resume is as large as this; a file that is, is something else.
MOST_BYTES = 100 << 20
# What reading one may take, in seconds and in bytes of memory.
SECONDS = 60.0
MEMORY = 1 << 30
# A report can do without pictures, so nobody waits long for them.
DRAWING_SECONDS = 30.0

# What a sandbox says of a function that gave no result, as told of a resume. {more} is what the
# command at hand offers those whose resume is honest.
WORDS = {
    "timed-out": "reading it took longer than {seconds:g} s. Export the {what} again{more}.",
    "out-of-memory": "reading it took more than {memory} MiB of memory. Export the {what} "
    "again{more}.",
    "crashed": "the PDF reader crashed on it ({detail}). Export the {what} again.",
    "failed": "reading it failed ({detail}). This is a bug in gapfit: please report it.",
}

# The same of pages that could not be drawn.
_UNDRAWN = {
    "timed-out": "drawing them took longer than {seconds:g} s",
    "out-of-memory": "drawing them took more than {memory} MiB of memory",
    "crashed": "PDFium crashed on them or ran out of the {memory} MiB of memory it may take "
    "({detail})",
    "failed": "drawing them failed ({detail})",
}


def read_file(path: Path, what: str = "resume") -> bytes:
    """Return the bytes of a file; UnreadableInput when there is none to read.

    ``what`` it should hold is said in messages.
    """
    wanted = "one resume PDF" if what == "resume" else f"one {what}"
    try:
        if path.is_dir():
            raise UnreadableInput("not-a-file", f"{path}: is a folder. Give the path of {wanted}.")
        if path.exists() and not path.is_file():
            raise UnreadableInput(
                "not-a-file", f"{path}: is not a regular file. Give the path of {wanted}."
            )
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableInput(
                "too-large",
                f"{path}: is over {MOST_BYTES >> 20} MiB, too large for a {what}. Export it with "
                "smaller images.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput("not-found", f"{path}: no such file. Check the path.") from None
    except OSError as error:
        raise UnreadableInput(
            "not-readable", f"{path}: cannot be read ({error.strerror}). Check its permissions."
        ) from error


def read_resume(data: bytes, source: str) -> tuple[Resume, str]:
    """Return the resume in a PDF's bytes, and their SHA-256, read elsewhere.

    ``source`` names the input in messages. Raises UnreadableInput.
    """
    with Reading(data, source) as reading:
        return reading.result()


def read_pdf(data: bytes, source: str) -> Document:
    """Return what stands in a PDF that is no resume, such as a job ad, read elsewhere.

    Raises UnreadableInput.
    """
    with Reading(data, source, what="ad") as reading:
        return reading.document()


def read_unguarded(data: bytes, source: str, *, look: bool = True) -> tuple[Resume, str]:
    """Return the same, read in this very process: for callers that are in a sandbox already.

    ``look`` as in ``pdf.read``.
    """
    resume, digest = _read(data, source, look=look)
    return _with_language(resume), digest


def _read(data: bytes, source: str, *, look: bool) -> tuple[Resume, str]:
    document = pdf.read(data, source=source, look=look)
    return _extracted(document, source), document.sha256


def resume_of(document: Document, source: str) -> Resume:
    """Return the resume in a document that has been read. Raises UnreadableInput.

    It has no layout: that is the document.
    """
    return dataclasses.replace(_with_language(_extracted(document, source)), layout=())


def _extracted(document: Document, source: str) -> Resume:
    resume = statements.extract(document)
    if not resume.statements:
        raise UnreadableInput(
            "no-text",
            f"{source}: no statements found in its text. If the pages are images, add a text "
            "layer first, e.g. with: ocrmypdf in.pdf out.pdf",
        )
    return resume


def _with_language(resume: Resume) -> Resume:
    found = language.detect("\n".join(s.text for s in resume.statements))
    warning = language.warning(found, "resume", "scores are")
    warnings = resume.warnings if warning is None else (*resume.warnings, warning)
    return dataclasses.replace(resume, language=found, warnings=warnings)


class Reading:
    """One resume being read elsewhere; a context, which ends the reading when it is left."""

    def __init__(
        self, data: bytes, source: str, limits: Limits | None = None, *, what: str = "resume"
    ) -> None:
        """Begin at once. ``source`` names the input in messages.

        ``what`` it holds: a resume, for ``result``, or else anything, for ``document``.

        Raises UnreadableInput when it can be told at a glance that this is no PDF.
        """
        pdf.check_header(data, source)
        self._data = data
        self._source = source
        self._what = what
        self._limits = limits or Limits(SECONDS, MEMORY, files=False)
        self._errand = self._begin(look=True)

    def _begin(self, *, look: bool) -> Errand:
        import msgspec

        head = msgspec.json.encode(_Question(look, self._what == "resume"))
        try:
            return Errand("gapfit.intake:serve", head + b"\n" + self._data, self._limits)
        except SandboxError as error:
            raise self._refusal(error) from None

    def result(self) -> tuple[Resume, str]:
        """Wait for the resume and the SHA-256 of its file. Raises UnreadableInput."""
        answer = self._answer()
        if answer.resume is None:
            raise UnreadableInput(answer.code, f"{self._source}: {answer.message}")
        return _with_language(answer.resume), answer.sha256

    def document(self) -> Document:
        """Wait for what stands in the file. Raises UnreadableInput."""
        answer = self._answer()
        if answer.document is None:
            raise UnreadableInput(answer.code, f"{self._source}: {answer.message}")
        return answer.document

    def _answer(self) -> _Answer:
        try:
            return self._errand.decoded(_Answer)
        except SandboxError as error:
            if error.code != "crashed":
                raise self._refusal(error) from None
        return self._again()

    def _again(self) -> _Answer:
        """What looks at the pages is the part that crashes; the text may be had without it."""
        self._errand.__exit__()
        self._errand = self._begin(look=False)
        try:
            return self._errand.decoded(_Answer)
        except SandboxError as error:
            raise self._refusal(error) from None

    def _refusal(self, error: SandboxError) -> UnreadableInput:
        return UnreadableInput(
            error.code, f"{self._source}: {words(error, self._limits, what=self._what)}"
        )

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self._errand.__exit__()


class Drawing:
    """Pages of a resume being drawn elsewhere; a context, which ends the drawing when left."""

    def __init__(self, data: bytes, pages: Sequence[Page], limits: Limits | None = None) -> None:
        """Begin at once. ``pages`` were read from the PDF ``data``; where there are none, nothing
        is drawn.
        """
        self._limits = limits or Limits(DRAWING_SECONDS, MEMORY, files=False)
        self._errand: Errand | None = None
        self._error: SandboxError | None = None
        if not pages:
            return
        try:
            request = drawing.request(data, pages)
            self._errand = Errand("gapfit.pdf.drawing:serve", request, self._limits)
        except SandboxError as error:
            self._error = error

    def result(self) -> tuple[tuple[Picture, ...], str]:
        """Wait for the pictures; with none, the reason, or "" where no page has one. Never raises:
        a report without pictures still shows every line.
        """
        if self._error is None and self._errand is not None:
            try:
                return self._errand.decoded(drawing.Drawn), ""
            except SandboxError as error:
                self._error = error
        if self._error is None:
            return (), ""
        return (), _UNDRAWN[self._error.code].format(
            seconds=self._limits.seconds,
            memory=(self._limits.memory or 0) >> 20,
            detail=self._error,
        )

    def __enter__(self) -> Drawing:
        return self

    def __exit__(self, *_: object) -> None:
        if self._errand is not None:
            self._errand.__exit__()


def words(error: SandboxError, limits: Limits, more: str = "", what: str = "resume") -> str:
    """Return what happened to a reading, and what to do about it."""
    return WORDS[error.code].format(
        seconds=limits.seconds,
        memory=(limits.memory or 0) >> 20,
        detail=error,
        more=more,
        what=what,
    )


# ---------------------------------------------------------------- in the process


@dataclass(frozen=True, slots=True)
class _Question:
    look: bool
    is_resume: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    """A resume and the SHA-256 of its file, or a document, or why there is none.

    ``message`` names no file: that is left to the one who knows its name, which need not be text.
    """

    resume: Resume | None = None
    sha256: str = ""
    document: Document | None = None
    code: str = ""
    message: str = ""


def prepare() -> None:
    """Import what reading needs, while files may still be written."""
    import msgspec  # noqa: F401

    from gapfit.statements import extract  # noqa: F401

    pdf.prepare()


def serve(message: bytes) -> bytes:
    """Answer a question; what the process of a ``Reading`` runs."""
    import msgspec

    head, _, data = message.partition(b"\n")
    question = msgspec.json.decode(head, type=_Question)
    try:
        if question.is_resume:
            answer = _Answer(*_read(data, "", look=question.look))
        else:
            found = pdf.read(data, source="", look=question.look)
            answer = _Answer(document=found)
    except UnreadableInput as error:
        answer = _Answer(code=error.code, message=str(error).removeprefix(": "))
    return msgspec.json.encode(answer)
