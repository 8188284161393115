"""What each edit moves: with it alone, and with all but it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gapfit.datamodels import Analysis, Edit, LineChange, LineTurn, RoleShift, Statement

# Less than this (points) is no effect: it would be shown as 0.0.
LEAST = 0.05


def trials(edits: Sequence[Edit], before: int, after: int) -> list[list[int]]:
    """Return two texts for every edit: the one before with it alone, the one after without it.

    A text is a list of indexes into the statements before, of which there are ``before``, followed
    by the ``after`` statements after.
    """
    old, new = range(before), range(before, before + after)
    tried = []
    for edit in edits:
        gone, come = edit.before, None if edit.after is None else before + edit.after
        tried.append([i for i in old if i != gone] + ([] if come is None else [come]))
        tried.append(([] if gone is None else [gone]) + [i for i in new if i != come])
    return tried


def of_edits(
    edits: Sequence[Edit],
    tried: Sequence[Mapping[str, float]],
    before: Analysis,
    after: Analysis,
) -> tuple[LineChange, ...]:
    """Return the edits with what they move, the largest effect first.

    ``tried`` are the fits by role of the texts that ``trials`` names.
    """
    old = {fit.role: fit.fit for fit in before.roles}
    new = {fit.role: fit.fit for fit in after.roles}
    changed = []
    for edit, alone, without in zip(edits, tried[::2], tried[1::2], strict=True):
        moved = {r: ((alone[r] - old[r]) + (new[r] - without[r])) / 2.0 for r in new}
        shifts = [RoleShift(role, points) for role, points in moved.items() if abs(points) >= LEAST]
        shifts.sort(key=lambda shift: -abs(shift.points))
        one = None if edit.before is None else before.resume.statements[edit.before]
        other = None if edit.after is None else after.resume.statements[edit.after]
        changed.append(LineChange(_turn(one, other), one, other, tuple(shifts)))
    return tuple(sorted(changed, key=lambda change: -_size(change)))


def _size(change: LineChange) -> float:
    return max((abs(shift.points) for shift in change.shifts), default=0.0)


def _turn(before: Statement | None, after: Statement | None) -> LineTurn:
    if before is None:
        return LineTurn.ADDED
    if after is None:
        return LineTurn.REMOVED
    same = before.text.split() == after.text.split()
    return LineTurn.MOVED if same else LineTurn.REWORDED
