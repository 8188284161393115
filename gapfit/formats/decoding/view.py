"""A decoded ad as a document: what it is, what it asks for, years, pay, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapfit.datamodels import (
    AdAdvice,
    Audience,
    Catalogue,
    Decoding,
    Need,
    PayBeside,
    PayConflict,
    PayKind,
    PayLevel,
    PayNamed,
    PayPeriod,
    SkillAsk,
    Standing,
)
from gapfit.formats.clean import clean, shorten
from gapfit.formats.parts import Document, Part, Row, part
from gapfit.formats.pay_parts import amount
from gapfit.formats.words import count, listed

# Lines shown per need, without and with -v; those that ask nobody for anything only with it.
_SHOWN = {Need.REQUIRED: (12, 126), Need.PREFERRED: (5, 126), Need.CONTEXT: (0, 126)}
_TITLES = {
    Need.REQUIRED: "Required",
    Need.PREFERRED: "Preferred",
    Need.CONTEXT: "Named in passing, asked of nobody",
}
_QUOTE = 130
_CONFLICTS = 1

_PERIODS = {
    PayPeriod.YEAR: "a year",
    PayPeriod.MONTH: "a month",
    PayPeriod.DAY: "a day",
    PayPeriod.HOUR: "an hour",
}
_KINDS = {
    PayKind.BASE: "base pay",
    PayKind.TARGET: "on-target earnings",
    PayKind.TOTAL: "total pay",
    PayKind.UNSTATED: "not said what it counts",
}
_LEVELS = {
    PayLevel.ENTRY: "entry level",
    PayLevel.MID: "mid level",
    PayLevel.SENIOR: "senior level",
    PayLevel.STAFF: "staff level",
    PayLevel.ANY: "no level named",
}
_STANDINGS = {
    Standing.BELOW: "the ad pays less",
    Standing.OVERLAPS: "the ad is within or around it",
    Standing.ABOVE: "the ad pays more",
    Standing.NOT_COMPARED: "not compared",
}
_AUDIENCES = {Audience.CANDIDATE: "If you apply", Audience.EMPLOYER: "If you hire"}


def document(decoded: Decoding, catalogue: Catalogue, *, verbose: bool = False) -> Document:
    """Return what is told of an ad; ``verbose`` shows every skill."""
    told = (
        _work(decoded, catalogue),
        _skills(decoded, catalogue, verbose),
        _years(decoded),
        _pay(decoded, catalogue, verbose),
        _advice(decoded.advice),
        _sources(decoded, catalogue),
    )
    return Document(
        title=clean(decoded.title) or "Job ad without a title",
        lines=(_verdict(decoded, catalogue),),
        notes=tuple(_notes(decoded, catalogue)),
        parts=tuple(p for p in told if p is not None),
        foot=tuple(_foot(decoded)),
    )


def _verdict(decoded: Decoding, catalogue: Catalogue) -> str:
    if decoded.not_ai:
        return "By its content no AI or ML job of the twelve kinds."
    if decoded.dominant is not None:
        share = next(s.share for s in decoded.shares if s.role == decoded.dominant)
        return f"By its content {catalogue.role(decoded.dominant).name}: {share:.0%} of the work."
    names = [catalogue.role(s.role).name for s in decoded.shares[:2]]
    return f"By its content mixed: no role makes up 60 percent, {listed(names)} lead."


def _notes(decoded: Decoding, catalogue: Catalogue) -> Iterator[str]:
    for warning in decoded.warnings:
        yield f"{warning.code}: {warning.message}"
    if decoded.title_disagrees and decoded.title_role is not None:
        yield f"The title says {catalogue.role(decoded.title_role).name}: the content does not."


def _work(decoded: Decoding, catalogue: Catalogue) -> Part | None:
    rows = (
        Row(catalogue.role(s.role).name, f"{s.share:.0%}", share=s.share) for s in decoded.shares
    )
    return part(
        "work",
        "The work it describes",
        ("", rows),
        remark="from duties and requirements, not from the title",
    )


def _skills(decoded: Decoding, catalogue: Catalogue, verbose: bool) -> Part | None:
    groups = []
    for need, title in _TITLES.items():
        found = [ask for ask in decoded.skills if ask.need is need]
        by_line: dict[int, list[SkillAsk]] = {}
        for ask in found:
            by_line.setdefault(ask.evidence[0].line, []).append(ask)
        shown = list(by_line.items())[: _SHOWN[need][verbose]]
        rows = [_line(line, asks, catalogue) for line, asks in shown]
        left = len(found) - sum(len(asks) for _, asks in shown)
        if left and shown:
            rows.append(Row(f"{count(left, 'more skill')}, with -v", "…"))
        groups.append((title, rows))
    return part("skills", "What it asks for", *groups)


def _line(line: int, asks: Sequence[SkillAsk], catalogue: Catalogue) -> Row:
    """All skills that one line asks for best, with its words."""
    skills = [catalogue.skill(ask.skill) for ask in asks]
    known = [n for s in skills for n in (s.name, *(t.text for t in (*s.aliases, *s.tools)))]
    quote = shorten(clean(asks[0].evidence[0].text), _QUOTE, around=known)
    return Row(f"{', '.join(s.name for s in skills)}: “{quote}”", f"line {line}")


def _years(decoded: Decoding) -> Part | None:
    years = decoded.years
    if years is None:
        return None
    verdict = "realistic" if years.realistic else "not realistic"
    rows = [Row(f"{verdict}: {years.why}", count(years.asked, "year"), years.sources)]
    return part("years", "Experience", ("", rows))


def _pay(decoded: Decoding, catalogue: Catalogue, verbose: bool) -> Part | None:
    pay = decoded.pay
    if pay is None:
        return None
    beside = [name for name, on in (("equity", pay.equity), ("bonus", pay.bonus)) if on]
    named = [Row(_sum(named)) for named in pay.named]
    if beside:
        named.append(Row(f"and {listed(beside)}, without a sum"))
    shown = pay.conflicts if verbose else pay.conflicts[:_CONFLICTS]
    conflicts = [_conflict(conflict) for conflict in shown]
    if left := len(pay.conflicts) - len(shown):
        conflicts.append(Row(f"{count(left, 'more conflict')} of the sources, with -v"))
    return part(
        "pay",
        "Pay",
        ("The ad names", named),
        (
            f"What the sources say, {_LEVELS[pay.level]}",
            (_band(b, catalogue) for b in pay.beside),
        ),
        ("Side by side, not averaged", conflicts),
        ("How to read it", [Row(pay.remark)]),
    )


def _sum(named: PayNamed) -> str:
    ends = [f"{end:,.0f}" for end in (named.low, named.high) if end is not None]
    ends = list(dict.fromkeys(ends))
    word = "up to " if named.low is None else "from " if named.high is None else ""
    currency = named.currency or "currency not named,"
    return (
        f"{word}{'-'.join(ends)} {currency} {_PERIODS[named.period]}, {_KINDS[named.kind]}, "
        f"line {named.line}"
    )


def _band(beside: PayBeside, catalogue: Catalogue) -> Row:
    band = beside.band
    level = "" if band.level is not PayLevel.ANY else ", all levels"
    name = catalogue.role(band.role).name
    text = f"{name}{level}, {band.date}; {band.scope}: {_STANDINGS[beside.standing]}"
    return Row(text, amount(band), (band.source,))


def _conflict(conflict: PayConflict) -> Row:
    sides = "; ".join(f"{', '.join(side.sources)}: {side.text}" for side in conflict.sides)
    named = {source for side in conflict.sides for source in side.sources}
    return Row(f"{conflict.topic}. {sides}.", "", tuple(sorted(named)))


def _advice(advice: Sequence[AdAdvice]) -> Part | None:
    groups = (
        (title, [Row(a.text, "", a.sources) for a in advice if a.audience is audience])
        for audience, title in _AUDIENCES.items()
    )
    return part("advice", "What follows", *groups)


def _sources(decoded: Decoding, catalogue: Catalogue) -> Part | None:
    named = {source for advice in decoded.advice for source in advice.sources}
    if decoded.years is not None:
        named |= set(decoded.years.sources)
    if decoded.pay is not None:
        named |= {b.band.source for b in decoded.pay.beside}
        named |= {s for c in decoded.pay.conflicts for side in c.sides for s in side.sources}
    known = sorted(named & catalogue.sources.keys())
    rows = (Row(catalogue.sources[source], source) for source in known)
    return part("sources", "Sources", ("", rows))


def _foot(decoded: Decoding) -> Iterator[str]:
    yield (
        "Read from the words of the ad alone; what an interviewer will ask may differ. Every skill "
        "with its lines: -v or --format json."
    )
    if decoded.shares:
        yield (
            f"The role in full: gapfit roles {decoded.shares[0].role}. Your fit for this very ad: "
            "gapfit fit RESUME.pdf --job JOB"
        )
