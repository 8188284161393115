"""Which words head which section, and how much a statement wants what it names."""

from __future__ import annotations

import pytest

from gapfit.ads import headings
from gapfit.datamodels import AdSection, Need

D, R, P, A, F, L, N = (
    AdSection.DUTIES, AdSection.REQUIRED, AdSection.PREFERRED, AdSection.ABOUT, AdSection.OFFER,
    AdSection.LEGAL, AdSection.INTRO,
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Key Responsibilities:", D), ("What you'll do", D), ("Your mission", D), ("You will", D),
        ("In this role, you will", D), ("Tasks", D), ("Requirements", R), ("Your profile", R),
        ("Required Skills", R), ("Minimum qualifications", R), ("Who you are", R), ("You have", R),
        ("Must-haves", R), ("Preferred qualifications", P), ("Nice to have", P), ("Pluses", P),
        ("Bonus points", P), ("Additional skills", P), ("About us", A), ("Our values", A),
        ("Who we are", A),
        ("About the role", N), ("Role overview", N), ("What we offer", F), ("Benefits & perks", F),
        ("Salary range", F), ("Why join us?", F), ("Equal opportunity employer", L),
        ("Privacy notice", L), ("Anything else", None), ("", None),
    ],
)  # fmt: skip
def test_headings(heading: str, section: AdSection | None) -> None:
    assert headings.named(heading) is section


@pytest.mark.parametrize(
    ("text", "section", "need"),
    [
        ("Kubernetes", R, Need.REQUIRED),
        ("Build agents", D, Need.REQUIRED),
        ("Kubernetes is a plus", R, Need.PREFERRED),
        ("Experience with Go preferred", R, Need.PREFERRED),
        ("Ideally you know Terraform", R, Need.PREFERRED),
        ("Kubernetes", P, Need.PREFERRED),
        ("We run Kubernetes", A, Need.CONTEXT),
        ("You do not need to have trained models", R, Need.NONE),
        ("No PhD required", R, Need.NONE),
        ("This is not a research role", D, Need.NONE),
    ],
)
def test_need(text: str, section: AdSection, need: Need) -> None:
    assert headings.need(text, section) is need


def test_a_statement_that_wants_two_things_differently_is_two() -> None:
    assert headings.clauses("Kubernetes (Helm is a plus)", R) == ["Kubernetes", "Helm is a plus"]
    assert headings.clauses("Strong SQL; dbt preferred", R) == ["Strong SQL", "dbt preferred"]
    assert headings.clauses("A cloud, ideally Azure", R) == ["A cloud", "ideally Azure"]
    assert headings.clauses("Helm is a plus", R) == ["Helm is a plus"]
    assert headings.clauses("Python; SQL", R) == ["Python; SQL"]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("You will build agents.", D),
        ("We are looking for an engineer who ships.", D),
        ("You have three years of Python.", R),
        ("Acme makes cheese.", N),
        ("We offer dental insurance.", F),
        ("We are an equal opportunity employer.", L),
    ],
)
def test_between_the_lists_words_decide(text: str, section: AdSection) -> None:
    assert headings.by_wording(text, N) is section


def test_within_a_list_the_heading_decides() -> None:
    assert headings.by_wording("You will build agents.", R) is R
    assert headings.by_wording("All applicants without regard to age", D) is L


def test_a_sentence_goes_on_with_what_stood_before_it() -> None:
    assert headings.by_wording("Retrieval, agents, evals.", N, before=D) is D
    assert headings.by_wording("We were founded in 1990.", N, before=D) is N
