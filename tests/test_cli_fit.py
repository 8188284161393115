"""``gapfit fit`` with the pipeline replaced by a hand-made result: options, output, failures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import builders
import learning_builders
import pytest

from gapfit import intake, pipeline, profiles
from gapfit.cli import run
from gapfit.datamodels import ParseWarning
from gapfit.errors import EmbeddingsError, ProfileError

CATALOGUE = builders.a_catalogue()


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def resume(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A path at which the pipeline, replaced, finds the hand-made resume."""
    path = tmp_path / "resume.pdf"
    path.write_bytes(b"%PDF-1.7")

    class Analyzer:
        def __init__(self, *_: object, progress: pipeline.Progress, **__: object) -> None:
            progress("Loading the model")

        def analyze(self, read: Any, _: str, *, roles: Any, variants: bool, **__: Any) -> Any:
            return builders.an_analysis(CATALOGUE, resume=read, variants=variants)

    monkeypatch.setattr(profiles, "load", lambda own=None: CATALOGUE)
    monkeypatch.setattr(intake, "Reading", builders.a_reading(builders.a_resume()))
    monkeypatch.setattr(pipeline, "Analyzer", Analyzer)
    return str(path)


def lines(text: str) -> list[str]:
    return text.splitlines()


# ---------------------------------------------------------------- fit


