"""What a checklist says to people, in which order: worded and cleaned, not yet drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gapfit.datamodels import (
    Catalogue,
    Checklist,
    ChecklistItem,
    Effort,
    Gain,
    LearningItem,
    Project,
    Week,
)
from gapfit.formats.clean import clean
from gapfit.formats.words import count, listed

# From here on a person "would clearly be interviewed".
_CLEAR = 80.0
# Smaller gains would read +0.0.
_VISIBLE = 0.05
_GAINS_SHOWN = 3
_LEFT_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the facts that make an item done, with its stable id."""

    id: str
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Task:
    """An item as it is told; empty where there is nothing to tell."""

    id: str
    title: str
    hours: str
    when: str
    build: str
    criteria: tuple[Criterion, ...]
    brings: str
    gains: str
    why: str
    needed_by: str
    resume_line: str
    sources: str


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive items of one project; ``continued`` when the project was left in between."""

    title: str
    when: str
    continued: bool
    outcome: str
    setup: str
    setup_hours: str
    sources: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """Something done: an item or a skill, its id and its name."""

    kind: str  # "item" or "skill"
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week: its name and what is worked on, with the hours of each."""

    name: str
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """The whole checklist in the order it is read."""

    title: str
    summary: tuple[str, ...]
    parts: tuple[Part, ...]
    weeks: tuple[WeekLine, ...]
    done: tuple[Ticked, ...]
    left: str
    foot: tuple[str, ...]


def view(checklist: Checklist, catalogue: Catalogue) -> View:
    """Return what the checklist says."""
    return _Teller(checklist, catalogue).tell()


