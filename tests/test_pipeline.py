"""The way as a whole: what is refused, what is warned of, and what may not change a fit."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import random
from collections.abc import Callable
from pathlib import Path

import builders
import pypdf
import pytest
from tiny_pdf import PROSE, column, pdf, resume_page, text

import gapfit
from gapfit import datafiles, pipeline, profiles
from gapfit.datamodels import Analysis, Form, Level, Resume, Section, Statement
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
    resume, _ = pipeline.read_resume(data, "resume.pdf")
    return resume


def fits(analysis: Analysis) -> dict[str, float]:
    return {fit.role: fit.fit for fit in analysis.roles}


def same_fits(one: Analysis, other: Analysis, within: float = 1e-6) -> None:
    assert fits(one) == pytest.approx(fits(other), abs=within)


# ---------------------------------------------------------------- reading files


def unreadable(path: Path) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        pipeline.read_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    return caught.value


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_bytes(b"\x00\xff anything")
    assert pipeline.read_file(path) == b"\x00\xff anything"


def test_no_such_file(tmp_path: Path) -> None:
    error = unreadable(tmp_path / "none.pdf")
    assert error.code == "not-found"
    assert "Check the path" in str(error)


def test_a_folder(tmp_path: Path) -> None:
    error = unreadable(tmp_path)
    assert error.code == "not-a-file"
    assert "Give the path of one resume PDF" in str(error)


def test_a_path_that_leads_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert unreadable(tmp_path / "file" / "resume.pdf").code in ("not-found", "not-readable")


def test_a_circle_of_links(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").symlink_to(tmp_path / "b.pdf")
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    assert unreadable(tmp_path / "a.pdf").code == "not-readable"


def test_a_name_longer_than_any_file_has(tmp_path: Path) -> None:
    assert unreadable(tmp_path / f"{'a' * 300}.pdf").code in ("not-found", "not-readable")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    (tmp_path / "resume.pdf").touch()
    error = unreadable(tmp_path / "resume.pdf")
    assert error.code == "not-readable"
    assert "Permission denied" in str(error)
    assert "Check its permissions" in str(error)


# ---------------------------------------------------------------- reading resumes


def test_a_resume_comes_with_the_hash_of_its_bytes() -> None:
    data = resume_pdf()
    resume, digest = pipeline.read_resume(data, "resume.pdf")
    assert digest == hashlib.sha256(data).hexdigest()
    assert (resume.language, resume.pages, resume.warnings) == ("en", 1, ())
    assert any("RAG assistant" in s.text for s in resume.statements)


def test_text_without_a_statement_is_no_resume() -> None:
    with pytest.raises(UnreadableInput, match="no statements found") as error:
        pipeline.read_resume(pdf(column(50, 60, ["Jane Roe"])), "resume.pdf")
    assert error.value.code == "no-text"
    assert str(error.value).startswith("resume.pdf: ")


GERMAN = (
    "Aufbau der Suche, die vierhundert Kolleginnen und Kollegen jeden Tag benutzen,",
    "und Messung, wie oft der richtige Absatz unter den ersten zehn Treffern war.",
    "Betrieb der Dienste über drei Jahre, mit Tests vor jeder Veröffentlichung und",
    "einer Bereitschaft von zwei Personen, die sich jede Woche abgewechselt haben.",
)


def test_another_language_is_said_before_any_score() -> None:
    resume = read(pdf(column(50, 100, GERMAN)))
    assert resume.language == "de"
    (warning,) = [w for w in resume.warnings if w.code == "non-english"]
    assert "'de'" in warning.message
    assert "not reliable" in warning.message


def test_english_and_too_little_text_are_not_warned_of() -> None:
    assert "non-english" not in {w.code for w in read(pdf(resume_page())).warnings}
    short = read(pdf(column(50, 100, ["- Built a search service in Python", "- Ran it"])))
    assert short.language == "und"
    assert "non-english" not in {w.code for w in short.warnings}


def test_warnings_of_the_reading_are_kept() -> None:
    resume = read(pdf(column(50, 100, ["- Built a search service in Python", "- Ran it"])))
    assert "little-text" in {w.code for w in resume.warnings}


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
    resume, _ = pipeline.read_resume(pipeline.read_file(path), str(path))
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
