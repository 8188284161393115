"""``gapfit audit``: options, exit codes, failures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import builders
import pytest
from test_formats_audit import AUDITS, MADE, ROWS

from gapfit import pipeline, profiles
from gapfit.audit import trial
from gapfit.cli import run
from gapfit.errors import UnreadableInput

CATALOGUE = builders.a_catalogue()


@pytest.fixture
def resumes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with two resumes, the second of which cannot be read."""

    class Analyzer:
        def __init__(self, *_: object, **__: object) -> None: ...

        def manifest(self, _: str) -> object:
            return MADE

    def audit(_: object, data: bytes, source: str, __: object) -> Any:
        if data == b"scan":
            raise UnreadableInput("image-only", f"{source}: the pages are images.")
        return AUDITS[0]

    monkeypatch.setattr(profiles, "load", lambda own=None: CATALOGUE)
    monkeypatch.setattr(pipeline, "Analyzer", Analyzer)
    monkeypatch.setattr(trial, "audit", audit)
    (tmp_path / "resume.pdf").write_bytes(b"resume")
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    return tmp_path


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "results.csv"
    path.write_text("\n".join(ROWS), encoding="utf-8")
    return str(path)


def test_a_bound_exceeded_is_1(resumes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(resumes / "resume.pdf")]) == 1
    captured = capsys.readouterr()
    assert "another school" in captured.out
    assert "1 of the shifts exceed their bound" in captured.err


def test_a_resume_that_cannot_be_read_is_skipped_among_others(
    resumes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(resumes / name) for name in ("resume.pdf", "scan.pdf")]
    assert run(["audit", *names, "--format", "json", "-q"]) == 1
    (skipped,) = json.loads(capsys.readouterr().out)["skipped"]
    assert skipped == {"source": names[1], "code": "image-only", "message": "the pages are images."}
    assert capsys.readouterr().err == ""
    assert run(["audit", *names]) == 1
    assert f"gapfit: skipped {names[1]}: the pages are images." in capsys.readouterr().err
    assert run(["audit", names[1]]) == 3


def test_outcomes(table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "sheet.md"
    call = ["audit", "--outcomes", table, "--group", "sex", "--score", "fit"]
    assert run([*call, "--datasheet", str(sheet)]) == 1
    captured = capsys.readouterr()
    assert "scoring rate by 'fit'" in " ".join(captured.out.split())
    assert "rows not counted: 1" in captured.err
    assert sheet.read_text(encoding="utf-8").startswith("# Data sheet for a bias audit")


def test_equal_outcomes_are_0(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("sex,chosen\nF,yes\nF,no\nM,yes\nM,no\n")
    assert run(["audit", "--outcomes", str(path), "--group", "sex", "--selected", "chosen"]) == 0


@pytest.mark.parametrize(
    "arguments, part",
    [
        ([], "give resumes to change"),
        (["--group", "sex", "a.pdf"], "belong to --outcomes"),
        (["--outcomes", "r.csv", "a.pdf"], "leave the resumes out"),
        (["--outcomes", "r.csv"], "name the columns with groups"),
    ],
)
def test_wrong_usage(arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", *arguments]) == 2
    assert part in capsys.readouterr().err


def test_no_result_replaces_an_input(
    resumes: Path, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = str(resumes / "resume.pdf"), str(resumes / "scan.pdf")
    figures = ["--outcomes", table, "--group", "sex", "--score", "fit"]
    before = Path(table).read_bytes()
    for call in (
        [one, two, "-o", two],
        [*figures, "--format", "text", "-o", table],
        [*figures, "--datasheet", table],
    ):
        assert run(["audit", *call]) == 2
        assert "is the input itself" in capsys.readouterr().err
    assert (Path(two).read_bytes(), Path(table).read_bytes()) == (b"scan", before)
    sheet = str(resumes / "sheet.txt")
    assert run(["audit", *figures, "-o", sheet, "--datasheet", sheet]) == 2
    assert "is named for two results" in capsys.readouterr().err


def test_a_table_that_is_nowhere_is_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "--outcomes", "none.csv", "--group", "sex", "--score", "fit"]) == 3
    assert "no such file" in capsys.readouterr().err
