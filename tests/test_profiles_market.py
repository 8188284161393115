"""Moves, questions and levels: what they name exists, and wrong files are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gapfit import datafiles, profiles
from gapfit.errors import ProfileError
from gapfit.profiles.market import load_market

CATALOGUE = profiles.load()
MARKET = load_market(CATALOGUE)
ROLES = {role.id for role in CATALOGUE.roles}


def test_moves_lead_from_known_to_known() -> None:
    backgrounds = {background.id for background in MARKET.backgrounds}
    for move in MARKET.moves:
        assert move.origin in backgrounds | ROLES
        assert move.target in ROLES | set(MARKET.destinations)
        assert set(move.sources) <= set(CATALOGUE.sources)
    assert backgrounds == {move.origin for move in MARKET.moves} - ROLES


def test_months_are_those_of_the_sources() -> None:
    timed = {(m.origin, m.target, m.months, m.sources) for m in MARKET.moves if m.months}
    assert timed == {
        ("software-engineer", "ai-engineer", (3, 6), ("003",)),
        ("ai-engineer", "ml-engineer", (6, 12), ("004",)),
    }


def test_every_background_but_the_first_years_can_be_recognised() -> None:
    for background in MARKET.backgrounds:
        assert bool(background.titles and background.skills) == (background.id != "early-career")


def test_questions_have_answers_that_differ() -> None:
    assert [q.position for q in MARKET.questions] == sorted(q.position for q in MARKET.questions)
    for question in MARKET.questions:
        pointed = [answer.roles for answer in question.answers]
        assert len(set(pointed)) == len(pointed)


def test_levels_rise() -> None:
    assert [level.id for level in MARKET.levels] == ["entry", "mid", "senior", "staff"]
    years = [level.years for level in MARKET.levels]
    assert years == [(0, 2), (2, 5), (5, None), None]
    assert MARKET.llm_since < MARKET.as_of


# ---------------------------------------------------------------- wrong files


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("moves", 'to = "llm-engineer"', 'to = "llm-enginer"', "unknown role or destination"),
        ("moves", 'from = "voice"', 'from = "voices"', "unknown origin 'voices'. Did you mean"),
        ("moves", "months = [3, 6]", "months = [6, 3]", "Give the least first"),
        ("moves", 'skills = ["customer-delivery"]', 'skills = ["x"]', "unknown skill 'x'"),
        ("moves", 'id = "staff-principal"', 'id = "voice"', "'voice' appears twice"),
        ("questions", 'roles = ["mlops-llm-engineer"]', 'roles = ["x"]', "unknown role 'x'"),
        ("questions", 'sources = ["001"]', 'sources = ["9"]', "unknown source '9'"),
        ("levels", 'as_of = "2026-05"', 'as_of = "May"', "matching regex"),
        ("levels", 'llm_areas = ["llm-apps"', 'llm_areas = ["llm"', "unknown area 'llm'"),
        ("levels", 'id = "mid"', 'id = "entry"', "'entry' appears twice"),
        ("levels", '"system-design"', '"system-desing"', "Did you mean 'system-design'?"),
    ],
)
def test_wrong_files_are_refused(
    name: str,
    old: str,
    new: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(datafiles.builtin("profiles") / "market", tmp_path / "market")
    path = tmp_path / "market" / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(datafiles, "builtin", lambda _: tmp_path)
    with pytest.raises(ProfileError) as caught:
        load_market(CATALOGUE)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
