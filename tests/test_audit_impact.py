"""Rates, impact ratios and intervals, checked against the rule's own examples and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.stats import binomtest
from scipy.stats.contingency import relative_risk

from gapfit.audit.impact import Counts, rate_interval, ratio_interval, table
from gapfit.datamodels import GroupOutcome


def outcomes(counts: dict[str, Counts], **options: bool) -> dict[str, GroupOutcome]:
    made = table(("group",), {(name,): count for name, count in counts.items()}, 0, **options)
    return {group.values[0]: group for group in made.groups}


def rates(percents: dict[str, float]) -> dict[str, Counts]:
    """Groups of a thousand people with these rates."""
    return {name: (1000, round(10 * percent)) for name, percent in percents.items()}


# What the final rule prints for a score (6 RCNY 5-301, example of a scoring rate).
@pytest.mark.parametrize(
    "printed",
    [
        {"Male": (54.3, 1.00), "Female": (44.7, 0.82)},
        {
            "Hispanic or Latino": (64.2, 1.00),
            "White": (37.5, 0.58),
            "Black or African American": (50.0, 0.78),
            "Asian": (41.7, 0.65),
        },
    ],
)
def test_the_scoring_rates_of_the_rule(printed: dict[str, tuple[float, float]]) -> None:
    found = outcomes(rates({name: rate for name, (rate, _) in printed.items()}))
    for name, (rate, ratio) in printed.items():
        assert found[name].rate == pytest.approx(rate / 100)
        assert found[name].ratio == pytest.approx(ratio, abs=0.005)


def test_the_selection_rate_of_the_rule() -> None:
    found = outcomes({"Hispanic women": (100, 40), "others": (100, 50)})
    assert found["Hispanic women"].rate == 0.4
    assert found["Hispanic women"].ratio == 0.8
    assert not found["Hispanic women"].below_four_fifths


def test_nobody_selected_has_no_ratio() -> None:
    found = outcomes({"a": (10, 0), "b": (20, 0)})
    assert [group.ratio for group in found.values()] == [None, None]


def test_small_groups_are_marked_and_left_out_when_asked() -> None:
    counts = {"large": (990, 400), "small": (10, 9)}
    marked = outcomes(counts)
    assert marked["small"].small
    assert marked["small"].ratio == 1.0
    left_out = outcomes(counts, without_small=True)
    assert left_out["small"].ratio is None
    assert left_out["small"].rate == 0.9
    assert left_out["large"].ratio == 1.0


def test_two_per_cent_is_not_less() -> None:
    assert not outcomes({"large": (980, 400), "just": (20, 9)})["just"].small


counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@given(counts)
def test_intervals_of_rates_are_scipys(count: Counts) -> None:
    people, successes = count
    theirs = binomtest(successes, people).proportion_ci(method="wilson")
    ours = rate_interval(count)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_intervals_of_ratios_of_many_people_are_those_of_katz() -> None:
    ours = ratio_interval((40_000, 17_000), (40_000, 21_000))
    theirs = relative_risk(17_000, 40_000, 21_000, 40_000).confidence_interval(0.95)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-3)


@given(counts, counts)
def test_a_ratio_lies_in_its_interval(one: Counts, other: Counts) -> None:
    if other[1] == 0:
        return
    found = ratio_interval(one, other)
    ratio = (one[1] / one[0]) / (other[1] / other[0])
    assert 0.0 <= found.low <= ratio + 1e-9
    assert ratio <= found.high + 1e-9


def test_one_person_proves_nothing() -> None:
    found = outcomes({"many": (64, 34), "one": (1, 1)})["many"]
    assert found.below_four_fifths
    assert not found.surely_below


@pytest.mark.parametrize(
    "people, rate, other_people, other_rate",
    [
        (30, 0.3, 40, 0.5),
        (15, 0.9, 80, 0.95),
        (200, 0.04, 300, 0.08),
    ],
)
def test_intervals_hold_what_they_promise(
    people: int, rate: float, other_people: int, other_rate: float
) -> None:
    generator = np.random.default_rng(0)
    held = drawn = 0
    for _ in range(2000):
        one, other = generator.binomial(people, rate), generator.binomial(other_people, other_rate)
        if other == 0:
            continue
        found = ratio_interval((people, int(one)), (other_people, int(other)))
        drawn += 1
        held += found.low <= rate / other_rate <= found.high
    assert 0.93 <= held / drawn <= 0.99
