"""A comparison in words: did the edit help, where, and why; or who is ahead of whom.

What resumes say is cleaned and cut here; making it inert is left to the format that draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gapfit.datamodels import (
    Catalogue,
    Comparison,
    Evidence,
    FitChange,
    Gap,
    GapTurn,
    Level,
    LineChange,
    LineTurn,
    ParseWarning,
    Part,
    SkillFinding,
    SkillTurn,
    Statement,
)
from gapfit.formats.clean import clean, shorten
from gapfit.formats.words import LEVELS, count, listed, names_of
from gapfit.wording import capital

# How much is shown, (usual, with -v).
_ROLES = 3
_PARTS = (4, 12)
_FIRST_GAPS = (5, 15)
_LINES = (6, 40)
_MOVES = (3, 18)
_SKILLS = (8, 126)

# A fit that moves by less (points) is about the same; less than the second is shown as 0.0.
_MOVES_FROM = 0.5
_VISIBLE = 0.05

_TURNS = {
    SkillTurn.GAINED: "Gained",
    SkillTurn.DEEPENED: "Deepened",
    SkillTurn.WEAKENED: "Weakened",
    SkillTurn.LOST: "Lost",
}
_LINE_TURNS = {
    LineTurn.ADDED: "added",
    LineTurn.REMOVED: "removed",
    LineTurn.REWORDED: "reworded",
    LineTurn.MOVED: "moved",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of one side: which ("old", "new", "first", "second"), its words and its place."""

    side: str
    words: str
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Warned:
    """What to know of the reading of one side before anything else."""

    lead: str
    warnings: tuple[ParseWarning, ...]


