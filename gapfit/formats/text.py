"""The terminal view of an Analysis: what was read, the roles, what carried them, the gaps.

Names are shown, never ids, and every claim stands beside the line that earned it. Nothing is
computed here that another format would have to compute again: the view selects and words.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from gapfit.datamodels import Analysis, Catalogue, Gap, Level, Role, RoleFit
from gapfit.formats.canvas import Canvas, bar, grid, heading, indented, text
from gapfit.formats.quotes import Quotes

# How much is shown, (usual, with -v).
_ROLES_EXPLAINED = 3
_CONTRIBUTIONS = (5, 12)
_GAPS = (6, 15)
_OTHER_GAPS = (5, 15)
_CONTRASTS = 4

# The pair whose scores are close by nature; within this many points the difference is explained.
_NEIGHBOURS = ("ai-engineer", "llm-engineer")
_CLOSE = 6.0

# Less than this would be shown as 0.0 points.
_VISIBLE = 0.05

_NAME_COLUMNS = 26
_LEVELS = {
    Level.ABSENT: "no line yet",
    Level.MENTIONED: "named only",
    Level.USED: "used",
    Level.OWNED: "owned",
}
# What a gate asks for, in words; any other skill is called by its name.
_GATE_WORDS = {"research-publications": "a paper", "open-source": "exceptional open source"}
_LANGUAGES = {
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "language unclear",
    "zh": "Chinese",
}


def render(
    analysis: Analysis,
    catalogue: Catalogue,
    *,
    width: int = 80,
    color: bool = False,
    unicode: bool = True,
    verbose: bool = False,
    wanted: Sequence[str] = (),
) -> str:
    """Return the analysis for people, ending in a newline.

    ``width`` is the terminal's; text keeps within 60 to 100 columns of it. ``unicode`` False
    replaces gapfit's own signs by ASCII ones. ``wanted`` are the role ids to explain instead of
    the best three.
    """
    canvas = Canvas(width, color, unicode)
    view = _View(analysis, catalogue, canvas.measure, verbose, tuple(wanted))
    return canvas.draw(
        *view.reading(), *view.ranking(), *view.carried(), *view.gaps(), *view.foot()
    )


class _View:
    """The sections, in the order they are read; each method returns the lines of one."""

    def __init__(
        self,
        analysis: Analysis,
        catalogue: Catalogue,
        measure: int,
        verbose: bool,
        wanted: tuple[str, ...],
    ) -> None:
        self._analysis = analysis
        self._catalogue = catalogue
        self._measure = measure
        self._verbose = verbose
        self._ranked = sorted(analysis.roles, key=lambda fit: fit.rank)
        self._explained = self._choose(wanted)
        self._quotes = Quotes(analysis, catalogue, limit=2 * measure - 45)

    def _choose(self, wanted: tuple[str, ...]) -> list[RoleFit]:
        if wanted:
            return [fit for fit in self._ranked if fit.role in wanted]
        current = [fit for fit in self._ranked if not self._role(fit).modern_wording]
        return current[:_ROLES_EXPLAINED]

    def _role(self, fit: RoleFit) -> Role:
        return self._catalogue.role(fit.role)

    def _most(self, limits: tuple[int, int]) -> int:
        return limits[1] if self._verbose else limits[0]

    # ------------------------------------------------------------ what was read

    def reading(self) -> list[RenderableType]:
        resume = self._analysis.resume
        counts = (
            f"{_count(resume.pages, 'page')}, {_count(len(resume.statements), 'statement')}, "
            f"{_LANGUAGES.get(resume.language, resume.language)}"
        )
        if not resume.warnings:
            return [text((f"{counts}, read cleanly", "quiet"))]
        table = grid("left", "fill")
        for warning in resume.warnings:
            page = f" (page {warning.page})" if warning.page else ""
            table.add_row(text((" ! ", "alarm")), text((warning.code, "warning"), page))
            table.add_row("", text(warning.message))
        return [
            text((" READ THIS FIRST: the scores below are less certain than usual ", "alarm")),
            Text(),
            table,
            Text(),
            text((f"{counts}", "quiet")),
        ]

    # ------------------------------------------------------------ the roles, ranked

    def ranking(self) -> list[RenderableType]:
        columns = min(32, self._measure - _NAME_COLUMNS - 13)
        return [
            heading("Fit for each role"),
            text(("Out of 100. 80: would clearly be interviewed. 50: clear gaps.", "quiet")),
            Text(),
            *self._rows(columns),
            *self._neighbours(),
        ]

    def _rows(self, columns: int) -> list[RenderableType]:
        rows: list[RenderableType] = []
        for fit in self._ranked:
            role = self._role(fit)
            style = "strong" if fit in self._explained else ""
            row = text((f"{fit.rank:>2}  ", "quiet"), (f"{role.name:<{_NAME_COLUMNS}}  ", style))
            row.append_text(bar(fit.fit, columns))
            row.append(f"  {fit.fit:>3.0f}", style)
            rows.append(row)
            rows += [indented(text((note, "quiet")), 4) for note in self._notes(fit, role)]
        return rows

    def _notes(self, fit: RoleFit, role: Role) -> list[str]:
        notes = []
        if role.modern_wording:
            notes.append(f"Vestigial title. Today this is called: {role.modern_wording}")
        if fit.note == "gate-closed":
            notes.append(f"Needs {self._gate(role)}; none found, so the score is held back.")
        if role.extends is not None:
            notes.append(f"Variant of {self._catalogue.role(role.extends).name}")
        return notes

    def _gate(self, role: Role) -> str:
        return " or ".join(
            _GATE_WORDS.get(skill) or self._catalogue.skill(skill).name for skill in role.gate
        )

    def _neighbours(self) -> list[RenderableType]:
        """Where the two close roles are close, what puts one before the other."""
        pair = [fit for fit in self._ranked if fit.role in _NEIGHBOURS]
        if len(pair) < 2 or pair[0].fit - pair[1].fit > _CLOSE or not pair[0].fit:
            return []
        first, second = pair
        names = self._role(first).name, self._role(second).name
        points = {c.skill: c.points for c in second.contributions}
        differences = {c.skill: c.points - points.pop(c.skill, 0.0) for c in first.contributions}
        differences |= {skill: -lost for skill, lost in points.items()}
        largest = sorted(differences, key=lambda skill: (-abs(differences[skill]), skill))
        told = [s for s in largest[:_CONTRASTS] if abs(differences[s]) >= _VISIBLE]
        sides = []
        for name, sign in ((names[0], 1), (names[1], -1)):
            earned = [s for s in told if differences[s] * sign > 0]
            if earned:
                skills = ", ".join(
                    f"{self._catalogue.skill(s).name} +{abs(differences[s]):.1f}" for s in earned
                )
                sides.append(f"{name} earns more from {skills}")
        if not sides:
            return []
        line = f"{names[0]} and {names[1]} are close by nature. Here, {'; '.join(sides)}."
        return [Text(), text(line)]

    # ------------------------------------------------------------ what carried the scores

    def carried(self) -> list[RenderableType]:
        parts: list[RenderableType] = [heading("What carried the score")]
        for fit in self._explained:
            parts += [Text(), self._title(fit), self._contributions(fit)]
        return parts

    def _title(self, fit: RoleFit) -> Text:
        return text((self._role(fit).name, "strong"), f"  {fit.fit:.0f}")

    def _contributions(self, fit: RoleFit) -> RenderableType:
        earning = [c for c in fit.contributions if c.points >= _VISIBLE]
        if not earning:
            return indented(text(("No line carries this role yet.", "quiet")))
        table = grid("left", "fill")
        shown = earning[: self._most(_CONTRIBUTIONS)]
        for part in shown:
            finding = self._quotes.finding(part.skill)
            name = self._catalogue.skill(part.skill).name
            label = text((name, "strong"), (f"  {_LEVELS[finding.level]}", "quiet"))
            reference, quote = self._quotes.take(part.skill)
            if reference:
                label.append_text(text((f", {reference}", "quiet")))
            table.add_row(
                text((_points(part.points), "gain"), (f" of {part.possible:.1f}", "quiet")),
                Group(label, *([quote] if quote else [])),
            )
        rest = earning[len(shown) :]
        if rest:
            points = sum(c.points for c in rest)
            more = f"from {_count(len(rest), 'more skill')}"
            table.add_row(text((_points(points), "gain")), text((more, "quiet")))
        return indented(table)

    # ------------------------------------------------------------ the gaps

    def gaps(self) -> list[RenderableType]:
        overlap = {area.id for area in self._catalogue.areas if area.overlap}
        first = [gap for gap in self._analysis.gaps if gap.area in overlap]
        other = [gap for gap in self._analysis.gaps if gap.area not in overlap]
        if not first and not other:
            return [heading("Gaps"), text("No gap found: every skill looked for has its line.")]
        return [*self._main_gaps(first), *self._further_gaps(other, bool(first))]

    def _main_gaps(self, gaps: Sequence[Gap]) -> list[RenderableType]:
        if not gaps:
            return []
        names = [area.name for area in self._catalogue.areas if area.overlap]
        remark = f"{_listed(names)}: what counts for AI and ML engineering alike."
        table = grid("right", "fill")
        shown = gaps[: self._most(_GAPS)]
        for number, gap in enumerate(shown, start=1):
            table.add_row(text((str(number), "quiet")), self._gap(gap))
        return [
            heading("Gaps to close first"),
            text((remark, "quiet")),
            Text(),
            table,
            *_more(len(gaps) - len(shown)),
        ]

    def _gap(self, gap: Gap) -> RenderableType:
        labels = [self._catalogue.area(gap.area).name, _LEVELS[gap.level]]
        if gap.occasional:
            labels.append("occasional")
        head = text((self._catalogue.skill(gap.skill).name, "strong"))
        head.append_text(text((f"  {' · '.join(labels)}", "quiet")))
        return Group(head, self._gains(gap), text((gap.why, "quiet")))

    def _gains(self, gap: Gap) -> Text:
        gains = (f"+{g.points:.1f} {self._catalogue.role(g.role).name}" for g in gap.gains)
        return text((", ".join(gains), "gain"))

    def _further_gaps(self, gaps: Sequence[Gap], after_others: bool) -> list[RenderableType]:
        if not gaps:
            return []
        shown = gaps[: self._most(_OTHER_GAPS)]
        parts: list[RenderableType] = []
        for gap in shown:
            rare = "  occasional" if gap.occasional else ""
            parts.append(text(self._catalogue.skill(gap.skill).name, (rare, "quiet")))
            parts.append(indented(self._gains(gap), 3))
        title = "Beyond these areas" if after_others else "Gaps to close first"
        return [heading(title), Text(), *parts, *_more(len(gaps) - len(shown))]

    # ------------------------------------------------------------ the foot

    def foot(self) -> list[RenderableType]:
        lines = (
            "Evidence found in the text, not a verdict on a person. Where no line shows a skill, "
            "the work may still have been done: only a line that says so can count.",
            "Every skill with its evidence: gapfit fit RESUME.pdf --format json. "
            "More gaps and lines: -v. What a role asks for: gapfit roles ROLE.",
        )
        return [Text(), *(text((line, "quiet")) for line in lines)]


def _points(points: float) -> str:
    return f"{f'+{points:.1f}':>5}"


def _more(count: int) -> list[RenderableType]:
    return [Text(), text((f"and {count} more (-v)", "quiet"))] if count > 0 else []


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
