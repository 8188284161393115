"""A comparison for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from gapfit.datamodels import Catalogue, Comparison
from gapfit.formats.canvas import Canvas, grid, heading, indented, text
from gapfit.formats.comparison.telling import view
from gapfit.formats.comparison.view import LineRow, PartRow, Quote, View, Warned, Why, signed

# A line that came is a gain to look at, one that went is not alarming.
_SIGNS = {"old": "−", "new": "+", "first": "1", "second": "2"}
_HELD = "*"


def render(
    comparison: Comparison,
    catalogue: Catalogue,
    names: tuple[str, str],
    *,
    width: int = 80,
    color: bool = False,
    unicode: bool = True,
    verbose: bool = False,
    wanted: Sequence[str] = (),
) -> str:
    """Return a comparison for people, ending in a newline; options as in ``formats.text``."""
    canvas = Canvas(width, color, unicode)
    limit = 2 * canvas.measure - 42
    told = view(comparison, catalogue, names, limit=limit, verbose=verbose, wanted=wanted)
    return canvas.draw(*_parts(told))


def _parts(told: View) -> Iterator[RenderableType]:
    for warned in told.warned:
        yield from _warned(warned)
    yield from (text(line) for line in told.summary)
    if told.fits:
        yield heading("Fit for each role")
        yield from _fits(told)
    if told.whys:
        yield heading(told.why_title)
        yield from ([text((told.why_remark, "quiet"))] if told.why_remark else [])
        for why in told.whys:
            yield from _why(why)
    yield from _labelled("Skills", told.skills)
    yield from _labelled("Gaps", told.gaps)
    if told.lines or told.idle:
        yield heading("Lines")
        yield from (_line(row) for row in told.lines)
        rest = [line for line in (told.more_lines, told.idle) if line]
        yield from ([Text()] if told.lines and rest else [])
        yield from map(text, rest)
        yield from (_line(row) for row in told.idle_lines)
    if told.foot:
        yield Text()
    yield from (text((line, "quiet")) for line in told.foot)


def _warned(warned: Warned) -> Iterator[RenderableType]:
    yield text((f" {warned.lead} ", "alarm"))
    table = grid("left", "fill")
    for warning in warned.warnings:
        page = f" (page {warning.page})" if warning.page else ""
        table.add_row(text((" ! ", "alarm")), text((warning.code, "warning"), page))
        table.add_row("", text(warning.message))
    yield table
    yield Text()


def _fits(told: View) -> Iterator[RenderableType]:
    table = grid("left", "right", "right", "right")
    table.add_row("", *(text((column, "quiet")) for column in told.columns))
    any_held = any(any(row.held) for row in told.fits)
    for row in told.fits:
        style = "strong" if row.explained else ""
        before, after = (
            f"{fit:.1f}{_HELD if held else ' ' * any_held}"
            for fit, held in zip((row.before, row.after), row.held, strict=True)
        )
        change = text((row.change, "gain" if row.rises else ""))
        table.add_row(text((row.role, style)), before, after, change)
    yield table
    if any_held:
        yield Text()
        yield text((f"{_HELD} Held back: no line shows the headline task.", "quiet"))


def _why(why: Why) -> Iterator[RenderableType]:
    yield Text()
    yield text((why.title, "strong"))
    if why.note:
        yield indented(text((why.note, "quiet")))
    table = grid("right", "fill")
    for part in why.parts:
        table.add_row(_points(part.points), _part(part))
    if why.rest is not None:
        points, words = why.rest
        table.add_row(_points(points), text((words, "quiet")))
    yield indented(table)


def _points(points: float) -> Text:
    return text((signed(points), "gain" if points > 0 else ""))


def _part(part: PartRow) -> RenderableType:
    note = f"; {part.note}" if part.note else ""
    head = text((part.skill, "strong"), (f"  {part.levels}{note}", "quiet"))
    return Group(head, *map(_quote, part.quotes))


def _quote(quote: Quote) -> Table:
    table = grid("left", "fill")
    words = text((f"“{quote.words}”", "quote"), (f"  p.{quote.page}", "quiet"))
    table.add_row(text(_SIGNS[quote.side]), words)
    return table


def _labelled(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[RenderableType]:
    if rows:
        yield heading(title)
        table = grid("left", "fill")
        for label, words in rows:
            table.add_row(text((label, "strong")), text(words))
        yield table


def _line(row: LineRow) -> RenderableType:
    label = row.moves or row.turn
    moved = f" ({row.turn})" if row.moves and row.turn == "moved" else ""
    return Group(*map(_quote, row.quotes), indented(text((f"{label}{moved}", "quiet")), 3))
