"""What there is to build for each skill: artefacts, their projects, and their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gapfit.datamodels.catalogue import by_id
from gapfit.datamodels.result import Level


@dataclass(frozen=True, slots=True)
class Effort:
    """Hours from ``low`` to ``high`` for someone who has the prerequisites; low < high."""

    low: int
    high: int

    @property
    def planned(self) -> int:
        """Whole hours to plan with: the middle, rounded up."""
        return -(-(self.low + self.high) // 2)


@dataclass(frozen=True, slots=True)
class LearningItem:
    """One artefact to build.

    ``done_when`` are 2-4 observable criteria. ``level`` (used or owned) is what the finished
    artefact evidences for each of its ``skills``. ``resume_line`` is a template whose
    [placeholders] are for the person's own figures.
    """

    id: str
    title: str
    build: str
    done_when: tuple[str, ...]
    effort: Effort
    level: Level
    skills: tuple[str, ...]
    resume_line: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """Several items built on one base, so that one piece of work closes several gaps.

    ``setup`` is the base, whose ``setup_effort`` is spent once however many items are built on
    it; ``outcome`` is what a stranger sees in the end. A project that is ``closing`` reports on
    the others and comes after them.
    """

    id: str
    title: str
    outcome: str
    setup: str
    setup_effort: Effort
    items: tuple[str, ...]  # ids, in the order they are built
    closing: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learning:
    """All items and projects in a fixed order, and the direct prerequisites of every skill."""

    prerequisites: Mapping[str, tuple[str, ...]]
    items: tuple[LearningItem, ...]
    projects: tuple[Project, ...]
    sha256: str

    def item(self, item_id: str) -> LearningItem:
        """Return the item with that id; KeyError when there is none."""
        return by_id(self.items, item_id)

    def project(self, project_id: str) -> Project:
        """Return the project with that id; KeyError when there is none."""
        return by_id(self.projects, project_id)

    def needs(self, item: LearningItem) -> tuple[str, ...]:
        """Return the skills an item builds on and does not itself bring."""
        wanted = (need for skill in item.skills for need in self.prerequisites.get(skill, ()))
        return tuple(dict.fromkeys(need for need in wanted if need not in item.skills))
