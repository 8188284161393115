"""A document with what each of its lines is, and the same document with some of them changed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gapfit.datamodels import Document, Line, Page, Section
from gapfit.statements.flow import place
from gapfit.statements.sections import Kind, Marked, mark

Key = tuple[int, int]  # page and line


@dataclass(frozen=True)
class Sheet:
    """A document, and its lines as the reader of statements marks them."""

    document: Document

    @cached_property
    def marked(self) -> tuple[Marked, ...]:
        """Every line, in reading order."""
        return tuple(mark(place(self.document)))

    @cached_property
    def by_key(self) -> dict[Key, Marked]:
        return {_key(marked): marked for marked in self.marked}

    @property
    def header(self) -> frozenset[Key]:
        """The lines above the first heading, or under one that announces contact details."""
        return frozenset(_key(m) for m in self.marked if m.preamble or m.name)

    def of(self, section: Section) -> frozenset[Key]:
        """The lines of a section, its heading left out."""
        return (
            frozenset(_key(m) for m in self.marked if m.section is section and m.kind is Kind.TEXT)
            - self.header
        )

    @property
    def headings(self) -> dict[Key, Section]:
        """The headings whose meaning is known."""
        known = (m for m in self.marked if m.kind is Kind.HEADING and not m.unknown)
        return {_key(m): m.section for m in known if m.section is not Section.OTHER}

    def changed(self, change: Callable[[Line, Key], str], keys: Iterable[Key]) -> Document:
        """Return the document with other words in some lines; a line left without any goes."""
        wanted = set(keys)

        def lines(page: Page) -> tuple[Line, ...]:
            made = (
                replace(line, text=change(line, (page.number, line.number)))
                if (page.number, line.number) in wanted
                else line
                for line in page.lines
            )
            return tuple(line for line in made if line.text.strip())

        pages = (replace(page, lines=lines(page)) for page in self.document.pages)
        return replace(self.document, pages=tuple(pages))

    def extended(self, text: str) -> Document:
        """Return the document with one more line at its very end."""
        *before, page = self.document.pages
        last = page.lines[-1]
        line = replace(
            last,
            number=last.number + 1,
            text=text,
            x1=last.x0 + 0.5 * last.size * len(text),
            top=last.top + 2.0 * last.size,
            bold=False,
        )
        return replace(self.document, pages=(*before, replace(page, lines=(*page.lines, line))))

    @cached_property
    def parts(self) -> tuple[tuple[Marked, ...], ...]:
        """The header, then a run of lines from each heading to the next."""
        runs: list[list[Marked]] = [[]]
        for marked in self.marked:
            if marked.kind is Kind.HEADING:
                runs.append([])
            runs[-1].append(marked)
        return tuple(tuple(run) for run in runs)

    def paged(self, parts: Sequence[Sequence[Marked]]) -> Document:
        """Return a document of these parts, each on pages of its own, set as they were."""
        originals = {(p.number, ln.number): ln for p in self.document.pages for ln in p.lines}
        papers = {page.number: page for page in self.document.pages}
        pages: list[Page] = []
        for part in parts:
            for (page, _), run in itertools.groupby(
                part, lambda m: (m.placed.page, m.placed.column)
            ):
                own = [originals[_key(marked)] for marked in run]
                numbered = tuple(replace(line, number=i) for i, line in enumerate(own, start=1))
                paper = replace(papers[page], number=len(pages) + 1, lines=numbered)
                pages.append(paper)
        return replace(self.document, pages=tuple(pages))


def _key(marked: Marked) -> Key:
    return marked.placed.page, marked.placed.line.number
