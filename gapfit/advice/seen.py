"""What all advice looks at: the result, and the resume as a list of jobs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from gapfit.datamodels import (
    Catalogue,
    Evidence,
    Form,
    Guide,
    Level,
    Market,
    Resume,
    RoleFit,
    Section,
    SkillFinding,
    Statement,
)

# A fit from which a title is said to be carried by the evidence: half way, by the scale of fits.
CARRIED = 50.0

_CLOSED = "gate-closed"


@dataclass(frozen=True, slots=True)
class Job:
    """An entry of the experience section, with the statements under it."""

    title: Statement
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Seen:
    """A result with what it is read against; lookups by id."""

    catalogue: Catalogue
    guides: Mapping[str, Guide]
    market: Market
    resume: Resume
    found: Mapping[str, SkillFinding]
    fits: Mapping[str, RoleFit]  # of all roles, best first

    def name(self, role: str) -> str:
        """Return a role's name."""
        return self.catalogue.role(role).name

    def fit(self, role: str) -> float:
        """Return the fit of a role, 0-100; 0 for one the catalogue does not have."""
        return self.fits[role].fit if role in self.fits else 0.0

    def is_carried(self, role: str) -> bool:
        """Return whether the evidence carries a role: used skills, its headline task included."""
        if self.fit(role) < CARRIED or self.is_closed(role):
            return False
        earning = self.fits[role].contributions
        return any(self.shows(part.skill) and self.line(part.skill) for part in earning)

    def is_closed(self, role: str) -> bool:
        """Return whether nothing shows what a role asks for before all else."""
        return role in self.fits and self.fits[role].note == _CLOSED

    def shows(self, skill: str, level: Level = Level.USED) -> bool:
        """Return whether a skill is shown at a level or deeper."""
        return skill in self.found and self.found[skill].level >= level

    def line(self, skill: str) -> Evidence | None:
        """Return the best line behind a skill."""
        evidence = self.found[skill].evidence if skill in self.found else ()
        return evidence[0] if evidence else None

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """The roles the evidence carries, best first; no variants, no vestigial titles."""
        return tuple(
            role
            for role in self.fits
            if self.is_carried(role)
            and self.catalogue.role(role).extends is None
            and not self.catalogue.role(role).modern_wording
        )

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """The entries of the experience section, as they stand."""
        work = [s for s in self.resume.statements if s.section is Section.EXPERIENCE]
        titles = [s for s in work if s.form is Form.ENTRY]
        return tuple(Job(t, tuple(s for s in work if _belongs(s, t))) for t in titles)


def _belongs(statement: Statement, title: Statement) -> bool:
    return (
        statement.form is not Form.ENTRY
        and statement.context == title.text
        and statement.period == title.period
    )


def evidence_of(statement: Statement) -> Evidence:
    """Return a statement that is evidence by its own words, not by likeness to a skill."""
    s = statement
    return Evidence(s.page, s.line, s.section, s.text, 1.0)


def distinct(lines: Iterable[Evidence | None]) -> tuple[Evidence, ...]:
    """Return the lines, each once, in their order."""
    return tuple({(e.page, e.line, e.text): e for e in lines if e is not None}.values())


def first_said(text: str, phrases: Sequence[str]) -> str:
    """Return the first of ``phrases`` that stands in ``text`` as whole words; "" if none does."""
    return next((phrase for phrase in phrases if says(text, phrase)), "")


def says(text: str, phrase: str) -> bool:
    """Return whether a phrase stands in a text as whole words, case and punctuation aside."""
    return spaced(phrase) in spaced(text)


@lru_cache(maxsize=4096)  # the same titles and phrases are looked for in every line
def spaced(text: str) -> str:
    """Return the words of a text in lower case, a space around each, to be searched in."""
    return f" {_BETWEEN.sub(' ', text.casefold()).strip()} "


# Signs that belong to no word; those of "C++" and "C#" do.
_BETWEEN = re.compile(r"[^\w+#]+")
