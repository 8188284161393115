"""Entry lines: job titles, employers, degrees and dates, which give what follows its context."""

from __future__ import annotations

import re

from gapfit.datamodels import Section
from gapfit.statements.dates import find_period, without_dates

MAX_WORDS = 18
# Words that make a short line a title, an employer or a school.
_TITLE = re.compile(
    r"\b(?:engineer|developer|scientist|researcher|manager|director|lead|head|architect|analyst"
    r"|consultant|intern(?:ship)?|trainee|associate|assistant|specialist|administrator|founder"
    r"|co-founder|officer|ceo|cto|cio|vp|president|professor|lecturer|teacher|tutor|instructor"
    r"|programmer|designer|technician|fellow|freelancer?|contractor|advisor|mentor|volunteer"
    r"|student|owner|coach|strategist|evangelist|representative|coordinator|supervisor|sde|swe"
    r"|university|institute|college|school|academy|hochschule|universit\w+|inc|llc|ltd|gmbh|corp"
    r"|corporation|technologies|solutions|systems|labs?|group|bank|b\.?sc|m\.?sc|ph\.?d|b\.?tech"
    r"|m\.?tech|mba|ma|ba|beng|meng|hnd|diplom\S*|bachelor(?:'?s)?|master(?:'?s)?|doctorate|diploma|degree|minor|major)\b\.?",
    re.IGNORECASE,
)
_VERB_START = re.compile(
    r"^(?:built|build|developed|designed|led|implemented|created|managed|worked|used|improved"
    r"|reduced|deployed|wrote|trained|fine-tuned|conducted|collaborated|migrated|optimi[sz]ed"
    r"|automated|integrated|architected|launched|delivered|maintained|analy[sz]ed|evaluated"
    r"|responsible|achieved|increased|mentored|developing|designing|building|leading|working"
    r"|added|moved|tuned|shared|trace|collected|replaced|owned|ran|set|helped|supported|applied)\b",
    re.IGNORECASE,
)
# What shows that the first word is a verb and no attribute: an object with an article, a number or
# an owner right behind it, a second verb, or enough words with something particular among them.
_IRREGULAR_PAST = re.compile(
    r"(?:re|over)?(?:built|led|wrote|ran|made|took|drove|grew|won|held|gave|taught|brought|kept|found"
    r"|began|spun|chose|saw|sold|spoke|drew|put|cut)$",
    re.IGNORECASE,
)
_REGULAR_PAST = re.compile(r"[\w-]{2,}ed$", re.IGNORECASE)
_DETERMINER = (
    r"(?:an?|the|this|these|its?|my|our|their|his|her|all|every|each|both|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|several|many|more|new|\W?\d[\w.,%+-]*)(?![\w-])"
)
_OBJECT = re.compile(
    rf"(?:\w+ly )?(?:(?:to|with|for|in|on|at|by|from|up|out) )?{_DETERMINER}", re.IGNORECASE
)
_SECOND_PAST = re.compile(
    r"(?:\band|,|;) (?:then |also )?(?:[\w-]{2,}ed|built|led|wrote|ran|made|took|cut|set)\b"
    r"(?! [\w-]+$)",
    re.IGNORECASE,
)
_PARTICULAR = re.compile(rf"(?<![\w-]){_DETERMINER}", re.IGNORECASE)
_SENTENCE_WORDS = 7
_ROLE = re.compile(
    r"\b(?:engineer|developer|scientist|researcher|manager|director|architect|analyst|consultant"
    r"|intern|trainee|assistant|specialist|administrator|founder|officer|ceo|cto|vp|professor"
    r"|lecturer|programmer|designer|fellow|freelancer?|contractor|advisor|sde|swe|b\.?sc|m\.?sc"
    r"|\w*(?:entwickler|ingenieur|berater|leiter|wissenschaftler)(?:in)?|d[ée]veloppeu(?:r|se)"
    r"|ing[ée]nieure?|desarrollador|ingenier[oa]|sviluppator[ei]|ingegnere|programista"
    r"|ph\.?d|b\.?tech|m\.?tech|mba|ma|ba|beng|meng|hnd|bachelor(?:'?s)?|master(?:'?s)?|diploma)\b",
    re.IGNORECASE,
)
ENTRY_SECTIONS = frozenset(
    {
        Section.EXPERIENCE, Section.PROJECTS, Section.EDUCATION,
        Section.CERTIFICATIONS, Section.OTHER,
    }
)  # fmt: skip
# Notes beside a date: a length in brackets ("(2 years 9 months)"), "expected".
_NOTES = re.compile(
    r"\(?\b\d{1,2}\+?\s*(?:years?|yrs?|months?|mos?)\b\.?"
    r"(?:,?\s*\d{1,2}\s*(?:months?|mos?)\b\.?)?\)?|\(?\b(?:expected|anticipated)\b\)?:?",
    re.IGNORECASE,
)
_GLUE = re.compile(r"\s+[–—|•·-]\s+|\s*[|•·]\s*|\s*\t\s*|\s*,\s*(?:,\s*)+|\s*,\s+")


