"""The report: what adds up, what leads where, what a resume cannot do to it."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import builders
import pytest
import report_builders as made
from goldenfiles import body, check
from hypothesis import given, settings, strategies as st

from gapfit import pipeline, profiles, scoring
from gapfit.datamodels import Analysis, Level, Line, Pace, Report
from gapfit.formats.report import fits, html, lines, sheets, skills, view

CATALOGUE = made.CATALOGUE
EVIL = (
    "\"'></title></style></script><script>alert(1)</script><img src=https://x.example/a "
    "onerror=alert(2)><!-- {{ 7*7 }} ]]> \x1b[31m\u202e javascript:alert(3) " + "w" * 300
)
VOID = {"meta", "input", "br", "link", "img"}


def page(report: Report | None = None) -> str:
    return html.render(report or made.a_report(), CATALOGUE)


class Outline(HTMLParser):
    """The elements of a page, its texts, and whether all that is open is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, *names: str) -> list[str]:
        return [v for _, attributes in self.tags for k, v in attributes.items() if v and k in names]


# ---------------------------------------------------------------- the page


def test_golden_page() -> None:
    analysis = made.an_analysis(made.a_resume(warnings=[made.WARNING]))
    three = dataclasses.replace(analysis, roles=analysis.roles[:3])
    check("report.html", body(page(made.a_report(three))))


def test_the_same_report_has_the_same_bytes() -> None:
    assert page(made.a_report()) == page(made.a_report())


def test_every_link_leads_somewhere_and_every_place_is_one() -> None:
    outline = Outline(page())
    ids = outline.values("id")
    assert len(ids) == len(set(ids))
    addresses = outline.values("href", "src", "action", "xlink:href")
    links = [address for address in addresses if not address.startswith("data:")]
    assert links
    assert all(address.startswith("#") and address[1:] in ids for address in links)
    named = outline.values("aria-labelledby", "aria-controls", "for")
    assert set(named) <= set(ids)


def test_without_pages_links_lead_to_what_a_line_earned() -> None:
    report = made.a_report()
    resume = dataclasses.replace(report.analysis.resume, layout=())
    blinded = dataclasses.replace(report.analysis, resume=resume)
    outline = Outline(page(made.a_report(blinded, pictures=())))
    ids = outline.values("id")
    links = outline.values("href")
    assert any(address.startswith("#earned-") for address in links)
    assert {address.removeprefix("#") for address in links} <= set(ids)


def test_every_line_of_evidence_is_marked_on_its_page() -> None:
    report = made.a_report()
    outline = Outline(page(report))
    for finding in report.analysis.skills:
        for evidence in finding.evidence:
            for name in (
                f"line-{evidence.page}-{evidence.line}",
                f"earned-{evidence.page}-{evidence.line}",
            ):
                assert name in outline.values("id")


def test_it_loads_nothing_and_runs_nothing_but_its_own() -> None:
    source = page()
    assert not re.search(
        r"(?:https?:)?//", re.sub(r"base64,[\w+/=]+", "", source).split("<script")[0]
    )
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', source)
    assert policy is not None
    allowed = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert allowed.pop("img-src") == "data:"
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert allowed.pop(kind) == f"'sha256-{digest}'"
    assert set(allowed) == {"default-src", "base-uri", "form-action"}
    assert set(allowed.values()) == {"'none'"}
    outline = Outline(source)
    assert not any(name == "style" or name.startswith("on") for _, a in outline.tags for name in a)


def test_why_there_are_no_pictures_is_said() -> None:
    told = "There are no pictures of the pages: drawing them took longer than 30 s."
    undrawn = "drawing them took longer than 30 s"
    assert told in page(made.a_report(pictures=(), undrawn=undrawn))
    assert "There are no pictures" not in page(made.a_report(pictures=()))


def test_the_frame_of_a_page_is_small() -> None:
    assert len(page(made.a_report(pictures=()))) < 120_000


# ---------------------------------------------------------------- a resume is data


def test_no_text_becomes_markup() -> None:
    harmless, evil = Outline(page(made.hostile("a b"))), Outline(page(made.hostile(EVIL)))
    assert [tag for tag, _ in evil.tags] == [tag for tag, _ in harmless.tags]
    shown = "".join(evil.texts)
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7*7 }}" in shown
    source = page(made.hostile(EVIL))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", source)


