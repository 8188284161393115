"""Two resumes beside each other: what moved in fits, skills and gaps, and which lines did it.

"Before" and "after" are the old and the new version of one resume, or a first and a second person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gapfit.datamodels.result import Analysis, RoleFit, SkillFinding
from gapfit.datamodels.resume import Statement


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference between two texts: indexes into the ``statements`` before and after.

    Without ``before`` the line is new, without ``after`` it is gone.
    """

    before: int | None
    after: int | None


class LineTurn(StrEnum):
    """What became of a line."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"  # the same words in another section or under another title


class SkillTurn(StrEnum):
    """What became of a skill."""

    GAINED = "gained"  # absent before
    DEEPENED = "deepened"  # a deeper level
    FIRMER = "firmer"  # the same level, more surely
    FAINTER = "fainter"  # the same level, less surely
    WEAKENED = "weakened"  # a shallower level
    LOST = "lost"  # absent after


class GapTurn(StrEnum):
    """What became of a gap."""

    CLOSED = "closed"
    OPENED = "opened"
    MOVED = "moved"  # another place among the gaps that both have


@dataclass(frozen=True, slots=True)
class RoleShift:
    """Points by which a role's fit moves; negative when it falls."""

    role: str
    points: float


@dataclass(frozen=True, slots=True)
class LineChange:
    """One edit, and what it moves: empty ``shifts`` where it has no effect on any fit.

    An edit's points are the mean of what it brings alone, before every other edit, and of what it
    brings last, after every other. Lines that show the same overlap, so that the points of all
    edits need not add up to the change of a fit.
    """

    turn: LineTurn
    before: Statement | None
    after: Statement | None
    shifts: tuple[RoleShift, ...]  # the largest first


@dataclass(frozen=True, slots=True)
class SkillChange:
    """A skill whose evidence is worth something else now."""

    turn: SkillTurn
    before: SkillFinding
    after: SkillFinding

    @property
    def skill(self) -> str:
        return self.after.skill


@dataclass(frozen=True, slots=True)
class Part:
    """Points that one skill's change of credit brings to the change of a fit."""

    skill: str
    points: float


@dataclass(frozen=True, slots=True)
class FitChange:
    """A role's fit on both sides; the points of its parts sum to the difference."""

    before: RoleFit
    after: RoleFit
    parts: tuple[Part, ...]  # the largest first, none that is zero

    @property
    def role(self) -> str:
        return self.after.role

    @property
    def points(self) -> float:
        return self.after.fit - self.before.fit


@dataclass(frozen=True, slots=True)
class GapChange:
    """A gap that closed, opened or changed places; places count from 1, None where it is none."""

    turn: GapTurn
    skill: str
    area: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything gapfit has to say about two resumes.

    Gaps of both sides are aimed at the same roles. ``common``, 0-1, is the share of the shorter
    text that the other one has too; ``versions`` says whether that is enough for two versions of
    one resume, else they are two people's. ``lines`` is None where lines were not compared: for
    two people, and where only the evidence of a side is known.
    """

    before: Analysis
    after: Analysis
    versions: bool
    common: float
    fits: tuple[FitChange, ...]  # in the order of the roles' ranks after
    skills: tuple[SkillChange, ...]  # in catalogue order
    gaps: tuple[GapChange, ...]  # closed, opened, moved; each the first first
    lines: tuple[LineChange, ...] | None  # the largest effect first

    @property
    def same(self) -> bool:
        """Whether nothing at all is different: no line, no skill, no fit."""
        return not self.lines and not self.skills and self.common == 1.0
