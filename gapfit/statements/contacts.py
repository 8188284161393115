"""What identifies a person: contact details and the name. None of it is evidence."""

from __future__ import annotations

import re

from gapfit.identity import ADDRESSED, EMAIL, NUMBERED, PHONE, STREET, URL, YEARS

_LABEL = re.compile(
    r"^\s*(?:e-?mail|mail|phone|tel(?:ephone)?|mobile|cell|fax|website|web|portfolio|linkedin"
    r"|github|gitlab|twitter|skype|address|location|nationality|date of birth|born|birthday"
    r"|date|place of birth|citizenship|visa status|marital status|gender|contact(?: me)?|homepage"
    r"|driving licen[cs]e|pronouns?)\s*(?:[:|–-]|$)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’-]*(?: (?:de|of|am|la|di|the)| [A-ZÀ-Þ][\w.'’-]*){0,2})"
    r"(?:, ?[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,2}){1,2}"
    r"(?:,? \d{4,6})?(?: ?\([^()]{1,30}\))?"
)
# Capitalised, or in a script that has no capitals.
_NAME_WORD = re.compile(
    r"[A-ZÀ-ÞĀ-Ž][\w'’.-]*|[^\W\d_\x00-\u024f][\w'’.-]*|de|da|di|van|von|der|den|la|bin|al|el|y"
)
_PRONOUNS = re.compile(r"\s*\(?\b(?:he|she|they)\s?/\s?\w+(?:\s?/\s?\w+)?\)?", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|•·⋅∙◦♦⋄●▪■]\s*|\s*\t\s*|\s{3,}|\s+[–—/]\s+")
_NOT_LETTERS = re.compile(r"[^\w+@]+")


def is_contact(text: str) -> bool:
    """Return whether a piece of text is only a way to reach someone or where they live."""
    stripped = text.strip()
    if _LABEL.match(stripped) and len(stripped.split()) <= 8:
        return True
    if not ADDRESSED.search(stripped) and not NUMBERED.search(stripped):
        return False
    left = PHONE.sub(_blank_unless_years, stripped)
    for pattern in (EMAIL, URL, STREET):
        left = pattern.sub(" ", left)
    if left == stripped:
        return False
    # A couple of words may remain: a city, a label, a stray icon.
    words = [word for word in _NOT_LETTERS.split(left) if any(c.isalpha() for c in word)]
    return len(words) <= 3 and not is_title(left)


def _blank_unless_years(match: re.Match[str]) -> str:
    """Remove a phone number, but not a span of years ("2016 - 2018")."""
    return match[0] if YEARS.search(match[0]) else " "


def is_place(text: str) -> bool:
    """Return whether a text is only a place ("Berlin, Germany"), an icon before it aside.

    A job and its employer ("Data Engineer, Acme GmbH") have the form of one.
    """
    text = re.sub(r"^[^\x00-\xbf]\s+", "", text.strip())
    return _PLACE.fullmatch(text) is not None and len(text.split()) <= 6 and not is_title(text)


def split_name(text: str) -> tuple[str, str]:
    """Return the name before the title in a line like "Ada Roe | Data Engineer", and the rest.

    The name is "" where there is none.
    """
    head, *rest = [part for part in re.split(r"\t|\s[|•·–—-]\s|,\s", text) if part.strip()] or [""]
    if not rest or not has_name_form(head) or len(head.split()) < 2 or is_title(head):
        return "", text
    title = ", ".join(part.strip() for part in rest)
    return (head.strip(), title) if is_title(" ".join(rest)) else ("", text)


def without_contacts(text: str) -> str:
    """Return the text without its contact details: "" when nothing else is there."""
    if is_contact(text):
        return ""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    kept = [part for part in parts if not is_contact(part)]
    return text if len(kept) == len(parts) else " | ".join(kept)


def has_contact(text: str) -> bool:
    """Return whether an e-mail address, a profile URL or a phone number is in the text."""
    phone = PHONE.search(text)
    return bool(EMAIL.search(text) or URL.search(text) or (phone and not YEARS.search(phone[0])))


def has_name_form(text: str) -> bool:
    """Return whether a text may be a person's name: one to five capitalised words."""
    words = re.sub(r",.*$", "", _PRONOUNS.sub("", text).replace("\t", " ")).split()
    if not 1 <= len(words) <= 5 or any(c.isdigit() for c in text):
        return False
    return all(_NAME_WORD.fullmatch(word.strip('()"“”,')) for word in words)


_TITLE_WORDS = re.compile(
    r"\b(?:engineer\w*|developer|scientist|researcher|manager|director|lead|head|architect"
    r"|analyst|consultant|intern|associate|specialist|administrator|founder|officer|professor"
    r"|programmer|designer|student|graduate|product|software|data|machine|learning|ai|ml|llm"
    r"|senior|junior|principal|staff|full|stack|cloud|devops|mlops|research|nlp|python)\b",
    re.IGNORECASE,
)


def is_title(text: str) -> bool:
    """Return whether a line holds words of a job title: it is a headline, not a name."""
    return _TITLE_WORDS.search(text) is not None
