"""``gapfit verify`` on the real way: what fit and bulk wrote is confirmed, what was changed not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gapfit.cli import run

SAMPLES = Path(__file__).parent.parent / "sample_resumes"
RESUME = str(SAMPLES / "mlops-engineer.pdf")
OTHER = str(SAMPLES / "llm-engineer.pdf")

pytestmark = pytest.mark.model


def written(tmp_path: Path, *options: str) -> Path:
    path = tmp_path / "result.json"
    assert run(["fit", RESUME, "--format", "json", "-q", "-o", str(path), *options]) == 0
    return path


@pytest.mark.parametrize(
    "options", [[], ["--blind"], ["--variants"], ["--role", "applied-ai-engineer"]]
)
def test_a_result_is_confirmed(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, *options)
    role = options if "--role" in options else []
    assert run(["verify", str(path), RESUME, *role]) == 0
    assert capsys.readouterr().out.startswith("confirmed")


def test_a_changed_fit_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path)
    result: dict[str, Any] = json.loads(path.read_text())
    result["roles"][0]["fit"] += 5.0
    path.write_text(json.dumps(result))
    assert run(["verify", str(path), RESUME]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"roles[{result['roles'][0]['id']}].fit: ")


def test_another_resume_is_named_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(written(tmp_path)), OTHER]) == 1
    assert capsys.readouterr().out.startswith("resume file: ")


def test_a_line_of_a_bulk_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pool = tmp_path / "pool.jsonl"
    assert run(["bulk", OTHER, RESUME, "--format", "jsonl", "-q", "-o", str(pool)]) == 0
    assert run(["verify", str(pool), RESUME]) == 0
    assert run(["verify", str(pool), OTHER]) == 0


@pytest.mark.parametrize("content", ["", "{}", "[1, 2]", '{"manifest": 3}', "no JSON"])
def test_what_is_no_result_is_3(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    assert run(["verify", str(path), RESUME]) == 3
    assert "holds no result of gapfit fit" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["decode", str(SAMPLES / "jobs" / "mislabelled.txt")],
        ["checklist", RESUME],
        ["compare", OTHER, RESUME],
        ["roles"],
    ],
    ids=lambda command: command[0],
)
def test_json_of_another_command_is_3(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.json"
    assert run([*command, "--format", "json", "-q", "-o", str(path)]) == 0
    assert run(["verify", str(path), RESUME]) == 3
    captured = capsys.readouterr()
    assert captured.err.startswith(f"gapfit: error: {path}: holds no result of gapfit fit.")
    assert captured.out == ""
