"""Probes: a learned direction per skill, from labelled lines or the catalogue's texts alone."""

from __future__ import annotations

import builders
import numpy as np
import pytest
from hypothesis import given, strategies as st

from gapfit import embeddings
from gapfit.matching import model, probes, words

CATALOGUE = builders.a_catalogue()
CODER = builders.FakeEncoder()
VECTORS = embeddings.build(CATALOGUE, CODER)
COUNT = len(CATALOGUE.skills)
NO_LINES = np.zeros((0, CODER.dimension), np.float32)
NO_LEVELS = np.zeros((0, COUNT), np.float32)


def shown(lines: np.ndarray, fitted: np.ndarray, level: int) -> np.ndarray:
    return lines @ fitted[level, :, :-1].T + fitted[level, :, -1]


def test_there_is_one_probe_per_level_and_skill() -> None:
    fitted = probes.fit(NO_LINES, NO_LEVELS, VECTORS, COUNT)
    assert fitted.shape == (probes.LEVELS, COUNT, CODER.dimension + 1)
    assert (fitted == fitted.astype(np.float16)).all()  # as they are stored


def test_a_labelled_line_raises_its_skill_and_no_level_above_its_own() -> None:
    line = CODER.encode(["watered the orchard"])
    lines = line.repeat(20, axis=0)
    levels = np.zeros((20, COUNT), np.float32)
    levels[:, 0] = 1  # named, not used
    before = probes.fit(NO_LINES, NO_LEVELS, VECTORS, COUNT)
    after = probes.fit(lines, levels, VECTORS, COUNT)
    assert shown(line, after, 0)[0, 0] > shown(line, before, 0)[0, 0] + 0.2
    assert shown(line, after, 1)[0, 0] < shown(line, after, 0)[0, 0] - 0.2


def test_only_skills_without_a_probe_get_one_from_texts() -> None:
    texts = probes.completed(None, VECTORS, COUNT)
    learned = np.full_like(texts, 7.0)
    assert probes.completed(learned, VECTORS, COUNT) is learned
    learned[:, 2] = np.nan
    whole = probes.completed(learned, VECTORS, COUNT)
    assert (whole[:, 2] == texts[:, 2]).all()
    assert (np.delete(whole, 2, axis=1) == 7.0).all()


def test_features_stand_beside_the_best_skill() -> None:
    lines = CODER.encode(["built the retrieval index", "kept the books"])
    found = probes.features(lines, probes.completed(None, VECTORS, COUNT))
    assert found.shape == (2, COUNT, len(probes.FEATURES))
    for column in (1, 3):
        assert found[:, :, column].max(axis=1) == pytest.approx(0.0, abs=1e-4)


def test_the_features_end_the_models_features() -> None:
    assert model.FEATURES[model.PROBED] == (*probes.FEATURES, *words.FEATURES)


@given(
    odds=st.lists(st.floats(-8, 8), min_size=6, max_size=6),
    more=st.floats(0, 5),
    which=st.integers(0, 5),
)
def test_more_evidence_for_one_skill_lowers_the_company_of_none(
    odds: list[float], more: float, which: int
) -> None:
    areas = ["a", "a", "a", "b", "b", "c"]
    before = np.array(odds)[:, None].repeat(3, axis=1)
    after = before.copy()
    after[which] += more
    assert (model.company(after, areas) >= model.company(before, areas) - 1e-12).all()
    assert model.company(after, areas)[5] == pytest.approx(0.0)  # alone in its area
