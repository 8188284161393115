"""People by group -> rates of success, impact ratios and their intervals; pure.

The terms are those of New York City's rule on automated employment decision tools (6 RCNY 5-300):
a group's *impact ratio* is its rate divided by the highest rate of any group. The intervals are
gapfit's own addition, at 95%: Wilson's for a rate; for a ratio, those of its two rates combined as
Donner and Zou (2012) do, which holds for small groups and for rates of 0 and 1, too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

from gapfit.datamodels import GroupOutcome, GroupTable, Interval

# 6 RCNY 5-301(d): a category with less of the data may be left out of the ratios.
SMALL = 0.02

_Z = NormalDist().inv_cdf(0.975)

Counts = tuple[int, int]  # people, and those among them who were selected or scored high


def table(
    columns: tuple[str, ...],
    counts: Mapping[tuple[str, ...], Counts],
    unknown: int,
    *,
    without_small: bool = False,
) -> GroupTable:
    """Return the outcomes of the groups, in the order of their names.

    ``without_small`` leaves groups under 2% of all people counted out of the ratios; their rates
    are told all the same.
    """
    everybody = sum(people for people, _ in counts.values()) + unknown
    compared = {
        values: count
        for values, count in counts.items()
        if not (without_small and count[0] < SMALL * everybody)
    }
    best = max(compared, key=lambda values: (_rate(compared[values]), values), default=None)
    return GroupTable(
        columns,
        tuple(
            _outcome(values, counts[values], everybody, compared, best) for values in sorted(counts)
        ),
        unknown,
    )


def _outcome(
    values: tuple[str, ...],
    count: Counts,
    everybody: int,
    compared: Mapping[tuple[str, ...], Counts],
    best: tuple[str, ...] | None,
) -> GroupOutcome:
    people, successes = count
    ratio = interval = None
    if best is not None and values in compared and _rate(compared[best]) > 0:
        ratio = _rate(count) / _rate(compared[best])
        interval = None if values == best else ratio_interval(count, compared[best])
    return GroupOutcome(
        values=values,
        people=people,
        successes=successes,
        rate=_rate(count),
        rate_interval=rate_interval(count),
        ratio=ratio,
        ratio_interval=interval,
        share=people / everybody,
        small=people < SMALL * everybody,
    )


def _rate(count: Counts) -> float:
    people, successes = count
    return successes / people


def rate_interval(count: Counts) -> Interval:
    """Return Wilson's score interval of a rate."""
    people, successes = count
    rate, z2 = successes / people, _Z * _Z
    middle = (rate + z2 / (2 * people)) / (1 + z2 / people)
    spread = math.sqrt(rate * (1 - rate) / people + z2 / (4 * people * people))
    half = _Z * spread / (1 + z2 / people)
    low = 0.0 if successes == 0 else middle - half
    return Interval(low, 1.0 if successes == people else middle + half)


def ratio_interval(count: Counts, reference: Counts) -> Interval:
    """Return the interval of the ratio of two rates, that of the reference, not 0, below the line.

    With r, l and u a rate and its limits, the limits of the ratio solve a quadratic in r, r(ref)
    and l (2r - l), u (2r - u); written so that no denominator vanishes.
    """
    one, other = rate_interval(count), rate_interval(reference)
    rate, base = _rate(count), _rate(reference)
    least, most = one.low * (2 * rate - one.low), one.high * (2 * rate - one.high)
    below, above = other.high * (2 * base - other.high), other.low * (2 * base - other.low)
    both = rate * base
    low = least / (both + _root(both, least * below)) if least > 0 else 0.0
    return Interval(low, (both + _root(both, most * above)) / above)


def _root(both: float, product: float) -> float:
    return math.sqrt(max(both * both - product, 0.0))