@dataclass(frozen=True, slots=True)
class FitRow:
    """A role's fit on both sides; ``held`` says which of them its headline task holds back."""

    role: str
    before: float
    after: float
    change: str
    held: tuple[bool, bool]
    explained: bool

    @property
    def rises(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class PartRow:
    """What one skill brings to a change: points, levels in words, and the lines that carry it."""

    points: float
    skill: str
    levels: str
    note: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One role's change, skill by skill; ``rest`` tells of the skills not shown, if any."""

    title: str
    note: str
    parts: tuple[PartRow, ...]
    rest: tuple[float, str] | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One edit: its lines, and what it moves, in words; "" where it has no effect."""

    turn: str
    quotes: tuple[Quote, ...]
    moves: str


@dataclass(frozen=True, slots=True)
class View:
    """The whole, in the order it is read."""

    title: str
    warned: tuple[Warned, ...]
    summary: tuple[str, ...]
    columns: tuple[str, str, str]
    fits: tuple[FitRow, ...]
    why_title: str
    why_remark: str
    whys: tuple[Why, ...]
    skills: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, str], ...]
    lines: tuple[LineRow, ...]
    idle: str
    idle_lines: tuple[LineRow, ...]
    foot: tuple[str, ...]


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
    return _Teller(comparison, catalogue, names, limit, verbose, wanted).view()


def signed(points: float) -> str:
    """Return points with their sign, without one where they are shown as zero."""
    shown = f"{abs(points):.1f}"
    if shown == "0.0":
        return shown
    return f"+{shown}" if points > 0 else f"−{shown}"


class _Teller:
    """Words one comparison, part by part."""

    def __init__(
        self,
        comparison: Comparison,
        catalogue: Catalogue,
        names: tuple[str, str],
        limit: int,
        verbose: bool,
        wanted: Sequence[str],
    ) -> None:
        self._comparison = comparison
        self._catalogue = catalogue
        self._names = tuple(map(clean, names))
        self._limit = limit
        self._verbose = verbose
        self._wanted = wanted
        self._sides = ("old", "new") if comparison.versions else ("first", "second")
        self._before = {finding.skill: finding for finding in comparison.before.skills}
        self._after = {finding.skill: finding for finding in comparison.after.skills}
        self._explained = self._choose()
        self._quoted: set[tuple[str, str]] = set()

    def view(self) -> View:
        if self._comparison.same:
            return self._nothing()
        whys = tuple(map(self._why, self._explained))
        moved, idle = self._lines()
        versions = self._comparison.versions
        return View(
            title=(" → " if versions else " and ").join(self._names),
            warned=tuple(self._warned()),
            summary=tuple(self._summary()),
            columns=(*self._sides, "change" if versions else "ahead"),
            fits=tuple(map(self._fit, self._comparison.fits)),
            why_title="Why" if versions else "What makes the difference",
            why_remark="" if versions else "+ counts for the second, − for the first.",
            whys=whys,
            skills=tuple(self._turned() if versions else self._shown()),
            gaps=tuple(self._gaps()),
            lines=moved,
            idle=self._idle(idle),
            idle_lines=tuple(map(self._line, idle)) if self._verbose else (),
            foot=tuple(self._foot()),
        )

    def _nothing(self) -> View:
        """What is said of two resumes that say the same."""
        said = tuple(self._warned()), tuple(self._summary())
        empty: tuple[()] = ()
        return View(
            " → ".join(self._names), *said, ("old", "new", "change"), empty, "", "", empty, empty,
            empty, empty, "", empty, empty,
        )  # fmt: skip

    def _most(self, limits: tuple[int, int]) -> int:
        return limits[1] if self._verbose else limits[0]

    def _role(self, role: str) -> str:
        return self._catalogue.role(role).name

    def _skill(self, skill: str) -> str:
        return self._catalogue.skill(skill).name

    def _choose(self) -> list[FitChange]:
        """The roles to explain: those asked for, those that moved most, or the best of both."""
        fits = self._comparison.fits
        if self._wanted:
            return [fit for fit in fits if fit.role in self._wanted]
        current = [f for f in fits if not self._catalogue.role(f.role).modern_wording]
        moved = [fit for fit in current if abs(fit.points) >= _VISIBLE]
        if self._comparison.versions:
            moved.sort(key=lambda fit: -abs(fit.points))
        else:
            moved.sort(key=lambda fit: -max(fit.before.fit, fit.after.fit))
        return moved[:_ROLES]

    # ------------------------------------------------------------ what comes first

    def _warned(self) -> Iterator[Warned]:
        sides = (self._comparison.before, self._comparison.after)
        for side, name, analysis in zip(self._sides, self._names, sides, strict=True):
            if analysis.resume.warnings:
                lead = f"Read this first: scores of {name} ({side}) are less certain than usual"
                yield Warned(lead, analysis.resume.warnings)

    def _summary(self) -> Iterator[str]:
        comparison = self._comparison
        old, new = self._sides
        yield f"{capital(old)}: {self._names[0]}. {capital(new)}: {self._names[1]}."
        if comparison.before.manifest.input_sha256 == comparison.after.manifest.input_sha256:
            yield "Both are the same file: nothing changes."
            return
        if comparison.same:
            by_line = "" if comparison.lines is None else ", line by line"
            yield f"Both say the same{by_line}: no fit changes."
            return
        if not comparison.versions:
            yield (
                f"They have little text in common ({comparison.common:.0%}), so this compares two "
                "people, side by side, not two versions of one resume."
            )
        yield self._verdict()
        if comparison.lines:
            turns = [change.turn for change in comparison.lines]
            new_lines = len(comparison.after.resume.statements)
            kept = new_lines - sum(turn is not LineTurn.REMOVED for turn in turns)
            yield f"Lines: {_turns(turns)}; {kept} as they were."
        elif comparison.lines is not None:
            yield "No line is different."

    def _verdict(self) -> str:
        """Which fits moved, and which of them most."""
        fits = self._explained if self._wanted else self._comparison.fits
        better = [fit for fit in fits if fit.points >= _MOVES_FROM]
        worse = [fit for fit in fits if fit.points <= -_MOVES_FROM]
        rest = len(fits) - len(better) - len(worse)
        versions = self._comparison.versions
        words = ("Better", "Worse") if versions else ("Second ahead", "First ahead")
        told = [
            f"{word} for {count(len(moved), 'role')}, most for {self._most_moved(moved)}."
            for word, moved in zip(words, (better, worse), strict=True)
            if moved
        ]
        if not told:
            return "No fit moves by half a point or more." if versions else "Level for every role."
        if rest:
            others = "The other role" if rest == 1 else f"The other {rest} roles"
            told.append(
                f"{others} {'moves' if rest == 1 else 'move'} by less than half a point."
                if versions
                else f"{others} {'is' if rest == 1 else 'are'} within half a point."
            )
        return " ".join(told)

    def _most_moved(self, moved: Sequence[FitChange]) -> str:
        most = max(moved, key=lambda fit: abs(fit.points))
        between = "to" if self._comparison.versions else "and"
        return f"{self._role(most.role)} ({most.before.fit:.1f} {between} {most.after.fit:.1f})"

    # ------------------------------------------------------------ fits, and why they moved

    def _fit(self, change: FitChange) -> FitRow:
        return FitRow(
            self._role(change.role),
            change.before.fit,
            change.after.fit,
            self._moved(change),
            (change.before.note == "gate-closed", change.after.note == "gate-closed"),
            change in self._explained,
        )

    def _moved(self, change: FitChange) -> str:
        """The difference of the fits as they are shown: which side is ahead, or what changed."""
        points = round(change.after.fit, 1) - round(change.before.fit, 1)
        if self._comparison.versions or abs(points) < _VISIBLE:
            return signed(points)
        return f"{self._sides[points > 0]} {signed(abs(points))}"

    def _why(self, change: FitChange) -> Why:
        seen = [part for part in change.parts if abs(part.points) >= _VISIBLE]
        shown = seen[: self._most(_PARTS)]
        rest = [part for part in change.parts if part not in shown]
        points = sum(part.points for part in rest)
        told = abs(points) >= _VISIBLE or len(seen) > len(shown)
        between = "→" if self._comparison.versions else "and"
        return Why(
            title=(
                f"{self._role(change.role)}: {change.before.fit:.1f} {between} "
                f"{change.after.fit:.1f}, {self._moved(change)}"
            ),
            note=self._gate(change),
            parts=tuple(self._part(part, change.role) for part in shown),
            rest=(points, f"from {count(len(rest), 'more skill')}") if rest and told else None,
        )

    def _gate(self, change: FitChange) -> str:
        before, after = change.before.note, change.after.note
        if before == after:
            return ""
        side = self._sides[1] if before else self._sides[0]
        return (
            f"Held back without a line that shows its headline task, and only the {side} one has "
            "it: the skill that shows it is credited with what that releases."
        )

    def _part(self, part: Part, role: str) -> PartRow:
        old, new = self._before[part.skill], self._after[part.skill]
        quotes, repeated = self._evidence(old, new)
        levels = self._levels(old, new)
        if part.skill in self._catalogue.role(role).gate:
            levels += ", headline task"
        note = ""
        if not quotes:
            note = (
                "by lines quoted above"
                if repeated
                else "its lines are the same, what stands beside them is not"
            )
        return PartRow(part.points, self._skill(part.skill), levels, note, quotes)

    def _levels(self, old: SkillFinding, new: SkillFinding) -> str:
        before, after = LEVELS[old.level], LEVELS[new.level]
        if not self._comparison.versions:
            return f"{before} / {after}"
        if old.level != new.level:
            return f"{before} → {after}"
        return f"{after}, {'more' if new.credit > old.credit else 'less'} surely"

    def _evidence(self, old: SkillFinding, new: SkillFinding) -> tuple[tuple[Quote, ...], bool]:
        """The best line of each side that the other lacks, each quoted once.

        And whether there is one that was quoted before.
        """
        comparison = self._comparison
        pairs = (
            (self._sides[0], old, comparison.after.resume.statements),
            (self._sides[1], new, comparison.before.resume.statements),
        )
        names = names_of(self._catalogue, old.skill)
        quotes, repeated = [], False
        for side, finding, other in pairs:
            texts = {statement.text for statement in other} if comparison.versions else set()
            best = next((line for line in finding.evidence if line.text not in texts), None)
            if best is None:
                continue
            if (side, best.text) in self._quoted:
                repeated = True
                continue
            self._quoted.add((side, best.text))
            quotes.append(self._quote(side, best, names))
        return tuple(quotes), repeated

    def _quote(self, side: str, line: Evidence | Statement, around: Iterable[str]) -> Quote:
        return Quote(side, shorten(clean(line.text), self._limit, around), line.page, line.line)

    # ------------------------------------------------------------ skills and gaps

    def _turned(self) -> Iterator[tuple[str, str]]:
        for turn, label in _TURNS.items():
            found = [change for change in self._comparison.skills if change.turn is turn]
            levels = {c.skill: f" ({self._levels(c.before, c.after)})" for c in found}
            if levels:
                yield label, self._names_of(levels)

    def _shown(self) -> Iterator[tuple[str, str]]:
        """What each of two people shows in use that the other does not."""
        shows = {
            skill: (old.level >= Level.USED, self._after[skill].level >= Level.USED)
            for skill, old in self._before.items()
        }
        for label, wanted in (
            ("Only first", (True, False)),
            ("Only second", (False, True)),
            ("Both", (True, True)),
        ):
            found = {skill: "" for skill, sides in shows.items() if sides == wanted}
            if found:
                yield label, self._names_of(found)

    def _names_of(self, skills: Mapping[str, str]) -> str:
        """Names of skills with a remark each; those that move a fit most first."""
        weight: dict[str, float] = {}
        for fit in self._comparison.fits:
            for part in fit.parts:
                weight[part.skill] = max(weight.get(part.skill, 0.0), abs(part.points))
        ordered = sorted(skills, key=lambda skill: -weight.get(skill, 0.0))
        shown = [f"{self._skill(skill)}{skills[skill]}" for skill in ordered]
        most = self._most(_SKILLS)
        more = [f"and {len(shown) - most} more"] if len(shown) > most else []
        return "; ".join([*shown[:most], *more])

    def _gaps(self) -> Iterator[tuple[str, str]]:
        comparison = self._comparison
        if not comparison.versions:
            for side, gaps in zip(
                self._sides, (comparison.before.gaps, comparison.after.gaps), strict=True
            ):
                yield capital(side), self._first(gaps, {}) or "no gap found"
            gains = (gain for gap in comparison.before.gaps for gain in gap.gains)
            aimed = [self._role(role) for role in dict.fromkeys(gain.role for gain in gains)]
            if aimed:
                yield "Aimed at", f"{listed(aimed)}, for both"
            return
        for turn, label in ((GapTurn.CLOSED, "Closed"), (GapTurn.OPENED, "Opened")):
            names = [self._skill(gap.skill) for gap in comparison.gaps if gap.turn is turn]
            if names:
                yield label, "; ".join(names)
        if not comparison.same:
            earlier = {gap.skill: n for n, gap in enumerate(comparison.before.gaps, start=1)}
            yield "First now", self._first(comparison.after.gaps, earlier) or "no gap found"

    def _first(self, gaps: Sequence[Gap], earlier: dict[str, int]) -> str:
        """The first gaps by place, each with its place before where that was another."""
        told = []
        for place, gap in enumerate(gaps[: self._most(_FIRST_GAPS)], start=1):
            was = ""
            if earlier and gap.skill not in earlier:
                was = " (new)"
            elif earlier and earlier[gap.skill] != place:
                was = f" (was {earlier[gap.skill]})"
            told.append(f"{place} {self._skill(gap.skill)}{was}")
        return "; ".join(told)

    # ------------------------------------------------------------ lines

    def _lines(self) -> tuple[tuple[LineRow, ...], list[LineChange]]:
        """The edits that move a fit, worded, and those that move none."""
        changes = self._comparison.lines or ()
        moved = [change for change in changes if change.shifts]
        moved.sort(key=lambda change: -self._weight(change))
        idle = [change for change in changes if not change.shifts]
        return tuple(map(self._line, moved[: self._most(_LINES)])), idle

    def _weight(self, change: LineChange) -> float:
        """The most an edit moves any role, or any of those asked for."""
        asked = [s for s in change.shifts if not self._wanted or s.role in self._wanted]
        return max((abs(shift.points) for shift in asked), default=0.0)

    def _line(self, change: LineChange) -> LineRow:
        old, new = change.before, change.after
        if change.turn is LineTurn.MOVED and new is not None:
            quotes: tuple[Quote, ...] = (self._quote("new", new, ()),)
        else:
            sides = (("old", old, new), ("new", new, old))
            quotes = tuple(
                self._quote(side, line, _only(line, other))
                for side, line, other in sides
                if line is not None
            )
        return LineRow(_LINE_TURNS[change.turn], quotes, self._moves(change))

    def _idle(self, idle: Sequence[LineChange]) -> str:
        if not idle:
            return ""
        hint = "" if self._verbose else " (-v shows them)"
        return f"No effect on any fit: {_turns([change.turn for change in idle])}{hint}."

    def _moves(self, change: LineChange) -> str:
        ordered = sorted(change.shifts, key=lambda shift: shift.role not in self._wanted)
        shown = ordered[: self._most(_MOVES)]
        told = [f"{signed(shift.points)} {self._role(shift.role)}" for shift in shown]
        rest = len(change.shifts) - len(shown)
        return ", ".join(told) + (f" and {count(rest, 'more role')}" if rest else "")

    # ------------------------------------------------------------ the foot

    def _foot(self) -> Iterator[str]:
        comparison = self._comparison
        yield "Evidence found in the text, not a verdict on a person."
        if comparison.versions and comparison.lines is None:
            yield "Lines are not compared: of a result in JSON only the evidence is known."
        if comparison.versions and comparison.lines:
            yield (
                "A line's points: what it brings on average alone and after all others; lines that "
                "show the same overlap. A role's points per skill sum to its change."
            )


def _only(line: Statement, other: Statement | None) -> list[str]:
    """The words of a line that the other one lacks: what a cut-out of it should hold."""
    if other is None:
        return []
    known = set(other.text.split())
    return [word for word in line.text.split() if word not in known]


def _turns(turns: Sequence[LineTurn]) -> str:
    counted = [(turns.count(turn), label) for turn, label in _LINE_TURNS.items()]
    return listed([f"{number} {label}" for number, label in counted if number])
