"""What a role is paid: every figure beside its source, its date and what it counts."""

from __future__ import annotations

from gapfit.datamodels import Pay, PayBand, PayBasis, PayConflict, PayLevel
from gapfit.formats.parts import Part, Row, part, rows

_LEVELS = {
    PayLevel.ENTRY: "Entry",
    PayLevel.MID: "Mid",
    PayLevel.SENIOR: "Senior",
    PayLevel.STAFF: "Staff and above",
    PayLevel.ANY: "All levels, or none named",
}

_BASES = {
    PayBasis.TOTAL: "total pay",
    PayBasis.BAND: "hiring band",
    PayBasis.UNSTATED: "basis not stated",
}


def of_role(role: str, pay: Pay) -> Part | None:
    """Return the figures for a role by level, what is said beside them, and the conflicts."""
    bands = pay.of(role)
    levels = [
        (title, [_band(band) for band in bands if band.level is level])
        for level, title in _LEVELS.items()
    ]
    remarks = (remark.fact for remark in pay.remarks if remark.role == role)
    conflicts = (_conflict(c) for c in pay.conflicts if role in c.roles)
    return part(
        "pay",
        "Pay",
        *levels,
        ("Said beside the figures" if bands else "", rows(remarks)),
        ("Side by side, not averaged", conflicts),
        remark="US dollars a year, each figure as its source counts it" if bands else "",
    )


def _band(band: PayBand) -> Row:
    meant = f"; meant by the level: {band.years}" if band.years else ""
    text = f"{_BASES[band.basis]}, {band.date}; {band.scope}{meant}"
    return Row(text, amount(band), (band.source,))


def amount(band: PayBand) -> str:
    """Return a figure as it is given: "170-220K", "420-700K+", "300K+", "median 370K"."""
    more = "+" if band.open_ended else ""
    ends = [f"{end:g}" for end in (band.low_k, band.high_k) if end is not None]
    median = [f"median {band.median_k:g}K"] if band.median_k is not None else []
    return ", ".join([*([f"{'-'.join(ends)}K{more}"] if ends else []), *median])


def _conflict(conflict: PayConflict) -> Row:
    sides = "; ".join(f"{', '.join(side.sources)}: {side.text}" for side in conflict.sides)
    named = {source for side in conflict.sides for source in side.sources}
    return Row(f"{conflict.topic}. {sides}.", "", tuple(sorted(named)))
