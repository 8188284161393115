"""Jobs and degrees under headings of one's own, and lists without a job above them."""

from __future__ import annotations

import pytest
from test_statements import FULL, statements

from gapfit.datamodels import Form, Section
from gapfit.statements.entries import tells_deed


def sections(*rows: str) -> dict[str, Section]:
    return {statement.text: statement.section for statement in statements(*rows)}


JOB = ("ML Engineer, Acme\t2019 - 2023", "• Built a ranking service for nine shops")
DEGREE = ("MSc Statistics, University of Graz\t2014 - 2016",)


@pytest.mark.parametrize("heading", ["# Where I have been", "# Stations", "# Summary"])
def test_a_job_is_experience_whatever_stands_above_it(heading: str) -> None:
    found = sections(FULL, "# Skills", "Python", heading, *JOB)
    assert found["Built a ranking service for nine shops"] is Section.EXPERIENCE
    assert found["ML Engineer, Acme"] is Section.EXPERIENCE


def test_a_job_without_any_heading_is_experience() -> None:
    found = sections("Jane Roe", "I make rankers fast and keep them honest.", *JOB)
    assert found["I make rankers fast and keep them honest."] is Section.SUMMARY
    assert found["Built a ranking service for nine shops"] is Section.EXPERIENCE


def test_a_degree_is_education_whatever_stands_above_it() -> None:
    found = sections("# Skills", "Python", "# How I learned it", *DEGREE)
    assert found["MSc Statistics, University of Graz"] is Section.EDUCATION


def test_a_title_and_its_dates_on_two_lines() -> None:
    found = sections("# Stations", "ML Engineer", "Acme, 2019 - 2023", "• Built a ranking service")
    assert found["Built a ranking service"] is Section.EXPERIENCE


@pytest.mark.parametrize(
    "line",
    [
        "ML engineer with ten years in search, since 2014 in Graz.",
        "AI Engineer",
        "Open to roles as ML Engineer",
    ],
)
def test_a_title_alone_begins_no_job(line: str) -> None:
    assert set(sections("# Summary", line, "I like search.").values()) == {Section.SUMMARY}


def test_a_heading_that_says_something_is_believed() -> None:
    found = sections("# Projects", "Tutor, Code Club\t2019 - 2020", "• Taught Python to twelve")
    assert found["Taught Python to twelve"] is Section.PROJECTS


def test_names_without_a_job_above_them_are_a_list() -> None:
    label = ("What I know", {"bold": True})
    rows = ("# Experience", *JOB, label, "Python, SQL, Airflow", "OpenAI SDK")
    forms = {statement.text: statement.form for statement in statements(*rows)}
    assert forms["Airflow"] is Form.ITEM
    assert forms["Built a ranking service for nine shops"] is Form.BULLET


# ---------------------------------------------------------------- neither jobs nor degrees

MADE = (
    "Tram delays",
    "• Streamed eight months of departures into PostgreSQL and compared two models.",
    "• A page with tomorrow's delays has about 200 visitors a week.",
    "Glass sorter",
    "Sorted glass by colour with a small network on a phone, eleven frames a second.",
)
NAMED = ("• Machine Learning Specialization", "• MLOps Bootcamp", "• Certified Administrator")
PRINTED = (
    "Quiet norms: predicting loss spikes, ICLR 2025",
    "Embedding norms forecast divergence up to 900 steps ahead.",
    "Ranking models whose intervals overlap, NeurIPS 2024",
    "A third of published gaps vanish under a paired bootstrap.",
)


@pytest.mark.parametrize(
    ("rows", "section"),
    [
        (MADE, Section.PROJECTS),
        (NAMED, Section.CERTIFICATIONS),
        (PRINTED, Section.PUBLICATIONS),
        (("• Sailing", "• Choir", "• Baking bread"), Section.SKILLS),
        (("• Hoping to build a chatbot that recommends wine.",), Section.OTHER),
        (("I like trams, and glass, and people who tell me about both.",), Section.OTHER),
    ],
)
def test_what_stands_there_tells_what_it_is(rows: tuple[str, ...], section: Section) -> None:
    found = sections(FULL, "# Skills", "Python", "# Odds and ends", *rows)
    assert found.pop("Python") is Section.SKILLS
    found.pop(FULL.removeprefix("> "))
    assert set(found.values()) == {section}


