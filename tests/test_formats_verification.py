"""What differs between two results."""

from __future__ import annotations

import copy
import json as stdlib_json
from typing import Any

import builders
import pytest

from gapfit.formats import json, verification

RESULT: dict[str, Any] = stdlib_json.loads(
    json.render_line(builders.an_analysis(builders.a_catalogue()))
)


def changed(change: Any) -> dict[str, Any]:
    other = copy.deepcopy(RESULT)
    change(other)
    return other


def places(before: dict[str, Any]) -> list[str]:
    return [difference.place for difference in verification.values(before, RESULT)]


def test_equal_results_differ_in_nothing() -> None:
    assert verification.made_with(RESULT, RESULT) == []
    assert places(RESULT) == []


def test_the_name_of_an_input_is_no_difference() -> None:
    assert places(RESULT | {"source": "a.pdf"}) == []


@pytest.mark.parametrize(
    "key, name",
    [
        ("model", "model"),
        ("model_sha256", "model weights"),
        ("profiles_sha256", "profiles"),
        ("input_sha256", "resume file"),
    ],
)
def test_what_it_was_made_with_is_named(key: str, name: str) -> None:
    before = changed(lambda result: result["manifest"].update({key: "other"}))
    (difference,) = verification.made_with(before, RESULT)
    assert (difference.place, difference.before) == (name, "'other'")
    assert places(before) == []


def test_another_version() -> None:
    (difference,) = verification.made_with(RESULT | {"gapfit_version": "0.0.1"}, RESULT)
    assert str(difference).startswith("gapfit version: '0.0.1' then, ")


def test_a_value_is_found_by_its_place() -> None:
    def worse(result: dict[str, Any]) -> None:
        result["roles"][0]["fit"] = 1.0
        result["skills"][2]["level"] = "owned?"
        result["gaps"].pop()

    found = places(changed(worse))
    assert f"roles[{RESULT['roles'][0]['id']}].fit" in found
    assert f"skills[{RESULT['skills'][2]['id']}].level" in found
    assert any(place.startswith("gaps[") for place in found)


def test_strange_results_are_different_not_a_crash() -> None:
    assert places({"manifest": [], "roles": 3, "skills": None, "more": {"a": [1]}})
    made = verification.made_with({"manifest": []}, RESULT)
    assert "input" not in str(made[0].before)


def test_long_and_strange_text_is_shown_in_one_short_line() -> None:
    before = RESULT | {"advice": "\x1b[2J" + "word " * 500}
    (difference,) = verification.values(before, RESULT)
    assert "\x1b" not in str(difference)
    assert len(str(difference)) < 200
