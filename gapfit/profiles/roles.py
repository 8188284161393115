"""``roles/``: each role as a weighted stack of skills, laid over the one it extends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from gapfit import datafiles
from gapfit.datamodels import Band, Role, StackItem
from gapfit.errors import ProfileError
from gapfit.profiles.facts import FactEntry, Sources, facts
from gapfit.profiles.reading import Id, Text, Weight, nearest, problem, read, refuse_duplicates

_GATE_LEVELS = ("mentioned", "used", "owned")


class _StackEntry(msgspec.Struct, forbid_unknown_fields=True):
    band: Band
    weight: Weight
    sources: Sources


class RoleFile(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    name: Text
    headline: Text
    definition: Text
    owns: list[FactEntry]
    does_not_own: list[FactEntry]
    languages: list[FactEntry]
    background: list[FactEntry]
    basis: Text
    sources: Sources
    stack: Annotated[dict[str, dict[str, Any]], msgspec.Meta(min_length=1)]
    order: int = 1000
    extends: str | None = None
    status: str = ""
    modern_wording: str = ""
    conflicts: list[Text] = []
    gate: dict[str, str] = {}
    halfway: Annotated[float, msgspec.Meta(gt=0.0, le=1.0)] | None = None
    shape: Annotated[float, msgspec.Meta(ge=1.0, le=5.0)] | None = None


def load_roles(folder: Path) -> dict[str, tuple[RoleFile, Path]]:
    """Return the role files in ``folder`` by id, not yet laid over those they extend."""
    roles: dict[str, tuple[RoleFile, Path]] = {}
    for path in datafiles.toml_files(folder):
        file = read(path, RoleFile)
        refuse_duplicates(path, "role", [*roles, file.id])
        roles[file.id] = (file, path)
    return roles


def resolve(roles: Mapping[str, tuple[RoleFile, Path]], skills: frozenset[str]) -> tuple[Role, ...]:
    """Return the roles in their order, each complete with what it takes from those it extends."""
    ordered = sorted(roles.values(), key=lambda fp: (fp[0].order, fp[0].id))
    return tuple(_role(file, path, roles, skills) for file, path in ordered)


def _role(
    file: RoleFile,
    path: Path,
    roles: Mapping[str, tuple[RoleFile, Path]],
    skills: frozenset[str],
) -> Role:
    stack: dict[str, StackItem] = {}
    gate: dict[str, str] = {}
    halfway: float | None = None
    shape: float | None = None
    for layer, layer_path in _lineage(file, path, roles):
        gate = layer.gate or gate
        halfway = layer.halfway or halfway
        shape = layer.shape or shape
        stack |= {k: _stack_item(layer_path, k, v, skills) for k, v in layer.stack.items()}
    _check_gate(path, file, skills)
    if not any(item.weight for item in stack.values()):
        raise ProfileError(f"{path}: stack: no skill has a weight above 0. Add at least one.")
    told = {
        key: facts(getattr(file, key))
        for key in ("owns", "does_not_own", "languages", "background")
    }
    return Role(
        id=file.id,
        name=file.name,
        extends=file.extends,
        headline=file.headline,
        definition=file.definition,
        stack=tuple(sorted(stack.values(), key=lambda i: (-i.weight, i.skill))),
        sources=tuple(file.sources),
        basis=file.basis,
        status=file.status,
        modern_wording=file.modern_wording,
        gate=dict(gate),
        halfway=halfway,
        shape=shape,
        conflicts=tuple(file.conflicts),
        **told,
    )


def _lineage(
    file: RoleFile, path: Path, roles: Mapping[str, tuple[RoleFile, Path]]
) -> list[tuple[RoleFile, Path]]:
    """The role and all it extends, most general first."""
    line = [(file, path)]
    while (parent := line[0][0].extends) is not None:
        if parent not in roles:
            raise ProfileError(
                f"{path}: extends: unknown role {parent!r}. Use one of {', '.join(sorted(roles))}."
            )
        if any(ancestor.id == parent for ancestor, _ in line):
            raise ProfileError(f"{path}: extends: {parent!r} extends itself. Break the circle.")
        line.insert(0, roles[parent])
    return line


def _stack_item(
    path: Path, skill: str, table: Mapping[str, Any], skills: frozenset[str]
) -> StackItem:
    if skill not in skills:
        raise ProfileError(f"{path}: stack: unknown skill id {skill!r}. {nearest(skill, skills)}")
    try:
        entry = msgspec.convert(table, _StackEntry)
    except msgspec.ValidationError as error:
        raise ProfileError(f"{path}: stack.{skill}: {problem(str(error))[0]}") from error
    if (entry.band is Band.NOT_OWNED) != (entry.weight == 0):
        raise ProfileError(
            f"{path}: stack.{skill}: band {entry.band.value!r} with weight {entry.weight:g}. "
            "A skill weighs 0 exactly when its band is 'not-owned'."
        )
    return StackItem(skill, entry.band, entry.weight, tuple(entry.sources))


def _check_gate(path: Path, file: RoleFile, skills: frozenset[str]) -> None:
    for skill, level in file.gate.items():
        if skill not in skills:
            raise ProfileError(
                f"{path}: gate: unknown skill id {skill!r}. {nearest(skill, skills)}"
            )
        if level not in _GATE_LEVELS:
            raise ProfileError(
                f"{path}: gate.{skill}: unknown level {level!r}. Use {', '.join(_GATE_LEVELS)}."
            )
