"""The result: what was found, what it is worth for each role, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from gapfit.datamodels.advice import Advice
from gapfit.datamodels.resume import Resume, Section


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
    advice: tuple[Advice, ...] = ()
