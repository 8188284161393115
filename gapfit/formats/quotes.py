"""The lines that earned a skill its points, each quoted once and referred to afterwards."""

from __future__ import annotations

from rich.text import Text

from gapfit.datamodels import Analysis, Catalogue, SkillFinding
from gapfit.formats.canvas import text
from gapfit.formats.clean import clean, shorten
from gapfit.formats.words import names_of


class Quotes:
    """Hands out a skill's best line the first time it is asked for, a reference later."""

    def __init__(self, analysis: Analysis, catalogue: Catalogue, limit: int) -> None:
        self._findings = {finding.skill: finding for finding in analysis.skills}
        self._catalogue = catalogue
        self._limit = limit
        self._skills_quoted: set[str] = set()
        self._quoted_under: dict[tuple[int, int, str], str] = {}
        self._last = ""

    def finding(self, skill: str) -> SkillFinding:
        """Return what was found of a skill."""
        return self._findings[skill]

    def take(self, skill: str) -> tuple[str, Text | None]:
        """Return a reference to an earlier quote, or "", and the quote where it is the first."""
        if skill in self._skills_quoted:
            return "quoted above", None
        self._skills_quoted.add(skill)
        evidence = self._findings[skill].evidence
        if not evidence:
            return "", None
        best = evidence[0]
        line = (best.page, best.line, best.text)
        if line in self._quoted_under:
            under = self._quoted_under[line]
            return ("same line" if under == self._last else f"same line as {under}"), None
        known = self._catalogue.skill(skill)
        self._quoted_under[line] = self._last = known.name
        names = names_of(self._catalogue, skill)
        words = shorten(clean(best.text), self._limit, around=names)
        return "", text((f"“{words}”", "quote"), (f"  p.{best.page}", "quiet"))
