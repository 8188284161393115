"""Years of experience, in the ways ads ask for them."""

from __future__ import annotations

import pytest

from gapfit.ads import years
from gapfit.datamodels import AdLine, AdSection, Need


def found(text: str, section: AdSection = AdSection.REQUIRED) -> list[tuple[int, int | None, bool]]:
    line = AdLine(text, 1, section, Need.REQUIRED)
    return [(y.least, y.most, y.llm) for y in years.named(line)]


@pytest.mark.parametrize(
    ("text", "least", "most", "llm"),
    [
        ("3+ years of Python", 3, None, False),
        ("5-7 years in software engineering", 5, 7, False),
        ("5 – 7+ yrs experience", 5, 7, False),
        ("minimum of two years of experience", 2, None, False),
        ("three to five years' experience", 3, 5, False),
        ("at least 10 years' experience", 10, None, False),
        ("5+ years of experience with LLMs", 5, None, True),
        ("4 years building generative AI applications", 4, None, True),
        ("6 years as an AI Engineer", 6, None, True),
        ("5+ years of machine learning, including LLMs", 5, None, False),
        ("18 months of experience with RAG", 2, None, True),
        ("Bachelor's degree and 8 years of work experience", 8, None, False),
    ],
)
def test_forms(text: str, least: int, most: int | None, llm: bool) -> None:
    assert found(text) == [(least, most, llm)]


def test_years_of_several_things() -> None:
    text = "8+ years of software engineering and 2+ years working with LLMs"
    assert found(text) == [(8, None, False), (2, None, True)]
    assert found("Total experience 6+ yrs, GenAI 2+ yrs") == [(6, None, False), (2, None, True)]


@pytest.mark.parametrize(
    "text",
    [
        "You must be 18 years of age",
        "Founded 10 years ago",
        "Over the past 5 years we grew",
        "Options vest over 4 years",
        "A 4-year degree",
        "Ten years in, our brands reach millions",
        "no degree and 12 years combined education",
        "We are 100 years old",
    ],
)
def test_years_of_something_else(text: str) -> None:
    assert found(text) == []


def test_the_company_asks_for_nothing() -> None:
    assert found("We have 20 years of experience", AdSection.OFFER) == []
