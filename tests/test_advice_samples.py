"""Advice for the sample resumes, with the real model and the real guides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from guide_builders import of

from gapfit.datamodels import Advice, Analysis, Topic

pytestmark = pytest.mark.model

Sample = Callable[[str], Analysis]


def roles(topic: Topic, analysis: Analysis) -> list[str]:
    return [role for advice in of(topic, analysis.advice) for role in advice.roles[:1]]


def headline(analysis: Analysis) -> Advice:
    (advice,) = of(Topic.HEADLINE, analysis.advice)
    return advice


def test_one_person_gets_three_titles_each_by_its_lines(sample: Sample) -> None:
    analysis = sample("worked-example.pdf")
    three = {"ai-engineer", "ai-platform-engineer", "forward-deployed-engineer"}
    assert three <= set(roles(Topic.TITLE, analysis))
    assert three <= set(roles(Topic.MOVE, analysis))
    titles = {a.roles[0]: a for a in of(Topic.TITLE, analysis.advice)}
    assert "RAG assistant" in " ".join(line.text for line in titles["ai-engineer"].evidence)
    platform = " ".join(line.text for line in titles["ai-platform-engineer"].evidence)
    assert "gateway" in platform or "platform" in platform


def test_a_prompt_engineer_is_renamed(sample: Sample) -> None:
    advice = headline(sample("prompt-engineer.pdf"))
    assert "AI Engineer (prompting & evals specialty)" in advice.text
    assert roles(Topic.MOVE, sample("prompt-engineer.pdf"))[0] == "ai-engineer"


def test_an_ml_engineer_hears_both_answers(sample: Sample) -> None:
    (advice,) = of(Topic.STAY, sample("ml-engineer.pdf").advice)
    assert advice.skills
    assert of(Topic.HEADLINE, sample("ml-engineer.pdf").advice) == []


def test_a_researcher_with_papers_is_not_redirected(sample: Sample) -> None:
    analysis = sample("research-engineer.pdf")
    assert of(Topic.GATE, analysis.advice) == []
    assert roles(Topic.TITLE, analysis)[0] == "research-engineer"


def test_wishes_earn_no_advice(sample: Sample) -> None:
    analysis = sample("career-changer.pdf")
    assert roles(Topic.TITLE, analysis) == roles(Topic.MOVE, analysis) == []
    assert of(Topic.KEYWORDS, analysis.advice) == []


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("worked-example.pdf", "Mid"),
        ("ml-engineer.pdf", "Senior"),
        ("student-ml-engineer.pdf", "Entry"),
    ],
)
def test_levels(name: str, levels: str, sample: Sample) -> None:
    (advice,) = of(Topic.LEVEL, sample(name).advice)
    assert advice.text.startswith(levels)
