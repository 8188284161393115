"""What a plan is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gapfit.datamodels import Gap, Learning, Level, Role, RoleFit, SkillFinding

Credit = Mapping[Level, float]
Fits = Callable[[Sequence[Role], Sequence[SkillFinding]], Sequence[RoleFit]]


@dataclass(frozen=True, slots=True)
class Aim:
    """The role aimed at, what is shown of it, what is missing, and what there is to build.

    ``others`` are the roles whose gains are told beside the role's own. ``found`` has one finding
    per skill of the catalogue, and ``gaps`` are those of the role, best first; both count what is
    done already. ``fits`` scores roles for findings; ``credit`` says what a level is worth, 0-1.
    """

    learning: Learning
    role: Role
    others: tuple[Role, ...]
    found: tuple[SkillFinding, ...]
    gaps: tuple[Gap, ...]
    fits: Fits
    credit: Credit
