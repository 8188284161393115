"""The checklist's views: golden files, the schema, RFC 5545, and text that would be markup."""

from __future__ import annotations

import dataclasses
import datetime
import json as stdlib_json
import re
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import builders
import icalendar
import jsonschema
import learning_builders
import pytest
from goldenfiles import body, check
from markdown_it import MarkdownIt

from gapfit import pipeline, scoring
from gapfit.datamodels import Checklist, Done, Learning, Level, Pace, ParseWarning
from gapfit.formats.checklist import calendar, html, json, markdown

CATALOGUE = builders.a_catalogue()
MONDAY = datetime.date(2027, 1, 4)
DONE = Done(frozenset({"cluster"}), frozenset({"python"}), frozenset({"spans.2"}))


def a_plan(
    *,
    role: str = "ai-engineer",
    weeks: int | None = None,
    hours: int = 8,
    start: datetime.date | None = None,
    done: Done | None = None,
    learning: Learning | None = None,
    shown: tuple[str, ...] = (),
    warnings: tuple[ParseWarning, ...] = (),
) -> Checklist:
    found = dict.fromkeys(shown, (Level.OWNED, scoring.CREDIT[Level.OWNED], 0))
    return pipeline.plan_checklist(
        builders.an_analysis(CATALOGUE, found=found, resume=builders.a_resume(warnings=warnings)),
        CATALOGUE,
        learning or learning_builders.a_learning(),
        pace=Pace(hours, weeks, start),
        count=4,
        role=role,
        done=done,
    )


EVERYTHING = tuple(skill.id for skill in CATALOGUE.skills)
PLANS = {
    "cover": a_plan(done=DONE),
    "weeks": a_plan(weeks=6, start=MONDAY),
    "nothing-missing": a_plan(shown=EVERYTHING),
    "nothing-fits": a_plan(weeks=1, hours=1),
    "warned": a_plan(warnings=(ParseWarning("little-text", "Few words were found.", 1),)),
}
every_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS.keys())


def odd_learning(text: str) -> Learning:
    """Content whose every text is ``text``, with the placeholder and the ids kept."""
    learning = learning_builders.a_learning()
    items = tuple(
        dataclasses.replace(
            item, title=text, build=text, done_when=(text, text + "2"), resume_line=text + " [N]"
        )
        for item in learning.items
    )
    projects = tuple(
        dataclasses.replace(project, title=text, outcome=text, setup=text)
        for project in learning.projects
    )
    return dataclasses.replace(learning, items=items, projects=projects)


# ---------------------------------------------------------------- Markdown


@pytest.mark.parametrize("name", ["cover", "weeks", "nothing-missing", "nothing-fits"])
def test_golden_markdown(name: str) -> None:
    check(f"checklist-{name}.md", markdown.render(PLANS[name], CATALOGUE))


@every_plan
def test_what_was_written_is_read_back(plan: Checklist) -> None:
    written = markdown.render(plan, CATALOGUE)
    boxes = markdown.boxes(written)
    assert markdown.role(written) == plan.role
    assert [b.id for b in boxes if b.kind == "item" and not b.ticked] == [
        entry.item.id for entry in plan.items
    ]
    ticked = {kind: {b.id for b in boxes if b.kind == kind and b.ticked} for kind in
              ("item", "skill", "criterion")}  # fmt: skip
    assert ticked["item"] == plan.done.items
    assert ticked["skill"] == plan.done.skills
    assert ticked["criterion"] <= plan.done.criteria
    lines = written.splitlines()
    assert all(f"={box.id} " in lines[box.line - 1] for box in boxes)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- [x] done <!-- gapfit:item=spans -->", ("item", "spans", True)),
        ("   * [X] done, edited by hand <!--gapfit:item=spans-->", ("item", "spans", True)),
        ("+ [ ] open <!-- gapfit:criterion=spans.2 -->", ("criterion", "spans.2", False)),
        ("- [x] Python <!-- gapfit:skill=python --> and a remark", ("skill", "python", True)),
        ("- [x] one of somebody's own tasks", None),
        ("- done <!-- gapfit:item=spans -->", None),
        ("- [y] done <!-- gapfit:item=spans -->", None),
        ("- [x] done <!-- gapfit:role=spans -->", None),
    ],
)
def test_boxes_are_found_however_they_were_edited(
    line: str, expected: tuple[str, str, bool] | None
) -> None:
    boxes = markdown.boxes(f"# Mine\n\n{line}\n")
    assert [(b.line, b.kind, b.id, b.ticked) for b in boxes] == (
        [(3, *expected)] if expected else []
    )


def test_a_text_without_a_role() -> None:
    assert markdown.role("# Mine\n") is None
    assert markdown.boxes("") == ()


ODD = (
    "<img src=x> <https://a.example> [a](https://b.example) ![a](c.png) `c` *d* __e__ # f | ~~g~~ "
    "&lt; \\* <!-- h --> \x1b[31m\x07\u202e"
)
CLEAN = ODD[: ODD.index("\x1b")].strip()


