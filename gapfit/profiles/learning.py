"""``learning/``: what to build for each skill, in which projects, and what comes before what."""

from __future__ import annotations

import graphlib
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from gapfit import datafiles
from gapfit.datamodels import Catalogue, Effort, Learning, LearningItem, Level, Project
from gapfit.errors import ProfileError
from gapfit.profiles.reading import Id, Text, nearest, read, refuse_duplicates

_Hours = tuple[Annotated[int, msgspec.Meta(ge=1)], Annotated[int, msgspec.Meta(ge=1)]]
_Ids = Annotated[list[Id], msgspec.Meta(min_length=1)]
_LEVELS = ("used", "owned")
_PLACEHOLDER = re.compile(r"\[[^\[\]]+\]")
_FILES = ("prerequisites.toml", "projects.toml", "items/*.toml")


class _ItemEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    title: Text
    build: Text
    done_when: Annotated[list[Text], msgspec.Meta(min_length=2, max_length=4)]
    hours: _Hours
    level: Text
    skills: _Ids
    resume_line: Text
    sources: list[Text] = []


class _ItemFile(msgspec.Struct, forbid_unknown_fields=True):
    item: Annotated[list[_ItemEntry], msgspec.Meta(min_length=1)]


class _ProjectEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    title: Text
    outcome: Text
    setup: Text
    setup_hours: _Hours
    items: _Ids
    closing: bool = False
    sources: list[Text] = []


class _ProjectFile(msgspec.Struct, forbid_unknown_fields=True):
    project: Annotated[list[_ProjectEntry], msgspec.Meta(min_length=1)]


class _PrerequisiteFile(msgspec.Struct, forbid_unknown_fields=True):
    prerequisites: dict[Id, list[Id]]


def load_learning(catalogue: Catalogue, own: Path | None = None) -> Learning:
    """Return the built-in learning content, with the ``learning`` part of ``own`` laid over it.

    An item, a project or a skill's prerequisites replace the built-in ones with the same id.
    Raises ProfileError naming the file, the key and the mend.
    """
    prerequisites: dict[str, tuple[str, ...]] = {}
    items: dict[str, LearningItem] = {}
    projects: dict[str, Project] = {}
    files: list[Path] = []
    for root in filter(None, (datafiles.builtin("profiles"), own)):
        folder = root / "learning"
        prerequisites |= _load_prerequisites(folder / "prerequisites.toml", catalogue)
        items |= _load_items(folder / "items", catalogue)
        projects |= _load_projects(folder / "projects.toml", items)
        files += [path for part in _FILES for path in sorted(folder.glob(part))]
    learning = Learning(
        prerequisites, tuple(items.values()), tuple(projects.values()), _digest(files)
    )
    _check_order(learning)
    _check_places(learning)
    return learning


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256("".join(map(datafiles.sha256, files)).encode()).hexdigest()


# ---------------------------------------------------------------- the three kinds of file