@settings(max_examples=25)
@given(st.text(st.sampled_from("<>&\"'`=/\\!-{}%# \t\n\x00\x1b\u202e\ud800aé中")))
def test_any_text_stays_text(text: str) -> None:
    source = page(made.hostile(f"a{text}"))
    source.encode("utf-8")
    assert elements(source) == HARMLESS


def elements(source: str) -> list[str]:
    """What a page is made of; a tab in a line makes two texts of it."""
    return [tag for tag, _ in Outline(source).tags if tag != "text"]


HARMLESS = elements(page(made.hostile("a")))


def test_a_name_in_the_profiles_cannot_leave_the_data_of_the_script() -> None:
    evil = dataclasses.replace(CATALOGUE.skills[0], name="</script><script>alert(1)//<!--")
    catalogue = dataclasses.replace(CATALOGUE, skills=(evil, *CATALOGUE.skills[1:]))
    source = html.render(made.a_report(), catalogue)
    assert [tag for tag, _ in Outline(source).tags].count("script") == 2
    told = re.search(r'id="model">(.*?)</script>', source, re.DOTALL)
    assert told is not None
    assert json.loads(told[1])["skills"][0]["name"] == evil.name


# ---------------------------------------------------------------- what adds up


def test_the_pieces_of_a_bar_lie_end_to_end_and_sum_to_the_fit() -> None:
    analysis = made.an_analysis()
    bars = fits.bars(analysis, CATALOGUE, ())
    assert [bar.rank for bar in bars] == list(range(1, len(bars) + 1))
    for bar in bars:
        end = 0.0
        for area in bar.areas:
            assert area.start == pytest.approx(end)
            assert sum(part.points for part in area.parts) == pytest.approx(area.points, abs=0.2)
            end += area.points
        assert end == pytest.approx(bar.fit)
        names = [part.skill for area in bar.areas for part in area.parts]
        names += [part.skill for part in bar.missing]
        assert sorted(names) == sorted(i.skill for i in CATALOGUE.role(bar.id).stack if i.weight)


def test_a_line_is_quoted_once_for_a_role() -> None:
    for bar in fits.bars(made.an_analysis(), CATALOGUE, ()):
        parts = [part for area in bar.areas for part in area.parts if part.quote]
        first = [part.quote for part in parts if not part.again]
        assert len(first) == len(set(first))
        assert {part.quote for part in parts} == set(first)


def test_the_lines_sum_to_the_fit() -> None:
    analysis = made.an_analysis()
    for fit in analysis.roles:
        ledger = lines.ledger(analysis, CATALOGUE, fit)
        assert sum(e.points for e in ledger.entries) + ledger.unplaced == pytest.approx(fit.fit)
        places = [(entry.page, entry.line) for entry in ledger.entries]
        assert len(places) == len(set(places))


def test_points_that_no_line_shows_are_said_to_be_so() -> None:
    analysis = made.an_analysis()
    without = tuple(
        dataclasses.replace(f, evidence=()) if f.skill == "rag" else f for f in analysis.skills
    )
    analysis = dataclasses.replace(analysis, skills=without)
    (fit,) = [fit for fit in analysis.roles if fit.role == "llm-engineer"]
    ledger = lines.ledger(analysis, CATALOGUE, fit)
    (rag,) = [part for part in fit.contributions if part.skill == "rag"]
    assert ledger.unplaced == pytest.approx(rag.points)
    source = page(made.a_report(analysis, wanted=["llm-engineer"]))
    assert f"with {rag.points:.1f} that no single line shows" in source
    assert "no single line: other skills of the area suggest it" in source


def test_a_line_counts_once_for_a_skill_however_often_it_is_named() -> None:
    analysis = made.an_analysis()
    rag = made.with_evidence(analysis.skills[2], (1, 1), (1, 1), (2, 4))
    skills_ = (*analysis.skills[:2], rag, *analysis.skills[3:])
    analysis = dataclasses.replace(analysis, skills=skills_)
    ledger = lines.ledger(analysis, CATALOGUE, analysis.roles[0])
    shown = [(e.line, s.best) for e in ledger.entries for s in e.skills if s.id == "rag"]
    assert sorted(shown) == [(1, True), (4, False)]


