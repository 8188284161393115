"""What credits are worth to a role.

A role's *coverage* x is the weighted share, 0-1, of its stack that the evidence covers. Its fit is

    fit = 100 * (1 + h) * x^s / (x^s + h) * gate        h = halfway^s, s = shape

a Hill curve, because nobody shows a whole stack: the first part of it decides whether a person is
interviewed. *halfway* is the coverage worth a fit of 50, and *shape* how steeply the fit rises
there: where a skill or two tell whether a person does the work, steeply; where much of the stack is
any engineer's, from the first skill on (both from the role's profile, fitted by
benchmarks/quality/fit_roles.py). The *gate* falls below 1 only while the role's headline task is
not shown. Each skill's points are its share of the coverage, so they sum to the fit, and every one
belongs to the lines behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from gapfit.datamodels import Level, Role, StackItem
from gapfit.scoring.levels import CREDIT

Numbers = NDArray[np.float64]
Number = Numbers | float

# The coverage at which the fit passes 50, for roles whose profile names none of its own, and how
# steeply it does; chosen on benchmarks/quality so that 80 is where labellers say "would clearly be
# interviewed" and 50 where they say "clear gaps".
HALFWAY = 0.10
SHAPE = 2.0

# What is left of the points of a role whose headline task is nowhere shown (a Voice AI Engineer
# without speech, a Research Engineer without a paper); chosen likewise.
GATE_FLOOR = 0.4

# Coverages nearer than this are one when the curve's slope between them is asked for.
_SAME_COVERAGE = 1e-6


def curve(covered: Number, halfway: Number, shape: Number = SHAPE) -> Numbers:
    """Share of the full fit that a coverage is worth: 0 at 0, 1 at 1, rising all the way."""
    half = np.asarray(halfway) ** np.asarray(shape)
    risen = np.asarray(covered) ** np.asarray(shape)
    return np.asarray((1.0 + half) * risen / (risen + half))


def curve_of(role: Role, covered: Number) -> Numbers:
    """The curve with the role's own halfway and shape."""
    return curve(covered, role.halfway or HALFWAY, role.shape or SHAPE)


def slope(role: Role, start: float, end: float) -> float:
    """How much the curve rises per unit of coverage between two coverages."""
    if abs(end - start) < _SAME_COVERAGE:  # too near for a difference: the tangent
        middle = (start + end) / 2.0
        start, end = max(0.0, middle - _SAME_COVERAGE), middle + _SAME_COVERAGE
    return float((curve_of(role, end) - curve_of(role, start)) / (end - start))


def coverage(role: Role, earned: Mapping[str, float]) -> float:
    """Weighted share of the role's stack, 0-1, that the credits ``earned`` cover."""
    terms = [item.weight * earned.get(item.skill, 0.0) for item in weighed(role)]
    return float(added(np.array(terms))) / total(role)


def weighed(role: Role) -> list[StackItem]:
    """The skills that count: what a role does not own weighs nothing."""
    return [item for item in role.stack if item.weight > 0]


def total(role: Role) -> float:
    """Weight of the whole stack."""
    return float(added(np.array([item.weight for item in weighed(role)])))


def added(terms: Numbers) -> Numbers:
    """Sum along the last axis, term after term: the same bits however many are summed at once."""
    return np.asarray(np.add.accumulate(terms, axis=-1)[..., -1])


def gate(role: Role, earned: Mapping[str, float]) -> float:
    """Share of its points the role keeps: 1 once one skill of its gate earns what it asks.

    It opens with the square of what is earned, so that a mere mention moves it next to nothing.
    """
    if not role.gate:
        return 1.0
    shown = max(shown_of_gate(role, earned).values())
    return GATE_FLOOR + (1.0 - GATE_FLOOR) * min(1.0, shown) ** 2


def shown_of_gate(role: Role, earned: Mapping[str, float]) -> dict[str, float]:
    """How far each skill of a role's gate earns what it asks; 1 is enough."""
    return {
        skill: earned.get(skill, 0.0) / CREDIT[Level[needed.upper()]]
        for skill, needed in role.gate.items()
    }


def gate_open(role: Role, levels: Mapping[str, Level]) -> bool:
    """Whether a role has no gate, or one of its gate's skills is shown at the level it asks."""
    return not role.gate or any(
        levels.get(skill, Level.ABSENT) >= Level[needed.upper()]
        for skill, needed in role.gate.items()
    )


def points_of(role: Role, earned: Mapping[str, float]) -> float:
    """The role's fit, 0-100."""
    return float(worth(role, coverage(role, earned), gate(role, earned)))


def worth(role: Role, covered: Number, gates: Number) -> Numbers:
    """Points of a coverage behind a gate, or of many."""
    return np.asarray(scale(role, covered, gates) * total(role) * covered)


def scale(role: Role, covered: Number, gates: Number) -> Numbers:
    """Points per unit of earned weight, for one coverage and gate or for many."""
    some = np.maximum(covered, np.finfo(float).tiny)
    points = 100.0 * curve_of(role, some) / some * gates / total(role)
    return np.where(np.asarray(covered) > 0.0, points, 0.0)


def each_raised(
    role: Role, earned: Mapping[str, float], raised: Callable[[float], float]
) -> tuple[Numbers, Numbers]:
    """Coverage and gate of the role with each of its skills raised alone, in stack order.

    ``raised`` is the credit a skill would earn instead of what it earns now.
    """
    stack = weighed(role)
    weights = np.array([item.weight for item in stack])
    before = [earned.get(item.skill, 0.0) for item in stack]
    after = [raised(credit) for credit in before]
    each = np.tile(weights * before, (len(stack), 1))
    np.fill_diagonal(each, weights * after)
    shut = gate(role, earned)
    gates = [
        gate(role, {**earned, item.skill: credit}) if item.skill in role.gate else shut
        for item, credit in zip(stack, after, strict=True)
    ]
    return added(each) / total(role), np.array(gates)
