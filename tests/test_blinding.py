"""What scores may see: who someone is is gone, what they did is all there."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, strategies as st

from gapfit.blinding import Kind, blind, find
from gapfit.datamodels import Form, Resume, Section, Statement

NAMES = (
    "Jane Roe",
    "Lakisha Washington",
    "Nguyễn Thị Hương",
    "María-José García López",
    "Björn O'Neill",
    "Sivaramakrishnan Venkatasubramanian",
    "Li Wei",
    "Mohammed bin Al-Sayed",
)


def statement(
    text: str,
    section: Section = Section.EXPERIENCE,
    form: Form = Form.SENTENCE,
    context: str = "",
) -> Statement:
    return Statement(text, 1, 1, section, form, context)


def seen(
    text: str,
    section: Section = Section.EXPERIENCE,
    form: Form = Form.SENTENCE,
    name: str = "",
) -> str:
    (one,) = blind(Resume((statement(text, section, form),), 1, "en", name=name)).statements
    return one.text


def degree(text: str) -> str:
    return seen(text, Section.EDUCATION, Form.ENTRY)


# ---------------------------------------------------------------- what stays


@pytest.mark.parametrize(
    "text",
    [
        "Annotated 4,000 reports with Stanford CoreNLP and spaCy",
        "Ranked fourth on the Berkeley Function Calling Leaderboard",
        "Released the library under the MIT licence; MIT-licensed since the first day",
        "Stored events in Berkeley DB and Oxford-style citations in Postgres",
        "Fine-tuned on the Harvard USPTO patent set",
        "Served 2000 requests a second on 2048 GPUs with Ray Serve",
        "Migrated SQL Server 2019 to Postgres 16",
        "Hardened the gateway against man-in-the-middle attacks",
        "Measured demographic parity between male and female applicants",
        "Rendered 4 views in a single-page app with React Native",
        "Cloud-native chatbot for citizen services in 24 languages",
        "University course recommender built with LightFM",
        "College football score prediction",
        "Princeton WordNet expansion for query rewriting",
        "Fine-tuned LLaMA on Stanford Alpaca; Columbia Sportswear recommender",
        "Wrote @pytest.fixture helpers and @ray.remote tasks",
        "Mother of all dashboards for Brother Industries; parent-child chunking",
        "He initialisation against Xavier initialisation",
        "Race: a lap-time model for NASCAR",
        "Health: built HL7 pipelines",
        "English to Hindi translation with NLLB; ASR for Swahili",
        "ImageNet 2012, COCO 2017 and WMT 2014; HNSW in 2048 dimensions",
        "Black-box attacks, the Black formatter, Asian options",
        "Built national ID checks; citizen portal; modes: batch, single, stream",
        "IT",
        "Go",
        "github.com",
        "Lambda, Kappa architecture, Phi-3 and Alpha Fold",
        "Merged 14 pull requests into huggingface/transformers",
    ],
)
def test_evidence_stays_as_it_is(text: str) -> None:
    assert seen(text) == text


def test_every_statement_keeps_its_place() -> None:
    made = (statement("German (native)", Section.OTHER, Form.ITEM), statement("Built a RAG"))
    blinded = blind(Resume(made, 1, "en", name="Jane Roe"))
    assert [s.text for s in blinded.statements] == ["", "Built a RAG"]
    assert [(s.page, s.line, s.section, s.form) for s in blinded.statements] == [
        (s.page, s.line, s.section, s.form) for s in made
    ]
    assert blinded.name == ""


# ---------------------------------------------------------------- the name


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "written",
    [
        "{name} built the search of a bookshop.",
        "{name}'s search serves a bookshop.",
        "The search that Ms. {last} built serves a bookshop.",
        "{upper}: built the search of a bookshop.",
    ],
)
def test_the_name_is_nowhere(name: str, written: str) -> None:
    text = seen(written.format(name=name, last=name.split()[-1], upper=name.upper()), name=name)
    words = {word.lower() for word in re.findall(r"\w{3,}", name)} - {"bin", "al"}
    assert not words & {word.lower() for word in re.findall(r"\w+", text)}
    assert "search" in text


def test_all_names_leave_the_same_text() -> None:
    left = {
        seen(f"{name} leads the search team; {name}'s code runs it", name=name) for name in NAMES
    }
    assert len(left) == 1


def test_an_author_among_others_goes_and_the_others_stay() -> None:
    text = seen("Roe, J. and Marchetti, I. Routing in experts. EMNLP", name="Jane Roe")
    assert "Roe" not in text
    assert "Marchetti" in text


@pytest.mark.parametrize("name", ["Ray Page", "Rust Spark", "Grace Python"])
def test_a_name_that_is_also_a_tool_costs_no_skill(name: str) -> None:
    text = "Scaled training with Ray, Spark and Rust; Python services; paged attention"
    assert seen(text, name=name) == text


# ---------------------------------------------------------------- gender


@pytest.mark.parametrize(
    "one, other",
    [
        ("He led his team; it follows him.", "She led her team; it follows her."),
        ("He is an engineer", "They are an engineer"),
        ("She leads, carries and pushes", "They lead, carries and pushes"),
        ("She carries the pager", "They carry the pager"),
        ("He does the on-call and she pushes the fix", "They do the on-call and they push the fix"),
        ("Chairman of the local ML group", "Chairwoman of the local ML group"),
        ("Treasurer of a fraternity", "Treasurer of a sorority"),
        ("Captain, men's rowing team", "Captain, women's rowing team"),
        ("Mentor at Women in AI", "Mentor at Men in AI"),
        ("Member, Society of Women Engineers", "Member, Society of Men Engineers"),
        ("Pronouns: she/her", "Pronouns: they/them"),
        ("Secretary of Alpha Phi Omega", "Secretary of Kappa Delta"),
        ("National Society of Black Engineers", "National Society of Hispanic Engineers"),
        ("Mentor at Black in AI", "Mentor at Queer in AI"),
        ("Recommended by Mr. Brandt", "Recommended by Ms Brandt"),
        ("Took maternity leave", "Took paternity leave"),
    ],
)
def test_genders_and_groups_cannot_be_told_apart(one: str, other: str) -> None:
    assert seen(one) == seen(other)


# ---------------------------------------------------------------- schools and years


@pytest.mark.parametrize(
    "school",
    [
        "Stanford University",
        "MIT",
        "IIT Bombay",
        "Universität Wien",
        "ETH Zürich",
        "Truckee Meadows Community College",
        "University of North Prairie, Eastfield",
        "École Polytechnique",
        "Harvard",
        "Georgia Tech, Atlanta",
        "Indian Institute of Technology Madras",
        "Carnegie Mellon University",
        "University of California, Berkeley",
        "Univ of Illinois at Urbana-Champaign",
        "Indian Statistical Institute",
        "IIT-Delhi",
        "Sapienza – Università di Roma",
        "LMU München",
        "Universidad Nacional Autónoma de México",
        "Northeastern",
    ],
)
def test_a_degree_is_the_same_from_anywhere(school: str) -> None:
    assert degree(f"MSc Computer Science, {school}") == "MSc Computer Science, university"
    assert degree(f"{school}, MSc Computer Science") == "university, MSc Computer Science"
    assert degree(f"{school} - MSc Statistics") == "university - MSc Statistics"


@pytest.mark.parametrize(
    "school", ["MIT CSAIL", "Stanford AI Lab", "University of Graz", "Anna University, Chennai"]
)
def test_a_job_at_a_school(school: str) -> None:
    title = seen(f"Research Assistant, {school}", form=Form.ENTRY)
    assert title == "Research Assistant, university"


@pytest.mark.parametrize(
    "text",
    [
        "BSc Mathematics, 2004",
        "BSc Mathematics (2011 – 2014)",
        "BSc Mathematics, class of 2009",
        "BSc Mathematics, graduated in 1998",
    ],
)
def test_no_year_of_a_degree_is_seen(text: str) -> None:
    assert seen(text, Section.EDUCATION) == "BSc Mathematics"


def test_courses_and_subjects_stay() -> None:
    text = "MSc Statistics, Deep Learning and NLP (thesis: calibrated rankers), with distinction"
    assert degree(text) == text


# ---------------------------------------------------------------- everything else


@pytest.mark.parametrize(
    "text, kind",
    [
        ("Write to jane@example.org", Kind.CONTACT),
        ("Code: github.com/janeroe/rag-evals", Kind.CONTACT),
        ("Profile: linkedin.com/in/janeroe", Kind.CONTACT),
        ("Posts as @janeroe on retrieval", Kind.CONTACT),
        ("Call +43 660 555 0100 any time", Kind.CONTACT),
        ("Lives at 14 Elm Street", Kind.PLACE),
        ("Date of birth: 4 May 1986", Kind.AGE),
        ("34 years old", Kind.AGE),
        ("Marital status: married", Kind.ORIGIN),
        ("Married, two children", Kind.ORIGIN),
        ("Nationality: Kenyan", Kind.ORIGIN),
        ("Indian citizen", Kind.ORIGIN),
        ("Native Hindi speaker", Kind.ORIGIN),
        ("Spanish (native), English C1", Kind.ORIGIN),
    ],
)
def test_personal_details_are_found(text: str, kind: Kind) -> None:
    assert kind in {span.kind for span in find(text, Section.OTHER, Form.SENTENCE)}


def test_a_project_keeps_its_name_and_loses_its_owner() -> None:
    assert seen("Code at github.com/janeroe/rag-evals") == "Code at github.com rag-evals"


def test_letters_that_are_also_a_states_are_kept() -> None:
    for title in ("MA, OR", "BA, MA Linguistics", "Analyst, OR team"):
        assert seen(title, form=Form.ENTRY) == title


def test_where_a_job_was_is_not_seen() -> None:
    assert seen("Engineer, Acme (US, remote)", form=Form.ENTRY) == "Engineer, Acme (remote)"
    for place in ("Oslo, Norway", "Austin, TX", "Lagos, Nigeria"):
        assert seen(f"ML Engineer, Acme, {place}", form=Form.ENTRY) == "ML Engineer, Acme"


def test_the_title_above_a_line_is_blinded_too() -> None:
    made = statement("Taught statistics", context="Assistant, University of Graz, Graz, Austria")
    (one,) = blind(Resume((made,), 1, "en")).statements
    assert one.context == "Assistant, university"


TEXTS = st.text(
    st.sampled_from("aeghirstu AEGMRS.,;:()/@-'’–2019") | st.characters(max_codepoint=0x17F),
    max_size=60,
) | st.lists(
    st.sampled_from(
        """he She her Roe Jane MIT University of Graz college 2019 in born Indian citizen native
        Hindi ( ) , . women's github.com/x/y a@b.example 34 years old MSc Statistics""".split()
    ),
    max_size=12,
).map(" ".join)


@given(TEXTS, st.sampled_from(Section), st.sampled_from(Form), st.sampled_from(("", "Jane Roe")))
def test_blinding_twice_changes_nothing_more(
    text: str, section: Section, form: Form, name: str
) -> None:
    once = blind(Resume((statement(text, section, form, text),), 1, "en", name=name))
    again = blind(Resume(once.statements, 1, "en", name=name))
    assert again.statements == once.statements


@given(TEXTS)
def test_spans_are_in_order_and_apart(text: str) -> None:
    spans = find(text, Section.EDUCATION, Form.ENTRY, "Jane Roe")
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
