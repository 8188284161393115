"""What identifies a person: contact details and the name. None of it is evidence."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b(?:[\w-]+\.)*(?:linkedin|github|gitlab|bitbucket|kaggle|medium|twitter|x|stackoverflow"
    r"|huggingface|scholar\.google|leetcode|behance|orcid|researchgate)\.(?:com|org|co|net|io)"
    r"(?:/\S*)?"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|ai|me|co|eu|de|uk|fr|es|example|app|tech)"
    r"(?:/\S*)?(?![\w.])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w/])(?:\+\d{1,3}|\(?0\d|\(\d{2,4}\)|\d{3})[\d\s().–/-]{5,16}\d(?!\w)")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABEL = re.compile(
    r"^\s*(?:e-?mail|mail|phone|tel(?:ephone)?|mobile|cell|fax|website|web|portfolio|linkedin"
    r"|github|gitlab|twitter|skype|address|location|nationality|date of birth|born|birthday"
    r"|date|place of birth|citizenship|visa status|marital status|gender|contact(?: me)?|homepage"
    r"|driving licen[cs]e|pronouns?)\s*(?:[:|–-]|$)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b\d{1,5}\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)*\s(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr"
    r"|boulevard|blvd|way|square|court|ct|place|pl)\b\.?"
    r"|\b[A-Z]\w+(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|gatan|straat)\s*\d+"
    r"|\b[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’-]*(?: (?:de|of|am|la|di|the)| [A-ZÀ-Þ][\w.'’-]*){0,2})"
    r"(?:, ?[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,2}){1,2}"
    r"(?:,? \d{4,6})?(?: ?\([^()]{1,30}\))?"
)
_NAME_WORD = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’.-]*|de|da|di|van|von|der|den|la|bin|al|el|y")
_PARTS = re.compile(r"\s*[|•·⋅∙◦♦⋄●▪■]\s*|\s*\t\s*|\s{3,}|\s+[–—/]\s+")
_NOT_LETTERS = re.compile(r"[^\w+@]+")


def is_contact(text: str) -> bool:
    """Return whether a piece of text is only a way to reach someone or where they live."""
    stripped = text.strip()
    if _LABEL.match(stripped) and len(stripped.split()) <= 8:
        return True
    left = _PHONE.sub(_blank_unless_years, stripped)
    for pattern in (_EMAIL, _URL, _STREET):
        left = pattern.sub(" ", left)
    if left == stripped:
        return False
    # A couple of words may remain: a city, a label, a stray icon.
    words = [word for word in _NOT_LETTERS.split(left) if any(c.isalpha() for c in word)]
    return len(words) <= 3 and not is_title(left)


def _blank_unless_years(match: re.Match[str]) -> str:
    """Remove a phone number, but not a span of years ("2016 - 2018")."""
    return match[0] if _YEARS.search(match[0]) else " "


def is_place(text: str) -> bool:
    """Return whether a text is only a place ("Berlin, Germany"), an icon before it aside."""
    text = re.sub(r"^[^\x00-\xbf]\s+", "", text.strip())
    return _PLACE.fullmatch(text) is not None and len(text.split()) <= 6


def without_name(text: str) -> str:
    """Return a line like "Ada Roe | Data Engineer" without the name before the title."""
    head, *rest = [part for part in re.split(r"\t|\s[|•·–—-]\s|,\s", text) if part.strip()] or [""]
    if not rest or not has_name_form(head) or len(head.split()) < 2 or is_title(head):
        return text
    return ", ".join(part.strip() for part in rest) if is_title(" ".join(rest)) else text


def without_contacts(text: str) -> str:
    """Return the text without its contact details: "" when nothing else is there."""
    if is_contact(text):
        return ""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    kept = [part for part in parts if not is_contact(part)]
    return text if len(kept) == len(parts) else " | ".join(kept)


def has_contact(text: str) -> bool:
    """Return whether an e-mail address, a profile URL or a phone number is in the text."""
    phone = _PHONE.search(text)
    return bool(_EMAIL.search(text) or _URL.search(text) or (phone and not _YEARS.search(phone[0])))


def has_name_form(text: str) -> bool:
    """Return whether a text may be a person's name: one to five capitalised words."""
    words = re.sub(r",.*$", "", text.replace("\t", " ")).split()
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
