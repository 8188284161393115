"""From numbered lines to an ad: title, statements with their section and need, years, pay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gapfit.ads import headings, money, titles, years
from gapfit.ads.blocks import Block, Kind, blocks
from gapfit.ads.source import Source
from gapfit.datamodels import AdLine, AdSection, JobAd, Need, ParseWarning, PayNamed
from gapfit.sentences import split_sentences

_LABELLED = re.compile(r"^(?P<label>[A-Z][\w’' /&-]{2,40}):\s+(?=\S)")
_LETTERS = re.compile(r"[^\W\d_]")

_RESUME = re.compile(
    r"^(?:work |professional |employment )?(?:experience|employment history|education|"
    r"publications|certifications|projects|references|summary|profile|objective)\W*$",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"linkedin\.com/in/|\S@\S+\.\w|github\.com/\w|\+?\d[\d ()-]{8,}\d")
_DATES = re.compile(
    r"\b(?:19|20)\d\d\s*(?:[-–—]|to|until)\s*(?:\w{3,9}\.? )?(?:(?:19|20)\d\d|present|now|today)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"^(?:built|led|designed|developed|implemented|shipped|managed|created|reduced|improved|"
    r"deployed|wrote|launched|migrated|trained|owned|introduced|automated|cut)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\byou(?:r|['’]ll)?\b|requirements|responsibilities|qualifications|we are (?:looking|hiring)|"
    r"apply\b|candidate",
    re.IGNORECASE,
)


_CHANCE = 1  # statements that speak to a reader by chance


def extract(source: Source, title: str = "", language: str = "und") -> JobAd:
    """Return the ad; ``title`` replaces the one at its head."""
    parts = list(blocks(source.lines))
    found, at = titles.found(parts)
    lines = tuple(_lines([b for b in parts if not (at and b.line == at and not title)]))
    return JobAd(
        title=title or found,
        title_role=titles.claimed_role(title or found),
        lines=lines,
        years=tuple(y for line in lines for y in years.named(line)),
        pay=tuple(_distinct(p for line in lines for p in money.named(line))),
        equity=any(money.EQUITY.search(line.text) for line in lines),
        bonus=any(money.BONUS.search(line.text) for line in lines),
        language=language,
        warnings=tuple(_warnings(parts, lines, title or found)),
    )


def _lines(parts: Sequence[Block]) -> Iterator[AdLine]:
    section, heading = AdSection.INTRO, ""
    listed = False  # whether the section has had entries
    for number, part in enumerate(parts):
        if part.kind is Kind.HEADING:
            told = headings.named(part.text)
            section, heading = (told or _unnamed(section, part)), part.text.strip(" :")
            listed = False
            continue
        entry = part.kind is Kind.ENTRY
        if not entry and listed and section in headings.LISTS:
            # Prose behind a list is about something new, unless its words say otherwise.
            section, heading = AdSection.INTRO, ""
        listed = listed or entry
        texts = [part.text] if entry else split_sentences(part.text)
        before: AdSection | None = None
        for i, text in enumerate(texts):
            if i and i == len(texts) - 1 and _trailing_heading(text, parts, number):
                section, heading = headings.named(text) or section, text.strip(" :")
                continue
            own, body = _labelled(text, entry)
            if _LETTERS.search(body):
                before = headings.by_wording(body, own or section, entry=entry, before=before)
                for clause in headings.clauses(body, before):
                    need = headings.need(clause, before)
                    roles = titles.roles_named(clause)
                    yield AdLine(clause, part.line, before, need, heading, roles)


def _labelled(text: str, entry: bool) -> tuple[AdSection | None, str]:
    """The section that a label in front of a statement names, and the statement without it.

    Within a list only "Nice to have: ..." is one: other labels say what a task is about.
    """
    label = _LABELLED.match(text)
    section = headings.named(label["label"]) if label is not None else None
    if label is None or section is None or (entry and section is not AdSection.PREFERRED):
        return None, text
    if section is AdSection.INTRO:
        section = AdSection.DUTIES
    return section, text[label.end() :]


def _unnamed(section: AdSection, part: Block) -> AdSection:
    """The section under a heading that names none: a part of a list, else the role's story."""
    return section if section in headings.LISTS or part.text.endswith(":") else AdSection.INTRO


def _trailing_heading(text: str, parts: Sequence[Block], number: int) -> bool:
    """Whether the last words of a paragraph head the list below it."""
    following = parts[number + 1] if number + 1 < len(parts) else None
    short = len(text.split()) <= 6 and not text.endswith((".", "!"))
    return (
        short
        and following is not None
        and following.kind is Kind.ENTRY
        and headings.named(text) is not None
    )


def _distinct(sums: Iterator[PayNamed]) -> Iterator[PayNamed]:
    seen = set()
    for pay in sums:
        key = (pay.low, pay.high, pay.currency, pay.period)
        if key not in seen:
            seen.add(key)
            yield pay


def _warnings(
    parts: Sequence[Block], lines: Sequence[AdLine], title: str
) -> Iterator[ParseWarning]:
    if _is_resume(parts, lines):
        yield ParseWarning(
            "looks-like-a-resume",
            "The text reads like a resume, not a job ad. For a resume: gapfit fit RESUME.pdf",
        )
    several = titles.ads_in(parts)
    if several > 1:
        yield ParseWarning(
            "several-ads",
            f"This looks like {several} ads pasted together, and is read as one. Give one ad at a "
            "time.",
        )
    if not title:
        yield ParseWarning(
            "no-title", "No title stands at the head of the ad. Give it with --title."
        )
    if not any(line.need is not Need.CONTEXT for line in lines):
        yield ParseWarning(
            "no-asks",
            "No duties and no requirements were found: everything is read as talk of the company.",
        )


def _is_resume(parts: Sequence[Block], lines: Sequence[AdLine]) -> bool:
    heads = sum(bool(_RESUME.match(b.text)) for b in parts)
    deeds = sum(bool(_PAST.match(line.text)) for line in lines)
    contact = any(_CONTACT.search(block.text) for block in parts[:8])
    dated = sum(bool(_DATES.search(block.text)) for block in parts) >= 2
    asks = sum(bool(_ASKS.search(line.text)) for line in lines)
    return asks <= _CHANCE and (heads >= 2) + (deeds >= 3) + contact + dated >= 2
