"""Every failure gapfit knows by name.

    GapfitError                 base; carries the exit code the command line ends with
    ├── UsageError        (2)   the call itself is wrong
    ├── UnreadableInput   (3)   resume or ad cannot be read: not a PDF, encrypted, no text
    ├── ProfileError      (4)   a profile file is invalid
    ├── EmbeddingsError   (4)   vectors or model are missing, stale or foreign
    ├── StateError        (4)   the state of a bulk run is foreign, in use or cannot be written
    └── ClusterError      (4)   a cluster cannot be reached, or its machines are not alike

A message says what is wrong, where, and what to do next. Nothing prints here: the
command line catches GapfitError once.
"""

from __future__ import annotations


class GapfitError(Exception):
    """Base of every error gapfit raises on purpose."""

    exit_code = 70


class UsageError(GapfitError):
    """The call itself is wrong: an unknown role, an impossible option."""

    exit_code = 2


class UnreadableInput(GapfitError):
    """The input cannot be read as a resume or as a job ad.

    ``code`` is stable and fit for machines: ``not-found``, ``not-a-file``, ``not-readable``,
    ``too-large``, ``not-a-pdf``, ``encrypted``, ``damaged``, ``no-text``, ``image-only``,
    ``hidden-text``, ``over-limit``; of what broke its reader ``timed-out``, ``out-of-memory``,
    ``crashed``, ``failed``; of a job ad also ``not-text``, ``no-asks``; of many resumes also
    ``changed``, ``damaged-archive``, ``archive-bomb``; of tables and results that are given beside
    a resume ``not-a-table``, ``no-rows``, ``not-a-result``.
    """

    exit_code = 3

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ProfileError(GapfitError):
    """A skill or role profile is invalid; the message names file, key and mend."""

    exit_code = 4


class EmbeddingsError(GapfitError):
    """The prebuilt vectors or the model cannot be trusted; the message names the mend."""

    exit_code = 4


class StateError(GapfitError):
    """A bulk run cannot keep or continue its state; the message says what is kept, and the mend."""

    exit_code = 4


class ClusterError(GapfitError):
    """A bulk run on a cluster cannot begin or go on; the message says why, and the mend."""

    exit_code = 4


def named(error: BaseException) -> str:
    """Return what an unexpected error is and where it arose, without its words.

    They may quote a resume, and reports of a bug are sent about.
    """
    import traceback
    from pathlib import Path

    package = Path(__file__).parent
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if package in Path(frame.filename).parents]
    if not own:
        return type(error).__name__
    place = Path(own[-1].filename).relative_to(package.parent).as_posix()
    return f"{type(error).__name__} at {place}:{own[-1].lineno}"
