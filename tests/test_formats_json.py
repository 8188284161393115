"""The JSON results keep their contract: every one is checked against the committed schema."""

from __future__ import annotations

import json as stdlib_json
from importlib import resources
from typing import Any

import builders
import guide_builders
import jsonschema
import pytest
from goldenfiles import check

from gapfit.datamodels import Analysis, ParseWarning
from gapfit.formats import json

CATALOGUE = builders.a_catalogue()


def schema(name: str) -> dict[str, Any]:
    file = resources.files("gapfit.formats") / "schema" / name
    loaded: dict[str, Any] = stdlib_json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


def validated(output: str, name: str = "fit.v1.json") -> dict[str, Any]:
    value: dict[str, Any] = stdlib_json.loads(output)
    jsonschema.validate(value, schema(name), jsonschema.Draft202012Validator)
    return value


ANALYSES = {
    "usual": guide_builders.advised(builders.an_analysis(CATALOGUE), CATALOGUE),
    "variants": builders.an_analysis(CATALOGUE, variants=True),
    "nothing": builders.an_analysis(CATALOGUE, found={}, gaps=()),
    "warnings": builders.an_analysis(
        CATALOGUE,
        resume=builders.a_resume(
            warnings=[ParseWarning("damaged", "Mended."), ParseWarning("little-text", "So.", 1)],
            language="und",
        ),
    ),
}


@pytest.mark.parametrize("analysis", ANALYSES.values(), ids=ANALYSES.keys())
def test_every_result_fits_the_schema(analysis: Analysis) -> None:
    value = validated(json.render(analysis))
    assert stdlib_json.loads(json.render_line(analysis)) == value
    assert json.render_line(analysis).count("\n") == 1


def test_golden() -> None:
    check("fit.json", json.render(ANALYSES["usual"]))


def test_every_skill_is_there_in_catalogue_order() -> None:
    value = validated(json.render(ANALYSES["nothing"]))
    assert [s["id"] for s in value["skills"]] == [s.id for s in CATALOGUE.skills]
    assert all(s["level"] == "absent" and not s["evidence"] for s in value["skills"])


def test_points_sum_to_the_fit() -> None:
    for role in validated(json.render(ANALYSES["variants"]))["roles"]:
        points = sum(c["points"] for c in role["contributions"])
        assert points == pytest.approx(role["fit"], abs=0.05 + 0.005 * len(role["contributions"]))


def test_roles_are_best_first() -> None:
    roles = validated(json.render(ANALYSES["usual"]))["roles"]
    assert [r["rank"] for r in roles] == list(range(1, len(roles) + 1))
    assert [r["fit"] for r in roles] == sorted((r["fit"] for r in roles), reverse=True)


def test_a_closed_gate_is_noted() -> None:
    roles = {r["id"]: r for r in validated(json.render(ANALYSES["usual"]))["roles"]}
    assert roles["research-engineer"]["note"] == "gate-closed"
    assert "note" not in roles["ai-engineer"]


def test_a_warning_without_page_has_no_page() -> None:
    first, second = validated(json.render(ANALYSES["warnings"]))["resume"]["warnings"]
    assert "page" not in first
    assert second["page"] == 1


def test_odd_characters_survive_as_json() -> None:
    odd = "RAG für 10 €, \x1b[31m \x9b2J \x7f \ud800 \u2028 “quoted” 检索"
    analysis = builders.an_analysis(resume=builders.a_resume((odd, *builders.LINES[1:])))
    output = json.render(analysis)
    output.encode("utf-8")
    assert not any(c in output for c in "\x1b\x9b\x7f\ud800")
    assert "检索" in output
    skills = {s["id"]: s for s in stdlib_json.loads(output)["skills"]}
    assert skills["rag"]["evidence"][0]["text"] == odd


def test_the_schema_refuses_what_the_contract_does_not_name() -> None:
    value = stdlib_json.loads(json.render(ANALYSES["usual"]))
    value["verdict"] = "hire"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema("fit.v1.json"))


def test_role_profiles_fit_their_schema() -> None:
    value = validated(
        json.render_roles(
            CATALOGUE,
            CATALOGUE.roles,
            guide_builders.GUIDES,
            guide_builders.MARKET,
            guide_builders.PAY,
        ),
        "roles.v1.json",
    )
    assert [r["id"] for r in value["roles"]] == [r.id for r in CATALOGUE.roles]
    assert [r["id"] for r in value["roles"] if "guide" in r] == ["ai-engineer", "ml-engineer"]
    assert [len(r["pay"]["bands"]) for r in value["roles"][:2]] == [3, 0]


def test_advice_comes_with_its_lines_and_sources() -> None:
    given = validated(json.render(ANALYSES["usual"]))["advice"]
    assert {"title", "close-pair", "headline"} <= {advice["topic"] for advice in given}
    title = next(advice for advice in given if advice["topic"] == "title")
    assert {line["text"] for line in title["evidence"]} <= set(builders.LINES)
    assert title["evidence"]
    assert validated(json.render(ANALYSES["nothing"]))["advice"] == []
