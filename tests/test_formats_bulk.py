"""The views of a pool: each kind of row, each text inert in its format."""

from __future__ import annotations

import csv as stdlib_csv
import io
import json as stdlib_json
import re
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import jsonschema
import pool_builders as pool
import pytest
import referencing
from goldenfiles import body, check
from hypothesis import given, strategies as st

from gapfit.datamodels import Candidate, Skipped, Summary
from gapfit.errors import UsageError
from gapfit.formats import json
from gapfit.formats.bulk import csv, html, jsonl, parquet, text, words
from gapfit.formats.bulk.rows import Row, rows

CATALOGUE, ROLES = pool.CATALOGUE, pool.ROLES
EVIL = '"><script>alert(1)</script>\x1b[31m\u202e{{ 7*7 }}'


def all_rows(found: list[Candidate] | None = None) -> list[Row]:
    return list(rows(found or pool.candidates(), pool.SKIPPED))


def test_rows_are_one_per_input() -> None:
    found = all_rows()
    assert len(found) == pool.SUMMARY.inputs
    place = [row.source for row in found].index("pool/jane-roe.pdf")
    duplicate = found[place + 1]  # right behind its candidate
    assert duplicate.status == "duplicate"
    assert (duplicate.source, duplicate.duplicate_of) == ("pool/old/jane.pdf", "pool/jane-roe.pdf")
    assert [row.source for row in found if row.status == "skipped"] == [
        one.source for one in pool.SKIPPED
    ]


# ---------------------------------------------------------------- JSON


def schema(name: str) -> jsonschema.Draft202012Validator:
    def load(file: str) -> dict[str, Any]:
        path = resources.files("gapfit.formats") / "schema" / f"{file}.v1.json"
        loaded: dict[str, Any] = stdlib_json.loads(path.read_text(encoding="utf-8"))
        return loaded

    known = [(f"gapfit:{file}:v1", load(file)) for file in ("fit", "bulk", "cohort")]
    registry: Any = referencing.Registry().with_resources(
        [(uri, referencing.Resource.from_contents(one)) for uri, one in known]
    )
    return jsonschema.Draft202012Validator(dict(known)[f"gapfit:{name}:v1"], registry=registry)


def test_jsonl_is_the_object_of_fit_with_its_source() -> None:
    found = pool.candidates()
    lines = list(jsonl.render(all_rows(found)))
    assert len(lines) == pool.SUMMARY.inputs
    for line in lines:
        schema("bulk").validate(stdlib_json.loads(line))
        assert line.count("\n") == 1
    first = stdlib_json.loads(lines[0])
    assert first.pop("source") == found[0].source
    assert first == stdlib_json.loads(found[0].line)
    assert lines[0].endswith(found[0].line[1:])  # not one byte of it is written anew
    values = [stdlib_json.loads(line) for line in lines]
    assert [v["duplicate_of"] for v in values if "duplicate_of" in v] == ["pool/jane-roe.pdf"]
    assert [v["skipped"]["code"] for v in values if "skipped" in v] == ["encrypted", "not-a-pdf"]


@given(st.text())
def test_any_name_survives_as_json(name: str) -> None:
    line = json.with_source('{"a":1}\n', name)
    assert stdlib_json.loads(line) == {"source": name, "a": 1}
    line.encode("utf-8")
    assert line.count("\n") == 1


@pytest.mark.parametrize("role", [None, "ai-engineer"])
def test_the_pool_as_json(role: str | None) -> None:
    value = stdlib_json.loads(jsonl.render_cohort(pool.a_cohort(role), pool.SUMMARY))
    schema("cohort").validate(value)
    assert value["role"] == role
    assert value["candidates"] == 4
    assert [area["id"] for area in value["areas"]][:3] == ["evals", "retrieval", "observability"]


# ---------------------------------------------------------------- CSV


def read_csv(found: list[Row]) -> list[dict[str, str]]:
    written = "".join(csv.render(found, CATALOGUE, ROLES))
    return list(stdlib_csv.DictReader(io.StringIO(written, newline="")))


