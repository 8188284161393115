"""Words that tell a gender: pronouns, titles, kinship, societies of one gender.

"he", "she" and "they" become one word, and so do "him", "his", "her" and "hers": which of them
stood there can then not be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gapfit.blinding.spans import Kind, Span, matches

_NEUTRAL = {
    "they": "he she",
    "they are": "he~is she~is he's she's he’s she’s",
    "they were": "he~was she~was",
    "they have": "he~has she~has",
    "their": "him his her hers",
    "themselves": "himself herself",
    "person": "man woman gentleman lady",
    "people": "men women gentlemen ladies girls boys",
    "people's": "men's women's men’s women’s girls' boys'",
    "chair": "chairman chairwoman chairperson",
    "spokesperson": "spokesman spokeswoman",
    "salesperson": "salesman saleswoman",
    "sportsperson": "sportsman sportswoman",
    "businessperson": "businessman businesswoman",
    "society": "fraternity sorority",
    "graduate": "alumnus alumna",
    "graduates": "alumni alumnae",
    "parent": "mother father mom dad",
    "parental leave": "maternity~leave paternity~leave",
    "partner": "wife husband girlfriend boyfriend",
    "child": "son daughter",
    "children": "sons daughters",
    "sibling": "brother sister",
    "siblings": "brothers sisters",
    "waiter": "waitress",
}
_WORDS = {
    word.replace("~", " "): neutral for neutral, words in _NEUTRAL.items() for word in words.split()
}
_ANY = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})(?![\w'’])"
    # Computing has men and boys of its own.
    r"(?![-\s](?:in[-\s]the[-\s]middle|pages?|hours?|days?|months?|years?|power|tongue)\b)",
    re.IGNORECASE,
)
# "Black", "Queer" and the like before what people of a kind belong to.
_GROUPS = re.compile(
    r"\b(?:Black|African[- ]American|Hispanic|Latin[aoxe]s?|Asian|Indigenous|Native American|"
    r"Queer|LGBTQ?\w*\+?|Gay|Lesbian|Trans|Muslim|Islamic|Jewish|Christian|Catholic|Hindu|Sikh)\s"
    r"(?=(?:in\s(?:AI|ML|NLP|Tech\w*|Data|STEM|Computing|Robotics)|Engineers|Students?|Scientists|"
    r"Professionals|Association|Society|Union|Alliance|Fellowship|Church|Women|Men)\b)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Miss|Ms|Mx)\b\.?\s(?=[A-Z])")
_SELF = re.compile(
    r"\b(?:male|female|non-binary|transgender)(?:\s(?=(?:engineer|developer|founder|leader|candidate"
    r"|speaker)\b)|(?=\s*,\s*(?:\d\d\b|age|born|married|single)))",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"[(\[]?\b(?:he|she|they)\s?/\s?(?:him|her|them|they)(?:\s?/\s?\w+)?\b[)\]]?", re.IGNORECASE
)
_GREEK = (
    r"(?:Alpha|Beta|Gamma|Delta|Epsilon|Zeta|Eta|Theta|Iota|Kappa|Lambda|Mu|Nu|Xi|Omicron|Pi|Rho|Sigma"
    r"|Tau|Upsilon|Phi|Chi|Psi|Omega)"
)
_GREEK_SOCIETY = re.compile(rf"\b{_GREEK}\s{_GREEK}(?:\s{_GREEK})?\b")


def spans(text: str) -> Iterator[Span]:
    """Yield the words that tell a gender or a group, each with its neutral one."""
    yield from matches(_PRONOUNS, text, Kind.GENDER)
    yield from matches(_TITLE, text, Kind.GENDER)
    yield from matches(_SELF, text, Kind.GENDER)
    yield from matches(_GROUPS, text, Kind.ORIGIN)
    yield from matches(_GREEK_SOCIETY, text, Kind.GENDER, "society")
    for match in _ANY.finditer(text):
        yield Span(*match.span(), Kind.GENDER, _WORDS[match[0].lower()])
