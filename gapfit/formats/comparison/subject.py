"""What a comparison is told about: both sides by name, and how much of them is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gapfit.datamodels import Catalogue, Comparison, Evidence, FitChange, SkillFinding, Statement
from gapfit.formats.clean import clean, shorten
from gapfit.formats.comparison.view import Quote, signed
from gapfit.formats.words import LEVELS

# Less (points) is shown as 0.0.
VISIBLE = 0.05


@dataclass(frozen=True, slots=True)
class Subject:
    """A comparison with what is needed to put it into words.

    ``limit`` is the most characters of a quoted line; ``wanted`` are the role ids asked for.
    """

    comparison: Comparison
    catalogue: Catalogue
    names: tuple[str, str]
    limit: int
    verbose: bool
    wanted: tuple[str, ...]

    @property
    def versions(self) -> bool:
        return self.comparison.versions

    @property
    def sides(self) -> tuple[str, str]:
        """What both sides are called."""
        return ("old", "new") if self.versions else ("first", "second")

    def most(self, limits: tuple[int, int]) -> int:
        """Return how much is shown of limits given as (usual, with -v)."""
        return limits[1] if self.verbose else limits[0]

    def role(self, role: str) -> str:
        return self.catalogue.role(role).name

    def skill(self, skill: str) -> str:
        return self.catalogue.skill(skill).name

    def quote(self, side: str, line: Evidence | Statement, around: Iterable[str]) -> Quote:
        """Return a line of one side, cut to the part that holds one of the words ``around``."""
        return Quote(side, shorten(clean(line.text), self.limit, around), line.page, line.line)

    def levels(self, old: SkillFinding, new: SkillFinding) -> str:
        """Return the levels of a skill on both sides."""
        before, after = LEVELS[old.level], LEVELS[new.level]
        if not self.versions:
            return f"{before} / {after}"
        if old.level != new.level:
            return f"{before} → {after}"
        return f"{after}, {'more' if new.credit > old.credit else 'less'} surely"

    def moved(self, change: FitChange) -> str:
        """Return the difference of fits as they are shown: what changed, or which is ahead."""
        points = round(change.after.fit, 1) - round(change.before.fit, 1)
        if self.versions or abs(points) < VISIBLE:
            return signed(points)
        return f"{self.sides[points > 0]} {signed(abs(points))}"