# ---------------------------------------------------------------- the map and the pages


def test_the_map_has_every_skill_once_and_what_the_role_asks() -> None:
    analysis = made.an_analysis()
    areas = skills.skill_map(analysis, CATALOGUE, CATALOGUE.role("ml-engineer"))
    mapped = [skill for area in areas for skill in area.skills]
    assert sorted(skill.id for skill in mapped) == sorted(s.id for s in CATALOGUE.skills)
    assert {skill.id: skill.need for skill in mapped if skill.need} == {
        "fine-tuning": "core",
        "python": "core",
        "golden-sets": "common",
        "kubernetes": "common",
        "llm-as-judge": "common",
    }
    assert {skill.id for skill in mapped if skill.shown} == {
        f.skill for f in analysis.skills if f.level >= Level.USED
    }


def test_a_statement_is_marked_on_all_its_lines() -> None:
    report = made.a_report()
    told = view.view(report, CATALOGUE)
    first, second = told.sheets
    (mark,) = [mark for mark in first.marked if mark.number == 2]
    assert len(mark.boxes) == 2
    assert mark.boxes[0].y + mark.boxes[0].height == pytest.approx(mark.boxes[1].y)
    assert mark.label == (
        "Line 2, “Curated 600 labelled question-answer pairs with two support leads and kept "
        "them…”: Golden datasets"
    )
    assert first.picture.startswith("data:image/webp;base64,")
    assert second.picture == ""
    assert [line.text for line in second.lines] == list(builders.LINES[3:])


def test_what_earned_more_is_tinted_more() -> None:
    report = made.a_report(wanted=["llm-engineer"])
    told = view.view(report, CATALOGUE)
    strength = {wash.box.y: wash.strength for wash in told.sheets[0].washed}
    by_line = {line.number: strength.get(round(line.y - 9, 1)) for line in told.sheets[0].lines}
    earned = {e.line: e.points for e in told.ledger.entries if e.page == 1}
    assert by_line[20] == by_line[2]  # the second line of the same statement
    assert sorted(earned, key=lambda n: earned[n]) == sorted(earned, key=lambda n: by_line[n] or 0)
    assert all(sheets._LIGHT <= s <= sheets._DARK for s in strength.values())


def test_texts_that_stand_apart_on_a_line_are_set_apart() -> None:
    line = Line(1, "ML Engineer, Acme\tOslo\t2021-2024", 50.0, 550.0, 100.0, 10.0)
    title, town, dates = sheets._written(line)
    assert (title.text, town.text, dates.text) == ("ML Engineer, Acme", "Oslo", "2021-2024")
    assert title.x == 50.0
    assert title.x + title.width < town.x
    assert town.x + town.width < dates.x
    assert dates.x + dates.width == pytest.approx(550.0)
    label, value = sheets._written(Line(1, "Programming\tPython", 50.0, 130.0, 100.0, 10.0))
    assert value.x - label.x - label.width == pytest.approx(10.0)
    (whole,) = sheets._written(Line(1, "one text", 50.0, 550.0, 100.0, 10.0))
    assert (whole.x, whole.width) == (50.0, 500.0)
    assert list(sheets._written(Line(1, "\x1b\t\u202e", 50.0, 50.0, 100.0, 10.0))) == []


def test_without_pages_there_is_no_list_of_them() -> None:
    analysis = made.an_analysis(dataclasses.replace(made.a_resume(), layout=()))
    outline = Outline(page(made.a_report(analysis, pictures=())))
    assert "pages" not in outline.values("id")


# ---------------------------------------------------------------- what is said


def test_warnings_come_before_everything() -> None:
    analysis = made.an_analysis(made.a_resume(warnings=[made.WARNING]))
    texts = "".join(Outline(page(made.a_report(analysis))).texts)
    assert texts.index("Read this first") < texts.index("Fit for each role")
    assert made.WARNING.message in texts
    assert "low-word-quality, page 2" in texts


