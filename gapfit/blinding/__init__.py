"""What scores may see: a resume without the words that say who its author is.

    names      the author's own name
    contacts   addresses, links, numbers, places
    gender     pronouns, titles, kinship, societies of one gender
    origin     nationality, family, first languages
    ages       ages, births, years
    schools    names of schools (schoolwords: what they are called)
    spans      the text with neutral words in their place

Every statement keeps its place; only its words change. What is found is replaced by a neutral word
where the sentence needs one, else cut. Pure: no model, no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from gapfit.blinding import ages, contacts, gender, names, origin, schools
from gapfit.blinding.spans import Kind, Span, apart, without
from gapfit.datamodels import Form, Resume, Section, Statement

__all__ = ["Kind", "Span", "blind", "find"]


def blind(resume: Resume) -> Resume:
    """Return the resume as scores see it: as many statements, in the same places, and no pages.

    A statement that held nothing else is left without text. Blinding twice changes nothing more.
    """
    seen = tuple(_blinded(statement, resume.name) for statement in resume.statements)
    return replace(resume, statements=seen, layout=(), name="")


def find(text: str, section: Section, form: Form, name: str = "") -> list[Span]:
    """Return what in a statement's text says who its author is, in order, without overlaps."""
    return apart(_spans(text, section, form, name))


def _spans(text: str, section: Section, form: Form, name: str) -> Iterator[Span]:
    yield from names.spans(text, name)
    yield from contacts.spans(text, section, form, name)
    yield from gender.spans(text)
    yield from origin.spans(text, section)
    yield from ages.spans(text, section)
    yield from schools.spans(text, section, form)


def _blinded(statement: Statement, name: str) -> Statement:
    return replace(
        statement,
        text=_neutral(statement.text, statement.section, statement.form, name),
        context=_neutral(statement.context, statement.section, Form.ENTRY, name),
    )


# A run looks at a resume twice, and a title stands above every line of its entry.
@lru_cache(maxsize=2048)
def _neutral(text: str, section: Section, form: Form, name: str) -> str:
    """The text with neutral words, until nothing more is found: a cut brings words together."""
    while True:
        seen = schools.merged(without(text, find(text, section, form, name)))
        if seen == text:
            return text
        text = seen
