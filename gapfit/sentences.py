"""Prose -> sentences."""

from __future__ import annotations

import re

# Words whose full stop does not end a sentence.
ABBREVIATIONS = frozenset(
    """e.g i.e etc vs approx incl inc ltd llc corp co dr mr mrs ms prof st no vol fig eq dept
    univ est jan feb mar apr jun jul aug sep sept oct nov dec ph.d m.sc b.sc m.s b.s m.a b.a
    m.tech b.tech b.e m.e u.s u.k e.u a.i c.v cf al avg min max sr jr u.s.a""".split()
)
# These often stand at the end as well: they do not end a sentence unless a capital follows.
MAY_END = frozenset("etc inc ltd llc corp co ph.d m.sc b.sc al u.s u.k e.u u.s.a".split())

_END = re.compile(r"([.!?…]+[\"”’')\]]*)\s+(?=[\"“‘'(\[]?\S)")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, in order; nothing is lost but the spaces between.

    Abbreviations, initials, decimals and names with dots ("Node.js", ".NET") do not split.
    """
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text[start : match.end(1)], text[match.end() :]):
            sentences.append(text[start : match.end(1)].strip())
            start = match.end()
    rest = text[start:].strip()
    return [s for s in [*sentences, rest] if s]


def _ends_sentence(before: str, after: str) -> bool:
    follows_lower = after[:1].islower()
    if before.rstrip("\"”’')]").endswith(("!", "?", "…", "..")):
        return not follows_lower
    if re.search(r"\b(?:in|with|using) R\.$", before):
        return not follows_lower  # the language, not an initial
    word = before.split()[-1].rstrip("\"”’')]").rstrip(".").lstrip("(\"“‘'[").lower()
    if follows_lower:
        return False
    if len(word) == 1 and word.isalpha() and word not in "ia":
        return False  # an initial
    if word in ABBREVIATIONS:
        return word in MAY_END and after[:1].isupper() and len(before.split()) > 4
    # "1. Built ..." is numbering; "... since 2020. Built ..." is not.
    return not (word.isdigit() and len(before.split()) == 1)
