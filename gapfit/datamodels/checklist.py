"""The learning checklist: which artefacts to build next, in which order, and what they bring."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from gapfit.datamodels.learning import Effort, LearningItem, Project
from gapfit.datamodels.result import Gain, Gap, Level, Manifest
from gapfit.datamodels.resume import ParseWarning


@dataclass(frozen=True, slots=True)
class Done:
    """What a person says is finished: ids of items and of skills, and criteria ticked so far.

    A criterion is named by its item and its number from 1, as in "evals-in-ci.2".
    """

    items: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    criteria: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pace:
    """Hours a week, the number of weeks to keep to (None: as many as it takes), the first day."""

    hours: int
    weeks: int | None = None
    start: datetime.date | None = None

    @property
    def budget(self) -> int | None:
        """Hours the whole plan may take."""
        return None if self.weeks is None else self.weeks * self.hours


@dataclass(frozen=True, slots=True)
class Raised:
    """A skill and the levels it is shown at before and after something is built."""

    skill: str
    before: Level
    after: Level


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One artefact in its place.

    ``gains`` are the points each role's fit rises by, on top of all items before it.
    ``needed_by`` are the items of the plan that build on it directly.
    """

    item: LearningItem
    project: str
    raises: tuple[Raised, ...]
    gains: tuple[Gain, ...]
    why: str
    needed_by: tuple[str, ...]
    first_week: int
    last_week: int


@dataclass(frozen=True, slots=True)
class Block:
    """Hours of one week for one item, or for a project's set-up where ``item`` is None."""

    project: str
    item: str | None
    hours: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the plan, counted from 1; its hours never exceed the pace."""

    number: int
    starts: datetime.date | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """A plan towards one role: prerequisites before what builds on them, few projects.

    ``fits`` are the role's fit now and when all is built; ``gains`` the points each role's fit
    rises by then. ``left`` are the gaps the plan leaves open, best first. ``finished`` are the
    items already done, which count as shown.
    """

    manifest: Manifest
    learning_sha256: str
    warnings: tuple[ParseWarning, ...]  # how well the resume was read
    role: str
    fits: tuple[float, float]
    gains: tuple[Gain, ...]
    pace: Pace
    hours: int
    effort: Effort | None  # None when there is nothing to build
    projects: tuple[Project, ...]
    items: tuple[ChecklistItem, ...]
    weeks: tuple[Week, ...]
    left: tuple[Gap, ...]
    done: Done
    finished: tuple[LearningItem, ...]
