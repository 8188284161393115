"""Reads ``profiles/`` into validated skills and roles; knows nothing of vectors.

Layout of a profile folder, each part optional in a user's own folder:

    areas.toml          [[area]] id, name, overlap
    sources.toml        [[source]] id, text: what facts and weights cite
    skills/<area>.toml  area, [[skill]] id, name, definition, aliases, tools, examples, near_misses
    roles/<role>.toml   one role with its [stack]
    guides/<role>.toml  what working as the role is like; no part of a score
    learning/           what to build for each skill, in which project; no part of a score
    market/             built-in only: moves between roles, questions, levels
    pay.toml            [[band]], [[remark]], [[conflict]]: pay, built-in only; no part of a score

A user's skill, role or guide replaces the built-in one with the same id, and is added otherwise.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from gapfit import datafiles
from gapfit.datamodels import Area, Catalogue, Skill
from gapfit.errors import ProfileError
from gapfit.profiles.guides import load_guides
from gapfit.profiles.learning import load_learning
from gapfit.profiles.market import load_market
from gapfit.profiles.pay import load_pay
from gapfit.profiles.roles import RoleFile, load_roles, resolve
from gapfit.profiles.skills import in_area_order, load_areas, load_skills
from gapfit.profiles.sources import load_sources

__all__ = ["load", "load_guides", "load_learning", "load_market", "load_pay"]

# What the catalogue is made of. Only this makes vectors and scores stale when it changes.
_CATALOGUE = ("areas.toml", "sources.toml", "skills/*.toml", "roles/*.toml")

# Where a folder of one's own may have its files; one of them is enough.
_OWN_PARTS = ("skills", "roles", "guides", "learning", "learning/items")


def load(own: Path | None = None) -> Catalogue:
    """Return the built-in catalogue, with the folder ``own`` laid over it.

    Raises ProfileError naming the file, the key and the mend.
    """
    folders = [datafiles.builtin("profiles")]
    if own is not None:
        folders.append(_checked_own(own))
    areas: dict[str, Area] = {}
    skills: dict[str, Skill] = {}
    roles: dict[str, tuple[RoleFile, Path]] = {}
    sources: dict[str, str] = {}
    hashes: dict[str, str] = {}
    for prefix, folder in zip(("", "own/"), folders, strict=False):
        areas |= load_areas(folder / "areas.toml")
        skills |= load_skills(folder / "skills", areas)
        roles |= load_roles(folder / "roles")
        sources |= load_sources(folder / "sources.toml")
        hashes |= _hashes(folder, prefix)
    ordered = in_area_order(skills.values(), areas)
    return Catalogue(
        areas=tuple(areas.values()),
        skills=ordered,
        roles=resolve(roles, frozenset(skills)),
        sha256=hashlib.sha256(repr(sorted(hashes.items())).encode()).hexdigest(),
        file_hashes=hashes,
        sources=sources,
    )


def _checked_own(folder: Path) -> Path:
    if not folder.is_dir():
        raise ProfileError(f"{folder}: no such folder of profiles. Check the path of --profiles.")
    if not any(datafiles.toml_files(folder / part) for part in _OWN_PARTS):
        raise ProfileError(
            f"{folder}: holds no profiles. Put skills/*.toml, roles/*.toml, guides/*.toml or "
            "learning/*.toml into it."
        )
    return folder


def _hashes(folder: Path, prefix: str) -> dict[str, str]:
    """Hashes of the files a catalogue is read from, and of no others that lie beside them."""
    files = (path for part in _CATALOGUE for path in folder.glob(part))
    named = {prefix + path.relative_to(folder).as_posix(): path for path in files}
    return {name: datafiles.sha256(named[name]) for name in sorted(named)}
