"""Lines to blocks: list entries, paragraphs and headings, with wrapped lines rejoined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from gapfit.ads import headings
from gapfit.ads.source import INDENT


class Kind(Enum):
    """What a block is by its form."""

    HEADING = auto()
    ENTRY = auto()  # one entry of a list
    PROSE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, an entry or a paragraph, with the number of its first line."""

    kind: Kind
    text: str
    line: int


# Texts wrapped by a mail client or a terminal are this wide at most; longer lines are whole.
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 40
_FEWEST_LINES = 6
_INLINE = re.compile(r"\s*[•●▪■◦]\s*")
_FEWEST_INLINE = 3
_RAGGED = 12  # a full line ends within the length of a word of the width
_LEAST_FULL = 0.2  # of the lines, where a text is wrapped
_INDENT = 2  # of the lines that continue an entry, which is not seen here
_HEADING_WORDS = 9


def blocks(lines: Sequence[tuple[int, str]]) -> Iterator[Block]:
    """Yield the blocks of an ad in order."""
    for block in _whole(lines):
        yield from _unfolded(block)


def _unfolded(block: Block) -> Iterator[Block]:
    """A list that was pasted into one paragraph, "Duties: • Build • Run", as the list it was."""
    parts = [part.strip() for part in _INLINE.split(block.text)]
    if len(parts) < _FEWEST_INLINE:
        yield block
        return
    head, *entries = parts
    if head:
        yield Block(Kind.HEADING if _is_heading(head) else block.kind, head, block.line)
    for entry in filter(None, entries):
        yield Block(Kind.ENTRY, entry, block.line)


def _whole(lines: Sequence[tuple[int, str]]) -> Iterator[Block]:
    width = _wrapped_at([text for _, text in lines])
    held: list[str] = []
    kind, start, last = Kind.PROSE, 0, ""
    following = _following([text.strip() for _, text in lines])
    for (number, line), after in zip(lines, following, strict=True):
        text = line.strip()
        marked, body = _marked(text)
        # Below an entry, an indented line is the rest of it.
        indented = kind is Kind.ENTRY and line.startswith(INDENT)
        goes_on = indented or (bool(body) and _continues(last, text, width, kind))
        if held and body and marked is None and goes_on:
            held.append(body)
            last = text
            continue
        if held:
            yield Block(kind, _joined(held), start)
        held, last, start = ([body] if body else []), text, number
        kind = marked or Kind.PROSE
        if marked is None and not _goes_on(text, after, width):
            above_list = after.startswith("• ") and _is_short(body)
            kind = Kind.HEADING if above_list or _is_heading(body) else Kind.PROSE
    if held:
        yield Block(kind, _joined(held), start)


def _following(texts: Sequence[str]) -> list[str]:
    """What follows each line: the next one, or beyond an empty line the next list entry."""
    told = []
    for i in range(len(texts)):
        after = list(texts[i + 1 : i + 3])
        if len(after) == 2 and not after[0] and after[1].startswith("• "):
            after = after[1:]
        told.append(after[0] if after else "")
    return told


def _goes_on(text: str, after: str, width: int) -> bool:
    """Whether the line after an unmarked one is the rest of its sentence."""
    return bool(after) and _marked(after)[0] is None and _continues(text, after, width, Kind.PROSE)


def _marked(text: str) -> tuple[Kind | None, str]:
    if text.startswith("• "):
        body = text[2:]
        # "- **Preferred:**" heads the entries below it.
        headed = body.endswith(":") and headings.named(body) is not None
        return (Kind.HEADING if headed else Kind.ENTRY), body
    if text.startswith("# "):
        return (Kind.HEADING if len(text.split()) <= 2 * _HEADING_WORDS else Kind.PROSE), text[2:]
    return None, text


def _wrapped_at(texts: Sequence[str]) -> int:
    """The width at which the text was wrapped; 0 where its lines are whole paragraphs."""
    lengths = sorted(len(text) for text in texts if text)
    if len(lengths) < _FEWEST_LINES:
        return 0
    width = lengths[int(0.97 * (len(lengths) - 1))]  # a long link does not count
    full = sum(width - _RAGGED <= length <= width for length in lengths)
    wrapped = _NARROWEST_WRAP <= width <= _WIDEST_WRAP and full >= _LEAST_FULL * len(lengths)
    return width if wrapped else 0


def _continues(last: str, text: str, width: int, kind: Kind) -> bool:
    """Whether ``text`` goes on where ``last`` was broken: its first word had no room there."""
    if kind is Kind.HEADING:
        return False
    if not width:
        return kind is Kind.ENTRY and text[0].islower() and last[-1].isalnum()
    first = re.split(r"[\s-]", text, maxsplit=1)[0]
    if len(last) + 1 + len(first) > width - _INDENT:
        return True
    return text[0].islower() and not last.endswith((".", ":", "!", "?"))


def _joined(parts: Sequence[str]) -> str:
    """Join wrapped lines; a word broken at its own hyphen is whole again."""
    whole = parts[0]
    for part in parts[1:]:
        broken = re.search(r"[A-Za-z]-$", whole) and part[:1].isalnum()
        whole += part if broken else f" {part}"
    return whole


def _is_heading(text: str) -> bool:
    """Whether the words of an unmarked line read as a heading."""
    bare = text.rstrip(" .…") if text.endswith(("...", "…")) else text
    return _is_short(bare) and (headings.named(bare) is not None or bare.endswith(":"))


def _is_short(text: str) -> bool:
    """Whether a line is as short as a heading, ends as no sentence does and labels nothing."""
    words = text.rstrip(":").split()
    if not words or len(words) > _HEADING_WORDS or text.endswith((".", ",", ";", "!")):
        return False
    return ": " not in text and not re.search(r"[.!?]\s", text)
