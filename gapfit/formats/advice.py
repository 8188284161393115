"""The terminal view of advice: the lines that matter, and with -v all of it with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType

from gapfit.datamodels import Advice, Analysis, Catalogue, Topic
from gapfit.formats.canvas import grid, heading, indented, text
from gapfit.formats.clean import clean, shorten
from gapfit.formats.words import listed

# What a topic is called, and how many pieces of it are shown without -v.
_TOPICS = {
    Topic.HEADLINE: ("Headline", 1),
    Topic.TITLE: ("Titles", 5),
    Topic.LEVEL: ("Level", 1),
    Topic.MOVE: ("Moves", 2),
    Topic.GATE: ("Research", 1),
    Topic.STAY: ("ML or AI", 1),
    Topic.COMBINATION: ("Both sides", 1),
    Topic.KEYWORDS: ("Keywords", 1),
}
_LONGEST_LABEL = 10
_REMARK = (
    "One person fits several titles; each names the main slice of the work and shuts no other out. "
    "Numbers in brackets: sources, named by gapfit roles ROLE."
)


def section(
    analysis: Analysis, catalogue: Catalogue, measure: int, verbose: bool
) -> list[RenderableType]:
    """Return the section on titles and moves; nothing where there is no advice."""
    table = grid("left", "fill")
    left_out = 0
    for topic, (label, most) in _TOPICS.items():
        given = [advice for advice in analysis.advice if advice.topic is topic]
        shown = given if verbose else given[:most]
        left_out += len(given) - len(shown)
        for number, advice in enumerate(shown):
            body = _body(advice, catalogue, measure - _LONGEST_LABEL, verbose)
            table.add_row(text((label if not number else "", "strong")), body)
    if not table.row_count:
        return []
    more = [text((f"and {left_out} more, with reasons and lines: -v", "quiet"))] if left_out else []
    return [
        heading("Titles and moves"),
        text((_REMARK, "quiet")),
        text(""),
        table,
        *([text(""), *more] if more else []),
    ]


def _body(advice: Advice, catalogue: Catalogue, width: int, verbose: bool) -> RenderableType:
    cited = (f"  [{', '.join(advice.sources)}]", "quiet") if advice.sources else ""
    if advice.topic is Topic.TITLE:
        lines: list[RenderableType] = [_title(advice, catalogue)]
    else:
        lines = [text(advice.text, cited)]
    if verbose:
        details = list(advice.details)
        if advice.topic is Topic.TITLE and details:
            lines += [indented(text(detail, cited)) for detail in details]
        else:
            lines += [indented(text((detail, "quiet"))) for detail in details]
        for line in advice.evidence:
            words = shorten(clean(line.text), width)
            quote = text((f"“{words}”", "quote"), (f"  p.{line.page}", "quiet"))
            lines.append(indented(quote))
    return Group(*lines)


def _title(advice: Advice, catalogue: Catalogue) -> RenderableType:
    """A title in one line: its name, and the skills that tell it from the others."""
    names: Sequence[str] = [catalogue.skill(skill).name for skill in advice.skills]
    by = f"  by {listed(names)}" if names else ""
    return text((catalogue.role(advice.roles[0]).name, "strong"), by)
