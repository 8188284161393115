"""From matches to levels and from levels to fits, for any roles and any findings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import builders
import pytest
from hypothesis import assume, given, strategies as st

from gapfit import scoring
from gapfit.datamodels import (
    Band,
    Level,
    LineMatch,
    Role,
    RoleFit,
    SkillFinding,
    SkillMatch,
    StackItem,
)

SKILLS = [skill.id for skill in builders.a_catalogue().skills]
CLOSE = 1e-9

share = st.floats(0.0, 1.0, allow_subnormal=False)
positive = st.floats(0.01, 1.0)


@st.composite
def roles(draw: st.DrawFn) -> Role:
    """Any valid role: at least one weight, some skills not owned, perhaps a gate."""
    weights = draw(st.dictionaries(st.sampled_from(SKILLS), positive, min_size=1))
    unowned = draw(st.sets(st.sampled_from(SKILLS))) - set(weights)
    gate = draw(
        st.dictionaries(
            st.sampled_from(SKILLS), st.sampled_from(["mentioned", "used", "owned"]), max_size=3
        )
    )
    stack = [StackItem(skill, Band.COMMON, weight, ("000",)) for skill, weight in weights.items()]
    stack += [StackItem(skill, Band.NOT_OWNED, 0.0, ("000",)) for skill in sorted(unowned)]
    halfway, shape = draw(st.none() | positive), draw(st.none() | st.floats(1.0, 5.0))
    curve = {"halfway": halfway, "shape": shape}
    return builders.a_role("any", "Any", {}, stack=tuple(stack), gate=gate, **curve)


@st.composite
def matches(draw: st.DrawFn, skill: str = "rag") -> SkillMatch:
    mentioned, used, owned = sorted(draw(st.tuples(share, share, share)), reverse=True)
    return SkillMatch(skill, mentioned, used, owned, ())


def finding(skill: str, credit: float, level: Level | None = None) -> SkillFinding:
    if level is None:
        level = Level.ABSENT if credit == 0 else Level.OWNED if credit > 0.9 else Level.USED
    return SkillFinding(skill, "evals", level, credit, credit, ())


@st.composite
def found(draw: st.DrawFn) -> tuple[SkillFinding, ...]:
    earned = draw(st.lists(share, min_size=len(SKILLS), max_size=len(SKILLS)))
    return tuple(finding(skill, credit) for skill, credit in zip(SKILLS, earned, strict=True))


def nothing() -> tuple[SkillFinding, ...]:
    return tuple(finding(skill, 0.0) for skill in SKILLS)


def everything() -> tuple[SkillFinding, ...]:
    return tuple(finding(skill, 1.0) for skill in SKILLS)


def showing(skills: Sequence[str], level: Level = Level.OWNED) -> tuple[SkillFinding, ...]:
    credit = scoring.CREDIT[level]
    return tuple(
        finding(skill, credit, level) if skill in skills else finding(skill, 0.0)
        for skill in SKILLS
    )


def stack_of(role: Role) -> set[str]:
    """The skills of a role that count."""
    return {item.skill for item in role.stack if item.weight > 0}


def fit_of(role: Role, findings: Sequence[SkillFinding]) -> RoleFit:
    (fit,) = scoring.fits([role], findings)
    return fit


# ---------------------------------------------------------------- levels and credit


def test_credit_rises_with_the_level() -> None:
    worth = [scoring.CREDIT[level] for level in Level]
    assert worth == sorted(set(worth))
    assert (worth[0], worth[-1]) == (0.0, 1.0)


def test_shipped_work_outweighs_any_list() -> None:
    assert scoring.CREDIT[Level.USED] > 2 * scoring.CREDIT[Level.MENTIONED]


@pytest.mark.parametrize(
    ("probabilities", "level"),
    [
        ((0.0, 0.0, 0.0), Level.ABSENT),
        ((1.0, 0.0, 0.0), Level.MENTIONED),
        ((1.0, 1.0, 0.0), Level.USED),
        ((1.0, 1.0, 1.0), Level.OWNED),
    ],
)
def test_what_is_sure_has_its_level_and_its_credit(
    probabilities: tuple[float, float, float], level: Level
) -> None:
    match = SkillMatch("rag", *probabilities, ())
    assert scoring.level_of(match) is level
    assert scoring.credit_of(match) == pytest.approx(scoring.CREDIT[level])


@given(matches())
def test_credit_is_a_share_and_nothing_for_the_absent(match: SkillMatch) -> None:
    credit = scoring.credit_of(match)
    assert 0.0 <= credit <= 1.0 + CLOSE
    if scoring.level_of(match) is Level.ABSENT:
        assert credit == 0.0


@given(matches(), matches())
def test_more_probability_never_costs_level_or_credit(one: SkillMatch, other: SkillMatch) -> None:
    more = SkillMatch(
        "rag",
        max(one.mentioned, other.mentioned),
        max(one.used, other.used),
        max(one.owned, other.owned),
        (),
    )
    assert scoring.level_of(more) >= scoring.level_of(one)
    assert scoring.credit_of(more) >= scoring.credit_of(one) - CLOSE


# ---------------------------------------------------------------- findings


def test_a_finding_carries_the_lines_behind_it() -> None:
    catalogue = builders.a_catalogue()
    resume = builders.a_resume()
    lines = tuple(LineMatch(i, 0.9 - i / 10, 0.9, 0.8) for i in (3, 0, 2, 1, 4))
    found = scoring.findings(
        catalogue, resume, [SkillMatch(s.id, 1.0, 1.0, 0.0, lines) for s in catalogue.skills]
    )
    assert [f.skill for f in found] == [s.id for s in catalogue.skills]
    assert [f.area for f in found] == [s.area for s in catalogue.skills]
    evidence = found[0].evidence
    assert 0 < len(evidence) <= len(lines)
    for shown, line in zip(evidence, lines, strict=False):
        s = resume.statements[line.statement]
        assert (shown.page, shown.line, shown.section, shown.text, shown.similarity) == (
            s.page, s.line, s.section, s.text, line.similarity,
        )  # fmt: skip


def test_confidence_is_the_probability_of_use() -> None:
    catalogue = builders.a_catalogue()
    given_ = [SkillMatch(s.id, 0.9, 0.7, 0.2, ()) for s in catalogue.skills]
    assert {f.confidence for f in scoring.findings(catalogue, builders.a_resume(), given_)} == {0.7}


def test_an_absent_skill_shows_no_lines() -> None:
    catalogue = builders.a_catalogue()
    given_ = [
        SkillMatch(s.id, 0.0, 0.0, 0.0, (LineMatch(0, 0.5, 0.0, 0.0),)) for s in catalogue.skills
    ]
    for found in scoring.findings(catalogue, builders.a_resume(), given_):
        assert (found.level, found.credit, found.evidence) == (Level.ABSENT, 0.0, ())


def test_matches_and_skills_must_be_the_same_number() -> None:
    catalogue = builders.a_catalogue()
    with pytest.raises(ValueError, match="zip"):
        scoring.findings(catalogue, builders.a_resume(), [SkillMatch("rag", 0, 0, 0, ())])


# ---------------------------------------------------------------- fits


@given(roles(), found())
def test_the_points_sum_to_the_fit_and_the_fit_is_a_percentage(
    role: Role, findings: tuple[SkillFinding, ...]
) -> None:
    fit = fit_of(role, findings)
    assert -CLOSE <= fit.fit <= 100.0 + 1e-6
    assert sum(c.points for c in fit.contributions) == pytest.approx(fit.fit, abs=1e-9)


@given(roles(), found())
def test_no_skill_earns_more_than_it_could(role: Role, findings: tuple[SkillFinding, ...]) -> None:
    for part in fit_of(role, findings).contributions:
        assert 0.0 <= part.points <= part.possible + CLOSE


@given(roles(), found(), st.sampled_from(SKILLS))
def test_what_a_skill_could_earn_is_what_it_earns_once_owned(
    role: Role, findings: tuple[SkillFinding, ...], skill: str
) -> None:
    assume(skill in stack_of(role))
    owned = tuple(finding(f.skill, 1.0) if f.skill == skill else f for f in findings)
    (now,) = (c for c in fit_of(role, findings).contributions if c.skill == skill)
    (then,) = (c for c in fit_of(role, owned).contributions if c.skill == skill)
    assert now.possible == then.possible == then.points


@given(roles(), found(), st.sampled_from(SKILLS), share)
def test_more_credit_never_lowers_a_fit(
    role: Role, findings: tuple[SkillFinding, ...], skill: str, credit: float
) -> None:
    more = tuple(
        finding(f.skill, max(f.credit, credit)) if f.skill == skill else f for f in findings
    )
    assert fit_of(role, more).fit >= fit_of(role, findings).fit - CLOSE


@given(roles(), found())
def test_what_a_role_does_not_own_neither_counts_nor_is_missing(
    role: Role, findings: tuple[SkillFinding, ...]
) -> None:
    fit = fit_of(role, findings)
    assert {c.skill for c in fit.contributions} == stack_of(role)
    assert set(fit.missing) <= stack_of(role)


@given(roles(), found())
def test_what_is_not_owned_moves_nothing(role: Role, findings: tuple[SkillFinding, ...]) -> None:
    unowned = {item.skill for item in role.stack if item.weight == 0} - set(role.gate)
    without = tuple(finding(f.skill, 0.0) if f.skill in unowned else f for f in findings)
    assert fit_of(role, without) == fit_of(role, findings)


@given(roles(), found())
def test_missing_is_what_is_not_shown_in_use(
    role: Role, findings: tuple[SkillFinding, ...]
) -> None:
    levels = {f.skill: f.level for f in findings}
    fit = fit_of(role, findings)
    assert len(set(fit.missing)) == len(fit.missing)
    assert set(fit.missing) == {c.skill for c in fit.contributions if levels[c.skill] < Level.USED}


@given(roles())
def test_the_ends_of_the_scale(role: Role) -> None:
    assert fit_of(role, nothing()).fit == 0.0
    assert fit_of(role, everything()).fit == pytest.approx(100.0)
    assert fit_of(role, ()).fit == 0.0


@given(roles(), found(), st.permutations(SKILLS))
def test_the_order_of_findings_and_stack_does_not_matter(
    role: Role, findings: tuple[SkillFinding, ...], order: list[str]
) -> None:
    shuffled = sorted(findings, key=lambda f: order.index(f.skill))
    stack = tuple(sorted(role.stack, key=lambda item: order.index(item.skill)))
    other = fit_of(dataclasses.replace(role, stack=stack), shuffled)
    fit = fit_of(role, findings)
    assert other.fit == pytest.approx(fit.fit, abs=1e-9)
    assert sorted(other.missing) == sorted(fit.missing)


@given(roles(), found(), positive, positive)
def test_a_role_that_asks_less_fits_better(
    role: Role, findings: tuple[SkillFinding, ...], one: float, other: float
) -> None:
    lenient = dataclasses.replace(role, halfway=min(one, other))
    strict = dataclasses.replace(role, halfway=max(one, other))
    assert fit_of(lenient, findings).fit >= fit_of(strict, findings).fit - 1e-6


def test_halfway_is_where_about_half_the_fit_is() -> None:
    role = builders.a_role("any", "Any", {"rag": 0.2, "python": 0.8}, halfway=0.2)
    assert fit_of(role, showing(["rag"])).fit == pytest.approx(50.0, abs=5.0)


def test_the_heaviest_missing_skill_comes_first() -> None:
    role = builders.a_role("any", "Any", {"python": 0.2, "rag": 0.9, "reranking": 0.5})
    assert fit_of(role, showing(["python"])).missing == ("rag", "reranking")


def test_the_heaviest_missing_skill_comes_first_for_who_shows_nothing() -> None:
    role = builders.a_role("any", "Any", {"llm-tracing": 0.2, "rag": 0.9, "reranking": 0.5})
    assert fit_of(role, nothing()).missing == ("rag", "reranking", "llm-tracing")


def test_the_best_contribution_comes_first() -> None:
    role = builders.a_role("any", "Any", {"python": 0.2, "rag": 0.9, "reranking": 0.5})
    fit = fit_of(role, showing(["python", "rag"]))
    assert [c.skill for c in fit.contributions] == ["rag", "python", "reranking"]


# ---------------------------------------------------------------- ranks


@given(st.lists(roles(), min_size=1, max_size=6), found())
def test_ranks_count_from_one_best_first(
    several: list[Role], findings: tuple[SkillFinding, ...]
) -> None:
    fits = scoring.fits(several, findings)
    assert [fit.rank for fit in fits] == list(range(1, len(several) + 1))
    values = [fit.fit for fit in fits]
    assert values == sorted(values, reverse=True)


def test_equal_fits_keep_the_order_of_the_roles() -> None:
    several = [builders.a_role(role, role, {"rag": 1.0}) for role in ("c", "a", "b")]
    assert [fit.role for fit in scoring.fits(several, everything())] == ["c", "a", "b"]


def test_a_role_is_scored_alike_in_any_company() -> None:
    catalogue = builders.a_catalogue()
    found = showing(["rag", "python", "golden-sets"])
    together = {fit.role: fit for fit in scoring.fits(catalogue.roles, found)}
    for role in catalogue.roles:
        assert dataclasses.replace(together[role.id], rank=1) == fit_of(role, found)


# ---------------------------------------------------------------- gates

GATED = builders.a_role(
    "gated",
    "Gated",
    {"python": 0.6, "fine-tuning": 0.4, "research-publications": 0.3, "open-source": 0.3},
    gate={"research-publications": "used", "open-source": "owned"},
)
UNGATED = dataclasses.replace(GATED, gate={})


@pytest.mark.parametrize(
    ("shown", "level", "is_open"),
    [
        ([], Level.OWNED, False),
        (["research-publications"], Level.MENTIONED, False),
        (["research-publications"], Level.USED, True),
        (["research-publications"], Level.OWNED, True),
        (["open-source"], Level.USED, False),
        (["open-source"], Level.OWNED, True),
        (["open-source", "research-publications"], Level.MENTIONED, False),
    ],
)
def test_one_skill_at_its_level_opens_the_gate(
    shown: list[str], level: Level, is_open: bool
) -> None:
    base = [f for f in showing(["python"]) if f.skill not in shown]
    found = [*base, *(finding(skill, scoring.CREDIT[level], level) for skill in shown)]
    closed, free = fit_of(GATED, found), fit_of(UNGATED, found)
    assert scoring.gate_open(GATED, {f.skill: f.level for f in found}) is is_open
    assert closed.note == ("" if is_open else "gate-closed")
    if is_open:
        assert closed.fit == pytest.approx(free.fit)
    else:
        assert 0 < closed.fit < free.fit
    assert closed.fit == pytest.approx(sum(c.points for c in closed.contributions))


def test_a_role_without_a_gate_is_always_open() -> None:
    assert scoring.gate_open(UNGATED, {})
    assert fit_of(UNGATED, showing(["python"])).note == ""


@given(roles(), found())
def test_a_gate_never_raises_a_fit(role: Role, findings: tuple[SkillFinding, ...]) -> None:
    free = fit_of(dataclasses.replace(role, gate={}), findings)
    assert fit_of(role, findings).fit <= free.fit + CLOSE


# ---------------------------------------------------------------- what one more skill would add


@given(roles(), found(), st.sampled_from(SKILLS))
def test_acquiring_a_skill_adds_the_difference_of_the_fits(
    role: Role, findings: tuple[SkillFinding, ...], skill: str
) -> None:
    credit = scoring.CREDIT[Level.USED]
    after = tuple(
        finding(f.skill, max(f.credit, credit)) if f.skill == skill else f for f in findings
    )
    assume(skill in stack_of(role))
    added = scoring.acquire(role, findings)[skill]
    difference = fit_of(role, after).fit - fit_of(role, findings).fit
    assert added.points == pytest.approx(difference, abs=1e-6)
    assert added.points >= -CLOSE
    assert -CLOSE <= added.coverage <= 1.0


@given(roles(), found())
def test_what_is_not_owned_cannot_be_acquired(
    role: Role, findings: tuple[SkillFinding, ...]
) -> None:
    assert scoring.acquire(role, findings).keys() == stack_of(role)


# ---------------------------------------------------------------- two resumes


def fit_value(role: Role, findings: Sequence[SkillFinding]) -> float:
    return fit_of(role, findings).fit


@given(roles(), found(), found())
def test_shares_sum_to_the_difference_of_the_fits(
    role: Role, before: tuple[SkillFinding, ...], after: tuple[SkillFinding, ...]
) -> None:
    difference = fit_value(role, after) - fit_value(role, before)
    assert sum(scoring.shares(role, before, after).values()) == pytest.approx(difference, abs=1e-4)


@given(roles(), found(), found())
def test_shares_are_mirrored_seen_from_the_other_side(
    role: Role, before: tuple[SkillFinding, ...], after: tuple[SkillFinding, ...]
) -> None:
    there, back = scoring.shares(role, before, after), scoring.shares(role, after, before)
    assert there == pytest.approx({skill: -points for skill, points in back.items()}, abs=1e-9)


@given(roles(), found(), st.sampled_from(SKILLS), share)
def test_a_skill_that_alone_changed_has_the_whole_share(
    role: Role, before: tuple[SkillFinding, ...], skill: str, credit: float
) -> None:
    after = tuple(finding(f.skill, credit) if f.skill == skill else f for f in before)
    assert set(scoring.shares(role, before, after)) <= {skill}


def test_a_share_is_what_the_gap_was_said_to_bring() -> None:
    """And not what the points of the others lose beside it, on a curve that flattens."""
    role = builders.a_role("any", "Any", {"rag": 1.0, "python": 1.0, "reranking": 0.5})
    before = showing(["rag", "python"])
    after = tuple(finding(f.skill, 0.75) if f.skill == "reranking" else f for f in before)
    gain = scoring.acquire(role, before)["reranking"].points
    assert scoring.shares(role, before, after) == pytest.approx({"reranking": gain})


def test_what_the_gate_releases_belongs_to_the_skill_that_opens_it() -> None:
    role = builders.a_role("any", "Any", {"rag": 1.0, "python": 0.1}, gate={"python": "used"})
    before, after = showing(["rag"]), showing(["rag", "python"])
    (opener,) = scoring.shares(role, before, after).items()
    assert opener == ("python", pytest.approx(fit_value(role, after) - fit_value(role, before)))
    assert opener[1] > 30


@given(st.lists(roles(), min_size=1, max_size=4, unique_by=id), matches())
def test_fit_values_are_the_fits(any_roles: list[Role], match: SkillMatch) -> None:
    named = [dataclasses.replace(role, id=f"r{i}") for i, role in enumerate(any_roles)]
    values = scoring.fit_values(named, [match])
    level = scoring.level_of(match)
    found = [finding(match.skill, scoring.credit_of(match), level)]
    assert values == pytest.approx({fit.role: fit.fit for fit in scoring.fits(named, found)})


@given(st.permutations(["a", "b", "c"]))
def test_roles_are_ranked_together_by_their_mean(order: list[str]) -> None:
    def ranked(**fits: float) -> list[RoleFit]:
        return [RoleFit(role, fits[role], 0, (), ()) for role in order]

    one, other = ranked(a=90, b=20, c=60), ranked(a=10, b=80, c=60)
    together = scoring.ranked_together(one, other)
    assert [(fit.role, fit.fit, fit.rank) for fit in together] == [
        ("c", 60, 1), ("a", 50, 2), ("b", 50, 3)
    ]  # fmt: skip
