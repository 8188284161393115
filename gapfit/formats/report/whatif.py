"""What the page needs to compute fits anew, as ``gapfit.scoring`` computes them."""

from __future__ import annotations

import json
from typing import Any

from gapfit.datamodels import Catalogue, Level, Report, Role
from gapfit.formats.clean import clean
from gapfit.formats.report.skills import BANDS


def model(report: Report, catalogue: Catalogue) -> str:
    """Return credits, stacks and the formula as JSON that is safe inside a script element.

    Numbers are written in full: the page starts from the very ones the scores come from.
    """
    formula = report.formula
    place = {finding.skill: i for i, finding in enumerate(report.analysis.skills)}
    shown = [catalogue.role(fit.role) for fit in report.analysis.roles]
    value = {
        "credit": {level.label: formula.credit[level] for level in (Level.USED, Level.OWNED)},
        "floor": formula.gate_floor,
        "skills": [
            {"id": f.skill, "name": clean(catalogue.skill(f.skill).name), "credit": f.credit}
            for f in report.analysis.skills
        ],
        "roles": [_role(role, report, place) for role in shown],
    }
    return _inert(json.dumps(value, separators=(",", ":"), ensure_ascii=True))


def _role(role: Role, report: Report, place: dict[str, int]) -> dict[str, Any]:
    formula = report.formula
    return {
        "id": role.id,
        "name": clean(role.name),
        "halfway": role.halfway or formula.halfway,
        "shape": role.shape or formula.shape,
        # skill, weight, how it is asked for
        "stack": [
            [place[item.skill], item.weight, BANDS.get(item.band, "")]
            for item in role.stack
            if item.weight > 0
        ],
        # skill, credit that opens the gate
        "gate": [
            [place[skill], formula.credit[Level[level.upper()]]]
            for skill, level in role.gate.items()
        ],
    }


def _inert(text: str) -> str:
    """JSON that can end no script element and begin no comment."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
