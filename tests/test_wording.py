"""Words that stages and views share."""

from __future__ import annotations

import pytest

from gapfit.wording import between, capital, count, listed, span, with_article


@pytest.mark.parametrize(
    ("names", "words"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(names: list[str], words: str) -> None:
    assert listed(names) == words
    assert listed(names, "or") == words.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (0, "0 months"),
        (1, "1 month"),
        (12, "1 year"),
        (13, "1 year 1 month"),
        (29, "2 years 5 months"),
    ],
)
def test_span(months: int, words: str) -> None:
    assert span(months) == words


def test_between() -> None:
    assert between(6, 12, "month") == "6-12 months"
    assert between(6, 6, "month") == "6 months"
    assert between(1, 1, "month") == "1 month"


def test_count_and_capital() -> None:
    assert (count(1, "page"), count(2, "page")) == ("1 page", "2 pages")
    assert (capital("mid to senior"), capital("AI"), capital("")) == ("Mid to senior", "AI", "")


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("AI Engineer", "an AI Engineer"),
        ("ML Engineer", "an ML Engineer"),
        ("LLM Engineer", "an LLM Engineer"),
        ("MLOps Engineer", "an MLOps Engineer"),
        ("Voice AI Engineer", "a Voice AI Engineer"),
        ("Research Engineer", "a Research Engineer"),
    ],
)
def test_names_have_the_article_that_is_spoken(name: str, spoken: str) -> None:
    assert with_article(name) == spoken
