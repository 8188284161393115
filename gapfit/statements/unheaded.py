"""Jobs and degrees under a heading that says nothing, or under none.

What stands there is told by what it is: a line with a job title and a span of dates begins
experience, one with a degree education. A person's own words for a heading cost them nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gapfit.datamodels import Section
from gapfit.statements.dates import find_period
from gapfit.statements.entries import is_entry, names_role
from gapfit.statements.flow import MARKER
from gapfit.statements.sections import Kind, Marked

# A job's title and its dates may stand on lines of their own, the employer's between them.
APART = 2
_DEGREE = re.compile(
    r"(?<![\w.])(?:b\.?sc|m\.?sc|ph\.?\s?d|b\.?tech|m\.?tech|mba|ma|ba|bs|ms|beng|meng|hnd|diploma?"
    r"|bachelor(?:['’]?s)?|master(?:['’]?s)?|licen\w+|universit\w+|college)(?![\w])",
    re.IGNORECASE,
)


def resolved(marked: Sequence[Marked]) -> list[Marked]:
    """Return the lines, those of jobs and degrees without a telling heading in their section."""
    return [line for run in _runs(marked) for line in _resolved(run)]


def _runs(marked: Sequence[Marked]) -> Iterator[list[Marked]]:
    """From each heading to the next."""
    run: list[Marked] = []
    for line in marked:
        if line.kind is Kind.HEADING and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _resolved(run: Sequence[Marked]) -> Iterator[Marked]:
    section: Section | None = None
    for i, line in enumerate(run):
        if line.kind is not Kind.TEXT or not (line.unknown or line.section is Section.SUMMARY):
            yield line
            continue
        section = _begun(run, i) or section
        yield (
            line
            if section is None
            else replace(line, section=section, unknown=False, preamble=False)
        )


def _begun(run: Sequence[Marked], at: int) -> Section | None:
    """The section that an entry on this line begins; None where none does."""
    text = run[at].text
    if MARKER.match(text) or text.rstrip().endswith(".") or not names_role(text):
        return None
    near = [line.text for line in run[at : at + 1 + APART] if line.kind is Kind.TEXT]
    dated = [t for t in near if (p := find_period(t)) is not None and p.end is not None]
    if (
        not dated
        or not is_entry(dated[0], Section.EXPERIENCE)
        or not is_entry(text, Section.EXPERIENCE)
    ):
        return None
    return Section.EDUCATION if _DEGREE.search(text) else Section.EXPERIENCE
