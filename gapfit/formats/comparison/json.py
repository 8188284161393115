"""The versioned JSON comparison; ``gapfit/formats/schema/compare.v1.json`` describes it."""

from __future__ import annotations

from typing import Any

from gapfit.datamodels import (
    Analysis,
    Comparison,
    FitChange,
    GapChange,
    LineChange,
    RoleFit,
    SkillChange,
    SkillFinding,
    Statement,
)
from gapfit.formats.json import dump_indented, evidence_as_dict, warning_as_dict

SCHEMA_VERSION = 1

_SHARE = 3
_POINTS = 2


def render(comparison: Comparison) -> str:
    """Return the comparison as indented JSON, ending in a newline."""
    made = comparison.after.manifest
    return dump_indented(
        {
            "schema_version": SCHEMA_VERSION,
            "gapfit_version": made.gapfit_version,
            "manifest": {
                "model": made.model,
                "model_sha256": made.model_sha256,
                "profiles_sha256": made.profiles_sha256,
            },
            "same": comparison.same,
            "versions": comparison.versions,
            "common": round(comparison.common, _SHARE),
            "before": _side(comparison.before),
            "after": _side(comparison.after),
            "roles": [_role(change) for change in comparison.fits],
            "skills": [_skill(change) for change in comparison.skills],
            "gaps": [_gap(change) for change in comparison.gaps],
            "lines": (
                None if comparison.lines is None else [_line(change) for change in comparison.lines]
            ),
        }
    )


def _side(analysis: Analysis) -> dict[str, Any]:
    resume = analysis.resume
    return {
        "input_sha256": analysis.manifest.input_sha256,
        "pages": resume.pages,
        "language": resume.language,
        "warnings": [warning_as_dict(warning) for warning in resume.warnings],
        "gaps": [gap.skill for gap in analysis.gaps],
    }


def _role(change: FitChange) -> dict[str, Any]:
    parts = [(part.skill, round(part.points, _POINTS)) for part in change.parts]
    return {
        "id": change.role,
        "before": _fit(change.before),
        "after": _fit(change.after),
        "points": round(change.points, _POINTS),
        "parts": [{"skill": skill, "points": points} for skill, points in parts if points],
    }


def _fit(fit: RoleFit) -> dict[str, Any]:
    note = {"note": fit.note} if fit.note else {}
    return {"fit": round(fit.fit, _POINTS), "rank": fit.rank, **note}


def _skill(change: SkillChange) -> dict[str, Any]:
    return {
        "id": change.skill,
        "area": change.after.area,
        "change": change.turn.value,
        "before": _finding(change.before),
        "after": _finding(change.after),
    }


def _finding(finding: SkillFinding) -> dict[str, Any]:
    return {
        "level": finding.level.label,
        "confidence": round(finding.confidence, _SHARE),
        "evidence": [evidence_as_dict(line) for line in finding.evidence],
    }


def _gap(change: GapChange) -> dict[str, Any]:
    return {
        "skill": change.skill,
        "area": change.area,
        "change": change.turn.value,
        "before": change.before,
        "after": change.after,
    }


def _line(change: LineChange) -> dict[str, Any]:
    return {
        "change": change.turn.value,
        "before": None if change.before is None else _statement(change.before),
        "after": None if change.after is None else _statement(change.after),
        "effects": [
            {"role": shift.role, "points": round(shift.points, _POINTS)} for shift in change.shifts
        ],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "page": statement.page,
        "line": statement.line,
        "section": statement.section.value,
        "text": statement.text,
    }
