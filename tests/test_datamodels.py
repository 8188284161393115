"""The nouns: frozen, looked up by id, ordered where order is used."""

from __future__ import annotations

import dataclasses
import inspect

import builders
import pytest

from gapfit import datamodels
from gapfit.datamodels import Band, Level

NOUNS = [
    member
    for _, member in inspect.getmembers(datamodels, inspect.isclass)
    if dataclasses.is_dataclass(member)
]


def test_there_are_nouns() -> None:
    assert {"Page", "Statement", "Skill", "Role", "Analysis"} <= {noun.__name__ for noun in NOUNS}


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_frozen_and_documented(noun: type) -> None:
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert hasattr(noun, "__slots__")
    assert noun.__doc__
    assert not noun.__doc__.startswith(f"{noun.__name__}(")  # the one dataclass makes up


def test_the_catalogue_finds_by_id() -> None:
    catalogue = builders.a_catalogue()
    assert catalogue.skill("rag").name == "Retrieval-augmented generation"
    assert catalogue.role("ml-engineer").name == "ML Engineer"
    assert catalogue.area("evals").overlap


@pytest.mark.parametrize("find", ["skill", "role", "area"])
def test_an_unknown_id_is_a_key_error(find: str) -> None:
    with pytest.raises(KeyError, match="no-such"):
        getattr(builders.a_catalogue(), find)("no-such")


def test_levels_are_in_order() -> None:
    assert list(Level) == sorted(Level)
    assert [level.label for level in Level] == ["absent", "mentioned", "used", "owned"]


def test_bands_are_the_four_of_the_profiles() -> None:
    assert {band.value for band in Band} == {"core", "common", "occasional", "not-owned"}
