"""From findings to role fits, and what each skill brings to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gapfit.datamodels import Acquired, Contribution, Level, Role, RoleFit, SkillFinding, SkillMatch
from gapfit.scoring.formula import (
    coverage,
    each_raised,
    gate,
    gate_open,
    points_of,
    scale,
    weighed,
    worth,
)
from gapfit.scoring.levels import CREDIT, credit_of


def fits(roles: Sequence[Role], found: Sequence[SkillFinding]) -> tuple[RoleFit, ...]:
    """Score every role and rank them, best first; equal fits keep the order of ``roles``."""
    earned = {finding.skill: finding.credit for finding in found}
    levels = {finding.skill: finding.level for finding in found}
    scored = [_fit(role, earned, levels) for role in roles]
    ranked = sorted(scored, key=lambda fit: -fit.fit)
    return tuple(
        RoleFit(fit.role, fit.fit, rank, fit.contributions, fit.missing, fit.note)
        for rank, fit in enumerate(ranked, start=1)
    )


def among(fits: Sequence[RoleFit], roles: Sequence[Role]) -> tuple[RoleFit, ...]:
    """Return those of the fits that are of these roles, ranked among themselves."""
    wanted = {role.id for role in roles}
    chosen = (fit for fit in fits if fit.role in wanted)
    return tuple(replace(fit, rank=rank) for rank, fit in enumerate(chosen, start=1))


def fit_values(roles: Sequence[Role], matches: Sequence[SkillMatch]) -> dict[str, float]:
    """Return each role's fit by its id: what ``fits`` says, without what makes it."""
    earned = {match.skill: credit_of(match) for match in matches}
    return {role.id: points_of(role, earned) for role in roles}


def ranked_together(one: Sequence[RoleFit], other: Sequence[RoleFit]) -> tuple[RoleFit, ...]:
    """Rank the roles by the mean of two resumes' fits, so that both can be aimed at the same ones.

    What is said of a role beside its fit and rank is that of ``one``.
    """
    beside = {fit.role: fit.fit for fit in other}
    means = [replace(fit, fit=(fit.fit + beside[fit.role]) / 2.0) for fit in one]
    means.sort(key=lambda fit: (-fit.fit, fit.role))
    return tuple(replace(fit, rank=rank) for rank, fit in enumerate(means, start=1))


def _fit(role: Role, earned: Mapping[str, float], levels: Mapping[str, Level]) -> RoleFit:
    parts = _contributions(role, earned)
    parts.sort(key=lambda c: (-c.points, -c.possible, c.skill))
    lacking = [c for c in parts if levels.get(c.skill, Level.ABSENT) < Level.USED]
    lacking.sort(key=lambda c: (c.points - c.possible, c.skill))
    return RoleFit(
        role=role.id,
        fit=sum(c.points for c in parts),
        rank=0,
        contributions=tuple(parts),
        missing=tuple(c.skill for c in lacking),
        note="" if gate_open(role, levels) else "gate-closed",
    )


def _contributions(role: Role, earned: Mapping[str, float]) -> list[Contribution]:
    """Every skill's points, and what they would be if it were owned and all else as it is."""
    now = float(scale(role, coverage(role, earned), gate(role, earned)))
    owned = scale(role, *each_raised(role, earned, lambda _: 1.0)).tolist()
    return [
        Contribution(
            skill=item.skill,
            points=now * item.weight * earned.get(item.skill, 0.0),
            possible=possible * item.weight,
        )
        for item, possible in zip(weighed(role), owned, strict=True)
    ]


def acquire(role: Role, found: Sequence[SkillFinding]) -> Mapping[str, Acquired]:
    """Return what showing each skill of the role's stack in use would add to the role.

    Each by itself, everything else unchanged.
    """
    earned = {finding.skill: finding.credit for finding in found}
    covered, gates = each_raised(role, earned, lambda credit: max(credit, CREDIT[Level.USED]))
    coverages = (covered - coverage(role, earned)).tolist()
    points = (worth(role, covered, gates) - points_of(role, earned)).tolist()
    return {
        item.skill: Acquired(*added)
        for item, *added in zip(weighed(role), coverages, points, strict=True)
    }
