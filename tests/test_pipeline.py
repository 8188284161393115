"""The way as a whole: what is refused, what is warned of, and what may not change a fit."""

from __future__ import annotations

import dataclasses
import io
import random
from collections.abc import Callable
from pathlib import Path

import builders
import pypdf
import pytest
from tiny_pdf import PROSE, column, pdf, text

import gapfit
from gapfit import datafiles, intake, pipeline, profiles
from gapfit.datamodels import (
    Analysis,
    Form,
    GapTurn,
    Level,
    Resume,
    Section,
    SkillFinding,
    Statement,
)
from gapfit.errors import ProfileError, UnreadableInput, UsageError
from gapfit.formats import json

# Points of fit: cosines are kept to four digits, and the last of them may round either way.
ROUNDING = 0.1

CATALOGUE = profiles.load()

WORK = (
    "Built a RAG assistant over 40,000 support articles with hybrid search and a",
    "cross-encoder reranker; it answers a third of all tickets of 900 customers.",
    "Curated 600 labelled question-answer pairs and ran them on each pull request,",
    "so that no prompt change shipped without a regression check on its answers.",
    "Traced every model call with Langfuse and cut the cost per answer by 40% with",
    "semantic caching and a router between two models.",
)


def resume_pdf(name: str = "Jane Roe", *contact: str) -> bytes:
    lines = contact or ("jane.roe@example.org", "+43 1 555 0100", "Vienna")
    return pdf(
        text(50, 60, name, size=18, bold=True)
        + text(50, 78, " | ".join(lines))
        + text(50, 110, "Experience", size=13, bold=True)
        + column(50, 130, WORK)
        + text(50, 230, "Projects", size=13, bold=True)
        + column(50, 250, PROSE)
    )


def read(data: bytes) -> Resume:
    resume, _ = intake.read_unguarded(data, "resume.pdf")
    return resume


def fits(analysis: Analysis) -> dict[str, float]:
    return {fit.role: fit.fit for fit in analysis.roles}


def same_fits(one: Analysis, other: Analysis, within: float = 1e-6) -> None:
    assert fits(one) == pytest.approx(fits(other), abs=within)


# ---------------------------------------------------------------- with a fake encoder


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Analyzer:
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datafiles, "user_cache", lambda: cache)
        return pipeline.Analyzer(CATALOGUE, encoder_=builders.FakeEncoder())


def test_an_analysis_has_every_skill_and_the_twelve_roles(fake: pipeline.Analyzer) -> None:
    analysis = fake.analyze(read(resume_pdf()), "d" * 64)
    assert [f.skill for f in analysis.skills] == [s.id for s in CATALOGUE.skills]
    plain = {role.id for role in CATALOGUE.roles if role.extends is None}
    assert len(plain) == 12
    assert {fit.role for fit in analysis.roles} == plain
    assert [fit.rank for fit in analysis.roles] == list(range(1, 13))


def test_variants_are_scored_on_request(fake: pipeline.Analyzer) -> None:
    resume = read(resume_pdf())
    every = fits(fake.analyze(resume, "", variants=True))
    assert set(every) == {role.id for role in CATALOGUE.roles}
    one = fits(fake.analyze(resume, "", roles=["inference-engineer"]))
    assert set(every) - set(one) == {
        r.id for r in CATALOGUE.roles if r.extends and r.id != "inference-engineer"
    }
    assert one == {role: every[role] for role in one}


def test_the_roles_asked_for_are_aimed_at_and_change_no_fit(fake: pipeline.Analyzer) -> None:
    resume = read(resume_pdf())
    plain, aimed = fake.analyze(resume, ""), fake.analyze(resume, "", roles=["voice-ai-engineer"])
    assert fits(plain) == fits(aimed)
    assert {gain.role for gap in aimed.gaps for gain in gap.gains} == {"voice-ai-engineer"}


def test_an_unknown_role_is_wrong_usage(fake: pipeline.Analyzer) -> None:
    with pytest.raises(UsageError, match=r"unknown role 'wizard'\. Use one of: ai-engineer, "):
        fake.analyze(read(resume_pdf()), "", roles=["ai-engineer", "wizard"])


