"""The language of a text, by letter statistics; no download, no network."""

from __future__ import annotations

import re

UNDETERMINED = "und"
# Fewer letters than this say nothing sure: a line of tool names is taken for any language.
MIN_LETTERS = 60
# The model needs no more than this to be sure.
MAX_CHARACTERS = 20_000

_NOT_WORDS = re.compile(r"\S*(?:@|://|www\.)\S*|[\d_\W]+", re.UNICODE)


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, "und" for too little text."""
    words = _NOT_WORDS.sub(" ", text[:MAX_CHARACTERS]).strip()
    if sum(c.isalpha() for c in words) < MIN_LETTERS:
        return UNDETERMINED
    from py3langid import classify

    # Capitalised tool names look foreign to letter statistics; case says nothing else.
    code, _ = classify(words.lower())
    return str(code)
