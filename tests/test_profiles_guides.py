"""Guides: each role has one, each fact its sources, and a wrong file says what is wrong with it."""

from __future__ import annotations

import dataclasses
import itertools
import re
from pathlib import Path

import pytest

from gapfit import profiles
from gapfit.datamodels import Employer, Guide
from gapfit.errors import ProfileError
from gapfit.profiles.guides import FACTS, cited, load_guides

CATALOGUE = profiles.load()
GUIDES = load_guides(CATALOGUE)


def test_every_role_and_variant_has_a_guide() -> None:
    assert list(GUIDES) == sorted(role.id for role in CATALOGUE.roles)
    assert all(guide.standing and guide.task for guide in GUIDES.values())


def test_fact_sections_are_all_the_sections_of_facts() -> None:
    others = {"role", "tools", "workplaces", "contexts", "figures"}
    assert {f.name for f in dataclasses.fields(Guide)} == {*FACTS, *others}


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES.keys())
def test_everything_said_has_a_source(guide: Guide) -> None:
    told = [fact for key in FACTS for fact in getattr(guide, key)]
    for entry in (*told, *guide.tools, *guide.workplaces, *guide.contexts, *guide.figures):
        assert entry.sources
        assert set(entry.sources) <= set(CATALOGUE.sources)
        assert list(entry.sources) == sorted(set(entry.sources))
    assert set(cited(guide)) <= {"000", "001", "002", "003", "004"}


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES.keys())
def test_figures_are_dated_and_say_what_they_count(guide: Guide) -> None:
    for figure in guide.figures:
        assert re.search(r"\b202\d\b", figure.date)
        assert re.search(r"\d", figure.value)
        assert len(figure.basis.split()) > 3


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES.keys())
def test_a_guide_repeats_neither_itself_nor_the_role(guide: Guide) -> None:
    role = CATALOGUE.role(guide.role)
    told = [fact.text for key in FACTS if key != "titles" for fact in getattr(guide, key)]
    known = [f.text for f in (*role.owns, *role.does_not_own, *role.languages, *role.background)]
    for one, other in itertools.combinations([*told, *known], 2):
        assert one.casefold() != other.casefold()


def test_what_only_one_employer_means_is_said_once() -> None:
    for guide in GUIDES.values():
        kinds = [context.employer for context in guide.contexts]
        assert len(kinds) == len(set(kinds))


def test_core_titles_are_told_in_full_and_thin_ones_stay_thin() -> None:
    full = GUIDES["ai-engineer"]
    assert [f.name for f in dataclasses.fields(Guide) if not getattr(full, f.name)] == ["prospects"]
    assert GUIDES["ai-agent-engineer"] == Guide(
        "ai-agent-engineer",
        standing=GUIDES["ai-agent-engineer"].standing,
        task=GUIDES["ai-agent-engineer"].task,
    )
    assert all(fact.inferred for fact in GUIDES["ai-agent-engineer"].task)
    assert not GUIDES["ai-product-manager"].interview


# ---------------------------------------------------------------- files of one's own


def own(tmp_path: Path, text: str, name: str = "ai-engineer.toml") -> Path:
    (tmp_path / "guides").mkdir(exist_ok=True)
    (tmp_path / "guides" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_guide_of_ones_own_replaces_the_built_in_one(tmp_path: Path) -> None:
    folder = own(
        tmp_path,
        'role = "ai-engineer"\n[[workplaces]]\nemployers = ["lab"]\ntext = "Here"\n'
        'sources = ["ads"]\n',
    )
    guides = load_guides(CATALOGUE, folder)
    assert guides["ai-engineer"].workplaces[0].employers == (Employer.LAB,)
    assert not guides["ai-engineer"].standing
    assert guides["ml-engineer"] == GUIDES["ml-engineer"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('role = "ai-enginer"', "unknown role 'ai-enginer'. Did you mean 'ai-engineer'?"),
        ('role = "ai-engineer"\nday = [{ text = "x", sources = ["9"] }]', "unknown source '9'"),
        ('role = "ai-engineer"\nday = [{ text = "x", sources = [] }]', "Add at least one"),
        ('role = "ai-engineer"\nday = [{ text = " ", sources = ["000"] }]', "no blank text"),
        ('role = "ai-engineer"\ndays = []', "Remove it or correct its spelling"),
        ("day = []", "missing required field `role`"),
        ('role = "ai-engineer"\n[[figures]]\nwhat = "x"\nvalue = "1"', "missing required field"),
        ('role = "ai-engineer', "not valid TOML"),
    ],
)
def test_a_wrong_guide_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        load_guides(CATALOGUE, own(tmp_path, text))
    assert str(caught.value).startswith(f"{tmp_path / 'guides' / 'ai-engineer.toml'}: ")
    assert message in str(caught.value)


def test_two_guides_for_one_role_are_refused(tmp_path: Path) -> None:
    own(tmp_path, 'role = "ai-engineer"', "a.toml")
    with pytest.raises(ProfileError, match=r"b\.toml: guide: 'ai-engineer' appears twice"):
        load_guides(CATALOGUE, own(tmp_path, 'role = "ai-engineer"', "b.toml"))
