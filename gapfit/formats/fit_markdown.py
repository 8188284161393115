"""An Analysis as Markdown, to paste into an issue, a note or a chat; what a resume says is data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gapfit.datamodels import (
    Advice,
    Analysis,
    Catalogue,
    Contribution,
    Evidence,
    Gain,
    Gap,
    Manifest,
    ParseWarning,
    Resume,
    Role,
    RoleFit,
    SkillFinding,
    Topic,
)
from gapfit.formats.clean import clean, shorten
from gapfit.formats.inert import markdown as inert, pasted
from gapfit.formats.words import GATE_WORDS, LANGUAGES, LEVELS, count, listed, names_of

# How much is shown, (usual, with -v).
_ROLES_EXPLAINED = 3
_CONTRIBUTIONS = (5, 12)
_GAPS = (6, 15)
_OTHER_GAPS = (5, 15)

# Less than this would be shown as 0.0 points; smaller gains are not worth a reader's time.
_VISIBLE = 0.05
_LEAST_GAIN = 0.1

_LONGEST_QUOTE = 200

# What a topic of advice is called.
_TOPICS = {
    Topic.HEADLINE: "Headline",
    Topic.TITLE: "Title",
    Topic.LEVEL: "Level",
    Topic.MOVE: "Move",
    Topic.GATE: "Research",
    Topic.STAY: "ML or AI",
    Topic.COMBINATION: "Both sides",
    Topic.KEYWORDS: "Keywords",
}


def render(
    analysis: Analysis,
    catalogue: Catalogue,
    *,
    verbose: bool = False,
    wanted: Sequence[str] = (),
) -> str:
    """Return the analysis as Markdown, ending in a newline.

    ``wanted`` are the role ids to explain instead of the best three; ``verbose`` shows more skills
    and gaps of each.
    """
    return "\n\n".join(_View(analysis, catalogue, verbose, wanted).blocks()) + "\n"


def warned(warnings: Sequence[ParseWarning], lead: str) -> Iterator[str]:
    """Return warnings about a reading as one quoted block under ``lead``; nothing without any."""
    if warnings:
        yield "\n".join([f"> **{inert(lead)}**", ">", *(f"> - {_warning(w)}" for w in warnings)])


def quoted(evidence: Evidence, around: Sequence[str] = ()) -> str:
    """Return a line of a resume in quotation marks, with its page and line."""
    words = shorten(clean(evidence.text), _LONGEST_QUOTE, around=around)
    return f"“{pasted(words)}” (page {evidence.page}, line {evidence.line})"


def small(manifest: Manifest, inputs: str) -> str:
    """Return what a result was made with, and disclaims, in small print; ``inputs`` are hashes."""
    return (
        "<sub>Evidence found in the text, not a verdict on a person. "
        f"gapfit {inert(manifest.gapfit_version)}, model {inert(manifest.model)} "
        f"({manifest.model_sha256[:12]}), profiles {manifest.profiles_sha256[:12]}, {inputs}.</sub>"
    )


class _View:
    """The parts, in the order they are read; each method returns the blocks of one."""

    def __init__(
        self, analysis: Analysis, catalogue: Catalogue, verbose: bool, wanted: Sequence[str]
    ) -> None:
        self._analysis = analysis
        self._catalogue = catalogue
        self._verbose = verbose
        self._findings = {finding.skill: finding for finding in analysis.skills}
        self._quoted: set[tuple[int, int, str]] = set()
        self._ranked = sorted(analysis.roles, key=lambda fit: fit.rank)
        current = [f for f in self._ranked if not catalogue.role(f.role).modern_wording]
        self._explained = (
            [fit for fit in self._ranked if fit.role in wanted]
            if wanted
            else current[:_ROLES_EXPLAINED]
        )

    def blocks(self) -> Iterator[str]:
        best = [f"{self._role(fit.role)} {fit.fit:.0f}" for fit in self._explained]
        yield f"# Fit: {', '.join(best)}"
        warnings = self._analysis.resume.warnings
        yield from warned(
            warnings, "Read this first: the scores below are less certain than usual."
        )
        yield _reading(self._analysis.resume)
        yield from self._fits()
        yield from self._carried()
        yield from self._gaps()
        yield from self._advice()
        made = self._analysis.manifest
        yield "---"
        yield small(made, f"resume {made.input_sha256[:12]}")

    def _most(self, limits: tuple[int, int]) -> int:
        return limits[1] if self._verbose else limits[0]

    def _role(self, role: str) -> str:
        return inert(self._catalogue.role(role).name)

    def _skill(self, skill: str) -> str:
        return inert(self._catalogue.skill(skill).name)

    # ------------------------------------------------------------ the roles

    def _fits(self) -> Iterator[str]:
        yield "## Fit for each role"
        yield "0-100. 80 would clearly be interviewed, 50 has clear gaps."
        rows = [
            f"| {fit.rank} | {self._role(fit.role)} | {fit.fit:.0f} | {self._note(fit)} |"
            for fit in self._ranked
        ]
        yield "\n".join(["|  | Role | Fit |  |", "|--:|:--|--:|:--|", *rows])

    def _note(self, fit: RoleFit) -> str:
        role = self._catalogue.role(fit.role)
        notes = []
        if role.modern_wording:
            notes.append(f"vestigial title, today: {role.modern_wording}")
        if _held_back(fit):
            in_words = role.gate.keys() <= GATE_WORDS.keys()
            needed = self._gate(role) if in_words else "its headline task"
            notes.append(f"held back until a line shows {needed}")
        if role.extends is not None:
            notes.append(f"variant of {self._catalogue.role(role.extends).name}")
        return inert("; ".join(notes))

    def _gate(self, role: Role) -> str:
        names = [GATE_WORDS.get(s) or self._catalogue.skill(s).name for s in role.gate]
        return listed(names, "or")

    # ------------------------------------------------------------ what carried the scores

    def _carried(self) -> Iterator[str]:
        yield "## What carried the score"
        for fit in self._explained:
            yield f"### {self._role(fit.role)}, {fit.fit:.0f}"
            if _held_back(fit):
                gate = self._gate(self._catalogue.role(fit.role))
                yield inert(f"Held back until a line shows {gate}.")
            earning = [c for c in fit.contributions if c.points >= _VISIBLE]
            shown = earning[: self._most(_CONTRIBUTIONS)]
            lines = [self._contribution(part) for part in shown]
            if rest := earning[len(shown) :]:
                points = sum(c.points for c in rest)
                lines.append(f"- +{points:.1f} from {count(len(rest), 'more skill')}")
            yield "\n".join(lines) or "No line carries this role yet."

    def _contribution(self, part: Contribution) -> str:
        finding = self._findings[part.skill]
        head = (
            f"- **+{part.points:.1f}** of {part.possible:.1f}, {self._skill(part.skill)}, "
            f"{LEVELS[finding.level]}"
        )
        return f"{head}: {self._quote(finding)}" if finding.evidence else head

    def _quote(self, finding: SkillFinding) -> str:
        """The best line, in full the first time."""
        best = finding.evidence[0]
        line = (best.page, best.line, best.text)
        if line in self._quoted:
            return f"quoted above (page {best.page}, line {best.line})"
        self._quoted.add(line)
        return quoted(best, names_of(self._catalogue, finding.skill))

    # ------------------------------------------------------------ the gaps

    def _gaps(self) -> Iterator[str]:
        overlap = {area.id for area in self._catalogue.areas if area.overlap}
        first = [gap for gap in self._analysis.gaps if gap.area in overlap]
        other = [gap for gap in self._analysis.gaps if gap.area not in overlap]
        yield "## Gaps to close first"
        if not first and not other:
            yield "No gap found: every skill looked for has its line."
        if first:
            yield from self._gap_list(first, self._most(_GAPS))
        if first and other:
            yield "Beyond evals, retrieval and observability:"
        if other:
            yield from self._gap_list(other, self._most(_OTHER_GAPS))

    def _gap_list(self, gaps: Sequence[Gap], most: int) -> Iterator[str]:
        yield "\n".join(f"{n}. {self._gap(gap)}" for n, gap in enumerate(gaps[:most], start=1))
        if len(gaps) > most:
            yield f"… and {len(gaps) - most} more."

    def _gap(self, gap: Gap) -> str:
        area = inert(self._catalogue.area(gap.area).name)
        gains = self._gains(gap.gains)
        return f"**{self._skill(gap.skill)}** ({area}): {gains}. {inert(gap.why)}"

    def _gains(self, gains: Sequence[Gain]) -> str:
        worth = [f"+{g.points:.1f} {self._role(g.role)}" for g in gains if g.points >= _LEAST_GAIN]
        return ", ".join(worth) or f"less than +{_LEAST_GAIN:.1f} {self._role(gains[0].role)}"

    # ------------------------------------------------------------ the advice

    def _advice(self) -> Iterator[str]:
        given = [advice for advice in self._analysis.advice if advice.topic in _TOPICS]
        if given:
            yield "## Advice"
            yield "\n".join(f"- **{_TOPICS[a.topic]}:** {self._told(a)}" for a in given)

    def _told(self, advice: Advice) -> str:
        """A title is told by the skills that make it, all else in its own words."""
        if advice.topic is not Topic.TITLE:
            return pasted(advice.text)
        names = [self._skill(skill) for skill in advice.skills]
        by = f", by {listed(names)}" if names else ""
        return f"{self._role(advice.roles[0])}{by}"


def _held_back(fit: RoleFit) -> bool:
    return fit.note == "gate-closed"


def _warning(warning: ParseWarning) -> str:
    page = f" (page {warning.page})" if warning.page else ""
    return f"{inert(warning.code)}{page}: {inert(warning.message)}"


def _reading(resume: Resume) -> str:
    language = inert(LANGUAGES.get(resume.language, resume.language))
    clean_reading = "" if resume.warnings else ", read cleanly"
    return (
        f"{count(resume.pages, 'page')}, {count(len(resume.statements), 'statement')}, "
        f"{language}{clean_reading}."
    )
