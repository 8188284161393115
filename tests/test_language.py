"""The language of a text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, strategies as st

from gapfit.language import UNDETERMINED, detect

ENGLISH = """Built the search service that four hundred people use every day, and measured how
often the right paragraph was among the first ten results."""
GERMAN = """Aufbau der Suche, die vierhundert Kolleginnen und Kollegen jeden Tag benutzen, und
Messung, wie oft der richtige Absatz unter den ersten zehn Treffern war."""
FRENCH = """Mise en place de la recherche que quatre cents personnes utilisent chaque jour, et
mesure de la part des réponses justes parmi les dix premières."""


DUTCH = """Zoekdienst gebouwd die vierhonderd mensen elke dag gebruiken, en gemeten hoe vaak de
juiste alinea bij de eerste tien resultaten stond, of het nu om handleidingen of om tickets ging."""
DANISH = """Byggede den søgetjeneste, som fire hundrede kolleger bruger hver dag, og målte, hvor
ofte det rigtige afsnit lå blandt de første ti resultater for alle sager og for hver afdeling."""
POLISH = """Budowa wyszukiwarki, z której czterysta osób korzysta codziennie, oraz pomiar, jak
często to właściwy akapit był wśród pierwszych dziesięciu wyników, i to dla każdego działu."""
SPANISH = """Desarrollo del buscador que cuatrocientas personas usan cada día, y medición de la
frecuencia con la que el párrafo correcto estaba entre los diez primeros resultados."""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"), (GERMAN, "de"), (FRENCH, "fr"), (DUTCH, "nl"), (DANISH, "da"),
        (POLISH, "pl"), (SPANISH, "es"),
    ],
)  # fmt: skip
def test_language_of_prose(text: str, code: str) -> None:
    assert detect(text) == code


def test_an_english_resume_full_of_tool_names_is_english() -> None:
    tools = "Kubernetes, Terraform, PyTorch, Langfuse, pgvector, FastAPI, PostgreSQL, Grafana. "
    assert detect(tools + ENGLISH) == "en"


def test_english_titles_do_not_make_a_text_english() -> None:
    titles = "Head of Search and Retrieval at Example, Engineer for the Platform of the Future. "
    assert detect(titles + GERMAN + " " + DANISH.replace("\n", " ") * 2) != "en"


def test_terse_english_is_english_too() -> None:
    terse = """Senior backend engineer. Built search service, tuned ranking, cut latency. Led four
    engineers, hired two. Shipped payment gateway, wrote tests, ran on-call rotation."""
    assert detect(terse) == "en"


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


@pytest.mark.parametrize(("text", "loaded"), [(None, False), (ENGLISH, False), (GERMAN, True)])
def test_plain_english_loads_no_model(text: str | None, loaded: bool) -> None:
    code = (
        "import sys, gapfit.language; text = sys.argv[1]; text and gapfit.language.detect(text);"
        "print('py3langid' in sys.modules)"
    )
    command = [sys.executable, "-c", code, text or ""]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loaded)
