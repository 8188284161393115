"""From gaps to a plan: order, weeks, gains, gates, and what is done already."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from itertools import chain, combinations

import builders
import learning_builders
import pytest
from hypothesis import given, settings, strategies as st

from gapfit import checklist, pipeline, profiles, scoring
from gapfit.datamodels import (
    Analysis,
    Catalogue,
    Checklist,
    Done,
    Effort,
    Learning,
    LearningItem,
    Level,
    Pace,
)
from gapfit.errors import UsageError

SMALL = builders.a_catalogue()
SMALL_LEARNING = learning_builders.a_learning()
CATALOGUE = profiles.load()
LEARNING = profiles.load_learning(CATALOGUE)
SKILLS = [skill.id for skill in CATALOGUE.skills]

# Plans are made in whole ten-thousandths of weighted credit; a fit of 0-100 hardly feels one.
ROUNDING = 0.02


def analysis(catalogue: Catalogue, levels: Mapping[str, Level]) -> Analysis:
    """An analysis in which ``levels`` are found, each with the credit it is worth."""
    found = {skill: (level, scoring.CREDIT[level], 0) for skill, level in levels.items()}
    return builders.an_analysis(catalogue, found=found)


def plan(
    levels: Mapping[str, Level],
    catalogue: Catalogue = SMALL,
    learning: Learning = SMALL_LEARNING,
    *,
    hours: int = 8,
    weeks: int | None = None,
    start: datetime.date | None = None,
    count: int = 3,
    role: str | None = "ai-engineer",
    done: Done | None = None,
) -> Checklist:
    return pipeline.plan_checklist(
        analysis(catalogue, levels),
        catalogue,
        learning,
        pace=Pace(hours, weeks, start),
        count=count,
        role=role,
        done=done,
    )


def names(made: Checklist) -> list[str]:
    return [entry.item.id for entry in made.items]


# ---------------------------------------------------------------- invariants, on the real content

levels = st.sampled_from([Level.ABSENT, Level.MENTIONED, Level.USED, Level.OWNED])
some_findings = st.dictionaries(st.sampled_from(SKILLS), levels, max_size=60)
some_role = st.sampled_from([role.id for role in CATALOGUE.roles])
some_done = st.builds(
    Done,
    st.frozensets(st.sampled_from([item.id for item in LEARNING.items]), max_size=5),
    st.frozensets(st.sampled_from(SKILLS), max_size=5),
)


@settings(max_examples=12)
@given(some_findings, some_role, st.integers(1, 20), st.none() | st.integers(1, 30), some_done)
def test_every_plan_can_be_followed(
    found: dict[str, Level], role: str, hours: int, weeks: int | None, done: Done
) -> None:
    made = plan(found, CATALOGUE, LEARNING, role=role, hours=hours, weeks=weeks, count=5, done=done)
    _keeps_to_its_hours(made)
    _builds_on_what_is_there(made, found, done)
    _adds_up(made)
    built = {skill for entry in made.items for skill in entry.item.skills}
    assert not built & {gap.skill for gap in made.left}
    assert not {entry.item.id for entry in made.items} & done.items


def _keeps_to_its_hours(made: Checklist) -> None:
    worked = [sum(block.hours for block in week.blocks) for week in made.weeks]
    assert all(0 < hours <= made.pace.hours for hours in worked)
    assert all(hours == made.pace.hours for hours in worked[:-1])
    assert sum(worked) == made.hours
    if made.pace.budget is not None:
        assert made.hours <= made.pace.budget
        assert len(made.weeks) <= (made.pace.weeks or 0)
    efforts = [entry.item.effort for entry in made.items]
    efforts += [project.setup_effort for project in made.projects]
    assert made.hours == sum(effort.planned for effort in efforts)
    low, high = sum(e.low for e in efforts), sum(e.high for e in efforts)
    assert made.effort == (Effort(low, high) if efforts else None)


def _builds_on_what_is_there(made: Checklist, found: Mapping[str, Level], done: Done) -> None:
    there = {skill for skill, level in found.items() if level > Level.ABSENT} | done.skills
    there |= {skill for item in done.items for skill in LEARNING.item(item).skills}
    begun: list[str] = []
    for week in made.weeks:
        for block in week.blocks:
            if block.item is None:
                begun.append(block.project)
            assert block.project in begun
    for entry in made.items:
        assert set(LEARNING.needs(entry.item)) <= there, entry.item.id
        there |= set(entry.item.skills)
        assert entry.item.id in LEARNING.project(entry.project).items
        assert entry.first_week <= entry.last_week


def _adds_up(made: Checklist) -> None:
    now, then = made.fits
    assert then >= now - 1e-9
    assert made.gains[0].role == made.role
    assert made.gains[0].points == pytest.approx(then - now)
    assert sum(entry.gains[0].points for entry in made.items) == pytest.approx(then - now)


@settings(max_examples=8)
@given(some_findings, some_role, st.integers(10, 120), st.integers(1, 60))
def test_more_hours_never_mean_a_lower_fit(
    found: dict[str, Level], role: str, hours: int, more: int
) -> None:
    less = plan(found, CATALOGUE, LEARNING, role=role, hours=hours, weeks=1)
    greater = plan(found, CATALOGUE, LEARNING, role=role, hours=hours + more, weeks=1)
    assert greater.fits[1] >= less.fits[1] - ROUNDING


@settings(max_examples=5)
@given(some_findings, some_role, st.none() | st.integers(1, 12))
def test_the_same_resume_has_the_same_plan(
    found: dict[str, Level], role: str, weeks: int | None
) -> None:
    assert plan(found, CATALOGUE, LEARNING, role=role, weeks=weeks) == plan(
        dict(reversed(found.items())), CATALOGUE, LEARNING, role=role, weeks=weeks
    )


# ---------------------------------------------------------------- exactness, on small content


def _affordable(found: Mapping[str, Level], budget: int) -> list[tuple[LearningItem, ...]]:
    """Every set of the small items that fits into the budget and stands on what is there."""
    shown = {skill for skill, level in found.items() if level > Level.ABSENT}
    sizes = (combinations(SMALL_LEARNING.items, n) for n in range(len(SMALL_LEARNING.items) + 1))
    kept = []
    for chosen in chain.from_iterable(sizes):
        there = shown | {skill for item in chosen for skill in item.skills}
        if all(set(SMALL_LEARNING.needs(item)) <= there for item in chosen):
            hours = sum(item.effort.planned for item in chosen)
            if hours <= budget and hours + _setup(chosen) <= budget:
                kept.append(chosen)
    return kept


def _setup(chosen: Sequence[LearningItem]) -> int:
    """The least hours of set-up for projects that hold all of these items."""
    projects = SMALL_LEARNING.projects
    wanted = {item.id for item in chosen}
    sizes = (combinations(projects, n) for n in range(len(projects) + 1))
    return min(
        sum(project.setup_effort.planned for project in begun)
        for begun in chain.from_iterable(sizes)
        if wanted <= {item for project in begun for item in project.items}
    )


@settings(max_examples=12)
@given(
    st.dictionaries(st.sampled_from([skill.id for skill in SMALL.skills]), levels, max_size=8),
    st.sampled_from([role.id for role in SMALL.roles]),
    st.integers(1, 90),
)
def test_no_other_work_within_the_budget_raises_the_fit_more(
    found: dict[str, Level], role: str, budget: int
) -> None:
    """Gates, two projects for one item, prerequisites: against every possible set of items."""
    made = plan(found, role=role, hours=budget, weeks=1)
    before = analysis(SMALL, found).skills
    target = SMALL.role(role)

    def fit(chosen: Sequence[LearningItem]) -> float:
        raised = {skill: item.level for item in chosen for skill in item.skills}
        after = checklist.learned(before, raised, scoring.CREDIT)
        return scoring.fits([target], after)[0].fit

    assert made.fits[1] == pytest.approx(max(map(fit, _affordable(found, budget))), abs=ROUNDING)


# ---------------------------------------------------------------- the cover of the first gaps


def test_the_first_gaps_are_closed_with_what_they_build_on() -> None:
    made = plan({}, count=1, role="forward-deployed-engineer")
    closed = {raised.skill for entry in made.items for raised in entry.raises}
    assert "rag" in closed
    assert names(made) == ["small-tool", "cited-page"]
    assert made.items[0].needed_by == ("cited-page",)


def test_a_named_prerequisite_is_taken_as_known() -> None:
    made = plan({"python": Level.MENTIONED}, count=1, role="forward-deployed-engineer")
    assert names(made) == ["cited-page"]


def test_few_projects_hold_what_is_built() -> None:
    """Two gaps whose items stand together are closed on one set-up."""
    made = plan({"rag": Level.USED, "python": Level.USED, "structured-output": Level.USED}, count=3)
    assert {entry.project for entry in made.items} == {"gate"}
    assert set(names(made)) == {"labelled-cases", "checked-judge", "spans"}


def test_a_closed_gate_is_opened_first() -> None:
    """Research engineering asks for a paper, whatever else would be less work."""
    made = plan({"fine-tuning": Level.USED}, role="research-engineer", count=1)
    assert {"paper", "merged-change"} & set(names(made))


def test_nothing_is_left_when_all_is_shown() -> None:
    made = plan(dict.fromkeys([skill.id for skill in SMALL.skills], Level.OWNED))
    assert made.items == made.projects == made.weeks == made.left == ()
    assert made.effort is None
    assert made.hours == 0
    assert made.fits[0] == made.fits[1]


def test_nothing_fits_into_an_hour() -> None:
    made = plan({}, hours=1, weeks=1)
    assert made.items == ()
    assert made.left


def test_without_a_role_the_nearest_current_one_is_aimed_at() -> None:
    found = {"structured-output": Level.OWNED, "golden-sets": Level.OWNED}
    assert plan(found, role=None).role not in ("prompt-engineer", "inference-engineer")


# ---------------------------------------------------------------- order and weeks


def test_a_closing_project_comes_last() -> None:
    items = tuple(i for i in learning_builders.ITEMS if i.id in ("spans", "cluster", "small-tool"))
    projects = [
        learning_builders.a_project("report", (1, 2), "spans", closing=True),
        learning_builders.a_project("lab", (3, 7), "cluster small-tool"),
    ]
    learning = learning_builders.a_learning(items, projects, {})
    made = plan({}, learning=learning, role="ai-platform-engineer", count=3)
    assert [entry.project for entry in made.items][-1] == "report"
    assert names(made)[-1] == "spans"


def test_a_project_is_left_and_taken_up_again_when_it_must_be() -> None:
    items = [
        learning_builders.an_item("first", "rag"),
        learning_builders.an_item("second", "reranking"),
        learning_builders.an_item("third", "llm-as-judge"),
    ]
    projects = [
        learning_builders.a_project("odd", (1, 2), "first third"),
        learning_builders.a_project("even", (1, 2), "second"),
    ]
    needs = {"reranking": ("rag",), "llm-as-judge": ("reranking",)}
    learning = learning_builders.a_learning(items, projects, needs)
    made = plan({}, learning=learning, role="forward-deployed-engineer", count=3)
    assert names(made) == ["first", "second", "third"]
    assert [entry.project for entry in made.items] == ["odd", "even", "odd"]
    assert [b.project for w in made.weeks for b in w.blocks if b.item is None] == ["odd", "even"]


def test_weeks_have_dates_from_the_first_day() -> None:
    made = plan({}, hours=5, start=datetime.date(2027, 2, 26))
    starts = [week.starts for week in made.weeks]
    assert starts[:2] == [datetime.date(2027, 2, 26), datetime.date(2027, 3, 5)]
    assert plan({}, hours=5).weeks[0].starts is None


# ---------------------------------------------------------------- what is done


def test_what_is_done_counts_and_is_not_planned_again() -> None:
    before = plan({}, count=1)
    done = Done(items=frozenset({"cited-page"}), skills=frozenset({"python"}))
    after = plan({}, count=1, done=done)
    assert after.fits[0] > before.fits[0]
    assert not {"cited-page", "small-tool"} & set(names(after))
    assert [item.id for item in after.finished] == ["cited-page"]
    assert after.done is done


def test_a_finished_item_counts_with_its_level() -> None:
    done = Done(items=frozenset({"cluster"}))
    assert checklist.done_levels(SMALL_LEARNING, done) == {"kubernetes": Level.OWNED}
    owned = plan({}, role="mlops-engineer", done=done).fits[0]
    used = plan({}, role="mlops-engineer", done=Done(skills=frozenset({"kubernetes"}))).fits[0]
    assert owned > used > 0


def test_all_of_a_plan_done_reaches_what_it_promised() -> None:
    made = plan({}, count=3)
    after = plan({}, count=3, done=Done(items=frozenset(names(made))))
    assert after.fits[0] == pytest.approx(made.fits[1])


def test_done_never_lowers_what_is_shown() -> None:
    found = analysis(SMALL, {"rag": Level.OWNED, "python": Level.MENTIONED}).skills
    after = checklist.learned(found, {"rag": Level.USED, "python": Level.USED}, scoring.CREDIT)
    by_skill = {finding.skill: finding for finding in after}
    assert by_skill["rag"] == next(f for f in found if f.skill == "rag")
    assert by_skill["python"].level is Level.USED
    assert by_skill["python"].credit == scoring.CREDIT[Level.USED]


@pytest.mark.parametrize(
    "done", [Done(items=frozenset({"hat"})), Done(skills=frozenset({"knitting"}))]
)
def test_what_is_unknown_cannot_be_done(done: Done) -> None:
    with pytest.raises(UsageError, match="unknown item or skill"):
        plan({}, done=done)


def test_an_unknown_role() -> None:
    with pytest.raises(UsageError, match="unknown role 'knitter'"):
        plan({}, role="knitter")


# ---------------------------------------------------------------- what is said of an item


def test_why_is_the_gap_s_reason_or_what_builds_on_it() -> None:
    made = plan({}, count=1, role="forward-deployed-engineer")
    why = {entry.item.id: entry.why for entry in made.items}
    assert why["cited-page"].startswith("Core to Forward-Deployed Engineer")
    weightless = dataclasses.replace(
        SMALL_LEARNING, prerequisites={"rag": ("research-publications",)}
    )
    made = plan({}, learning=weightless, count=1, role="forward-deployed-engineer")
    why = {entry.item.id: entry.why for entry in made.items}
    assert why["paper"] == "Not asked for by itself; others in this plan build on it."


def test_what_is_used_can_become_owned() -> None:
    made = plan({"kubernetes": Level.USED}, role="mlops-engineer", hours=40, weeks=1)
    entry = next(entry for entry in made.items if entry.item.id == "cluster")
    (raised,) = entry.raises
    assert (raised.before, raised.after) == (Level.USED, Level.OWNED)
    assert entry.why.startswith("Shown in use already")
