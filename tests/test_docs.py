"""The documents say what the program does: their commands run, their output is real."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gapfit import cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LEFT_OUT = "…"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.model
def test_readme_shows_what_the_command_prints() -> None:
    (block,) = [b for b in blocks("console") if b.startswith("$ ")]
    command, *shown = block.rstrip("\n").split("\n")
    done = subprocess.run(
        [sys.executable, "-m", *command.removeprefix("$ ").split()],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    printed = done.stdout.rstrip("\n").split("\n")
    for part in "\n".join(shown).split(f"\n{LEFT_OUT}"):
        lines = part.strip("\n").split("\n")
        found = any(printed[i : i + len(lines)] == lines for i in range(len(printed)))
        assert found, f"README.md shows what {command!r} does not print:\n{part}"


@pytest.mark.model
def test_python_example_in_readme_runs() -> None:
    (block,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_readme_names_every_command() -> None:
    for name in cli.cli.commands:
        assert f"gapfit {name}" in README


def test_readme_names_every_exit_code() -> None:
    sentence = " ".join(README.split("Exit codes:")[1].split("\n\n")[0].split())
    assert [int(n) for n in re.findall(r"\b\d+\b", sentence)] == [0, 1, 2, 3, 4, 70, 130]


def test_links_in_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    documents += ROOT.glob("benchmarks/*/README.md")
    for document in documents:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (document.parent / target).exists(), f"{document}: {target}"


def test_every_make_target_in_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    developers = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z]+)", README + developers)) - {"sure"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_figures_in_readme_are_those_of_the_last_run() -> None:
    results = (ROOT / "benchmarks/quality/results.txt").read_text(encoding="utf-8")
    run = results.split("## test split")[1].split("\n## ")[0]
    table = [row.strip("| ").split(" | ") for row in re.findall(r"^\| [a-z].*", README, re.M)]
    assert [row[0] for row in table][-1] == "gapfit"
    for name, precision, f1, *_ in table:
        measured = re.search(rf"^{re.escape(name)}\s+([0-9.]+)\s+([0-9.]+)", run, re.M)
        assert measured is not None, name
        assert [precision, f1] == [f"{float(figure):.2f}" for figure in measured.groups()], name
