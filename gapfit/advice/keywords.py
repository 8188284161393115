"""Skills that lines show and no word names: a recruiter's keyword search would miss them."""

from __future__ import annotations

import re

from gapfit.advice.seen import Seen, distinct, spaced
from gapfit.datamodels import Advice, Band, Topic
from gapfit.wording import listed

# Enough to mend in an evening.
MOST = 5
# Below this probability of being shown at all, naming it would be bold.
SURE = 0.6
# Words of a name that anybody would type into a search.
LONGEST = 3

# "Statistics and probability" is found by either half.
_JOINED = re.compile(r"\s+(?:and|or)\s+|/")


def keywords(seen: Seen) -> list[Advice]:
    """Return the core skills of the carried titles that are shown in use but never named."""
    text = spaced("\n".join(f"{s.text}\n{s.context}" for s in seen.resume.statements))
    core = dict.fromkeys(
        item.skill
        for role in seen.carried
        for item in seen.catalogue.role(role).stack
        if item.band is Band.CORE
    )
    unnamed = [
        skill for skill in core if _is_sure(seen, skill) and not _is_named(seen, skill, text)
    ]
    if not unnamed:
        return []
    shown = tuple(unnamed[:MOST])
    words = [f"“{seen.catalogue.skill(skill).name}”" for skill in shown]
    return [
        Advice(
            Topic.KEYWORDS,
            f"A keyword search would not find {listed(words, 'or')}: lines show it, no word names "
            "it. Where it is true, name it in that line.",
            skills=shown,
            evidence=distinct(seen.line(skill) for skill in shown),
            sources=("002",),
        )
    ]


def _is_sure(seen: Seen, skill: str) -> bool:
    words = len(seen.catalogue.skill(skill).name.split())
    return words <= LONGEST and seen.shows(skill) and seen.found[skill].confidence >= SURE


def _is_named(seen: Seen, skill: str, text: str) -> bool:
    known = seen.catalogue.skill(skill)
    halves = _JOINED.split(known.name)
    terms = (*halves, known.name, *(term.text for term in (*known.aliases, *known.tools)))
    singular = (term.removesuffix("s") for term in terms)
    return any(spaced(form) in text for term in singular for form in (term, f"{term}s"))
