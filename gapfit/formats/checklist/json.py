"""The versioned JSON checklist; ``gapfit/formats/schema/checklist.v1.json`` describes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gapfit.datamodels import (
    Checklist,
    ChecklistItem,
    Effort,
    Gain,
    Project,
    Week,
)
from gapfit.formats.json import dump_indented, warning_as_dict

SCHEMA_VERSION = 1

_POINTS = 2


def render(checklist: Checklist) -> str:
    """Return the checklist as indented JSON, ending in a newline."""
    made = checklist.manifest
    now, then = checklist.fits
    pace = checklist.pace
    return dump_indented(
        {
            "schema_version": SCHEMA_VERSION,
            "gapfit_version": made.gapfit_version,
            "manifest": {
                "model": made.model,
                "model_sha256": made.model_sha256,
                "profiles_sha256": made.profiles_sha256,
                "learning_sha256": checklist.learning_sha256,
                "input_sha256": made.input_sha256,
            },
            "warnings": [warning_as_dict(warning) for warning in checklist.warnings],
            "role": checklist.role,
            "fit": {"now": round(now, 1), "then": round(then, 1)},
            "gains": _gains(checklist.gains),
            "pace": {
                "hours_per_week": pace.hours,
                "weeks": pace.weeks,
                "start": None if pace.start is None else pace.start.isoformat(),
            },
            "hours": {"planned": checklist.hours, **_effort(checklist.effort)},
            "projects": [_project(project) for project in checklist.projects],
            "items": [_item(entry) for entry in checklist.items],
            "weeks": [_week(week) for week in checklist.weeks],
            "left": [gap.skill for gap in checklist.left],
            "done": {
                "items": sorted(checklist.done.items),
                "skills": sorted(checklist.done.skills),
                "criteria": sorted(checklist.done.criteria),
            },
        }
    )


def _effort(effort: Effort | None) -> dict[str, int]:
    low, high = (0, 0) if effort is None else (effort.low, effort.high)
    return {"low": low, "high": high}


def _gains(gains: Sequence[Gain]) -> list[dict[str, Any]]:
    return [{"role": gain.role, "points": round(gain.points, _POINTS)} for gain in gains]


def _project(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "title": project.title,
        "outcome": project.outcome,
        "setup": project.setup,
        "setup_hours": _effort(project.setup_effort),
        "sources": list(project.sources),
    }


def _item(entry: ChecklistItem) -> dict[str, Any]:
    item = entry.item
    return {
        "id": item.id,
        "project": entry.project,
        "title": item.title,
        "build": item.build,
        "done_when": list(item.done_when),
        "hours": {"planned": item.effort.planned, **_effort(item.effort)},
        "weeks": {"first": entry.first_week, "last": entry.last_week},
        "skills": [
            {"id": raised.skill, "before": raised.before.label, "after": raised.after.label}
            for raised in entry.raises
        ],
        "gains": _gains(entry.gains),
        "why": entry.why,
        "needed_by": list(entry.needed_by),
        "resume_line": item.resume_line,
        "sources": list(item.sources),
    }


def _week(week: Week) -> dict[str, Any]:
    return {
        "number": week.number,
        "starts": None if week.starts is None else week.starts.isoformat(),
        "work": [
            {"project": block.project, "item": block.item, "hours": block.hours}
            for block in week.blocks
        ],
    }
