"""The catalogue: skills, what shows them, and roles as weighted stacks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar


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
    """A statement about a role with the numbers of the sources that make it, or only imply it."""

    text: str
    sources: tuple[str, ...]
    inferred: bool = False


# The source of a role that was made from a job ad.
AD = "ad"


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
    shape: float | None = None  # 1 or more: how steeply it does
    modern_wording: str = ""  # what to write instead of a vestigial title
    gate: Mapping[str, str] = field(default_factory=dict)  # skill id -> level that opens it
    conflicts: tuple[str, ...] = ()

    @property
    def from_ad(self) -> bool:
        """Whether the role is one job ad's, and stands for no kind of work."""
        return self.sources == (AD,)

    @property
    def is_current(self) -> bool:
        """Whether one may aim at the role unasked: no variant, no vestigial title, no ad."""
        return self.extends is None and not self.modern_wording and not self.from_ad


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
        return by_id(self.skills, skill_id)

    def role(self, role_id: str) -> Role:
        """Return the role with that id; KeyError when there is none."""
        return by_id(self.roles, role_id)

    def area(self, area_id: str) -> Area:
        """Return the area with that id; KeyError when there is none."""
        return by_id(self.areas, area_id)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_HasId)


def by_id(items: tuple[_T, ...], item_id: str) -> _T:
    """Return the item with that id; KeyError when there is none."""
    for item in items:
        if item.id == item_id:
            return item
    raise KeyError(item_id)
