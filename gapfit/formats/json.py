"""The versioned JSON result; ``gapfit/formats/schema/fit.v1.json`` describes it."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from gapfit.datamodels import (
    Advice,
    Analysis,
    Catalogue,
    Evidence,
    Fact,
    Gap,
    Guide,
    Market,
    ParseWarning,
    Pay,
    Resume,
    Role,
    RoleFit,
    SkillFinding,
)

SCHEMA_VERSION = 1

# Digits kept: enough for every use, few enough that no rounding noise shows.
_PROBABILITY = 3
_POINTS = 2
_CREDIT = 4

# json.dumps escapes only U+0000-U+001F. DEL and the C1 controls would reach a terminal as they
# are, marks of direction would turn around what is read there, invisible signs would hide in it,
# and a lone surrogate could not be written at all. Escaped, the value stays the same.
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def render(analysis: Analysis) -> str:
    """Return the analysis as indented JSON, ending in a newline."""
    return dump_indented(as_dict(analysis))


def render_line(analysis: Analysis) -> str:
    """Return the same object on one line, as bulk runs keep it."""
    return dump_line(as_dict(analysis))


def with_source(line: str, source: str) -> str:
    """Return a line of ``render_line`` with the name of its input as first key."""
    return f"{dump_line({'source': source})[:-2]},{line[1:]}"


def dump_line(value: dict[str, Any]) -> str:
    """Return an object as JSON on one line, ending in a newline."""
    return _dump(value, separators=(",", ":"))


def dump_indented(value: dict[str, Any]) -> str:
    """Return an object as indented JSON, ending in a newline."""
    return _dump(value, indent=2)


def render_roles(
    catalogue: Catalogue,
    roles: Sequence[Role],
    guides: Mapping[str, Guide],
    market: Market,
    pay: Pay,
) -> str:
    """Return role profiles with their guides as indented JSON, ending in a newline."""
    return dump_indented(
        {
            "schema_version": SCHEMA_VERSION,
            "profiles_sha256": catalogue.sha256,
            "roles": [
                {**_profile(role), **_guide(guides.get(role.id)), "pay": _pay(role.id, pay)}
                for role in roles
            ],
            "market": dataclasses.asdict(market),
            "sources": dict(catalogue.sources),
        }
    )


def _dump(value: Any, **layout: Any) -> str:
    """JSON with letters of every script as they are, and what is not to be seen escaped."""
    text = json.dumps(value, ensure_ascii=False, **layout)
    return _UNPRINTABLE.sub(lambda m: json.dumps(m[0])[1:-1], text) + "\n"


def as_dict(analysis: Analysis) -> dict[str, Any]:
    """Return the analysis as plain dicts and lists."""
    made = analysis.manifest
    return {
        "schema_version": SCHEMA_VERSION,
        "gapfit_version": made.gapfit_version,
        "manifest": {
            "model": made.model,
            "model_sha256": made.model_sha256,
            "profiles_sha256": made.profiles_sha256,
            "input_sha256": made.input_sha256,
        },
        "resume": _resume(analysis.resume),
        "skills": [_skill(finding) for finding in analysis.skills],
        "roles": [_role(fit) for fit in analysis.roles],
        "gaps": [_gap(gap) for gap in analysis.gaps],
        "advice": [_advice(advice) for advice in analysis.advice],
    }


def _resume(resume: Resume) -> dict[str, Any]:
    return {
        "pages": resume.pages,
        "statements": len(resume.statements),
        "language": resume.language,
        "warnings": [warning_as_dict(warning) for warning in resume.warnings],
    }


def warning_as_dict(warning: ParseWarning) -> dict[str, Any]:
    """Return a warning as every result writes it."""
    place = {} if warning.page is None else {"page": warning.page}
    return {"code": warning.code, "message": warning.message, **place}


def _skill(finding: SkillFinding) -> dict[str, Any]:
    return {
        "id": finding.skill,
        "area": finding.area,
        "level": finding.level.label,
        "confidence": round(finding.confidence, _PROBABILITY),
        "credit": round(finding.credit, _CREDIT),
        "evidence": [evidence_as_dict(evidence) for evidence in finding.evidence],
    }


def evidence_as_dict(evidence: Evidence) -> dict[str, Any]:
    """Return a line of evidence as every result writes it."""
    return {
        "page": evidence.page,
        "line": evidence.line,
        "section": evidence.section.value,
        "text": evidence.text,
        "similarity": round(evidence.similarity, _PROBABILITY),
    }


def _role(fit: RoleFit) -> dict[str, Any]:
    note = {"note": fit.note} if fit.note else {}
    return {
        "id": fit.role,
        "fit": round(fit.fit, 1),
        "rank": fit.rank,
        "contributions": [
            {
                "skill": part.skill,
                "points": round(part.points, _POINTS),
                "possible": round(part.possible, _POINTS),
            }
            for part in fit.contributions
        ],
        "missing": list(fit.missing),
        **note,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "skill": gap.skill,
        "area": gap.area,
        "priority": round(gap.priority, _PROBABILITY),
        "level": gap.level.label,
        "gains": [{"role": g.role, "points": round(g.points, _POINTS)} for g in gap.gains],
        "why": gap.why,
        "occasional": gap.occasional,
    }


def _advice(advice: Advice) -> dict[str, Any]:
    return {
        "topic": advice.topic.value,
        "text": advice.text,
        "details": list(advice.details),
        "roles": list(advice.roles),
        "skills": list(advice.skills),
        "evidence": [evidence_as_dict(evidence) for evidence in advice.evidence],
        "sources": list(advice.sources),
    }


def _profile(role: Role) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": role.name,
        "extends": role.extends,
        "headline": role.headline,
        "definition": role.definition,
        "status": role.status,
        "modern_wording": role.modern_wording,
        "owns": _facts(role.owns),
        "does_not_own": _facts(role.does_not_own),
        "languages": _facts(role.languages),
        "background": _facts(role.background),
        "gate": dict(role.gate),
        "stack": [
            {
                "skill": item.skill,
                "band": item.band.value,
                "weight": item.weight,
                "sources": list(item.sources),
            }
            for item in role.stack
        ],
        "conflicts": list(role.conflicts),
        "basis": role.basis,
        "sources": list(role.sources),
    }


def _guide(guide: Guide | None) -> dict[str, Any]:
    if guide is None:
        return {}
    return {"guide": _without(dataclasses.asdict(guide), "role")}


def _pay(role: str, pay: Pay) -> dict[str, Any]:
    """What is known of one role's pay; the figures are kept apart, as their sources are."""
    conflicts = [dataclasses.asdict(c) for c in pay.conflicts if role in c.roles]
    return {
        "bands": [_without(dataclasses.asdict(band), "role") for band in pay.of(role)],
        "remarks": [dataclasses.asdict(r.fact) for r in pay.remarks if r.role == role],
        "conflicts": conflicts,
    }


def _without(value: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in value.items() if k != key}


def _facts(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(fact) for fact in facts]
