"""Advice: every piece rests on lines and sources, and says no more than they do."""

from __future__ import annotations

from dataclasses import replace

import builders
import pytest
from guide_builders import MARKET, a_headline, a_job, a_resume, given, of
from hypothesis import given as given_any, strategies as st

from gapfit.advice.headline import roles_in
from gapfit.datamodels import Advice, Catalogue, Level, Period, Resume, Section, Topic

CATALOGUE = builders.a_catalogue()
RAG, GOLDEN, SCHEMA = builders.LINES[:3]

# Statements 0-3 of a resume whose only job has these lines.
STRONG = {
    "rag": (Level.OWNED, 0.93, 1),
    "golden-sets": (Level.USED, 0.78, 2),
    "structured-output": (Level.USED, 0.74, 3),
    "python": (Level.USED, 0.62, 3),
    "llm-tracing": (Level.USED, 0.7, 2),
}


def worked(
    title: str = "Backend Engineer, Acme",
    start: str | None = "2022-01",
    end: str | None = "2024-12",
    *before: str,
) -> Resume:
    return a_resume(
        *a_job(title, start, end, RAG, GOLDEN, SCHEMA), *(a_headline(text) for text in before)
    )


def one(topic: Topic, advised: tuple[Advice, ...]) -> Advice:
    (advice,) = of(topic, advised)
    return advice


# ---------------------------------------------------------------- titles


def test_several_titles_are_carried_by_their_own_lines() -> None:
    titles = of(Topic.TITLE, given(worked(), STRONG))
    assert [t.roles for t in titles][:2] == [("ai-engineer",), ("llm-engineer",)]
    for title in titles:
        lines = [line.text for line in title.evidence]
        assert len(lines) == len(set(lines)) == len(title.skills)
        assert set(lines) <= {RAG, GOLDEN, SCHEMA}
    assert titles[0].details == ("A way to Staff.",)  # from the guide


def test_nothing_is_carried_by_nothing() -> None:
    assert of(Topic.TITLE, given(worked(), {})) == []
    assert of(Topic.HEADLINE, given(worked(), {})) == []


def test_a_vestigial_title_a_variant_and_a_closed_gate_are_not_carried() -> None:
    everything = {skill.id: (Level.OWNED, 0.9, 1) for skill in CATALOGUE.skills}
    del everything["research-publications"], everything["open-source"]
    carried = {t.roles[0] for t in of(Topic.TITLE, given(worked(), everything))}
    assert carried
    assert not carried & {"prompt-engineer", "inference-engineer", "research-engineer"}


def test_the_close_pair_is_told_apart_only_where_it_is_close() -> None:
    pair = one(Topic.CLOSE_PAIR, given(a_resume(*builders.a_resume().statements)))
    assert pair.text.startswith("AI Engineer and LLM Engineer are close by nature. Here, ")
    assert pair.roles == ("ai-engineer", "llm-engineer")
    assert of(Topic.CLOSE_PAIR, given(worked(), {})) == []
    apart = {"structured-output": (Level.OWNED, 1.0, 1), "llm-as-judge": (Level.OWNED, 1.0, 1)}
    assert of(Topic.CLOSE_PAIR, given(worked(), apart)) == []


# ---------------------------------------------------------------- headline


@pytest.mark.parametrize(
    "text",
    [
        "AI/ML Engineer",
        "ML / AI Engineer",
        "Senior AI & ML Engineer",
        "AI and Machine Learning Engineer",
        "Machine Learning & AI Engineer, Berlin",
        "AI Engineer | ML Engineer",
        "Machine Learning Engineer and AI Engineer",
    ],
)
def test_a_mixed_headline_gets_the_title_the_evidence_carries(text: str) -> None:
    advice = one(Topic.HEADLINE, given(worked("Engineer", None, None, text), STRONG))
    assert "names AI Engineer and ML Engineer at once" in advice.text
    assert "carries AI Engineer further" in advice.text
    assert advice.roles[0] == "ai-engineer"
    assert [line.text for line in advice.evidence] == [text]


