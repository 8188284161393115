"""The ranked table and the pool on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from gapfit.datamodels import Candidate, Catalogue, Cohort, Lack, Summary
from gapfit.formats.bulk import words
from gapfit.formats.canvas import Canvas, bar, grid, heading, indented, text
from gapfit.formats.clean import clean, shorten
from gapfit.formats.words import count

_BAR = 10
# Columns from which there is room for a bar.
_WIDE = 80
_LONGEST_ROLE = 26
_STRONGEST = 3
# Skills named per area: the overlap areas are what everybody is looked at for.
_LACKS = 4
_OTHER_LACKS = 6


def render(
    candidates: Sequence[Candidate],
    summary: Summary,
    cohort: Cohort,
    catalogue: Catalogue,
    *,
    width: int = 80,
    color: bool = False,
    unicode: bool = True,
) -> str:
    """Return the best candidates, the pool as a whole and how to read both.

    ``candidates`` are the best of ``summary.scored``; ``cohort`` says by which role they are
    ranked. Width, colour and signs as in ``formats.text.render``.
    """
    canvas = Canvas(width, color, unicode)
    return canvas.draw(
        text((words.of(summary), "quiet")),
        *_ranking(candidates, summary, cohort, catalogue, canvas.measure),
        *_lacks(cohort, catalogue),
        *_foot(),
    )


def _ranking(
    candidates: Sequence[Candidate],
    summary: Summary,
    cohort: Cohort,
    catalogue: Catalogue,
    measure: int,
) -> list[RenderableType]:
    by = f"by {catalogue.role(cohort.role).name}" if cohort.role else "by their best role"
    parts: list[RenderableType] = [heading("Candidates", by), Text()]
    if not candidates:
        return [*parts, text("None could be scored.")]
    digits = len(f"{candidates[-1].rank:,}")
    for one in candidates:
        parts += _candidate(one, cohort, catalogue, digits, measure)
    rest = summary.scored - len(candidates)
    if rest > 0:
        parts += [Text(), text((f"and {rest:,} more (--top)", "quiet"))]
    return parts


def _candidate(
    one: Candidate, cohort: Cohort, catalogue: Catalogue, digits: int, measure: int
) -> list[RenderableType]:
    found = words.result(one)
    role = "" if cohort.role else shorten(catalogue.role(one.role).name, _LONGEST_ROLE)
    columns = 0 if cohort.role else _LONGEST_ROLE + 2
    drawn = _BAR if measure >= _WIDE else 0
    room = measure - digits - 2 - columns - drawn - 5 - 2
    name = _ending(clean(one.source), room)
    row = text((f"{one.rank:>{digits},}  ", "quiet"), (f"{name:<{room}}  ", "strong"))
    row.append(f"{role:<{columns}}")
    row.append_text(bar(one.fit, drawn))
    row.append(f"  {one.fit:>3.0f}", "strong")
    told = []
    if strongest := words.strongest(found, one.role, catalogue, _STRONGEST):
        told.append(", ".join(strongest))
    if warnings := found["resume"]["warnings"]:
        told.append("read with warnings: " + ", ".join(w["code"] for w in warnings))
    if len(one.sources) > 1:
        told.append(f"{count(len(one.sources) - 1, 'duplicate')}")
    return [row, *(indented(text((line, "quiet")), digits + 2) for line in told)]


def _ending(name: str, room: int) -> str:
    """The end of a path says more than its beginning."""
    return name if len(name) <= room else f"…{name[len(name) - room + 1 :]}"


def _lacks(cohort: Cohort, catalogue: Catalogue) -> list[RenderableType]:
    if not cohort.candidates:
        return []
    asked = "it asks for" if cohort.role else "any role asks for"
    remark = f"Skills {asked}, by their weight and by how few show them in use."
    first = [area for area in cohort.areas if area.overlap]
    other = [area for area in cohort.areas if not area.overlap]
    parts: list[RenderableType] = [heading("What the pool lacks"), text((remark, "quiet"))]
    for area in first:
        name = catalogue.area(area.area).name
        parts += _table(name, area.skills[:_LACKS], cohort, catalogue)
    beyond = sorted((lack for area in other for lack in area.skills), key=lambda one: -one.lack)
    return parts + _table("Beyond these areas", beyond[:_OTHER_LACKS], cohort, catalogue)


def _table(
    title: str, lacks: Sequence[Lack], cohort: Cohort, catalogue: Catalogue
) -> list[RenderableType]:
    lacking = [lack for lack in lacks if lack.shown < cohort.candidates]
    if not lacking:
        return []
    table = grid("left", "fill")
    for lack in lacking:
        told = words.shown_by(lack, cohort.candidates)
        table.add_row(text(catalogue.skill(lack.skill).name), text((told, "quiet")))
    return [Text(), text((title, "strong")), indented(table)]


def _foot() -> list[RenderableType]:
    parts: list[RenderableType] = []
    for line in words.CAUTION:
        parts += [Text(), text((line, "quiet"))]
    return parts
