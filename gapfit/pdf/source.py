"""What a reader returns, and the one way it may refuse."""

from __future__ import annotations

from dataclasses import dataclass

from gapfit.pdf.glyphs import RawPage


@dataclass(frozen=True, slots=True)
class Source:
    """The pages one reader read, of ``total`` in the file.

    ``unlocked`` says that the file is encrypted and opened with the empty user password.
    """

    pages: tuple[RawPage, ...]
    total: int
    unlocked: bool = False


class OverLimitError(Exception):
    """The file holds, or unpacks to, more than any resume does."""


class EncryptedError(Exception):
    """The file needs a password."""


class ReaderFailedError(Exception):
    """The reader crashed, hung or could not parse the file; the message says which."""
