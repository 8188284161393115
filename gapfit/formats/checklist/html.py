"""A checklist as one HTML page: no other file, no network, ticks remembered by the browser."""

from __future__ import annotations

import hashlib

from gapfit.datamodels import Catalogue, Checklist
from gapfit.formats import web
from gapfit.formats.checklist.view import view


def render(checklist: Checklist, catalogue: Catalogue) -> str:
    """Return the checklist as a self-contained page; all text in it is escaped."""
    hours = {entry.item.id: entry.item.effort.planned for entry in checklist.items}
    told = view(checklist, catalogue)
    pieces = web.pieces(
        "checklist", told=told, hours=hours, role=checklist.role, key=_key(checklist)
    )
    return "".join(pieces)


def _key(checklist: Checklist) -> str:
    """Under which a browser keeps the ticks: one place for each resume and role."""
    named = f"{checklist.manifest.input_sha256} {checklist.role}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]
