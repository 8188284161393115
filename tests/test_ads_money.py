"""Sums of pay, in the ways ads name them."""

from __future__ import annotations

import pytest

from gapfit.ads import money
from gapfit.datamodels import AdLine, AdSection, Need, PayKind, PayPeriod


def found(text: str) -> list[tuple[float | None, float | None, str, PayPeriod, PayKind]]:
    line = AdLine(text, 1, AdSection.OFFER, Need.CONTEXT)
    return [(p.low, p.high, p.currency, p.period, p.kind) for p in money.named(line)]


Y, M, D, H = PayPeriod.YEAR, PayPeriod.MONTH, PayPeriod.DAY, PayPeriod.HOUR
B, T, U = PayKind.BASE, PayKind.TARGET, PayKind.UNSTATED


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period", "kind"),
    [
        ("Salary: $180,000 - $220,000", 180e3, 220e3, "USD", Y, B),
        ("$165K–$205K, equity", 165e3, 205e3, "USD", Y, U),
        ("$140k to $180k base", 140e3, 180e3, "USD", Y, B),
        ("€70k a year", 70e3, 70e3, "EUR", Y, U),
        ("70.000 - 85.000 EUR gross per year", 70e3, 85e3, "EUR", Y, U),
        ("Salary 60-78k GBP", 60e3, 78e3, "GBP", Y, B),
        ("Rate: £550 - £600 per day", 550.0, 600.0, "GBP", D, U),
        ("$18 - $22 per hour", 18.0, 22.0, "USD", H, U),
        ("$80.00/hr", 80.0, 80.0, "USD", H, U),
        ("OTE $260,000 (70/30)", 260e3, 260e3, "USD", Y, T),
        ("base pay range CA$120,000—CA$150,000", 120e3, 150e3, "CAD", Y, B),
        ("up to £90,000 per annum", None, 90e3, "GBP", Y, U),
        ("from $200,000 a year", 200e3, None, "USD", Y, U),
        ("Salary: 140,000-200,000 USD/Year + Bonus + Stock", 140e3, 200e3, "USD", Y, B),
        ("4.500 - 5.200 € per month", 4500.0, 5200.0, "EUR", M, U),
    ],
)
def test_forms(
    text: str,
    low: float | None,
    high: float | None,
    currency: str,
    period: PayPeriod,
    kind: PayKind,
) -> None:
    assert found(text) == [(low, high, currency, period, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "We raised $50M in our series B",
        "over $1 billion in assets",
        "a $2,000 learning budget",
        "401(k) match",
        "a sign-on bonus of $20,000",
        "serving 2,000,000 users in 40 countries",
        "$500 monthly stipend for your home office",
        "generates over $20,000,000 in revenue",
    ],
)
def test_sums_of_something_else(text: str) -> None:
    assert found(text) == []


def test_equity_is_not_equity_and_inclusion() -> None:
    assert money.EQUITY.search("salary and equity")
    assert not money.EQUITY.search("our commitment to equity and inclusion")
