"""The nouns. Frozen, typed, no I/O: every stage takes some of these and returns others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

# ---------------------------------------------------------------- the resume


class Section(StrEnum):
    """Where in a resume a statement stands."""

    SUMMARY = "summary"
    EXPERIENCE = "experience"
    PROJECTS = "projects"
    SKILLS = "skills"
    EDUCATION = "education"
    CERTIFICATIONS = "certifications"
    PUBLICATIONS = "publications"
    OTHER = "other"


class Form(StrEnum):
    """What kind of text a statement is."""

    BULLET = "bullet"  # a marked list entry
    SENTENCE = "sentence"  # a sentence of running prose
    ITEM = "item"  # one entry of a skills list
    ENTRY = "entry"  # a job title, employer, degree or date line


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something about the reading that a person should know before trusting a score."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on a page, in reading order.

    Coordinates are points from the top left corner of the page; ``number`` counts from 1.
    """

    number: int
    text: str
    x0: float
    x1: float
    top: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page as lines in reading order; ``quality`` is the share of well-formed words, 0-1."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    reader: str
    quality: float


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF's text: its pages, what went wrong on the way, and the SHA-256 of its bytes."""

    pages: tuple[Page, ...]
    warnings: tuple[ParseWarning, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Period:
    """A span of dates as written; ``months`` is its length, None when an end is missing."""

    text: str
    start: str | None  # "YYYY-MM" or "YYYY"
    end: str | None  # the same, or "present"
    months: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """The unit of evidence: a bullet, a sentence or a list entry, with its place.

    ``context`` is what the text alone does not say: the list's label for an ITEM ("Vector
    stores"), the entry's title line ("ML Engineer, Acme") for a BULLET or SENTENCE.
    """

    text: str
    page: int
    line: int
    section: Section
    form: Form
    context: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """A resume as statements, with what is known about how well it was read."""

    statements: tuple[Statement, ...]
    pages: int
    language: str  # ISO 639-1, "und" when too little text
    warnings: tuple[ParseWarning, ...] = ()


# ---------------------------------------------------------------- the catalogue


@dataclass(frozen=True, slots=True)
class Term:
    """A literal name of a skill or of a tool that evidences it.

    When ``context`` is not empty the name is an ordinary or ambiguous word, and counts only
    where one of the context words begins a word of the same statement, its context or its section.
    """

    text: str
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill: what it is called, what shows it, and what only looks like it."""

    id: str
    name: str
    area: str
    definition: str
    aliases: tuple[Term, ...]
    tools: tuple[Term, ...]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


class Band(StrEnum):
    """How a role stands to a skill."""

    CORE = "core"
    COMMON = "common"
    OCCASIONAL = "occasional"
    NOT_OWNED = "not-owned"


@dataclass(frozen=True, slots=True)
class StackItem:
    """One skill in a role's stack; weight 0-1, zero exactly when not owned."""

    skill: str
    band: Band
    weight: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about a role with the numbers of the sources that make it."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role as a weighted stack of skills, and what the sources say of it."""

    id: str
    name: str
    extends: str | None
    headline: str
    definition: str
    owns: tuple[Fact, ...]
    does_not_own: tuple[Fact, ...]
    languages: tuple[Fact, ...]
    background: tuple[Fact, ...]
    stack: tuple[StackItem, ...]
    sources: tuple[str, ...]
    basis: str  # where a thin stack was taken from
    status: str = ""  # e.g. a vestigial title's standing
    halfway: float | None = None  # coverage, 0-1, at which the fit passes 50
    modern_wording: str = ""  # what to write instead of a vestigial title
    gate: Mapping[str, str] = field(default_factory=dict)  # skill id -> level that opens it
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A family of skills; an overlap area transfers between AI and ML engineering."""

    id: str
    name: str
    overlap: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All skills and roles, in a fixed order, with the hashes of the files they came from.

    ``sources`` says what stands behind the short names that facts and weights cite.
    """

    areas: tuple[Area, ...]
    skills: tuple[Skill, ...]
    roles: tuple[Role, ...]  # the twelve, then the variants, then the user's own
    sha256: str
    file_hashes: Mapping[str, str]
    sources: Mapping[str, str] = field(default_factory=dict)

    def skill(self, skill_id: str) -> Skill:
        """Return the skill with that id; KeyError when there is none."""
        return _by_id(self.skills, skill_id)

    def role(self, role_id: str) -> Role:
        """Return the role with that id; KeyError when there is none."""
        return _by_id(self.roles, role_id)

    def area(self, area_id: str) -> Area:
        """Return the area with that id; KeyError when there is none."""
        return _by_id(self.areas, area_id)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_HasId)


def _by_id(items: tuple[_T, ...], item_id: str) -> _T:
    for item in items:
        if item.id == item_id:
            return item
    raise KeyError(item_id)


# ---------------------------------------------------------------- the result


