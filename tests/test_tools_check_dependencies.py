"""The check of dependencies: what is found fails, and what cannot be asked is said."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parent.parent / "tools" / "check_dependencies.py"

CLEAN = {"name": "click", "version": "8.5.1", "vulns": []}
SKIPPED = {"name": "torch", "skip_reason": "not found"}
BROKEN = {
    "name": "pypdf",
    "version": "7.1.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["7.1.1"]}],
}


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_dependencies", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(monkeypatch: pytest.MonkeyPatch, *outputs: Any) -> None:
    """Make pip-audit say these things, one per call."""
    waiting = list(outputs)

    def answer(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        output = waiting.pop(0)
        if isinstance(output, Exception):
            raise output
        text = json.dumps({"dependencies": output}) if isinstance(output, list) else ""
        return subprocess.CompletedProcess([], 1, text, "" if text else str(output))

    monkeypatch.setattr(subprocess, "run", answer)


def test_a_vulnerability_fails(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, [CLEAN, BROKEN, SKIPPED])
    assert script.main() == 1
    out = capsys.readouterr().out
    assert "pypdf 7.1.0: PYSEC-2026-1, mended in 7.1.1" in out
    assert "not checked: torch" in out
    assert "2 pins checked (pypi), 1 vulnerabilities" in out


def test_one_that_is_explained_does_not(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "IGNORED", {"PYSEC-2026-1": "that reader is not used"})
    answers(monkeypatch, [BROKEN])
    assert script.main() == 0


def test_the_second_database_is_asked_where_the_first_knows_nothing(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, [SKIPPED], [CLEAN])
    assert script.main() == 0
    assert "1 pins checked (osv), 0 vulnerabilities" in capsys.readouterr().out


def test_nobody_to_ask_is_said_and_passed_over(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, "connection refused", subprocess.TimeoutExpired("pip-audit", 1))
    assert script.main() == 0
    out = capsys.readouterr().out
    assert out.startswith("dependencies: not checked, passed over (pypi: connection refused; osv: ")
