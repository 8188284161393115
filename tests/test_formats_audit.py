"""Audits for people and machines: golden files, schemas, text of unknown origin."""

from __future__ import annotations

import json as stdlib_json
from importlib import resources
from typing import Any

import builders
import jsonschema
import pytest
from goldenfiles import check

from gapfit.audit.outcomes import Question, outcomes
from gapfit.datamodels import (
    Manifest,
    Outcomes,
    ResumeAudit,
    Shift,
    Skipped,
    Trait,
    Untried,
)
from gapfit.formats.audit import datasheet, json, text

CATALOGUE = builders.a_catalogue()
MADE = Manifest("0.1.0", "all-MiniLM-L6-v2", "a" * 64, "b" * 64, "c" * 64)
AUDITS = (
    ResumeAudit(
        "resume.pdf",
        MADE,
        (
            Shift(Trait.NAME, 12, 0.0, "", "", 1.0, 0.1),
            Shift(Trait.SCHOOL, 6, 1.84, "ml-engineer", "University of Lagos", 0.8, 1.0),
            Shift(Trait.OWN_HEADINGS, 4, 7.5, "ai-engineer", "'Where I have worked'", 1.0, 20.0),
        ),
        (Untried(Trait.YEAR, "no year was found in an education section"),),
    ),
)
SKIPPED = (Skipped("scan.pdf", "image-only", "the pages are images without text."),)
ROWS = [
    "sex,race,fit",
    *(f"Female,Black,{score}" for score in range(40, 60)),
    *(f"Female,White,{score}" for score in range(30, 70)),
    *(f"Male,Black,{score}" for score in range(50, 70)),
    *(f"Male,White,{score}" for score in range(45, 95)),
    "Female,=cmd|' /C calc'!A0,80",
    ",White,61",
    "Male,White,good",
]


def found() -> Outcomes:
    data = "\n".join(ROWS).encode()
    return outcomes(data, "results.csv", Question(("sex", "race"), score="fit"))


def validated(output: str, name: str) -> dict[str, Any]:
    file = resources.files("gapfit.formats") / "schema" / f"{name}.v1.json"
    schema = stdlib_json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    value: dict[str, Any] = stdlib_json.loads(output)
    jsonschema.validate(value, schema, jsonschema.Draft202012Validator)
    return value


def test_resumes_on_a_terminal() -> None:
    check("audit-80.txt", text.render(AUDITS, SKIPPED, CATALOGUE, width=80))


@pytest.mark.parametrize("width", [80, 100])
def test_outcomes_on_a_terminal(width: int) -> None:
    check(f"outcomes-{width}.txt", text.render_outcomes(found(), width=width))


def test_the_data_sheet() -> None:
    check("datasheet.md", datasheet.render(found(), MADE))


def test_resumes_for_machines() -> None:
    value = validated(json.render(AUDITS, SKIPPED, MADE), "audit")
    (audit,) = value["resumes"]
    assert [shift["exceeded"] for shift in audit["shifts"]] == [False, True, False]
    assert audit["shifts"][0]["role"] is None


def test_outcomes_for_machines() -> None:
    value = validated(json.render_outcomes(found()), "outcomes")
    assert [table["columns"] for table in value["tables"]] == [["sex"], ["race"], ["sex", "race"]]
    assert value["bad_rows"] == [{"row": 134, "reason": "its score is no number: 'good'"}]


def test_groups_cannot_move_the_cursor_nor_mark_up_a_sheet() -> None:
    data = b"sex,fit\n\x1b[2J<b>F</b>|x,1\nM,2\n"
    made = outcomes(data, "r.csv", Question(("sex",), score="fit"))
    assert "\x1b" not in text.render_outcomes(made)
    sheet = datasheet.render(made, MADE)
    assert "\x1b" not in sheet
    assert "<b>" not in sheet.replace("\\<b\\>", "")
