"""A sheet of figures for the independent auditor: what was counted, how, and what is theirs."""

from __future__ import annotations

from gapfit.datamodels import GroupTable, Manifest, Outcomes
from gapfit.formats.audit import words
from gapfit.formats.inert import markdown as inert

_THEIRS = (
    "Who the independent auditor is, and that they are independent of employer and vendor",
    "Date of the bias audit",
    "Which tool was used, since when (distribution date), for which positions",
    "Where the data come from, and why: historical data of one employer, of several, or test data",
    "How sex, race and ethnicity were collected; none may be inferred or imputed",
    "Why a category under 2% was left out, where it was",
)


def render(found: Outcomes, made: Manifest) -> str:
    """Return the data sheet as Markdown, ending in a newline."""
    middle = [] if found.median is None else [("Median score of the sample", f"{found.median:g}")]
    facts = [
        ("File", f"{found.source} (SHA-256 {found.input_sha256})"),
        ("Rows counted", f"{found.people:,}"),
        ("Rows not counted", f"{len(found.bad_rows):,}"),
        ("Outcome", f"{found.measure}, column {found.column}"),
        *middle,
        ("gapfit", made.gapfit_version),
        ("Model", f"{made.model} (SHA-256 {made.model_sha256})"),
        ("Profiles", f"SHA-256 {made.profiles_sha256}"),
    ]
    lines = [
        "# Data sheet for a bias audit",
        "",
        "Figures of one file, to be checked and taken over by an independent auditor. This sheet",
        "is no bias audit, and gapfit is no independent auditor of itself.",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {inert(value)} |" for name, value in facts),
        "",
        *(line for table in found.tables for line in _table(table, found)),
        *_rows(found),
        "## How it was counted",
        "",
        "- Terms: New York City, 6 RCNY 5-300 and 5-301 (Local Law 144 of 2021).",
        "- Selection rate: selected people divided by all people of the group. Scoring rate: those",
        "  of the group whose score is above the median of the whole sample, divided by all of it.",
        "- Impact ratio: the group's rate divided by the highest rate of any group compared.",
        "- Intervals, at 95%, are not part of the rule: Wilson's for a rate; for a ratio those of",
        "  both rates, combined after Donner and Zou (2012).",
        "- Four fifths is the rule of thumb of 29 CFR 1607.4(D); 6 RCNY sets no threshold.",
        "",
        "## What the auditor adds",
        "",
        *(f"- [ ] {line}." for line in _THEIRS),
        "",
        words.NO_VERDICT,
    ]
    return "\n".join(lines) + "\n"


def _table(table: GroupTable, found: Outcomes) -> list[str]:
    rows = [
        f"| {inert(words.group(one))} | {one.people:,} | {one.successes:,} | "
        f"{words.percent(one.rate)} {words.percents(one.rate_interval)} | "
        f"{'–' if one.ratio is None else f'{one.ratio:.3f}'} "
        f"{words.interval(one.ratio_interval, 3)} | {words.flag(one)} |"
        for one in table.groups
    ]
    return [
        f"## {inert(' × '.join(table.columns))}",
        "",
        f"| Group | People | {words.success(found).capitalize()} | {found.measure.capitalize()} | "
        "Impact ratio | |",
        "|---|--:|--:|--:|--:|---|",
        *rows,
        "",
        f"In an unknown category: {table.unknown:,}.",
        "",
    ]


def _rows(found: Outcomes) -> list[str]:
    if not found.bad_rows:
        return []
    told = words.bad_rows(found.bad_rows, 50)
    return ["## Rows not counted", "", *(f"- {inert(row)}" for row in told), ""]
