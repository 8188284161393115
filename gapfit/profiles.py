"""Reads ``profiles/`` into validated skills and roles; knows nothing of vectors.

Layout of a profile folder, each part optional in a user's own folder:

    areas.toml          [[area]] id, name, overlap
    sources.toml        [[source]] id, text: what facts and weights cite
    skills/<area>.toml  area, [[skill]] id, name, definition, aliases, tools, examples, near_misses
    roles/<role>.toml   one role with its [stack]

A user's skill or role replaces the built-in one with the same id, and is added otherwise.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from gapfit import datafiles
from gapfit.datamodels import Area, Band, Catalogue, Fact, Role, Skill, StackItem, Term
from gapfit.errors import ProfileError

_Text = Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S")]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_Weight = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class _TermEntry(msgspec.Struct, forbid_unknown_fields=True):
    text: _Text
    context: list[_Text]


class _SkillEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: _Id
    name: _Text
    definition: _Text
    examples: Annotated[list[_Text], msgspec.Meta(min_length=1)]
    near_misses: list[_Text]
    aliases: list[_Text | _TermEntry] = []
    tools: list[_Text | _TermEntry] = []


class _SkillFile(msgspec.Struct, forbid_unknown_fields=True):
    area: _Id
    skill: Annotated[list[_SkillEntry], msgspec.Meta(min_length=1)]


class _FactEntry(msgspec.Struct, forbid_unknown_fields=True):
    text: _Text
    sources: Annotated[list[_Text], msgspec.Meta(min_length=1)]


class _StackEntry(msgspec.Struct, forbid_unknown_fields=True):
    band: Band
    weight: _Weight
    sources: Annotated[list[_Text], msgspec.Meta(min_length=1)]


class _RoleFile(msgspec.Struct, forbid_unknown_fields=True):
    id: _Id
    name: _Text
    headline: _Text
    definition: _Text
    owns: list[_FactEntry]
    does_not_own: list[_FactEntry]
    languages: list[_FactEntry]
    background: list[_FactEntry]
    basis: _Text
    sources: Annotated[list[_Text], msgspec.Meta(min_length=1)]
    stack: Annotated[dict[str, dict[str, Any]], msgspec.Meta(min_length=1)]
    order: int = 1000
    extends: str | None = None
    status: str = ""
    modern_wording: str = ""
    conflicts: list[_Text] = []
    gate: dict[str, str] = {}
    halfway: Annotated[float, msgspec.Meta(gt=0.0, le=1.0)] | None = None


class _AreaEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: _Id
    name: _Text
    overlap: bool = False


class _AreaFile(msgspec.Struct, forbid_unknown_fields=True):
    area: Annotated[list[_AreaEntry], msgspec.Meta(min_length=1)]


class _SourceEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: _Id
    text: _Text


class _SourceFile(msgspec.Struct, forbid_unknown_fields=True):
    source: Annotated[list[_SourceEntry], msgspec.Meta(min_length=1)]


_GATE_LEVELS = ("mentioned", "used", "owned")

_T = TypeVar("_T")


def load(own: Path | None = None) -> Catalogue:
    """Return the built-in catalogue, with the folder ``own`` laid over it.

    Raises ProfileError naming the file, the key and the mend.
    """
    folders = [datafiles.builtin("profiles")]
    if own is not None:
        folders.append(_checked_own(own))
    areas: dict[str, Area] = {}
    skills: dict[str, Skill] = {}
    roles: dict[str, tuple[_RoleFile, Path]] = {}
    sources: dict[str, str] = {}
    hashes: dict[str, str] = {}
    for prefix, folder in zip(("", "own/"), folders, strict=False):
        areas |= _load_areas(folder / "areas.toml")
        skills |= _load_skills(folder / "skills", areas)
        roles |= _load_roles(folder / "roles")
        sources |= _load_sources(folder / "sources.toml")
        hashes |= _hashes(folder, prefix)
    ordered = _in_area_order(skills.values(), areas)
    return Catalogue(
        areas=tuple(areas.values()),
        skills=ordered,
        roles=_resolve(roles, frozenset(skills)),
        sha256=hashlib.sha256(repr(sorted(hashes.items())).encode()).hexdigest(),
        file_hashes=hashes,
        sources=sources,
    )


def _checked_own(folder: Path) -> Path:
    if not folder.is_dir():
        raise ProfileError(f"{folder}: no such folder of profiles. Check the path of --profiles.")
    if not any(datafiles.toml_files(folder / part) for part in ("skills", "roles")):
        raise ProfileError(
            f"{folder}: holds no profiles. Put skills/*.toml or roles/*.toml into it."
        )
    return folder


def _hashes(folder: Path, prefix: str) -> dict[str, str]:
    files = sorted(folder.rglob("*.toml"), key=lambda p: p.relative_to(folder).as_posix())
    return {prefix + f.relative_to(folder).as_posix(): datafiles.sha256(f) for f in files}


def _load_areas(path: Path) -> dict[str, Area]:
    if not path.exists():
        return {}
    file = _read(path, _AreaFile)
    _refuse_duplicates(path, "area", [a.id for a in file.area])
    return {a.id: Area(a.id, a.name, a.overlap) for a in file.area}


def _load_sources(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    file = _read(path, _SourceFile)
    _refuse_duplicates(path, "source", [s.id for s in file.source])
    return {s.id: s.text for s in file.source}


def _load_skills(folder: Path, areas: Mapping[str, Area]) -> dict[str, Skill]:
    skills: dict[str, Skill] = {}
    for path in datafiles.toml_files(folder):
        file = _read(path, _SkillFile)
        if file.area not in areas:
            raise ProfileError(
                f"{path}: area: unknown area {file.area!r}. "
                f"Use one of {', '.join(areas)}, or declare it in areas.toml."
            )
        _refuse_duplicates(path, "skill", [*skills, *(s.id for s in file.skill)])
        skills |= {entry.id: _skill(path, entry, file.area) for entry in file.skill}
    return skills


def _skill(path: Path, entry: _SkillEntry, area: str) -> Skill:
    for key in ("examples", "near_misses"):
        _refuse_duplicates(path, f"skill {entry.id!r}: {key}", getattr(entry, key))
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


def _load_roles(folder: Path) -> dict[str, tuple[_RoleFile, Path]]:
    roles: dict[str, tuple[_RoleFile, Path]] = {}
    for path in datafiles.toml_files(folder):
        file = _read(path, _RoleFile)
        _refuse_duplicates(path, "role", [*roles, file.id])
        roles[file.id] = (file, path)
    return roles


def _resolve(
    roles: Mapping[str, tuple[_RoleFile, Path]], skills: frozenset[str]
) -> tuple[Role, ...]:
    ordered = sorted(roles.values(), key=lambda fp: (fp[0].order, fp[0].id))
    return tuple(_role(file, path, roles, skills) for file, path in ordered)


def _role(
    file: _RoleFile,
    path: Path,
    roles: Mapping[str, tuple[_RoleFile, Path]],
    skills: frozenset[str],
) -> Role:
    stack: dict[str, StackItem] = {}
    gate: dict[str, str] = {}
    halfway: float | None = None
    for layer, layer_path in _lineage(file, path, roles):
        gate = layer.gate or gate
        halfway = layer.halfway or halfway
        stack |= {k: _stack_item(layer_path, k, v, skills) for k, v in layer.stack.items()}
    _check_gate(path, file, skills)
    if not any(item.weight for item in stack.values()):
        raise ProfileError(f"{path}: stack: no skill has a weight above 0. Add at least one.")
    facts = {
        key: tuple(Fact(f.text, tuple(f.sources)) for f in getattr(file, key))
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
        conflicts=tuple(file.conflicts),
        **facts,
    )


def _lineage(
    file: _RoleFile, path: Path, roles: Mapping[str, tuple[_RoleFile, Path]]
) -> list[tuple[_RoleFile, Path]]:
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
        raise ProfileError(f"{path}: stack: unknown skill id {skill!r}. {_nearest(skill, skills)}")
    try:
        entry = msgspec.convert(table, _StackEntry)
    except msgspec.ValidationError as error:
        raise ProfileError(f"{path}: stack.{skill}: {_problem(str(error))[0]}") from error
    if (entry.band is Band.NOT_OWNED) != (entry.weight == 0):
        raise ProfileError(
            f"{path}: stack.{skill}: band {entry.band.value!r} with weight {entry.weight:g}. "
            "A skill weighs 0 exactly when its band is 'not-owned'."
        )
    return StackItem(skill, entry.band, entry.weight, tuple(entry.sources))


def _check_gate(path: Path, file: _RoleFile, skills: frozenset[str]) -> None:
    for skill, level in file.gate.items():
        if skill not in skills:
            raise ProfileError(
                f"{path}: gate: unknown skill id {skill!r}. {_nearest(skill, skills)}"
            )
        if level not in _GATE_LEVELS:
            raise ProfileError(
                f"{path}: gate.{skill}: unknown level {level!r}. Use {', '.join(_GATE_LEVELS)}."
            )


def _nearest(word: str, known: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1)
    return f"Did you mean {close[0]!r}?" if close else "Define it in skills/*.toml first."


def _refuse_duplicates(path: Path, what: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for item in ids:
        if item in seen:
            raise ProfileError(f"{path}: {what}: {item!r} appears twice. Remove one of the two.")
        seen.add(item)


def _in_area_order(skills: Iterable[Skill], areas: Mapping[str, Area]) -> tuple[Skill, ...]:
    order = {area: i for i, area in enumerate(areas)}
    return tuple(sorted(skills, key=lambda s: order[s.area]))


def _read(path: Path, kind: type[_T]) -> _T:
    try:
        return msgspec.convert(_parse(path), kind)
    except msgspec.ValidationError as error:
        raise ProfileError(f"{path}: {_located(str(error), path)}") from error


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: not valid TOML: {error}. Mend that line.") from error
    except OSError as error:
        raise ProfileError(f"{path}: cannot be read: {error.strerror}.") from error


def _located(message: str, path: Path) -> str:
    """Turn "… - at `$.skill[3].name`" into a message that names the skill, the key and the mend."""
    problem, where = _problem(message)
    if where.startswith("skill["):
        number, _, key = where.removeprefix("skill[").partition("]")
        entry = _parse(path)["skill"][int(number)]
        name = entry.get("id", f"number {int(number) + 1}") if isinstance(entry, dict) else number
        where = f"skill {name!r}" + (f": {key.lstrip('.')}" if key else "")
    return f"{where}: {problem}" if where else problem


def _problem(message: str) -> tuple[str, str]:
    """Split a validation message into what is wrong, with its mend, and the key it is wrong at."""
    problem, _, where = message.partition(" - at `$")
    mend = next((mend for sign, mend in _MENDS.items() if sign in problem), "Mend that value")
    return f"{problem}. {mend}.", where.rstrip("`").lstrip(".")


# What a validation message says, and what to do about it.
_MENDS = {
    "missing required field": "Add it",
    "unknown field": "Remove it or correct its spelling",
    "matching regex": "Use lower-case words joined by hyphens for an id, and no blank text",
    "Invalid enum value": "Use core, common, occasional or not-owned",
    "<= 1": "Give a weight from 0 to 1",
    ">= 0": "Give a weight from 0 to 1",
    "of length >=": "Add at least one",
}
