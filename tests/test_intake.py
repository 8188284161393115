"""A PDF that is read elsewhere: the same resume, and a named reason for each that is none."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import bulk_builders as bulk
import hostile_pdfs
import pytest
from tiny_pdf import HEIGHT, WIDTH, column, pdf, resume_page

from gapfit import intake
from gapfit.audit import reading as audit_reading
from gapfit.cli import run
from gapfit.datamodels import Page, Resume
from gapfit.errors import UnreadableInput
from gapfit.intake import Drawing, Reading
from gapfit.pdf import draw
from gapfit.sandbox import Errand, Limits, SandboxError


def read(data: bytes) -> Resume:
    return intake.read_unguarded(data, "resume.pdf")[0]


SAMPLES = Path(__file__).parent.parent / "sample_resumes"


@pytest.mark.parametrize("name", ["ml-engineer.pdf", "german-ai-engineer.pdf"])
def test_the_resume_is_the_one_that_is_read_here(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    with Reading(data, name) as reading:
        assert reading.result() == intake.read_unguarded(data, name)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no pdf", "not-a-pdf"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (pdf(column(50, 60, ["Jane Roe"])), "no-text"),
        ((SAMPLES / "encrypted-locked.pdf").read_bytes(), "encrypted"),
    ],
)
def test_what_is_no_resume_has_a_code_and_is_named(data: bytes, code: str) -> None:
    with (
        pytest.raises(UnreadableInput, match=r"^cv\.pdf: ") as caught,
        Reading(data, "cv.pdf") as r,
    ):
        r.result()
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SandboxError("timed-out", ""), "took longer than 7 s. Export the resume again."),
        (SandboxError("out-of-memory", ""), "more than 512 MiB of memory."),
        (SandboxError("crashed", "its process ended with SIGABRT"), "ended with SIGABRT"),
        (SandboxError("failed", "KeyError: 'x'"), "KeyError: 'x'). This is a bug in gapfit"),
    ],
)
def test_what_breaks_the_reader_has_a_code(
    error: SandboxError, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Errand) -> bytes:
        raise error

    monkeypatch.setattr(Errand, "result", fail)
    with Reading(bulk.resume_pdf(1), "a.pdf", Limits(7, 512 << 20)) as reading:
        with pytest.raises(UnreadableInput) as caught:
            reading.result()
        assert caught.value.code == error.code
        assert told in str(caught.value)


# What a process that was taken over may answer: nothing, no JSON, another noun, a value that
# does not fit, no text, and more levels than anything has.
UNINTELLIGIBLE = [b"", b"{", b"[1]", b'{"code": 3}', b'{"code": "\xff"}', b"[" * 100_000]


@pytest.mark.parametrize("answer", UNINTELLIGIBLE, ids=range(len(UNINTELLIGIBLE)))
def test_an_answer_that_is_none_is_a_failure(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Errand, "result", lambda _: answer)
    with (
        pytest.raises(UnreadableInput, match=r"^a\.pdf: .*cannot be understood") as caught,
        Reading(bulk.resume_pdf(1), "a.pdf") as reading,
    ):
        reading.result()
    assert caught.value.code == "failed"
    with pytest.raises(UnreadableInput, match=r"^a\.pdf: .*cannot be understood"):
        audit_reading.read(bulk.resume_pdf(1), "a.pdf")
    with Drawing(b"%PDF-", [PAGE]) as drawing:
        assert drawing.result() == ((), "drawing them failed (its answer cannot be understood)")


def test_a_name_that_is_no_text_is_only_a_name() -> None:
    source = os.fsdecode(b"cv\xff.pdf")
    assert intake.read_resume(bulk.resume_pdf(1), source) == intake.read_resume(
        bulk.resume_pdf(1), "cv.pdf"
    )
    audit_reading.read(bulk.resume_pdf(1), source)
    for read_ in (intake.read_resume, intake.read_pdf, audit_reading.read):
        with pytest.raises(UnreadableInput) as caught:
            read_(b"%PDF-1.7 and nothing else", source)
        assert str(caught.value).startswith(f"{source}: the file is damaged")


def test_what_only_crashes_when_looked_at_is_read_without_looking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest, calls = Errand.result, []

    def crash_once(errand: Errand) -> bytes:
        calls.append(errand)
        if len(calls) == 1:
            raise SandboxError("crashed", "its process ended with SIGILL")
        return honest(errand)

    monkeypatch.setattr(Errand, "result", crash_once)
    with Reading(pdf(resume_page()), "a.pdf") as reading:
        resume, _ = reading.result()
    assert "not-looked-at" in [warning.code for warning in resume.warnings]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux")
def test_the_command_survives_a_reader_that_swells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(bulk.resume_pdf(1) + b" " * (40 << 20))
    monkeypatch.setattr(intake, "MEMORY", 20 << 20)
    assert run(["fit", str(path)]) == 3
    error = capsys.readouterr().err
    assert error.startswith(f"gapfit: error: {path}: reading it took more than 20 MiB of memory.")
    assert "Traceback" not in error


def test_a_script_without_a_main_guard_can_call_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from gapfit.intake import read_resume\n"
        f"data = open({str(SAMPLES / 'ml-engineer.pdf')!r}, 'rb').read()\n"
        "print(read_resume(data, 'x')[0].pages)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("2\n", "")


# ---------------------------------------------------------------- drawing pages

PAGE = Page(1, WIDTH, HEIGHT, (), "pypdf", 1.0)


def test_pages_are_drawn_elsewhere_as_they_are_here() -> None:
    data = pdf(resume_page())
    with Drawing(data, [PAGE]) as drawing:
        assert drawing.result() == (draw(data, [PAGE]), "")


def test_no_process_is_started_for_no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Drawing(b"%PDF-", []) as drawing:
        assert drawing.result() == ((), "")


def test_where_no_process_can_be_started_there_is_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Drawing(b"%PDF-", [PAGE]) as drawing:
        pictures, undrawn = drawing.result()
    assert pictures == ()
    assert undrawn.startswith("drawing them failed (no process could be started")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bombs-flate-1-gib", "256 MiB of memory"),
        ("bombs-in-metadata", "256 MiB of memory"),
        ("forms-multiplying", "256 MiB of memory"),
        ("forms-a-pattern-in-itself", "longer than 3 s"),
        ("images-drawn-10000-times", "longer than 3 s"),
    ],
)
def test_what_cannot_be_drawn_within_limits_has_a_reason(name: str, told: str) -> None:
    makes = dict(hostile_pdfs.corpus())
    begun, peak = time.monotonic(), 0
    with Drawing(makes[name](), [PAGE], Limits(3.0, 256 << 20, files=False)) as drawing:
        process = drawing._errand._process
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(0.01)
        pictures, undrawn = drawing.result()
    assert pictures == ()
    assert told in undrawn
    assert time.monotonic() - begun < 20
    assert 0 < peak < (256 + 160) << 20  # 160: what a process holds before it draws


def _resident(pid: int) -> int:
    """The most memory a process has held, in bytes; 0 when it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(ln.split()[1]) << 10 for ln in status.splitlines() if "VmHWM" in ln), 0)


@pytest.mark.parametrize("code", ["timed-out", "out-of-memory", "crashed", "failed"])
def test_every_way_to_draw_nothing_has_words(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Errand) -> bytes:
        raise SandboxError(code, "detail")

    monkeypatch.setattr(Errand, "result", fail)
    with Drawing(b"%PDF-", [PAGE]) as drawing:
        pictures, undrawn = drawing.result()
    assert pictures == ()
    assert "them" in undrawn


# ---------------------------------------------------------------- reading files


def unreadable(path: Path) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        intake.read_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    return caught.value


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_bytes(b"\x00\xff anything")
    assert intake.read_file(path) == b"\x00\xff anything"


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
    data = bulk.resume_pdf(1)
    resume, digest = intake.read_unguarded(data, "resume.pdf")
    assert digest == hashlib.sha256(data).hexdigest()
    assert (resume.language, resume.pages, resume.warnings) == ("en", 1, ())
    assert any("search service" in s.text for s in resume.statements)


def test_text_without_a_statement_is_no_resume() -> None:
    with pytest.raises(UnreadableInput, match="no statements found") as error:
        intake.read_unguarded(pdf(column(50, 60, ["Jane Roe"])), "resume.pdf")
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
