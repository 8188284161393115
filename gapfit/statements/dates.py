"""Dates as people write them in resumes -> Period; never compared with today."""

from __future__ import annotations

import re

from gapfit.datamodels import Period

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero",
            "feb february februar février febrero",
            "mar march märz mars marzo",
            "apr april avril abril",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet julio",
            "aug august août agosto",
            "sep sept september septembre septiembre",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
# First and last month of a season, northern hemisphere, as universities use the words.
SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "fall": (9, 11),
    "autumn": (9, 11),
    "winter": (12, 12),
}

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_SEASON = "(?:" + "|".join(SEASONS) + ")"
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_POINT = (
    rf"(?:(?:{_MONTH}|{_SEASON})[\s,./-]*(?:{_YEAR}|['’]\d\d)"
    rf"|(?:0?[1-9]|1[0-2])\s?[/.]\s?{_YEAR}"
    rf"|{_YEAR}\s?[/.-]\s?(?:0[1-9]|1[0-2])(?!\d)"
    rf"|{_YEAR})"
)
_NOW = (
    r"(?:present|current|currently|now|today|ongoing|to date|till date|date|heute|aujourd'hui"
    r"|actualidad|presente)"
)
_DASH = r"\s*(?:-|–|—|−|‐|~|→|\bto\b|\buntil\b|\bthrough\b|\bbis\b)\s*"
_BARE_MONTH_RANGE = rf"(?P<m1>{_MONTH}){_DASH}(?P<m2>{_MONTH})[\s,]*(?P<y>{_YEAR})"
_PERIOD = re.compile(
    rf"(?<![\w$€£.])(?:{_BARE_MONTH_RANGE}"
    rf"|(?:(?P<since>since|from|seit|depuis)\s+)?(?P<start>{_POINT})"
    rf"(?:{_DASH}(?P<end>{_POINT}|{_NOW}|\d\d(?!\d)))?(?P<open>{_DASH}(?=$|[)\t|,]))?)"
    r"(?![\w%])",
    re.IGNORECASE,
)


def find_period(text: str) -> Period | None:
    """Return the first span of dates in a text; None when there is none.

    Months are counted inclusively ("Jan 2021 - Mar 2021" has 3); whole years from one to the
    other ("2019 - 2021" has 24). An open end, a single date or a reversed span has no months.
    """
    found = list(_PERIOD.finditer(text))
    if not found:
        return None
    # A span says more than a lone year before it ("Globex 2000 GmbH, 2019 - 2021").
    match = next((m for m in found if m["end"] or m["m1"]), found[0])
    start, end = _ends(match)
    return Period(match[0].strip(), start, end, _months(start, end))


def without_dates(text: str) -> str:
    """Return the text with every date removed, and the separators around them."""
    bare = _PERIOD.sub(" ", text)
    bare = re.sub(r"\(\s*\)|\[\s*\]", " ", bare)
    bare = re.sub(r"\s{2,}", " ", bare.replace("\t", " , "))
    bare = re.sub(r"(?:\s*[,|•·;]\s*){2,}", ", ", bare)
    bare = re.sub(r"\(\s*[,;]?\s*\)", " ", bare).strip(" \t,;|•·–—-/")
    return re.sub(r"\s{2,}", " ", bare)


def _ends(match: re.Match[str]) -> tuple[str | None, str | None]:
    if match["m1"]:
        year = match["y"]
        first, last = (MONTHS[match[name].rstrip(".").lower()] for name in ("m1", "m2"))
        return f"{year}-{first:02d}", f"{year}-{last:02d}"
    start, season_end = _point(match["start"])
    if match["end"]:
        return start, _end_point(match["end"], start)
    if match["since"] or match["open"]:
        return start, "present"
    return start, season_end


def _end_point(text: str, start: str) -> str:
    if re.fullmatch(_NOW, text, re.IGNORECASE):
        return "present"
    if len(text) == 2 and text.isdigit():
        return start[:2] + text  # "2019-21"
    first, season_end = _point(text)
    return season_end or first


def _point(text: str) -> tuple[str, str | None]:
    """Return a date as "YYYY-MM" or "YYYY", and the end it implies (seasons only)."""
    lower = text.lower()
    year = _year(lower)
    for season, (first, last) in SEASONS.items():
        if season in lower:
            return f"{year}-{first:02d}", f"{year}-{last:02d}"
    word = re.match(r"[^\W\d_]+", lower)
    if word and word[0] in MONTHS:
        return f"{year}-{MONTHS[word[0]]:02d}", None
    month = re.search(r"(?<!\d)(0?[1-9]|1[0-2])(?!\d)", lower.replace(year, " "))
    return (f"{year}-{int(month[1]):02d}" if month else year), None


def _year(text: str) -> str:
    full = re.search(_YEAR, text)
    if full:
        return full[0]
    short = int(text[-2:])
    return str(1900 + short if short > 60 else 2000 + short)


def _months(start: str | None, end: str | None) -> int | None:
    if start is None or end is None or end == "present":
        return None
    years = int(end[:4]) - int(start[:4])
    if len(start) == 7 and len(end) == 7:
        months = 12 * years + int(end[5:]) - int(start[5:]) + 1
    else:
        months = 12 * years if years else 12
    return months if months > 0 else None
