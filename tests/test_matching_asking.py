"""What each statement of an ad asks for: the same evidence as for resumes, none of its wording."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gapfit import embeddings, pipeline
from gapfit.datamodels import AdLine, AdSection, Need
from gapfit.errors import EmbeddingsError
from gapfit.matching import asking, model, phrasing

PARAMETERS = embeddings.load_ad_parameters()


def test_the_wording_of_resumes_is_left_out() -> None:
    assert not set(asking.FEATURES) & set(phrasing.FEATURES)
    assert set(asking.FEATURES[: asking.PROBED.start]) <= set(model.FEATURES)
    assert PARAMETERS.asks.features == asking.FEATURES


@pytest.fixture(scope="module")
def matcher(analyzer: pipeline.Analyzer) -> asking.AskMatcher:
    return asking.AskMatcher(
        analyzer.catalogue.skills,
        analyzer.vectors,
        PARAMETERS.asks,
        embeddings.load_probes(analyzer.catalogue, analyzer.encoder, embeddings.load_parameters()),
        embeddings.load_words(analyzer.catalogue, embeddings.load_parameters()),
        embeddings.load_ad_probes(analyzer.catalogue, analyzer.encoder),
    )


def asked(analyzer: pipeline.Analyzer, matcher: asking.AskMatcher, *texts: str) -> np.ndarray:
    lines = [AdLine(t, i, AdSection.REQUIRED, Need.REQUIRED) for i, t in enumerate(texts, 1)]
    return matcher.match(lines, analyzer.encoder.encode_tokens(list(texts)))


@pytest.mark.model
def test_a_wish_and_a_list_ask_as_a_sentence_does(
    analyzer: pipeline.Analyzer, matcher: asking.AskMatcher
) -> None:
    place = {skill.id: i for i, skill in enumerate(analyzer.catalogue.skills)}
    texts = (
        "We are looking for experience with Kubernetes",
        "Kubernetes",
        "Interested in Kubernetes",
        "A good sense of humour",
    )
    found = asked(analyzer, matcher, *texts)[:, place["kubernetes"]]
    assert found[:3].min() > 0.5
    assert found[3] < 0.05


@pytest.mark.model
def test_lines_do_not_change_each_other(
    analyzer: pipeline.Analyzer, matcher: asking.AskMatcher
) -> None:
    alone = asked(analyzer, matcher, "Build agents with LangGraph")
    beside = asked(analyzer, matcher, "Build agents with LangGraph", "Strong SQL")
    assert np.array_equal(alone[0], beside[0])
    assert asked(analyzer, matcher).shape == (0, len(analyzer.catalogue.skills))


@pytest.mark.model
def test_parameters_for_other_features_are_refused(analyzer: pipeline.Analyzer) -> None:
    other = replace(PARAMETERS.asks, features=("other",))
    with pytest.raises(EmbeddingsError, match=r"benchmarks/decode/fit\.py"):
        asking.AskMatcher(analyzer.catalogue.skills, analyzer.vectors, other)
