"""Words that tell a gender: pronouns, titles, kinship, societies of one gender.

"he", "she" and "they" become one word, and so do "him", "his", "her" and "hers": which of them
stood there can then not be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gapfit.blinding.spans import Kind, Span, matches


def _each(text: Mapping[str, str]) -> dict[str, str]:
    """Each word with its neutral one; "~" stands for a space."""
    return {
        word.replace("~", " "): neutral for neutral, words in text.items() for word in words.split()
    }


_NEUTRAL = _each(
    {
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
        "parental leave": "maternity~leave paternity~leave",
        "waiter": "waitress",
    }
)
# Of one's own family only: "my wife", not a parent node or Brother Industries.
_KIN = _each(
    {
        "parent": "mother father mom dad",
        "partner": "wife husband girlfriend boyfriend",
        "child": "son daughter",
        "children": "sons daughters",
        "sibling": "brother sister",
        "siblings": "brothers sisters",
    }
)


def _alternatives(words: Mapping[str, str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ANY = re.compile(
    rf"(?<![\w-])(?:{_alternatives(_NEUTRAL)})(?![\w'’])"
    # Computing has men and boys of its own, and He its initialisation.
    r"(?![-\s](?:in[-\s]the[-\s]middle|pages?|hours?|days?|months?|years?|power|tongue|init\w*"
    r"|normal|uniform)\b)",
    re.IGNORECASE,
)
# "she leads" becomes "they lead", so that no "s" tells how many there are.
_VERB = re.compile(
    r"\b(?:he|she)\s(?!(?:is|was|has|as|his|always|sometimes|perhaps|besides)\b)(?P<verb>[a-z]+s)\b",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    rf"\b(?:my|our|his|her|their)\s(?P<it>{_alternatives(_KIN)})\b(?!\stongue)", re.IGNORECASE
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
    r"\b(?:male|female|non-binary|transgender)(?:\s(?=(?:engineer|developer|founder|leader"
    r"|candidate|speaker)\b)|(?=\s*,\s*(?:\d\d\b|age|born|married|single)))",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"[(\[]?\b(?:he|she|they)\s?/\s?(?:him|her|them|they)(?:\s?/\s?\w+)?\b[)\]]?", re.IGNORECASE
)
_GREEK = (
    r"(?:Alpha|Beta|Gamma|Delta|Epsilon|Zeta|Eta|Theta|Iota|Kappa|Lambda|Mu|Nu|Xi|Omicron|Pi|Rho"
    r"|Sigma|Tau|Upsilon|Phi|Chi|Psi|Omega)"
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
        yield Span(*match.span(), Kind.GENDER, _NEUTRAL[match[0].lower()])
    for match in _VERB.finditer(text):
        yield Span(*match.span(), Kind.GENDER, f"they {_plural(match['verb'])}")
    for match in _FAMILY.finditer(text):
        yield Span(*match.span("it"), Kind.GENDER, _KIN[match["it"].lower()])


def _plural(verb: str) -> str:
    """A verb as it goes with "they": leads, lead; carries, carry; pushes, push."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return verb[:-2]
    return verb if verb.endswith("ss") else verb[:-1]
