"""A document before it is drawn: what is said, in which order, on whose word.

``gapfit.formats.roles`` draws it for the terminal, ``gapfit.formats.markdown`` as Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gapfit.datamodels import Fact


@dataclass(frozen=True, slots=True)
class Row:
    """One thing said: the words, what they are about, and the sources that say it.

    ``share``, 0-1, is drawn as a bar where there is one.
    """

    text: str
    lead: str = ""
    sources: tuple[str, ...] = ()
    inferred: bool = False
    share: float | None = None

    @property
    def cited(self) -> str:
        """The sources as they stand behind the words, or ""."""
        named = ", ".join((*self.sources, *(("implied",) if self.inferred else ())))
        return f"[{named}]" if named else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a label; the label may be empty."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part; ``key`` is the word by which a person asks for it."""

    key: str
    title: str
    groups: tuple[Group, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A title, what is said first, what must be noted beside it, the parts, the last words."""

    title: str
    parts: tuple[Part, ...]
    subtitle: str = ""
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


def part(key: str, title: str, *groups: tuple[str, Iterable[Row]], remark: str = "") -> Part | None:
    """Return a part made of the groups that have rows; None when none has."""
    filled = tuple(Group(label, rows) for label, r in groups if (rows := tuple(r)))
    return Part(key, title, filled, remark) if filled else None


def cited(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the sources cited anywhere in ``parts``, each once, sorted."""
    rows = (row for p in parts for group in p.groups for row in group.rows)
    return tuple(sorted({source for row in rows for source in row.sources}))


def rows(facts: Iterable[Fact]) -> Iterator[Row]:
    """Return facts as rows."""
    for fact in facts:
        yield Row(fact.text, "", fact.sources, fact.inferred)