class _Teller:
    def __init__(self, checklist: Checklist, catalogue: Catalogue) -> None:
        self._checklist = checklist
        self._catalogue = catalogue
        self._projects = {project.id: project for project in checklist.projects}
        self._items = {entry.item.id: entry.item for entry in checklist.items}
        self._role = clean(catalogue.role(checklist.role).name)

    def tell(self) -> View:
        return View(
            title=f"Learning checklist: {self._role}",
            summary=tuple(self._summary()),
            parts=tuple(self._parts()),
            weeks=tuple(map(self._week, self._checklist.weeks)),
            done=tuple(self._done()),
            left=self._left(),
            foot=tuple(self._foot()),
        )

    # ------------------------------------------------------------ the beginning

    def _summary(self) -> Iterator[str]:
        plan = self._checklist
        now, then = plan.fits
        for warning in plan.warnings:
            yield f"Read this first, the fits are less certain than usual: {clean(warning.message)}"
        if plan.effort is None:
            yield f"Fit for {self._role} now: {now:.0f} of 100."
            yield self._nothing()
            return
        yield (
            f"Fit for {self._role}: {now:.0f} of 100 now, about {then:.0f} once everything below "
            "is built and a line of the resume truthfully says so."
        )
        size = f"{count(len(plan.items), 'artefact')} in {count(len(plan.projects), 'project')}"
        yield (
            f"{size}, {plan.effort.low} to {plan.effort.high} hours; planned with {plan.hours}, at "
            f"{count(plan.pace.hours, 'hour')} a week: {count(len(plan.weeks), 'week')}."
        )
        yield self._chosen()
        others = [gain for gain in plan.gains[1:] if gain.points >= _VISIBLE]
        if others:
            yield f"The same work also adds {self._told(others)}."
        if now >= _CLEAR:
            yield (
                "This resume already shows what gets interviews for this role (80 and above), so "
                "the plan deepens it. To plan towards another one: --role ROLE."
            )

    def _nothing(self) -> str:
        if not self._checklist.left:
            return "No gap found: every skill looked for has its line."
        budget = self._checklist.pace.budget
        if budget is not None:
            return (
                f"Nothing that would raise it fits into {count(budget, 'hour')}. "
                "Give more weeks (--weeks) or hours a week (--hours)."
            )
        return "There is nothing to build for the gaps found."

    def _chosen(self) -> str:
        budget = self._checklist.pace.budget
        if budget is not None:
            return (
                f"Chosen as the work that raises this fit most within {count(budget, 'hour')}; no "
                "other choice of these artefacts raises it more."
            )
        return (
            "Chosen as the least work that closes the first gaps, with what they build on. To fill "
            "a given time instead: --weeks N --hours H."
        )

    def _told(self, gains: Sequence[Gain]) -> str:
        return ", ".join(
            f"{clean(self._catalogue.role(gain.role).name)} +{gain.points:.1f}"
            for gain in gains[:_GAINS_SHOWN]
        )

    # ------------------------------------------------------------ projects and items

    def _parts(self) -> Iterator[Part]:
        begun: set[str] = set()
        for name, entries in groupby(self._checklist.items, key=lambda entry: entry.project):
            yield self._part(self._projects[name], list(entries), name in begun)
            begun.add(name)

    def _part(self, project: Project, entries: list[ChecklistItem], continued: bool) -> Part:
        first = entries[0].first_week
        if not continued:
            first = min(
                week.number
                for week in self._checklist.weeks
                if any(block.project == project.id for block in week.blocks)
            )
        return Part(
            title=clean(project.title),
            when=_weeks(first, entries[-1].last_week),
            continued=continued,
            outcome=clean(project.outcome),
            setup=clean(project.setup),
            setup_hours=_hours(project.setup_effort),
            sources=_cited(project.sources),
            tasks=tuple(map(self._task, entries)),
        )

    def _task(self, entry: ChecklistItem) -> Task:
        item = entry.item
        raised = [
            f"{clean(self._catalogue.skill(r.skill).name)} ({r.after.label})" for r in entry.raises
        ]
        return Task(
            id=item.id,
            title=clean(item.title),
            hours=_hours(item.effort),
            when=_weeks(entry.first_week, entry.last_week),
            build=clean(item.build),
            criteria=tuple(self._criteria(item)),
            brings=_listed(raised),
            gains=self._told([gain for gain in entry.gains if gain.points >= _VISIBLE]),
            why=clean(entry.why),
            needed_by=_listed([f"“{clean(self._items[i].title)}”" for i in entry.needed_by]),
            resume_line=clean(item.resume_line),
            sources=_cited(item.sources),
        )

    def _criteria(self, item: LearningItem) -> Iterator[Criterion]:
        for number, text in enumerate(item.done_when, start=1):
            name = f"{item.id}.{number}"
            yield Criterion(name, clean(text), name in self._checklist.done.criteria)

    # ------------------------------------------------------------ weeks, done, left, foot

    def _week(self, week: Week) -> WeekLine:
        name = f"Week {week.number}"
        if week.starts is not None:
            name += f", from {week.starts.isoformat()}"
        works = []
        for block in week.blocks:
            title = (
                f"set up “{clean(self._projects[block.project].title)}”"
                if block.item is None
                else clean(self._items[block.item].title)
            )
            works.append(f"{title}, {block.hours} h")
        return WeekLine(name, tuple(works))

    def _done(self) -> Iterator[Ticked]:
        for item in self._checklist.finished:
            yield Ticked("item", item.id, clean(item.title))
        for skill in self._catalogue.skills:
            if skill.id in self._checklist.done.skills:
                yield Ticked("skill", skill.id, clean(skill.name))

    def _left(self) -> str:
        names = [clean(self._catalogue.skill(gap.skill).name) for gap in self._checklist.left]
        more = len(names) - _LEFT_SHOWN
        return ", ".join(names[:_LEFT_SHOWN]) + (f" and {more} more" if more > 0 else "")

    def _foot(self) -> Iterator[str]:
        if self._checklist.items:
            yield (
                "Gains are points of fit, each on top of everything before it. Hours are for "
                "someone who has what an item builds on; a skill the resume names is taken as "
                "known, and --done SKILL says what it does not name."
            )
            yield (
                "A resume line is a template: fill in what you measured, and leave out what you "
                "did not do. Once something is built, publish what you measured, what failed and "
                "what you gave up for what: that is what others can see of it (003)."
            )
        cited = sorted(
            {source for entry in self._checklist.items for source in entry.item.sources}
            | {source for project in self._checklist.projects for source in project.sources}
        )
        known = [source for source in cited if source in self._catalogue.sources]
        if known:
            told = "; ".join(f"({s}) {clean(self._catalogue.sources[s])}" for s in known)
            yield f"Advised by: {told}."


def _hours(effort: Effort) -> str:
    return f"{effort.low}–{effort.high} h"


def _weeks(first: int, last: int) -> str:
    return f"week {first}" if first == last else f"weeks {first}–{last}"


def _listed(names: Sequence[str]) -> str:
    return listed(names) if names else ""


def _cited(sources: Sequence[str]) -> str:
    return f"({', '.join(map(clean, sources))})" if sources else ""
