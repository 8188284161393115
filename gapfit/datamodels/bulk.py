"""Many resumes: the inputs of a run, what becomes of each, and what a pool of candidates shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gapfit.datamodels.result import Level
from gapfit.datamodels.resume import Resume


@dataclass(frozen=True, slots=True)
class Item:
    """One input of a bulk run.

    ``path`` is a file or, with ``member``, an archive that holds it; both may be an address such
    as s3://…. ``stamp`` changes when the content may have changed.
    """

    path: str
    member: str = ""
    stamp: str = ""

    @property
    def name(self) -> str:
        """How reports call it, and how it can be given again as an input."""
        return f"{self.path}!/{self.member}" if self.member else self.path


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of an input, and their SHA-256."""

    item: Item
    sha256: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """A resume that has been read, under the SHA-256 of its file."""

    sha256: str
    resume: Resume


@dataclass(frozen=True, slots=True)
class Held:
    """Outcome: the content of an input is known; what it is worth belongs to the content.

    ``fresh`` says that an outcome of this content is still to come, for this input.
    """

    item: Item
    sha256: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """Outcome: an input whose content could not be had; ``message`` does not repeat its name."""

    item: Item
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Scored:
    """Outcome: a content as a resume.

    ``line`` is the object of ``gapfit fit --format json`` on one line; ``fits`` are its roles'
    fits, 0-100, the best first, and ``levels`` the level of every skill in catalogue order, one
    digit each.
    """

    sha256: str
    line: str
    fits: Mapping[str, float]
    levels: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Outcome: a content that could not be scored; ``message`` names no input."""

    sha256: str
    code: str
    message: str


Outcome = Held | Missed | Scored | Refused


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scored content in a ranking.

    ``role`` is the role it is ranked by and ``fit`` its fit for it, 0-100. ``sources`` are the
    inputs that hold it, by name; ``line`` is the object of ``gapfit fit --format json``, and
    ``sha256`` its content's.
    """

    rank: int
    sources: tuple[str, ...]
    role: str
    fit: float
    line: str
    sha256: str = ""

    @property
    def source(self) -> str:
        """The first of its inputs; the others are duplicates of it."""
        return self.sources[0]


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input without a score, and why: a stable code, and words that say what to do."""

    source: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Lack:
    """How much of a pool shows one skill.

    ``counts`` are the candidates at each level; ``need``, 0-1, is the skill's weight in the role
    looked at, or the largest in any; ``lack``, 0-1, is the need times the share of the pool that
    does not show the skill in use.
    """

    skill: str
    counts: Mapping[Level, int]
    need: float
    lack: float

    @property
    def shown(self) -> int:
        """Candidates who show the skill in use."""
        return self.counts[Level.USED] + self.counts[Level.OWNED]


@dataclass(frozen=True, slots=True)
class AreaLack:
    """The skills of one area that some role asks for, the most lacking first."""

    area: str
    overlap: bool
    skills: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """What a pool of candidates shows and lacks, overlap areas first.

    ``role`` is the role it is looked at for, or "" for all of them.
    """

    role: str
    candidates: int
    areas: tuple[AreaLack, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A bulk run in numbers: inputs found, contents scored, inputs that repeat or were skipped."""

    inputs: int
    scored: int
    duplicates: int
    skipped: int
