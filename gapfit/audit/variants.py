"""The same resume with one trait changed, all that shows skills left as it is.

Words are changed in the document that was read, so that everything after the reader takes part;
formatting and producer are changed in the file, which is then read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from gapfit import blinding, pdf
from gapfit.audit import material
from gapfit.audit.reading import Contents
from gapfit.audit.sheet import Key, Sheet
from gapfit.datamodels import Document, Form, Line, Resume, Section, Trait, Untried, Variant
from gapfit.errors import UnreadableInput
from gapfit.identity import EMAIL, PHONE, URL, YEARS
from gapfit.intake import resume_of
from gapfit.statements import contacts

Made = Iterator[Variant | Untried]


def variants(contents: Contents, resume: Resume) -> Made:
    """Yield the variants of a resume, and the traits it has none of.

    ``contents`` is what was read of its file, ``resume`` its statements.
    """
    sheet = Sheet(contents.document)
    yield from _names(sheet, resume.name)
    yield from _contacts(sheet)
    yield from _addresses(sheet)
    yield from _genders(sheet)
    yield from _schools(sheet)
    yield from _years(sheet)
    yield from _orders(sheet)
    yield from _headings(sheet)
    yield from _formats(sheet)
    yield from _producers(contents)


def _variant(
    trait: Trait, label: str, document: Document, against: Resume | None = None
) -> Variant:
    return Variant(trait, label, _resume(document), against)


def _resume(document: Document) -> Resume:
    return resume_of(document, "the changed resume")


# ---------------------------------------------------------------- who it is


def _names(sheet: Sheet, name: str) -> Made:
    if not name:
        yield Untried(Trait.NAME, "no name was found in its header")
        return
    for person in material.PEOPLE:
        document = sheet.changed(_renamed(sheet, name, person.name), sheet.by_key)
        yield _variant(Trait.NAME, f"{person.name} ({person.group})", document)


def _renamed(sheet: Sheet, old: str, new: str) -> Callable[[Line, Key], str]:
    handle = re.sub(r"\W+", ".", new.lower()).strip(".")

    def rename(line: Line, key: Key) -> str:
        marked = sheet.by_key[key]
        text = line.text.replace(marked.name, new) if marked.name else line.text
        if key in sheet.header:
            text = EMAIL.sub(f"{handle}@mail.example", text)
        for span in reversed(blinding.find(text, marked.section, Form.SENTENCE, old)):
            if span.kind is blinding.Kind.NAME:
                whole = " " in text[span.start : span.end]
                text = text[: span.start] + (new if whole else new.split()[-1]) + text[span.end :]
        return text

    return rename


def _contacts(sheet: Sheet) -> Made:
    found = [
        key for key in sheet.by_key if contacts.has_contact(sheet.by_key[key].placed.line.text)
    ]
    if not found:
        yield Untried(Trait.CONTACT, "no contact details were found")
        return
    for label, mail, phone, link in (
        ("others", "k.m.1987@post.example", "+91 22 5550 0100", "gitlab.com/km1987"),
        ("none", "", "", ""),
    ):
        document = sheet.changed(_contacted(mail, phone, link), found)
        yield _variant(Trait.CONTACT, label, document)


def _contacted(mail: str, phone: str, link: str) -> Callable[[Line, Key], str]:
    def change(line: Line, _: Key) -> str:
        text = EMAIL.sub(mail, line.text)
        text = PHONE.sub(lambda m: m[0] if YEARS.search(m[0]) else phone, text)
        return URL.sub(lambda m: m[0] if m[0] in mail else link, text)

    return change


def _addresses(sheet: Sheet) -> Made:
    lines = {key: m.placed.line.text for key, m in sheet.by_key.items() if key in sheet.header}
    beside = next((key for key, text in lines.items() if contacts.has_contact(text)), None)
    if beside is None:
        yield Untried(Trait.ADDRESS, "no contact line was found to put an address beside")
        return
    for address in material.ADDRESSES:
        document = sheet.changed(_followed_by(f" | {address}"), [beside])
        yield _variant(Trait.ADDRESS, address, document)


def _followed_by(more: str) -> Callable[[Line, Key], str]:
    return lambda line, _: line.text + more


def _genders(sheet: Sheet) -> Made:
    named = [key for key, marked in sheet.by_key.items() if marked.name]
    for label in material.PRONOUNS if named else ():
        document = sheet.changed(_followed_by(f" {label}"), named[:1])
        yield _variant(Trait.GENDER, label, document)
    for first, *others in (material.DEEDS, material.SOCIETIES):
        against = _resume(sheet.extended(first))
        for other in others:
            yield _variant(Trait.GENDER, other, sheet.extended(other), against)


def _schools(sheet: Sheet) -> Made:
    found = [key for key in sheet.of(Section.EDUCATION) if _school_spans(sheet, key)]
    if not found:
        yield Untried(Trait.SCHOOL, "no school was found in an education section")
        return
    for school in material.SCHOOLS:
        yield _variant(Trait.SCHOOL, school, sheet.changed(_schooled(sheet, school), found))


def _school_spans(sheet: Sheet, key: Key) -> list[blinding.Span]:
    text = sheet.by_key[key].placed.line.text
    spans = blinding.find(text, Section.EDUCATION, Form.ENTRY)
    return [span for span in spans if span.kind is blinding.Kind.SCHOOL]


def _schooled(sheet: Sheet, school: str) -> Callable[[Line, Key], str]:
    def change(line: Line, key: Key) -> str:
        text = sheet.by_key[key].placed.line.text
        first, *more = _school_spans(sheet, key)
        for span in reversed(more):  # its town
            text = text[: span.start].rstrip(" ,") + text[span.end :]
        return text[: first.start] + school + text[first.end :]

    return change


def _years(sheet: Sheet) -> Made:
    found = [
        key
        for key in sheet.of(Section.EDUCATION)
        if YEARS.search(sheet.by_key[key].placed.line.text)
    ]
    if not found:
        yield Untried(Trait.YEAR, "no year was found in an education section")
        return
    for moved in material.YEARS:
        document = sheet.changed(_moved(moved), found)
        yield _variant(
            Trait.YEAR, f"{abs(moved)} years {'later' if moved > 0 else 'earlier'}", document
        )


def _moved(years: int) -> Callable[[Line, Key], str]:
    return lambda line, _: YEARS.sub(lambda m: str(int(m[0]) + years), line.text)


# ---------------------------------------------------------------- how it is set


def _orders(sheet: Sheet) -> Made:
    header, *parts = sheet.parts
    if len(parts) < 2:
        yield Untried(Trait.ORDER, "fewer than two sections were found")
        return
    against = _resume(sheet.paged((header, *parts)))
    for label, ordered in (
        ("last section first", parts[::-1]),
        ("first section last", [*parts[1:], parts[0]]),
    ):
        yield _variant(Trait.ORDER, label, sheet.paged((header, *ordered)), against)


def _headings(sheet: Sheet) -> Made:
    found = sheet.headings
    if not found:
        yield Untried(Trait.HEADINGS, "no heading was found")
        return

    def reworded(words: dict[Section, str]) -> Callable[[Line, Key], str]:
        return lambda line, key: (
            words[found[key]].upper() if line.text.isupper() else words[found[key]]
        )

    familiar = sheet.changed(reworded(material.FAMILIAR), found)
    yield _variant(Trait.HEADINGS, "other familiar headings", familiar)
    for section in dict.fromkeys(found.values()):
        own = [key for key, of in found.items() if of is section]
        document = sheet.changed(reworded(material.UNFAMILIAR), own)
        yield _variant(Trait.OWN_HEADINGS, f"{material.UNFAMILIAR[section]!r}", document)


def _formats(sheet: Sheet) -> Made:
    yield _variant(Trait.FORMATTING, "a page for every section", sheet.paged(sheet.parts))
    spelled = pdf.printable(sheet.document)
    against = _resume(spelled)
    for label, font, scale in (
        *((font, font, 1.0) for font in pdf.FONTS),
        ("on smaller paper", pdf.FONTS[0], 0.8),
    ):
        yield from _reread(Trait.FORMATTING, label, pdf.printed(spelled, font, scale), against)
    dashed = Sheet(spelled)
    marked = [key for key, m in dashed.by_key.items() if m.placed.line.text.startswith("• ")]
    if marked:
        document = dashed.changed(lambda line, _: re.sub(r"^•\s", "- ", line.text), marked)
        yield from _reread(Trait.FORMATTING, "dashes for bullets", pdf.printed(document), against)


def _producers(contents: Contents) -> Made:
    for program, found in contents.anew:
        if isinstance(found, str):
            yield Untried(Trait.PRODUCER, found)
        else:
            yield _variant(Trait.PRODUCER, program, found)


def _reread(trait: Trait, label: str, data: bytes, against: Resume | None = None) -> Made:
    try:
        yield replace(_variant(trait, label, pdf.read(data, source=label)), against=against)
    except UnreadableInput as error:
        yield Untried(trait, f"{label}: {error}")


def tried(made: Iterable[Variant | Untried]) -> tuple[list[Variant], list[Untried]]:
    """Return the variants and what could not be tried, apart."""
    kept = list(made)
    return (
        [one for one in kept if isinstance(one, Variant)],
        [one for one in kept if isinstance(one, Untried)],
    )
