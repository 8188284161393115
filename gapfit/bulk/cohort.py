"""What a pool of candidates shows and lacks, skill by skill; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from gapfit.datamodels import AreaLack, Catalogue, Cohort, Lack, Level, Role


def cohort(catalogue: Catalogue, levels: Iterable[str], role: str | None = None) -> Cohort:
    """Count who shows what, and rank what is lacking.

    ``levels`` are the candidates' (see ``Scored``). With ``role`` only the skills of its stack
    count, with its weights; else every skill any role asks for, with its largest weight.
    """
    counts: list[Counter[str]] = [Counter() for _ in catalogue.skills]
    candidates = 0
    for digits in levels:
        candidates += 1
        for counter, digit in zip(counts, digits, strict=True):
            counter[digit] += 1
    roles = catalogue.roles if role is None else (catalogue.role(role),)
    needs = _needs(roles)
    lacks = {
        skill.id: _lack(skill.id, counter, candidates, needs.get(skill.id, 0.0))
        for skill, counter in zip(catalogue.skills, counts, strict=True)
    }
    areas = [
        AreaLack(
            area.id,
            area.overlap,
            _ranked(lacks[s.id] for s in catalogue.skills if s.area == area.id),
        )
        for area in sorted(catalogue.areas, key=lambda area: not area.overlap)
    ]
    return Cohort(role or "", candidates, tuple(area for area in areas if area.skills))


def _needs(roles: Iterable[Role]) -> Mapping[str, float]:
    """The largest weight of every skill in the stacks of these roles."""
    needs: dict[str, float] = {}
    for role in roles:
        for item in role.stack:
            needs[item.skill] = max(needs.get(item.skill, 0.0), item.weight)
    return needs


def _lack(skill: str, counter: Counter[str], candidates: int, need: float) -> Lack:
    counts = {level: counter[str(int(level))] for level in Level}
    shown = counts[Level.USED] + counts[Level.OWNED]
    missing = 1.0 - shown / candidates if candidates else 0.0
    return Lack(skill, counts, need, need * missing)


def _ranked(lacks: Iterable[Lack]) -> tuple[Lack, ...]:
    needed = [lack for lack in lacks if lack.need > 0]
    return tuple(sorted(needed, key=lambda lack: (-lack.lack, -lack.need, lack.skill)))
