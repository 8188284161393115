"""What is said first: which readings to distrust, what moved, and that nothing did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapfit.datamodels import FitChange, LineTurn
from gapfit.formats.comparison.lines import turns
from gapfit.formats.comparison.subject import Subject
from gapfit.formats.comparison.view import Warned
from gapfit.formats.words import count
from gapfit.wording import capital

# A fit that moves by less (points) is about the same.
_MOVES_FROM = 0.5


def warned(subject: Subject) -> Iterator[Warned]:
    """Return what to know of each reading before anything else."""
    analyses = (subject.comparison.before, subject.comparison.after)
    for side, name, analysis in zip(subject.sides, subject.names, analyses, strict=True):
        if analysis.resume.warnings:
            lead = f"Read this first: scores of {name} ({side}) are less certain than usual"
            yield Warned(lead, analysis.resume.warnings)


def summary(subject: Subject) -> Iterator[str]:
    """Return what was compared, and what came of it, in a few sentences."""
    comparison = subject.comparison
    sides = zip(subject.sides, subject.names, strict=True)
    yield " ".join(f"{capital(side)}: {name}." for side, name in sides)
    if comparison.before.manifest.input_sha256 == comparison.after.manifest.input_sha256:
        yield "Both are the same file: nothing changes."
    elif comparison.same:
        by_line = "" if comparison.lines is None else ", line by line"
        yield f"Both say the same{by_line}: no fit changes."
    else:
        yield from _different(subject)


def _different(subject: Subject) -> Iterator[str]:
    comparison = subject.comparison
    if not subject.versions:
        yield (
            f"They have little text in common ({comparison.common:.0%}), so this compares two "
            "people, side by side, not two versions of one resume."
        )
    yield _verdict(subject)
    if comparison.lines:
        made = [change.turn for change in comparison.lines]
        here = len(comparison.after.resume.statements)
        kept = here - sum(turn is not LineTurn.REMOVED for turn in made)
        yield f"Lines: {turns(made)}; {kept} as they were."
    elif comparison.lines is not None:
        yield "No line is different."


def _verdict(subject: Subject) -> str:
    """Which fits moved, and which of them most; of the roles asked for, if any."""
    fits = [f for f in subject.comparison.fits if not subject.wanted or f.role in subject.wanted]
    better = [fit for fit in fits if fit.points >= _MOVES_FROM]
    worse = [fit for fit in fits if fit.points <= -_MOVES_FROM]
    words = ("Better", "Worse") if subject.versions else ("Second ahead", "First ahead")
    told = [
        f"{word} for {_most_moved(subject, moved)}."
        for word, moved in zip(words, (better, worse), strict=True)
        if moved
    ]
    rest = len(fits) - len(better) - len(worse)
    if not told:
        same = "No fit moves by half a point or more."
        return same if subject.versions else "For no role is either ahead by half a point or more."
    if rest:
        others = "The other role" if rest == 1 else f"The other {rest} roles"
        moves, are = ("moves", "is") if rest == 1 else ("move", "are")
        told.append(
            f"{others} {moves} by less than half a point."
            if subject.versions
            else f"{others} {are} within half a point."
        )
    return " ".join(told)


def _most_moved(subject: Subject, moved: Sequence[FitChange]) -> str:
    most = max(moved, key=lambda fit: abs(fit.points))
    between = "to" if subject.versions else "and"
    name = f"{subject.role(most.role)} ({most.before.fit:.1f} {between} {most.after.fit:.1f})"
    return name if len(moved) == 1 else f"{count(len(moved), 'role')}, most for {name}"


def foot(subject: Subject) -> Iterator[str]:
    """Return what the points mean, and what they do not."""
    lines = subject.comparison.lines
    yield "Evidence found in the text, not a verdict on a person."
    if subject.versions and lines is None:
        yield "Lines are not compared: of a result in JSON only the evidence is known."
    if lines:
        yield (
            "A line's points: what it brings on average alone and after all others; lines that "
            "show the same overlap. A role's points per skill sum to its change."
        )
