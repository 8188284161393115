"""Candidates, their duplicates and the skipped as one sequence of rows, one per input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gapfit.datamodels import Candidate, Skipped

SCORED = "scored"
DUPLICATE = "duplicate"
SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Row:
    """One input: a candidate, a duplicate of the candidate ``duplicate_of``, or skipped."""

    source: str
    status: str
    candidate: Candidate | None = None
    duplicate_of: str = ""
    code: str = ""
    message: str = ""


def rows(candidates: Iterable[Candidate], skipped: Iterable[Skipped]) -> Iterator[Row]:
    """Yield the candidates as ranked, each with its duplicates behind it, then the skipped."""
    for candidate in candidates:
        yield Row(candidate.source, SCORED, candidate)
        for source in candidate.sources[1:]:
            yield Row(source, DUPLICATE, candidate, duplicate_of=candidate.source)
    for one in skipped:
        yield Row(one.source, SKIPPED, code=one.code, message=one.message)
