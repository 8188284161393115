"""The language of a text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapfit.language import UNDETERMINED, detect

ENGLISH = """Built the search service that four hundred people use every day, and measured how
often the right paragraph was among the first ten results."""
GERMAN = """Aufbau der Suche, die vierhundert Kolleginnen und Kollegen jeden Tag benutzen, und
Messung, wie oft der richtige Absatz unter den ersten zehn Treffern war."""
FRENCH = """Mise en place de la recherche que quatre cents personnes utilisent chaque jour, et
mesure de la part des réponses justes parmi les dix premières."""


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (GERMAN, "de"), (FRENCH, "fr")])
def test_language_of_prose(text: str, code: str) -> None:
    assert detect(text) == code


def test_an_english_resume_full_of_tool_names_is_english() -> None:
    tools = "Kubernetes, Terraform, PyTorch, Langfuse, pgvector, FastAPI, PostgreSQL, Grafana. "
    assert detect(tools + ENGLISH) == "en"


@pytest.mark.parametrize(
    "text", ["", "Python, Go", "a@b.example https://x.example/abc", "1 2 3" * 90]
)
def test_too_little_text_is_undetermined(text: str) -> None:
    assert detect(text) == UNDETERMINED


def test_capitals_do_not_change_the_language() -> None:
    assert detect(GERMAN.upper()) == "de"


@given(st.text(max_size=300))
def test_any_text_has_a_code(text: str) -> None:
    code = detect(text)
    assert code == UNDETERMINED or (len(code) in (2, 3) and code.isalpha())


def test_importing_the_stage_loads_no_model() -> None:
    code = "import sys, gapfit.language; sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
