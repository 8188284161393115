"""From matches to findings, from findings to role fits; every weight and threshold.

levels     matches -> findings: which level is claimed, and what it is worth
formula    credits -> what they are worth to a role
fitting    findings -> fits, and what each skill brings
dividing   findings before and after -> each skill's part in the change of a fit
"""

from __future__ import annotations

from gapfit.datamodels import Formula
from gapfit.scoring.dividing import shares
from gapfit.scoring.fitting import acquire, among, fit_values, fits, ranked_together
from gapfit.scoring.formula import GATE_FLOOR, HALFWAY, SHAPE, coverage, curve, gate, gate_open
from gapfit.scoring.levels import (
    CREDIT,
    EVIDENCE_LINES,
    MENTIONED_AT,
    OWNED_AT,
    USED_AT,
    credit_of,
    findings,
    level_of,
)

__all__ = [
    "CREDIT",
    "EVIDENCE_LINES",
    "FORMULA",
    "GATE_FLOOR",
    "HALFWAY",
    "MENTIONED_AT",
    "OWNED_AT",
    "SHAPE",
    "USED_AT",
    "acquire",
    "among",
    "coverage",
    "credit_of",
    "curve",
    "findings",
    "fit_values",
    "fits",
    "gate",
    "gate_open",
    "level_of",
    "ranked_together",
    "shares",
]

# All that turns credits into fits, for whoever computes them elsewhere.
FORMULA = Formula(credit=CREDIT, halfway=HALFWAY, shape=SHAPE, gate_floor=GATE_FLOOR)
