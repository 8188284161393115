"""Which missing skill to learn first: findings and roles to ranked gaps.

A gap's value is what acquiring the skill (level "used") would add to the fits of the target
roles, weighed by how near each role is, plus the option it opens: what it adds to both AI and
ML engineering at once (seed 003). Skills of the overlap areas come first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gapfit.datamodels import (
    Area,
    Band,
    Catalogue,
    Gain,
    Gap,
    Level,
    Role,
    RoleFit,
    SkillFinding,
)

# Without --role the best-fitting roles are the targets, in shares that fall by rank: the nearest
# role decides, its neighbours break ties.
TARGET_SHARES = (0.6, 0.25, 0.15)

# The two ends between which the overlap areas transfer, and what that option counts beside the
# gain in the target roles.
OPTION_ROLES = ("ai-engineer", "ml-engineer")
OPTION_SHARE = 0.25

# Gains closer than this (in points) are equal, and the area's order decides: evals ahead.
EQUAL = 0.05

FitWith = Callable[[Role, Sequence[SkillFinding], str], float]


@dataclass(frozen=True, slots=True)
class _Target:
    role: Role
    fit: float
    share: float


def rank(
    catalogue: Catalogue,
    found: Sequence[SkillFinding],
    fits: Sequence[RoleFit],
    fit_with: FitWith,
    wanted: Sequence[str] = (),
) -> tuple[Gap, ...]:
    """Return the gaps, best first: overlap areas before the rest, evals ahead at equal gain.

    ``fits`` are those of all roles of the catalogue. ``wanted`` are the role ids to aim at;
    without it, the best-fitting of the roles that extend no other. ``fit_with`` tells a role's
    fit if one skill were acquired. A skill that the first target does not own is no gap.
    """
    targets = _targets(catalogue, fits, wanted)
    both = _targets(catalogue, fits, OPTION_ROLES)
    unowned = {i.skill for i in targets[0].role.stack if i.band is Band.NOT_OWNED}
    values: list[tuple[float, Gap]] = []
    for finding in found:
        if finding.level >= Level.USED or finding.skill in unowned:
            continue
        gains = _gains(targets, found, finding.skill, fit_with)
        if not gains:
            continue
        value = sum(_share(targets, g.role) * g.points for g in gains)
        option = _gains(both, found, finding.skill, fit_with)
        if len(option) == len(OPTION_ROLES):
            value += OPTION_SHARE * min(g.points for g in option)
        values.append((value, _gap(catalogue, finding, gains, targets)))
    return _ordered(catalogue, values)


def _targets(
    catalogue: Catalogue, fits: Sequence[RoleFit], wanted: Sequence[str]
) -> tuple[_Target, ...]:
    by_role = {fit.role: fit.fit for fit in fits}
    if wanted:
        share = 1.0 / len(wanted)
        return tuple(_Target(catalogue.role(r), by_role[r], share) for r in wanted)
    ranked = sorted(fits, key=lambda fit: fit.rank)
    nearest = [role for role in (catalogue.role(fit.role) for fit in ranked) if _is_target(role)]
    return tuple(
        _Target(role, by_role[role.id], share)
        for role, share in zip(nearest, TARGET_SHARES, strict=False)
    )


def _is_target(role: Role) -> bool:
    """A vestigial title is nobody's target, and a variant only on request."""
    return role.extends is None and not role.modern_wording


def _gains(
    targets: Sequence[_Target], found: Sequence[SkillFinding], skill: str, fit_with: FitWith
) -> tuple[Gain, ...]:
    gains = []
    for target in targets:
        if any(item.skill == skill and item.weight > 0 for item in target.role.stack):
            points = fit_with(target.role, found, skill) - target.fit
            if points > 0:
                gains.append(Gain(target.role.id, points))
    return tuple(sorted(gains, key=lambda g: -g.points))


def _share(targets: Sequence[_Target], role: str) -> float:
    return next(t.share for t in targets if t.role.id == role)


def _gap(
    catalogue: Catalogue,
    finding: SkillFinding,
    gains: tuple[Gain, ...],
    targets: Sequence[_Target],
) -> Gap:
    bands = _bands(finding.skill, targets)
    occasional = set(bands.values()) == {Band.OCCASIONAL}
    return Gap(
        skill=finding.skill,
        area=finding.area,
        priority=0.0,
        level=finding.level,
        gains=gains,
        why=_why(catalogue, finding, bands, occasional),
        occasional=occasional,
    )


def _bands(skill: str, targets: Sequence[_Target]) -> Mapping[str, Band]:
    return {
        target.role.name: item.band
        for target in targets
        for item in target.role.stack
        if item.skill == skill and item.weight > 0
    }


def _why(
    catalogue: Catalogue, finding: SkillFinding, bands: Mapping[str, Band], occasional: bool
) -> str:
    area = catalogue.area(finding.area)
    core = [name for name, band in bands.items() if band is Band.CORE]
    if core:
        asked = f"Core to {_listed(core)}"
    elif occasional:
        asked = f"Asked for occasionally as {_listed(list(bands))}"
    else:
        asked = f"Ordinary work as {_listed(list(bands))}"
    return f"{asked}; {_transfer(area)}{_shown(finding)}."


def _transfer(area: Area) -> str:
    return "carries over between AI and ML engineering; " if area.overlap else ""


def _shown(finding: SkillFinding) -> str:
    if finding.level is Level.ABSENT:
        return "no line shows it yet"
    where = f" on page {finding.evidence[0].page}" if finding.evidence else ""
    return f"named{where}, but no line shows it in use"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _ordered(catalogue: Catalogue, values: list[tuple[float, Gap]]) -> tuple[Gap, ...]:
    order = {area.id: i for i, area in enumerate(catalogue.areas)}

    def key(entry: tuple[float, Gap]) -> tuple[bool, int, int, str]:
        value, gap = entry
        return (
            not catalogue.area(gap.area).overlap,
            -round(value / EQUAL),
            order[gap.area],
            gap.skill,
        )

    best = max((value for value, _ in values), default=1.0)
    return tuple(
        Gap(g.skill, g.area, value / best, g.level, g.gains, g.why, g.occasional)
        for value, g in sorted(values, key=key)
    )
