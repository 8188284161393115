"""The best set of items as an exact 0/1 programme, solved by HiGHS.

    x_i  item i is built             y_p  project p is begun            z_s  step s is earned

    z_s <= sum of x_i over the items that bring step s, so that each step counts once
    x_i <= sum of x_j over the items that bring one thing item i needs, for each such thing
    x_i <= sum of y_p over the projects that hold item i
    sum of hours <= budget, where there is one

All numbers are whole, so that optima are compared exactly. Aims are met one after the other: what
the first one reached is held while the next one chooses among the equally good.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Whole numbers differ by 1: half of it tells them apart however the solver rounds.
_HALF = 0.5
_INFEASIBLE = 2  # scipy.optimize.milp's status

_Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """Something earned once, by whichever of ``items`` is built; ``worth`` is above 0."""

    worth: int
    items: frozenset[int]


@dataclass(frozen=True, slots=True)
class Problem:
    """What there is to choose from; items and projects are numbers from 0.

    ``hours`` of each item; ``steps`` to earn; ``needs`` pairs an item with the items of which one
    has to be built as well; ``setups`` pairs each project's hours with the items it holds.
    """

    hours: tuple[int, ...]
    steps: tuple[Step, ...]
    needs: tuple[tuple[int, frozenset[int]], ...]
    setups: tuple[tuple[int, frozenset[int]], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The items and projects chosen, what they are worth together and the hours they take."""

    items: frozenset[int]
    projects: frozenset[int]
    worth: int
    hours: int


def most_worth(
    problem: Problem, budget: int, demands: Sequence[Collection[int]] = ()
) -> Choice | None:
    """Return the choice worth most within ``budget`` hours; the shorter of two equal ones.

    Of each set in ``demands`` at least one item is built. None when that cannot be.
    """
    programme = _Programme(problem, demands)
    programme.hold(programme.hours, upper=budget)
    return programme.solve(-programme.worth, programme.hours, *programme.ties)


def least_hours(problem: Problem, demands: Sequence[Collection[int]]) -> Choice | None:
    """Return the shortest choice that meets all ``demands``; of two equal ones the worthier."""
    programme = _Programme(problem, demands)
    return programme.solve(programme.hours, -programme.worth, *programme.ties)


class _Programme:
    """Constraints and aims as rows over the columns x, y and z, in this order."""

    def __init__(self, problem: Problem, demands: Sequence[Collection[int]]) -> None:
        self._problem = problem
        self._items = len(problem.hours)
        self._projects = len(problem.setups)
        self._rows: list[_Row] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self.hours = self._row(x=problem.hours, y=[hours for hours, _ in problem.setups])
        self.worth = self._row(z=[step.worth for step in problem.steps])
        # Among equals: few projects and those that stand first, then the items that stand first.
        places = range(1, self._projects + 1)
        self.ties = (
            self._row(y=[self._projects**2 + place for place in places]),
            self._row(x=range(1, self._items + 1)),
        )
        self._constrain()
        for items in demands:
            self.hold(self._built(items), lower=1)

    def _row(self, *, x: Sequence[int] = (), y: Sequence[int] = (), z: Sequence[int] = ()) -> _Row:
        row = np.zeros(self._items + self._projects + len(self._problem.steps))
        for start, values in ((0, x), (self._items, y), (self._items + self._projects, z)):
            row[start : start + len(values)] = values
        return row

    def _built(self, items: Collection[int]) -> _Row:
        return self._row(x=[int(item in items) for item in range(self._items)])

    def _constrain(self) -> None:
        for number, step in enumerate(self._problem.steps):
            row = self._built(step.items)
            row[self._items + self._projects + number] = -1
            self.hold(row, lower=0)
        for item, bringers in self._problem.needs:
            row = self._built(bringers)
            row[item] -= 1
            self.hold(row, lower=0)
        for item in range(self._items):
            row = self._row(y=[int(item in held) for _, held in self._problem.setups])
            row[item] = -1
            self.hold(row, lower=0)

    def hold(self, row: _Row, lower: float = -np.inf, upper: float = np.inf) -> None:
        """Keep ``row`` times the columns between the bounds."""
        self._rows.append(row)
        self._lower.append(lower)
        self._upper.append(upper)

    def solve(self, *aims: _Row) -> Choice | None:
        """Minimise the aims one after the other; None when the constraints cannot be met."""
        columns = None
        for aim in aims:
            columns = self._minimum(aim)
            if columns is None:
                return None
            self.hold(aim, upper=float(aim @ columns) + _HALF)
        return None if columns is None else self._read(columns)

    def _minimum(self, aim: _Row) -> _Row | None:
        from scipy.optimize import Bounds, LinearConstraint, milp

        decided = self._items + self._projects
        result = milp(
            aim,
            integrality=(np.arange(aim.size) < decided).astype(int),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(np.array(self._rows), self._lower, self._upper),
            options={"mip_rel_gap": 0},
        )
        if result.status == _INFEASIBLE:
            return None
        if result.x is None:
            raise RuntimeError(f"the solver gave up: {result.message}")
        columns: _Row = np.round(result.x)
        built = frozenset(np.flatnonzero(columns[: self._items]).tolist())
        columns[decided:] = [not built.isdisjoint(step.items) for step in self._problem.steps]
        return columns

    def _read(self, columns: _Row) -> Choice:
        built = np.flatnonzero(columns[: self._items])
        begun = np.flatnonzero(columns[self._items : self._items + self._projects])
        return Choice(
            items=frozenset(built.tolist()),
            projects=frozenset(begun.tolist()),
            worth=int(self.worth @ columns),
            hours=int(self.hours @ columns),
        )
