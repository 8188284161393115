"""What the views of an audit say alike."""

from __future__ import annotations

from gapfit.datamodels import BadRow, GroupOutcome, Interval, Outcomes, Trait

WHAT = {
    Trait.NAME: "another name",
    Trait.CONTACT: "other contact details, or none",
    Trait.ADDRESS: "another address",
    Trait.GENDER: "pronouns and gendered words",
    Trait.SCHOOL: "another school",
    Trait.YEAR: "years of education moved",
    Trait.ORDER: "sections in another order",
    Trait.HEADINGS: "other familiar headings",
    Trait.OWN_HEADINGS: "headings nobody else uses",
    Trait.FORMATTING: "font, paper, bullets, pages",
    Trait.PRODUCER: "another program's name in the file",
}

NO_VERDICT = (
    "These figures are no verdict. A ratio below four fifths (29 CFR 1607.4(D)) or a wide interval "
    "is a reason to look closer; a ratio above it does not rule discrimination out."
)


def group(one: GroupOutcome) -> str:
    """Return what a group is called."""
    return " × ".join(one.values)


def interval(found: Interval | None, digits: int) -> str:
    """Return an interval in brackets, "" for none."""
    return "" if found is None else f"({found.low:.{digits}f} to {found.high:.{digits}f})"


def percent(rate: float) -> str:
    """Return a rate in percent."""
    return f"{100 * rate:.1f}%"


def percents(found: Interval) -> str:
    """Return an interval of a rate in percent."""
    return f"({100 * found.low:.1f} to {100 * found.high:.1f})"


def flag(one: GroupOutcome) -> str:
    """Return what should be seen at once of a group."""
    flags = []
    if one.surely_below:
        flags.append("below four fifths, as is its whole interval")
    elif one.below_four_fifths:
        flags.append("below four fifths")
    if one.small:
        flags.append("under 2% of the people")
    return "; ".join(flags)


def success(found: Outcomes) -> str:
    """Return what a success is, in a table's head."""
    return "selected" if found.median is None else "above median"


def bad_rows(rows: tuple[BadRow, ...], most: int) -> list[str]:
    """Return the first rows that were not counted, and how many more there are."""
    told = [f"row {row.row}: {row.reason}" for row in rows[:most]]
    return told + ([f"and {len(rows) - most:,} more"] if len(rows) > most else [])
