"""The matcher as a whole: more lines never lower anything, and their order does not matter."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

import builders
import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays

from gapfit import embeddings, matching, pipeline
from gapfit.datamodels import (
    FloatArray,
    Form,
    Level,
    LevelModel,
    MatcherParameters,
    Section,
    SkillFinding,
    SkillMatch,
    Statement,
)
from gapfit.errors import EmbeddingsError
from gapfit.matching import model

CATALOGUE = builders.a_catalogue()
CODER = builders.FakeEncoder()
VECTORS = embeddings.build(CATALOGUE, CODER)
# Cosines are kept to four digits; the last of them may round either way.
ROUNDING = 2e-3


def parameters(seed: int = 0, own: float = 1.0) -> MatcherParameters:
    """Parameters nobody fitted: any weights, so that nothing here rests on the fitted ones."""
    generator = np.random.default_rng(seed)
    count = len(matching.FEATURES)

    def level() -> LevelModel:
        weights = generator.normal(0.0, 0.3, count).astype(np.float32)
        intercept, base, offset = generator.normal(0.0, 0.5, 3)
        return LevelModel(float(intercept), weights, own=own, base=base, offset=offset)

    return MatcherParameters(
        features=matching.FEATURES,
        mean=np.zeros(count, np.float32),
        scale=np.ones(count, np.float32),
        levels={name: level() for name in matching.LEVELS},
        base_rates={skill.id: (-1.0, -2.0, -3.0) for skill in CATALOGUE.skills},
    )


MATCHERS = [matching.Matcher(CATALOGUE.skills, VECTORS, parameters(seed)) for seed in range(4)]

words = (
    "built RAG golden datasets judge Kubernetes containers Langfuse deployed led 40% seeking "
    "course: with cross-encoder for 900 customers Python open-source fine-tuning no experience"
)
statements = st.builds(
    Statement,
    text=st.lists(st.sampled_from(words.split()), max_size=12).map(" ".join),
    page=st.integers(1, 3),
    line=st.integers(1, 90),
    section=st.sampled_from(Section),
    form=st.sampled_from(Form),
    context=st.sampled_from(["", "ML Engineer, Acme", "Vector stores"]),
)
resumes = st.lists(statements, max_size=6)
matchers = st.sampled_from(MATCHERS)

probability = st.floats(0.0, 1.0, width=32)


def lines_of(count: int) -> st.SearchStrategy[FloatArray]:
    """Probabilities of some lines, for three skills, falling over the levels."""
    made = arrays.arrays(np.float32, (count, 3, len(matching.LEVELS)), elements=probability)
    return made.map(model.falling)


any_lines = st.integers(0, 6).flatmap(lines_of)


def match(matcher: matching.Matcher, lines: Sequence[Statement]) -> tuple[SkillMatch, ...]:
    return matcher.match(lines, CODER.encode_tokens([matching.asserted(s) for s in lines]))


def levels(matches: Sequence[SkillMatch]) -> FloatArray:
    """Probabilities of shape (skills, levels)."""
    return np.array([(m.mentioned, m.used, m.owned) for m in matches])


# ---------------------------------------------------------------- the whole matcher


@given(matchers, resumes)
def test_one_match_per_skill_with_falling_probabilities(
    matcher: matching.Matcher, lines: list[Statement]
) -> None:
    matches = match(matcher, lines)
    assert [m.skill for m in matches] == [skill.id for skill in CATALOGUE.skills]
    for m in matches:
        assert 1.0 >= m.mentioned >= m.used >= m.owned >= 0.0


@given(matchers, resumes, st.lists(st.sets(st.integers(0, 5)), max_size=3))
def test_selections_are_matched_as_they_would_be_alone(
    matcher: matching.Matcher, lines: list[Statement], wanted: list[set[int]]
) -> None:
    selections = [sorted(i for i in chosen if i < len(lines)) for chosen in wanted]
    encoded = CODER.encode_tokens([matching.asserted(s) for s in lines])
    found = list(matcher.match_each(lines, encoded, selections))
    assert len(found) == len(selections)
    for chosen, matches in zip(selections, found, strict=True):
        alone = match(matcher, [lines[i] for i in chosen])
        assert [m.skill for m in matches] == [m.skill for m in alone]
        np.testing.assert_allclose(levels(matches), levels(alone), atol=ROUNDING)


@given(matchers, resumes, statements, st.integers(0, 6))
def test_no_line_added_anywhere_lowers_anything(
    matcher: matching.Matcher, lines: list[Statement], another: Statement, place: int
) -> None:
    more = [*lines[:place], another, *lines[place:]]
    assert (levels(match(matcher, more)) >= levels(match(matcher, lines)) - ROUNDING).all()


@given(matchers, resumes, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(
    matcher: matching.Matcher, lines: list[Statement], random: object
) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    np.testing.assert_allclose(
        levels(match(matcher, shuffled)), levels(match(matcher, lines)), atol=ROUNDING
    )


@given(matchers, resumes.filter(bool))
def test_a_repeated_line_adds_nothing(matcher: matching.Matcher, lines: list[Statement]) -> None:
    twice = [*lines, *lines[::-1]]
    np.testing.assert_allclose(
        levels(match(matcher, twice)), levels(match(matcher, lines)), atol=ROUNDING
    )


@given(matchers, resumes)
def test_lines_are_evidence_by_index_best_first(
    matcher: matching.Matcher, lines: list[Statement]
) -> None:
    for m in match(matcher, lines):
        indices = [line.statement for line in m.lines]
        assert len(set(indices)) == len(indices)
        assert all(0 <= index < len(lines) for index in indices)
        assert bool(lines) or not indices
        assert all(0.0 <= line.similarity <= 1.0 for line in m.lines)
        assert all(1.0 >= line.mentioned >= line.used >= 0.0 for line in m.lines)
        shown = [line.used for line in m.lines if line.used >= 0.05]
        assert all(one >= next_ - ROUNDING for one, next_ in pairwise(shown))
        assert all(line.mentioned >= 0.05 for line in m.lines)


@given(matchers, resumes.filter(bool), statements)
def test_what_a_line_shows_depends_on_that_line_alone(
    matcher: matching.Matcher, lines: list[Statement], another: Statement
) -> None:
    """What a line shows is the same alone and in company."""
    company = match(matcher, [lines[0], another])
    alone = match(matcher, [lines[0]])
    for one, other in zip(alone, company, strict=True):
        used_ = {line.statement: line.used for line in other.lines}
        for line in one.lines:
            if line.statement in used_:
                assert used_[line.statement] == pytest.approx(line.used, abs=ROUNDING)


def used(text: str, section: Section, form: Form) -> FloatArray:
    """What the line alone demonstrates of each skill, by the most credulous of matchers."""
    credulous = parameters()
    for level in credulous.levels.values():
        level.weights[:] = 0.0
    credulous = dataclasses.replace(
        credulous,
        levels={k: dataclasses.replace(m, intercept=9.0) for k, m in credulous.levels.items()},
    )
    matcher = matching.Matcher(CATALOGUE.skills, VECTORS, credulous)
    line = Statement(text, 1, 1, section, form)
    return np.array([max([e.used for e in m.lines], default=0.0) for m in match(matcher, [line])])


def test_not_even_a_credulous_matcher_takes_a_list_a_wish_or_a_course_for_use() -> None:
    assert (used("Built RAG", Section.EXPERIENCE, Form.BULLET) > 0.9).all()
    assert (used("Built RAG", Section.SKILLS, Form.ITEM) == 0.0).all()
    assert (used("Built RAG", Section.CERTIFICATIONS, Form.BULLET) == 0.0).all()
    assert (used("Seeking to learn RAG", Section.SUMMARY, Form.SENTENCE) == 0.0).all()
    assert (used("Completed a course on RAG", Section.EDUCATION, Form.BULLET) == 0.0).all()
    assert (used("No experience with RAG", Section.EXPERIENCE, Form.BULLET) == 0.0).all()


def test_a_resume_without_lines_shows_nothing() -> None:
    matches = match(MATCHERS[0], [])
    assert [m.lines for m in matches] == [()] * len(CATALOGUE.skills)
    assert (levels(matches) < 0.01).all()


def test_parameters_for_other_features_are_refused() -> None:
    made = parameters()
    other = dataclasses.replace(made, features=(*made.features[:-1], "something else"))
    with pytest.raises(EmbeddingsError, match=r"other features .* Reinstall gapfit"):
        matching.Matcher(CATALOGUE.skills, VECTORS, other)


def test_a_skill_of_ones_own_has_a_typical_base_rate() -> None:
    made = parameters()
    del made.base_rates["rag"]  # type: ignore[attr-defined]
    lines = [Statement("built RAG", 1, 1, Section.EXPERIENCE, Form.BULLET)]
    with_own = match(matching.Matcher(CATALOGUE.skills, VECTORS, made), lines)
    np.testing.assert_allclose(levels(with_own), levels(match(MATCHERS[0], lines)), atol=1e-6)


# ---------------------------------------------------------------- its parts


@given(arrays.arrays(np.float64, (4, 3), elements=st.floats(0.0, 1.0)))
def test_falling_lowers_only_what_rises(values: FloatArray) -> None:
    fallen = model.falling(values)
    assert (np.diff(fallen, axis=-1) <= 0).all()
    assert (fallen <= values).all()
    assert np.array_equal(fallen[:, 0], values[:, 0])
    assert np.array_equal(model.falling(fallen), fallen)


@given(any_lines, lines_of(1), st.integers(0, 6))
def test_together_never_falls_with_another_line(
    lines: FloatArray, another: FloatArray, place: int
) -> None:
    more = np.concatenate([lines[:place], another, lines[place:]])
    assert (model.together(more) >= model.together(lines) - 1e-6).all()


@given(any_lines)
def test_together_does_not_know_the_order(lines: FloatArray) -> None:
    np.testing.assert_allclose(model.together(lines[::-1]), model.together(lines), atol=1e-6)


@given(any_lines.filter(len))
def test_together_is_at_least_the_strongest_line(lines: FloatArray) -> None:
    together = model.sigmoid(model.together(lines))
    assert (together >= lines.max(axis=0) - 1e-6).all()
    assert np.isfinite(together).all()


def test_two_lines_show_more_than_one() -> None:
    one = np.full((1, 3, len(matching.LEVELS)), 0.5, np.float32)
    assert (model.together(np.repeat(one, 2, axis=0)) > model.together(one)).all()


@given(
    arrays.arrays(np.float32, (4, 2, len(model.FEATURES)), elements=st.floats(-3, 3, width=16)),
    st.lists(st.sampled_from(Level), min_size=4, max_size=4),
)
def test_a_line_supports_nothing_above_its_ceiling(rows: FloatArray, ceilings: list[Level]) -> None:
    made = parameters()
    supported = model.supported(rows, ceilings, made)
    free = model.supported(rows, [Level.OWNED] * len(rows), made)
    for line, ceiling, out in zip(free, ceilings, supported, strict=True):
        for i, level in enumerate(list(Level)[1:]):
            assert np.array_equal(out[:, i], line[:, i] if level <= ceiling else 0 * line[:, i])


def test_a_name_makes_a_mention_likely() -> None:
    rows = np.zeros((1, 1, len(model.FEATURES)), np.float32)
    rows[..., model.FEATURES.index("tool-named")] = 1.0
    (((mentioned, *_),),) = model.supported(rows, [Level.OWNED], parameters())
    assert mentioned >= model.NAMED - 1e-6
    (((mentioned, *_),),) = model.supported(rows, [Level.ABSENT], parameters())
    assert mentioned == 0.0


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_sigmoid_rises_within_its_bounds(one: float, other: float) -> None:
    low, high = sorted((one, other))
    a, b = model.sigmoid(np.array([low, high]))
    assert 0.0 <= a <= b <= 1.0


@given(arrays.arrays(np.float32, (3, 2, len(model.FEATURES)), elements=st.floats(-3, 3, width=16)))
def test_line_probabilities_are_of_each_line_alone(rows: FloatArray) -> None:
    together = model.line_probabilities(rows, parameters())
    assert together.shape == (3, 2, len(matching.LEVELS))
    assert (np.diff(together, axis=-1) <= 0).all()
    for i in range(3):
        alone = model.line_probabilities(rows[i : i + 1], parameters())
        np.testing.assert_allclose(alone[0], together[i], atol=1e-5)


def test_the_committed_model_lets_no_evidence_lower_anything() -> None:
    for name, level in embeddings.load_parameters().levels.items():
        assert level.own > 0, name


# ---------------------------------------------------------------- with the real model


@pytest.mark.model
@pytest.mark.parametrize(
    ("skill", "deed"),
    [
        ("rag", "Built and ran a RAG assistant over 40,000 support articles in production"),
        ("reranking", "Added a cross-encoder reranker, which raised hit rate from 61% to 78%"),
        ("kubernetes", "Migrated 40 services to Kubernetes with Helm; no downtime"),
    ],
)
def test_the_real_matcher_tells_a_deed_from_a_wish_a_list_and_a_denial(
    skill: str, deed: str, analyzer: pipeline.Analyzer
) -> None:
    name = analyzer.catalogue.skill(skill).name

    def shown(text: str, section: Section, form: Form) -> SkillFinding:
        line = Statement(text, 1, 1, section, form)
        resume = dataclasses.replace(builders.a_resume(), statements=(line,))
        (finding,) = [f for f in analyzer.analyze(resume, "").skills if f.skill == skill]
        return finding

    done = shown(deed, Section.EXPERIENCE, Form.BULLET)
    wished = shown(f"Seeking to learn {name}", Section.SUMMARY, Form.SENTENCE)
    listed = shown(name, Section.SKILLS, Form.ITEM)
    denied = shown(f"No experience with {name}", Section.SUMMARY, Form.SENTENCE)
    assert done.credit > 2 * max(wished.credit, listed.credit)
    assert done.confidence > max(wished.confidence, listed.confidence, denied.confidence)
    assert max(wished.level, listed.level) == listed.level == Level.MENTIONED
    assert (denied.level, denied.credit, denied.evidence) == (Level.ABSENT, 0.0, ())
