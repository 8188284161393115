"""The experience an ad asks for, and whether anybody can have it."""

from __future__ import annotations

from gapfit.datamodels import AdQuote, JobAd, Market, Need, RoleShare, YearsAsked, YearsNamed
from gapfit.wording import count

# What a source says of years (seed 001): the most LLM work anybody has, in months, what a senior
# has, and what ML Engineers bring.
MOST_LLM_MONTHS = 36
SENIOR_LLM_MONTHS = (12, 24)
ML_YEARS = (3, 8)
SOURCE = "001"
_LLM_ROLES = ("ai-engineer", "llm-engineer", "prompt-engineer")


def overall(ad: JobAd, shares: tuple[RoleShare, ...], market: Market) -> YearsAsked | None:
    """Return the years asked for overall; None where an ad names none.

    Several figures are years of several things within one career: the largest is the whole.
    """
    firm = [y for y in ad.years if y.need is Need.REQUIRED] or list(ad.years)
    if not firm:
        return None
    whole = max(firm, key=lambda y: (y.least, -y.line))
    llm = max((y for y in ad.years if y.llm), key=lambda y: y.least, default=None)
    if llm is not None and llm.least * 12 > MOST_LLM_MONTHS:
        return _made(whole, False, _too_long(llm, market), llm)
    if llm is not None:
        why = f"{_span(llm)} of LLM work is within the 24-36 months that anybody has."
        return _made(whole, True, why, llm)
    why, sources = _general(whole, shares)
    return _made(whole, True, why, None, sources)


def _made(
    whole: YearsNamed,
    realistic: bool,
    why: str,
    llm: YearsNamed | None,
    sources: tuple[str, ...] = (SOURCE,),
) -> YearsAsked:
    lines = {y.line: AdQuote(y.line, y.text) for y in (whole, llm) if y is not None}
    return YearsAsked(whole.least, realistic, why, tuple(lines.values()), sources)


def _too_long(llm: YearsNamed, market: Market) -> str:
    return (
        f"{_span(llm)} of LLM work is more than anybody has: the role took shape in 2023-2024, the "
        f"most is 24-36 months (as of {market.as_of}), and 12-24 months is what a senior has."
    )


def _general(whole: YearsNamed, shares: tuple[RoleShare, ...]) -> tuple[str, tuple[str, ...]]:
    leading = shares[0].role if shares else ""
    if leading in _LLM_ROLES:
        text = (
            f"{_span(whole)} of experience at large, none of it said to be LLM work; of that, "
            "12-24 months is what a senior has."
        )
        return text, (SOURCE,)
    if leading == "ml-engineer":
        low, high = ML_YEARS
        side = "within" if low <= whole.least <= high else "outside"
        text = f"{_span(whole)} is {side} the {low}-{high} years that ML Engineers bring."
        return text, (SOURCE,)
    return f"{_span(whole)} of experience at large; no source says what is usual here.", ()


def _span(years: YearsNamed) -> str:
    if years.most is not None and years.most != years.least:
        return f"{years.least}-{years.most} years"
    return count(years.least, "year") + ("" if years.most else " or more")
