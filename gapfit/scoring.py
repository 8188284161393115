"""From matches to findings, from findings to role fits. Every weight and threshold is named here.

A role's *coverage* x is the weighted share, 0-1, of its stack that the evidence covers. Its fit is

    fit = 100 * (1 + h) * x^s / (x^s + h) * gate        h = halfway^s, s = shape

a Hill curve, because nobody shows a whole stack: the first part of it decides whether a person is
interviewed. *halfway* is the coverage worth a fit of 50, and *shape* how steeply the fit rises
there: where a skill or two tell whether a person does the work, steeply; where much of the stack is
any engineer's, from the first skill on (both from the role's profile, fitted by
benchmarks/quality/fit_roles.py). The *gate* falls below 1 only while the role's headline task is
not shown. Each skill's points are its share of the coverage, so they sum to the fit, and every one
belongs to the lines behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gapfit.datamodels import (
    Acquired,
    Catalogue,
    Contribution,
    Evidence,
    Formula,
    Level,
    LineMatch,
    Resume,
    Role,
    RoleFit,
    SkillFinding,
    SkillMatch,
    StackItem,
)

Numbers = NDArray[np.float64]
Number = Numbers | float

# What a level is worth. Shipped work outweighs lists (seed 002); a bare mention shows that the
# word is known, hardly more.
CREDIT: Mapping[Level, float] = {
    Level.ABSENT: 0.0,
    Level.MENTIONED: 0.06,
    Level.USED: 0.75,
    Level.OWNED: 1.0,
}

# Probabilities from which a level is claimed: when it is about as likely as not. "Used" a little
# before: F1 is best where a claim costs less than a skill passed over, at half the best F1 if the
# probabilities are right, and on the fit split of benchmarks/quality it is.
MENTIONED_AT = 0.50
USED_AT = 0.45
OWNED_AT = 0.50

# The coverage at which the fit passes 50, for roles whose profile names none of its own, and how
# steeply it does; chosen on benchmarks/quality so that 80 is where labellers say "would clearly be
# interviewed" and 50 where they say "clear gaps".
HALFWAY = 0.10
SHAPE = 2.0

# What is left of the points of a role whose headline task is nowhere shown (a Voice AI Engineer
# without speech, a Research Engineer without a paper); chosen likewise.
GATE_FLOOR = 0.4

# All of the above that turns credits into fits, for whoever computes them elsewhere.
FORMULA = Formula(credit=CREDIT, halfway=HALFWAY, shape=SHAPE, gate_floor=GATE_FLOOR)

# Evidence kept per skill: enough to judge by, short enough to read.
EVIDENCE_LINES = 3

# Coverages nearer than this are one when the curve's slope between them is asked for.
_SAME_COVERAGE = 1e-6


def findings(
    catalogue: Catalogue, resume: Resume, matches: Sequence[SkillMatch]
) -> tuple[SkillFinding, ...]:
    """Turn the matches, one per skill of the catalogue and in its order, into findings."""
    return tuple(
        _finding(skill.area, resume, match)
        for skill, match in zip(catalogue.skills, matches, strict=True)
    )


def _finding(area: str, resume: Resume, match: SkillMatch) -> SkillFinding:
    level = level_of(match)
    kept = _evidence(match, level)[:EVIDENCE_LINES]
    return SkillFinding(
        skill=match.skill,
        area=area,
        level=level,
        confidence=match.used,
        credit=credit_of(match),
        evidence=tuple(
            Evidence(s.page, s.line, s.section, s.text, line.similarity)
            for line in kept
            for s in (resume.statements[line.statement],)
        ),
    )


def _evidence(match: SkillMatch, level: Level) -> Sequence[LineMatch]:
    """The lines to show for a level: a mention is best shown by the line that names the skill."""
    if level is Level.ABSENT:
        return ()
    if level is Level.MENTIONED:
        return sorted(match.lines, key=lambda line: -line.mentioned)
    return match.lines


def level_of(match: SkillMatch) -> Level:
    """Return the deepest level whose probability reaches its threshold."""
    if match.used >= USED_AT:
        return Level.OWNED if match.owned >= OWNED_AT else Level.USED
    return Level.MENTIONED if match.mentioned >= MENTIONED_AT else Level.ABSENT


def credit_of(match: SkillMatch) -> float:
    """Return the expected credit of a skill, 0-1; nothing for an absent one."""
    if level_of(match) is Level.ABSENT:
        return 0.0
    return (
        (match.mentioned - match.used) * CREDIT[Level.MENTIONED]
        + (match.used - match.owned) * CREDIT[Level.USED]
        + match.owned * CREDIT[Level.OWNED]
    )


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
    now = float(_scale(role, coverage(role, earned), gate(role, earned)))
    owned = _scale(role, *_each_raised(role, earned, lambda _: 1.0)).tolist()
    return [
        Contribution(
            skill=item.skill,
            points=now * item.weight * earned.get(item.skill, 0.0),
            possible=possible * item.weight,
        )
        for item, possible in zip(_weighed(role), owned, strict=True)
    ]


def _scale(role: Role, covered: Number, gates: Number) -> Numbers:
    """Points per unit of earned weight, for one coverage and gate or for many."""
    some = np.maximum(covered, np.finfo(float).tiny)
    points = 100.0 * _curve(role, some) / some * gates / _total(role)
    return np.where(np.asarray(covered) > 0.0, points, 0.0)


def _each_raised(
    role: Role, earned: Mapping[str, float], raised: Callable[[float], float]
) -> tuple[Numbers, Numbers]:
    """Coverage and gate of the role with each of its skills raised alone, in stack order.

    ``raised`` is the credit a skill would earn instead of what it earns now.
    """
    stack = _weighed(role)
    weights = np.array([item.weight for item in stack])
    before = [earned.get(item.skill, 0.0) for item in stack]
    after = [raised(credit) for credit in before]
    each = np.tile(weights * before, (len(stack), 1))
    np.fill_diagonal(each, weights * after)
    shut = gate(role, earned)
    gates = [
        gate(role, {**earned, item.skill: credit}) if item.skill in role.gate else shut
        for item, credit in zip(stack, after, strict=True)
    ]
    return _added(each) / _total(role), np.array(gates)


def _weighed(role: Role) -> list[StackItem]:
    """The skills that count: what a role does not own weighs nothing."""
    return [item for item in role.stack if item.weight > 0]


def _added(terms: Numbers) -> Numbers:
    """Sum along the last axis, term after term: the same bits however many are summed at once."""
    return np.asarray(np.add.accumulate(terms, axis=-1)[..., -1])


def curve(covered: Number, halfway: Number, shape: Number = SHAPE) -> Numbers:
    """Share of the full fit that a coverage is worth: 0 at 0, 1 at 1, rising all the way."""
    half = np.asarray(halfway) ** np.asarray(shape)
    risen = np.asarray(covered) ** np.asarray(shape)
    return np.asarray((1.0 + half) * risen / (risen + half))


def _curve(role: Role, covered: Number) -> Numbers:
    return curve(covered, role.halfway or HALFWAY, role.shape or SHAPE)


def coverage(role: Role, earned: Mapping[str, float]) -> float:
    """Weighted share of the role's stack, 0-1, that the credits ``earned`` cover."""
    terms = [item.weight * earned.get(item.skill, 0.0) for item in _weighed(role)]
    return float(_added(np.array(terms))) / _total(role)


