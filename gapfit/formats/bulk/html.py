"""One page that sorts, filters and opens a candidate's evidence: no other file, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gapfit.datamodels import Candidate, Catalogue, Cohort, Level, Skipped, Summary
from gapfit.formats import web
from gapfit.formats.bulk import words
from gapfit.formats.clean import clean
from gapfit.formats.words import LANGUAGES, LEVELS, count

_SKILLS = 14
_GAPS = 5
_LACKS = 6


@dataclass(frozen=True, slots=True)
class _Shown:
    """A skill that a candidate shows: how deep, and the line that says so best."""

    name: str
    level: str
    quote: str
    page: int


@dataclass(frozen=True, slots=True)
class _Opened:
    """A candidate as the page shows it."""

    rank: int
    source: str
    duplicates: list[str]
    role: str
    fit: float
    fits: list[tuple[str, float]]
    read: str
    warnings: list[str]
    skills: list[_Shown]
    further: int
    gaps: list[tuple[str, str]]


def render(
    candidates: Iterable[Candidate],
    skipped: Iterable[Skipped],
    summary: Summary,
    cohort: Cohort,
    catalogue: Catalogue,
    roles: Iterable[str],
) -> Iterator[str]:
    """Yield the page in pieces; all text in it is escaped.

    ``candidates`` are the best of ``summary.scored``, ranked by ``cohort.role``; ``roles`` are
    the ids of those that were scored.
    """
    names = [(role, catalogue.role(role).name) for role in roles]
    yield from web.pieces(
        "bulk",
        summary=words.of(summary),
        scored=summary.scored,
        by=catalogue.role(cohort.role).name if cohort.role else "",
        roles=names,
        candidates=(_opened(one, catalogue, names) for one in candidates),
        skipped=((clean(one.source), one.code, clean(one.message)) for one in skipped),
        any_skipped=summary.skipped > 0,
        areas=_areas(cohort, catalogue),
        pool=cohort.candidates,
        caution=words.CAUTION,
    )


def _opened(one: Candidate, catalogue: Catalogue, roles: list[tuple[str, str]]) -> _Opened:
    found = words.result(one)
    resume = found["resume"]
    fits = {fit["id"]: float(fit["fit"]) for fit in found["roles"]}
    shown = _shown(found, one.role, catalogue)
    language = LANGUAGES.get(resume["language"], resume["language"])
    return _Opened(
        rank=one.rank,
        source=clean(one.source),
        duplicates=[clean(source) for source in one.sources[1:]],
        role=catalogue.role(one.role).name,
        fit=one.fit,
        fits=[(name, fits.get(role, 0.0)) for role, name in roles],
        read=f"{count(resume['pages'], 'page')}, {count(resume['statements'], 'statement')}, "
        f"{language}",
        warnings=[clean(warning["message"]) for warning in resume["warnings"]],
        skills=shown[:_SKILLS],
        further=len(shown[_SKILLS:]),
        gaps=[
            (catalogue.skill(gap["skill"]).name, clean(gap["why"])) for gap in found["gaps"][:_GAPS]
        ],
    )


def _shown(found: dict[str, Any], role: str, catalogue: Catalogue) -> list[_Shown]:
    """The skills shown in use, those that carry the role first."""
    (fit,) = [fit for fit in found["roles"] if fit["id"] == role]
    order = {part["skill"]: place for place, part in enumerate(fit["contributions"])}
    levels = {level.label: level for level in Level}
    used = [s for s in found["skills"] if levels[s["level"]] >= Level.USED and s["evidence"]]
    used.sort(key=lambda s: (order.get(s["id"], len(order)), -levels[s["level"]], s["id"]))
    return [
        _Shown(
            catalogue.skill(skill["id"]).name,
            LEVELS[levels[skill["level"]]],
            clean(skill["evidence"][0]["text"]),
            skill["evidence"][0]["page"],
        )
        for skill in used
    ]


def _areas(cohort: Cohort, catalogue: Catalogue) -> list[dict[str, Any]]:
    return [
        {
            "name": catalogue.area(area.area).name,
            "overlap": area.overlap,
            "skills": [
                {
                    "name": catalogue.skill(lack.skill).name,
                    "shown": lack.shown,
                    "told": words.shown_by(lack, cohort.candidates),
                }
                for lack in area.skills[:_LACKS]
                if lack.shown < cohort.candidates
            ],
        }
        for area in cohort.areas
    ]