def _load_prerequisites(path: Path, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    if not path.exists():
        return {}
    entries = read(path, _PrerequisiteFile).prerequisites
    for skill, needed in entries.items():
        _check_skills(path, "prerequisites", [skill], catalogue)
        _check_skills(path, f"prerequisites.{skill}", needed, catalogue)
    return {skill: tuple(needed) for skill, needed in entries.items()}


def _load_items(folder: Path, catalogue: Catalogue) -> dict[str, LearningItem]:
    items: dict[str, LearningItem] = {}
    for path in datafiles.toml_files(folder):
        entries = read(path, _ItemFile).item
        refuse_duplicates(path, "item", [*items, *(entry.id for entry in entries)])
        items |= {entry.id: _item(path, entry, catalogue) for entry in entries}
    return items


def _item(path: Path, entry: _ItemEntry, catalogue: Catalogue) -> LearningItem:
    where = f"item {entry.id!r}"
    _check_skills(path, f"{where}: skills", entry.skills, catalogue)
    refuse_duplicates(path, f"{where}: skills", entry.skills)
    if any(skill.id == entry.id for skill in catalogue.skills):
        raise ProfileError(
            f"{path}: {where}: id: is a skill's id. Name the artefact, for example "
            f"'{entry.id}-built'."
        )
    if entry.level not in _LEVELS:
        raise ProfileError(
            f"{path}: {where}: level: unknown level {entry.level!r}. Use {' or '.join(_LEVELS)}."
        )
    if not _PLACEHOLDER.search(entry.resume_line):
        raise ProfileError(
            f"{path}: {where}: resume_line: has no placeholder. Put [N] or [metric] where the "
            "person's own figures belong."
        )
    return LearningItem(
        id=entry.id,
        title=entry.title,
        build=entry.build,
        done_when=tuple(entry.done_when),
        effort=_effort(path, f"{where}: hours", entry.hours),
        level=Level[entry.level.upper()],
        skills=tuple(entry.skills),
        resume_line=entry.resume_line,
        sources=tuple(entry.sources),
    )


def _load_projects(path: Path, items: Mapping[str, LearningItem]) -> dict[str, Project]:
    if not path.exists():
        return {}
    entries = read(path, _ProjectFile).project
    refuse_duplicates(path, "project", [entry.id for entry in entries])
    return {entry.id: _project(path, entry, items) for entry in entries}


def _project(path: Path, entry: _ProjectEntry, items: Mapping[str, LearningItem]) -> Project:
    where = f"project {entry.id!r}"
    refuse_duplicates(path, f"{where}: items", entry.items)
    for item in entry.items:
        if item not in items:
            hint = nearest(item, items, define="Define it in learning/items/*.toml first.")
            raise ProfileError(f"{path}: {where}: items: unknown item {item!r}. {hint}")
    return Project(
        id=entry.id,
        title=entry.title,
        outcome=entry.outcome,
        setup=entry.setup,
        setup_effort=_effort(path, f"{where}: setup_hours", entry.setup_hours),
        items=tuple(entry.items),
        closing=entry.closing,
        sources=tuple(entry.sources),
    )


def _effort(path: Path, where: str, hours: _Hours) -> Effort:
    if not hours[0] < hours[1]:
        raise ProfileError(
            f"{path}: {where}: from {hours[0]} to {hours[1]}. Give the lower number first, and a "
            "higher one after it."
        )
    return Effort(*hours)


def _check_skills(path: Path, where: str, skills: Iterable[str], catalogue: Catalogue) -> None:
    known = [skill.id for skill in catalogue.skills]
    for skill in skills:
        if skill not in known:
            raise ProfileError(
                f"{path}: {where}: unknown skill id {skill!r}. {nearest(skill, known)}"
            )


# ---------------------------------------------------------------- the whole


def _check_order(learning: Learning) -> None:
    """ProfileError when skills, or the items that bring them, wait for each other in a circle."""
    _refuse_circle("skills", learning.prerequisites)
    bringers: dict[str, set[str]] = {}
    for item in learning.items:
        for skill in item.skills:
            bringers.setdefault(skill, set()).add(item.id)
    _refuse_circle(
        "items",
        {
            item.id: {by for need in learning.needs(item) for by in bringers.get(need, ())}
            for item in learning.items
        },
    )


def _refuse_circle(what: str, graph: Mapping[str, Iterable[str]]) -> None:
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        circle = " → ".join(error.args[1])
        raise ProfileError(
            f"learning/prerequisites.toml: {what} wait for each other: {circle}. "
            "Take one of these prerequisites away."
        ) from error


def _check_places(learning: Learning) -> None:
    placed = {item for project in learning.projects for item in project.items}
    for item in learning.items:
        if item.id not in placed:
            raise ProfileError(
                f"learning/projects.toml: no project holds the item {item.id!r}. Add it to the "
                "items of one."
            )
