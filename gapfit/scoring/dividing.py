"""How the change of a fit divides among the skills whose credit changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gapfit.datamodels import Role, SkillFinding
from gapfit.scoring.formula import coverage, curve_of, gate, shown_of_gate, slope, total


def shares(
    role: Role, before: Sequence[SkillFinding], after: Sequence[SkillFinding]
) -> dict[str, float]:
    """Return the points each skill's change of credit brings to the change of a role's fit.

    They sum to the change, and only skills whose credit changed have any. Every unit of coverage
    on the way counts alike, as in the slope of the straight line between both ends of the curve;
    so a skill brings what closing its gap was said to bring, and not what the others' points lose
    beside it on a curve that flattens. What the gate moves belongs to the skill that opens it.
    """
    old = {finding.skill: finding.credit for finding in before}
    new = {finding.skill: finding.credit for finding in after}
    closed, opened = gate(role, old), gate(role, new)
    steepness = 100.0 * slope(role, coverage(role, old), coverage(role, new))
    unit = steepness * (closed + opened) / 2.0 / total(role)
    parts = {
        item.skill: unit * item.weight * (new.get(item.skill, 0.0) - old.get(item.skill, 0.0))
        for item in role.stack
    }
    if closed != opened:
        wider = shown_of_gate(role, new if opened > closed else old)
        opener = max(wider, key=wider.__getitem__)
        height = 50.0 * (_risen(role, old) + _risen(role, new))
        parts[opener] = parts.get(opener, 0.0) + height * (opened - closed)
    return {skill: points for skill, points in parts.items() if points}


def _risen(role: Role, earned: Mapping[str, float]) -> float:
    return float(curve_of(role, coverage(role, earned)))
