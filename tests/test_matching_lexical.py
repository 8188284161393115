"""Names: spelled in any way they are one name, and ambiguous words count only in their sense."""

from __future__ import annotations

from collections.abc import Sequence

import builders
import pytest
from hypothesis import given, strategies as st

from gapfit import profiles
from gapfit.datamodels import Form, Section, Skill, Statement, Term
from gapfit.matching.lexical import Lexicon, tokens

CATALOGUE = profiles.load()
EVERYTHING = Lexicon(CATALOGUE.skills)


def statement(text: str, context: str = "") -> Statement:
    return Statement(text, 1, 1, Section.EXPERIENCE, Form.BULLET, context)


def named(
    text: str,
    context: str = "",
    *,
    skills: Sequence[Skill] = CATALOGUE.skills,
    lexicon: Lexicon = EVERYTHING,
) -> set[str]:
    """Ids of the skills that a line names, by name or by tool."""
    names, tools = lexicon.hits([statement(text, context)], [text])
    return {skills[i].id for i in (names + tools)[0].nonzero()[0]}


def only(word: str) -> tuple[list[Skill], Lexicon]:
    """The skills that a word may stand for, and a lexicon that knows no other word."""
    skills = []
    for skill in CATALOGUE.skills:
        terms = [t for t in (*skill.aliases, *skill.tools) if t.text.casefold() == word.casefold()]
        if terms:
            made = builders.a_skill(skill.id, "zzz" + skill.id, skill.area)
            skills.append(
                Skill(made.id, made.name, made.area, made.definition, tuple(terms), (), (), ())
            )
    return skills, Lexicon(skills)


# ---------------------------------------------------------------- one skill, many spellings


@pytest.mark.parametrize(
    ("skill", "spellings"),
    [
        ("tool-calling", ["function calling", "tool calling", "Tool-Calling", "function-calling"]),
        ("reranking", ["reranking", "re-ranking", "Re Ranking", "reranker", "rerankers"]),
        ("rag", ["RAG", "retrieval-augmented generation", "Retrieval Augmented Generation"]),
        ("llm-as-judge", ["LLM-as-a-judge", "LLM as judge", "LLM judge", "LLM judges"]),
        ("kubernetes", ["Kubernetes", "k8s", "K8S"]),
        ("vector-databases", ["vector database", "vector databases", "vector DB", "Vector-Store"]),
        ("fine-tuning", ["fine-tuning", "finetuning", "Fine Tuning", "FINE-TUNING"]),
        ("feature-stores", ["feature store", "feature stores", "Feature-Store"]),
        ("golden-sets", ["golden set", "golden sets", "golden dataset"]),
        ("ci-cd", ["CI/CD", "ci cd", "CI-CD"]),
        ("structured-output", ["structured output", "structured outputs", "JSON mode"]),
        ("online-experimentation", ["A/B test", "A/B tests", "A/B testing", "AB testing"]),
        ("mlops", ["MLOps", "ML Ops", "ml-ops"]),
    ],
)
def test_the_same_skill_under_another_name(skill: str, spellings: list[str]) -> None:
    for spelling in spellings:
        assert skill in named(f"Worked on {spelling}, daily."), spelling


@given(
    st.lists(st.from_regex(r"[a-z]{4,9}[a-rt-z]", fullmatch=True), min_size=1, max_size=4),
    st.sampled_from([" ", "-", "/", " - ", "  ", "_", "\n"]),
)
def test_case_hyphens_and_spaces_make_no_other_name(words: list[str], between: str) -> None:
    plain = tokens(" ".join(words))
    assert tokens(between.join(words)) == plain
    assert tokens(" ".join(words).upper()) == plain
    assert tokens(" ".join(words) + "s") == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ and C# on .NET", ("c++", "and", "c#", "on", ".net")),
        ("C, R and Go", ("c", "r", "and", "go")),
        ("gas ads class", ("gas", "ads", "class")),
        ("", ()),
        ("— • …", ()),
    ],
)
def test_tokens(text: str, expected: tuple[str, ...]) -> None:
    assert tokens(text) == expected


def test_c_is_neither_c_plus_plus_nor_c_sharp() -> None:
    skills = [
        Skill(word, word, "software", "", (), (), (), ()) for word in ("C", "C++", "C#", "Net")
    ]
    lexicon = Lexicon(skills)
    for word in ("C", "C++", "C#"):
        assert named(f"Wrote {word} for years", skills=skills, lexicon=lexicon) == {word}
    assert named("Services on .NET", skills=skills, lexicon=lexicon) == set()


