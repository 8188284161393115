"""``areas.toml`` and ``skills/``: what there is to show, and what shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from gapfit import datafiles
from gapfit.datamodels import Area, Skill, Term
from gapfit.errors import ProfileError
from gapfit.profiles.reading import Id, Text, read, refuse_duplicates


class _TermEntry(msgspec.Struct, forbid_unknown_fields=True):
    text: Text
    context: list[Text]


class _SkillEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    name: Text
    definition: Text
    examples: Annotated[list[Text], msgspec.Meta(min_length=1)]
    near_misses: list[Text]
    aliases: list[Text | _TermEntry] = []
    tools: list[Text | _TermEntry] = []


class _SkillFile(msgspec.Struct, forbid_unknown_fields=True):
    area: Id
    skill: Annotated[list[_SkillEntry], msgspec.Meta(min_length=1)]


class _AreaEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    name: Text
    overlap: bool = False


class _AreaFile(msgspec.Struct, forbid_unknown_fields=True):
    area: Annotated[list[_AreaEntry], msgspec.Meta(min_length=1)]


def load_areas(path: Path) -> dict[str, Area]:
    """Return the areas by id, in the file's order; none when there is no file."""
    if not path.exists():
        return {}
    file = read(path, _AreaFile)
    refuse_duplicates(path, "area", [a.id for a in file.area])
    return {a.id: Area(a.id, a.name, a.overlap) for a in file.area}


def load_skills(folder: Path, areas: Mapping[str, Area]) -> dict[str, Skill]:
    """Return the skills of all files in ``folder`` by id."""
    skills: dict[str, Skill] = {}
    for path in datafiles.toml_files(folder):
        file = read(path, _SkillFile)
        if file.area not in areas:
            raise ProfileError(
                f"{path}: area: unknown area {file.area!r}. "
                f"Use one of {', '.join(areas)}, or declare it in areas.toml."
            )
        refuse_duplicates(path, "skill", [*skills, *(s.id for s in file.skill)])
        skills |= {entry.id: _skill(path, entry, file.area) for entry in file.skill}
    return skills


def _skill(path: Path, entry: _SkillEntry, area: str) -> Skill:
    for key in ("examples", "near_misses"):
        refuse_duplicates(path, f"skill {entry.id!r}: {key}", getattr(entry, key))
    both = set(entry.examples) & set(entry.near_misses)
    if both:
        raise ProfileError(
            f"{path}: skill {entry.id!r}: near_misses: {min(both)!r} is an example too. "
            "Remove it from one of the two lists."
        )
    return Skill(
        id=entry.id,
        name=entry.name,
        area=area,
        definition=entry.definition,
        aliases=tuple(map(_term, entry.aliases)),
        tools=tuple(map(_term, entry.tools)),
        examples=tuple(entry.examples),
        near_misses=tuple(entry.near_misses),
    )


def _term(entry: str | _TermEntry) -> Term:
    return Term(entry) if isinstance(entry, str) else Term(entry.text, tuple(entry.context))


def in_area_order(skills: Iterable[Skill], areas: Mapping[str, Area]) -> tuple[Skill, ...]:
    """Return the skills in the order of their areas, and within an area as they came."""
    order = {area: i for i, area in enumerate(areas)}
    return tuple(sorted(skills, key=lambda s: order[s.area]))
