"""An ad as a role of its own: a weighted stack of what it asks for."""

from __future__ import annotations

import re

from gapfit.datamodels import Band, Catalogue, Decoding, Fact, Need, Role, StackItem
from gapfit.datamodels.catalogue import AD
from gapfit.errors import UnreadableInput

# What a skill weighs by how much it is wanted, before the certainty with which it is asked for.
WEIGHTS = {Need.REQUIRED: 1.0, Need.PREFERRED: 0.3}
_LEAST = 0.05
_OTHER_IDS = re.compile(r"[^a-z0-9]+")


def as_role(decoded: Decoding, catalogue: Catalogue, halfway: float) -> Role:
    """Return the ad as a role that resumes can be scored against.

    It extends the role that most of its work is. Raises UnreadableInput when it asks for no skill.
    """
    stack = tuple(
        StackItem(
            ask.skill,
            Band.CORE if ask.need is Need.REQUIRED else Band.OCCASIONAL,
            max(_LEAST, round(WEIGHTS[ask.need] * ask.confidence, 2)),
            (AD,),
        )
        for ask in decoded.skills
        if ask.need in WEIGHTS
    )
    if not stack:
        raise UnreadableInput(
            "no-asks",
            "the ad asks for none of the skills that gapfit knows, so no resume can be scored "
            "against it. Give the whole ad, duties and requirements included.",
        )
    title = decoded.title or "Job ad"
    leading = catalogue.role(decoded.shares[0].role) if decoded.shares else None
    return Role(
        id=_id(title, {role.id for role in catalogue.roles}),
        name=title,
        extends=leading.id if leading is not None else None,
        headline=_headline(decoded, catalogue),
        definition="What one job ad asks for: its own stack, as gapfit decode reads it",
        owns=(Fact("what its ad describes", (AD,)),),
        does_not_own=(),
        languages=(),
        background=(),
        stack=tuple(sorted(stack, key=lambda item: (-item.weight, item.skill))),
        sources=(AD,),
        basis="one job ad, read by gapfit decode",
        halfway=halfway,
    )


def _headline(decoded: Decoding, catalogue: Catalogue) -> str:
    if not decoded.shares:
        return "A job ad that describes no work of the twelve AI and ML roles"
    parts = (f"{catalogue.role(s.role).name} {s.share:.0%}" for s in decoded.shares)
    return f"A job ad; by its content {', '.join(parts)}"


def _id(title: str, taken: set[str]) -> str:
    base = "job-" + (_OTHER_IDS.sub("-", title.lower()).strip("-")[:40].strip("-") or "ad")
    number, name = 2, base
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
