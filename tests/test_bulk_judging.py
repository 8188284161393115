"""Scores depend on the content and on nothing beside it."""

from __future__ import annotations

import json
import random
from functools import cache

import builders
import bulk_builders as bulk
import pytest
from hypothesis import given, strategies as st

from gapfit.bulk import judging
from gapfit.datamodels import Read, Scored
from gapfit.formats import json as formats_json

POOL = 9


@cache
def judge() -> judging.Judge:
    return bulk.a_judge()


@cache
def read(number: int) -> Read:
    resume, digest = bulk.read_pdf(bulk.resume_pdf(number))
    return Read(digest, resume)


@cache
def alone(number: int) -> Scored:
    (one,) = judge().score([read(number)])
    return one


@given(st.lists(st.integers(0, POOL - 1), max_size=12))
def test_order_and_company_change_nothing(numbers: list[int]) -> None:
    assert judge().score([read(n) for n in numbers]) == [alone(n) for n in numbers]


@pytest.mark.parametrize("most", [1, 500, 10**6])
def test_batches_change_nothing(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_MOST_CHARACTERS", most)
    order = random.Random(7).sample(range(POOL), POOL)
    assert judge().score([read(n) for n in order]) == [alone(n) for n in order]


def test_batches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "_MOST_CHARACTERS", 1500)
    batches = list(judging._batches([read(n) for n in range(POOL)]))
    assert [one for batch in batches for one in batch] == [read(n) for n in range(POOL)]
    assert len(batches) > 2
    sizes = [sum(len(s.text) for one in b for s in one.resume.statements) for b in batches]
    assert all(size <= 1500 or len(b) == 1 for size, b in zip(sizes, batches, strict=True))


def test_the_line_is_what_fit_writes() -> None:
    analyzer = bulk.AnalyzerWithoutModel()
    resume, digest = bulk.read_pdf(bulk.resume_pdf(3))
    assert alone(3).line == formats_json.render_line(analyzer.analyze(resume, digest))


def test_what_is_kept_beside_the_line_is_in_the_line() -> None:
    found = json.loads(alone(2).line)
    assert alone(2).sha256 == found["manifest"]["input_sha256"]
    assert list(alone(2).fits.items()) == [(r["id"], r["fit"]) for r in found["roles"]]
    labels = ["absent", "mentioned", "used", "owned"]
    assert [labels[int(d)] for d in alone(2).levels] == [s["level"] for s in found["skills"]]


def test_an_encoder_that_minds_company_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    analyzer = bulk.AnalyzerWithoutModel()
    calls = []
    encode = builders.FakeEncoder.encode_tokens
    monkeypatch.setattr(builders.FakeEncoder, "batch_invariant", False)
    monkeypatch.setattr(
        builders.FakeEncoder,
        "encode_tokens",
        lambda self, texts: calls.append(len(texts)) or encode(self, texts),
    )
    resumes = [read(n).resume for n in range(3)]
    analyzer.encode(resumes)
    assert calls == [len(resume.statements) for resume in resumes]


def test_what_scores_are_made_with() -> None:
    made = judge().made()
    assert made.batch_invariant
    assert made.key["model"] == "fake"
    assert made.key["variants"] == "left out"
    variants = judging.Judge(bulk.AnalyzerWithoutModel(), variants=True).made()
    assert variants.key != made.key


@pytest.mark.model
def test_a_judge_is_loaded_with_its_settings(tiny_model: object) -> None:
    answer = judging.make_judge(judging.Settings(str(tiny_model), variants=True))
    made = answer(None)
    assert isinstance(made, judging.Made)
    assert made.key["variants"] == "scored"
    (one,) = answer([read(0)])
    assert "inference-engineer" in one.fits
