"""The whole report in the order in which it is read: worded and cleaned, not yet drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gapfit.datamodels import Analysis, Catalogue, Report, RoleFit, Topic
from gapfit.formats.checklist import view as checklist
from gapfit.formats.clean import clean
from gapfit.formats.report import advice, fits, gaps, lines, sheets, skills, whatif
from gapfit.formats.words import LANGUAGES, count, listed

# As many roles as ``gapfit fit`` explains unasked.
_NEAREST = 3

# What fits mean: from the one on a person would clearly be interviewed, below the other more is
# missing than there is.
_CLEAR = 80.0
_GAPS = 50.0

_UNDECIDED = "und"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to know before trusting a score; ``where`` is "" for the whole file."""

    code: str
    message: str
    where: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything that is said. ``lead`` is the id of the role that lines and map are shown for."""

    name: str
    read: str
    language: str  # ISO 639-1 of the quotes, "" when it is not known
    headline: str
    warnings: tuple[Warned, ...]
    summary: tuple[str, ...]
    lead: str
    roles: tuple[fits.RoleBar, ...]
    tones: tuple[tuple[str, str], ...]  # of the overlap areas, for the legend
    gaps: tuple[gaps.GapPart, ...]
    areas: tuple[skills.MappedArea, ...]
    ledger: lines.Ledger
    plan: checklist.View
    advice: tuple[advice.AdvicePart, ...]
    sources: tuple[tuple[str, str], ...]
    sheets: tuple[sheets.Sheet, ...]
    undrawn: str
    made: tuple[tuple[str, str], ...]
    model: str


def view(report: Report, catalogue: Catalogue) -> View:
    """Return what the report says."""
    analysis = report.analysis
    nearest = _nearest(report, catalogue)
    lead = nearest[0]
    ledger = lines.ledger(analysis, catalogue, lead)
    missing = gaps.gap_parts(analysis, catalogue)
    return View(
        name=clean(report.name),
        read=_read(analysis),
        language=clean(analysis.resume.language).replace(_UNDECIDED, ""),
        headline=_headline(report, nearest, catalogue),
        warnings=tuple(
            Warned(w.code, clean(w.message), f"page {w.page}" if w.page else "")
            for w in analysis.resume.warnings
        ),
        summary=tuple(_summary(analysis, nearest, missing, catalogue)),
        lead=lead.role,
        roles=fits.bars(analysis, catalogue, report.wanted),
        tones=tuple(
            (tone, clean(catalogue.area(area).name))
            for area, tone in fits.tones_of(catalogue).items()
        ),
        gaps=missing,
        areas=skills.skill_map(analysis, catalogue, catalogue.role(lead.role)),
        ledger=ledger,
        plan=checklist.view(report.checklist, catalogue),
        advice=advice.advice_parts(analysis, catalogue),
        sources=tuple(advice.sources(analysis, catalogue)),
        sheets=sheets.sheets(report, ledger),
        undrawn=clean(report.undrawn),
        made=tuple(_made(report)),
        model=whatif.model(report, catalogue),
    )


def _nearest(report: Report, catalogue: Catalogue) -> list[RoleFit]:
    """The roles asked for, or the best of those one may aim at unasked."""
    ranked = sorted(report.analysis.roles, key=lambda fit: fit.rank)
    if report.wanted:
        return [fit for wanted in report.wanted for fit in ranked if fit.role == wanted]
    current = [fit for fit in ranked if catalogue.role(fit.role).is_current]
    return (current or ranked)[:_NEAREST]


def _read(analysis: Analysis) -> str:
    resume = analysis.resume
    language = LANGUAGES.get(resume.language, resume.language)
    counts = f"{count(resume.pages, 'page')}, {count(len(resume.statements), 'statement')}"
    return f"{counts}, {clean(language)}" + ("" if resume.warnings else ", read cleanly")


def _headline(report: Report, nearest: list[RoleFit], catalogue: Catalogue) -> str:
    """The result in one line: what a fit of 80 and one of 50 mean, said of these roles."""
    names = [clean(catalogue.role(fit.role).name) for fit in nearest]
    if report.wanted:
        return f"{names[0]}: a fit of {nearest[0].fit:.0f} of 100"
    carried = [name for name, fit in zip(names, nearest, strict=True) if fit.fit >= _CLEAR]
    if carried:
        return f"Shows enough for interviews as {listed(carried)}"
    if nearest[0].fit >= _GAPS:
        return f"Closest to {names[0]}, with clear gaps"
    return f"No role is carried yet; {names[0]} comes closest"


def _summary(
    analysis: Analysis,
    nearest: list[RoleFit],
    missing: tuple[gaps.GapPart, ...],
    catalogue: Catalogue,
) -> Iterator[str]:
    told = [f"{clean(catalogue.role(fit.role).name)} {fit.fit:.0f}" for fit in nearest]
    yield f"Fits, of 100: {listed(told)}."
    if missing:
        first = missing[0]
        yield f"The first gap to close is {first.name} ({first.area}, {first.level})."
    headline = [a.text for a in analysis.advice if a.topic is Topic.HEADLINE]
    yield from map(clean, headline[:1])


def _made(report: Report) -> Iterator[tuple[str, str]]:
    made = report.analysis.manifest
    yield "gapfit", made.gapfit_version
    yield "Model", f"{made.model}, weights {made.model_sha256}"
    yield "Profiles", made.profiles_sha256
    yield "Resume", f"{clean(report.name)}, {made.input_sha256}"