def test_no_text_becomes_markdown_markup() -> None:
    written = markdown.render(a_plan(learning=odd_learning(ODD)), CATALOGUE)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", written)
    spans = [
        span
        for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written)
        for span in token.children or ()
    ]
    kinds = {span.type for span in spans}
    assert kinds <= {
        "text",
        "softbreak",
        "strong_open",
        "strong_close",
        "code_inline",
        "html_inline",
    }
    comments = [span.content for span in spans if span.type == "html_inline"]
    assert all(re.fullmatch(r"<!-- gapfit:\w+=[\w.-]+ -->", comment) for comment in comments)
    assert {s.content for s in spans if s.type == "code_inline"} == {CLEAN + " [N]"}
    assert any(CLEAN in span.content for span in spans if span.type == "text")
    boxes = markdown.boxes(written)
    assert boxes == markdown.boxes(markdown.render(a_plan(), CATALOGUE))


# ---------------------------------------------------------------- HTML


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.boxes: dict[str, bool] = {}
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        self.addresses += [v or "" for k, v in attrs if k in ("src", "href", "action")]
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "label":
            self.labels.add(values["for"] or "")
        if tag == "input":
            assert values["type"] == "checkbox"
            self.boxes[values["id"] or ""] = "checked" in values


@pytest.mark.parametrize("name", ["cover", "weeks", "nothing-missing"])
def test_golden_html(name: str) -> None:
    check(f"checklist-{name}.html", body(html.render(PLANS[name], CATALOGUE)))


@every_plan
def test_a_page_stands_alone_and_every_box_has_its_label(plan: Checklist) -> None:
    page = Page(html.render(plan, CATALOGUE))
    assert page.addresses == []
    assert len(page.ids) == len(set(page.ids))
    assert page.boxes.keys() <= page.labels
    assert {entry.item.id for entry in plan.items} <= page.boxes.keys()
    ticked = {name for name, on in page.boxes.items() if on}
    assert ticked == plan.done.criteria & page.boxes.keys()


def test_no_text_becomes_html_markup() -> None:
    text = "</script><script>alert(1)</script><img src=x onerror=y> \"q\" 'r' & \x1b[31m \u202e"
    source = html.render(a_plan(learning=odd_learning(text)), CATALOGUE)
    assert "img" not in Page(source).tags
    assert source.count("<script>") == source.count("</script>") == 1
    assert not re.search(r"[\x1b\u202e]", source)


def test_ticks_of_two_roles_are_kept_apart() -> None:
    keys = {
        re.findall(r'data-key="(\w+)"', html.render(a_plan(role=role), CATALOGUE))[0]
        for role in ("ai-engineer", "ml-engineer")
    }
    assert len(keys) == 2


# ---------------------------------------------------------------- JSON


def schema() -> dict[str, Any]:
    file = resources.files("gapfit.formats") / "schema" / "checklist.v1.json"
    loaded: dict[str, Any] = stdlib_json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


def test_golden_json() -> None:
    check("checklist.json", json.render(PLANS["weeks"]))


@every_plan
def test_every_checklist_fits_the_schema(plan: Checklist) -> None:
    value = stdlib_json.loads(json.render(plan))
    jsonschema.validate(value, schema(), jsonschema.Draft202012Validator)
    assert [item["id"] for item in value["items"]] == [entry.item.id for entry in plan.items]
    assert value["hours"]["planned"] == sum(
        work["hours"] for week in value["weeks"] for work in week["work"]
    )


def test_the_schema_refuses_what_the_contract_does_not_name() -> None:
    value = stdlib_json.loads(json.render(PLANS["cover"]))
    value["items"][0]["certificate"] = "none"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema())


# ---------------------------------------------------------------- calendar


def test_golden_calendar() -> None:
    written = calendar.render(PLANS["weeks"], CATALOGUE)
    check("checklist.ics", written.replace("\r\n", "\n"))


def test_a_calendar_keeps_rfc_5545() -> None:
    odd = odd_learning("commas, semicolons; back\\slash: \x1b[31m ünïcödé " * 5)
    plan = a_plan(weeks=6, start=MONDAY, learning=odd)
    written = calendar.render(plan, CATALOGUE)
    assert written.endswith("END:VCALENDAR\r\n")
    lines = written.encode().split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert b"\x1b" not in written.encode()
    read = icalendar.Calendar.from_ical(written)
    events = read.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [week.starts for week in plan.weeks]
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event, week in zip(events, plan.weeks, strict=True):
        assert event.decoded("dtend") - event.decoded("dtstart") == datetime.timedelta(weeks=1)
        assert str(event["description"]).count(" h") >= len(week.blocks)
        assert not event.errors


def test_a_calendar_needs_a_first_day() -> None:
    with pytest.raises(ValueError, match="first day"):
        calendar.render(PLANS["cover"], CATALOGUE)


# ---------------------------------------------------------------- all views


@every_plan
def test_the_same_plan_has_the_same_bytes(plan: Checklist) -> None:
    assert markdown.render(plan, CATALOGUE) == markdown.render(plan, CATALOGUE)
    assert html.render(plan, CATALOGUE) == html.render(plan, CATALOGUE)
    assert json.render(plan) == json.render(plan)


def test_how_well_the_resume_was_read_is_said_first() -> None:
    written = markdown.render(PLANS["warned"], CATALOGUE)
    assert written.index("Read this first") < written.index("Fit for AI Engineer")
    assert "Few words were found." in html.render(PLANS["warned"], CATALOGUE)
