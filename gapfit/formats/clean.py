"""Text of unknown origin made fit to print: no control characters, no tricks, no overlong lines.

A resume is data. An escape sequence in it must not move the cursor or recolour the terminal, and
a bidirectional override must not reorder what a person reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Whole sequences first, so that no "[31m" stays behind when the escape character goes.
_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, links
    r"|\x1b[ -/]*[0-~]"  # everything else that begins with ESC
)
_SPACES = re.compile(r"\s+")
_CLAUSE = re.compile(r"[.;:,]\s+")
_ELLIPSIS = "…"
# A cut-off line that ends in one of these reads like a stumble.
_DANGLING = re.compile(
    r"(?:[\s,;:–—(-]+(?:a|an|and|about|as|at|by|for|from|in|into|of|on|or|that|the|to|with|which))*"
    r"[\s,;:–—(-]*$",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return ``text`` on one line, without escape sequences and invisible characters."""
    visible = "".join(map(_shown, _SEQUENCES.sub("", text)))
    return _SPACES.sub(" ", visible).strip()


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character).startswith("C") else character


def shorten(text: str, limit: int, around: Iterable[str] = ()) -> str:
    """Return at most ``limit`` characters of ``text``, cut between words and marked with "…".

    The beginning is kept, unless one of the words ``around`` stands only beyond it: then the
    cut-out is the part that holds it.
    """
    if len(text) <= limit:
        return text
    start = _start(text, limit, around)
    head = _ELLIPSIS if start else ""
    room = limit - len(head) - len(_ELLIPSIS)
    part = text[start : start + room]
    if start + room >= len(text):
        return head + part
    whole_words = part if text[start + room] == " " else part.rpartition(" ")[0]
    kept = whole_words if len(whole_words) > room // 2 else part
    return head + _DANGLING.sub("", kept) + _ELLIPSIS


def _start(text: str, limit: int, around: Iterable[str]) -> int:
    lower = text.lower()  # most words are not there at all, and a pattern takes long to compile
    places = [m for w in around if w.lower() in lower and (m := _word(w).search(text))]
    if not places:
        return 0
    first = min(places, key=lambda m: m.start())
    if first.end() <= limit - len(_ELLIPSIS):
        return 0
    earliest = max(0, min(first.start() - limit // 2, len(text) - limit + len(_ELLIPSIS)))
    before = text[earliest : first.start()]
    clause = _CLAUSE.search(before) or _SPACES.search(before)
    return earliest + clause.end() if clause else first.start()


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