def _total(role: Role) -> float:
    return float(_added(np.array([item.weight for item in _weighed(role)])))


def gate(role: Role, earned: Mapping[str, float]) -> float:
    """Share of its points the role keeps: 1 once one skill of its gate earns what it asks.

    It opens with the square of what is earned, so that a mere mention moves it next to nothing.
    """
    if not role.gate:
        return 1.0
    shown = max(_shown_of_gate(role, earned).values())
    return GATE_FLOOR + (1.0 - GATE_FLOOR) * min(1.0, shown) ** 2


def _shown_of_gate(role: Role, earned: Mapping[str, float]) -> dict[str, float]:
    """How far each skill of a role's gate earns what it asks; 1 is enough."""
    return {
        skill: earned.get(skill, 0.0) / CREDIT[Level[needed.upper()]]
        for skill, needed in role.gate.items()
    }


def gate_open(role: Role, levels: Mapping[str, Level]) -> bool:
    """Whether a role has no gate, or one of its gate's skills is shown at the level it asks."""
    return not role.gate or any(
        levels.get(skill, Level.ABSENT) >= Level[needed.upper()]
        for skill, needed in role.gate.items()
    )


def acquire(role: Role, found: Sequence[SkillFinding]) -> Mapping[str, Acquired]:
    """Return what showing each skill of the role's stack in use would add to the role.

    Each by itself, everything else unchanged.
    """
    earned = {finding.skill: finding.credit for finding in found}
    covered, gates = _each_raised(role, earned, lambda credit: max(credit, CREDIT[Level.USED]))
    coverages = (covered - coverage(role, earned)).tolist()
    points = (_worth(role, covered, gates) - _points(role, earned)).tolist()
    return {
        item.skill: Acquired(*added)
        for item, *added in zip(_weighed(role), coverages, points, strict=True)
    }


