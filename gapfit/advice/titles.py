"""Which titles one and the same evidence carries, and by which lines each."""

from __future__ import annotations

from collections.abc import Mapping

from gapfit.advice.seen import Seen, distinct
from gapfit.datamodels import Advice, Contribution, Level, RoleFit, Topic
from gapfit.wording import listed

# Titles and lines worth naming: more would be a second ranking.
MOST_TITLES = 5
TELLING = 2

# The pair whose scores are close by nature; within this many points the difference is explained.
# Near zero there is nothing to explain, and less than half a point tells nothing.
NEIGHBOURS = ("ai-engineer", "llm-engineer")
CLOSE = 6.0
FLOOR = 10.0
CONTRASTS = 4
LEAST_CONTRAST = 0.5


def titles(seen: Seen) -> list[Advice]:
    """Return the titles the evidence carries, best first. They do not exclude each other."""
    return [_title(seen, role) for role in seen.carried[:MOST_TITLES]]


def _title(seen: Seen, role: str) -> Advice:
    skills = _telling(seen, role)
    names = listed([seen.catalogue.skill(skill).name for skill in skills])
    prospects = seen.guides[role].prospects if role in seen.guides else ()
    return Advice(
        Topic.TITLE,
        f"The evidence carries {seen.name(role)}, above all by {names}.",
        details=tuple(fact.text for fact in prospects),
        roles=(role,),
        skills=skills,
        evidence=distinct(seen.line(skill) for skill in skills),
        sources=tuple(sorted({source for fact in prospects for source in fact.sources})),
    )


def _telling(seen: Seen, role: str) -> tuple[str, ...]:
    """The skills that earn much for this title, and more than for the other titles named.

    Each stands for a line of its own, so that two titles are not explained by one sentence.
    """
    others = [seen.fits[other] for other in seen.carried[:MOST_TITLES] if other != role]
    usual = _mean_points(others)

    def weight(part: Contribution) -> float:
        return 2.0 * part.points - usual.get(part.skill, 0.0)

    chosen: list[str] = []
    lines: set[tuple[int, int]] = set()
    for part in sorted(seen.fits[role].contributions, key=lambda p: (-weight(p), p.skill)):
        line = seen.line(part.skill)
        if line is None or not seen.shows(part.skill, Level.USED):
            continue
        if (line.page, line.line) not in lines:
            lines.add((line.page, line.line))
            chosen.append(part.skill)
        if len(chosen) == TELLING:
            break
    return tuple(chosen)


def _mean_points(fits: list[RoleFit]) -> Mapping[str, float]:
    points: dict[str, float] = {}
    for fit in fits:
        for part in fit.contributions:
            points[part.skill] = points.get(part.skill, 0.0) + part.points / len(fits)
    return points


def close_pair(seen: Seen) -> list[Advice]:
    """Return what puts one of the two close roles before the other, where they are close."""
    pair = [seen.fits[role] for role in seen.fits if role in NEIGHBOURS]
    if len(pair) < 2 or pair[0].fit < FLOOR or pair[0].fit - pair[1].fit > CLOSE:
        return []
    differences = _differences(*pair)
    largest = sorted(differences, key=lambda skill: (-abs(differences[skill]), skill))
    told = [s for s in largest[:CONTRASTS] if abs(differences[s]) >= LEAST_CONTRAST]
    sides = []
    for fit, sign in zip(pair, (1, -1), strict=True):
        earned = [s for s in told if differences[s] * sign > 0]
        if earned:
            skills = ", ".join(
                f"{seen.catalogue.skill(s).name} +{abs(differences[s]):.1f}" for s in earned
            )
            sides.append(f"{seen.name(fit.role)} earns more from {skills}")
    if not sides:
        return []
    names = listed([seen.name(fit.role) for fit in pair])
    return [
        Advice(
            Topic.CLOSE_PAIR,
            f"{names} are close by nature. Here, {'; '.join(sides)}.",
            roles=tuple(fit.role for fit in pair),
            skills=tuple(told),
            sources=("000",),
        )
    ]


def _differences(first: RoleFit, second: RoleFit) -> dict[str, float]:
    """Points of each skill in the first role less those in the second."""
    points = {c.skill: c.points for c in first.contributions}
    for c in second.contributions:
        points[c.skill] = points.get(c.skill, 0.0) - c.points
    return points