def test_a_manifest_says_what_the_result_was_made_with(fake: pipeline.Analyzer) -> None:
    manifest = fake.analyze(read(resume_pdf()), "d" * 64).manifest
    assert dataclasses.asdict(manifest) == {
        "gapfit_version": gapfit.__version__,
        "model": "fake",
        "model_sha256": "f" * 64,
        "profiles_sha256": CATALOGUE.sha256,
        "input_sha256": "d" * 64,
    }


def test_evidence_points_at_the_lines_of_the_resume(fake: pipeline.Analyzer) -> None:
    resume = read(resume_pdf())
    places = {(s.page, s.line, s.text) for s in resume.statements}
    shown = [e for f in fake.analyze(resume, "").skills for e in f.evidence]
    assert shown
    assert {(e.page, e.line, e.text) for e in shown} <= places


def test_wrong_usage_is_told_before_any_model_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(pipeline.encoder, "load", never)
    path = tmp_path / "resume.pdf"
    with pytest.raises(UnreadableInput):
        pipeline.analyze(path)
    path.write_bytes(b"not a PDF")
    with pytest.raises(UnreadableInput):
        pipeline.analyze(path)
    path.write_bytes(resume_pdf())
    with pytest.raises(UsageError):
        pipeline.analyze(path, roles=["wizard"])
    with pytest.raises(ProfileError):
        pipeline.analyze(path, profiles_dir=tmp_path / "none")


def test_progress_is_reported_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datafiles, "user_cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(pipeline.encoder, "load", lambda *_, **__: builders.FakeEncoder())
    path = tmp_path / "resume.pdf"
    path.write_bytes(resume_pdf())
    said: list[str] = []
    analysis = pipeline.analyze(path, progress=said.append)
    assert said == [
        "Reading the PDF",
        "Loading the model",
        "Loading the skill vectors",
        f"Encoding {len(analysis.resume.statements)} statements",
        "Scoring",
    ]


def test_two_resumes_are_compared_by_the_roles_asked_for(fake: pipeline.Analyzer) -> None:
    old = intake.read_resume(resume_pdf(), "old.pdf")
    shorter = pdf(text(50, 110, "Experience", size=13, bold=True) + column(50, 130, WORK[:4]))
    new = intake.read_resume(shorter, "new.pdf")
    compared = fake.compare(old, new, roles=["inference-engineer"])
    assert compared.versions
    assert {fit.role for fit in compared.fits} >= {"inference-engineer", "ai-engineer"}
    assert len(compared.fits) == 13
    for side, (resume, digest) in ((compared.before, old), (compared.after, new)):
        alone = fake.analyze(resume, digest, roles=["inference-engineer"])
        assert (side.resume, side.skills, side.roles) == (resume, alone.skills, alone.roles)
        assert side.gaps == alone.gaps
    for fit in compared.fits:
        assert sum(part.points for part in fit.parts) == pytest.approx(fit.points, abs=1e-4)
    assert compared.lines


def showing(*skills: str) -> Analysis:
    found = tuple(
        SkillFinding(s.id, s.area, Level.OWNED, 1.0, 1.0, ())
        if s.id in skills
        else SkillFinding(s.id, s.area, Level.ABSENT, 0.0, 0.0, ())
        for s in CATALOGUE.skills
    )
    return Analysis(builders.a_manifest(), builders.a_resume(), found, (), ())


def test_gaps_of_both_sides_are_aimed_at_the_same_roles() -> None:
    old, new = showing("rag", "agents"), showing("classical-ml", "deep-learning", "rag")
    compared = pipeline.compare_analyses(CATALOGUE, old, new)
    aimed = [
        {gain.role for gap in side.gaps for gain in gap.gains}
        for side in (compared.before, compared.after)
    ]
    assert aimed[0] == aimed[1]
    assert len(aimed[0]) == 3
    turns = {(gap.turn, gap.skill) for gap in compared.gaps if gap.turn is not GapTurn.MOVED}
    assert (GapTurn.OPENED, "agents") in turns
    assert (GapTurn.CLOSED, "deep-learning") in turns


