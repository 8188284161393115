"""One JSON object per input (``gapfit/formats/schema/bulk.v1.json``), and the pool as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gapfit.datamodels import AreaLack, Cohort, Level, Summary
from gapfit.formats import json
from gapfit.formats.bulk.rows import DUPLICATE, SCORED, Row


def render(rows: Iterable[Row]) -> Iterator[str]:
    """Yield one line per input.

    A candidate's is the object of ``gapfit fit --format json`` with its "source"; a duplicate's
    names the source it repeats, and a skipped input's says why.
    """
    for row in rows:
        if row.status == SCORED and row.candidate is not None:
            yield json.with_source(row.candidate.line, row.source)
        elif row.status == DUPLICATE:
            yield json.dump_line(_named(row) | {"duplicate_of": row.duplicate_of})
        else:
            why = {"code": row.code, "message": row.message}
            yield json.dump_line(_named(row) | {"skipped": why})


def _named(row: Row) -> dict[str, Any]:
    return {"source": row.source, "schema_version": json.SCHEMA_VERSION}


def render_cohort(cohort: Cohort, summary: Summary) -> str:
    """Return the pool as indented JSON (``gapfit/formats/schema/cohort.v1.json``)."""
    return json.dump_indented(
        {
            "schema_version": json.SCHEMA_VERSION,
            "role": cohort.role or None,
            "inputs": summary.inputs,
            "duplicates": summary.duplicates,
            "skipped": summary.skipped,
            "candidates": cohort.candidates,
            "areas": [_area(area) for area in cohort.areas],
        }
    )


def _area(area: AreaLack) -> dict[str, Any]:
    return {
        "id": area.area,
        "overlap": area.overlap,
        "skills": [
            {
                "id": lack.skill,
                "need": round(lack.need, 3),
                "lack": round(lack.lack, 3),
                **{level.label: lack.counts[level] for level in Level},
            }
            for lack in area.skills
        ],
    }