def _points(role: Role, earned: Mapping[str, float]) -> float:
    return float(_worth(role, coverage(role, earned), gate(role, earned)))


def _worth(role: Role, covered: Number, gates: Number) -> Numbers:
    """Points of a coverage behind a gate, or of many."""
    return np.asarray(_scale(role, covered, gates) * _total(role) * covered)


def ranked_together(one: Sequence[RoleFit], other: Sequence[RoleFit]) -> tuple[RoleFit, ...]:
    """Rank the roles by the mean of two resumes' fits, so that both can be aimed at the same ones.

    What is said of a role beside its fit and rank is that of ``one``.
    """
    beside = {fit.role: fit.fit for fit in other}
    means = [replace(fit, fit=(fit.fit + beside[fit.role]) / 2.0) for fit in one]
    means.sort(key=lambda fit: (-fit.fit, fit.role))
    return tuple(replace(fit, rank=rank) for rank, fit in enumerate(means, start=1))


def fit_values(roles: Sequence[Role], matches: Sequence[SkillMatch]) -> dict[str, float]:
    """Return each role's fit by its id: what ``fits`` says, without what makes it."""
    earned = {match.skill: credit_of(match) for match in matches}
    return {role.id: _points(role, earned) for role in roles}


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
    steepness = 100.0 * _slope(role, coverage(role, old), coverage(role, new))
    unit = steepness * (closed + opened) / 2.0 / _total(role)
    parts = {
        item.skill: unit * item.weight * (new.get(item.skill, 0.0) - old.get(item.skill, 0.0))
        for item in role.stack
    }
    if closed != opened:
        wider = _shown_of_gate(role, new if opened > closed else old)
        opener = max(wider, key=wider.__getitem__)
        height = 50.0 * (_risen(role, old) + _risen(role, new))
        parts[opener] = parts.get(opener, 0.0) + height * (opened - closed)
    return {skill: points for skill, points in parts.items() if points}


def _risen(role: Role, earned: Mapping[str, float]) -> float:
    return float(_curve(role, coverage(role, earned)))


def _slope(role: Role, start: float, end: float) -> float:
    """How much the curve rises per unit of coverage between two coverages."""
    if abs(end - start) < _SAME_COVERAGE:  # too near for a difference: the tangent
        middle = (start + end) / 2.0
        start, end = max(0.0, middle - _SAME_COVERAGE), middle + _SAME_COVERAGE
    return float((_curve(role, end) - _curve(role, start)) / (end - start))
