"""A comparison in words: did the edit help, where, and why; or who is ahead of whom."""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.datamodels import Catalogue, Comparison
from gapfit.formats.clean import clean
from gapfit.formats.comparison import lines, lists, reasons, summary
from gapfit.formats.comparison.subject import Subject
from gapfit.formats.comparison.view import View


def view(
    comparison: Comparison,
    catalogue: Catalogue,
    names: tuple[str, str],
    *,
    limit: int,
    verbose: bool = False,
    wanted: Sequence[str] = (),
) -> View:
    """Return what is said of a comparison.

    ``names`` are those of the two files, ``limit`` the most characters of a quoted line;
    ``wanted`` are the role ids to explain instead of those that moved most.
    """
    old, new = map(clean, names)
    subject = Subject(comparison, catalogue, (old, new), limit, verbose, tuple(wanted))
    title = f"{old} → {new}" if comparison.versions else f"{old} and {new}"
    said = tuple(summary.warned(subject)), tuple(summary.summary(subject))
    if comparison.same:
        return View(title, *said)
    moving, more = lines.moving(subject)
    idle, idle_lines = lines.idle(subject)
    return View(
        title,
        *said,
        columns=(*subject.sides, "change" if comparison.versions else "ahead"),
        fits=reasons.fits(subject),
        why_title="Why" if comparison.versions else "What makes the difference",
        why_remark="" if comparison.versions else "+ counts for the second, − for the first.",
        whys=reasons.whys(subject),
        skills=tuple(lists.skills(subject)),
        gaps=tuple(lists.gaps(subject)),
        lines=moving,
        more_lines=more,
        idle=idle,
        idle_lines=idle_lines,
        foot=tuple(summary.foot(subject)),
    )
