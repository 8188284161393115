"""Skills and gaps in lists: what changed, or who shows what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gapfit.datamodels import Gap, GapTurn, Level, SkillTurn
from gapfit.formats.comparison.subject import Subject
from gapfit.formats.words import listed
from gapfit.wording import capital

# How much is shown, (usual, with -v).
_FIRST_GAPS = (5, 15)
_NAMES = (8, 126)

_TURNS = {
    SkillTurn.GAINED: "Gained",
    SkillTurn.DEEPENED: "Deepened",
    SkillTurn.WEAKENED: "Weakened",
    SkillTurn.LOST: "Lost",
}


def skills(subject: Subject) -> Iterator[tuple[str, str]]:
    """Return skills that reached another level, or those that one person shows and not the other.

    Each list has its label.
    """
    yield from _turned(subject) if subject.versions else _shown(subject)


def _turned(subject: Subject) -> Iterator[tuple[str, str]]:
    for turn, label in _TURNS.items():
        found = [change for change in subject.comparison.skills if change.turn is turn]
        levels = {c.skill: f" ({subject.levels(c.before, c.after)})" for c in found}
        if levels:
            yield label, _weightiest(subject, levels)


def _shown(subject: Subject) -> Iterator[tuple[str, str]]:
    pairs = zip(subject.comparison.before.skills, subject.comparison.after.skills, strict=True)
    used = {one.skill: (one.level >= Level.USED, other.level >= Level.USED) for one, other in pairs}
    for label, wanted in (
        ("Only first", (True, False)),
        ("Only second", (False, True)),
        ("Both", (True, True)),
    ):
        found = {skill: "" for skill, sides in used.items() if sides == wanted}
        if found:
            yield label, _weightiest(subject, found)


def _weightiest(subject: Subject, remarks: Mapping[str, str]) -> str:
    """Names of skills with a remark each; those that move any fit most first."""
    weight: dict[str, float] = {}
    for fit in subject.comparison.fits:
        for part in fit.parts:
            weight[part.skill] = max(weight.get(part.skill, 0.0), abs(part.points))
    ordered = sorted(remarks, key=lambda skill: -weight.get(skill, 0.0))
    return _cut(subject, [f"{subject.skill(skill)}{remarks[skill]}" for skill in ordered])


def _cut(subject: Subject, names: Sequence[str]) -> str:
    most = subject.most(_NAMES)
    more = [f"and {len(names) - most} more"] if len(names) > most else []
    return "; ".join([*names[:most], *more])


def gaps(subject: Subject) -> Iterator[tuple[str, str]]:
    """Return gaps that closed and opened and which come first now, or the first of both people."""
    yield from _gap_turns(subject) if subject.versions else _gaps_of_both(subject)


def _gap_turns(subject: Subject) -> Iterator[tuple[str, str]]:
    comparison = subject.comparison
    for turn, label in ((GapTurn.CLOSED, "Closed"), (GapTurn.OPENED, "Opened")):
        names = [subject.skill(gap.skill) for gap in comparison.gaps if gap.turn is turn]
        if names:
            yield label, _cut(subject, names)
    earlier = {gap.skill: place for place, gap in enumerate(comparison.before.gaps, start=1)}
    first = list(enumerate(comparison.after.gaps, start=1))[: subject.most(_FIRST_GAPS)]
    told = [f"{n} {subject.skill(gap.skill)}{_was(earlier.get(gap.skill), n)}" for n, gap in first]
    yield "First now", "; ".join(told) or "no gap found"


def _was(earlier: int | None, place: int) -> str:
    if earlier is None:
        return " (new)"
    return "" if earlier == place else f" (was {earlier})"


def _gaps_of_both(subject: Subject) -> Iterator[tuple[str, str]]:
    sides = (subject.comparison.before.gaps, subject.comparison.after.gaps)
    for side, found in zip(subject.sides, sides, strict=True):
        yield capital(side), _first(subject, found) or "no gap found"
    roles = dict.fromkeys(gain.role for found in sides for gap in found for gain in gap.gains)
    if roles:
        yield "Aimed at", f"{listed([subject.role(role) for role in roles])}, for both"


def _first(subject: Subject, found: Sequence[Gap]) -> str:
    first = list(enumerate(found, start=1))[: subject.most(_FIRST_GAPS)]
    return "; ".join(f"{place} {subject.skill(gap.skill)}" for place, gap in first)