def test_a_mixed_headline_over_equal_evidence_gets_two_versions() -> None:
    everything = {skill.id: (Level.OWNED, 1.0, 1) for skill in CATALOGUE.skills}
    advice = one(
        Topic.HEADLINE, given(worked("Engineer", None, None, "AI/ML Engineer"), everything)
    )
    assert "keep one version for each" in advice.text


@pytest.mark.parametrize("text", ["AI Engineer", "LLM Engineer | Vienna", "AI Builder"])
def test_a_headline_the_evidence_carries_needs_no_advice(text: str) -> None:
    assert of(Topic.HEADLINE, given(worked("Engineer", None, None, text), STRONG)) == []


def test_a_headline_the_evidence_does_not_carry_is_set_beside_the_one_it_does() -> None:
    advised = given(worked("Engineer", None, None, "Voice AI Engineer"), STRONG)
    advice = one(Topic.HEADLINE, advised)
    assert "says Voice AI Engineer (" in advice.text
    assert "carries AI Engineer further" in advice.text


def test_no_headline_gets_the_best_title() -> None:
    advice = one(Topic.HEADLINE, given(worked("Engineer"), STRONG))
    assert "Lead with AI Engineer" in advice.text
    assert advice.evidence == ()


def test_prompt_engineer_gets_its_modern_wording() -> None:
    in_head = one(Topic.HEADLINE, given(worked("Engineer", None, None, "Prompt Engineer"), STRONG))
    assert in_head.text.startswith("The headline says Prompt Engineer")
    assert "AI Engineer (prompting & evals specialty)" in in_head.text
    in_job = one(Topic.HEADLINE, given(worked("Prompt Engineer, Acme"), STRONG))
    assert "Leave the employer's title as it was" in in_job.text
    assert in_job.evidence[0].text == "Prompt Engineer, Acme"


@pytest.mark.parametrize(
    "text", ["Looking for a first job as AI/ML Engineer", "Aspiring Prompt Engineer"]
)
def test_a_wish_is_no_headline(text: str) -> None:
    advice = one(Topic.HEADLINE, given(worked("Engineer", None, None, text), STRONG))
    assert advice.text.startswith("No headline names")


def test_roles_are_found_by_their_longest_names() -> None:
    known = {role.name: role.id for role in CATALOGUE.roles} | {"Machine Learning Engineer": "x"}
    assert roles_in("Senior Voice-AI engineer", known) == ("voice-ai-engineer",)
    assert roles_in("Machine learning engineers", known) == ()
    assert roles_in("HTML Engineer, email engineer", known) == ()


# ---------------------------------------------------------------- level


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-01", "2024-06", "1 year 6 months"),
        ("2022", "2024", "2 years"),
        ("2024", "2024", "1 year"),
        ("2024-11", "present", "1 year 7 months of dated work in the field (open entries counted"),
    ],
)
def test_years_are_counted_from_the_dates(start: str, end: str, words: str) -> None:
    advice = one(Topic.LEVEL, given(worked("Backend Engineer", start, end), STRONG))
    assert words in advice.text


def test_months_of_two_jobs_at_once_are_counted_once() -> None:
    first = a_job("Backend Engineer", "2020-01", "2021-12", RAG)
    second = a_job("Backend Engineer, Globex", "2021-01", "2022-12", GOLDEN, first_line=10)
    advice = one(Topic.LEVEL, given(a_resume(*first, *second), {}))
    assert advice.text.startswith("Mid, by 3 years of dated work")


def test_years_and_scope_are_both_said_where_they_differ() -> None:
    found = {"golden-sets": (Level.OWNED, 0.9, 2)}
    short = one(Topic.LEVEL, given(worked("Backend Engineer", "2024-01", "2024-06"), found))
    assert short.text == (
        "Entry to mid: 6 months of dated work in the field → entry, whole pieces of work owned → "
        "mid."
    )
    assert [line.text for line in short.evidence] == [GOLDEN]


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior Backend Engineer", "senior"),
        ("Staff Backend Engineer", "staff"),
        ("Seniority Backend Engineer", "mid"),
    ],
)
def test_words_of_a_title_show_scope(title: str, level: str) -> None:
    advice = one(Topic.LEVEL, given(worked(title), {"golden-sets": (Level.OWNED, 0.9, 2)}))
    assert advice.text.split(":")[0].split(",")[0].lower().split(" to ")[-1] == level


