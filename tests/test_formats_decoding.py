"""Views of a decoded ad, its JSON and its profile. To renew the golden files:

GAPFIT_UPDATE_GOLDEN=1 python -m pytest tests/test_formats_decoding.py
"""

from __future__ import annotations

import json as stdlib
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import builders
import job_builders
import jsonschema
import pytest
from goldenfiles import check

from gapfit import profiles
from gapfit.datamodels import ParseWarning, YearsAsked
from gapfit.decoding import as_role
from gapfit.formats import markdown, roles
from gapfit.formats.decoding import json, profile, view

CATALOGUE = builders.a_catalogue()
DECODED = job_builders.a_decoding()
NOT_AI = job_builders.a_decoding(
    shares=(), dominant=None, not_ai=True, skills=(), years=None, pay=None, advice=()
)


def shown(decoded: Any = DECODED, *, verbose: bool = False, width: int = 80) -> str:
    return roles.render(view.document(decoded, CATALOGUE, verbose=verbose), width=width)


def validate(value: Any) -> None:
    file = resources.files("gapfit.formats") / "schema" / "decode.v1.json"
    schema = stdlib.loads(file.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(value, schema, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("width", [60, 100])
def test_golden(width: int) -> None:
    check(f"decode-{width}.txt", shown(width=width))


def test_golden_markdown_and_json() -> None:
    check("decode.md", markdown.render(view.document(DECODED, CATALOGUE, verbose=True)))
    check("decode.json", json.render(DECODED))


def test_the_json_fits_the_schema_and_the_contract() -> None:
    value = json.as_dict(DECODED)
    validate(value)
    validate(json.as_dict(NOT_AI))
    assert list(value) == [
        "schema_version", "manifest", "title", "title_role", "roles", "dominant", "mixed",
        "title_disagrees", "not_ai", "skills", "years", "pay", "advice",
    ]  # fmt: skip
    assert sum(role["share"] for role in value["roles"]) == pytest.approx(1.0)
    assert set(value["advice"][0]) == {"for", "text", "source"}


def test_the_schema_refuses_what_the_contract_does_not_name() -> None:
    with pytest.raises(jsonschema.ValidationError):
        validate(json.as_dict(DECODED) | {"more": 1})


def test_a_mixed_ad_says_which_roles_lead() -> None:
    told = " ".join(shown(replace(DECODED, dominant=None)).split())
    assert "mixed: no role makes up 60 percent, AI Engineer and LLM Engineer lead" in told


def test_an_ad_of_no_ai_job_says_so() -> None:
    told = shown(NOT_AI)
    assert "no AI or ML job" in told
    assert "THE WORK IT DESCRIBES" not in told


def test_warnings_come_first() -> None:
    warned = replace(DECODED, warnings=(ParseWarning("several-ads", "Two ads."),))
    assert shown(warned).splitlines()[3] == "several-ads: Two ads."


def test_what_is_named_in_passing_is_for_those_who_ask() -> None:
    assert "in passing" not in shown()
    assert "in passing" in shown(verbose=True)


def test_realistic_years() -> None:
    years = YearsAsked(3, True, "Within reach.", (), ())
    assert "realistic: Within reach." in shown(replace(DECODED, years=years))


def test_texts_of_an_ad_are_inert() -> None:
    hostile = replace(DECODED, title="\x1b[31m[bold]*AI* Engineer")
    assert "\x1b" not in shown(hostile)
    assert "[bold]*AI* Engineer" in shown(hostile)
    assert "\\*AI\\*" in markdown.render(view.document(hostile, CATALOGUE))


def test_the_profile_is_one_that_profiles_reads(tmp_path: Path) -> None:
    catalogue = profiles.load()
    role = as_role(job_builders.a_decoding(title='A "quoted" \\ title'), catalogue, 0.3)
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "ad.toml").write_text(profile.render(role, catalogue), "utf-8")
    read = profiles.load(tmp_path).role(role.id)
    assert read.name == 'A "quoted" \\ title'
    assert read.stack == role.stack
    assert read.halfway == role.halfway
