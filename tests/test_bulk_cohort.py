"""The pool as a whole: counted right, ranked by need and by how few show a skill."""

from __future__ import annotations

import builders
import pytest
from hypothesis import given, strategies as st

from gapfit.bulk.cohort import cohort
from gapfit.datamodels import Level

CATALOGUE = builders.a_catalogue()
SKILLS = [skill.id for skill in CATALOGUE.skills]


def levels(**found: int) -> str:
    return "".join(str(found.get(skill.replace("-", "_"), 0)) for skill in SKILLS)


def test_levels_are_counted() -> None:
    pool = cohort(CATALOGUE, [levels(rag=3), levels(rag=2, python=1), levels(rag=1), levels()])
    lacks = {lack.skill: lack for area in pool.areas for lack in area.skills}
    assert pool.candidates == 4
    assert lacks["rag"].counts == {
        Level.ABSENT: 1, Level.MENTIONED: 1, Level.USED: 1, Level.OWNED: 1,
    }  # fmt: skip
    assert lacks["rag"].shown == 2
    assert lacks["rag"].need == 1.0  # its weight for LLM Engineer
    assert lacks["rag"].lack == pytest.approx(0.5)


def test_overlap_areas_come_first() -> None:
    areas = cohort(CATALOGUE, [levels()]).areas
    assert [area.area for area in areas][:3] == ["evals", "retrieval", "observability"]
    assert [area.overlap for area in areas] == sorted((a.overlap for a in areas), reverse=True)


def test_a_role_is_looked_at_with_its_own_weights() -> None:
    pool = cohort(CATALOGUE, [levels()], "mlops-engineer")
    lacks = {lack.skill: lack.need for area in pool.areas for lack in area.skills}
    assert lacks == {"kubernetes": 1.0, "python": 0.5, "llm-tracing": 0.3}


def test_nobody() -> None:
    pool = cohort(CATALOGUE, [])
    assert pool.candidates == 0
    assert all(lack.lack == 0.0 for area in pool.areas for lack in area.skills)


@given(st.lists(st.text("0123", min_size=len(SKILLS), max_size=len(SKILLS))))
def test_counts_add_up_and_lacks_fall(pool: list[str]) -> None:
    whole = cohort(CATALOGUE, pool)
    for area in whole.areas:
        assert [s.lack for s in area.skills] == sorted((s.lack for s in area.skills), reverse=True)
        for lack in area.skills:
            assert sum(lack.counts.values()) == len(pool)
            assert 0.0 <= lack.lack <= lack.need <= 1.0
    assert whole == cohort(CATALOGUE, sorted(pool))
