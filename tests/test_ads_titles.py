"""Titles: which role they claim, where they stand."""

from __future__ import annotations

import pytest

from gapfit import ads
from gapfit.ads import titles
from gapfit.ads.blocks import blocks


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Senior AI Engineer", "ai-engineer"),
        ("Applied AI Engineer (m/f/d)", "ai-engineer"),
        ("Software Engineer, AI", "ai-engineer"),
        ("GenAI Developer", "ai-engineer"),
        ("LLM Engineer", "llm-engineer"),
        ("Staff Machine Learning Engineer, Ads", "ml-engineer"),
        ("MLE II", "ml-engineer"),
        ("MLOps Engineer", "mlops-engineer"),
        ("ML Infrastructure Engineer", "mlops-engineer"),
        ("AI Platform Engineer", "ai-platform-engineer"),
        ("AI/ML Platform Engineer", "ai-platform-engineer"),
        ("Research Engineer, Pretraining", "research-engineer"),
        ("AI Research Scientist", "research-engineer"),
        ("Forward Deployed Engineer - Healthcare", "forward-deployed-engineer"),
        ("AI Engineer (FDE)", "forward-deployed-engineer"),
        ("AI Solutions Architect", "ai-solutions-architect"),
        ("Architect, Generative AI", "ai-solutions-architect"),
        ("Product Manager, AI", "ai-product-manager"),
        ("AI Product Owner", "ai-product-manager"),
        ("Responsible AI Lead", "responsible-ai-engineer"),
        ("AI Safety Engineer", "responsible-ai-engineer"),
        ("Senior Prompt Engineer", "prompt-engineer"),
        ("Voice AI Engineer", "voice-ai-engineer"),
        ("AI/ML Engineer", None),
        ("AI Engineer / Machine Learning Engineer", None),
        ("Backend Engineer (AI)", None),
        ("Data Scientist", None),
        ("Founding Engineer", None),
        ("QA Engineer, GenAI Products", None),
        ("Product Manager", None),
        ("AI Developer Relations Lead", None),
        ("", None),
    ],
)
def test_claims(title: str, role: str | None) -> None:
    assert ads.claimed_role(title) == role


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("AI Engineer\n\nWe build.", "AI Engineer"),
        ("Job title: AI Engineer\nWe build.", "AI Engineer"),
        ("# **AI Engineer**\nWe build.", "AI Engineer"),
        ("Acme GmbH\n\nAI Engineer\n\nWe build.", "AI Engineer"),
        ("We are looking for an engineer who builds.\nAnd so on.", ""),
        ("Responsibilities\n- Build agents", ""),
    ],
)
def test_a_title_stands_at_the_head(head: str, title: str) -> None:
    padded = head + "\n\nThis is a sentence that makes the ad long enough to be one."
    found = ads.extract(ads.from_bytes(padded.encode(), "ad"))
    assert found.title == title


def test_a_given_title_comes_first() -> None:
    source = ads.from_bytes(b"AI Engineer\n\nWe build things that people use every day.", "ad")
    assert ads.extract(source, "Prompt Engineer").title == "Prompt Engineer"


def test_roles_named_in_a_statement() -> None:
    assert titles.roles_named("You work with ML engineers and prompt engineers") == (
        "prompt-engineer",
        "ml-engineer",
    )


def test_several_ads_are_counted() -> None:
    one = "{}\nResponsibilities\n• Build\nRequirements\n• Python"
    text = "\n".join(one.format(t) for t in ("AI Engineer", "ML Engineer"))
    found = list(blocks(list(enumerate(text.split("\n"), 1))))
    assert titles.ads_in(found) == 2
    assert titles.ads_in(found[: len(found) // 2]) == 1
