"""The pages in a real Chromium: what is drawn, computed, reached by keyboard, refused.

Skipped where there is none. GAPFIT_CHROMIUM names one that stands elsewhere.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import builders
import learning_builders
import pool_builders
import pytest
import report_builders as made

from gapfit import pipeline, profiles, scoring
from gapfit.datamodels import Analysis, Level, Pace
from gapfit.formats.bulk import html as bulk_html
from gapfit.formats.checklist import html as checklist_html
from gapfit.formats.report import html

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("GAPFIT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
AXE = (Path(__file__).parent / "data" / "axe" / "axe.min.js").read_text(encoding="utf-8")
SAMPLES = Path(__file__).parent.parent / "sample_resumes"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium found; install one, or name it in GAPFIT_CHROMIUM"
    ),
]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # A browser run by root refuses its own sandbox; the pages are ours.
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


class Opened:
    """A page in a browser, and everything it said and asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    def violations(self) -> list[str]:
        """What axe finds, in words."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found["violations"]]

    def overflows(self) -> bool:
        """Whether the page is wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def open_all(self) -> None:
        self.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")


Open = Callable[..., Opened]


@pytest.fixture
def open_(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a page from a file, as a person would."""
    contexts = []

    def opened(source: str, **options: Any) -> Opened:
        path = tmp_path / "page.html"
        path.write_text(source, encoding="utf-8")
        contexts.append(browser.new_context(**{"viewport": DESK, **options}))
        one = Opened(contexts[-1].new_page())
        one.page.goto(path.as_uri())
        return one

    yield opened
    for context in contexts:
        context.close()


def report(**options: Any) -> str:
    return html.render(made.a_report(**options), made.CATALOGUE)


def warned() -> str:
    analysis = made.an_analysis(made.a_resume(warnings=[made.WARNING]))
    return report(analysis=analysis, wanted=["ml-engineer"])


def candidates() -> str:
    pieces = bulk_html.render(
        pool_builders.candidates(),
        pool_builders.SKIPPED,
        pool_builders.SUMMARY,
        pool_builders.a_cohort(),
        pool_builders.CATALOGUE,
        pool_builders.ROLES,
    )
    return "".join(pieces)


def plan() -> str:
    checklist = pipeline.plan_checklist(
        builders.an_analysis(made.CATALOGUE),
        made.CATALOGUE,
        learning_builders.a_learning(),
        pace=Pace(8),
        count=4,
        role="ai-engineer",
    )
    return checklist_html.render(checklist, made.CATALOGUE)


# ---------------------------------------------------------------- every page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", [warned, candidates, plan])
def test_a_page_has_no_violation_of_accessibility(
    page: Callable[[], str], scheme: str, open_: Open
) -> None:
    opened = open_(page(), color_scheme=scheme)
    opened.open_all()
    for button in opened.page.query_selector_all("[data-try], tbody button[aria-expanded]")[:2]:
        button.click()
    assert opened.violations() == []
    if page is warned:
        opened.page.check("#as-read")
    opened.page.set_viewport_size({"width": 390, "height": 844})
    assert opened.violations() == []
    assert opened.said == []


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("page", [warned, candidates, plan])
def test_nothing_is_wider_than_a_phone(page: Callable[[], str], width: int, open_: Open) -> None:
    opened = open_(page(), viewport={"width": width, "height": 844})
    opened.open_all()
    assert not opened.overflows()


@pytest.mark.parametrize("page", [warned, candidates, plan])
def test_a_page_asks_for_nothing(page: Callable[[], str], open_: Open) -> None:
    opened = open_(page())
    assert [url.split(":")[0] for url in opened.asked if not url.startswith("data:")] == ["file"]
    assert opened.said == []


def test_nothing_runs_but_the_page_s_own_script(open_: Open) -> None:
    opened = open_(report())
    refused = opened.page.evaluate(
        """() => new Promise((done) => {
          const seen = [];
          document.addEventListener("securitypolicyviolation", (e) => {
            seen.push(e.effectiveDirective);
            if (seen.length === 3) done(seen.sort());
          });
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken'";
          const style = document.createElement("style");
          style.textContent = "body { display: none }";
          const image = document.createElement("img");
          image.src = "https://x.example/a.png";
          document.body.append(script, style, image);
        })"""
    )
    assert refused == ["img-src", "script-src-elem", "style-src-elem"]
    assert opened.page.title() != "taken"


EVIL = (
    "\"'></title></style></script><script>alert(1)</script><img src=x onerror=alert(2)>"
    "<svg onload=alert(3)> javascript:alert(4) " + "w" * 300
)


def test_a_hostile_resume_does_nothing_and_fits_on_a_phone(open_: Open) -> None:
    opened = open_(html.render(made.hostile(EVIL), made.CATALOGUE), viewport=PHONE)
    opened.open_all()
    for link in opened.page.query_selector_all("a.place")[:3]:
        link.click()
    assert opened.said == []
    assert not opened.overflows()
    assert EVIL in opened.page.inner_text("body")


# ---------------------------------------------------------------- what if


def computed(analysis: Analysis, roles: Any, tried: list[str], level: Level) -> dict[str, float]:
    """The fits if the skills were shown at the level, by gapfit/scoring."""
    found = tuple(
        dataclasses.replace(f, credit=max(f.credit, scoring.CREDIT[level]))
        if f.skill in tried
        else f
        for f in analysis.skills
    )
    return {fit.role: fit.fit for fit in scoring.fits(roles, found)}


def shown(page: Page) -> dict[str, float]:
    """The fits as the page has them, in full."""
    rows = page.eval_on_selector_all(
        "details.role", "rows => rows.map((row) => [row.dataset.role, Number(row.dataset.now)])"
    )
    return {str(role): float(fit) for role, fit in rows}


@pytest.mark.model
@pytest.mark.parametrize("name", ["worked-example.pdf", "career-changer.pdf"])
def test_what_if_computes_what_scoring_computes(
    name: str, analyzer: pipeline.Analyzer, sample: Callable[[str], Analysis], open_: Open
) -> None:
    catalogue, analysis = analyzer.catalogue, sample(name)
    whole = pipeline.make_report(
        (SAMPLES / name).read_bytes(),
        name,
        analysis,
        catalogue,
        profiles.load_learning(catalogue),
        pace=Pace(8),
        count=3,
    )
    page = open_(html.render(whole, catalogue)).page
    roles = [catalogue.role(fit.role) for fit in analysis.roles]
    assert shown(page) == pytest.approx({f.role: f.fit for f in analysis.roles}, abs=1e-9)
    weak = {f.skill for f in analysis.skills if f.level < Level.USED}
    # Gaps, skills behind the gates of roles, and one that hardly any role asks for.
    wanted = [gap.skill for gap in analysis.gaps[:4]]
    wanted += ["research-publications", "open-source", "speech-systems", "telephony"]
    tried: list[str] = []
    for skill in dict.fromkeys(skill for skill in wanted if skill in weak):
        page.eval_on_selector(f"[data-try='{skill}']", "button => button.click()")
        tried.append(skill)
        for level in (Level.USED, Level.OWNED):
            page.select_option("#as", level.label)
            expected = computed(analysis, roles, tried, level)
            assert shown(page) == pytest.approx(expected, abs=1e-9)
        page.select_option("#as", "used")
    assert len(tried) >= 5
    page.click("#over")
    assert shown(page) == pytest.approx({f.role: f.fit for f in analysis.roles}, abs=1e-9)


def test_a_gain_is_what_the_gap_promises(open_: Open) -> None:
    opened = open_(report())
    before = shown(opened.page)
    opened.page.click("#gaps [data-try='llm-tracing']")
    now = shown(opened.page)
    for role in made.CATALOGUE.roles:
        if role.id in before:
            found = made.an_analysis().skills
            added = scoring.acquire(role, found).get("llm-tracing")
            promised = added.points if added else 0.0
            assert now[role.id] - before[role.id] == pytest.approx(promised, abs=1e-9)
    row = opened.page.locator("[data-role='ai-engineer']")
    assert row.locator("[data-rise]").inner_text().strip() == f"→ {now['ai-engineer']:.0f}"
    width = row.locator("rect.gain").get_attribute("width")
    assert float(width or 0) == pytest.approx(now["ai-engineer"] - before["ai-engineer"], abs=1e-3)
    told = opened.page.inner_text("#whatif")
    assert "LLM tracing" in told
    assert f"{before['ai-engineer']:.1f} → {now['ai-engineer']:.1f}" in told
    # The same skill on the map is the same switch.
    assert opened.page.get_attribute("#skills [data-try='llm-tracing']", "aria-pressed") == "true"
    opened.page.click("#skills [data-try='llm-tracing']")
    assert shown(opened.page) == before
    assert not opened.page.is_visible("#whatif")


# ---------------------------------------------------------------- from a point to its line


def test_a_link_leads_to_the_line_and_the_line_to_what_it_earned(open_: Open) -> None:
    page = open_(report(wanted=["ai-engineer"])).page
    page.click("[data-role='ai-engineer'] a.place[href='#line-1-1']")
    mark = page.locator("#line-1-1")
    assert mark.evaluate("mark => mark.matches(':target')")
    box = mark.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= DESK["height"] - box["height"]
    stroke = mark.locator("rect").first.evaluate("rect => getComputedStyle(rect).stroke")
    assert stroke != "none"
    assert page.evaluate("window.scrollY") < 900  # the page stands beside the text
    mark.click()
    entry = page.locator("#earned-1-1")
    assert entry.evaluate("entry => entry.matches(':target')")
    assert "Shipped a RAG assistant" in entry.inner_text()


def test_on_a_phone_one_comes_back_to_where_one_was(open_: Open) -> None:
    page = open_(report(wanted=["ai-engineer"]), viewport=PHONE).page
    page.locator("[data-role='ai-engineer'] a.place").first.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    page.click("[data-role='ai-engineer'] a.place >> nth=0")
    assert page.evaluate("window.scrollY") > before + 1000
    page.click("#back")
    assert page.evaluate("window.scrollY") == pytest.approx(before, abs=400)
    assert page.evaluate("document.activeElement.className") == "place"
    assert not page.is_visible("#back")


def test_a_link_into_what_is_closed_opens_it(open_: Open) -> None:
    page = open_(report(wanted=["research-engineer"])).page
    assert not page.is_visible("#earned-1-1")
    page.click("a.mark#line-1-1")
    assert page.is_visible("#earned-1-1")


def test_a_page_is_shown_as_it_looks_or_as_it_was_read(open_: Open) -> None:
    page = open_(report()).page
    words = page.locator(".page").first.locator(".words text").first

    def fill() -> str:
        return str(words.evaluate("text => getComputedStyle(text).fill"))

    assert page.locator(".page image").is_visible()
    assert fill() == "rgba(0, 0, 0, 0)"
    page.check("#as-read")
    assert not page.locator(".page image").is_visible()
    assert fill() != "rgba(0, 0, 0, 0)"
    without = page.locator(".unpictured .words text").first
    assert without.evaluate("text => getComputedStyle(text).fill") != "rgba(0, 0, 0, 0)"
    # A line is as long as it is on the page, whatever the font.
    length = words.evaluate("text => text.getComputedTextLength()")
    assert length == pytest.approx(160.0, abs=1.0)


# ---------------------------------------------------------------- the map


def test_the_map_shows_what_another_role_asks_for(open_: Open) -> None:
    page = open_(report(wanted=["ai-engineer"])).page
    assert page.locator("#skill-kubernetes .need").inner_text() == ""
    page.select_option("#map-role", "mlops-engineer")
    assert page.locator("#skill-kubernetes .need").inner_text() == "core"
    assert page.locator("#skill-rag .need").inner_text() == ""
    assert page.inner_text("[data-map-role]") == "MLOps Engineer"
    page.select_option("#map-role", "ai-engineer")
    assert page.locator("#skill-rag .need").inner_text() == "core"


# ---------------------------------------------------------------- keyboard, script, paper


def test_by_keyboard_alone(open_: Open) -> None:
    page = open_(report()).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "summary"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    assert page.locator("details.role").first.get_attribute("open") is not None
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "place"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('mark')")
    page.focus("[data-try]")
    page.keyboard.press("Space")
    assert page.is_visible("#whatif")
    reached = set()
    for _ in range(300):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.localName"))
    assert {"map-role", "as-it-looks", "as", "over", "line-1-1"} <= reached


def test_without_its_script_all_but_what_if_is_there(open_: Open) -> None:
    source = warned()
    page = open_(source, java_script_enabled=False).page
    assert page.is_visible("text=Read this first")
    page.click("details.role:not([open]) summary >> nth=0")
    assert page.locator("details.role[open] .parts").count() == 2
    page.click("a.place >> nth=0")
    assert page.locator("a.mark:target").count() == 1
    page.check("#as-read")
    assert not page.locator(".page image").is_visible()
    for tool in ("[data-try]", "#whatif", "#map-role", ".with-script", "#back"):
        assert not any(one.is_visible() for one in page.query_selector_all(tool)), tool
    words = page.inner_text("main")
    for said in ("Gaps to close first", "Skill map", "The lines that count", "What to build next"):
        assert said in words


def test_on_paper_there_is_nothing_to_press(open_: Open) -> None:
    opened = open_(warned())
    opened.page.click("[data-try]")
    opened.page.emulate_media(media="print", color_scheme="dark")
    for tool in ("[data-try]", "#whatif", "nav", ".switch", "#back", "#map-role"):
        assert not any(one.is_visible() for one in opened.page.query_selector_all(tool)), tool
    assert opened.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert opened.page.is_visible(".page svg")


def test_ticks_of_a_checklist_are_remembered(open_: Open) -> None:
    opened = open_(plan())
    opened.page.check("#spans")
    assert "1 of" in opened.page.inner_text("#built")
    assert opened.page.inner_text("#command").endswith("--role ai-engineer --done spans")
    opened.page.reload()
    assert opened.page.is_checked("#spans")
    assert json.loads(opened.page.evaluate("JSON.stringify(localStorage)"))


def test_candidates_are_filtered_and_ranked(open_: Open) -> None:
    page = open_(candidates()).page
    rows = page.locator("tbody[data-rank]")
    everyone = rows.count()
    page.fill("#filter", "no such words")
    assert page.inner_text("#status") == f"0 of {everyone} shown"
    page.fill("#filter", "")
    page.select_option("#by", label="ML Engineer")
    fits = [int(text) for text in page.locator("tbody[data-rank] .number").all_inner_texts()]
    assert fits == sorted(fits, reverse=True)
    button = page.locator("tbody button").first
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator("tr.evidence").first.is_visible()
