"""Versions of a sample resume: its source with lines changed, set as a plain PDF."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tiny_pdf

PEOPLE = Path(__file__).parents[1] / "sample_resumes" / "sources" / "people"

_COLUMNS = 95
_LINES_A_PAGE = 58

Person = dict[str, Any]


def person(name: str) -> Person:
    """Return the source of a sample resume."""
    return tomllib.loads((PEOPLE / f"{name}.toml").read_text(encoding="utf-8"))


def pdf(of: Person) -> bytes:
    """Return a person's resume as a PDF."""
    lines = list(_lines(of))
    pages = [lines[i : i + _LINES_A_PAGE] for i in range(0, len(lines), _LINES_A_PAGE)]
    return tiny_pdf.pdf(*map(_page, pages))


def bullets(of: Person) -> list[str]:
    """Return all bullets of a person's resume, as they stand in it."""
    return [
        " ".join(bullet.split())
        for section in of["sections"]
        for part in (section, *section.get("entries", ()))
        for bullet in part.get("bullets", ())
    ]


def edited(of: Person, edit: Callable[[str], list[str]]) -> Person:
    """Return a person with every bullet replaced by what ``edit`` makes of it."""

    def part(value: Person) -> Person:
        changed = dict(value)
        if "bullets" in value:
            changed["bullets"] = [
                made for bullet in value["bullets"] for made in edit(" ".join(bullet.split()))
            ]
        for key in ("sections", "entries"):
            if key in value:
                changed[key] = [part(inner) for inner in value[key]]
        return changed

    return part(of)


def _lines(of: Person) -> Iterator[tuple[str, bool]]:
    """The lines of a resume, and whether each is bold."""
    yield of["name"], True
    yield of.get("headline", ""), False
    for section in of["sections"]:
        yield "", False
        yield section["title"].upper(), True
        yield from _wrapped(section.get("text", ""))
        for entry in section.get("entries", ()):
            head = [entry.get(key, "") for key in ("title", "place", "location", "dates")]
            yield ", ".join(part for part in head if part), True
            yield from _wrapped(entry.get("text", ""))
            for bullet in entry.get("bullets", ()):
                yield from _wrapped(bullet, "\u2022 ")
        for bullet in section.get("bullets", ()):
            yield from _wrapped(bullet, "\u2022 ")


def _wrapped(text: str, mark: str = "") -> Iterator[tuple[str, bool]]:
    words = " ".join(text.split())
    for line in textwrap.wrap(words, _COLUMNS, initial_indent=mark, subsequent_indent="  "):
        yield line, False


def _page(lines: list[tuple[str, bool]]) -> bytes:
    operators = [
        tiny_pdf.text(50 + 3.14 * (len(line) - len(line.lstrip())), 60 + 12.5 * i, line, bold=bold)
        for i, (line, bold) in enumerate(lines)
        if line.strip()
    ]
    return "".join(operators).encode("cp1252", errors="replace")
