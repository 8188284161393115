"""The versioned JSON of a decoded ad; ``gapfit/formats/schema/decode.v1.json`` describes it."""

from __future__ import annotations

import dataclasses
from typing import Any

from gapfit.datamodels import AdQuote, Decoding, PayNamed, PayOffer, SkillAsk, YearsAsked
from gapfit.formats.json import dump_indented

SCHEMA_VERSION = 1


def render(decoded: Decoding) -> str:
    """Return the decoded ad as indented JSON, ending in a newline."""
    return dump_indented(as_dict(decoded))


def as_dict(decoded: Decoding) -> dict[str, Any]:
    """Return the decoded ad as plain dicts and lists."""
    return {
        "schema_version": SCHEMA_VERSION,
        "manifest": dataclasses.asdict(decoded.manifest),
        "title": decoded.title,
        "title_role": decoded.title_role,
        "roles": [{"id": s.role, "share": s.share} for s in decoded.shares],
        "dominant": decoded.dominant,
        "mixed": decoded.mixed,
        "title_disagrees": decoded.title_disagrees,
        "not_ai": decoded.not_ai,
        "skills": [_skill(ask) for ask in decoded.skills],
        "years": None if decoded.years is None else _years(decoded.years),
        "pay": None if decoded.pay is None else _pay(decoded.pay),
        "advice": [
            {"for": a.audience.value, "text": a.text, "source": ", ".join(a.sources)}
            for a in decoded.advice
        ],
    }


def _skill(ask: SkillAsk) -> dict[str, Any]:
    return {"id": ask.skill, "need": ask.need.value, "evidence": _quotes(ask.evidence)}


def _quotes(quotes: tuple[AdQuote, ...]) -> list[dict[str, Any]]:
    return [{"line": quote.line, "text": quote.text} for quote in quotes]


def _years(years: YearsAsked) -> dict[str, Any]:
    return {"asked": years.asked, "realistic": years.realistic, "why": years.why}


def _pay(pay: PayOffer) -> dict[str, Any]:
    return {
        "named": [_named(named) for named in pay.named],
        "equity": pay.equity,
        "bonus": pay.bonus,
        "level": pay.level.value,
        "bands": [
            {**dataclasses.asdict(beside.band), "standing": beside.standing.value}
            for beside in pay.beside
        ],
        "conflicts": [dataclasses.asdict(conflict) for conflict in pay.conflicts],
        "remark": pay.remark,
    }


def _named(named: PayNamed) -> dict[str, Any]:
    return {
        "low": named.low,
        "high": named.high,
        "currency": named.currency or None,
        "period": named.period.value,
        "kind": named.kind.value,
        "line": named.line,
        "text": named.text,
    }
