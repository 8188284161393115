"""The roles as bars, best first, and what each bar is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gapfit.datamodels import Analysis, Catalogue, Contribution, Role, RoleFit, SkillFinding
from gapfit.formats.clean import clean
from gapfit.formats.report.lines import Quote, quote
from gapfit.formats.words import GATE_WORDS, LEVELS, listed

# Less than this would be shown as 0.0 points.
_VISIBLE = 0.05


@dataclass(frozen=True, slots=True)
class Part:
    """One skill of a role's stack: its points, the most it could bring, the line behind it.

    ``again`` says that the line is quoted further up for the same role.
    """

    skill: str
    name: str
    level: str
    points: float
    possible: float
    quote: Quote | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class AreaPart:
    """The skills of one area that earn a role something.

    ``start`` is where its piece of the bar begins, in points; ``tone`` which colour it has:
    an overlap area's own, or one of two that take turns.
    """

    name: str
    tone: str
    start: float
    points: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class RoleBar:
    """One role: its fit, 0-100, and the areas that sum to it; ``missing`` are further skills."""

    id: str
    name: str
    rank: int
    fit: float
    notes: tuple[str, ...]
    areas: tuple[AreaPart, ...]
    missing: tuple[Part, ...]
    most: float  # the largest number of points one of its skills could bring
    open: bool


def bars(analysis: Analysis, catalogue: Catalogue, wanted: Sequence[str]) -> tuple[RoleBar, ...]:
    """Return the roles, best first; those asked for are shown open."""
    found = {finding.skill: finding for finding in analysis.skills}
    ranked = sorted(analysis.roles, key=lambda fit: fit.rank)
    return tuple(_bar(fit, catalogue, found, fit.role in wanted) for fit in ranked)


def _bar(
    fit: RoleFit, catalogue: Catalogue, found: dict[str, SkillFinding], shown: bool
) -> RoleBar:
    role = catalogue.role(fit.role)
    parts = [_part(contribution, catalogue, found) for contribution in fit.contributions]
    missing = sorted((p for p in parts if p.points < _VISIBLE), key=lambda p: (-p.possible, p.name))
    return RoleBar(
        id=role.id,
        name=clean(role.name),
        rank=fit.rank,
        fit=fit.fit,
        notes=tuple(_notes(fit, role, catalogue)),
        areas=_areas(parts, catalogue, found),
        missing=tuple(missing),
        most=max((part.possible for part in parts), default=0.0),
        open=shown,
    )


def _part(c: Contribution, catalogue: Catalogue, found: dict[str, SkillFinding]) -> Part:
    finding = found[c.skill]
    best = quote(finding.evidence[0]) if finding.evidence else None
    name = clean(catalogue.skill(c.skill).name)
    return Part(c.skill, name, LEVELS[finding.level], c.points, c.possible, best)


def _areas(
    parts: Sequence[Part], catalogue: Catalogue, found: dict[str, SkillFinding]
) -> tuple[AreaPart, ...]:
    """Overlap areas in their order, then the others by what they bring, end to end."""
    sums = {area: [p for p in parts if found[p.skill].area == area.id] for area in catalogue.areas}
    brought = {area: sum(p.points for p in own) for area, own in sums.items()}
    others = sorted((a for a in sums if not a.overlap), key=lambda a: -brought[a])
    ordered = [area for area in [*(a for a in sums if a.overlap), *others] if brought[area] > 0]
    tones = tones_of(catalogue)
    result: list[AreaPart] = []
    quoted: set[Quote | None] = set()
    start, turn = 0.0, 0
    for area in ordered:
        turn += not area.overlap
        tone = tones.get(area.id, ("even", "odd")[turn % 2])
        earning = []
        for part in sums[area]:
            if part.points >= _VISIBLE:
                earning.append(replace(part, again=part.quote in quoted))
                quoted.add(part.quote)
        result.append(AreaPart(clean(area.name), tone, start, brought[area], tuple(earning)))
        start += brought[area]
    return tuple(result)


def tones_of(catalogue: Catalogue) -> dict[str, str]:
    """Return the colours of the overlap areas, by id; three of them take turns."""
    overlap = [area.id for area in catalogue.areas if area.overlap]
    return {area: f"overlap-{i % 3}" for i, area in enumerate(overlap)}


def _notes(fit: RoleFit, role: Role, catalogue: Catalogue) -> list[str]:
    notes = []
    if role.modern_wording:
        notes.append(f"A vestigial title. Today: {clean(role.modern_wording)}.")
    if fit.note == "gate-closed":
        names = [GATE_WORDS.get(s) or clean(catalogue.skill(s).name) for s in role.gate]
        notes.append(f"Held back until a line shows {listed(names, 'or')}.")
    if role.extends is not None:
        notes.append(f"A variant of {clean(catalogue.role(role.extends).name)}.")
    return notes