def test_wrapped_lines_are_no_deeds() -> None:
    prose = (
        "For three years I have written prompts,",
        "tested and improved them, and read",
        "more",
    )
    assert set(sections("# Skills", "Python", "# In a few words", *prose).values()) == {
        Section.SKILLS,
        Section.OTHER,
    }


def test_a_heading_of_ones_own_above_a_list_needs_no_other_before_it() -> None:
    learning = ("# What I am learning", "• Online course on retrieval", "• A certificate in Python")
    first = sections(("Jane Roe", {"size": 18.0}), *learning, "# Skills", "Python")
    last = sections(("Jane Roe", {"size": 18.0}), "# Skills", "Python", *learning)
    assert first == last
    assert "What I am learning" not in first


# ---------------------------------------------------------------- deeds, and names like deeds

ABILITIES = (
    "• Distributed training of large models",
    "• Automated evaluation of language models",
    "• RAG pipelines",
    "• Fine-tuned language models",
    "• Advanced prompt engineering",
    "• Embedded vector search",
    "• Applied machine learning",
)
TAUGHT = (
    "• Taught two courses on deep learning to 200 students, with own labs",
    "• Designed the course project: students deploy a service and evaluate it",
    "• Built the autograder for the course in Python and Docker",
)
GAINED = (
    "• Completed the Deep Learning Specialization in 2023",
    "• Passed a certification for cloud architects",
    "• Online course on statistics",
)


@pytest.mark.parametrize("mark", ["• ", ""])
@pytest.mark.parametrize("end", ["", "."])
def test_abilities_named_by_participles_are_no_projects(mark: str, end: str) -> None:
    rows = [f"{mark}{row.removeprefix('• ')}{end}" for row in ABILITIES]
    found = sections(FULL, "# Skills", "Python", "# My superpowers", *rows)
    assert Section.PROJECTS not in found.values()


def test_a_few_deeds_among_abilities_make_no_project() -> None:
    found = sections(FULL, "# Skills", "Python", "# My superpowers", *ABILITIES, TAUGHT[2])
    assert Section.PROJECTS not in found.values()


@pytest.mark.parametrize(
    ("rows", "section"), [(TAUGHT, Section.PROJECTS), (GAINED, Section.CERTIFICATIONS)]
)
def test_work_on_a_course_is_no_certificate(rows: tuple[str, ...], section: Section) -> None:
    found = sections(FULL, "# Skills", "Python", "# In the classroom", *rows)
    assert {found[row.removeprefix("• ")] for row in rows} == {section}


@pytest.mark.parametrize(
    "text",
    [
        "Built ranking services",
        "Sorted the glass by colour",
        "Streamed departures into PostgreSQL and compared two models",
        "We sorted waste",
        "Cut batch jobs from 30 to 4",
        "Deployed to three clusters",
        "Replaced manual reports across teams with a nightly job",
    ],
)
def test_deeds(text: str) -> None:
    assert tells_deed(text)


@pytest.mark.parametrize(
    "text",
    [
        *(row.removeprefix("• ") for row in ABILITIES),
        "Supervised and unsupervised learning",
        "Embedded systems, distributed systems",
        "Building retrieval pipelines",
        "Red teaming of language models",
    ],
)
def test_names_that_look_like_deeds(text: str) -> None:
    assert not tells_deed(text)


def test_a_job_before_any_known_heading_is_no_place() -> None:
    job = ("Data Engineer, Acme GmbH", "Jan 2021 - Present", "• Moved reporting to Snowflake")
    found = sections(
        ("Jane Roe", {"size": 20.0}), "Where I have worked", *job, "# Skills", "Python"
    )
    assert found["Data Engineer, Acme GmbH"] is Section.EXPERIENCE
    assert found["Moved reporting to Snowflake"] is Section.EXPERIENCE
