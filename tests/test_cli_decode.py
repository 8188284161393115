"""``gapfit decode``, ``gapfit roles new`` and ``gapfit fit --job``, with the real model."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import job_builders
import pytest
from tiny_pdf import column, pdf

from gapfit.cli import run
from gapfit.datamodels import Decoding
from gapfit.decoder import Decoder, read_ad, with_roles
from gapfit.pipeline import Analyzer

pytestmark = pytest.mark.model

JOBS = Path(__file__).parent.parent / "sample_resumes" / "jobs"
RESUME = str(JOBS.parent / "ai-engineer.pdf")


@pytest.fixture(scope="module")
def decoder(analyzer: Analyzer) -> Decoder:
    return Decoder(analyzer.catalogue, encoder_=analyzer.encoder)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, analyzer: Analyzer) -> None:
    """Commands use the model that is loaded already."""
    monkeypatch.setattr("gapfit.encoder.load", lambda *_, **__: analyzer.encoder)


def written(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run([*arguments, "-q"]) == code
    return capsys.readouterr().out


@pytest.mark.usefixtures("loaded")
def test_a_mislabelled_ad_is_told_by_its_content(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(written(capsys, "decode", str(JOBS / "mislabelled.txt"), "--format", "json"))
    assert told["title_role"] == "ml-engineer"
    assert told["dominant"] == "ai-engineer"
    assert told["title_disagrees"]
    required = {s["id"] for s in told["skills"] if s["need"] == "required"}
    assert {"rag", "agents", "reranking", "python", "tool-calling"} <= required
    assert "model-training" not in required
    assert {s["id"] for s in told["skills"] if s["need"] == "preferred"} >= {"mcp", "typescript"}
    assert told["years"]["asked"] == 5
    assert not told["years"]["realistic"]
    assert told["pay"]["named"][0]["high"] == 215_000


@pytest.mark.usefixtures("loaded")
def test_an_ad_on_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = io.BytesIO((JOBS / "two-jobs.md").read_bytes())

    monkeypatch.setattr(sys, "stdin", Stdin())
    told = written(capsys, "decode", "-", "--format", "md")
    assert told.startswith("# AI/ML Engineer\n")
    assert "not compared" in told


@pytest.mark.usefixtures("loaded")
def test_an_ad_as_pdf(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "ad.pdf"
    lines = (JOBS / "mislabelled.txt").read_text("utf-8").splitlines()
    path.write_bytes(pdf(column(50, 50, lines)))
    told = json.loads(written(capsys, "decode", str(path), "--format", "json"))
    assert told["dominant"] == "ai-engineer"
    assert told["pay"]["named"][0]["low"] == 185_000


@pytest.mark.usefixtures("loaded")
def test_a_resume_is_scored_against_the_ad(capsys: pytest.CaptureFixture[str]) -> None:
    job = str(JOBS / "mislabelled.txt")
    told = json.loads(written(capsys, "fit", RESUME, "--job", job, "--format", "json"))
    own = [role for role in told["roles"] if role["id"].startswith("job-")]
    assert [role["id"] for role in own] == ["job-senior-machine-learning-engineer"]
    assert own[0]["fit"] > 60
    assert all(gain["role"] == own[0]["id"] for gap in told["gaps"] for gain in gap["gains"])
    other = json.loads(
        written(
            capsys,
            "fit",
            str(JOBS.parent / "backend-engineer.pdf"),
            "--job",
            job,
            "--format",
            "json",
        )
    )
    (lower,) = [role for role in other["roles"] if role["id"].startswith("job-")]
    assert lower["fit"] < own[0]["fit"]
    assert "job-senior" in written(capsys, "fit", RESUME, "--job", job, "--format", "json")


@pytest.mark.usefixtures("loaded")
def test_an_ad_becomes_a_profile(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    job = str(JOBS / "mislabelled.txt")
    folder = tmp_path / "own" / "roles"
    folder.mkdir(parents=True)
    written(capsys, "roles", "new", "--from", job, "-o", str(folder / "ad.toml"))
    told = json.loads(
        written(
            capsys,
            "fit",
            RESUME,
            "--profiles",
            str(folder.parent),
            "--role",
            "Senior Machine Learning Engineer",
            "--format",
            "json",
        )
    )
    direct = json.loads(written(capsys, "fit", RESUME, "--job", job, "--format", "json"))
    fits = [
        next(r["fit"] for r in result["roles"] if r["id"].startswith("job-"))
        for result in (told, direct)
    ]
    assert fits[0] == fits[1]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", 3, "is empty"),
        (b"PK\x00\x00", 3, "neither text nor a PDF"),
        (b"%PDF-1.7 broken", 3, "ad"),
    ],
)
def test_bad_input(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, code: int, words: str
) -> None:
    path = tmp_path / "ad"
    path.write_bytes(content)
    assert run(["decode", str(path)]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert "Traceback" not in told.err


def test_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["decode", "missing.txt"]) == 3
    assert "missing.txt: no such file" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_a_role_that_was_edited_is_written_over_only_when_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    role = tmp_path / "role.toml"
    role.write_text("mine", encoding="utf-8")
    call = ["roles", "new", "--from", str(JOBS / "mislabelled.txt"), "-o", str(role)]
    assert run(call) == 2
    assert "--force to write over it" in capsys.readouterr().err
    assert role.read_text(encoding="utf-8") == "mine"
    written(capsys, *call, "--force")
    assert role.read_text(encoding="utf-8").startswith("#")


def test_roles_new_asks_for_the_ad(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["roles", "new"]) == 2
    assert "--from" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_an_ad_that_asks_for_nothing_is_no_role(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "ad.txt"
    path.write_text("Gardener\n\nWe grow roses in a quiet valley, and have done so for ages.\n")
    assert run(["roles", "new", "--from", str(path), "-q"]) == 3
    assert f"{path}: the ad asks for none" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_what_a_person_should_know_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "ad.txt"
    german = (
        "KI-Ingenieur\n\nIhre Aufgaben\n- Sie entwickeln Sprachmodelle und Assistenten für unsere "
        "Kunden\n- Sie betreiben Pipelines und überwachen die Qualität der Antworten\n\n"
        "Ihr Profil\n"
        "- Mehrere Jahre Erfahrung in der Softwareentwicklung mit Python\n"
    )
    path.write_text(german, "utf-8")
    assert run(["decode", str(path), "--format", "json"]) == 0
    assert "warning: non-english: The text looks 'de'" in capsys.readouterr().err


# ---------------------------------------------------------------- what must always hold


def test_boilerplate_does_not_change_what_is_asked_for(decoder: Decoder) -> None:
    text = (JOBS / "mislabelled.txt").read_text("utf-8")
    more = text.replace(
        "What you will do\n",
        "Our values\n- We train deep learning models on Kubernetes with PyTorch every day\n"
        "- Fraud detection, computer vision and recommender systems are close to our hearts\n\n"
        "What you will do\n",
    ) + (
        "\nEqual opportunity\nWe do not discriminate on the basis of race, sexual orientation or "
        "gender identity.\n"
    )
    plain, padded = (decoder.decode(read_ad(t.encode(), "ad"), "0" * 64) for t in (text, more))

    def required(decoded: Decoding) -> set[str]:
        return {a.skill for a in decoded.skills if a.need == "required"}

    assert required(plain) == required(padded)
    assert plain.shares == padded.shares


def test_the_title_changes_nothing_but_whether_it_agrees(decoder: Decoder) -> None:
    text = (JOBS / "mislabelled.txt").read_text("utf-8")
    other = text.replace("Senior Machine Learning Engineer", "Senior AI Engineer", 1)
    one, two = (decoder.decode(read_ad(t.encode(), "ad"), "0" * 64) for t in (text, other))
    assert one.shares == two.shares
    assert one.skills == two.skills
    assert (one.title_disagrees, two.title_disagrees) == (True, False)


def test_the_same_ad_gives_the_same_result(decoder: Decoder) -> None:
    ad = job_builders.an_ad()
    assert decoder.decode(ad, "0" * 64) == decoder.decode(ad, "0" * 64)


def test_an_ad_without_statements_is_decoded(decoder: Decoder) -> None:
    ad = read_ad(b"Benefits\n- Pension and dental insurance for everybody who joins us\n", "ad")
    told = decoder.decode(ad, "0" * 64)
    assert told.skills == ()


def test_a_catalogue_with_an_ad_has_a_hash_of_its_own(decoder: Decoder) -> None:
    role = decoder.role(
        decoder.decode(read_ad((JOBS / "two-jobs.md").read_bytes(), "ad"), "0" * 64)
    )
    joined = with_roles(decoder.catalogue, [role], "0" * 64)
    assert joined.role(role.id) == role
    assert joined.sha256 != decoder.catalogue.sha256
