"""A document as Markdown. What it says is data: no sign in it may become markup."""

from __future__ import annotations

from gapfit.formats.inert import markdown as inert
from gapfit.formats.parts import Document, Row


def render(document: Document) -> str:
    """Return a document as Markdown, ending in a newline."""
    blocks = [f"# {inert(document.title)}", *map(inert, document.lines)]
    if document.notes:
        blocks.append("\n".join(f"> {inert(note)}  " for note in document.notes))
    for part in document.parts:
        blocks.append(f"## {inert(part.title)}")
        if part.remark:
            blocks.append(f"*{inert(part.remark)}*")
        for group in part.groups:
            if group.label:
                blocks.append(f"### {inert(group.label)}")
            blocks.append("\n".join(_item(row) for row in group.rows))
    return "\n\n".join([*blocks, *map(inert, document.foot)]) + "\n"


def _item(row: Row) -> str:
    lead = f"**{inert(row.lead)}:** " if row.lead else ""
    cited = f" {inert(row.cited)}" if row.cited else ""
    return f"- {lead}{inert(row.text)}{cited}"
