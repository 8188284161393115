"""Learning content: the built-in one keeps its promises, and every mistake in one is explained."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from gapfit import profiles
from gapfit.datamodels import Catalogue, Learning, LearningItem, Level, Project
from gapfit.errors import ProfileError

CATALOGUE = profiles.load()
LEARNING = profiles.load_learning(CATALOGUE)

# A certificate or a course is never the point of an item (seed 003).
NO_ARTEFACT = re.compile(
    r"\b(courses?|certificat\w+|certified|bootcamps?|tutorials?|MOOCs?|badges?)\b", re.IGNORECASE
)
PLACEHOLDER = re.compile(r"\[[^\[\]]+\]")


def every_text(item: LearningItem) -> tuple[str, ...]:
    return (item.title, item.build, *item.done_when, item.resume_line)


# ---------------------------------------------------------------- the built-in content


def test_every_skill_has_prerequisites_stated() -> None:
    assert set(LEARNING.prerequisites) == {skill.id for skill in CATALOGUE.skills}


def test_prerequisites_are_direct() -> None:
    """No prerequisite is already one of another prerequisite."""
    for skill, needs in LEARNING.prerequisites.items():
        implied = {far for near in needs for far in _all_before(near)}
        assert not implied & set(needs), f"{skill}: {implied & set(needs)}"


def _all_before(skill: str) -> set[str]:
    near = LEARNING.prerequisites[skill]
    return {*near, *(far for need in near for far in _all_before(need))}


def test_every_skill_has_an_artefact() -> None:
    brought = {skill for item in LEARNING.items for skill in item.skills}
    assert brought == {skill.id for skill in CATALOGUE.skills}


@pytest.mark.parametrize("item", LEARNING.items, ids=lambda item: item.id)
def test_an_item_keeps_the_form(item: LearningItem) -> None:
    assert 2 <= len(item.done_when) <= 4
    assert len(set(item.done_when)) == len(item.done_when)
    assert 0 < item.effort.low < item.effort.high <= 3 * item.effort.low
    assert item.level in (Level.USED, Level.OWNED)
    assert len(PLACEHOLDER.findall(item.resume_line)) >= 2
    assert set(item.sources) <= set(CATALOGUE.sources)
    for text in every_text(item):
        assert not NO_ARTEFACT.search(text), text
        assert text == text.strip()
        assert not text.startswith("I ")


@pytest.mark.parametrize("item", LEARNING.items, ids=lambda item: item.id)
def test_done_is_something_one_can_check(item: LearningItem) -> None:
    assert any(re.search(r"\d", criterion) for criterion in item.done_when), item.done_when
    assert all(20 <= len(criterion) <= 200 for criterion in item.done_when)


def test_owned_needs_other_people() -> None:
    """By the protocol, only what others use or what runs for them is owned."""
    for item in LEARNING.items:
        if item.level is Level.OWNED:
            assert any(re.search(r"people|teams|services", text) for text in item.done_when)


@pytest.mark.parametrize("project", LEARNING.projects, ids=lambda project: project.id)
def test_a_project_closes_several_gaps_at_once(project: Project) -> None:
    assert len(project.items) >= (2 if project.closing else 8)
    assert project.setup_effort.low < project.setup_effort.high
    assert set(project.sources) <= set(CATALOGUE.sources)
    for text in (project.title, project.outcome, project.setup):
        assert not NO_ARTEFACT.search(text), text


@pytest.mark.parametrize("project", LEARNING.projects, ids=lambda project: project.id)
def test_items_stand_in_an_order_in_which_they_can_be_built(project: Project) -> None:
    later: set[str] = set()
    for name in reversed(project.items):
        item = LEARNING.item(name)
        assert not set(LEARNING.needs(item)) & later, f"{name} before what it needs"
        later |= set(item.skills)


def test_titles_are_told_apart() -> None:
    for titles in ([i.title for i in LEARNING.items], [p.title for p in LEARNING.projects]):
        assert max(Counter(titles).values()) == 1


def test_what_the_articles_advise_is_there() -> None:
    """Chatbot with hybrid retrieval, agent with failures and evals, cost and latency, a post."""
    advised = {
        "assistant-for-strangers": {"rag", "hybrid-retrieval", "reranking", "llm-production"},
        "agent-with-failures": {"tool-calling", "agent-reliability", "agent-evaluation"},
        "cost-and-latency": {"cost-monitoring", "latency-monitoring", "llm-cost-optimization"},
        "published-findings": {"technical-writing"},
    }
    for name, skills in advised.items():
        project = LEARNING.project(name)
        built = {skill for item in project.items for skill in LEARNING.item(item).skills}
        assert skills <= built
        assert project.sources == ("003",)


# ---------------------------------------------------------------- a folder of one's own

ITEM = """\
[[item]]
id = "scarf"
title = "A scarf"
build = "Knit a scarf."
done_when = ["It is 2 m long", "It holds 1 kg"]
hours = [3, 6]
level = "used"
skills = ["python"]
resume_line = "Knitted [N] m of scarf"
"""
PROJECT = """\
[[project]]
id = "wardrobe"
title = "A wardrobe"
outcome = "Clothes on a rail."
setup = "Buy wool."
setup_hours = [1, 2]
items = ["scarf", "evals-in-ci"]
"""


def own(folder: Path, *, items: str = ITEM, projects: str = PROJECT, first: str = "") -> Learning:
    (folder / "learning" / "items").mkdir(parents=True)
    (folder / "learning" / "items" / "knitting.toml").write_text(items, encoding="utf-8")
    (folder / "learning" / "projects.toml").write_text(projects, encoding="utf-8")
    if first:
        (folder / "learning" / "prerequisites.toml").write_text(first, encoding="utf-8")
    catalogue: Catalogue = profiles.load(folder)
    return profiles.load_learning(catalogue, folder)


def test_own_items_and_projects_are_added(tmp_path: Path) -> None:
    learning = own(tmp_path, first='[prerequisites]\npython = ["databases"]\n')
    assert learning.item("scarf").effort.planned == 5
    assert learning.project("wardrobe").items == ("scarf", "evals-in-ci")
    assert len(learning.items) == len(LEARNING.items) + 1
    assert learning.prerequisites["python"] == ("databases",)
    assert learning.needs(learning.item("scarf")) == ("databases",)
    assert learning.sha256 != LEARNING.sha256


def test_own_content_replaces_the_built_in(tmp_path: Path) -> None:
    learning = own(
        tmp_path,
        items=ITEM.replace('"scarf"', '"evals-in-ci"'),
        projects=PROJECT.replace('"wardrobe"', '"published-findings"').replace(
            '"scarf"', '"post-with-numbers"'
        ),
    )
    assert learning.item("evals-in-ci").title == "A scarf"
    assert learning.project("published-findings").items == ("post-with-numbers", "evals-in-ci")
    assert len(learning.items) == len(LEARNING.items)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('title = "A scarf"', "", ["item 'scarf'", "`title`", "Add it"]),
        ('title = "A scarf"', 'titel = "A scarf"', ["item 'scarf'", "titel"]),
        (', "It holds 1 kg"', "", ["item 'scarf': done_when", ">= 2", "Add what is lacking"]),
        ('kg"]', 'kg", "a", "b", "c"]', ["item 'scarf': done_when", "<= 4", "Keep the four"]),
        ("[3, 6]", "[6, 3]", ["item 'scarf': hours: from 6 to 3", "lower number first"]),
        ("[3, 6]", "[3, 3]", ["item 'scarf': hours: from 3 to 3"]),
        ("[3, 6]", "[0, 3]", ["item 'scarf': hours", "whole hours"]),
        ('"used"', '"expert"', ["level: unknown level 'expert'", "used or owned"]),
        ('["python"]', '["pythn"]', ["unknown skill id 'pythn'", "Did you mean 'python'?"]),
        ('["python"]', '["python", "python"]', ["item 'scarf': skills", "'python' appears twice"]),
        ("[N] m", "2 m", ["item 'scarf': resume_line: has no placeholder", "[N]"]),
        ('id = "scarf"', 'id = "rag"', ["item 'rag': id: is a skill's id", "'rag-built'"]),
        ('id = "scarf"', 'id = "A scarf"', ["id", "hyphens"]),
    ],
)
def test_a_mistake_in_an_item_is_named(
    old: str, new: str, parts: list[str], tmp_path: Path
) -> None:
    assert old in ITEM
    with pytest.raises(ProfileError) as caught:
        own(tmp_path, items=ITEM.replace(old, new, 1))
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "learning" / "items" / "knitting.toml"))
    assert all(part in message for part in parts), message


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('"scarf"', '"scraf"', ["project 'wardrobe': items: unknown item 'scraf'", "'scarf'?"]),
        ('"scarf"', '"zzzz"', ["unknown item 'zzzz'", "learning/items/*.toml"]),
        ('"evals-in-ci"', '"scarf"', ["project 'wardrobe': items", "'scarf' appears twice"]),
        ("[1, 2]", "[2, 1]", ["project 'wardrobe': setup_hours: from 2 to 1"]),
        ('setup = "Buy wool."', 'setup = " "', ["project 'wardrobe': setup", "blank"]),
    ],
)
def test_a_mistake_in_a_project_is_named(
    old: str, new: str, parts: list[str], tmp_path: Path
) -> None:
    assert old in PROJECT
    with pytest.raises(ProfileError) as caught:
        own(tmp_path, projects=PROJECT.replace(old, new, 1))
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "learning" / "projects.toml"))
    assert all(part in message for part in parts), message


@pytest.mark.parametrize(
    ("first", "parts"),
    [
        ('pythn = ["testing"]', ["unknown skill id 'pythn'", "Did you mean 'python'?"]),
        ('python = ["tsting"]', ["prerequisites.python: unknown skill id 'tsting'", "'testing'?"]),
        ('python = ["rag"]', ["skills wait for each other", "python", "rag", "Take one"]),
    ],
)
def test_a_mistake_in_the_prerequisites_is_named(
    first: str, parts: list[str], tmp_path: Path
) -> None:
    with pytest.raises(ProfileError) as caught:
        own(tmp_path, first=f"[prerequisites]\n{first}\n")
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def test_items_that_wait_for_each_other(tmp_path: Path) -> None:
    """No skill stands in a circle, but what brings two of them does."""
    both = ITEM.replace('["python"]', '["databases", "regression-evals"]')
    again = ITEM.replace('"scarf"', '"hat"').replace('["python"]', '["testing", "reranking"]')
    needs = '[prerequisites]\ntesting = ["databases"]\n'
    with pytest.raises(ProfileError, match=r"items wait for each other: .*scarf"):
        own(
            tmp_path,
            items=both + again,
            projects=PROJECT.replace('"scarf"', '"scarf", "hat"'),
            first=needs,
        )


def test_an_item_outside_every_project(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no project holds the item 'scarf'"):
        own(tmp_path, projects=PROJECT.replace('"scarf", ', ""))


def test_an_item_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "learning" / "items").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / "learning" / "items" / f"{name}.toml").write_text(ITEM, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"b\.toml: item: 'scarf' appears twice"):
        profiles.load_learning(profiles.load(tmp_path), tmp_path)