def test_a_name_within_a_longer_word_is_not_that_name() -> None:
    skills = [Skill("rag", "RAG", "retrieval", "", (), (), (), ())]
    lexicon = Lexicon(skills)
    for text in ("Managed storage", "A ragged edge", "Dragged and dropped"):
        assert named(text, skills=skills, lexicon=lexicon) == set()


def test_names_and_tools_are_told_apart() -> None:
    skill = Skill("x", "Tracing", "observability", "", (), (Term("Langfuse"),), (), ())
    lexicon = Lexicon([skill])
    names, tools = lexicon.hits(
        [statement("Tracing"), statement("Langfuse"), statement("neither")],
        ["Tracing", "Langfuse", "neither"],
    )
    assert names.tolist() == [[1.0], [0.0], [0.0]]
    assert tools.tolist() == [[0.0], [1.0], [0.0]]


def test_only_what_a_statement_asserts_names_anything() -> None:
    line = statement("Built dashboards; no experience with Kubernetes")
    names, tools = EVERYTHING.hits([line], ["Built dashboards"])
    found = {CATALOGUE.skills[i].id for i in (names + tools)[0].nonzero()[0]}
    assert "kubernetes" not in found


def test_every_name_of_the_catalogue_is_found_again() -> None:
    for skill in CATALOGUE.skills:
        for term in (Term(skill.name), *skill.aliases, *skill.tools):
            context = term.context[0] if term.context else ""
            assert skill.id in named(f"Used {term.text} here", context), term


# ---------------------------------------------------------------- ambiguous words

SENSES = [
    ("Triton", "model-serving", "Served 14 models on NVIDIA Triton behind one endpoint"),
    ("Triton", "gpu-programming", "Wrote fused attention kernels in Triton"),
    ("Modal", "model-serving", "Moved LLM inference to serverless GPUs on Modal"),
    ("Ray", "distributed-data", "Parallelised feature extraction over a Ray cluster"),
    ("Spark", "distributed-data", "Rewrote the nightly job in Spark on a Hadoop cluster"),
    ("Go", "systems-languages", "Wrote microservices in Go and Rust"),
    ("Inspect", "eval-harness", "Ran LLM evals in Inspect on every release"),
    ("Outlines", "structured-output", "Constrained LLM decoding with Outlines"),
    ("Instructor", "structured-output", "Parsed replies with Instructor and Pydantic"),
    ("Phoenix", "llm-tracing", "Traced LLM calls with Arize Phoenix"),
]

OTHER_SENSES = [
    ("Triton", "Sailed the yacht Triton around Iceland"),
    ("Modal", "Replaced the modal dialog of the checkout page"),
    ("Ray", "Reported to Ray Alvarez, head of sales"),
    ("Spark", "Tested spark plugs for motorcycle engines"),
    ("Go", "Always willing to go the extra mile for guests"),
    ("Inspect", "Inspect brakes and tyres before each departure"),
    ("Outlines", "Wrote chapter outlines for two travel books"),
    ("Instructor", "Ski instructor for children at weekends"),
    ("Phoenix", "Office manager in Phoenix, Arizona"),
]


@pytest.mark.parametrize(("word", "skill", "text"), SENSES)
def test_an_ambiguous_word_counts_in_its_sense(word: str, skill: str, text: str) -> None:
    skills, lexicon = only(word)
    assert skill in named(text, skills=skills, lexicon=lexicon)


@pytest.mark.parametrize(("word", "text"), OTHER_SENSES)
def test_an_ambiguous_word_counts_in_no_other(word: str, text: str) -> None:
    skills, lexicon = only(word)
    assert skills, "not in the catalogue at all"
    assert named(text, skills=skills, lexicon=lexicon) == set()


def test_the_context_of_an_entry_is_context_too() -> None:
    skills, lexicon = only("Ray")
    assert named("Ray", skills=skills, lexicon=lexicon) == set()
    assert "distributed-data" in named(
        "Ray", "Distributed computing", skills=skills, lexicon=lexicon
    )


def test_a_context_begins_at_a_word() -> None:
    skill = Skill("x", "x", "software", "", (Term("Go", ("rust",)),), (), (), ())
    lexicon = Lexicon([skill])
    assert named("Go and Rust", skills=[skill], lexicon=lexicon) == {"x"}
    assert named("A trusty go-between", skills=[skill], lexicon=lexicon) == set()


def test_no_name_is_its_own_context() -> None:
    """A context that begins a word of the name is always met, and asks for nothing."""
    own = [
        (skill.id, term)
        for skill in CATALOGUE.skills
        for term in (*skill.aliases, *skill.tools)
        if term.context
        and named(
            term.text,
            skills=[skill],
            lexicon=Lexicon([Skill("x", "zzz", "a", "", (term,), (), (), ())]),
        )
    ]
    assert own == []
