"""What to do with the result: titles, level, moves and words, each with its lines and sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gapfit.datamodels import Advice, Analysis, Catalogue, Topic
from gapfit.formats.clean import clean
from gapfit.formats.report.lines import Quote, quote
from gapfit.formats.words import listed

_TOPICS = {
    Topic.HEADLINE: "Headline",
    Topic.TITLE: "Titles",
    Topic.CLOSE_PAIR: "Close neighbours",
    Topic.LEVEL: "Level",
    Topic.MOVE: "Moves",
    Topic.GATE: "Research",
    Topic.STAY: "ML or AI",
    Topic.COMBINATION: "Both sides",
    Topic.KEYWORDS: "Keywords",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of advice; ``sources`` as they are cited, "" when none is."""

    text: str
    details: tuple[str, ...]
    quotes: tuple[Quote, ...]
    sources: str


@dataclass(frozen=True, slots=True)
class AdvicePart:
    """What is said on one topic."""

    title: str
    told: tuple[Told, ...]


def advice_parts(analysis: Analysis, catalogue: Catalogue) -> tuple[AdvicePart, ...]:
    """Return the advice by topic, in the order of the topics."""
    return tuple(
        AdvicePart(title, tuple(_told(advice, catalogue) for advice in given))
        for topic, title in _TOPICS.items()
        if (given := [advice for advice in analysis.advice if advice.topic is topic])
    )


def sources(analysis: Analysis, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the sources that the advice cites, with what each of them is."""
    cited = {source for advice in analysis.advice for source in advice.sources}
    for source in sorted(cited & catalogue.sources.keys()):
        yield source, clean(catalogue.sources[source])


def _told(advice: Advice, catalogue: Catalogue) -> Told:
    return Told(
        text=_text(advice, catalogue),
        details=tuple(clean(detail) for detail in advice.details),
        quotes=tuple(dict.fromkeys(quote(evidence) for evidence in advice.evidence)),
        sources=", ".join(clean(source) for source in advice.sources),
    )


def _text(advice: Advice, catalogue: Catalogue) -> str:
    """The words; a title in one line: its name, and the skills that tell it from the others."""
    if advice.topic is not Topic.TITLE:
        return clean(advice.text)
    names = [clean(catalogue.skill(skill).name) for skill in advice.skills]
    title = clean(catalogue.role(advice.roles[0]).name)
    return f"{title}, by {listed(names)}" if names else title
