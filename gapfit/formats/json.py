"""The versioned JSON result; ``gapfit/formats/schema/fit.v1.json`` describes it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from gapfit.datamodels import (
    Analysis,
    Catalogue,
    Evidence,
    Fact,
    Gap,
    ParseWarning,
    Resume,
    Role,
    RoleFit,
    SkillFinding,
)

SCHEMA_VERSION = 1

# Digits kept: enough for every use, few enough that no rounding noise shows.
_PROBABILITY = 3
_POINTS = 2

# json.dumps escapes only U+0000-U+001F. DEL and the C1 controls would reach a terminal as they
# are, and a lone surrogate could not be written at all.
_UNPRINTABLE = re.compile("[\x7f-\x9f\ud800-\udfff]")


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


def render_roles(catalogue: Catalogue, roles: Sequence[Role]) -> str:
    """Return role profiles as indented JSON, ending in a newline."""
    return dump_indented(
        {
            "schema_version": SCHEMA_VERSION,
            "profiles_sha256": catalogue.sha256,
            "roles": [_profile(role) for role in roles],
        }
    )


def _dump(value: Any, **layout: Any) -> str:
    """JSON with letters of every script as they are, and control characters escaped."""
    text = json.dumps(value, ensure_ascii=False, **layout)
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


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
    }


def _resume(resume: Resume) -> dict[str, Any]:
    return {
        "pages": resume.pages,
        "statements": len(resume.statements),
        "language": resume.language,
        "warnings": [_warning(warning) for warning in resume.warnings],
    }


def _warning(warning: ParseWarning) -> dict[str, Any]:
    place = {} if warning.page is None else {"page": warning.page}
    return {"code": warning.code, "message": warning.message, **place}


def _skill(finding: SkillFinding) -> dict[str, Any]:
    return {
        "id": finding.skill,
        "area": finding.area,
        "level": finding.level.label,
        "confidence": round(finding.confidence, _PROBABILITY),
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
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


def _facts(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [{"text": fact.text, "sources": list(fact.sources)} for fact in facts]
