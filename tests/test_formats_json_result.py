"""A JSON result read back: what it says, and what is refused."""

from __future__ import annotations

import json as stdlib_json
from typing import Any

import builders
import pytest
from hypothesis import given, strategies as st

from gapfit.datamodels import ParseWarning
from gapfit.errors import UnreadableInput
from gapfit.formats import json, json_result

CATALOGUE = builders.a_catalogue()
WARNING = ParseWarning("little-text", "Few words.", 1)


def result(**changes: Any) -> dict[str, Any]:
    resume = builders.a_resume(warnings=[WARNING])
    value = stdlib_json.loads(json.render(builders.an_analysis(CATALOGUE, resume=resume)))
    return {**value, **changes}


def read(value: object) -> Any:
    return json_result.read(stdlib_json.dumps(value).encode(), "old.json")


def test_what_was_found_is_read_back() -> None:
    analysis = builders.an_analysis(CATALOGUE, resume=builders.a_resume(warnings=[WARNING]))
    back = json_result.read(json.render(analysis).encode(), "old.json")
    assert back.manifest == analysis.manifest
    assert (back.resume.pages, back.resume.language) == (2, "en")
    assert back.resume.warnings == (WARNING,)
    for found, original in zip(back.skills, analysis.skills, strict=True):
        assert (found.skill, found.area, found.level) == (
            original.skill,
            original.area,
            original.level,
        )
        assert found.credit == pytest.approx(original.credit, abs=1e-4)
        assert found.confidence == pytest.approx(original.confidence, abs=1e-3)
        assert found.evidence == original.evidence


def test_its_resume_holds_the_lines_of_evidence_in_their_order() -> None:
    lines = read(result()).resume.statements
    assert [line.text for line in lines] == [line for line in builders.LINES if line != "Python"]
    assert [line.line for line in lines] == [1, 2, 3, 4]


def test_a_line_of_a_bulk_run_is_a_result() -> None:
    line = json.with_source(json.render_line(builders.an_analysis(CATALOGUE)), "pool/a.pdf")
    assert len(json_result.read(line.encode(), "a.json").skills) == len(CATALOGUE.skills)


@pytest.mark.parametrize(
    "value",
    [
        {},
        result(schema_version=2),
        result(skills=[{"id": "rag"}]),
        result(skills="all"),
        {k: v for k, v in result().items() if k != "manifest"},
        result(resume={"pages": 0, "language": "en", "warnings": []}),
        result(skills=[{**result()["skills"][0], "credit": 1.5}]),
        result(skills=[{**result()["skills"][0], "level": "mastered"}]),
    ],
)
def test_what_is_no_result_is_refused(value: object) -> None:
    with pytest.raises(UnreadableInput, match=r"^old\.json: is no result") as error:
        read(value)
    assert error.value.code == "not-a-result"
    assert "gapfit fit RESUME.pdf --format json" in str(error.value)


@given(st.binary(max_size=40))
def test_no_bytes_crash_it(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        json_result.read(b"{" + data, "old.json")


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"{}", True), (b" \n{", True), (b"%PDF-1.7 {", False), (b"", False), (b"[1]", False)],
)
def test_json_is_told_by_its_first_sign(data: bytes, expected: bool) -> None:
    assert json_result.is_json(data) is expected
