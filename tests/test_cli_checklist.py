"""``gapfit checklist`` as its user meets it: formats, ticking off, mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import builders
import learning_builders
import pytest

from gapfit import intake, pipeline, profiles
from gapfit.cli import run
from gapfit.datamodels import Analysis, ParseWarning

CATALOGUE = builders.a_catalogue()
WARNING = ParseWarning("little-text", "Few words.", 1)


@pytest.fixture
def resume(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path of a resume that needs neither reading nor a model."""

    class Analyzer:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def analyze(self, read: object, *_: object, **__: object) -> Analysis:
            return builders.an_analysis(CATALOGUE, resume=read, found={})  # type: ignore[arg-type]

    path = tmp_path / "resume.pdf"
    path.write_bytes(b"%PDF-1.7 as if")
    read = builders.a_resume(warnings=[WARNING])
    monkeypatch.setattr(profiles, "load", lambda own=None: CATALOGUE)
    monkeypatch.setattr(
        profiles, "load_learning", lambda catalogue, own=None: learning_builders.a_learning()
    )
    monkeypatch.setattr(intake, "Reading", builders.a_reading(read))
    monkeypatch.setattr(pipeline, "Analyzer", Analyzer)
    monkeypatch.chdir(tmp_path)
    return str(path)


def shown(resume: str, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["checklist", resume, "-q", *args]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_a_task_list_on_stdout(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(resume, capsys, "--role", "AI Engineer")
    assert out.startswith("# Learning checklist: AI Engineer\n")
    assert "- [ ] **" in out


def test_the_file_s_ending_names_the_format(
    resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begins = {
        "a.md": "# Learning",
        "b.HTML": "<!doctype html>",
        "c.json": '{\n  "schema_version": 1',
        "d.ics": "BEGIN:VCALENDAR",
        "e.txt": "# Learning",
    }
    for name, beginning in begins.items():
        shown(resume, capsys, "-o", name, "--start", "2027-01-04")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)
    shown(resume, capsys, "-o", "f.md", "--format", "json")
    assert json.loads((tmp_path / "f.md").read_text(encoding="utf-8"))["weeks"]


def test_a_calendar_keeps_its_line_ends(resume: str, tmp_path: Path) -> None:
    assert run(["checklist", resume, "-o", "plan.ics", "--start", "2027-01-04"]) == 0
    assert b"BEGIN:VEVENT\r\n" in (tmp_path / "plan.ics").read_bytes()


def test_weeks_and_hours_limit_the_plan(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    plan = json.loads(shown(resume, capsys, "--weeks", "3", "--hours", "7", "--format", "json"))
    assert plan["hours"]["planned"] <= 21
    assert plan["pace"] == {"hours_per_week": 7, "weeks": 3, "start": None}


def test_gaps_limit_the_plan(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    one, four = (
        json.loads(shown(resume, capsys, "--gaps", n, "--format", "json"))["hours"]["planned"]
        for n in ("1", "4")
    )
    assert one < four


def test_what_is_done_is_said_by_id_or_name(
    resume: str, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ("--done", "python, GOLDEN datasets", "--done", "cited-page,,Second stage")
    plan = json.loads(shown(resume, capsys, *args, "--format", "json"))
    assert plan["done"]["skills"] == ["golden-sets", "python"]
    assert plan["done"]["items"] == ["cited-page", "second-stage"]


def test_ticking_off_and_planning_again(
    resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.md"
    shown(resume, capsys, "--role", "forward-deployed-engineer", "-o", "plan.md")
    written = plan.read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(written) if "gapfit:item=" in line)
    other = [i for i, line in enumerate(written) if ".2 -->" in line][-1]
    for line in (first, other):
        written[line] = written[line].replace("[ ]", "[x]")
    plan.write_text("\n".join(written), encoding="utf-8")
    shown(resume, capsys, "--from", "plan.md", "-o", "plan.md")
    again = plan.read_text(encoding="utf-8")
    assert "Learning checklist: Forward-Deployed Engineer" in again  # remembered
    done = written[first].partition("gapfit:item=")[2].split()[0]
    assert f"gapfit:item={done} " in again.partition("## Done")[2]
    assert f"gapfit:item={done} " not in again.partition("## Done")[0]
    (criterion,) = (line for line in again.splitlines() if "[x]" in line and "criterion" in line)
    assert criterion.strip() == written[other].strip()
    settled = shown(resume, capsys, "--from", "plan.md")
    assert settled == again


def test_another_role_may_be_asked_for(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown(resume, capsys, "--role", "ml-engineer", "-o", "plan.md")
    out = shown(resume, capsys, "--from", "plan.md", "--role", "ai-engineer")
    assert out.startswith("# Learning checklist: AI Engineer")


def test_warnings_reach_those_who_asked_for_json(
    resume: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["checklist", resume, "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert captured.err == "gapfit: warning: little-text (page 1): Few words.\n"
    assert json.loads(captured.out)["warnings"][0]["code"] == "little-text"


TICKED = "- [x] Hat <!-- gapfit:item=spanz -->\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--done", "pyton"], "--done: unknown skill or item 'pyton'. Did you mean 'python'?"),
        (
            ["--done", "%%%"],
            "--done: unknown skill or item '%%%'. All skills: gapfit fit RESUME.pdf",
        ),
        (["--from", "none.md"], "none.md: no such file. Check the path after --from."),
        (["--from", "."], "cannot be read"),
        (["--from", "resume.pdf"], "resume.pdf: holds no box of a gapfit checklist"),
        (["--from", "binary.md"], "binary.md: is not text"),
        (
            ["--from", "old.md"],
            "old.md, line 2: unknown skill or item 'spanz'. Did you mean 'spans'?",
        ),
        (["--format", "ics"], "Add --start YYYY-MM-DD"),
        (["-o", "plan.ics"], "Add --start YYYY-MM-DD"),
        (["--weeks", "3", "--gaps", "3"], "Leave one of them out"),
        (["--weeks", "0"], "0 is not in the range"),
        (["--hours", "0"], "0 is not in the range"),
        (["--start", "tomorrow"], "'tomorrow' does not match"),
        (["--format", "pdf"], "'pdf' is not one of 'md', 'html', 'json', 'ics'"),
        (["--role", "AI Enginer"], "Did you mean 'ai-engineer'?"),
        (["-o", "resume.pdf"], "is the input itself"),
    ],
)
def test_mistakes_are_explained(
    args: list[str],
    message: str,
    resume: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe\x00\x81")
    (tmp_path / "old.md").write_text(f"# Old\n{TICKED}", encoding="utf-8")
    assert run(["checklist", resume, *args]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert "Traceback" not in captured.err


def test_an_unknown_item_that_is_not_ticked_does_no_harm(
    resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.md").write_text(TICKED.replace("x", " ", 1), encoding="utf-8")
    assert "- [ ]" in shown(resume, capsys, "--from", "old.md")


def test_a_resume_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["checklist", str(tmp_path / "none.pdf")]) == 3
    assert "no such file" in capsys.readouterr().err


@pytest.mark.model
def test_the_way_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    sample = Path(__file__).parents[1] / "sample_resumes" / "backend-engineer.pdf"
    assert run(["checklist", str(sample), "--role", "ai-engineer", "--weeks", "12", "-q"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Learning checklist: AI Engineer")
    assert "An assistant that a stranger could use" in out
