"""Audits on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from gapfit.datamodels import Catalogue, GroupTable, Outcomes, ResumeAudit, Shift, Skipped
from gapfit.formats.audit import words
from gapfit.formats.canvas import Canvas, grid, heading, indented, text

_LABEL = 44
# Columns from which there is room for the intervals of rates.
_WIDE = 100
_BAD_ROWS = 5


def render(
    audits: Sequence[ResumeAudit],
    skipped: Sequence[Skipped],
    catalogue: Catalogue,
    *,
    width: int = 80,
    color: bool = False,
    unicode: bool = True,
) -> str:
    """Return what each trait does to the fits of each resume. Arguments as in ``formats.text``."""
    parts: list[RenderableType] = [
        text("What moves a fit that should not: the largest shift of any role, in points of 100.")
    ]
    for audit in audits:
        parts += _resume(audit, catalogue)
    for one in skipped:
        parts += [Text(), text((one.source, "strong"), f"  skipped: {one.message}")]
    return Canvas(width, color, unicode).draw(*parts)


def _resume(audit: ResumeAudit, catalogue: Catalogue) -> list[RenderableType]:
    table = grid("left", "right", "right", "right", "fill")
    table.add_row(*(text((head, "quiet")) for head in ("changed", "times", "shift", "bound", "")))
    for shift in audit.shifts:
        style = "alarm" if shift.exceeded else ""
        table.add_row(
            text(words.WHAT[shift.trait]),
            text(str(shift.variants)),
            text((f"{shift.points:.1f}", style)),
            text((f"{shift.bound:.1f}", "quiet")),
            text((_told(shift, catalogue), "quiet")),
        )
    parts: list[RenderableType] = [Text(), text((audit.source, "strong")), Text(), table]
    for one in audit.untried:
        parts.append(text((f"not tried: {words.WHAT[one.trait]} ({one.reason})", "quiet")))
    return parts


def _told(shift: Shift, catalogue: Catalogue) -> str:
    told = []
    if shift.points >= 0.05:
        label = shift.label if len(shift.label) <= _LABEL else f"{shift.label[:_LABEL]}…"
        told.append(f"{catalogue.role(shift.role).name}: {label}")
    if shift.overlap < 1.0:
        told.append(f"{shift.overlap:.0%} of the five best roles kept")
    return "; ".join(told)


def render_outcomes(
    found: Outcomes, *, width: int = 80, color: bool = False, unicode: bool = True
) -> str:
    """Return rates and impact ratios by group."""
    middle = "" if found.median is None else f", median {found.median:g}"
    parts: list[RenderableType] = [
        text(
            f"{found.source}: {found.people:,} people, {found.measure} by {found.column!r}{middle}"
        )
    ]
    for table in found.tables:
        parts += _table(table, found, wide=width >= _WIDE)
    if found.bad_rows:
        parts += [heading("Not counted"), Text()]
        parts += [text(row) for row in words.bad_rows(found.bad_rows, _BAD_ROWS)]
    method = (
        "Rates and impact ratios as in 6 RCNY 5-300. Intervals at 95%: Wilson's for rates, "
        "combined after Donner and Zou (2012) for ratios."
    )
    for remark in (method, words.NO_VERDICT):
        parts += [Text(), text((remark, "quiet"))]
    return Canvas(width, color, unicode).draw(*parts)


def _table(found: GroupTable, outcomes: Outcomes, *, wide: bool) -> list[RenderableType]:
    table = grid("left", "right", "right", "right", "left", "right", "left")
    heads = ("group", "people", words.success(outcomes), "rate", "", "ratio", "")
    table.add_row(*(text((head, "quiet")) for head in heads))
    parts: list[RenderableType] = [heading(" × ".join(found.columns)), Text(), table]
    for one in found.groups:
        table.add_row(
            text(words.group(one)),
            text(f"{one.people:,}"),
            text(f"{one.successes:,}"),
            text(words.percent(one.rate)),
            text((words.percents(one.rate_interval) if wide else "", "quiet")),
            text(("–" if one.ratio is None else f"{one.ratio:.2f}", _style(one.below_four_fifths))),
            text((words.interval(one.ratio_interval, 2), "quiet")),
        )
    flags = [(words.group(one), flag) for one in found.groups if (flag := words.flag(one))]
    parts += [indented(text(f"{name}: {flag}")) for name, flag in flags]
    if found.unknown:
        parts.append(indented(text(f"{found.unknown:,} people are in none: not known")))
    return parts


def _style(alarming: bool) -> str:
    return "alarm" if alarming else ""
