"""Probes on words: what a line's words say of each skill."""

from __future__ import annotations

import builders
import numpy as np
import pytest
from hypothesis import given, strategies as st

from gapfit.datamodels import WordProbes
from gapfit.matching import words

CATALOGUE = builders.a_catalogue()
SKILLS = CATALOGUE.skills
COUNT = len(SKILLS)
TEXTS = [text for _, text, _ in words.catalogue_texts(SKILLS)]
FROM_TEXTS = words.completed(None, SKILLS)


def test_the_vocabulary_is_of_words_met_twice_and_sorted() -> None:
    found, idf = words.vocabulary(["Pears and apples", "an apple", "plums"])
    assert found == ("apple",)
    assert idf == pytest.approx([np.log(4 / 3) + 1])


@given(st.lists(st.text("abc ", max_size=12), max_size=6))
def test_rows_have_unit_length_or_are_empty(texts: list[str]) -> None:
    rows = words.weighed(texts, ("a", "ab", "b"), np.array([1.0, 2.0, 3.0], np.float32))
    lengths = np.linalg.norm(rows, axis=1)
    assert np.all(np.isclose(lengths, 1.0) | (lengths == 0.0))


def test_a_rarer_word_weighs_more() -> None:
    (row,) = words.weighed(["bear cat"], ("bear", "cat"), np.array([1.0, 2.0], np.float32))
    assert row[1] == pytest.approx(2 * row[0])


def test_a_labelled_line_raises_its_skill_and_no_level_above_its_own() -> None:
    line = "trellised quinces beside trellised medlars"
    vocabulary = words.vocabulary([*TEXTS, line, line])
    levels = np.zeros((20, COUNT))
    levels[:, 0] = 1  # named, not used
    before = words.features([line], words.fit([], np.zeros((0, COUNT)), SKILLS, *vocabulary))
    after = words.features([line], words.fit([line] * 20, levels, SKILLS, *vocabulary))
    mentioned, used = (words.FEATURES.index(f"words:{level}") for level in ("mentioned", "used"))
    assert after[0, 0, mentioned] > before[0, 0, mentioned] + 0.2
    assert after[0, 0, used] < after[0, 0, mentioned] - 0.2


def test_weights_are_what_is_stored() -> None:
    weights = FROM_TEXTS.weights
    assert weights.shape == (2, COUNT, len(FROM_TEXTS.words))
    assert (weights == weights.astype(np.float16)).all()


def test_only_skills_without_weights_get_them_from_texts() -> None:
    learned = WordProbes(FROM_TEXTS.words, FROM_TEXTS.idf, np.full_like(FROM_TEXTS.weights, 7.0))
    assert words.completed(learned, SKILLS) is learned
    learned.weights[:, 2] = np.nan
    whole = words.completed(learned, SKILLS)
    known = len(learned.words)
    assert whole.words[:known] == learned.words
    assert (np.delete(whole.weights, 2, axis=1)[:, :, :known] == 7.0).all()
    assert (np.delete(whole.weights, 2, axis=1)[:, :, known:] == 0.0).all()
    own = SKILLS[2].examples[0]
    shown = words.features([own], whole)[0, 2, words.FEATURES.index("words:used")]
    assert 0.2 < shown < 7.0


def test_features_stand_beside_the_best_skill() -> None:
    found = words.features(["built the retrieval index", "kept the books"], FROM_TEXTS)
    assert found.shape == (2, COUNT, len(words.FEATURES))
    for column in (1, 3):
        assert found[:, :, column].max(axis=1) == pytest.approx(0.0, abs=1e-4)
