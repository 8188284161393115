"""Mends of single lines: what a producer's fonts did to the characters.

Every function is idempotent. Words broken over two lines are joined where lines are joined
into statements, not here.
"""

from __future__ import annotations

import re
import unicodedata

# Presentation forms of Latin ligatures; NFKC of the whole text would also turn "m²" into "m2".
LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi",
    "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
BULLET = "•"
# Glyphs used as list markers, among them private-use ones of Symbol and Wingdings.
BULLETS = (
    "•▪▫◦‣⁃∙●○■□◆◇▶►▸▹➢➤➔✓✔✦★❖⚫⬤⦁⦿◾◼"
    "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf02d\uf0e0\uf0be\u2756\u25e6"
)
# Written before a broken word by PDFium, or left by fonts without a character map.
NONCHARACTERS = "\ufffe\uffff"

# Whether an apostrophe is typographic is the producer's choice, not the author's.
QUOTES = {"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"'}

_LETTERS = str.maketrans({**LIGATURES, **QUOTES})
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")
_TABS = re.compile(r" *[\t\v\f]+[\t\v\f ]*")
_CID = re.compile(r"^\s*\(cid:\d+\)\s*")
_MARKER = re.compile(rf"^[{re.escape(BULLETS)}]\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("[\u200b-\u200d\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_REVERSED = re.compile("[\u202d\u202e]")
# A few get into words when they are copied from a web page.
MANY_WITHIN_WORDS = 3
_WITHIN_WORD = re.compile("(?<=[A-Za-z])[\u200b\u200d\u2060-\u2064\ufeff]+(?=[A-Za-z])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# TeX sets an accent and its letter as two glyphs: "caf´e".
_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302",
    "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c",
}  # fmt: skip
_SPLIT_ACCENT = re.compile(r"(?<=[A-Za-z])([´¨ˆ˜¸ˇ])([A-Za-zı])")
# Small capitals of some OpenType fonts have no capital i: "ENGiNEER".
_SMALL_CAPS_I = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])(?=\w*i)[A-Zi]{4,}\b")


def repair(text: str) -> str:
    """Return the text of one line with plain letters, single spaces and a plain bullet.

    A tab stays a tab: it marks a wide gap. A hyphen that PDFium reports as U+FFFE at the end
    of a line becomes a hyphen; elsewhere such characters are dropped.
    """
    text = re.sub(r"[\u00ad\ufffe\u2010\u2011]\s*$", "-", text)
    text = text.replace("\u2010", "-").replace("\u2011", "-")
    # Code 127 is a bullet in the encoding most Type 1 fonts use (WinAnsi, unused codes).
    text = re.sub(r"^[\x7f\x95]", BULLET, text)
    text = _CONTROL.sub("", text.translate(_LETTERS))
    text = _visible(text)
    text = _SPLIT_ACCENT.sub(_compose, text)
    text = _SMALL_CAPS_I.sub(lambda match: match[0].upper(), unicodedata.normalize("NFC", text))
    text = _TABS.sub("\t", _SPACES.sub(" ", text)).strip()
    return _plain_bullet(text)


def _visible(text: str) -> str:
    """Return text without noncharacters and signs that only steer how text is set or ordered."""
    if text.isascii():
        return text
    if _SURROGATE.search(text):  # halves of a character, from a font that maps to UTF-16
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(c for c in text if unicodedata.category(c) != "Cf" and c not in NONCHARACTERS)


def invisible(text: str) -> tuple[int, str]:
    """Return how many invisible signs a text holds that no honest text does, and what they spell.

    Those are marks that reverse the order of letters, signs between the letters of a word, and
    tags: a second alphabet that no one sees and a program reads.
    """
    if text.isascii() or not _INVISIBLE.search(text):
        return 0, ""
    tags = "".join(chr(ord(c) - 0xE0000) for c in text if 0xE0020 <= ord(c) <= 0xE007E)
    count = len(_REVERSED.findall(text)) + len(tags)
    within = len(_WITHIN_WORD.findall(text))
    return count + (within if within >= MANY_WITHIN_WORDS else 0), tags


def _compose(match: re.Match[str]) -> str:
    letter = "i" if match[2] == "ı" else match[2]
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])
    return composed if len(composed) == 1 else match[0]


def _plain_bullet(text: str) -> str:
    """Write any list marker at the start as "• "."""
    text = _CID.sub(BULLET + " ", text)
    while match := _MARKER.match(text):
        rest = text[match.end() :].lstrip()
        if not rest:
            return BULLET
        if not _MARKER.match(rest):
            return f"{BULLET} {rest}"
        text = rest
    if text and unicodedata.category(text[0]) == "Co" and text[1:2] in ("", " ", "\t"):
        return f"{BULLET} {text[1:].lstrip()}".rstrip()
    return text
