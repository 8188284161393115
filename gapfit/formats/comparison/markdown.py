"""A comparison as Markdown, to paste; what the resumes say is data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapfit.datamodels import Catalogue, Comparison
from gapfit.formats.comparison.telling import view
from gapfit.formats.comparison.view import FitRow, LineRow, PartRow, Quote, View, Why, signed
from gapfit.formats.fit_markdown import small, warned
from gapfit.formats.inert import markdown as inert, pasted

_LONGEST_QUOTE = 200


def render(
    comparison: Comparison,
    catalogue: Catalogue,
    names: tuple[str, str],
    *,
    verbose: bool = False,
    wanted: Sequence[str] = (),
) -> str:
    """Return a comparison as Markdown, ending in a newline; options as in ``view``."""
    told = view(comparison, catalogue, names, limit=_LONGEST_QUOTE, verbose=verbose, wanted=wanted)
    old, new = (a.manifest.input_sha256[:12] for a in (comparison.before, comparison.after))
    made = small(comparison.after.manifest, f"resumes {old} and {new}")
    return "\n\n".join([*_blocks(told), "---", made]) + "\n"


def _blocks(told: View) -> Iterator[str]:
    yield f"# {pasted(told.title)}"
    for side in told.warned:
        yield from warned(side.warnings, f"{side.lead}.")
    yield from map(pasted, told.summary)
    if told.fits:
        yield "## Fit for each role"
        yield "\n".join(
            [f"| Role | {' | '.join(told.columns)} |", "|:--|--:|--:|--:|", *map(_fit, told.fits)]
        )
    if any(any(row.held) for row in told.fits):
        yield inert("* Held back: no line shows the headline task.")
    if told.whys:
        yield f"## {told.why_title}"
        yield from ([inert(told.why_remark)] if told.why_remark else [])
        for why in told.whys:
            yield from _why(why)
    for title, rows in (("Skills", told.skills), ("Gaps", told.gaps)):
        if rows:
            yield f"## {title}"
            yield "\n".join(f"- **{label}:** {inert(words)}" for label, words in rows)
    if told.lines or told.idle:
        yield "## Lines"
        yield from _listed(told.lines)
        yield from (line for line in (told.more_lines, told.idle) if line)
        yield from _listed(told.idle_lines)
    yield from told.foot[1:]


def _fit(row: FitRow) -> str:
    before, after = (
        f"{fit:.1f}{inert('*') if held else ''}"
        for fit, held in zip((row.before, row.after), row.held, strict=True)
    )
    return f"| {inert(row.role)} | {before} | {after} | {row.change} |"


def _why(why: Why) -> Iterator[str]:
    yield f"### {inert(why.title)}"
    if why.note:
        yield inert(why.note)
    lines = [line for part in why.parts for line in _part(part)]
    if why.rest is not None:
        points, words = why.rest
        lines.append(f"- {signed(points)} {words}")
    yield "\n".join(lines)


def _part(part: PartRow) -> Iterator[str]:
    note = f"; {part.note}" if part.note else ""
    yield f"- **{signed(part.points)}** {inert(part.skill)}: {inert(part.levels)}{note}"
    yield from (f"  - {_quote(quote)}" for quote in part.quotes)


def _listed(rows: Sequence[LineRow]) -> Iterator[str]:
    if rows:
        yield "\n".join(_line(row) for row in rows)


def _line(row: LineRow) -> str:
    head = f"- {row.turn}: {inert(row.moves)}" if row.moves else f"- {row.turn}"
    return "\n".join([head, *(f"  - {_quote(quote)}" for quote in row.quotes)])


def _quote(quote: Quote) -> str:
    return f"{quote.side}: “{pasted(quote.words)}” (page {quote.page}, line {quote.line})"
