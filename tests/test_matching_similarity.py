"""Windows and cosines, against the plainest way to compute them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import builders
import numpy as np
import pytest
from hypothesis import given, strategies as st

from gapfit import embeddings
from gapfit.datamodels import Encoded, FloatArray, Kind, SkillVectors
from gapfit.matching import similarity

ROUNDING = 2e-4
CATALOGUE = builders.a_catalogue()
CODER = builders.FakeEncoder()
VECTORS = embeddings.build(CATALOGUE, CODER)

words = "RAG golden datasets judge Kubernetes containers built a live product for did it Langfuse"
texts = st.lists(st.sampled_from(words.split()), max_size=16).map(" ".join)


def features(lines: Sequence[str], vectors: SkillVectors = VECTORS) -> FloatArray:
    return similarity.features(CODER.encode_tokens(lines), lines, similarity.targets(vectors))


def column(name: str) -> int:
    return similarity.FEATURES.index(name)


def unit(vector: FloatArray) -> FloatArray:
    return vector / np.linalg.norm(vector)


def runs(tokens: FloatArray, lengths: Sequence[int]) -> Iterator[FloatArray]:
    """Every run of so many words, as one unit vector; a word is a token of the fake encoder."""
    for length in lengths:
        for start in range(len(tokens) - length + 1):
            yield unit(tokens[start : start + length].mean(axis=0))


def rows(kind: Kind, skill: int, vectors: SkillVectors = VECTORS) -> FloatArray:
    return vectors.vectors[(vectors.kinds == kind) & (vectors.skills == skill)]


# ---------------------------------------------------------------- windows


@pytest.mark.parametrize(
    ("name", "lengths", "kind"),
    [
        ("name-window", similarity.SHORT, Kind.NAME),
        ("definition-window", similarity.LONG, Kind.DEFINITION),
        ("example-window", similarity.LONG, Kind.EXAMPLE),
    ],
)
@given(lines=st.lists(texts.filter(bool), min_size=1, max_size=4))
def test_a_window_is_the_best_run_of_words(
    name: str, lengths: Sequence[int], kind: Kind, lines: list[str]
) -> None:
    encoded = CODER.encode_tokens(lines)
    found = features(lines)[:, :, column(name)]
    for i in range(len(lines)):
        windows = [encoded.sentences[i], *runs(encoded.tokens[i], lengths)]
        for skill in range(len(CATALOGUE.skills)):
            best = max(float(w @ row) for w in windows for row in rows(kind, skill))
            assert found[i, skill] == pytest.approx(best, abs=ROUNDING)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name-line", Kind.NAME),
        ("definition-line", Kind.DEFINITION),
        ("example-line", Kind.EXAMPLE),
        ("near-miss-line", Kind.NEAR_MISS),
    ],
)
@given(lines=st.lists(texts, max_size=4))
def test_a_line_is_as_near_as_its_nearest_row(name: str, kind: Kind, lines: list[str]) -> None:
    sentences = CODER.encode(lines)
    found = features(lines)[:, :, column(name)]
    assert found.shape == (len(lines), len(CATALOGUE.skills))
    for i in range(len(lines)):
        for skill in range(len(CATALOGUE.skills)):
            own = rows(kind, skill)
            best = float((own @ sentences[i]).max()) if len(own) else 0.0
            assert found[i, skill] == pytest.approx(best, abs=ROUNDING)


def test_a_word_of_several_tokens_is_one_word() -> None:
    """The window of one word pools its three tokens and none of its neighbours'."""
    text = "xx unbelievable yy"
    tokens = np.eye(5, 16, dtype=np.float32)
    spans = np.array([(0, 2), (3, 5), (5, 10), (10, 15), (16, 18)], np.int32)
    target = unit(tokens[1:4].mean(axis=0))
    vectors = SkillVectors(
        vectors=np.stack([target] * 4),
        skills=np.zeros(4, np.int32),
        kinds=np.array([Kind.NAME, Kind.DEFINITION, Kind.EXAMPLE, Kind.NEAR_MISS], np.int32),
        model="fake",
        model_sha256="f" * 64,
    )
    encoded = Encoded(unit(tokens.mean(axis=0))[None, :], [tokens], [spans])
    found = similarity.features(encoded, [text], similarity.targets(vectors))[0, 0]
    assert found[column("name-window")] == pytest.approx(1.0, abs=ROUNDING)
    assert found[column("name-line")] < 0.9