def test_comparing_tells_its_stages_and_refuses_before_a_model_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datafiles, "user_cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(pipeline.encoder, "load", lambda *_, **__: builders.FakeEncoder())
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    old.write_bytes(resume_pdf())
    new.write_bytes(b"not a PDF")
    said: list[str] = []
    with pytest.raises(UnreadableInput, match=r"new\.pdf: not a PDF"):
        pipeline.compare(old, new, progress=said.append)
    with pytest.raises(UsageError):
        pipeline.compare(old, old, roles=["wizard"], progress=said.append)
    assert said == ["Reading the PDFs"]
    said.clear()
    assert pipeline.compare(old, old, progress=said.append).same
    assert [stage.split()[0] for stage in said] == [
        "Reading", "Loading", "Loading", "Encoding", "Scoring", "Comparing"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"gapfit_version": "0.0.1"}, "gapfit 0.0.1"),
        ({"profiles_sha256": "0" * 64}, "other profiles"),
        ({"model_sha256": "0" * 64}, "model fake, the other file with another"),
    ],
)
def test_what_was_made_otherwise_does_not_compare(
    change: dict[str, str], why: str, fake: pipeline.Analyzer
) -> None:
    made = fake.analyze(read(resume_pdf()), "d" * 64)
    pipeline.check_comparable(CATALOGUE, ["a.json", "b.json"], [made, made])
    other = dataclasses.replace(made, manifest=dataclasses.replace(made.manifest, **change))
    with pytest.raises(UsageError, match=why) as error:
        pipeline.check_comparable(CATALOGUE, ["a.json", "b.json"], [other, made])
    assert str(error.value).startswith("a.json: ")
    assert "make it anew" in str(error.value)


def test_a_result_without_all_skills_is_none(fake: pipeline.Analyzer) -> None:
    made = fake.analyze(read(resume_pdf()), "d" * 64)
    cut = dataclasses.replace(made, skills=made.skills[1:])
    with pytest.raises(UnreadableInput, match=r"b\.json: its skills") as error:
        pipeline.check_comparable(CATALOGUE, ["a.json", "b.json"], [made, cut])
    assert error.value.code == "not-a-result"


# ---------------------------------------------------------------- with the real model


@pytest.fixture(scope="module")
def usual(analyzer: pipeline.Analyzer) -> Analysis:
    return analyzer.analyze(read(resume_pdf()), "d" * 64)


@pytest.mark.model
def test_the_resume_of_these_tests_shows_something(usual: Analysis) -> None:
    assert max(fits(usual).values()) > 10
    assert sum(f.level >= Level.USED for f in usual.skills) >= 3


@pytest.mark.model
def test_equal_input_gives_equal_bytes(analyzer: pipeline.Analyzer, usual: Analysis) -> None:
    again = analyzer.analyze(read(resume_pdf()), "d" * 64)
    assert json.render(again) == json.render(usual)


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "contact"),
    [
        ("Mohammed Al-Rashid", ("m.alrashid@example.com", "+971 4 555 0100", "Dubai")),
        ("Xiu Ying Zhang-O'Neill", ("github.example/xyzo", "Galway, Ireland")),
        ("Ruby Sparks", ("ruby.sparks@example.org", "+1 555 0100", "Phoenix, Arizona")),
        ("Dr. Cassandra Ray", ("linkedin.example/in/ml-engineer", "c@llm.example")),
    ],
)
def test_a_name_and_an_address_change_no_fit(
    name: str, contact: tuple[str, ...], analyzer: pipeline.Analyzer, usual: Analysis
) -> None:
    same_fits(analyzer.analyze(read(resume_pdf(name, *contact)), ""), usual)


@pytest.mark.model
def test_the_file_and_its_producer_change_no_fit(
    analyzer: pipeline.Analyzer, usual: Analysis, tmp_path: Path
) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(resume_pdf()))
    writer.add_metadata(
        {"/Producer": "Kubernetes 9.1", "/Title": "RAG, Terraform", "/Author": "J. Roe"}
    )
    path = tmp_path / "senior-mlops-engineer-kubernetes.pdf"
    with path.open("wb") as file:
        writer.write(file)
    resume, _ = intake.read_unguarded(intake.read_file(path), str(path))
    same_fits(analyzer.analyze(resume, ""), usual)


