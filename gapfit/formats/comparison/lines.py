"""The edits: what each of them moves, and how many move nothing."""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.datamodels import LineChange, LineTurn, Statement
from gapfit.formats.comparison.subject import Subject
from gapfit.formats.comparison.view import LineRow, Quote, signed
from gapfit.formats.words import count, listed

# How much is shown, (usual, with -v).
_LINES = (6, 60)
_MOVES = (3, 18)


def moving(subject: Subject) -> tuple[tuple[LineRow, ...], str]:
    """Return the edits that move a fit, the largest effect first, and how many are not shown."""
    moved = [change for change in subject.comparison.lines or () if change.shifts]
    moved.sort(key=lambda change: -_weight(subject, change))
    most = subject.most(_LINES)
    rest = len(moved) - most
    verb = "moves" if rest == 1 else "move"
    more = f"{count(rest, 'more line')} {verb} a fit{_hint(subject)}." if rest > 0 else ""
    return tuple(_row(subject, change) for change in moved[:most]), more


def idle(subject: Subject) -> tuple[str, tuple[LineRow, ...]]:
    """Return how many edits move nothing and, with -v, which."""
    found = [change for change in subject.comparison.lines or () if not change.shifts]
    if not found:
        return "", ()
    told = f"No effect on any fit: {turns([c.turn for c in found])}{_hint(subject)}."
    return told, tuple(_row(subject, c) for c in found) if subject.verbose else ()


def turns(found: Sequence[LineTurn]) -> str:
    """Return how many lines were added, removed and so on."""
    return listed([f"{n} {turn.value}" for turn in LineTurn if (n := found.count(turn))])


def _hint(subject: Subject) -> str:
    return "" if subject.verbose else " (-v shows them)"


def _weight(subject: Subject, change: LineChange) -> float:
    """The most an edit moves any role, or any of those asked for."""
    asked = [s for s in change.shifts if not subject.wanted or s.role in subject.wanted]
    return max((abs(shift.points) for shift in asked), default=0.0)


def _row(subject: Subject, change: LineChange) -> LineRow:
    old, new = change.before, change.after
    if change.turn is LineTurn.MOVED:
        old = None  # the same words: once is enough
    sides = (("old", old, new), ("new", new, old))
    quotes: tuple[Quote, ...] = tuple(
        subject.quote(side, line, _only(line, other))
        for side, line, other in sides
        if line is not None
    )
    return LineRow(change.turn.value, quotes, _moves(subject, change))


def _moves(subject: Subject, change: LineChange) -> str:
    ordered = sorted(change.shifts, key=lambda shift: shift.role not in subject.wanted)
    shown = ordered[: subject.most(_MOVES)]
    told = [f"{signed(shift.points)} {subject.role(shift.role)}" for shift in shown]
    rest = len(ordered) - len(shown)
    return ", ".join(told) + (f" and {count(rest, 'more role')}" if rest else "")


def _only(line: Statement, other: Statement | None) -> list[str]:
    """The words of a line that the other one lacks: what a cut-out of it should hold."""
    if other is None:
        return []
    known = set(other.text.split())
    return [word for word in line.text.split() if word not in known]