def test_csv_has_a_row_per_input() -> None:
    found = read_csv(all_rows())
    assert [row["source"].lstrip("'") for row in found] == [row.source for row in all_rows()]
    best = found[0]
    assert best["rank"] == "1"
    assert float(best["fit"]) == float(best[f"fit:{best['role']}"])
    assert best["strongest"]
    by_status = {row["status"]: row for row in found}
    assert by_status["duplicate"]["duplicate_of"] == "pool/jane-roe.pdf"
    assert by_status["skipped"]["reason"] == "not-a-pdf"
    assert by_status["skipped"]["fit"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r@", "＝", "\x1b[1m="])
def test_no_cell_becomes_a_formula(start: str) -> None:
    own = (f"{start}cmd|' /C calc'!A0",)
    found = read_csv(
        [
            *rows(pool.candidates(sources=(own, *pool.SOURCES[1:])), ()),
            *rows((), [Skipped(own[0], "damaged", own[0])]),
        ]
    )
    for row in found:
        for column, value in row.items():
            if not column.startswith("fit") and column != "rank":
                assert not value.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


@given(st.text())
def test_any_text_is_one_inert_cell(value: str) -> None:
    (row,) = stdlib_csv.reader(io.StringIO(csv._line([csv.inert(value)]), newline=""))
    assert row == [csv.inert(value)] or csv.inert(value) == ""
    assert not csv.inert(value).startswith(csv._FORMULA)


# ---------------------------------------------------------------- Parquet


def test_parquet_has_a_row_per_input() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    parquet.write(all_rows(), ROLES, file)
    table = pq.read_table(io.BytesIO(file.getvalue()))
    found = table.to_pylist()
    assert [row["source"] for row in found] == [row.source for row in all_rows()]
    best = found[0]
    assert stdlib_json.loads(best["result"])["roles"][0]["id"] == best["role"]
    assert best[f"fit_{best['role']}"] == best["fit"]
    assert {row["status"] for row in found} == {"scored", "duplicate", "skipped"}
    assert found[-1]["result"] is None
    again = io.BytesIO()
    parquet.write(all_rows(), ROLES, again)
    assert again.getvalue() == file.getvalue()


def test_parquet_without_pyarrow_is_said_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"pip install 'gapfit\[parquet\]'"):
        parquet.check()


# ---------------------------------------------------------------- terminal


def terminal(role: str | None = None, **options: Any) -> str:
    return text.render(
        pool.candidates(role), pool.SUMMARY, pool.a_cohort(role), CATALOGUE, **options
    )


@pytest.mark.parametrize("width", [60, 80, 100])
def test_terminal(width: int) -> None:
    drawn = terminal(width=width)
    check(f"bulk-{width}.txt", drawn)
    assert max(map(len, drawn.splitlines())) <= width


def test_terminal_by_role_in_ascii() -> None:
    drawn = terminal("ai-engineer", width=80, unicode=False)
    check("bulk-role-80-ascii.txt", drawn)
    assert drawn.isascii()


def test_terminal_with_nobody() -> None:
    nobody = Summary(inputs=1, scored=0, duplicates=0, skipped=1)
    drawn = text.render([], nobody, pool.cohort(CATALOGUE, []), CATALOGUE)
    assert "None could be scored." in drawn
    assert "1 input: 0 scored, 1 skipped" in drawn


def test_terminal_says_how_many_more() -> None:
    some = text.render(pool.candidates()[:1], pool.SUMMARY, pool.a_cohort(), CATALOGUE)
    assert "and 3 more (--top)" in some


def test_terminal_is_not_steered_by_a_name() -> None:
    drawn = text.render(
        pool.candidates(sources=((EVIL,), *pool.SOURCES[1:])),
        pool.SUMMARY, pool.a_cohort(), CATALOGUE,
    )  # fmt: skip
    assert not any(sign in drawn for sign in "\x1b\u202e")


# ---------------------------------------------------------------- HTML


def page(found: list[Candidate] | None = None, skipped: tuple[Skipped, ...] = pool.SKIPPED) -> str:
    pieces = html.render(
        pool.candidates() if found is None else found,
        skipped, pool.SUMMARY, pool.a_cohort(), CATALOGUE, ROLES,
    )  # fmt: skip
    return "".join(pieces)


class Outline(HTMLParser):
    """The elements of a page, its texts, and whether all that is open is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_page() -> None:
    check("bulk.html", body(page()))


def test_page_is_whole_and_loads_nothing() -> None:
    outline = Outline(page())
    assert outline.open == []
    assert not any(
        value and (":" in value.split("/")[0] and "//" in value)
        for _, attributes in outline.tags
        for name, value in attributes.items()
        if name in ("src", "href", "action")
    )
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in outline.tags:
        if controlled := attributes.get("aria-controls"):
            assert controlled in ids


def test_page_runs_its_own_script_only() -> None:
    source = page()
    policy = re.search(r"script-src 'sha256-([^']+)'", source)
    script = re.search(r"<script>(.*?)</script>", source, re.DOTALL)
    assert policy is not None
    assert script is not None
    import base64
    import hashlib

    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert policy[1] == digest
    assert "default-src 'none'" in source


def test_page_shows_text_as_text() -> None:
    found = pool.candidates(sources=((EVIL, f"2{EVIL}"), *pool.SOURCES[1:]))
    source = page(found, (Skipped(EVIL, "damaged", EVIL),))
    outline = Outline(source)
    assert [tag for tag, _ in outline.tags].count("script") == 1
    assert any("<script>alert(1)</script>" in text for text in outline.texts[:-3])
    assert "49" not in "".join(t for t in outline.texts if "alert" in t)
    assert not any(sign in source for sign in "\x1b\u202e")


def test_page_shows_the_evidence_and_the_caution() -> None:
    texts = " ".join(Outline(page()).texts)
    assert "Shipped a RAG assistant over 40,000 support articles" in texts
    assert "Only 40 words were found." in texts
    assert all(line in texts for line in words.CAUTION)
    assert "the file is encrypted" in texts


def test_page_with_nobody() -> None:
    assert "None could be scored." in page([])
