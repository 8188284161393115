"""Every role's fit on both sides, and why some of them moved, skill by skill."""

from __future__ import annotations

from gapfit.datamodels import FitChange, Part, SkillFinding
from gapfit.formats.comparison.subject import VISIBLE, Subject
from gapfit.formats.comparison.view import FitRow, PartRow, Quote, Why
from gapfit.formats.words import count, names_of

# How much is shown; of parts (usual, with -v).
_ROLES = 3
_PARTS = (4, 12)


def explained(subject: Subject) -> list[FitChange]:
    """Return the roles to explain: those asked for, those that moved most, or the best of both."""
    fits = subject.comparison.fits
    if subject.wanted:
        return [fit for fit in fits if fit.role in subject.wanted]
    current = [f for f in fits if not subject.catalogue.role(f.role).modern_wording]
    moved = [fit for fit in current if abs(fit.points) >= VISIBLE]
    if subject.versions:
        moved.sort(key=lambda fit: -abs(fit.points))
    else:
        moved.sort(key=lambda fit: -max(fit.before.fit, fit.after.fit))
    return moved[:_ROLES]


def fits(subject: Subject) -> tuple[FitRow, ...]:
    """Return every role's fit on both sides."""
    shown = {fit.role for fit in explained(subject)}
    return tuple(
        FitRow(
            subject.role(change.role),
            change.before.fit,
            change.after.fit,
            subject.moved(change),
            (change.before.note == "gate-closed", change.after.note == "gate-closed"),
            change.role in shown,
        )
        for change in subject.comparison.fits
    )


def whys(subject: Subject) -> tuple[Why, ...]:
    """Return the roles to explain, with the skills that moved them and the lines behind these."""
    teller = _Reasons(subject)
    return tuple(map(teller.why, explained(subject)))


class _Reasons:
    """Explains role by role; a line is quoted under the first skill it carries."""

    def __init__(self, subject: Subject) -> None:
        comparison = subject.comparison
        self._subject = subject
        self._before = {finding.skill: finding for finding in comparison.before.skills}
        self._after = {finding.skill: finding for finding in comparison.after.skills}
        self._elsewhere = (
            {statement.text for statement in comparison.after.resume.statements},
            {statement.text for statement in comparison.before.resume.statements},
        )
        self._quoted: set[tuple[str, str]] = set()

    def why(self, change: FitChange) -> Why:
        seen = [part for part in change.parts if abs(part.points) >= VISIBLE]
        shown = seen[: self._subject.most(_PARTS)]
        rest = change.parts[len(shown) :]  # the parts are sorted: what is not seen comes last
        points = sum(part.points for part in rest)
        told = abs(points) >= VISIBLE or len(seen) > len(shown)
        between = "→" if self._subject.versions else "and"
        return Why(
            title=(
                f"{self._subject.role(change.role)}: {change.before.fit:.1f} {between} "
                f"{change.after.fit:.1f}, {self._subject.moved(change)}"
            ),
            note=self._gate(change),
            parts=tuple(self._part(part, change.role) for part in shown),
            rest=(points, f"from {count(len(rest), 'more skill')}") if rest and told else None,
        )

    def _gate(self, change: FitChange) -> str:
        before, after = change.before.note, change.after.note
        if before == after:
            return ""
        side = self._subject.sides[1] if before else self._subject.sides[0]
        return (
            f"Held back without a line that shows its headline task, and only the {side} one has "
            "it: the skill that shows it is credited with what that releases."
        )

    def _part(self, part: Part, role: str) -> PartRow:
        old, new = self._before[part.skill], self._after[part.skill]
        quotes, repeated = self._evidence(old, new)
        levels = self._subject.levels(old, new)
        if part.skill in self._subject.catalogue.role(role).gate:
            levels += ", headline task"
        note = ""
        if not quotes:
            note = (
                "by lines quoted above"
                if repeated
                else "its lines are the same, what stands beside them is not"
            )
        return PartRow(part.points, self._subject.skill(part.skill), levels, note, quotes)

    def _evidence(self, old: SkillFinding, new: SkillFinding) -> tuple[tuple[Quote, ...], bool]:
        """The best line of each side that the other lacks, each quoted once.

        And whether there is one that was quoted before. Two people's lines are all their own.
        """
        names = names_of(self._subject.catalogue, old.skill)
        quotes, repeated = [], False
        for side, finding, elsewhere in zip(
            self._subject.sides, (old, new), self._elsewhere, strict=True
        ):
            own = (
                line
                for line in finding.evidence
                if not (self._subject.versions and line.text in elsewhere)
            )
            best = next(own, None)
            if best is None:
                continue
            if (side, best.text) in self._quoted:
                repeated = True
                continue
            self._quoted.add((side, best.text))
            quotes.append(self._subject.quote(side, best, names))
        return tuple(quotes), repeated
