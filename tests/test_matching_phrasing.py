"""Wording: what is denied is nothing, what is wished, listed or taught is a mention at most."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from gapfit import profiles
from gapfit.datamodels import Form, Level, Section, Statement
from gapfit.matching import asserted, ceilings, phrasing

any_text = st.text(max_size=120) | st.lists(
    st.sampled_from(
        "no experience with Kubernetes, but built not yet used . ; RAG I have never learning a "
        "course: Coursera 40% seeking to led deployed without any".split()
    ),
    max_size=15,
).map(" ".join)
any_statement = st.builds(
    Statement,
    text=any_text,
    page=st.just(1),
    line=st.just(1),
    section=st.sampled_from(Section),
    form=st.sampled_from(Form),
)


def statement(
    text: str, section: Section = Section.EXPERIENCE, form: Form = Form.BULLET, context: str = ""
) -> Statement:
    return Statement(text, 1, 1, section, form, context)


def ceiling(text: str, section: Section = Section.EXPERIENCE, form: Form = Form.BULLET) -> Level:
    (level,) = ceilings([statement(text, section, form)])
    return level


# ---------------------------------------------------------------- negation

DENIALS = [
    "No experience with Kubernetes",
    "No experience with Kubernetes or Terraform.",
    "No prior hands-on experience with Kubernetes",
    "No exposure to Kubernetes",
    "No knowledge of Kubernetes",
    "Zero experience with Kubernetes",
    "Without any experience in Kubernetes",
    "Lacks experience in Kubernetes",
    "Has not used Kubernetes yet",
    "Haven't worked with Kubernetes",
    "Haven’t worked with Kubernetes.",
    "Have not touched Kubernetes",
    "Did not use Kubernetes",
    "Not yet exposed to Kubernetes",
    "Have never used Kubernetes",
    "Never worked with Kubernetes.",
    "No experience with Node.js",
    "No experience with Unstructured.io or Kubernetes.",
]


@pytest.mark.parametrize("text", DENIALS)
def test_a_denial_supports_nothing(text: str) -> None:
    assert asserted(statement(text)) == ""
    assert ceiling(text) is Level.ABSENT


@pytest.mark.parametrize("skill", [skill.name for skill in profiles.load().skills])
def test_no_skill_survives_its_denial(skill: str) -> None:
    assert ceiling(f"No experience with {skill.lower()}") is Level.ABSENT


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("Built RAG over manuals, but have no experience with fine-tuning", "RAG", "fine-tuning"),
        ("No experience with Kubernetes, but deployed all of it on ECS", "ECS", "Kubernetes"),
        ("I have no production experience with RAG; built dashboards", "dashboards", "RAG"),
        ("No real experience of agents, however built a search engine", "search", "agents"),
        ("Deployed on ECS. No experience with Kubernetes.", "ECS", "Kubernetes"),
    ],
)
def test_only_the_clause_that_denies_is_cut(text: str, kept: str, gone: str) -> None:
    left = asserted(statement(text))
    assert kept in left
    assert gone not in left
    assert ceiling(text) is Level.OWNED


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Built a RAG assistant with no downtime", "RAG assistant"),
        ("Zero-downtime deploys on Kubernetes", "Kubernetes"),
        ("Nothing leaves the network; the model runs on premises", "model runs on premises"),
        ("Now used by 400 people, none of them engineers", "Now used by 400 people"),
        ("Reduced the cost of inference without losing quality", "cost of inference"),
        ("A no-code builder for evaluation suites", "evaluation suites"),
        ("Guardrails withhold answers that do not cite a page", "Guardrails withhold answers"),
        ("Not only built the eval suite but ran it weekly", "eval suite"),
    ],
)
def test_what_only_sounds_like_a_denial_takes_no_evidence(text: str, kept: str) -> None:
    assert kept in asserted(statement(text))
    assert ceiling(text) is Level.OWNED


@given(any_text)
def test_nothing_is_added_to_what_is_asserted(text: str) -> None:
    characters = iter(text)
    assert all(c in characters for c in asserted(statement(text)) if c != " ")


# ---------------------------------------------------------------- wishes, courses, lists

WISHES = [
    "Seeking to learn RAG and agents",
    "Looking for a role in MLOps",
    "I want to work with language models",
    "Hoping to move into AI engineering",
    "Aspiring ML engineer with an interest in deep learning",
    "Eager to learn Kubernetes",
    "I'd love to work on evaluation",
    "Interested in LLM agents",
    "My goal is to become an MLOps engineer",
    "Career goal: AI Engineer working on RAG and evals",
    "Currently learning PyTorch",
    "Now studying fine-tuning",
    "Reading about retrieval",
    "Curious about RLHF",
    "Keen to learn more about evals",
]
COURSES = [
    "Completed a course on retrieval-augmented generation",
    "Coursera: Deep Learning Specialization",
    "Deep Learning Specialization (Coursera)",
    "Online course: LLM agents",
    "Machine Learning – online course",
    "Certified Kubernetes Administrator",
    "Relevant coursework: machine learning, statistics",
    "Nanodegree in machine learning",
    "Attended a workshop on RAG",
    "Bootcamp: data science, 12 weeks",
]
DEEDS = [
    "Built a RAG assistant that answers a third of all tickets",
    "Learning to rank for job search: pairwise loss on applications, served in 15 ms",
    "Learning curves showed high variance, so I gathered more labels instead",
    "Planned and ran the migration of 40 services to Kubernetes",
    "Automated TLS: certificate renewal for 300 services",
    "Workshops with business stakeholders led to one signed-off scope for the assistant",
    "Course project: taught a 7B chat model to write folk tales with low-rank adapters",
    "Bootcamp capstone: RAG bot over 300 regulations, used by 40 students",
]


@pytest.mark.parametrize("text", WISHES + COURSES)
@pytest.mark.parametrize("section", [Section.SUMMARY, Section.EXPERIENCE, Section.EDUCATION])
def test_a_wish_and_a_course_are_mentions_at_most(text: str, section: Section) -> None:
    assert ceiling(text, section, Form.SENTENCE) is Level.MENTIONED
    assert ceiling(text, section, Form.BULLET) is Level.MENTIONED


@pytest.mark.parametrize("section", Section)
def test_an_item_of_a_list_is_a_mention_at_most(section: Section) -> None:
    for text in ("Kubernetes", *DEEDS):
        assert ceiling(text, section, Form.ITEM) is Level.MENTIONED


@pytest.mark.parametrize("form", Form)
def test_a_certificate_is_a_mention_at_most(form: Form) -> None:
    text = "AWS Machine Learning – Specialty"
    assert ceiling(text, Section.CERTIFICATIONS, form) is Level.MENTIONED


@pytest.mark.parametrize("text", DEEDS)
def test_a_deed_is_not_held_down(text: str) -> None:
    assert ceiling(text) is Level.OWNED


def test_a_denied_item_of_a_list_is_nothing() -> None:
    assert ceiling("No experience with Kubernetes", Section.SKILLS, Form.ITEM) is Level.ABSENT


# ---------------------------------------------------------------- repetition


def test_a_repeated_line_supports_nothing_more() -> None:
    line = statement(DEEDS[0])
    other = statement(DEEDS[3])
    assert ceilings([line, other, line, line]) == [
        Level.OWNED, Level.OWNED, Level.ABSENT, Level.ABSENT,
    ]  # fmt: skip


def test_the_same_words_elsewhere_are_a_line_of_their_own() -> None:
    text = DEEDS[0]
    assert ceilings([statement(text), statement(text, Section.PROJECTS)]) == [Level.OWNED] * 2
    assert ceilings([statement(text), statement(text, context="Acme")]) == [Level.OWNED] * 2


@given(st.lists(any_statement, max_size=6))
def test_ceilings_are_one_per_statement(lines: list[Statement]) -> None:
    levels = ceilings(lines)
    assert len(levels) == len(lines)
    assert all(level in Level for level in levels)


# ---------------------------------------------------------------- wording as numbers


@given(st.lists(any_statement, max_size=5))
def test_features_are_shares_and_each_line_has_its_own(lines: list[Statement]) -> None:
    rows = phrasing.features(lines)
    assert rows.shape == (len(lines), len(phrasing.FEATURES))
    assert ((rows >= 0) & (rows <= 1)).all()
    for line, row in zip(lines, rows, strict=True):
        assert np.array_equal(phrasing.features([line])[0], row)


def feature(text: str, name: str) -> float:
    return float(phrasing.features([statement(text)])[0, phrasing.FEATURES.index(name)])


@pytest.mark.parametrize(
    ("name", "with_it", "without"),
    [
        ("cue:wish", "Passionate about agents", "Built agents"),
        ("cue:course", "Took lectures on statistics", "Built a statistics service"),
        ("cue:acquainted", "Familiar with Kubernetes", "Runs Kubernetes"),
        ("cue:outcome", "Cut latency by 40%", "Looked at latency"),
        ("cue:production", "Deployed to 900 customers", "Wrote a script"),
        ("cue:lead", "Led a team of four", "Was in a team of four"),
        ("cue:study", "Master's thesis on agents", "Agents at work"),
        ("cue:helped", "Assisted with agents", "Wrote agents"),
        ("starts-with-deed", "Built agents", "Agents were built"),
        ("has-deed", "Agents were built", "Agents"),
        ("words", "Built agents for the support team", ""),
        ("list-like", "Python, Go, SQL, Rust", "Python and Go"),
    ],
)
def test_what_each_number_is_about(name: str, with_it: str, without: str) -> None:
    assert feature(with_it, name) > feature(without, name)


@pytest.mark.parametrize("word", ["built", "Led", "deployed", "Designing", "rewrote"])
def test_deeds(word: str) -> None:
    assert phrasing.is_deed(word)


@pytest.mark.parametrize("word", ["", "speed", "Red", "agent", "king", "ing", "need", "embed"])
def test_no_deeds(word: str) -> None:
    assert not phrasing.is_deed(word)


def test_how_prose_is_laid_out_says_nothing() -> None:
    """A deed is the same deed as a bullet and as a sentence."""
    text = DEEDS[0]
    rows = phrasing.features([statement(text), statement(text, form=Form.SENTENCE)])
    assert np.array_equal(rows[0], rows[1])