@pytest.mark.model
def test_the_order_of_statements_changes_no_fit(
    analyzer: pipeline.Analyzer, sample: Callable[[str], Analysis]
) -> None:
    before = sample("worked-example.pdf")
    statements = list(before.resume.statements)
    random.Random(1).shuffle(statements)
    assert tuple(statements) != before.resume.statements
    shuffled = dataclasses.replace(before.resume, statements=tuple(statements))
    same_fits(analyzer.analyze(shuffled, ""), before)


@pytest.mark.model
@pytest.mark.parametrize(
    ("line", "skill"),
    [
        ("Migrated 40 services to Kubernetes with Helm and Argo CD; no downtime", "kubernetes"),
        ("Fine-tuned a 7B model on 30,000 of our own tickets and shipped it", "fine-tuning"),
        ("Built a voice agent that answers 2,000 calls a day over Twilio", "telephony"),
    ],
)
def test_a_demonstrating_line_never_lowers_a_fit(
    line: str, skill: str, analyzer: pipeline.Analyzer, usual: Analysis
) -> None:
    added = Statement(line, 1, 90, Section.EXPERIENCE, Form.BULLET)
    resume = dataclasses.replace(usual.resume, statements=(*usual.resume.statements, added))
    after = analyzer.analyze(resume, "")
    before = {f.skill: f for f in usual.skills}
    for finding in after.skills:
        assert finding.confidence >= before[finding.skill].confidence - 1e-3
    for role, fit in fits(after).items():
        assert fit >= fits(usual)[role] - ROUNDING, role
    (shown,) = [f for f in after.skills if f.skill == skill]
    assert shown.confidence > before[skill].confidence
    assert line in {e.text for e in shown.evidence} or shown.level is Level.ABSENT


@pytest.mark.model
def test_a_line_repeated_earns_nothing(analyzer: pipeline.Analyzer, usual: Analysis) -> None:
    twice = dataclasses.replace(usual.resume, statements=usual.resume.statements * 2)
    same_fits(analyzer.analyze(twice, ""), usual, within=ROUNDING)


# ---------------------------------------------------------------- who it is


WHO = (
    "{name} is an ML engineer. {he} led the search team of {his} company since 2019.",
    "Built a RAG assistant over 40,000 support articles with hybrid search and a",
    "cross-encoder reranker; it answers a third of all tickets of 900 customers.",
)


def written_by(name: str, he: str, his: str, school: str, year: str, place: str) -> bytes:
    prose = [line.format(name=name, he=he, his=his) for line in WHO]
    handle = name.lower().replace(" ", ".")
    return pdf(
        text(50, 60, name, size=18, bold=True)
        + text(50, 78, f"{handle}@example.org | {place}")
        + text(50, 110, "Experience", size=13, bold=True)
        + column(50, 130, prose)
        + text(50, 230, "Education", size=13, bold=True)
        + text(50, 250, f"MSc Computer Science, {school}, {year}")
    )


@pytest.mark.model
def test_who_someone_is_changes_no_fit(analyzer: pipeline.Analyzer) -> None:
    people = (
        written_by("Jane Roe", "She", "her", "Stanford University", "2004", "Vienna"),
        written_by("Jamal Washington", "He", "his", "Valley Community College", "2021", "Lagos"),
        written_by("Mei Chen", "She", "her", "MIT", "1998", "14 Elm Street, Reading"),
    )
    made = [analyzer.analyze(read(data), "0" * 64) for data in people]
    same_fits(made[0], made[1])
    same_fits(made[0], made[2])
    assert any("RAG" in e.text for finding in made[0].skills for e in finding.evidence)


@pytest.mark.model
def test_blind_results_say_nothing_of_who_it_is(analyzer: pipeline.Analyzer) -> None:
    resume = read(written_by("Jane Roe", "She", "her", "Stanford University", "2004", "Vienna"))
    blind = json.render(analyzer.analyze(resume, "0" * 64, blind=True))
    for word in ("Jane", "Roe", "She", "her ", "Stanford", "2004", "Vienna", "example.org"):
        assert word not in blind
    open_ = analyzer.analyze(resume, "0" * 64)
    assert "She led" in json.render(open_)
    same_fits(open_, analyzer.analyze(resume, "0" * 64, blind=True))
