"""The guide: what the sources say of working as a role, and of moving between roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gapfit.datamodels.catalogue import Fact


class Employer(StrEnum):
    """The kind of employer, which changes what a title means."""

    STARTUP = "startup"  # founded for AI, or since language models
    ENTERPRISE = "enterprise"  # has products from before them
    LAB = "lab"  # makes frontier models or does research


@dataclass(frozen=True, slots=True)
class Toolset:
    """Tools of one kind that the same sources name for a role."""

    kind: str
    names: tuple[str, ...]
    sources: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a role lives: a kind of company, with those the sources name as examples."""

    text: str
    employers: tuple[Employer, ...]
    names: tuple[str, ...]
    sources: tuple[str, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a title means at one kind of employer."""

    employer: Employer
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number about hiring, never without its date and what it was counted on."""

    what: str
    value: str
    date: str
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What the sources say of working as one role; a section they are silent on is empty."""

    role: str
    titles: tuple[Fact, ...] = ()  # other names of the role
    standing: tuple[Fact, ...] = ()
    task: tuple[Fact, ...] = ()  # the task that defines it
    work: tuple[Fact, ...] = ()
    day: tuple[Fact, ...] = ()
    good_day: tuple[Fact, ...] = ()
    bad_day: tuple[Fact, ...] = ()
    terms: tuple[Fact, ...] = ()  # layer, aim, rhythm, mathematics
    models: tuple[Fact, ...] = ()
    tools: tuple[Toolset, ...] = ()
    workplaces: tuple[Workplace, ...] = ()
    contexts: tuple[Context, ...] = ()
    interview: tuple[Fact, ...] = ()
    found: tuple[Fact, ...] = ()  # where candidates gather and are found
    figures: tuple[Figure, ...] = ()
    pointers: tuple[Fact, ...] = ()  # signs that the role is the right one
    prospects: tuple[Fact, ...] = ()
    resume: tuple[Fact, ...] = ()
    mistakes: tuple[Fact, ...] = ()
    search: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Background:
    """Where a person comes from: words of job titles and skills that show it."""

    id: str
    name: str
    titles: tuple[str, ...]
    skills: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A way from a background or role to a role or destination, as one set of sources sees it.

    ``months``, where a source gives them, are the least and the most of focused work.
    """

    origin: str
    target: str
    difficulty: str
    sources: tuple[str, ...]
    months: tuple[int, int] | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question, and the roles it points to."""

    text: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that helps to choose a role; ``position`` says it is asked of a job instead."""

    text: str
    answers: tuple[Answer, ...]
    sources: tuple[str, ...]
    position: bool = False


@dataclass(frozen=True, slots=True)
class Seniority:
    """One level of seniority: its years, as (from, below), and what shows it.

    ``words`` are those of job titles; ``skills`` show it where they are owned, and with ``owns``
    any skill does.
    """

    id: str
    name: str
    years: tuple[int, int | None] | None
    scope: str
    words: tuple[str, ...]
    skills: tuple[str, ...]
    owns: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """What belongs to no single role: moves, questions and levels.

    ``as_of`` and ``llm_since`` are months ("YYYY-MM"): up to the first an open-ended entry of a
    resume is counted, before the second no LLM work is.
    """

    backgrounds: tuple[Background, ...]
    destinations: Mapping[str, str]  # id -> name
    moves: tuple[Move, ...]
    questions: tuple[Question, ...]
    levels: tuple[Seniority, ...]  # lowest first
    experience: tuple[Fact, ...]  # what is said of years
    as_of: str
    llm_since: str
    llm_areas: tuple[str, ...]
