"""Nationality, family, religion, first languages: what a person was born with or into."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gapfit.blinding.spans import Kind, Span, matches
from gapfit.datamodels import Section

# Where "Race:" and "Health:" name a project's subject.
_WORK = frozenset({Section.EXPERIENCE, Section.PROJECTS, Section.PUBLICATIONS})
_LABELLED = re.compile(
    r"(?:^|(?<=[;|•·.,]\s))(?:personal data|nationality|citizenship|place of birth|marital status|"
    r"civil status|family status|religion|caste|race|ethnicity|gender|sex|(?:father|mother|spouse)"
    r"(?:['’]s)? name|children|passport(?: no\.?| number)?|visa(?: status)?|work (?:permit|"
    r"authori[sz]ation)|immigration status|military (?:service|status)|disability|health)"
    r"\s*[:–—-]\s*[^;|•·]*",
    re.IGNORECASE,
)
_END = r"(?=\s*(?:$|[,;.|)]|(?:and|since|by)\b))"
_CITIZEN = re.compile(
    r"\b(?:US|U\.S\.|UK|EU|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s"
    rf"(?:citizen(?:ship)?|national|passport(?:\sholder)?){_END}"
    r"|\b(?:permanent resident|green card(?: holder)?|H-?1B|work permit|settled status|"
    r"visa (?:status|holder|sponsorship))\b"
)
_FAMILY = re.compile(
    rf"(?:^|,\s*)(?:married|single|divorced|widowed){_END}|(?:^|,\s*)\w+\schild(?:ren)?{_END}"
    r"|\b(?:mother|father|parent)\sof\s(?:an?\b|one|two|three|four|five|twins|\d)",
    re.IGNORECASE,
)
_LANGUAGES = (
    "Afrikaans|Albanian|Amharic|Arabic|Armenian|Azerbaijani|Bahasa(?: Indonesia| Melayu)?|Bangla|"
    "Bengali|Bosnian|Bulgarian|Burmese|Cantonese|Catalan|Chinese|Croatian|Czech|Danish|Dutch|English|"
    "Estonian|Farsi|Filipino|Finnish|Flemish|French|Georgian|German|Greek|Gujarati|Hausa|Hebrew|Hindi|"
    "Hungarian|Icelandic|Igbo|Indonesian|Irish|Italian|Japanese|Kannada|Kazakh|Khmer|Korean|Kurdish|"
    "Latvian|Lithuanian|Macedonian|Malay|Malayalam|Mandarin|Marathi|Mongolian|Nepali|Norwegian|Pashto|"
    "Persian|Polish|Portuguese|Punjabi|Romanian|Russian|Serbian|Sinhala|Slovak|Slovene|Slovenian|"
    "Somali|Spanish|Swahili|Swedish|Swiss German|Tagalog|Tamil|Telugu|Thai|Tigrinya|Turkish|Twi|"
    "Ukrainian|Urdu|Uzbek|Vietnamese|Welsh|Wolof|Xhosa|Yoruba|Zulu"
)
_LANGUAGE = f"(?:{_LANGUAGES})"
_TONGUES = frozenset(
    _LANGUAGES.replace("(?: Indonesia| Melayu)?", "|Indonesia|Melayu").lower().split("|")
)
# A text of these words alone says how well its author speaks a language.
_HOW_WELL = frozenset(
    """languages language native mother tongue first bilingual fluent fluently professional working
    full limited elementary basic beginner intermediate advanced conversational proficient
    proficiency very good spoken written speaker level reading writing speaking in and or
    ielts toefl a1 a2 b1 b2 c1 c2""".split()
)
_WORD = re.compile(r"[^\W\d_]+\d?")
_MOST_WORDS = 30
_NATIVE = re.compile(
    rf"\b(?:native|mother tongue:?)\s(?:speaker of\s)?{_LANGUAGE}(?:\sspeaker)?\b"
    rf"|\b{_LANGUAGE}[\s:–(-]+(?:native(?:ly)?|mother tongue)(?:\sspeaker)?\b\)?"
)


def spans(text: str, section: Section) -> Iterator[Span]:
    """Yield what tells where someone comes from, or of their family."""
    if section not in _WORK:
        yield from matches(_LABELLED, text, Kind.ORIGIN)
        yield from matches(_FAMILY, text, Kind.ORIGIN)
    yield from matches(_CITIZEN, text, Kind.ORIGIN)
    if _is_spoken(text):
        yield Span(0, len(text), Kind.ORIGIN)
    yield from matches(_NATIVE, text, Kind.ORIGIN)


def _is_spoken(text: str) -> bool:
    """Whether a text names languages, how well they are spoken, and nothing else."""
    words = _WORD.findall(text.lower())
    if len(words) > _MOST_WORDS or _TONGUES.isdisjoint(words):
        return False
    return all(word in _TONGUES or word in _HOW_WELL for word in words)
