"""Whether bytes say that they are a PDF; told without any PDF library."""

from __future__ import annotations

from gapfit.errors import UnreadableInput

# The header may follow some junk (ISO 32000-1, implementation note 13).
HEADER_WITHIN = 1024


def check_header(data: bytes, source: str) -> None:
    """Raise UnreadableInput with code ``not-a-pdf`` unless the bytes say that they are a PDF."""
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        raise UnreadableInput(
            "not-a-pdf",
            f"{source}: not a PDF (no %PDF header). Export the resume as PDF and try again.",
        )