def test_work_of_another_field_does_not_count() -> None:
    elsewhere = a_job("Head waiter, Copper Lantern", "2006", "2020", "Served 300 guests")
    assert given(a_resume(*elsewhere), {}) == ()
    both = a_resume(*elsewhere, *a_job("Backend Engineer", "2024-01", "2024-12", RAG))
    assert one(Topic.LEVEL, given(both, {})).text.startswith("Entry, by 1 year of dated work")


def test_an_internship_is_a_beginning() -> None:
    advised = given(worked("Backend Engineer Intern", "2025-07", "2025-09"), {})
    assert one(Topic.LEVEL, advised).text == "Entry, by “intern” in a title."
    assert ["The best bet." in m.text for m in of(Topic.MOVE, advised)] == [True]


def test_llm_work_is_capped_and_both_scales_are_shown() -> None:
    advice = one(Topic.LEVEL, given(worked("Backend Engineer", "2015-01", "present"), STRONG))
    assert advice.details[:3] == (
        "Up to 3 years 5 months of LLM work: entries that show it, from 2023-01 on.",
        "Two years are much. [000]",
        "Another scale counts LLM years: entry 0-2, mid 2-5, senior 5+ [000].",
    )


def test_a_reversed_or_half_period_is_no_time() -> None:
    for period in (Period("x", "2024", None, None), Period("x", "2024-05", "2020-01", None)):
        job = a_job("Backend Engineer", "2020", "2021", RAG)
        resume = a_resume(*(replace(s, period=period) for s in job))
        assert of(Topic.LEVEL, given(resume, {})) == []


# ---------------------------------------------------------------- moves


def test_moves_start_from_the_background_shown() -> None:
    moves = of(Topic.MOVE, given(worked(), STRONG))
    assert moves[0].text.startswith("From backend engineer to AI Engineer (fit ")
    assert moves[0].text.endswith("The easiest. 3-6 months of focused work.")
    assert [line.text for line in moves[0].evidence] == ["Backend Engineer, Acme"]
    assert moves[0].details == ()
    further = next(m for m in moves if m.roles == ("mlops-engineer",))
    assert further.skills == ("kubernetes",)
    assert further.details == ("No line shows yet: Kubernetes and containers.",)
    assert any("to Staff Engineer. The usual way." in m.text for m in moves)


def test_a_title_held_already_is_no_move() -> None:
    moves = of(Topic.MOVE, given(worked("AI Engineer and backend engineer, Acme"), STRONG))
    assert moves
    assert all(m.roles != ("ai-engineer",) for m in moves)


def test_without_a_background_there_is_no_move() -> None:
    assert of(Topic.MOVE, given(worked("Singer"), {"rag": (Level.MENTIONED, 0.1, 1)})) == []


def test_research_without_a_paper_is_redirected() -> None:
    advised = given(worked("Researcher, Acme"), STRONG)
    advice = one(Topic.GATE, advised)
    assert "no line shows either" in advice.text
    assert advice.roles == ("research-engineer", "ai-engineer", "forward-deployed-engineer")
    assert of(Topic.GATE, given(worked("Singer"), STRONG, wanted=["research-engineer"]))
    paper = STRONG | {"research-publications": (Level.USED, 0.8, 1)}
    assert of(Topic.GATE, given(worked("Researcher, Acme"), paper)) == []


TRAINED = {
    "fine-tuning": (Level.OWNED, 1.0, 1),
    "python": (Level.OWNED, 1.0, 1),
    "kubernetes": (Level.OWNED, 1.0, 2),
}


def test_ml_engineers_hear_both_answers() -> None:
    advice = one(Topic.STAY, given(worked("Machine Learning Engineer"), TRAINED))
    assert "[003]" in advice.text
    assert "[002]" in advice.text
    assert advice.skills == ("llm-as-judge",)
    assert of(Topic.STAY, given(worked(), STRONG)) == []


