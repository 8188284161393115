"""The terminal view of a document about roles: all of them in short, or one in full."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from gapfit.formats import parts
from gapfit.formats.canvas import Canvas, grid, heading, indented, text

_WEIGHT_COLUMNS = 10
# Of the measure; what is longer stands on a line of its own.
_LONGEST_LEAD = 1 / 3


def render(
    document: parts.Document, *, width: int = 80, color: bool = False, unicode: bool = True
) -> str:
    """Return a document about roles."""
    canvas = Canvas(width, color, unicode)
    foot = [Text(), *(text((line, "quiet")) for line in document.foot)] if document.foot else []
    return canvas.draw(*_head(document), *_parts(document.parts, canvas.measure), *foot)


def _head(document: parts.Document) -> list[RenderableType]:
    subtitle = (f"  {document.subtitle}", "quiet") if document.subtitle else ""
    head: list[RenderableType] = [text((document.title, "heading"), subtitle)]
    for number, line in enumerate(document.lines):
        head += [*([Text()] if number else []), text(line)]
    if document.notes:
        head += [Text(), *(text((note, "warning")) for note in document.notes)]
    return head


def _parts(told: Sequence[parts.Part], measure: int) -> list[RenderableType]:
    drawn: list[RenderableType] = []
    for part in told:
        drawn.append(heading(part.title, part.remark))
        for number, group in enumerate(part.groups):
            if number and not group.label:
                drawn.append(Text())
            if group.label:
                drawn.append(text((group.label, "strong")))
            drawn.append(indented(_rows(group.rows, measure)))
    return drawn


def _rows(rows: Sequence[parts.Row], measure: int) -> RenderableType:
    if any(row.share is not None for row in rows):
        return _weighed(rows)
    if not any(row.lead for row in rows):
        return _listed(rows)
    if max(len(row.lead) for row in rows) <= measure * _LONGEST_LEAD:
        return _side_by_side(rows)
    return _below(rows)


def _listed(rows: Sequence[parts.Row]) -> Table:
    table = grid("left", "fill")
    for row in rows:
        table.add_row("·", _words(row))
    return table


def _weighed(rows: Sequence[parts.Row]) -> Table:
    table = grid("left", "right", "fill")
    for row in rows:
        filled = round((row.share or 0.0) * _WEIGHT_COLUMNS)
        bar = Text.assemble(("█" * filled, "middle"), ("░" * (_WEIGHT_COLUMNS - filled), "track"))
        table.add_row(bar, row.lead, _words(row))
    return table


def _side_by_side(rows: Sequence[parts.Row]) -> Table:
    """Leads to the left, each shown once for the rows it leads."""
    table = grid("left", "fill")
    last = None
    for row in rows:
        table.add_row(text(row.lead if row.lead != last else ""), _words(row))
        last = row.lead
    return table


def _below(rows: Sequence[parts.Row]) -> Group:
    lines: list[RenderableType] = []
    last = None
    for row in rows:
        if row.lead != last:
            lines.append(text(row.lead))
        lines.append(indented(_words(row)))
        last = row.lead
    return Group(*lines)


def _words(row: parts.Row) -> Text:
    cited = (f"  {row.cited}", "quiet") if row.cited else ""
    return text(row.text, cited)