class Level(IntEnum):
    """How deep the evidence for a skill goes (the order is used)."""

    ABSENT = 0
    MENTIONED = 1
    USED = 2
    OWNED = 3

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class LineMatch:
    """One statement as evidence for one skill.

    ``statement`` is an index into ``Resume.statements``; ``similarity``, 0-1, says how near it
    comes in embedding space; ``mentioned`` and ``used`` are the probabilities, 0-1, that this line
    alone reaches those levels.
    """

    statement: int
    similarity: float
    mentioned: float
    used: float


@dataclass(frozen=True, slots=True)
class SkillMatch:
    """Probabilities, 0-1 and falling, that the resume reaches each level of one skill."""

    skill: str
    mentioned: float
    used: float
    owned: float
    lines: tuple[LineMatch, ...]  # best first


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement that supports a skill; similarity 0-1."""

    page: int
    line: int
    section: Section
    text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class SkillFinding:
    """What the resume shows of one skill.

    ``confidence`` is the probability, 0-1, that the resume demonstrates the skill (level
    used or owned); ``credit``, 0-1, is the share of the skill's possible points it earns;
    ``evidence`` is best first.
    """

    skill: str
    area: str
    level: Level
    confidence: float
    credit: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """The points one skill brings to a role's fit, and the most it could bring."""

    skill: str
    points: float
    possible: float


@dataclass(frozen=True, slots=True)
class RoleFit:
    """Fit of the resume to one role, 0-100; the contributions' points sum to it."""

    role: str
    fit: float
    rank: int
    contributions: tuple[Contribution, ...]
    missing: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Acquired:
    """What showing one more skill in use would add to a role: coverage 0-1, and points of fit."""

    coverage: float
    points: float


@dataclass(frozen=True, slots=True)
class Gain:
    """Points a role's fit would rise by if the skill were acquired."""

    role: str
    points: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing skill, its priority 0-1 and what acquiring it would bring."""

    skill: str
    area: str
    priority: float
    level: Level
    gains: tuple[Gain, ...]
    why: str
    occasional: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a result was made with: two equal manifests give equal results."""

    gapfit_version: str
    model: str
    model_sha256: str
    profiles_sha256: str
    input_sha256: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything gapfit has to say about one resume."""

    manifest: Manifest
    resume: Resume
    skills: tuple[SkillFinding, ...]
    roles: tuple[RoleFit, ...]
    gaps: tuple[Gap, ...]


# ---------------------------------------------------------------- vectors


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors of n texts: one per text, and the contextual token vectors of each.

    ``sentences`` has shape (n, d), rows of unit length. ``tokens[i]`` has shape (t_i, d), not
    normalised, without special tokens. ``spans[i]`` has shape (t_i, 2): the character range of
    each token in its text.
    """

    sentences: FloatArray
    tokens: Sequence[FloatArray]
    spans: Sequence[NDArray[np.int32]]


class Encoder(Protocol):
    """Turns text into vectors; deterministic for equal input."""

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def pooling(self) -> str:
        """How token vectors become a text's vector: "mean", "cls", …"""
        ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return unit vectors of shape (len(texts), dimension)."""
        ...

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        """Return sentence vectors together with the token vectors they were pooled from."""
        ...


@dataclass(frozen=True, slots=True)
class LevelModel:
    """Two logistic models of one level, for a line and for a resume.

    A line's log-odds are ``intercept`` plus ``weights`` times its features. A resume's are
    ``own`` times those of its strongest lines together, plus ``base`` times the skill's base rate
    in log-odds, plus ``offset``. ``own`` is positive, so that evidence never lowers anything.
    """

    intercept: float
    weights: FloatArray
    own: float = 1.0
    base: float = 0.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class MatcherParameters:
    """What was learned from labelled lines.

    ``mean`` and ``scale``, both (features,), standardise the features; ``base_rates`` gives each
    skill's log-odds of being shown at each level, in the order of the levels.
    """

    features: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    levels: Mapping[str, LevelModel]  # "mentioned", "used", "owned"
    base_rates: Mapping[str, tuple[float, ...]]


class Kind(IntEnum):
    """What a row of the skill vectors stands for."""

    NAME = 0  # the skill's name or an alias; tools are matched literally only
    DEFINITION = 1
    EXAMPLE = 2
    NEAR_MISS = 3


@dataclass(frozen=True, slots=True)
class SkillVectors:
    """The catalogue in embedding space: one unit vector per name, definition, example.

    ``vectors`` has shape (n, d); ``skills`` and ``kinds``, both of shape (n,), say whose row it
    is (an index into ``Catalogue.skills``) and what it stands for (a ``Kind``). Rows are
    grouped by kind, then by skill.
    """

    vectors: FloatArray
    skills: NDArray[np.int32]
    kinds: NDArray[np.int32]
    model: str
    model_sha256: str
    pooling: str = "mean"
