"""An ad as statements: sections, needs, and what is said beside them."""

from __future__ import annotations

import job_builders
import pytest

from gapfit import ads
from gapfit.datamodels import AdSection, JobAd, Need


def needs(ad: JobAd) -> dict[str, Need]:
    return {line.text: line.need for line in ad.lines}


def codes(text: str) -> set[str]:
    return {w.code for w in job_builders.an_ad(text).warnings}


def test_an_ad_is_read_into_statements_with_their_need() -> None:
    ad = job_builders.an_ad()
    told = needs(ad)
    assert ad.title == "Machine Learning Engineer"
    assert ad.title_role == "ml-engineer"
    assert told["Build a RAG assistant for harbour masters"] is Need.REQUIRED
    assert told["Strong Python"] is Need.REQUIRED
    assert told["Helm"] is Need.PREFERRED
    assert told["We use Kubernetes at Tidewell."] is Need.CONTEXT
    assert [(y.least, y.llm) for y in ad.years] == [(5, True)]
    assert [(p.low, p.high, p.currency) for p in ad.pay] == [(150e3, 190e3, "USD")]
    assert ad.equity and not ad.bonus


def test_every_statement_knows_its_line() -> None:
    lines = job_builders.TEXT.split("\n")
    for line in job_builders.an_ad().lines:
        assert line.text.split()[0] in lines[line.line - 1]


def test_prose_without_headings_is_told_apart_by_its_words() -> None:
    text = (
        "AI Engineer\n\nTidewell plans tides and is twelve years old. You will build agents with "
        "our harbour team. Retrieval, evals, tracing. You have three years of Python. Terraform is "
        "a plus. You need not have trained models. We offer dental insurance and a pension."
    )
    told = needs(job_builders.an_ad(text))
    assert told["Tidewell plans tides and is twelve years old."] is Need.CONTEXT
    assert told["You will build agents with our harbour team."] is Need.REQUIRED
    assert told["Retrieval, evals, tracing."] is Need.REQUIRED
    assert told["You have three years of Python."] is Need.REQUIRED
    assert told["Terraform is a plus."] is Need.PREFERRED
    assert told["You need not have trained models."] is Need.NONE
    assert told["We offer dental insurance and a pension."] is Need.CONTEXT


def test_labels_within_a_paragraph() -> None:
    text = (
        "AI Engineer\n\nWe build assistants for ports.\n\nRequirements: Python; agents. "
        "Nice to have: Go."
    )
    found = {line.text: line.section for line in job_builders.an_ad(text).lines}
    assert found["Python; agents."] is AdSection.REQUIRED
    assert found["Go."] is AdSection.PREFERRED


def test_a_heading_at_the_end_of_a_paragraph_heads_the_list_below() -> None:
    text = "AI Engineer\n\nWe plan tides. What you will do:\n- Build the tide agent for every port"
    found = {line.text: line.section for line in job_builders.an_ad(text).lines}
    assert found == {
        "We plan tides.": AdSection.INTRO,
        "Build the tide agent for every port": AdSection.DUTIES,
    }


def test_windows_line_ends_and_html_change_nothing() -> None:
    plain = job_builders.an_ad()
    windows = job_builders.an_ad(job_builders.TEXT.replace("\n", "\r\n"))
    assert windows == plain
    blocks = [
        f"<li>{t[2:]}</li>" if t.startswith("- ") else f"<p>{t}</p>"
        for t in job_builders.TEXT.split("\n")
        if t
    ]
    page = job_builders.an_ad("<div>" + "\n".join(blocks) + "</div>")
    assert needs(page) == needs(plain)


RESUME = """\
Ada Example
ada@mail.example  linkedin.com/in/ada-example

Experience
ML Engineer, Acme
- Built a RAG assistant over 40,000 articles
- Led a team of four
- Reduced cost by 40 percent

Education
MSc Computer Science
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RESUME, "looks-like-a-resume"),
        ("We plan tides for harbours and have done so for a very long time.", "no-title"),
        ("We plan tides for harbours and have done so for a very long time.", "no-asks"),
        (
            "AI Engineer\nResponsibilities\n- Build\nRequirements\n- Python\n\nData Engineer\n"
            "Responsibilities\n- Load\nRequirements\n- SQL\n",
            "several-ads",
        ),
    ],
)
def test_what_a_person_should_know_is_said(text: str, code: str) -> None:
    assert code in codes(text)


def test_a_plain_ad_has_nothing_to_warn_of() -> None:
    assert not codes(job_builders.TEXT)


def test_the_same_sum_is_named_once() -> None:
    ad = job_builders.an_ad(job_builders.TEXT + "\nBase salary: $150,000 - $190,000\n")
    assert len(ad.pay) == 1


def test_a_given_title_leaves_the_head_in_the_text() -> None:
    ad = ads.extract(ads.from_bytes(job_builders.TEXT.encode(), "ad"), "Prompt Engineer")
    assert ad.title_role == "prompt-engineer"
    assert ad.lines[0].text == "Machine Learning Engineer"