def is_entry(text: str, section: Section, *, bold: bool = False) -> bool:
    """Return whether a line, by its words and weight, is a title, employer or date line."""
    if section not in ENTRY_SECTIONS:
        return False
    words = text.split()
    bare = without_dates(text)
    if not words or len(bare.split()) > MAX_WORDS or text[:1].islower():
        return False
    if find_period(text) is not None and _is_beside_date(text, bare):
        return True
    ends_like_sentence = text.endswith((".", "!", "?", ";")) and len(words) > 5
    if ends_like_sentence or _VERB_START.match(bare):
        return False
    if "\t" in text or (bold and len(words) <= 12):
        return True
    if section is Section.CERTIFICATIONS:
        return False
    return len(words) <= 10 and _TITLE.search(bare) is not None


def _is_beside_date(text: str, bare: str) -> bool:
    """Return whether a date stands apart from the words: at an end, after a tab, in brackets."""
    if not bare:
        return True
    if _VERB_START.match(bare) and "\t" not in text:
        return False
    if text.rstrip().endswith(".") and len(bare.split()) > 8:
        return False
    head = re.split(r"\t|\s[–—|·•-]\s|[,(]", text)
    ends = (text.strip(), *(part.strip() for part in head))
    return any(_is_only_date(part) for part in ends) or _starts_or_ends_with_date(text)


def _is_only_date(text: str) -> bool:
    return find_period(text) is not None and not re.search(r"[A-Za-z]{2,}", without_dates(text))


def _starts_or_ends_with_date(text: str) -> bool:
    period = find_period(text)
    if period is None:
        return False
    stripped = text.strip(" .()[]")
    return stripped.endswith(period.text.strip(" .()[]")) or stripped.startswith(period.text)


def entry_text(text: str) -> str:
    """Return an entry line without its dates and durations, its parts joined by commas.

    "ML Engineer – Acme | Oslo <tab> Jan 2021 – present" -> "ML Engineer, Acme, Oslo".
    """
    bare = without_dates(_NOTES.sub(" ", text))
    bare = re.sub(r"\s*,(?:\s*,)+|\s+,", ",", _GLUE.sub(", ", bare))
    bare = re.sub(r"\s{2,}", " ", bare).strip(" ,–—-|")
    if bare.count("(") < bare.count(")"):
        bare = bare.rstrip(")").rstrip(" ,")
    return bare


def names_role(text: str) -> bool:
    """Return whether a line names a job title or a degree, not just an employer or a school."""
    return _ROLE.search(text) is not None


def tells_deed(text: str) -> bool:
    """Return whether a sentence begins with what was done ("Built …", "We sorted …").

    A regular past tense may as well be the attribute of a name ("Distributed training of large
    models", "Fine-tuned language models"): it tells a deed where more shows that it is the verb.
    """
    words = text.split()
    if len(words) < 3:
        return False
    said_of_oneself = words[0] in ("I", "We")
    if said_of_oneself:
        words = words[1:]
    if _IRREGULAR_PAST.match(words[0]):
        return True
    if not (_VERB_START.match(words[0]) or _REGULAR_PAST.match(words[0])):
        return False
    rest = " ".join(words[1:])
    return (
        said_of_oneself
        or _OBJECT.match(rest) is not None
        or _SECOND_PAST.search(rest) is not None
        or (len(words) >= _SENTENCE_WORDS and _PARTICULAR.search(rest) is not None)
    )
