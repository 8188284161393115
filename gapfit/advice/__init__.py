"""From a result to advice: titles to lead with, likely level, moves that fit, words to name.

Every piece says what it rests on: lines of the resume, and the sources that make the rule. Nothing
here changes a score. The thresholds stand in the modules that use them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gapfit.advice.headline import headline
from gapfit.advice.keywords import keywords
from gapfit.advice.moves import combination, gate, moves, stay
from gapfit.advice.seen import Seen
from gapfit.advice.seniority import is_entry, level, signs
from gapfit.advice.titles import close_pair, titles
from gapfit.datamodels import (
    Advice,
    Catalogue,
    Guide,
    Market,
    Resume,
    RoleFit,
    SkillFinding,
)

__all__ = ["give"]


def give(
    catalogue: Catalogue,
    guides: Mapping[str, Guide],
    market: Market,
    resume: Resume,
    found: Sequence[SkillFinding],
    fits: Sequence[RoleFit],
    wanted: Sequence[str] = (),
) -> tuple[Advice, ...]:
    """Return the advice for one resume, in the order of its topics.

    ``found`` has one finding per skill, ``fits`` one fit per role of the catalogue. ``wanted`` are
    the role ids a person asked about.
    """
    seen = Seen(
        catalogue=catalogue,
        guides=guides,
        market=market,
        resume=resume,
        found={finding.skill: finding for finding in found},
        fits={fit.role: fit for fit in sorted(fits, key=lambda fit: fit.rank)},
    )
    seniority = signs(seen)
    return (
        *headline(seen),
        *titles(seen),
        *close_pair(seen),
        *level(seen, seniority),
        *moves(seen, entry=is_entry(seniority)),
        *gate(seen, wanted),
        *stay(seen),
        *combination(seen),
        *keywords(seen),
    )
