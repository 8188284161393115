"""What a resume says, apart from how it looks: people as read from sources/people/*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
PEOPLE = HERE / "sources" / "people"
TEMPLATES = HERE / "sources" / "templates"


@dataclass(frozen=True)
class Entry:
    """One job, project, degree or paper: a heading line, and what was done."""

    title: str
    place: str = ""
    dates: str = ""
    location: str = ""
    text: str = ""
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One heading with whatever stands under it; ``side`` puts it into a layout's side column."""

    title: str
    text: str = ""
    bullets: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()
    side: bool = False


@dataclass(frozen=True)
class Person:
    """Everything a template may print."""

    name: str
    headline: str
    contact: tuple[str, ...]
    sections: tuple[Section, ...]
    language: str = "en"

    @property
    def main(self) -> tuple[Section, ...]:
        """The sections of the main column."""
        return tuple(section for section in self.sections if not section.side)

    @property
    def side(self) -> tuple[Section, ...]:
        """The sections of the side column."""
        return tuple(section for section in self.sections if section.side)

    def as_dict(self) -> dict[str, Any]:
        """The content as plain lists and mappings, for templates that read JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Sample:
    """A person, the toolchain and template that print them, and what a test may expect."""

    slug: str
    person: Person
    toolchain: str
    template: str
    tests: str
    role: str | None = None
    kind: str = "genuine"
    base: str | None = None
    password: str | None = None
    options: dict[str, Any] = field(default_factory=dict)


def load_sample(path: Path) -> Sample:
    """Read one TOML file: its ``[sample]`` table, and the person (or the person it borrows)."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    sample = raw.pop("sample")
    base = sample.get("base")
    if base is not None:
        raw = tomllib.loads((PEOPLE / f"{base}.toml").read_text(encoding="utf-8"))
        raw.pop("sample")
    return Sample(slug=path.stem, person=person_from(raw), **sample)


def load_all() -> list[Sample]:
    """Every sample in sources/people, by slug."""
    return [load_sample(path) for path in sorted(PEOPLE.glob("*.toml"))]


def person_from(raw: dict[str, Any]) -> Person:
    """A person from the tables of a TOML file."""
    return Person(
        name=raw["name"],
        headline=raw.get("headline", ""),
        contact=tuple(raw.get("contact", ())),
        sections=tuple(_section(section) for section in raw["sections"]),
        language=raw.get("language", "en"),
    )


def _section(raw: dict[str, Any]) -> Section:
    return Section(
        title=raw["title"],
        text=_unwrap(raw.get("text", "")),
        bullets=_bullets(raw),
        rows=tuple((label, _unwrap(value)) for label, value in raw.get("rows", ())),
        entries=tuple(_entry(entry) for entry in raw.get("entries", ())),
        side=raw.get("side", False),
    )


def _entry(raw: dict[str, Any]) -> Entry:
    plain = {key: raw[key] for key in ("title", "place", "dates", "location") if key in raw}
    return Entry(**plain, text=_unwrap(raw.get("text", "")), bullets=_bullets(raw))


def _bullets(raw: dict[str, Any]) -> tuple[str, ...]:
    return tuple(_unwrap(bullet) for bullet in raw.get("bullets", ()))


def _unwrap(text: str) -> str:
    """Sources are wrapped for the reader; layout is the template's business."""
    return " ".join(text.split())
