"""Which skills an ad requires, prefers or only names, and by which lines.

What a line seems to ask for is the likelier meant, the more the roles whose work the ad describes
own it: "shape the roadmap" is product management in a product manager's ad, and teamwork elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gapfit.datamodels import (
    AdParameters,
    AdQuote,
    Catalogue,
    FloatArray,
    JobAd,
    Need,
    RoleShare,
    SkillAsk,
)

# What the roles' stacks add to a skill's log-odds per unit of weight, and up to which weight;
# chosen on benchmarks/decode (chosen half).
EXPECTED = 2.0
MOST_EXPECTED = 0.8

# Lines kept per skill.
_EVIDENCE = 3
_ORDER = (Need.REQUIRED, Need.PREFERRED, Need.CONTEXT)
_LEAST = 1e-4


def asked(
    ad: JobAd,
    probabilities: FloatArray,
    shares: Sequence[RoleShare],
    catalogue: Catalogue,
    parameters: AdParameters,
) -> tuple[SkillAsk, ...]:
    """Return the skills an ad names, required ones first, then by how surely they are asked for.

    ``probabilities`` has shape (lines, skills).
    """
    thresholds = {
        Need.REQUIRED: parameters.required_at,
        Need.PREFERRED: parameters.preferred_at,
        Need.CONTEXT: parameters.preferred_at,
    }
    likely = expected(probabilities, shares, catalogue)
    rows = {need: [i for i, line in enumerate(ad.lines) if line.need is need] for need in _ORDER}
    found = []
    for column, skill in enumerate(catalogue.skills):
        for need in _ORDER:
            lines = [i for i in rows[need] if likely[i, column] >= thresholds[need]]
            if lines:
                lines.sort(key=lambda i: (-likely[i, column], i))
                quotes = tuple(AdQuote(ad.lines[i].line, ad.lines[i].text) for i in lines)
                sure = float(likely[lines[0], column])
                found.append(SkillAsk(skill.id, need, sure, quotes[:_EVIDENCE]))
                break
    place = {skill.id: i for i, skill in enumerate(catalogue.skills)}
    return tuple(
        sorted(found, key=lambda a: (_ORDER.index(a.need), -round(a.confidence, 3), place[a.skill]))
    )


def expected(
    probabilities: FloatArray, shares: Sequence[RoleShare], catalogue: Catalogue
) -> FloatArray:
    """Return the probabilities, raised by what the roles of the ad own; same shape."""
    place = {skill.id: i for i, skill in enumerate(catalogue.skills)}
    owned = np.zeros(len(place))
    for share in shares:
        for item in catalogue.role(share.role).stack:
            owned[place[item.skill]] += share.share * item.weight
    sure = np.clip(probabilities, _LEAST, 1.0 - _LEAST)
    odds = np.log(sure / (1.0 - sure)) + EXPECTED * np.minimum(owned, MOST_EXPECTED)
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), np.float32)
