"""The terminal view of the roles: all of them in short, or one in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from gapfit.datamodels import Band, Catalogue, Fact, Role, StackItem
from gapfit.formats.canvas import Canvas, grid, heading, indented, text

_BANDS = {
    Band.CORE: "Core",
    Band.COMMON: "Common",
    Band.OCCASIONAL: "Occasional",
    Band.NOT_OWNED: "Not owned: never counted as a gap",
}
_WEIGHT_COLUMNS = 10


def render_list(
    catalogue: Catalogue, *, width: int = 80, color: bool = False, unicode: bool = True
) -> str:
    """Return the roles and their variants, each with the id to type and its headline."""
    roles = [role for role in catalogue.roles if role.extends is None]
    variants = [role for role in catalogue.roles if role.extends is not None]
    parts: list[RenderableType] = [text(("Roles", "heading")), Text(), _table(roles, catalogue)]
    if variants:
        parts += [Text(), text(("Variants", "heading")), Text(), _table(variants, catalogue)]
    parts += [Text(), text(("One of them in full: gapfit roles ROLE", "quiet"))]
    return Canvas(width, color, unicode).draw(*parts)


def _table(roles: Sequence[Role], catalogue: Catalogue) -> RenderableType:
    table = grid("left", "fill")
    for role in roles:
        lines: list[RenderableType] = [text(role.headline)]
        if role.modern_wording:
            lines.append(text((f"Vestigial title, today: {role.modern_wording}", "quiet")))
        if role.extends is not None:
            lines.append(text((f"Extends {catalogue.role(role.extends).name}", "quiet")))
        table.add_row(text((role.id, "strong")), Group(*lines))
    return table


def render_role(
    role: Role,
    catalogue: Catalogue,
    *,
    width: int = 80,
    color: bool = False,
    unicode: bool = True,
) -> str:
    """Return everything known of one role."""
    canvas = Canvas(width, color, unicode)
    return canvas.draw(
        *_head(role, catalogue),
        *_facts("Owns", role.owns),
        *_facts("Does not own", role.does_not_own),
        *_facts("Languages", role.languages),
        *_facts("Usual background", role.background),
        *_stack(role, catalogue),
        *_conflicts(role),
        *_basis(role, catalogue.sources),
    )


def _head(role: Role, catalogue: Catalogue) -> list[RenderableType]:
    parts: list[RenderableType] = [
        text((role.name, "heading"), (f"  {role.id}", "quiet")),
        text(role.headline),
        Text(),
        text(role.definition),
    ]
    notes = []
    if role.extends is not None:
        notes.append(f"Extends: {catalogue.role(role.extends).name}")
    if role.status:
        notes.append(f"Status: {role.status}")
    if role.modern_wording:
        notes.append(f"Write instead: {role.modern_wording}")
    if role.gate:
        wanted = ", ".join(
            f"{catalogue.skill(skill).name} ({level})" for skill, level in role.gate.items()
        )
        notes.append(f"Gate: {wanted}; without any of these the score is held back")
    if notes:
        parts.append(Text())
        parts += [text((note, "warning")) for note in notes]
    return parts


def _facts(title: str, facts: Sequence[Fact]) -> list[RenderableType]:
    if not facts:
        return []
    return [
        heading(title),
        *(indented(text(f.text, (f"  [{', '.join(f.sources)}]", "quiet"))) for f in facts),
    ]


def _stack(role: Role, catalogue: Catalogue) -> list[RenderableType]:
    parts: list[RenderableType] = [heading("Stack", "weight 0-1, skill, sources")]
    for band, title in _BANDS.items():
        items = [item for item in role.stack if item.band is band]
        if items:
            parts += [text((title, "strong")), indented(_items(items, catalogue))]
    return parts


def _items(items: Sequence[StackItem], catalogue: Catalogue) -> RenderableType:
    table = grid("left", "right", "fill")
    for item in items:
        filled = round(item.weight * _WEIGHT_COLUMNS)
        bar = Text.assemble(("█" * filled, "middle"), ("░" * (_WEIGHT_COLUMNS - filled), "track"))
        sources = (f"  [{', '.join(item.sources)}]", "quiet")
        table.add_row(bar, f"{item.weight:.2f}", text(catalogue.skill(item.skill).name, sources))
    return table


def _conflicts(role: Role) -> list[RenderableType]:
    if not role.conflicts:
        return []
    table = grid("left", "fill")
    for conflict in role.conflicts:
        table.add_row("·", text(conflict))
    return [heading("Where the sources disagree"), indented(table)]


def _basis(role: Role, sources: Mapping[str, str]) -> list[RenderableType]:
    cited = [f"{s}: {sources[s]}" if s in sources else s for s in role.sources]
    return [
        heading("Basis"),
        indented(text(role.basis)),
        *(indented(text((line, "quiet"))) for line in cited),
    ]
