"""A bulk run from beginning to end: list, work, and keep every outcome as it comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gapfit import datafiles
from gapfit.bulk import listing
from gapfit.bulk.engine import Engine
from gapfit.bulk.state import State
from gapfit.datamodels import Held, Missed, Outcome, Refused, Scored
from gapfit.errors import UsageError


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run is, in inputs: of ``total``, ``before`` were done by earlier runs."""

    total: int
    before: int = 0
    scored: int = 0
    duplicates: int = 0
    skipped: int = 0

    @property
    def done(self) -> int:
        return self.before + self.scored + self.duplicates + self.skipped


def state_file(inputs: Sequence[str], output: Path | None) -> Path:
    """Return where the state of a run lies by default.

    Beside its output; without one in the user's cache, under a name that the same inputs give.
    """
    if output is not None:
        return output.with_name(f"{output.stem}.gapfit-state")
    key = hashlib.sha256(json.dumps([str(Path.cwd()), *inputs]).encode()).hexdigest()[:16]
    return datafiles.user_cache() / "bulk" / f"{key}.gapfit-state"


def check(inputs: Sequence[str], names: Sequence[str] = ()) -> None:
    """Raise the UsageError of ``enlist``, before anything is kept, by a first look into each."""
    found = [next(listing.items([given]), None) for given in inputs]
    if all(one is None for one in found) and next(listing.named(names), None) is None:
        raise _nothing(inputs)


def enlist(state: State, inputs: Sequence[str], names: Sequence[str] = ()) -> Tally:
    """List ``inputs``, and ``names`` from a list, and return how far their run is.

    Raises UsageError when an input is nowhere, or there is nothing in any.
    """
    state.enlist(listing.items(inputs))
    state.enlist(listing.named(names))
    summary = state.summary()
    if summary.inputs == 0:
        raise _nothing(inputs)
    return Tally(total=summary.inputs, before=state.settled())


def _nothing(inputs: Sequence[str]) -> UsageError:
    given = ", ".join(inputs) or "the list"
    return UsageError(f"{given}: no PDF in it. Give PDFs, or folders or archives with some.")


def work(state: State, engine: Engine, tally: Tally) -> Iterator[Tally]:
    """Do what waits, keep each outcome at once, and yield how far the run is after it."""
    for outcome in engine.outcomes(state.waiting(), state.is_known):
        state.record(outcome)
        tally = _counted(tally, outcome)
        yield tally


def _counted(tally: Tally, outcome: Outcome) -> Tally:
    match outcome:
        case Scored():
            return replace(tally, scored=tally.scored + 1)
        case Missed() | Refused():
            return replace(tally, skipped=tally.skipped + 1)
        case Held(fresh=False):
            return replace(tally, duplicates=tally.duplicates + 1)
        case _:
            return tally
