"""Writes what a bulk run found: the ranked candidates, and the pool as a whole."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from gapfit.cli.output import Target, opened, write

if TYPE_CHECKING:
    from gapfit.bulk.state import State
    from gapfit.datamodels import Candidate, Catalogue, Cohort, Skipped

# Candidates that a view for people shows unless told otherwise; the other formats hold all.
TOP = {"text": 20, "html": 1000}


@dataclass(frozen=True, slots=True)
class View:
    """How a pool is looked at: ranked by one role or by each candidate's best one."""

    catalogue: Catalogue
    role: str | None
    variants: bool
    top: int | None
    blind: bool = False

    @property
    def roles(self) -> list[str]:
        """The ids of the roles that are scored."""
        return [r.id for r in self.catalogue.roles if self.variants or r.extends is None]

    def candidates(self, state: State) -> Iterator[Candidate]:
        """Yield the candidates to show, the best first."""
        from gapfit.bulk.nameless import candidate

        found = state.candidates(self.role, self.top)
        return map(candidate, found) if self.blind else found

    def skipped(self, state: State) -> Iterator[Skipped]:
        """Yield the inputs without a score."""
        from gapfit.bulk.nameless import skipped

        return map(skipped, state.skipped()) if self.blind else state.skipped()


@dataclass(frozen=True, slots=True)
class Results:
    """What is written, and where to."""

    format: str
    where: Target
    cohort: Target | None

    def names(self) -> list[str]:
        """Return the files and addresses that are written."""
        targets = [self.where, *([] if self.cohort is None else [self.cohort])]
        return [one.name for one in targets if one.name]

    def write(self, state: State, view: View) -> None:
        """Write everything. Raises UsageError, leaving older files as they are."""
        from gapfit.bulk.cohort import cohort
        from gapfit.formats.bulk import jsonl

        pool = cohort(view.catalogue, state.levels(), view.role)
        if self.format == "text":
            write(self._text(state, view, pool), self.where)
        else:
            with opened(self.where) as file:
                self._fill(file, state, view, pool)
        if self.cohort is not None:
            write(jsonl.render_cohort(pool, state.summary()), self.cohort, encoding="utf-8")

    def _text(self, state: State, view: View, pool: Cohort) -> str:
        from gapfit.formats.bulk import text

        return text.render(
            list(view.candidates(state)),
            state.summary(),
            pool,
            view.catalogue,
            width=self.where.width,
            color=self.where.color,
            unicode=self.where.unicode,
        )

    def _fill(self, file: IO[bytes], state: State, view: View, pool: Cohort) -> None:
        from gapfit.formats.bulk.rows import rows

        if self.format == "html":
            from gapfit.formats.bulk import html

            best, skipped = view.candidates(state), view.skipped(state)
            page = html.render(best, skipped, state.summary(), pool, view.catalogue, view.roles)
            _put(page, file)
            return
        found = rows(view.candidates(state), view.skipped(state))
        if self.format == "parquet":
            from gapfit.formats.bulk import parquet

            parquet.write(found, view.roles, file)
        elif self.format == "csv":
            from gapfit.formats.bulk import csv

            _put(csv.render(found, view.catalogue, view.roles), file)
        else:
            from gapfit.formats.bulk import jsonl

            _put(jsonl.render(found), file)


def _put(pieces: Iterable[str], file: IO[bytes]) -> None:
    for piece in codecs.iterencode(pieces, "utf-8", errors="replace"):
        file.write(piece)
