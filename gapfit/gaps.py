"""Which missing skill to learn first: findings and roles to ranked gaps.

A gap's value is the coverage that acquiring the skill (level "used") would add to the target
roles, plus the option it opens: what it adds to both AI and ML engineering at once (seed 003). It
counts the less, the less sure it is that the skill is missing. Overlap areas come first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gapfit.datamodels import (
    Acquired,
    Band,
    Catalogue,
    Gain,
    Gap,
    Level,
    Role,
    RoleFit,
    SkillFinding,
)
from gapfit.wording import listed

# Without --role the best-fitting roles are the targets, in shares that fall by rank: the nearest
# role decides, its neighbours break ties. All constants here were chosen by comparing rankings on
# benchmarks/quality.
TARGET_SHARES = (0.6, 0.25, 0.15)

# The two ends between which the overlap areas transfer, and what that option counts beside the
# gain in the target roles.
OPTION_ROLES = ("ai-engineer", "ml-engineer")
OPTION_SHARE = 0.5

# Power of the probability that the skill is really missing.
DOUBT = 2.0

# Values closer than this share of the best are equal, and the area's order decides: evals ahead.
EQUAL = 0.02

Acquire = Callable[[Role, Sequence[SkillFinding]], Mapping[str, Acquired]]


@dataclass(frozen=True, slots=True)
class _Target:
    """A role aimed at, and its share in a gap's value."""

    role: Role
    share: float


def rank(
    catalogue: Catalogue,
    found: Sequence[SkillFinding],
    fits: Sequence[RoleFit],
    acquire: Acquire,
    wanted: Sequence[str] = (),
) -> tuple[Gap, ...]:
    """Return the gaps, best first: overlap areas before the rest, evals ahead at equal value.

    ``fits`` rank the roles of the catalogue. ``wanted`` are the role ids to aim at; without it,
    the best-fitting of the roles that extend no other. ``acquire`` tells what each skill of a
    role would add to it. What the first target does not own is never a gap.
    """
    targets = _targets(catalogue, fits, wanted)
    adds = [(target, acquire(target.role, found)) for target in targets]
    option = [acquire(role, found) for role in catalogue.roles if role.id in OPTION_ROLES]
    unowned = {i.skill for i in targets[0].role.stack if i.band is Band.NOT_OWNED}
    valued = []
    for finding in found:
        if finding.level >= Level.USED or finding.skill in unowned:
            continue
        skill = finding.skill
        added = [(target, adding[skill]) for target, adding in adds if skill in adding]
        added = [(target, acquired) for target, acquired in added if acquired.coverage > 0]
        if added:
            both = [opened[skill].coverage if skill in opened else 0.0 for opened in option]
            value = sum(t.share * a.coverage for t, a in added) + OPTION_SHARE * min(
                both, default=0.0
            )
            value *= (1.0 - finding.confidence) ** DOUBT
            valued.append((value, _gap(finding, added)))
    return _ordered(catalogue, valued)


def _targets(
    catalogue: Catalogue, fits: Sequence[RoleFit], wanted: Sequence[str]
) -> tuple[_Target, ...]:
    if wanted:
        return tuple(_Target(catalogue.role(role), 1.0 / len(wanted)) for role in wanted)
    ranked = (catalogue.role(fit.role) for fit in sorted(fits, key=lambda fit: fit.rank))
    nearest = [role for role in ranked if role.is_current]
    return tuple(_Target(role, share) for role, share in zip(nearest, TARGET_SHARES, strict=False))


def _gap(finding: SkillFinding, added: Sequence[tuple[_Target, Acquired]]) -> Gap:
    bands = _bands(finding.skill, [target for target, _ in added])
    gains = [Gain(target.role.id, acquired.points) for target, acquired in added]
    occasional = set(bands.values()) == {Band.OCCASIONAL}
    return Gap(
        skill=finding.skill,
        area=finding.area,
        priority=0.0,
        level=finding.level,
        gains=tuple(sorted(gains, key=lambda gain: -gain.points)),
        why=f"{_asked(bands, occasional)}; {_shown(finding)}.",
        occasional=occasional,
    )


def _bands(skill: str, targets: Sequence[_Target]) -> Mapping[str, Band]:
    return {
        target.role.name: item.band
        for target in targets
        for item in target.role.stack
        if item.skill == skill
    }


def _asked(bands: Mapping[str, Band], occasional: bool) -> str:
    core = [name for name, band in bands.items() if band is Band.CORE]
    if core:
        return f"Core to {listed(core)}"
    if occasional:
        return f"Asked of {listed(list(bands))} only now and then"
    return f"Ordinary work as {listed(list(bands))}"


def _shown(finding: SkillFinding) -> str:
    if finding.level is Level.ABSENT:
        return "no line shows it yet"
    where = f" on page {finding.evidence[0].page}" if finding.evidence else ""
    return f"named{where}, but no line shows it in use"


def _ordered(catalogue: Catalogue, valued: Sequence[tuple[float, Gap]]) -> tuple[Gap, ...]:
    order = {area.id: i for i, area in enumerate(catalogue.areas)}
    best = max((value for value, _ in valued), default=1.0) or 1.0

    def key(entry: tuple[float, Gap]) -> tuple[bool, int, int, str]:
        value, gap = entry
        first = catalogue.area(gap.area).overlap
        return (not first, -round(value / best / EQUAL), order[gap.area], gap.skill)

    return tuple(
        Gap(g.skill, g.area, value / best, g.level, g.gains, g.why, g.occasional)
        for value, g in sorted(valued, key=key)
    )
