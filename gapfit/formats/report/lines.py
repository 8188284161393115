"""The lines that count: each with the skills it shows, and the points it earned for one role.

A skill's points are counted at its best line, so that what the lines earned sums to the fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gapfit.datamodels import Analysis, Catalogue, Evidence, RoleFit, SkillFinding
from gapfit.formats.clean import clean
from gapfit.formats.words import LEVELS

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """A line as evidence: its words, and where it stands."""

    text: str
    page: int
    line: int

    @property
    def place(self) -> str:
        """Where it stands, in words that fit into a margin."""
        return f"p. {self.page}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A skill as a line shows it; ``points`` are what it earned the role here.

    ``best`` says that no line shows the skill better; only there its level is told, and only there
    it earns.
    """

    id: str
    name: str
    level: str
    best: bool
    points: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One line that counts, in the words of the statements that begin on it."""

    page: int
    line: int
    quotes: tuple[Quote, ...]
    skills: tuple[Shown, ...]

    @property
    def points(self) -> float:
        return sum(shown.points for shown in self.skills)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines that count, those that earned most for ``role`` first.

    ``unplaced`` are points of skills that no single line shows: a whole area suggests them.
    """

    role: str
    fit: float
    entries: tuple[Entry, ...]
    unplaced: float

    @property
    def earning(self) -> tuple[Entry, ...]:
        """The entries that earned the role something that can be seen."""
        return tuple(entry for entry in self.entries if entry.points >= 0.05)

    @property
    def others(self) -> tuple[Entry, ...]:
        """The entries that count for other roles only."""
        return tuple(entry for entry in self.entries if entry.points < 0.05)


def quote(evidence: Evidence) -> Quote:
    """Return evidence as it is quoted."""
    return Quote(clean(evidence.text), evidence.page, evidence.line)


def ledger(analysis: Analysis, catalogue: Catalogue, fit: RoleFit) -> Ledger:
    """Return the lines that count, with what each earned for the role of ``fit``."""
    points = {part.skill: part.points for part in fit.contributions}
    skills: dict[Place, list[Shown]] = defaultdict(list)
    quotes: dict[Place, dict[Quote, None]] = defaultdict(dict)
    for finding in analysis.skills:
        for best, evidence in _lines(finding):
            place = (evidence.page, evidence.line)
            earned = points.get(finding.skill, 0.0) if best else 0.0
            skills[place].append(_shown(finding, catalogue, best, earned))
            quotes[place][quote(evidence)] = None
    for advice in analysis.advice:
        for evidence in advice.evidence:
            quotes[evidence.page, evidence.line][quote(evidence)] = None
    entries = [
        Entry(page, line, tuple(said), _ordered(skills[page, line]))
        for (page, line), said in quotes.items()
    ]
    entries.sort(key=lambda entry: (-round(entry.points, 6), entry.page, entry.line))
    without = sum(points.get(f.skill, 0.0) for f in analysis.skills if not f.evidence)
    return Ledger(clean(catalogue.role(fit.role).name), fit.fit, tuple(entries), without)


def _lines(finding: SkillFinding) -> Iterator[tuple[bool, Evidence]]:
    """The lines of a finding, each place once: the first of all is the best."""
    seen: set[Place] = set()
    for evidence in finding.evidence:
        place = (evidence.page, evidence.line)
        if place not in seen:
            yield not seen, evidence
            seen.add(place)


def _shown(finding: SkillFinding, catalogue: Catalogue, best: bool, points: float) -> Shown:
    name = clean(catalogue.skill(finding.skill).name)
    return Shown(finding.skill, name, LEVELS[finding.level] if best else "also here", best, points)


def _ordered(skills: Sequence[Shown]) -> tuple[Shown, ...]:
    return tuple(sorted(skills, key=lambda s: (-round(s.points, 6), not s.best, s.name)))