def test_fit_writes_the_view_and_nothing_else(
    resume: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fit", resume]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("2 pages, 5 statements")
    assert "\x1b" not in captured.out
    assert captured.err == ""


def test_fit_as_json(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", resume, "--format", "json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["schema_version"] == 1
    assert len(value["roles"]) == 12


def test_fit_as_markdown(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", resume, "--format", "md", "--role", "voice-ai-engineer"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("# Fit: Voice AI Engineer ")
    assert captured.err == ""


def test_variants(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", resume, "--variants"]) == 0
    assert "Inference Engineer" in capsys.readouterr().out


@pytest.mark.parametrize("role", ["voice-ai-engineer", "Voice AI Engineer", " VOICE ai engineer "])
def test_a_role_is_asked_for_by_id_or_name(
    role: str, resume: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fit", resume, "--role", role]) == 0
    carried = capsys.readouterr().out.split("WHAT CARRIED THE SCORE")[1]
    assert carried.lstrip().startswith("Voice AI Engineer")


def test_stages_are_told_with_v(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", resume, "-v"]) == 0
    assert lines(capsys.readouterr().err) == [
        "gapfit: Reading the PDF …",
        "gapfit: Loading the model …",
    ]


def test_warnings_reach_the_person_who_asked_for_json(
    resume: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warned = builders.a_resume(warnings=[ParseWarning("little-text", "Few words.", 1)])
    monkeypatch.setattr(intake, "Reading", builders.a_reading(warned))
    assert run(["fit", resume, "--format", "json"]) == 0
    assert capsys.readouterr().err == "gapfit: warning: little-text (page 1): Few words.\n"
    assert run(["fit", resume, "--format", "json", "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_columns_of_the_terminal_are_used(
    resume: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["fit", resume]) == 0
    assert max(map(len, lines(capsys.readouterr().out))) <= 60


# ---------------------------------------------------------------- output


def test_output_goes_to_a_file(
    resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "result.json"
    path.write_text("old")
    path.chmod(0o640)
    assert run(["fit", resume, "--format", "json", "-o", str(path)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"gapfit: wrote {path}\n"
    assert json.loads(path.read_text(encoding="utf-8"))["schema_version"] == 1
    assert path.stat().st_mode & 0o777 == 0o640
    assert {p.name for p in tmp_path.iterdir()} == {"resume.pdf", "result.json"}


def test_quiet_output(resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", resume, "-q", "-o", str(tmp_path / "result.txt")]) == 0
    captured = capsys.readouterr()
    assert captured.out + captured.err == ""


def test_a_dash_is_stdout(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", resume, "-o", "-"]) == 0
    assert "FIT FOR EACH ROLE" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["", "no/such/folder/x.txt", "resume.pdf"])
def test_impossible_output_is_said_before_the_work(
    where: str, resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(resume).read_bytes()
    assert run(["fit", resume, "-v", "-o", str(tmp_path / where)]) == 2
    (line,) = lines(capsys.readouterr().err)
    assert line.startswith("gapfit: error: ")
    assert Path(resume).read_bytes() == before


@pytest.mark.parametrize("format_", ["text", "json", "md", "html"])
def test_a_name_that_is_no_text(
    format_: str, planned: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / os.fsdecode(b"r\xff.pdf")
    try:
        odd.write_bytes(Path(planned).read_bytes())
    except OSError:
        pytest.skip("file names are text here")
    out = tmp_path / os.fsdecode(b"out\xff")
    assert run(["fit", str(odd), "--format", format_, "-o", str(out)]) == 0
    assert "wrote " in capsys.readouterr().err
    out.read_text(encoding="utf-8")


def test_the_ad_is_no_place_for_the_result(
    resume: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ad = tmp_path / "ad.md"
    ad.write_text("AI Engineer", encoding="utf-8")
    assert run(["fit", resume, "--job", str(ad), "-o", str(ad)]) == 2
    assert "is the input itself" in capsys.readouterr().err
    assert ad.read_text(encoding="utf-8") == "AI Engineer"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_no_crash(resume: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fit", resume, "-o", "/dev/full"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_failed_write_leaves_the_old_file(
    resume: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "result.txt"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert run(["fit", resume, "-o", str(path)]) == 2
    assert "No space left" in capsys.readouterr().err
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_stream_without_unicode_gets_ascii(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "gapfit", "roles", "ai-engineer"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert result.stdout.isascii()
    assert b"#####" in result.stdout


def test_a_closed_pipe_ends_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "gapfit", "roles", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_person_who_waits_sees_the_stage() -> None:
    import pty

    code = (
        "import time; from gapfit.cli import common, progress; progress._PATIENCE_SECONDS = 0.01\n"
        "with progress.Progress(common.State()) as tell: tell('Reading [b]'); time.sleep(0.7)"
    )
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", code], stderr=theirs, check=True)
    os.close(theirs)
    drawn = os.read(ours, 65536).decode()
    os.close(ours)
    assert "Reading [b] …" in drawn
    assert drawn.rstrip().endswith(("\x1b[2K", "\x1b[?25h"))  # line cleared, cursor back


# ---------------------------------------------------------------- the cache

SAMPLE = Path(__file__).parents[1] / "sample_resumes" / "worked-example.pdf"


@pytest.mark.parametrize(("options", "wanted"), [([], True), (["--no-cache"], False)])
def test_the_cache_is_used_unless_it_is_refused(
    options: list[str], wanted: bool, resume: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []
    analyzer = pipeline.Analyzer

    def remember(*arguments: Any, cache: bool, **rest: Any) -> Any:
        given.append(cache)
        return analyzer(*arguments, **rest)

    monkeypatch.setattr(pipeline, "Analyzer", remember)
    assert run(["fit", resume, *options]) == 0
    assert given == [wanted]


def test_with_and_without_the_cache_the_bytes_are_the_same(tmp_path: Path) -> None:
    """And what is cached needs no runtime: the last of three whole runs imports none."""
    tell = (
        "import sys; from gapfit.cli import run; code = run(sys.argv[1:]);"
        "print(code, *{'onnxruntime', 'sqlite3', 'torch'} & {*sys.modules}, file=sys.stderr)"
    )

    def analysed(*options: str) -> tuple[bytes, set[str]]:
        done = subprocess.run(
            [sys.executable, "-c", tell, "fit", str(SAMPLE), "-q", "--format", "json", *options],
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            check=True,
        )
        code, *imported = done.stderr.decode().split()
        assert code == "0"
        return done.stdout, set(imported)

    without, imported = analysed("--no-cache")
    assert imported == {"onnxruntime"}
    assert list(tmp_path.iterdir()) == []
    assert analysed() == (without, {"onnxruntime", "sqlite3"})
    assert analysed() == (without, {"sqlite3"})


# ---------------------------------------------------------------- failures


def test_an_interruption_is_130(
    resume: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(profiles, "load", interrupted)
    assert run(["fit", resume]) == 130
    assert lines(capsys.readouterr().err)[-1] == "gapfit: interrupted"


@pytest.mark.parametrize(("options", "traceback"), [([], False), (["-v"], True)])
def test_an_internal_error_is_70_and_asks_for_a_report(
    options: list[str],
    traceback: bool,
    resume: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("as the resume says")

    monkeypatch.setattr(profiles, "load", broken)
    assert run(["fit", resume, *options]) == 70
    err = capsys.readouterr().err
    assert ("Traceback" in err) == traceback
    assert "internal error: ZeroDivisionError at gapfit/cli/analysis.py:" in lines(err)[-1]
    assert ("as the resume says" in err) == traceback
    assert ("may quote the resume" in err) == traceback
    assert "please report it" in lines(err)[-1]


@pytest.mark.parametrize(
    "error", [ProfileError("bad.toml: id: missing."), EmbeddingsError("stale")]
)
def test_invalid_profiles_and_vectors_are_4(
    error: Exception,
    resume: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails(_: object) -> None:
        raise error

    monkeypatch.setattr(profiles, "load", fails)
    assert run(["fit", resume]) == 4
    assert capsys.readouterr().err == f"gapfit: error: {error}\n"


# ---------------------------------------------------------------- the HTML report


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open; no browser is."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: addresses.append(url) or True)
    return addresses


@pytest.fixture
def planned(resume: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(
        profiles, "load_learning", lambda catalogue, own: learning_builders.a_learning()
    )
    return resume


def test_fit_as_html(planned: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.html"
    assert run(["fit", planned, "--format", "html", "-o", str(path)]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"gapfit: wrote {path}\n")
    page = path.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert "gapfit report on <strong>resume.pdf</strong>" in page  # the name, not the folder
    assert str(tmp_path) not in page
    assert run(["fit", planned, "--format", "html"]) == 0
    assert capsys.readouterr().out == page


def test_a_report_is_opened_where_it_was_written(
    planned: str, tmp_path: Path, opened: list[str]
) -> None:
    path = tmp_path / "my report.html"
    assert run(["fit", planned, "--format", "html", "--open", "-o", str(path)]) == 0
    assert opened == [path.as_uri()]
    assert path.is_file()


def test_a_report_without_a_name_is_opened_from_a_private_file(
    planned: str,
    tmp_path: Path,
    opened: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert run(["fit", planned, "--open"]) == 0
    (address,) = opened
    path = Path(url2pathname(urlsplit(address).path))
    assert path.parent.parent == tmp_path
    assert "</html>" in path.read_text(encoding="utf-8")
    assert capsys.readouterr().err == f"gapfit: wrote {path}\n"
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--format", "json"], "--format html"),
        (["-o", "-"], "needs a file"),
        (["-o", "no/such/folder/x.html"], "no such folder"),
        (["-o", "."], "is a folder"),
        (["-o", "z.json"], "name end in .html"),
        (["--format", "html", "-o", "z.txt"], "name end in .html"),
        (["-o", "memory://z.html"], "needs a file of this machine"),
    ],
)
def test_what_cannot_be_opened_is_said_before_the_work(
    options: list[str],
    word: str,
    planned: str,
    opened: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["fit", planned, "-v", "--open", *options]) == 2
    (line,) = lines(capsys.readouterr().err)
    assert line.startswith("gapfit: error: ")
    assert word in line
    assert opened == []


def test_without_a_temporary_folder_a_report_needs_a_name(
    planned: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    assert run(["fit", planned, "--format", "html", "--open"]) == 2
    err = capsys.readouterr().err
    assert "No space left on device" in err
    assert "Give -o a file name" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_report_on_a_full_disk_is_no_crash(
    planned: str, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fit", planned, "--format", "html", "--open", "-o", "/dev/full"]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert opened == []


@pytest.mark.parametrize("fails", [False, True])
def test_where_there_is_no_browser_the_file_is_named(
    fails: bool,
    planned: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def none(_: str) -> bool:
        if fails:
            raise webbrowser.Error("could not locate runnable browser")
        return False

    monkeypatch.setattr(webbrowser, "open", none)
    path = tmp_path / "report.html"
    assert run(["fit", planned, "--format", "html", "--open", "-q", "-o", str(path)]) == 0
    err = capsys.readouterr().err
    assert err == f"gapfit: no browser could be started. Open {path} in one.\n"


def test_a_resume_that_cannot_be_read_leaves_no_file_behind(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "bad.pdf").write_bytes(b"no pdf")
    assert run(["fit", str(tmp_path / "bad.pdf"), "--open"]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["bad.pdf"]
    assert opened == []
