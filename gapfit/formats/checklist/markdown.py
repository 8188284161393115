"""A checklist as a Markdown task list, and what a person ticked in one.

Every box carries its id in a comment, which survives editing and which no renderer shows. So a
list that was written earlier can be read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gapfit.datamodels import Catalogue, Checklist
from gapfit.formats.checklist.view import Part, Task, View, view
from gapfit.formats.inert import markdown as inert, markdown_code as code

_BOX = re.compile(
    r"^\s*[-*+]\s+\[(?P<mark>[ xX])\].*<!--\s*gapfit:(?P<kind>item|criterion|skill)="
    r"(?P<id>[a-z0-9.-]+)\s*-->"
)


_ROLE = re.compile(r"^<!--\s*gapfit:role=(?P<id>[a-z0-9-]+)\s*-->\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a checklist: its line from 1, what it stands for, and whether it is ticked."""

    line: int
    kind: str  # "item", "criterion" or "skill"
    id: str
    ticked: bool


def boxes(text: str) -> tuple[Box, ...]:
    """Return the boxes of a checklist that was written as Markdown; empty when there are none."""
    return tuple(
        Box(number, found["kind"], found["id"], found["mark"] in "xX")
        for number, line in enumerate(text.splitlines(), start=1)
        if (found := _BOX.match(line))
    )


def role(text: str) -> str | None:
    """Return the id of the role that a checklist written as Markdown aims at, if it says so."""
    found = _ROLE.search(text)
    return None if found is None else found["id"]


def render(checklist: Checklist, catalogue: Catalogue) -> str:
    """Return the checklist as Markdown, ending in a newline."""
    return "\n\n".join(_blocks(view(checklist, catalogue), checklist.role)) + "\n"


def _blocks(told: View, role_id: str) -> Iterator[str]:
    yield f"# {inert(told.title)}"
    yield f"<!-- gapfit:role={role_id} -->"
    yield from map(inert, told.summary)
    for number, part in enumerate(told.parts, start=1):
        yield from _part(number, part)
    if told.done:
        yield "## Done"
        yield "\n".join(_box(True, inert(done.name), done.kind, done.id) for done in told.done)
    if told.weeks:
        yield "## Week by week"
        yield "\n".join(f"- {inert(w.name)}: {inert('; '.join(w.works))}" for w in told.weeks)
    if told.left:
        yield "## Gaps this plan leaves open"
        yield f"{inert(told.left)}."
    if told.foot:
        yield "---"
        yield from map(inert, told.foot)


def _part(number: int, part: Part) -> Iterator[str]:
    if part.continued:
        yield f"## {number}. {inert(part.title)}, continued ({part.when})"
    else:
        yield f"## {number}. {inert(part.title)} ({part.when})"
        yield f"What a stranger sees in the end: {inert(_with(part.outcome, part.sources))}"
        yield f"Set-up, {part.setup_hours}: {inert(part.setup)}"
    for task in part.tasks:
        yield "\n".join(_task(task))


def _task(task: Task) -> Iterator[str]:
    head = f"**{inert(task.title)}** · {task.hours} · {task.when}"
    yield _box(False, head, "item", task.id)
    yield f"  {inert(_with(task.build, task.sources))}"
    for criterion in task.criteria:
        yield "  " + _box(criterion.ticked, inert(criterion.text), "criterion", criterion.id)
    if task.brings:
        gains = f": {inert(task.gains)}" if task.gains else ""
        yield f"  - Brings {inert(task.brings)}{gains}"
    yield f"  - Why: {inert(task.why)}"
    if task.needed_by:
        yield f"  - Comes before: {inert(task.needed_by)}"
    yield f"  - Resume line, to fill in truthfully: {code(task.resume_line)}"


def _box(ticked: bool, text: str, kind: str, name: str) -> str:
    return f"- [{'x' if ticked else ' '}] {text} <!-- gapfit:{kind}={name} -->"


def _with(text: str, sources: str) -> str:
    return f"{text} {sources}" if sources else text