@pytest.mark.parametrize(
    ("best", "headline"),
    [
        (93.0, "Shows enough for interviews as AI Engineer"),
        (61.0, "Closest to AI Engineer, with clear gaps"),
        (12.0, "No role is carried yet; AI Engineer comes closest"),
    ],
)
def test_the_headline_is_the_result(best: float, headline: str) -> None:
    analysis = made.an_analysis()
    some = [fit for fit in analysis.roles if fit.role in ("ai-engineer", "ml-engineer")]
    roles = tuple(
        dataclasses.replace(fit, fit=best if fit.role == "ai-engineer" else 5.0, rank=rank)
        for rank, fit in enumerate(sorted(some, key=lambda f: f.role), start=1)
    )
    told = view.view(made.a_report(dataclasses.replace(analysis, roles=roles)), CATALOGUE)
    assert told.headline == headline


def test_a_role_that_is_asked_for_leads_and_is_open() -> None:
    told = view.view(made.a_report(wanted=["ml-engineer"]), CATALOGUE)
    assert told.headline.startswith("ML Engineer: a fit of ")
    assert (told.lead, told.ledger.role) == ("ml-engineer", "ML Engineer")
    assert [role.id for role in told.roles if role.open] == ["ml-engineer"]


def test_a_held_back_role_says_what_opens_it() -> None:
    bars = {bar.id: bar for bar in fits.bars(made.an_analysis(), CATALOGUE, ())}
    assert bars["research-engineer"].notes == (
        "Held back until a line shows a paper or exceptional open source.",
    )
    assert bars["prompt-engineer"].notes[0].startswith("A vestigial title. Today: AI Engineer")


def test_quotes_say_their_language() -> None:
    german = dataclasses.replace(made.a_resume(), language="de")
    assert '<q lang="de">' in page(made.a_report(made.an_analysis(german)))
    assert "<q>" in page()


def test_the_page_computes_with_the_numbers_of_the_scores() -> None:
    report = made.a_report()
    told = json.loads(view.view(report, CATALOGUE).model)
    assert [s["credit"] for s in told["skills"]] == [f.credit for f in report.analysis.skills]
    assert told["credit"] == {
        "used": scoring.CREDIT[Level.USED],
        "owned": scoring.CREDIT[Level.OWNED],
    }
    assert told["floor"] == scoring.GATE_FLOOR
    research = next(role for role in told["roles"] if role["id"] == "research-engineer")
    assert (research["halfway"], research["shape"]) == (scoring.HALFWAY, scoring.SHAPE)
    names = [told["skills"][skill]["id"] for skill, _ in research["gate"]]
    assert dict(zip(names, [credit for _, credit in research["gate"]], strict=True)) == {
        "research-publications": scoring.CREDIT[Level.USED],
        "open-source": scoring.CREDIT[Level.OWNED],
    }


# ---------------------------------------------------------------- real resumes

SAMPLES = Path(__file__).parent.parent / "sample_resumes"


@pytest.mark.model
@pytest.mark.parametrize("name", ["ai-engineer.pdf", "research-engineer.pdf"])
def test_a_real_report_adds_up_and_is_small(
    name: str, analyzer: pipeline.Analyzer, sample: Callable[[str], Analysis]
) -> None:
    catalogue, analysis = analyzer.catalogue, sample(name)
    whole = pipeline.make_report(
        (SAMPLES / name).read_bytes(),
        name,
        analysis,
        catalogue,
        profiles.load_learning(catalogue),
        pace=Pace(8),
        count=6,
    )
    assert len(whole.pictures) == len(analysis.resume.layout)
    for fit in analysis.roles:
        ledger = lines.ledger(analysis, catalogue, fit)
        assert sum(e.points for e in ledger.entries) + ledger.unplaced == pytest.approx(fit.fit)
    source = html.render(whole, catalogue)
    assert len(source) < 1_500_000
    outline = Outline(source)
    ids = set(outline.values("id"))
    links = [link for link in outline.values("href") if not link.startswith("data:")]
    assert {link[1:] for link in links} <= ids
    evidence = [e for finding in analysis.skills for e in finding.evidence]
    assert {f"line-{e.page}-{e.line}" for e in evidence} <= ids
