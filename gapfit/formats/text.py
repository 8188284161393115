"""The terminal view of an Analysis: what was read, the roles, what carried them, the gaps.

Names are shown, never ids, and every claim stands beside the line that earned it. Nothing is
computed here that another format would have to compute again: the view selects and words.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from gapfit.datamodels import Analysis, Catalogue, Gap, Role, RoleFit, Topic
from gapfit.formats.advice import section
from gapfit.formats.canvas import Canvas, bar, grid, heading, indented, text
from gapfit.formats.clean import shorten
from gapfit.formats.quotes import Quotes
from gapfit.formats.words import GATE_WORDS, LANGUAGES, LEVELS, count, gained, listed

# How much is shown, (usual, with -v).
_ROLES_EXPLAINED = 3
_CONTRIBUTIONS = (5, 12)
_GAPS = (6, 15)
_OTHER_GAPS = (5, 15)

# Less than this would be shown as 0.0 points.
_VISIBLE = 0.05
# Gains below this (points) are not worth a reader's time beside larger ones.
_LEAST_GAIN = 0.1

_LONGEST_NAME = 30
_LONGEST_BAR = 32


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
        *view.reading(),
        *view.ranking(),
        *view.carried(),
        *view.gaps(),
        *section(analysis, catalogue, canvas.measure, verbose),
        *view.foot(),
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
        self._quotes = Quotes(analysis, catalogue, limit=2 * measure - 42)

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
            f"{count(resume.pages, 'page')}, {count(len(resume.statements), 'statement')}, "
            f"{LANGUAGES.get(resume.language, resume.language)}"
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
            text((counts, "quiet")),
        ]

    # ------------------------------------------------------------ the roles, ranked

    def ranking(self) -> list[RenderableType]:
        return [
            heading("Fit for each role"),
            text(("0-100. 80 would clearly be interviewed, 50 has clear gaps.", "quiet")),
            Text(),
            *self._rows(),
            *self._footnote(),
            *self._neighbours(),
        ]

    def _rows(self) -> list[RenderableType]:
        names = {fit.role: shorten(self._role(fit).name, _LONGEST_NAME) for fit in self._ranked}
        longest = max(map(len, names.values()), default=0)
        columns = min(_LONGEST_BAR, self._measure - longest - len(" 1      100*"))
        rows: list[RenderableType] = []
        for fit in self._ranked:
            role = self._role(fit)
            style = "strong" if fit in self._explained else ""
            row = text((f"{fit.rank:>2}  ", "quiet"), (f"{names[fit.role]:<{longest}}  ", style))
            row.append_text(bar(fit.fit, columns))
            row.append(f"  {fit.fit:>3.0f}", style)
            row.append("*" if _held_back(fit) else "")
            rows.append(row)
            rows += [indented(text((note, "quiet")), 4) for note in self._notes(fit, role)]
        return rows

    def _notes(self, fit: RoleFit, role: Role) -> list[str]:
        notes = []
        if role.modern_wording:
            notes.append(f"Vestigial title, today: {role.modern_wording}")
        if _held_back(fit) and role.gate.keys() <= GATE_WORDS.keys():
            notes.append(f"Needs {self._gate(role)}; none found.")
        if role.from_ad:
            notes.append(role.headline)
        elif role.extends is not None:
            notes.append(f"Variant of {self._catalogue.role(role.extends).name}")
        return notes

    def _footnote(self) -> list[RenderableType]:
        if not any(_held_back(fit) for fit in self._ranked):
            return []
        told = "* Held back: no line shows the headline task yet. gapfit roles ROLE names it."
        return [Text(), text((told, "quiet"))]

    def _gate(self, role: Role) -> str:
        names = [GATE_WORDS.get(s) or self._catalogue.skill(s).name for s in role.gate]
        return listed(names, "or")

    def _neighbours(self) -> list[RenderableType]:
        """Where the two close roles are close, what puts one before the other."""
        explained = {fit.role for fit in self._explained}
        told = [
            advice
            for advice in self._analysis.advice
            if advice.topic is Topic.CLOSE_PAIR and explained & set(advice.roles)
        ]
        return [part for advice in told for part in (Text(), text(advice.text))]

    # ------------------------------------------------------------ what carried the scores

    def carried(self) -> list[RenderableType]:
        parts: list[RenderableType] = [heading("What carried the score")]
        for fit in self._explained:
            parts += [Text(), *self._title(fit), self._contributions(fit)]
        return parts

    def _title(self, fit: RoleFit) -> list[RenderableType]:
        role = self._role(fit)
        title = text((role.name, "strong"), f"  {fit.fit:.0f}")
        if not _held_back(fit):
            return [title]
        note = f"Held back until a line shows {self._gate(role)}."
        return [title, indented(text((note, "quiet")))]

    def _contributions(self, fit: RoleFit) -> RenderableType:
        earning = [c for c in fit.contributions if c.points >= _VISIBLE]
        if not earning:
            return indented(text(("No line carries this role yet.", "quiet")))
        table = grid("left", "fill")
        shown = earning[: self._most(_CONTRIBUTIONS)]
        for part in shown:
            finding = self._quotes.finding(part.skill)
            name = self._catalogue.skill(part.skill).name
            label = text((name, "strong"), (f"  {LEVELS[finding.level]}", "quiet"))
            reference, quote = self._quotes.take(part.skill)
            if reference:
                label.append_text(text((f", {reference}", "quiet")))
            table.add_row(
                text((gained(part.points), "gain"), (f" of {part.possible:.1f}", "quiet")),
                Group(label, *([quote] if quote else [])),
            )
        rest = earning[len(shown) :]
        if rest:
            points = sum(c.points for c in rest)
            more = f"from {count(len(rest), 'more skill')}"
            table.add_row(text((gained(points), "gain")), text((more, "quiet")))
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
        remark = (
            f"{listed(names)}: what counts for AI and ML engineering alike. Ranked by what each "
            "would add, and by how surely it is missing."
        )
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
        labels = [self._catalogue.area(gap.area).name, LEVELS[gap.level]]
        if gap.occasional:
            labels.append("occasional")
        head = text((self._catalogue.skill(gap.skill).name, "strong"))
        head.append_text(text((f"  {' · '.join(labels)}", "quiet")))
        return Group(head, self._gains(gap), text((gap.why, "quiet")))

    def _gains(self, gap: Gap) -> Text:
        """Gains worth showing; where none is, the largest as less than the least shown."""
        worth = [g for g in gap.gains if g.points >= _LEAST_GAIN]
        gains = [f"+{g.points:.1f} {self._catalogue.role(g.role).name}" for g in worth]
        least = f"less than +{_LEAST_GAIN:.1f} {self._catalogue.role(gap.gains[0].role).name}"
        return text((", ".join(gains) or least, "gain"))

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


def _more(count: int) -> list[RenderableType]:
    return [Text(), text((f"and {count} more (-v)", "quiet"))] if count > 0 else []


def _held_back(fit: RoleFit) -> bool:
    return fit.note == "gate-closed"
