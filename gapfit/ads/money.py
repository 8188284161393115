"""Sums of pay, as a statement names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gapfit.datamodels import AdLine, AdSection, PayKind, PayNamed, PayPeriod

_SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY"} | {
    "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "S$": "SGD", "NZ$": "NZD", "R$": "BRL",
    "zł": "PLN", "kr": "SEK", "Rs": "INR", "Rs.": "INR", "euros": "EUR", "euro": "EUR",
    "dollars": "USD", "pounds": "GBP",
}  # fmt: skip
_CODES = (
    "USD EUR GBP CAD AUD CHF SEK NOK DKK PLN INR SGD JPY BRL NZD ILS CZK HUF RON MXN ZAR AED HKD "
    "TRY UAH"
).split()
_BEFORE = r"(?:US|CA|C|AU|A|S|NZ|R)?\$|[€£₹¥]|Rs\.?|(?:" + "|".join(_CODES) + r")\b\s*[$€£]?"
_AFTER = (
    r"[€£$₹]|(?:" + "|".join(_CODES) + r")\b|zł|kr\b|euros?\b|dollars\b|pounds\b|LPA\b|lakhs?\b"
)
_AMOUNT = r"\d{1,3}(?:[,.’' ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_SUM = re.compile(
    rf"(?P<c1>{_BEFORE})?\s*(?P<low>{_AMOUNT})\s?(?P<k1>k\b)?(?:\s*(?P<a1>{_AFTER}))?"
    r"(?:\s*(?:per|/|an?)\s*(?:year|yr|annum|hour|hr|month|day)\b)?"
    rf"(?:\s*(?:-|–|—|\bto\b|\band\b)\s*(?P<c2>{_BEFORE})?\s*(?P<high>{_AMOUNT})\s?(?P<k2>k\b)?)?"
    rf"(?P<more>\s?\+)?(?:\s*(?P<a2>{_AFTER}))?(?P<big>\s?(?:M|MM|B|bn|million|billion|trillion|"
    rf"m)\b)?",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"salar|compensation|\bpay\b|\bpaid\b|base\b|\bOTE\b|on[- ]target|remunerat|per (?:year|annum|"
    r"hour|month|day)|/ ?(?:yr|year|hr|hour|h\b|month|mo|day)|annual|yearly|\bp\.?a\.?\b|hourly|"
    r"gross|\brate\b|range|\bk\b|wage|earn|\bTC\b|zone|ctc|an hour|a year",
    re.IGNORECASE,
)
# Sums of something else, by the words right around them.
_NOT_PAY = re.compile(
    r"rais(?:ed|ing)|funding|series [a-f]\b|valu(?:ed|ation)|revenue|\bARR\b|assets|budget|"
    r"stipend|allowance|referral|donat|match|reimburs|sign[- ]?(?:on|ing)|relocation|credit|"
    r"savings?\b|401|users|customers|per month towards|perks|market|spend|transactions|learning|"
    r"wellness|home office|equipment|insurance|bonus of|fund\b|grants? of|rewards? of up|"
    r"up to .{0,12} for",
    re.IGNORECASE,
)
_PERIODS = (
    (PayPeriod.HOUR, re.compile(r"hour|/ ?h(?:r|our)?\b|\bhr\b|hourly", re.IGNORECASE)),
    (PayPeriod.DAY, re.compile(r"per day|/ ?day|daily|day rate", re.IGNORECASE)),
    (PayPeriod.MONTH, re.compile(r"per month|/ ?mo(?:nth)?\b|monthly|a month", re.IGNORECASE)),
    (PayPeriod.YEAR, re.compile(r"year|annu|/ ?yr|\bp\.?a\b", re.IGNORECASE)),
)
_KINDS = (
    (PayKind.TARGET, re.compile(r"\bOTE\b|on[- ]target", re.IGNORECASE)),
    (PayKind.TOTAL, re.compile(r"total (?:compensation|cash|pay|rewards)|\bTC\b", re.IGNORECASE)),
    (PayKind.BASE, re.compile(r"\bbase\b|salary", re.IGNORECASE)),
)
# What a sum must lie within to be pay for its period, whatever the currency.
_LIKELY = {
    PayPeriod.YEAR: (12_000.0, 20_000_000.0),
    PayPeriod.MONTH: (600.0, 2_000_000.0),
    PayPeriod.DAY: (60.0, 100_000.0),
    PayPeriod.HOUR: (7.0, 20_000.0),
}
EQUITY = re.compile(
    r"\bequity\b(?! (?:and inclusion|&|in the workplace|, diversity))|stock (?:options?|grants?|"
    r"units)|\bRSUs?\b|\bESOP\b|share options|\+ ?stock\b|\boptions package",
    re.IGNORECASE,
)
BONUS = re.compile(
    r"(?:annual|performance|yearly|target|cash|discretionary|incentive|"
    r"sign[- ]?on)[\w -]{0,14} bonus|\+ ?bonus|bonus (?:plan|scheme|program|structure|eligib)|"
    r"bonus(?:es)?,? (?:and|\+) ",
    re.IGNORECASE,
)


def named(line: AdLine) -> Iterator[PayNamed]:
    """Yield the sums of pay a statement names, in its order."""
    for match in _SUM.finditer(line.text):
        found = _read(line, match)
        if found is not None:
            yield found


def _read(line: AdLine, match: re.Match[str]) -> PayNamed | None:
    currency = _currency(match)
    around = line.text[max(0, match.start() - 48) : match.end() + 32]
    if match["big"] or not (currency or match["k1"] or match["k2"]):
        return None
    if currency is None and not _PAY.search(around):
        return None
    if _NOT_PAY.search(line.text[max(0, match.start() - 40) : match.end() + 24]):
        return None
    low, high = _amounts(match)
    period = _period(line.text, match, high or low)
    least, most = _LIKELY[period]
    if any(end is not None and not least <= end <= most for end in (low, high)):
        return None
    if low is not None and high is not None and low > high:
        return None
    spoken_of = line.section is AdSection.OFFER or _PAY.search(f"{line.context} {around}")
    if not spoken_of and high is None:
        return None
    kind = next((k for k, p in _KINDS if p.search(around)), None)
    kind = kind or next((k for k, p in _KINDS if p.search(f"{line.context} {line.text}")), None)
    if high is None and re.search(r"up to\s*$", line.text[: match.start()], re.IGNORECASE):
        low, high = None, low
    elif (
        high is None
        and not match["more"]
        and not re.search(
            r"(?:from|starting at|at least|minimum|above|over)\s*$",
            line.text[: match.start()],
            re.I,
        )
    ):
        high = low
    return PayNamed(
        low, high, currency or "", period, kind or PayKind.UNSTATED, line.line, line.text
    )


def _currency(match: re.Match[str]) -> str | None:
    for group in ("c1", "a1", "c2", "a2"):
        word = match[group]
        if word:
            bare = word.strip()
            code = bare[:3].upper()
            if code in _CODES:
                return code
            if bare.lower() in ("lpa", "lakh", "lakhs"):
                return "INR"
            return next((c for sign, c in _SIGNS.items() if sign.lower() == bare.lower()), "USD")
    return None


def _amounts(match: re.Match[str]) -> tuple[float | None, float | None]:
    low, high = _amount(match["low"]), _amount(match["high"])
    thousand = bool(match["k2"] if match["high"] else match["k1"])
    lakh = (match["a2"] or match["a1"] or "").lower().startswith(("lpa", "lakh"))
    unit = 100_000.0 if lakh else 1_000.0
    if (match["k1"] or thousand or lakh) and low is not None and low < 10_000:
        low *= unit
    if (match["k2"] or lakh) and high is not None and high < 10_000:
        high *= unit
    return low, high


def _amount(text: str | None) -> float | None:
    if text is None:
        return None
    whole = re.sub(r"[,.’' ](?=\d{3}(?:\D|$))", "", text)
    return float(whole.replace(",", "."))


def _period(text: str, match: re.Match[str], amount: float | None) -> PayPeriod:
    near = text[match.start() : match.end() + 28]
    for part in (near, text[max(0, match.start() - 40) : match.start()]):
        for period, pattern in _PERIODS:
            if pattern.search(part) and (amount or 0) <= _LIKELY[period][1]:
                # "$80,000 … hour" some words on is a year's pay all the same.
                if period is PayPeriod.HOUR and (amount or 0) >= 2_000:
                    continue
                return period
    return PayPeriod.YEAR
