"""Entry, mid, senior or staff: what the dates and the scope of the work point to.

Years and scope are two signs, and where they differ both are said. Neither judges a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gapfit.advice.headline import names, roles_in
from gapfit.advice.seen import Job, Seen, distinct, evidence_of, first_said
from gapfit.datamodels import Advice, Evidence, Level, Period, Seniority, Topic
from gapfit.wording import capital, listed, span

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Sign:
    """A level, by its number from the lowest, with the words and lines that point to it."""

    level: int
    words: str
    lines: tuple[Evidence, ...] = ()


def signs(seen: Seen) -> list[Sign]:
    """Return what dates and scope point to; either may be silent."""
    jobs = _jobs(seen)
    return [sign for sign in (_years(seen, jobs), _scope(seen, jobs)) if sign is not None]


def level(seen: Seen, signs: Sequence[Sign]) -> list[Advice]:
    """Return the likely level with its signs; nothing where neither dates nor scope are shown."""
    if not signs:
        return []
    levels = seen.market.levels
    low, high = min(s.level for s in signs), max(s.level for s in signs)
    if low == high:
        text = f"{capital(levels[low].name)}, by {listed([sign.words for sign in signs])}."
    else:
        pointing = [f"{sign.words} → {levels[sign.level].name}" for sign in signs]
        text = f"{levels[low].name} to {levels[high].name}: {', '.join(pointing)}."
    return [
        Advice(
            Topic.LEVEL,
            capital(text),
            details=(*_llm_work(seen, _jobs(seen)), *_scopes(levels[low : high + 1])),
            evidence=distinct(line for sign in signs for line in sign.lines),
            sources=("000", "001"),
        )
    ]


def is_entry(signs: Sequence[Sign]) -> bool:
    """Return whether there is a sign, and none points beyond the lowest level."""
    return bool(signs) and all(sign.level == 0 for sign in signs)


def _jobs(seen: Seen) -> list[Job]:
    return [job for job in seen.jobs if _is_of_the_field(seen, job)]


def _is_of_the_field(seen: Seen, job: Job) -> bool:
    """Whether a job's title is one of the field, or one of its lines shows a skill in use."""
    titles = [title for background in seen.market.backgrounds for title in background.titles]
    if roles_in(job.title.text, names(seen)) or first_said(job.title.text, titles):
        return True
    places = {(s.page, s.line) for s in job.statements}
    return bool(places & _shown(seen, None))


def _shown(seen: Seen, areas: Sequence[str] | None) -> set[tuple[int, int]]:
    """Where the lines stand that show a skill in use, of some areas or of any."""
    return {
        (line.page, line.line)
        for finding in seen.found.values()
        if finding.level >= Level.USED and (areas is None or finding.area in areas)
        for line in finding.evidence
    }


# ---------------------------------------------------------------- years


def _years(seen: Seen, jobs: Sequence[Job]) -> Sign | None:
    counted = _beyond_entry(seen, jobs)
    months = _covered(seen, [job.title.period for job in counted])
    if not months:
        return None
    level = 0
    for number, known in enumerate(seen.market.levels):
        if known.years is not None and months >= known.years[0] * _MONTHS:
            level = number
    still = any(p.end == "present" for job in counted if (p := job.title.period) is not None)
    counted_to = f" (open entries counted to {seen.market.as_of})" if still else ""
    return Sign(level, f"{span(months)} of dated work in the field{counted_to}")


def _beyond_entry(seen: Seen, jobs: Sequence[Job]) -> list[Job]:
    """The jobs that tell of more than a beginning: no internship, no traineeship."""
    words = seen.market.levels[0].words
    return [job for job in jobs if not first_said(job.title.text, words)]


def _covered(seen: Seen, periods: Iterable[Period | None], since: str = "") -> int:
    """Months covered by the periods together, each month once, from ``since`` on."""
    months: set[int] = set()
    first = _number(since, first=True) if since else 0
    for period in periods:
        if period is None or period.start is None or period.end is None:
            continue
        end = seen.market.as_of if period.end == "present" else period.end
        start, stop = _number(period.start, first=True), _number(end, first=False)
        if len(end) == 4 and end == period.start[:4]:
            stop += _MONTHS  # a single year is that year
        months |= set(range(max(start, first), stop))
    return len(months)


def _number(date: str, *, first: bool) -> int:
    """A date as a month number; as an end, a month is included and a bare year is not."""
    year, _, month = date.partition("-")
    return int(year) * _MONTHS + (int(month) - 1 if month else 0) + (not first and bool(month))


def _llm_work(seen: Seen, jobs: Sequence[Job]) -> tuple[str, ...]:
    """How long LLM work may have gone on, and what the sources make of such a time."""
    places = _shown(seen, seen.market.llm_areas)
    with_llm = [j for j in jobs if any((s.page, s.line) in places for s in j.statements)]
    months = _covered(seen, [job.title.period for job in with_llm], seen.market.llm_since)
    if not months:
        return ()
    return (
        f"Up to {span(months)} of LLM work: entries that show it, from {seen.market.llm_since} on.",
        *(f"{fact.text} [{', '.join(fact.sources)}]" for fact in seen.market.experience[:1]),
        f"Another scale counts LLM years: {_scale(seen.market.levels)} "
        f"[{', '.join(seen.market.levels[0].sources)}].",
    )


def _scale(levels: Sequence[Seniority]) -> str:
    told = []
    for known in levels:
        if known.years is not None:
            low, high = known.years
            told.append(f"{known.name} {low}+" if high is None else f"{known.name} {low}-{high}")
    return ", ".join(told)


# ---------------------------------------------------------------- scope


def _scope(seen: Seen, jobs: Sequence[Job]) -> Sign | None:
    """The highest level that a title's words or an owned skill point to."""
    for number in range(len(seen.market.levels) - 1, -1, -1):
        known = seen.market.levels[number]
        for job in jobs:
            word = first_said(job.title.text, known.words)
            if word:
                return Sign(number, f"“{word}” in a title", (evidence_of(job.title),))
        owned = [skill for skill in known.skills if seen.shows(skill, Level.OWNED)]
        if owned:
            name = seen.catalogue.skill(owned[0]).name.lower()
            return Sign(number, f"{name} in its lines", distinct(map(seen.line, owned)))
        if known.owns and (line := _owned_line(seen, _beyond_entry(seen, jobs))) is not None:
            return Sign(number, "whole pieces of work owned", (line,))
    return None


def _owned_line(seen: Seen, jobs: Sequence[Job]) -> Evidence | None:
    """The best line of the surest skill shown as owned in one of the jobs."""
    places = {(s.page, s.line) for job in jobs for s in job.statements}
    owned = [
        finding
        for finding in seen.found.values()
        if finding.level is Level.OWNED
        and any((line.page, line.line) in places for line in finding.evidence[:1])
    ]
    if not owned:
        return None
    return max(owned, key=lambda finding: (finding.confidence, finding.skill)).evidence[0]


def _scopes(levels: Sequence[Seniority]) -> Iterable[str]:
    for known in levels:
        if known.scope:
            scope = known.scope[0].lower() + known.scope[1:].rstrip(".")
            yield f"{capital(known.name)}: {scope} [{', '.join(known.sources)}]."
