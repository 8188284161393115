"""A checklist as one HTML page: no other file, no network, ticks remembered by the browser."""

from __future__ import annotations

import hashlib
from functools import cache

import jinja2

from gapfit.datamodels import Catalogue, Checklist
from gapfit.formats.checklist.view import view

_TEMPLATE = "checklist.html.j2"


def render(checklist: Checklist, catalogue: Catalogue) -> str:
    """Return the checklist as a self-contained page; all text in it is escaped."""
    template = _environment().get_template(_TEMPLATE)
    hours = {entry.item.id: entry.item.effort.planned for entry in checklist.items}
    told = view(checklist, catalogue)
    page = template.render(told=told, hours=hours, role=checklist.role, key=_key(checklist))
    return page + "\n"


def _key(checklist: Checklist) -> str:
    """Under which a browser keeps the ticks: one place for each resume and role."""
    named = f"{checklist.manifest.input_sha256} {checklist.role}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("gapfit.formats"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
