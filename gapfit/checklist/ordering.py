"""The order to build in, and its weeks: prerequisites first, one project at a time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gapfit.datamodels import Block, Learning, LearningItem, Pace, Project, Week


@dataclass(frozen=True, slots=True)
class Placed:
    """An item and the project it is built in."""

    item: LearningItem
    project: Project


def ordered(
    learning: Learning,
    items: Sequence[LearningItem],
    projects: Sequence[Project],
    ranks: Mapping[str, int],
) -> tuple[Placed, ...]:
    """Return the items in the order to build them.

    No item stands before one it builds on. A project is left only when nothing more can be built
    in it yet; next comes one that can be finished, before others the one with the best ranked
    gap, and a closing project last. ``ranks`` gives the rank of each gap by its skill.
    """
    queue = sorted(projects, key=lambda project: _place(project, items, ranks, learning))
    waits = dependencies(learning, items)
    todo = _assigned(queue, items, waits)
    order: list[Placed] = []
    built: set[str] = set()
    while todo:
        ready = [placed for placed in todo if waits[placed.item.id] <= built]
        same = [placed for placed in ready if order and placed.project is order[-1].project]
        whole = [placed for placed in ready if _finishable(placed.project, todo, waits, built)]
        chosen = (same or whole or ready)[0]
        order.append(chosen)
        todo.remove(chosen)
        built.add(chosen.item.id)
    return tuple(order)


def _finishable(
    project: Project, todo: Sequence[Placed], waits: Mapping[str, set[str]], built: set[str]
) -> bool:
    """Whether all that is to do in a project waits for nothing outside it."""
    own = {placed.item.id for placed in todo if placed.project is project}
    return all(waits[item] <= built | own for item in own)


def dependencies(learning: Learning, items: Sequence[LearningItem]) -> dict[str, set[str]]:
    """Return for each item the others among ``items`` that it builds on directly."""
    return {
        item.id: {
            other.id for need in learning.needs(item) for other in items if need in other.skills
        }
        for item in items
    }


def _place(
    project: Project,
    items: Sequence[LearningItem],
    ranks: Mapping[str, int],
    learning: Learning,
) -> tuple[bool, int, int]:
    held = [item for item in items if item.id in project.items]
    best = min((ranks.get(s, len(ranks)) for item in held for s in item.skills), default=len(ranks))
    return project.closing, best, learning.projects.index(project)


def _assigned(
    queue: Sequence[Project], items: Sequence[LearningItem], waits: Mapping[str, set[str]]
) -> list[Placed]:
    """Each item beside most of those it is built with, in the order of queue and project."""
    chosen = {item.id: item for item in items}

    def beside(item: str, project: Project) -> int:
        kin = waits[item] | {other for other in waits if item in waits[other]}
        return len(kin.intersection(project.items))

    home = {
        item: max(
            (project for project in queue if item in project.items),
            key=lambda project: beside(item, project),
        )
        for item in chosen
    }
    return [
        Placed(chosen[item], project)
        for project in queue
        for item in project.items
        if home.get(item) is project
    ]


def weeks(order: Sequence[Placed], pace: Pace) -> tuple[Week, ...]:
    """Fill week after week with the planned hours, each project's set-up before its first item."""
    filled: list[list[Block]] = []
    room = 0
    for block in _work(order):
        left = block.hours
        while left:
            if not room:
                filled.append([])
                room = pace.hours
            spent = min(left, room)
            filled[-1].append(Block(block.project, block.item, spent))
            left -= spent
            room -= spent
    return tuple(
        Week(number, _starts(pace, number), tuple(blocks))
        for number, blocks in enumerate(filled, start=1)
    )


def _work(order: Sequence[Placed]) -> Iterator[Block]:
    begun: set[str] = set()
    for placed in order:
        if placed.project.id not in begun:
            begun.add(placed.project.id)
            yield Block(placed.project.id, None, placed.project.setup_effort.planned)
        yield Block(placed.project.id, placed.item.id, placed.item.effort.planned)


def _starts(pace: Pace, number: int) -> datetime.date | None:
    if pace.start is None:
        return None
    return pace.start + datetime.timedelta(weeks=number - 1)
