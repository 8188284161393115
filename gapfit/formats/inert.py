"""Text made inert for a format in which it could otherwise become markup."""

from __future__ import annotations

import re

from gapfit.formats.clean import clean

# Signs that make markup anywhere in a line, and those that do at its start or before a link.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|#~&@]|^[-+=]|(?<=\bwww)\.|:(?=//)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_TICKS = re.compile(r"`+")
# What a site makes a mention, an address or a reference of, though its Markdown says text.
_CALLING = re.compile(r"\\(@(?=\w)|#(?=\d))")


def markdown(text: str) -> str:
    """Return ``text`` on one line, escaped so that Markdown shows it as it is."""
    escaped = _MARKDOWN.sub(lambda sign: f"\\{sign[0]}", clean(text))
    return _NUMBERED.sub(r"\1\\\2", escaped)


def pasted(text: str) -> str:
    """Return ``text`` as ``markdown`` does, inert also where comments call people.

    Sites look for @name and #1 in what their Markdown has made text, escaped or not, but never in
    code: there, the sign alone is set as code.
    """
    return _CALLING.sub(r"`\1`", markdown(text))


def markdown_code(text: str) -> str:
    """Return ``text`` on one line as a Markdown code span, which shows every sign as it is."""
    body = clean(text)
    longest = max((len(ticks) for ticks in _TICKS.findall(body)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if longest else ""
    return f"{fence}{edge}{body}{edge}{fence}"
