"""The sample resumes, read and scored as their README says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gapfit import intake
from gapfit.datamodels import Analysis, Level
from gapfit.errors import UnreadableInput

SAMPLES = Path(__file__).parent.parent / "sample_resumes"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
TOOLCHAINS = sorted(path.name for path in (SAMPLES / "toolchains").glob("*.pdf"))
WITH_ROLE = sorted(name for name, sample in EXPECTED.items() if sample["role"])
GENUINE = sorted(
    name for name, s in EXPECTED.items() if s["kind"] == "genuine" and s["role"] is not None
)
READABLE = sorted(
    name for name, s in EXPECTED.items() if s["kind"] != "scan" and name != "encrypted-locked"
)

Sample = Callable[[str], Analysis]


def fit(analysis: Analysis, role: str) -> float:
    (found,) = [f.fit for f in analysis.roles if f.role == role]
    return found


def codes(analysis: Analysis) -> set[str]:
    return {warning.code for warning in analysis.resume.warnings}


def unreadable(name: str) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        intake.read_unguarded((SAMPLES / name).read_bytes(), name)
    return caught.value


# ---------------------------------------------------------------- the files


def test_every_sample_is_described_and_every_description_has_its_file() -> None:
    assert {path.stem for path in SAMPLES.glob("*.pdf")} == set(EXPECTED)
    readme = (SAMPLES / "README.md").read_text("utf-8")
    assert [name for name in EXPECTED if f"[{name}.pdf]({name}.pdf)" not in readme] == []


def test_the_text_of_many_toolchains_is_there() -> None:
    assert len(TOOLCHAINS) == 9


# ---------------------------------------------------------------- roles


TIE = 2.0  # points of fit that mean nothing


@pytest.mark.model
@pytest.mark.parametrize("name", WITH_ROLE)
def test_the_best_role_is_the_one_a_person_would_name(name: str, sample: Sample) -> None:
    fits = sample(f"{name}.pdf").roles
    # Deployment at customers and product work on LLMs lie close: a tie counts as first.
    level = [fit.role for fit in fits if fits[0].fit - fit.fit <= TIE]
    assert EXPECTED[name]["role"] in level


@pytest.mark.model
@pytest.mark.parametrize("name", READABLE)
def test_all_pages_are_read(name: str, sample: Sample) -> None:
    analysis = sample(f"{name}.pdf")
    assert analysis.resume.pages == EXPECTED[name]["pages"]
    assert {s.page for s in analysis.resume.statements} == set(
        range(1, EXPECTED[name]["pages"] + 1)
    )


@pytest.mark.model
@pytest.mark.parametrize("name", GENUINE)
def test_a_genuine_resume_is_read_without_a_warning(name: str, sample: Sample) -> None:
    assert codes(sample(f"{name}.pdf")) == set()


@pytest.mark.model
def test_one_person_three_titles(sample: Sample) -> None:
    best = {found.role for found in sample("worked-example.pdf").roles[:3]}
    assert best == {"ai-engineer", "ai-platform-engineer", "forward-deployed-engineer"}


@pytest.mark.model
@pytest.mark.parametrize("name", READABLE)
def test_what_is_shown_sums_up(name: str, sample: Sample) -> None:
    analysis = sample(f"{name}.pdf")
    for found in analysis.roles:
        assert 0.0 <= found.fit <= 100.0
        assert sum(c.points for c in found.contributions) == pytest.approx(found.fit)
    shown = {f.skill for f in analysis.skills if f.level >= Level.USED}
    assert not {gap.skill for gap in analysis.gaps} & shown


# ---------------------------------------------------------------- who only seems to fit


@pytest.mark.model
@pytest.mark.parametrize("name", ["career-changer", "keyword-list"])
def test_wishes_and_keywords_stay_far_below_the_real_thing(name: str, sample: Sample) -> None:
    seeming = fit(sample(f"{name}.pdf"), "ai-engineer")
    assert seeming <= fit(sample("ai-engineer.pdf"), "ai-engineer") - 25
    for other in GENUINE:
        role = EXPECTED[other]["role"]
        found = sample(f"{other}.pdf")
        assert fit(sample(f"{name}.pdf"), role) <= fit(found, role) - 25, other
    engineers = ["llm-engineer", "forward-deployed-engineer", "worked-example"]
    for other in engineers:
        assert seeming < fit(sample(f"{other}.pdf"), "ai-engineer"), other


@pytest.mark.model
def test_a_list_of_keywords_is_nothing_but_mentions(sample: Sample) -> None:
    levels = {f.level for f in sample("keyword-list.pdf").skills}
    assert levels == {Level.ABSENT, Level.MENTIONED}


@pytest.mark.model
def test_wishes_and_courses_are_no_use(sample: Sample) -> None:
    """What the career changer has done is another trade; the rest is hopes."""
    areas = {"evals", "retrieval", "prompting", "agents", "llm-apps", "training", "serving"}
    used = {
        f.skill
        for f in sample("career-changer.pdf").skills
        if f.level >= Level.USED and f.area in areas
    }
    assert used == set()


@pytest.mark.model
def test_a_good_engineer_without_ai_is_no_strong_fit(sample: Sample) -> None:
    weakest = min(
        fit(sample(f"{name}.pdf"), EXPECTED[name]["role"])
        for name in GENUINE
        if not name.startswith("student")
    )
    assert sample("backend-engineer.pdf").roles[0].fit < weakest - 25


# ---------------------------------------------------------------- one text, nine toolchains


@pytest.mark.model
@pytest.mark.parametrize("name", TOOLCHAINS)
def test_the_program_that_made_a_pdf_changes_no_fit(name: str, sample: Sample) -> None:
    one = sample(f"toolchains/{name}")
    other = sample(f"toolchains/{TOOLCHAINS[0]}")
    assert {f.role: f.fit for f in one.roles} == pytest.approx(
        {f.role: f.fit for f in other.roles}, abs=1.0
    )


@pytest.mark.model
@pytest.mark.parametrize("name", TOOLCHAINS)
def test_no_toolchain_is_warned_of(name: str, sample: Sample) -> None:
    assert codes(sample(f"toolchains/{name}")) == set()


# ---------------------------------------------------------------- encrypted, scanned, German


@pytest.mark.model
def test_an_empty_password_opens_and_scores_like_the_open_file(sample: Sample) -> None:
    opened = sample("encrypted-open.pdf")
    plain = sample("student-ml-engineer.pdf")
    assert codes(opened) == {"encrypted"}
    assert {f.role: f.fit for f in opened.roles} == pytest.approx(
        {f.role: f.fit for f in plain.roles}, abs=1.0
    )


def test_a_password_nobody_gave_us() -> None:
    error = unreadable("encrypted-locked.pdf")
    assert error.code == "encrypted"
    assert "qpdf --decrypt" in str(error)


def test_a_scan_has_no_score() -> None:
    error = unreadable("scanned.pdf")
    assert error.code == "image-only"
    assert "ocrmypdf" in str(error)


def test_german_is_said_before_any_score() -> None:
    name = "german-ai-engineer.pdf"
    resume, _ = intake.read_unguarded((SAMPLES / name).read_bytes(), name)
    assert resume.language == "de"
    assert [w.code for w in resume.warnings] == ["non-english"]
