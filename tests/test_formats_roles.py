"""Documents about roles, for the terminal and as Markdown.

GAPFIT_UPDATE_GOLDEN=1 python -m pytest tests/test_formats_roles.py renews the golden files.
"""

from __future__ import annotations

import builders
import guide_builders
import pytest
from goldenfiles import check

from gapfit import profiles
from gapfit.datamodels import Employer, PayBand, PayBasis, PayLevel
from gapfit.formats import inert, markdown, market_parts, pay_parts, role_parts, roles
from gapfit.formats.parts import Document, Row, cited, part

CATALOGUE = builders.a_catalogue()
DOCUMENTS = {
    "role": role_parts.document(guide_builders.known(CATALOGUE, "ai-engineer")),
    "thin": role_parts.document(guide_builders.known(CATALOGUE, "research-engineer")),
    "roles": market_parts.overview(CATALOGUE),
    "moves": market_parts.moves(guide_builders.MARKET, CATALOGUE),
    "questions": market_parts.questions(guide_builders.MARKET, CATALOGUE),
    "employer": market_parts.employer(Employer.STARTUP, CATALOGUE, guide_builders.GUIDES),
}


@pytest.mark.parametrize(
    ("name", "width"),
    [("role", 60), ("role", 80), ("role", 100), ("roles", 80), ("moves", 80), ("questions", 60)],
)
def test_golden(name: str, width: int) -> None:
    check(f"{name}-{width}.txt", roles.render(DOCUMENTS[name], width=width))


@pytest.mark.parametrize("name", ["role", "moves"])
def test_golden_as_markdown(name: str) -> None:
    check(f"{name}.md", markdown.render(DOCUMENTS[name]))


@pytest.mark.parametrize("width", [1, 60, 61, 72, 80, 99, 100, 250])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_lines_keep_within_the_measure(name: str, width: int) -> None:
    view = roles.render(DOCUMENTS[name], width=width)
    assert max(map(len, view.splitlines())) <= max(60, min(100, width))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_forms_say_all_of_it(name: str) -> None:
    document = DOCUMENTS[name]
    text = " ".join(roles.render(document, width=100).split())
    marked = markdown.render(document)
    for shown in document.parts:
        for group in shown.groups:
            for row in group.rows:
                assert " ".join(row.text.split()) in text
                assert row.lead in text
                assert inert.markdown(row.text) in marked
                assert all(source in marked for source in row.sources)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_plain_encodings_get_plain_signs(name: str) -> None:
    assert roles.render(DOCUMENTS[name], unicode=False).isascii()


def test_only_the_parts_asked_for() -> None:
    known = guide_builders.known(CATALOGUE, "ai-engineer")
    document = role_parts.document(known, ("pay", "interview"))
    assert [p.key for p in document.parts] == ["interview", "pay", "basis"]
    assert document.lines == (CATALOGUE.role("ai-engineer").headline,)


def test_what_no_source_speaks_of_is_said() -> None:
    known = guide_builders.known(CATALOGUE, "ml-engineer")
    (basis,) = role_parts.document(known, ("day", "interview")).parts
    assert basis.groups[0].rows[0].text == "No source speaks of a usual day or its interview."


def test_nothing_is_asked_of_sources_for_a_role_without_a_guide() -> None:
    known = guide_builders.known(CATALOGUE, "voice-ai-engineer")
    assert "No source" not in markdown.render(role_parts.document(known))


def test_an_employer_narrows_where_a_role_lives() -> None:
    known = guide_builders.known(CATALOGUE, "ai-engineer", Employer.ENTERPRISE)
    view = roles.render(role_parts.document(known, ("employers",)))
    assert "Wherever there is a product" in view
    assert "An older pipeline" in view
    assert "Acme AI" not in view
    assert "Language models all day" not in view


def test_every_source_cited_is_named_at_the_end() -> None:
    for document in DOCUMENTS.values():
        named = {row.lead for group in document.parts[-1].groups for row in group.rows}
        assert set(cited(document.parts)) <= named


# ---------------------------------------------------------------- pay


def band(**changes: object) -> PayBand:
    values: dict[str, object] = {
        "role": "ai-engineer", "level": PayLevel.MID, "low_k": None, "high_k": None,
        "median_k": None, "open_ended": False, "basis": PayBasis.TOTAL, "scope": "US", "years": "",
        "source": "000", "date": "2026",
    }  # fmt: skip
    return PayBand(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"low_k": 170, "high_k": 220}, "170-220K"),
        ({"low_k": 420, "high_k": 700, "open_ended": True}, "420-700K+"),
        ({"low_k": 300, "open_ended": True}, "300K+"),
        ({"median_k": 370}, "median 370K"),
        ({"low_k": 162.5, "high_k": 180, "median_k": 170}, "162.5-180K, median 170K"),
    ],
)
def test_a_figure_is_shown_as_given(figures: dict[str, object], words: str) -> None:
    assert pay_parts.amount(band(**figures)) == words


def test_every_real_figure_stands_with_basis_date_and_source() -> None:
    catalogue = profiles.load()
    pay = profiles.load_pay([role.id for role in catalogue.roles])
    shown = 0
    for role in catalogue.roles:
        made = pay_parts.of_role(role.id, pay)
        figures = [r for g in made.groups for r in g.rows if r.lead] if made else []
        assert len(figures) == len(pay.of(role.id))  # each by itself, none merged
        for row, known in zip(figures, sorted(pay.of(role.id), key=_order), strict=True):
            shown += 1
            assert row.sources == (known.source,)
            assert known.date in row.text
            assert any(word in row.text for word in ("total pay", "hiring band", "not stated"))
            assert row.lead == pay_parts.amount(known)
    assert shown == len(pay.bands)


def _order(known: PayBand) -> int:
    levels = (PayLevel.ENTRY, PayLevel.MID, PayLevel.SENIOR, PayLevel.STAFF, PayLevel.ANY)
    return levels.index(known.level)


# ---------------------------------------------------------------- parts


def test_a_part_without_rows_is_none() -> None:
    assert part("x", "X", ("", []), ("y", iter(()))) is None


def test_sources_stand_behind_the_words() -> None:
    assert Row("x", sources=("000", "002")).cited == "[000, 002]"
    assert Row("x", sources=("000",), inferred=True).cited == "[000, implied]"
    assert Row("x").cited == ""


def test_hostile_words_stay_words() -> None:
    made = part("x", "X", ("\x1b[31m[bold]", [Row("[link=x]y[/link] \x1b]0;t\x07z", "\x9b2J")]))
    assert made is not None
    view = roles.render(Document("\x1b[2Jtitle", (made,)))
    assert not any(c in view for c in "\x1b\x9b\x07")
    assert "[link=x]y[/link] z" in view
