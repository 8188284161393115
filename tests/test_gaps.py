"""Gaps: what is missing, overlap areas first, each with the gain it would bring."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import builders
import pytest
from hypothesis import given, strategies as st

from gapfit import gaps, scoring
from gapfit.datamodels import (
    Band,
    Catalogue,
    Evidence,
    Gap,
    Level,
    Role,
    Section,
    SkillFinding,
    StackItem,
)

CATALOGUE = builders.a_catalogue()
SKILLS = [skill.id for skill in CATALOGUE.skills]
AREA = {skill.id: skill.area for skill in CATALOGUE.skills}
OVERLAP = {area.id for area in CATALOGUE.areas if area.overlap}


# What is shown is hardly ever sure, and earns a little less than its level is worth.
DOUBTFUL = 0.9


def findings(levels: dict[str, Level]) -> tuple[SkillFinding, ...]:
    """Every skill at the level given, absent otherwise, with a credit to match."""
    confidence = {Level.ABSENT: 0.02, Level.MENTIONED: 0.2, Level.USED: 0.8, Level.OWNED: 0.9}
    found = []
    for skill in SKILLS:
        level = levels.get(skill, Level.ABSENT)
        evidence = (Evidence(2, 7, Section.SKILLS, skill, 0.5),) if level else ()
        found.append(
            SkillFinding(
                skill,
                AREA[skill],
                level,
                confidence[level],
                DOUBTFUL * scoring.CREDIT[level],
                evidence,
            )
        )
    return tuple(found)


any_findings = st.dictionaries(st.sampled_from(SKILLS), st.sampled_from(Level)).map(findings)
any_roles = st.lists(
    st.sampled_from([role.id for role in CATALOGUE.roles]), max_size=3, unique=True
).map(tuple)


def ranked(
    found: Sequence[SkillFinding],
    wanted: Sequence[str] = (),
    catalogue: Catalogue = CATALOGUE,
) -> tuple[Gap, ...]:
    fits = scoring.fits(catalogue.roles, found)
    return gaps.rank(catalogue, found, fits, scoring.acquire, wanted=wanted)


def with_role(role: Role) -> Catalogue:
    """The catalogue with one role added, or put in the place of its namesake."""
    others = tuple(r for r in CATALOGUE.roles if r.id != role.id)
    return dataclasses.replace(CATALOGUE, roles=(*others, role))


def stack(**bands: tuple[Band, float]) -> tuple[StackItem, ...]:
    return tuple(
        StackItem(skill.replace("_", "-"), band, weight, ("000",))
        for skill, (band, weight) in bands.items()
    )


# ---------------------------------------------------------------- true of any findings


@given(any_findings, any_roles)
def test_what_is_shown_in_use_is_no_gap(
    found: tuple[SkillFinding, ...], wanted: tuple[str, ...]
) -> None:
    level = {f.skill: f.level for f in found}
    for gap in ranked(found, wanted):
        assert level[gap.skill] < Level.USED
        assert gap.level is level[gap.skill]
        assert gap.area == AREA[gap.skill]


@given(any_findings, any_roles)
def test_overlap_areas_come_first(found: tuple[SkillFinding, ...], wanted: tuple[str, ...]) -> None:
    other = [gap.area not in OVERLAP for gap in ranked(found, wanted)]
    assert other == sorted(other)


@given(any_findings, any_roles)
def test_no_gap_twice_and_every_one_brings_something(
    found: tuple[SkillFinding, ...], wanted: tuple[str, ...]
) -> None:
    result = ranked(found, wanted)
    assert len({gap.skill for gap in result}) == len(result)
    for gap in result:
        assert gap.gains
        assert all(gain.points > 0 for gain in gap.gains)
        assert [g.points for g in gap.gains] == sorted((g.points for g in gap.gains), reverse=True)


@given(any_findings, any_roles)
def test_priorities_are_shares_of_the_best(
    found: tuple[SkillFinding, ...], wanted: tuple[str, ...]
) -> None:
    priorities = [gap.priority for gap in ranked(found, wanted)]
    assert all(0.0 < priority <= 1.0 for priority in priorities)
    assert not priorities or max(priorities) == 1.0


@given(any_findings, any_roles)
def test_a_gain_is_the_difference_of_the_fits(
    found: tuple[SkillFinding, ...], wanted: tuple[str, ...]
) -> None:
    before = {fit.role: fit.fit for fit in scoring.fits(CATALOGUE.roles, found)}
    for gap in ranked(found, wanted):
        used = tuple(
            dataclasses.replace(f, level=Level.USED, credit=scoring.CREDIT[Level.USED])
            if f.skill == gap.skill
            else f
            for f in found
        )
        after = {fit.role: fit.fit for fit in scoring.fits(CATALOGUE.roles, used)}
        for gain in gap.gains:
            assert gain.points == pytest.approx(after[gain.role] - before[gain.role], abs=1e-6)


@given(any_findings, any_roles, st.permutations(SKILLS))
def test_equal_findings_give_equal_gaps_in_any_order(
    found: tuple[SkillFinding, ...], wanted: tuple[str, ...], order: list[str]
) -> None:
    shuffled = sorted(found, key=lambda f: order.index(f.skill))
    one, other = ranked(found, wanted), ranked(shuffled, wanted)
    assert [gap.skill for gap in one] == [gap.skill for gap in other]
    assert [gap.gains for gap in one] == [gap.gains for gap in other]


# ---------------------------------------------------------------- which roles are aimed at


def gaining(result: Sequence[Gap]) -> set[str]:
    return {gain.role for gap in result for gain in gap.gains}


def test_the_roles_asked_for_are_the_targets() -> None:
    found = findings({"rag": Level.OWNED, "python": Level.USED})
    assert gaining(ranked(found, ["mlops-engineer"])) == {"mlops-engineer"}
    assert gaining(ranked(found, ["mlops-engineer", "ml-engineer"])) == {
        "mlops-engineer", "ml-engineer",
    }  # fmt: skip


def test_a_variant_and_a_vestigial_title_are_targets_only_on_request() -> None:
    best = findings(dict.fromkeys(("kubernetes", "python", "fine-tuning"), Level.OWNED))
    fits = scoring.fits(CATALOGUE.roles, best)
    assert fits[0].role == "inference-engineer"  # a variant here
    assert "inference-engineer" not in gaining(ranked(best))
    assert gaining(ranked(findings({"python": Level.OWNED}), ["inference-engineer"])) == {
        "inference-engineer"
    }
    prompter = findings({"structured-output": Level.OWNED, "golden-sets": Level.OWNED})
    assert "prompt-engineer" not in gaining(ranked(prompter))
    assert gaining(ranked(prompter, ["prompt-engineer"])) == {"prompt-engineer"}


def test_without_a_wish_the_nearest_roles_are_the_targets() -> None:
    found = findings({"kubernetes": Level.OWNED})
    nearest = [
        fit.role
        for fit in scoring.fits(CATALOGUE.roles, found)
        if CATALOGUE.role(fit.role).extends is None and not CATALOGUE.role(fit.role).modern_wording
    ]
    aimed = gaining(ranked(found))
    assert nearest[0] in aimed
    assert aimed <= set(nearest[: len(gaps.TARGET_SHARES)])


def test_nothing_is_missing_where_everything_is_shown() -> None:
    assert ranked(findings(dict.fromkeys(SKILLS, Level.OWNED))) == ()


# ---------------------------------------------------------------- what a role does not own


def test_what_a_role_does_not_own_is_never_its_gap() -> None:
    role = builders.a_role(
        "narrow",
        "Narrow",
        {},
        stack=stack(
            rag=(Band.CORE, 1.0),
            reranking=(Band.COMMON, 0.5),
            fine_tuning=(Band.NOT_OWNED, 0.0),
            llm_as_judge=(Band.NOT_OWNED, 0.0),
        ),
    )
    result = ranked(findings({}), ["narrow"], with_role(role))
    assert {gap.skill for gap in result} == {"rag", "reranking"}


def test_what_the_nearest_role_does_not_own_is_no_gap_of_its_neighbours() -> None:
    nearest = builders.a_role(
        "nearest",
        "Nearest",
        {},
        stack=stack(
            rag=(Band.CORE, 1.0), python=(Band.CORE, 1.0), fine_tuning=(Band.NOT_OWNED, 0.0)
        ),
    )
    result = ranked(findings({"rag": Level.OWNED}), ["nearest", "ml-engineer"], with_role(nearest))
    assert "fine-tuning" not in {gap.skill for gap in result}
    assert "ml-engineer" in gaining(result)


@given(any_findings)
def test_nothing_unowned_by_the_target_in_any_case(found: tuple[SkillFinding, ...]) -> None:
    unowned = ("golden-sets", "kubernetes", "rag")
    role = builders.a_role(
        "narrow",
        "Narrow",
        {},
        stack=stack(python=(Band.CORE, 1.0))
        + tuple(StackItem(skill, Band.NOT_OWNED, 0.0, ("000",)) for skill in unowned),
    )
    for wanted in (["narrow"], ["narrow", "ai-engineer"]):
        result = ranked(found, wanted, with_role(role))
        assert not {gap.skill for gap in result} & set(unowned)


# ---------------------------------------------------------------- order


def flat(*skills: str, weight: float = 0.5) -> Catalogue:
    """A catalogue in which these skills are worth the same to the only role."""
    role = builders.a_role(
        "flat", "Flat", {}, stack=stack(**dict.fromkeys(skills, (Band.COMMON, weight)))
    )
    return dataclasses.replace(CATALOGUE, roles=(role,))


def test_evals_come_first_at_equal_value() -> None:
    catalogue = flat("llm-tracing", "reranking", "rag", "golden-sets", "llm-as-judge", "python")
    assert [gap.skill for gap in ranked(findings({}), ["flat"], catalogue)] == [
        "golden-sets", "llm-as-judge", "rag", "reranking", "llm-tracing", "python",
    ]  # fmt: skip


def test_a_better_gap_of_another_overlap_area_comes_before_evals() -> None:
    role = builders.a_role("r", "R", {"golden-sets": 0.2, "rag": 0.9, "fine-tuning": 1.0})
    result = ranked(findings({}), ["r"], dataclasses.replace(CATALOGUE, roles=(role,)))
    assert [gap.skill for gap in result] == ["rag", "golden-sets", "fine-tuning"]
    assert max(result, key=lambda gap: gap.priority).skill == "fine-tuning"


def test_what_opens_both_ai_and_ml_engineering_comes_before_what_does_not() -> None:
    """LLM tracing weighs as much to the role aimed at, but nothing to the ML engineer."""
    role = builders.a_role("aimed", "Aimed", {"llm-tracing": 0.5, "llm-as-judge": 0.5})
    both = dataclasses.replace(
        CATALOGUE,
        areas=tuple(reversed(CATALOGUE.areas)),  # so that it is not the area's order
        roles=(*CATALOGUE.roles, role),
    )
    result = ranked(findings({}), ["aimed"], both)
    assert [gap.skill for gap in result] == ["llm-as-judge", "llm-tracing"]


def test_what_is_surely_missing_comes_before_what_is_doubtful() -> None:
    catalogue = flat("golden-sets", "llm-as-judge")
    found = tuple(
        dataclasses.replace(f, confidence=0.4) if f.skill == "golden-sets" else f
        for f in findings({})
    )
    result = ranked(found, ["flat"], catalogue)
    assert [gap.skill for gap in result] == ["llm-as-judge", "golden-sets"]


# ---------------------------------------------------------------- words


def gap_of(result: Sequence[Gap], skill: str) -> Gap:
    (gap,) = [gap for gap in result if gap.skill == skill]
    return gap


def test_what_is_asked_only_now_and_then_is_marked() -> None:
    bands = stack(
        rag=(Band.CORE, 1.0), reranking=(Band.COMMON, 0.4), fine_tuning=(Band.OCCASIONAL, 0.1)
    )
    role = builders.a_role("r", "The Role", {}, stack=bands)
    result = ranked(findings({}), ["r"], with_role(role))
    assert [gap.skill for gap in result if gap.occasional] == ["fine-tuning"]
    assert gap_of(result, "rag").why.startswith("Core to The Role; ")
    assert gap_of(result, "reranking").why.startswith("Ordinary work as The Role; ")
    assert "only now and then" in gap_of(result, "fine-tuning").why


def test_occasional_for_one_target_but_not_for_another_is_not_marked() -> None:
    role = builders.a_role("r", "R", {}, stack=stack(fine_tuning=(Band.OCCASIONAL, 0.1)))
    result = ranked(findings({}), ["r", "ml-engineer"], with_role(role))
    assert not gap_of(result, "fine-tuning").occasional


def test_a_reason_says_what_was_found() -> None:
    result = ranked(findings({"kubernetes": Level.MENTIONED}), ["ml-engineer"])
    assert "named on page 2" in gap_of(result, "kubernetes").why
    assert "no line shows it yet" in gap_of(result, "fine-tuning").why


def test_no_reason_says_what_a_person_cannot_do() -> None:
    for gap in ranked(findings({"kubernetes": Level.MENTIONED})):
        assert gap.why.endswith(".")
        for word in ("cannot", "can't", "unable", "lack", "fail"):
            assert word not in gap.why.lower()


def test_an_unknown_role_is_the_callers_mistake() -> None:
    with pytest.raises(KeyError):
        ranked(findings({}), ["no-such-role"])
