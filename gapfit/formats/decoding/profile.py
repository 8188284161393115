"""A role made from an ad as a profile (TOML) that a person can edit and ``--profiles`` reads."""

from __future__ import annotations

import json

from gapfit.datamodels import Catalogue, Role
from gapfit.formats.clean import clean

_HEAD = """\
# A role made from a job ad by gapfit roles new. Edit what is wrong: weights are 0-1, a band is
# core, common, occasional or not-owned (weight 0). Put it into a folder as roles/{id}.toml, then:
# gapfit fit RESUME.pdf --profiles FOLDER --role {id}
"""


def render(role: Role, catalogue: Catalogue) -> str:
    """Return the role as TOML, ending in a newline."""
    lines = [
        _HEAD.format(id=role.id),
        f"id = {_text(role.id)}",
        f"name = {_text(role.name)}",
        f"headline = {_text(role.headline)}",
        f"definition = {_text(role.definition)}",
        *([f"halfway = {role.halfway:g}"] if role.halfway is not None else []),
        f"owns = [{', '.join(_fact(f.text, f.sources) for f in role.owns)}]",
        "does_not_own = []",
        "languages = []",
        "background = []",
        f"basis = {_text(role.basis)}",
        f"sources = {_list(role.sources)}",
        "",
        "[stack]",
    ]
    for item in role.stack:
        lines.append(
            f"{item.skill} = {{ band = {_text(item.band.value)}, weight = {item.weight:g}, "
            f"sources = {_list(item.sources)} }}  # {catalogue.skill(item.skill).name}"
        )
    return "\n".join(lines) + "\n"


def _fact(text: str, sources: tuple[str, ...]) -> str:
    return f"{{ text = {_text(text)}, sources = {_list(sources)} }}"


def _list(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, words))}]"


def _text(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does."""
    return json.dumps(clean(text), ensure_ascii=False)
