"""The author's own name, wherever it stands.

A word of it alone may be anything ("Ray", "Page", "Rust"), and a name must not cost a skill. So
alone it counts only as a person: with a title, with an "'s", or with the verb of a person after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gapfit.blinding.spans import Kind, Span, matches

# Particles belong to a name but name nobody.
_PARTICLES = frozenset("de da di do dos van von der den la le bin al el y e ter zu".split())
_TITLES = frozenset("dr mr mrs ms mx prof ing msc bsc phd md mba cpa pmp jr sr ii iii".split())
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PERSON = (
    r"(?:is|was|has|had|holds|brings|works|worked|leads|led|joined|built|builds|specialis\w+|"
    r"specializ\w+|writes|wrote|lives|studied|enjoys|loves|graduated|founded|co-founded)"
)


def spans(text: str, name: str) -> Iterator[Span]:
    """Yield where the name stands in a text."""
    found = _patterns(name)
    if found is not None and found.anyone.search(text):
        for pattern in found.patterns:
            yield from matches(pattern, text, Kind.NAME)


class _Patterns:
    def __init__(self, words: tuple[str, ...]) -> None:
        one = "|".join(map(re.escape, words))
        particle = "|".join(sorted(_PARTICLES))
        self.anyone = re.compile(rf"\b(?:{one})\b")
        initial = r"(?:[^\W\d_]\.[\s-]?)"
        self.patterns = (
            # Side by side, or with an initial: "Jane Roe", "J. Roe", "Roe, J."
            re.compile(
                rf"\b(?:{one})(?:(?:,?\s|-)(?:(?:[A-ZÀ-Þ]\w*\.?|{particle})\s){{0,2}}(?:{one}))+\b"
                r"(?:['’]s)?"
            ),
            re.compile(rf"\b{initial}+(?:{one})\b(?:['’]s)?|\b(?:{one}),\s{initial}+"),
            # One of them as a person
            re.compile(rf"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof)\.?\s(?:{one})\b(?:['’]s)?"),
            re.compile(rf"\b(?:{one})['’]s\b"),
            re.compile(rf"(?:^|(?<=[.!?]\s))(?P<it>(?:{one}))(?=\s{_PERSON}\b)"),
        )


@lru_cache(maxsize=64)
def _patterns(name: str) -> _Patterns | None:
    words = [word for word in _WORD.findall(name) if len(word) > 1]
    kept = [
        w for w in words if w.lower() not in _PARTICLES and w.lower().rstrip(".") not in _TITLES
    ]
    if not kept:
        return None
    # As the header writes it, in capitals too, and as anyone else would.
    forms = {form for word in kept for form in (word, word.capitalize(), word.upper())}
    return _Patterns(tuple(sorted(forms, key=lambda form: (-len(form), form))))