def test_a_name_within_a_line_is_nearer_than_the_line() -> None:
    line = "in my second year there I built golden datasets for it and a live product"
    found = features([line])[0, [s.id for s in CATALOGUE.skills].index("golden-sets")]
    assert found[column("name-window")] == pytest.approx(1.0, abs=1e-3)
    assert found[column("name-window")] > found[column("name-line")]


# ---------------------------------------------------------------- true of any lines


@given(st.lists(texts, max_size=5))
def test_cosines_are_cosines(lines: list[str]) -> None:
    found = features(lines)
    assert found.shape == (len(lines), len(CATALOGUE.skills), len(similarity.FEATURES))
    assert np.isfinite(found).all()
    assert (np.abs(found) <= 1.0 + 1e-3).all()


@given(st.lists(texts, min_size=1, max_size=5))
def test_a_line_is_read_on_its_own(lines: list[str]) -> None:
    together = features(lines)
    for i, line in enumerate(lines):
        np.testing.assert_allclose(features([line])[0], together[i], atol=ROUNDING)


def test_many_lines_are_read_like_few() -> None:
    lines = [f"built product number {i} with RAG" for i in range(150)]
    np.testing.assert_allclose(
        features(lines)[[0, 63, 64, 149]],
        features([lines[i] for i in (0, 63, 64, 149)]),
        atol=ROUNDING,
    )


def test_no_lines() -> None:
    assert features([]).shape == (0, len(CATALOGUE.skills), len(similarity.FEATURES))


def test_a_skill_without_near_misses_is_near_none() -> None:
    assert not (VECTORS.kinds == Kind.NEAR_MISS).any()
    assert (features(["built RAG"])[:, :, column("near-miss-line")] == 0.0).all()


# ---------------------------------------------------------------- the background


def test_the_background_of_a_skill_is_measured_on_the_examples_of_the_others() -> None:
    measured = similarity.background(VECTORS)
    examples = VECTORS.vectors[VECTORS.kinds == Kind.EXAMPLE]
    owners = VECTORS.skills[VECTORS.kinds == Kind.EXAMPLE]
    for skill in range(len(CATALOGUE.skills)):
        cosines = (examples[owners != skill] @ rows(Kind.NAME, skill).T).max(axis=1)
        assert measured.mean[skill, column("name-line")] == pytest.approx(cosines.mean(), abs=1e-4)
        assert measured.spread[skill, column("name-line")] == pytest.approx(cosines.std(), abs=1e-4)


def test_a_background_that_is_kept_is_not_measured_again() -> None:
    known = np.ones((2, len(CATALOGUE.skills), len(similarity.FEATURES)), np.float32)
    kept = similarity.background(dataclasses.replace(VECTORS, background=known))
    assert np.array_equal(np.stack([kept.mean, kept.spread]), known)


def test_a_background_of_other_features_is_measured_again() -> None:
    other = np.ones((2, len(CATALOGUE.skills), len(similarity.FEATURES) + 1), np.float32)
    again = similarity.background(dataclasses.replace(VECTORS, background=other))
    assert np.array_equal(again.mean, similarity.background(VECTORS).mean)


def test_standardised_cosines_count_deviations_above_the_background() -> None:
    measured = similarity.background(VECTORS)
    at_mean = np.stack([measured.mean, measured.mean + 2 * measured.spread])
    deviations = measured.standardised(at_mean)
    np.testing.assert_allclose(deviations[0], 0.0, atol=1e-4)
    np.testing.assert_allclose(deviations[1], 2.0, atol=1e-4)


def test_no_skill_is_without_spread() -> None:
    """Where all examples are equally far, noise must not become a large deviation."""
    same = SkillVectors(
        vectors=np.tile(unit(np.ones(4, np.float32)), (8, 1)),
        skills=np.array([0, 1] * 4, np.int32),
        kinds=np.repeat([Kind.NAME, Kind.DEFINITION, Kind.EXAMPLE, Kind.NEAR_MISS], 2).astype(
            np.int32
        ),
        model="fake",
        model_sha256="f" * 64,
    )
    assert (similarity.background(same).spread > 0.001).all()
