"""Lists of skills: recognised, and split into their items without breaking brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_LABEL_WORDS = 6
# Items are names: on average no longer than this many words, at most so many for one.
MEAN_ITEM_WORDS = 3.4
MAX_ITEM_WORDS = 9

_LABEL = re.compile(r"^\s*([^:,;|]{2,60}?)\s*[:：](?!//)\s*(.*)$", re.DOTALL)
# Labels that announce a list of tools wherever they stand.
_TOOL_LABEL = re.compile(
    r"^(?:(?:key|main|core|used|primary|relevant)\s+)?"
    r"(?:technolog(?:y|ies)|tech(?:nical)?\s*(?:stack|skills|environment)?|tools?|stack|environment"
    r"|skills?|languages?|frameworks?|libraries|platforms?|keywords|built with|toolset|software"
    r"|(?:programming|scripting)\s+languages?|databases?|cloud|devops)"
    r"(?:\s*(?:&|and|/|,)\s*(?:technologies|tools?|stack|skills?|frameworks?|libraries|platforms?"
    r"|languages?|methods))?(?:\s+used)?$",
    re.IGNORECASE,
)
_RATING = re.compile(r"\s*(?:[●○◉◯★☆⬤■□▮▯◼◻]{2,}|\b\d{1,3}\s?%|\b\d\s?/\s?(?:5|10)\b)\s*$")
_SEPARATORS = ",;|•·⋅∙\t▪●◦"
_OPEN, _CLOSE = "([{", ")]}"


def split_label(text: str) -> tuple[str, str]:
    """Return a list's label and the rest: "Vector stores: a, b" -> ("Vector stores", "a, b").

    A label is set off by a colon or by a wide gap (tab); ("", text) when there is none.
    """
    match = _LABEL.match(text)
    if match and len(match[1].split()) <= MAX_LABEL_WORDS:
        return match[1].strip(" \t•"), match[2].strip()
    head, tab, rest = text.partition("\t")
    if tab and "\t" not in rest and _is_label_of(head, rest):
        return head.strip(" :"), rest.strip()
    return "", text.strip()


def _is_label_of(head: str, rest: str) -> bool:
    short = 0 < len(head.split()) <= 4 and not any(c in head for c in ",;|")
    return short and any(c in rest for c in ",;|")


def is_tool_label(label: str) -> bool:
    """Return whether a label announces tools, in whatever section it stands."""
    return _TOOL_LABEL.match(label.strip()) is not None


def split_items(text: str) -> list[str]:
    """Return the items of a list; separators within brackets do not split.

    "Python (pandas, NumPy), Go and SQL" -> ["Python (pandas, NumPy)", "Go", "SQL"].
    """
    items: list[str] = []
    current: list[str] = []
    depth = 0
    for i, c in enumerate(text):
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
        if depth == 0 and c in _SEPARATORS and not _within_number(text, i):
            items.append("".join(current))
            current = []
        else:
            current.append(c)
    items.append("".join(current))
    if depth:  # an unclosed bracket would swallow the rest of the list
        items = [item for piece in items for item in re.split(r"[,;]\s", piece)]
    return [item for item in _clean(items) if item]


def _within_number(text: str, i: int) -> bool:
    return text[i] == "," and text[i - 1 : i].isdigit() and text[i + 1 : i + 4].isdigit()


def _clean(items: Sequence[str]) -> list[str]:
    cleaned: list[str] = []
    for i, item in enumerate(items):
        item = re.sub(r"^(?:and|&|or|etc)\b\.?\s*", "", item.strip(), flags=re.IGNORECASE)
        item = _RATING.sub("", item).strip(" \t•-–—").removesuffix(".").strip()
        last = i == len(items) - 1 and len(items) > 2
        pair = re.fullmatch(r"([^()]{1,24}) and ([^()]{1,24})", item)
        if last and pair and len(item.split()) == 3:
            cleaned += [pair[1].strip(), pair[2].strip()]
        else:
            cleaned.append(item)
    return cleaned


def is_list(text: str) -> bool:
    """Return whether a text (without its label) reads as a list of names, not as prose."""
    items = split_items(text)
    if len(items) < 2 or re.search(r"[.!?]\s+[A-Z]", text):
        return False
    lengths = [len(re.sub(r"\([^)]*\)", "", item).split()) for item in items]
    return sum(lengths) / len(lengths) <= MEAN_ITEM_WORDS and max(lengths) <= MAX_ITEM_WORDS
