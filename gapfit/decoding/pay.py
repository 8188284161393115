"""The pay an ad names, beside what the sources say of its role and level. Nothing is averaged."""

from __future__ import annotations

import re

from gapfit.datamodels import (
    JobAd,
    Market,
    Need,
    Pay,
    PayBand,
    PayBeside,
    PayKind,
    PayLevel,
    PayNamed,
    PayOffer,
    PayPeriod,
    RoleShare,
    Standing,
)

_CURRENCY = "USD"  # the sources' figures are for the US
_LEADING = 0.3  # roles with at least this share are shown in a mixed ad
_MOST_ROLES = 2
_HOURS = 2080  # of a year, to read an hourly rate beside a yearly figure

_KINDS = {
    PayKind.BASE: "base pay",
    PayKind.TARGET: "on-target earnings",
    PayKind.TOTAL: "total pay",
    PayKind.UNSTATED: "pay without saying what it counts",
}


def offer(ad: JobAd, shares: tuple[RoleShare, ...], pay: Pay, market: Market) -> PayOffer | None:
    """Return the pay named and the figures beside it; None where an ad names no sum."""
    if not ad.pay:
        return None
    level = level_of(ad, market)
    leading = [s.role for s in shares[:_MOST_ROLES] if s is shares[0] or s.share >= _LEADING]
    spread = _yearly(ad.pay)
    bands = [band for role in leading for band in pay.of(role, level)]
    conflicts = tuple(c for c in pay.conflicts if set(c.roles) & set(leading))
    return PayOffer(
        named=ad.pay,
        equity=ad.equity,
        bonus=ad.bonus,
        level=level,
        beside=tuple(PayBeside(band, _standing(spread, band)) for band in bands),
        conflicts=conflicts,
        remark=_remark(ad.pay, bool(bands), spread is not None),
    )


def level_of(ad: JobAd, market: Market) -> PayLevel:
    """Return the seniority an ad speaks of: by its title's words, else by the years it asks for."""
    title = ad.title.lower()
    for level in reversed(market.levels):
        if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title) for word in level.words):
            return PayLevel(level.id)
    if re.search(r"\b(?:sr|snr|expert|lead)\b", title):
        return PayLevel.SENIOR
    asked = [y.least for y in ad.years if y.need is Need.REQUIRED]
    if not asked:
        return PayLevel.ANY
    for level in market.levels:
        if level.years is not None:
            low, below = level.years
            if low <= max(asked) and (below is None or max(asked) < below):
                return PayLevel(level.id)
    return PayLevel.ANY


def _yearly(named: tuple[PayNamed, ...]) -> tuple[float, float] | None:
    """The ends of all yearly and hourly sums in dollars, in thousands; None where there is none."""
    ends = [
        end * (_HOURS if sum_.period is PayPeriod.HOUR else 1) / 1000
        for sum_ in named
        if sum_.currency == _CURRENCY and sum_.period in (PayPeriod.YEAR, PayPeriod.HOUR)
        for end in (sum_.low, sum_.high)
        if end is not None
    ]
    return (min(ends), max(ends)) if ends else None


def _standing(spread: tuple[float, float] | None, band: PayBand) -> Standing:
    ends = [end for end in (band.low_k, band.median_k, band.high_k) if end is not None]
    if spread is None or not ends:
        return Standing.NOT_COMPARED
    if spread[1] < min(ends):
        return Standing.BELOW
    if spread[0] > max(ends) and not band.open_ended:
        return Standing.ABOVE
    return Standing.OVERLAPS


def _remark(named: tuple[PayNamed, ...], known: bool, comparable: bool) -> str:
    kinds = list(dict.fromkeys(_KINDS[sum_.kind] for sum_ in named))
    if not comparable:
        return (
            "Named in another currency or period than the sources use (US dollars a year): shown, "
            "not compared."
        )
    if not known:
        return "No source gives a figure for this role and level."
    hourly = any(sum_.period is PayPeriod.HOUR for sum_ in named)
    counted = f" An hourly rate is read as {_HOURS} hours a year." if hourly else ""
    return (
        f"The ad names {' and '.join(kinds)}; the sources' figures count what stands beside each, "
        f"mostly total "
        f"pay with bonus and equity, in the US.{counted}"
    )