def test_llm_and_mlops_together_are_a_title() -> None:
    variant = replace(CATALOGUE.role("inference-engineer"), id="mlops-llm-engineer", name="LLMOps")
    catalogue: Catalogue = replace(CATALOGUE, roles=(*CATALOGUE.roles, variant))
    advice = one(Topic.COMBINATION, given(worked(), STRONG | TRAINED, catalogue=catalogue))
    assert advice.roles[0] == "mlops-llm-engineer"
    assert "gapfit roles mlops-llm-engineer" in advice.text
    assert of(Topic.COMBINATION, given(worked(), STRONG | TRAINED)) == []
    assert of(Topic.COMBINATION, given(worked(), STRONG, catalogue=catalogue)) == []


# ---------------------------------------------------------------- keywords


def test_what_is_shown_but_not_named_is_pointed_out() -> None:
    advice = one(Topic.KEYWORDS, given(worked(), STRONG))
    assert "“Golden datasets”" in advice.text
    assert "RAG" not in advice.text  # named by its abbreviation
    assert advice.skills == ("golden-sets", "llm-tracing")
    assert [line.text for line in advice.evidence] == [GOLDEN]


@pytest.mark.parametrize("named", ["golden dataset", "Golden Datasets", "golden-datasets"])
def test_a_name_anywhere_in_the_resume_counts(named: str) -> None:
    unnamed, resume = worked(), worked("Backend Engineer", None, None, f"All about {named}")
    found = {k: v for k, v in STRONG.items() if k != "llm-tracing"}
    assert one(Topic.KEYWORDS, given(unnamed, found)).skills == ("golden-sets",)
    assert of(Topic.KEYWORDS, given(resume, found)) == []


# ---------------------------------------------------------------- always


LEVELS = st.sampled_from([Level.MENTIONED, Level.USED, Level.OWNED])
FOUND = st.dictionaries(
    st.sampled_from([skill.id for skill in CATALOGUE.skills]),
    st.tuples(LEVELS, st.floats(0.05, 1.0), st.integers(0, 3)),
)
TITLES = st.sampled_from(
    [
        "Backend Engineer",
        "Prompt Engineer",
        "AI/ML Engineer",
        "Researcher",
        "Cook",
        "Staff Engineer",
    ]
)
DATES = st.sampled_from([None, "2019", "2023-05", "present"])


@given_any(FOUND, TITLES, TITLES, DATES, DATES)
def test_every_advice_can_be_traced(
    found: dict[str, tuple[Level, float, int]], title: str, head: str, start: str, end: str
) -> None:
    begun = start if start != "present" else "2018"
    resume = worked(title, begun, end, head)
    advised = given(resume, found)
    assert advised == given(resume, found)
    topics = list(Topic)
    assert [topics.index(a.topic) for a in advised] == sorted(
        topics.index(a.topic) for a in advised
    )
    texts = {s.text for s in resume.statements}
    roles, skills = {r.id for r in CATALOGUE.roles}, {s.id for s in CATALOGUE.skills}
    for advice in advised:
        assert advice.text.endswith(".")
        assert advice.sources or advice.topic is Topic.TITLE
        assert advice.evidence or advice.topic in (
            Topic.HEADLINE, Topic.LEVEL, Topic.MOVE, Topic.GATE, Topic.STAY, Topic.CLOSE_PAIR
        )  # fmt: skip
        assert {line.text for line in advice.evidence} <= texts
        assert set(advice.roles) <= roles
        assert set(advice.skills) <= skills
        assert "cannot" not in advice.text


@given_any(FOUND)
def test_the_order_of_statements_changes_no_level(
    found: dict[str, tuple[Level, float, int]],
) -> None:
    job = a_job("Senior Backend Engineer", "2021-02", "2023-07", RAG, GOLDEN, SCHEMA)
    other = a_job("Developer, Globex", "2016", "2019", "Kept the books", first_line=20)
    first = given(a_resume(*job, *other), found)
    second = given(a_resume(*other, *job), {k: (v[0], v[1], v[2] + 2) for k, v in found.items()})
    assert [a.text for a in of(Topic.LEVEL, first)] == [a.text for a in of(Topic.LEVEL, second)]


def test_sections_other_than_experience_hold_no_job() -> None:
    job = a_job("Backend Engineer", "2010", "2020", RAG)
    study = [replace(s, section=Section.EDUCATION) for s in job]
    assert of(Topic.LEVEL, given(a_resume(*study), {})) == []
    assert MARKET.as_of == "2026-05"
