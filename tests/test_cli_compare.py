"""``gapfit compare`` with the model replaced: inputs, formats, output, failures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import comparison_builders
import pytest
from comparison_builders import CATALOGUE, NEW, OLD, OTHER

import gapfit
from gapfit import intake, pipeline, profiles
from gapfit.cli import run
from gapfit.datamodels import Analysis, ParseWarning, Resume
from gapfit.errors import UnreadableInput
from gapfit.formats import json as result_json

LINES = {"old": OLD, "new": NEW, "other": OTHER}


def analysed(name: str) -> Analysis:
    made = comparison_builders.an_analysis(LINES[name])
    manifest = replace(
        made.manifest, gapfit_version=gapfit.__version__, profiles_sha256=CATALOGUE.sha256
    )
    return replace(made, manifest=manifest)


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of PDFs, each of which the pipeline, replaced, takes for the text of its name."""
    for name in LINES:
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.7 " + name.encode())

    def read_resume(data: bytes, source: str) -> tuple[Resume, str]:
        name = data.decode().removeprefix("%PDF-1.7 ")
        if name not in LINES:
            raise UnreadableInput("not-a-pdf", f"{source}: not a PDF.")
        return analysed(name).resume, analysed(name).manifest.input_sha256

    class Analyzer:
        def __init__(self, *_: object, progress: pipeline.Progress, **__: object) -> None:
            progress("Loading the model")

        def compare(self, old: Any, new: Any, *, roles: Any, variants: bool) -> Any:
            names = [n for side in (old, new) for n in LINES if analysed(n).resume == side[0]]
            return comparison_builders.a_comparison(*(LINES[name] for name in names))

        def analyze(self, resume: Resume, _: str) -> Any:
            return next(analysed(name) for name in LINES if analysed(name).resume == resume)

    for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(profiles, "load", lambda own=None: CATALOGUE)
    monkeypatch.setattr(intake, "read_resume", read_resume)
    monkeypatch.setattr(pipeline, "Analyzer", Analyzer)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def results(folder: Path, **changes: str) -> None:
    """Put a JSON result beside each PDF."""
    for name in LINES:
        made = analysed(name)
        made = replace(made, manifest=replace(made.manifest, **changes))
        (folder / f"{name}.json").write_text(result_json.render(made), encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_two_versions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "old.pdf", "new.pdf"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("Old: old.pdf. New: new.pdf.\n")
    assert "LINES" in captured.out
    assert captured.err == ""


@pytest.mark.usefixtures("folder")
def test_two_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "old.pdf", "other.pdf"]) == 0
    assert "First: old.pdf. Second: other.pdf." in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_the_same_file_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "old.pdf", "old.pdf"]) == 0
    assert "Both are the same file: nothing changes." in capsys.readouterr().out


def test_files_of_one_name_are_told_apart(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "june").mkdir()
    (folder / "new.pdf").rename(folder / "june" / "old.pdf")
    assert run(["compare", "old.pdf", "june/old.pdf"]) == 0
    assert capsys.readouterr().out.startswith("Old: old.pdf. New: june/old.pdf.")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("role", ["mlops-engineer", "MLOps Engineer"])
def test_a_role_is_asked_for_by_id_or_name(role: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "old.pdf", "new.pdf", "--role", role]) == 0
    why = capsys.readouterr().out.split("WHY")[1]
    assert why.lstrip().startswith("MLOps Engineer")


@pytest.mark.usefixtures("folder")
def test_an_unknown_role_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "old.pdf", "new.pdf", "--role", "ml-engineeer"]) == 2
    assert "Did you mean 'ml-engineer'?" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_json_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "old.pdf", "new.pdf", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["versions"] is True
    assert run(["compare", "old.pdf", "new.pdf", "--format", "md"]) == 0
    assert capsys.readouterr().out.startswith("# old.pdf → new.pdf\n")


def test_output_goes_to_a_file_and_warnings_to_stderr(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compared = comparison_builders.a_comparison(
        warnings=([], [ParseWarning("little-text", "Few words.", 1)])
    )
    monkeypatch.setattr(pipeline.Analyzer, "compare", lambda *_, **__: compared)
    assert run(["compare", "old.pdf", "new.pdf", "--format", "json", "-o", "x.json"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "gapfit: warning: new.pdf, page 1: little-text: Few words.",
        "gapfit: wrote x.json",
    ]
    assert json.loads((folder / "x.json").read_text(encoding="utf-8"))["schema_version"] == 1
    assert run(["compare", "old.pdf", "new.pdf", "-q", "-o", "x.txt"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("output", ["old.pdf", "new.pdf", "no/such/x.txt"])
def test_impossible_output_is_said_before_the_work(
    output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", "old.pdf", "new.pdf", "-v", "-o", output]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("gapfit: error: ")


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("content", [None, b"junk"])
def test_what_cannot_be_read_is_named(
    place: int, content: bytes | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = ["old.pdf", "new.pdf"]
    paths[place] = "bad.pdf"
    if content is not None:
        (folder / "bad.pdf").write_bytes(content)
    assert run(["compare", *paths, "-v"]) == 3
    *stages, error = capsys.readouterr().err.splitlines()
    assert error.startswith("gapfit: error: bad.pdf: ")
    assert stages == ["gapfit: Reading the files …"]


# ---------------------------------------------------------------- results as inputs


@pytest.mark.parametrize("paths", [("old.json", "new.json"), ("old.pdf", "new.json")])
def test_results_are_compared_without_their_lines(
    paths: tuple[str, str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results(folder)
    assert run(["compare", *paths, "-v"]) == 0
    captured = capsys.readouterr()
    assert "Better for" in captured.out
    assert "Lines are not compared" in captured.out
    assert ("Loading the model" in captured.err) == ("old.pdf" in paths)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"profiles_sha256": "0" * 64}, "other profiles"),
        ({"gapfit_version": "9.9.9"}, "gapfit 9.9.9"),
        ({"model_sha256": "0" * 64}, "the other file with another"),
    ],
)
def test_results_made_otherwise_do_not_compare(
    change: dict[str, str], why: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results(folder, **change)
    assert run(["compare", "old.json", "new.pdf"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("gapfit: error: old.json: was made with ")
    assert why in line


def test_other_json_is_no_result(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "x.json").write_text('{"name": "Jane Roe"}')
    assert run(["compare", "old.pdf", "x.json"]) == 3
    assert "x.json: is no result of this gapfit" in capsys.readouterr().err
