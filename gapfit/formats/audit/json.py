"""Audits for machines; ``schema/audit.v1.json`` and ``schema/outcomes.v1.json`` describe them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapfit.datamodels import (
    GroupOutcome,
    Interval,
    Manifest,
    Outcomes,
    ResumeAudit,
    Shift,
    Skipped,
)
from gapfit.formats.json import dump_indented

SCHEMA_VERSION = 1
_DIGITS = 4


def render(audits: Sequence[ResumeAudit], skipped: Sequence[Skipped], made: Manifest) -> str:
    """Return the audits of resumes as indented JSON, ending in a newline."""
    return dump_indented(
        {
            "schema_version": SCHEMA_VERSION,
            "gapfit_version": made.gapfit_version,
            "manifest": {
                "model": made.model,
                "model_sha256": made.model_sha256,
                "profiles_sha256": made.profiles_sha256,
            },
            "resumes": [_resume(audit) for audit in audits],
            "skipped": [
                {"source": one.source, "code": one.code, "message": one.message} for one in skipped
            ],
        }
    )


def _resume(audit: ResumeAudit) -> dict[str, Any]:
    return {
        "source": audit.source,
        "input_sha256": audit.manifest.input_sha256,
        "shifts": [_shift(shift) for shift in audit.shifts],
        "untried": [{"trait": one.trait.value, "reason": one.reason} for one in audit.untried],
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "trait": shift.trait.value,
        "variants": shift.variants,
        "points": round(shift.points, _DIGITS),
        "role": shift.role or None,
        "variant": shift.label or None,
        "overlap": round(shift.overlap, _DIGITS),
        "bound": shift.bound,
        "exceeded": shift.exceeded,
    }


def render_outcomes(found: Outcomes) -> str:
    """Return outcomes by group as indented JSON, ending in a newline."""
    return dump_indented(
        {
            "schema_version": SCHEMA_VERSION,
            "source": found.source,
            "input_sha256": found.input_sha256,
            "measure": found.measure,
            "column": found.column,
            "people": found.people,
            "median": found.median,
            "tables": [
                {
                    "columns": list(table.columns),
                    "unknown": table.unknown,
                    "groups": [_group(one) for one in table.groups],
                }
                for table in found.tables
            ],
            "bad_rows": [{"row": row.row, "reason": row.reason} for row in found.bad_rows],
        }
    )


def _group(one: GroupOutcome) -> dict[str, Any]:
    return {
        "values": list(one.values),
        "people": one.people,
        "successes": one.successes,
        "rate": round(one.rate, _DIGITS),
        "rate_interval": _interval(one.rate_interval),
        "ratio": None if one.ratio is None else round(one.ratio, _DIGITS),
        "ratio_interval": None if one.ratio_interval is None else _interval(one.ratio_interval),
        "share": round(one.share, _DIGITS),
        "small": one.small,
        "below_four_fifths": one.below_four_fifths,
        "surely_below": one.surely_below,
    }


def _interval(found: Interval) -> list[float]:
    return [round(found.low, _DIGITS), round(found.high, _DIGITS)]
