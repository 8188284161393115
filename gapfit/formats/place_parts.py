"""Where a role lives: kinds of company with examples, and what its title means there."""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.datamodels import Employer, Guide
from gapfit.formats.parts import Part, Row, part

EMPLOYERS = {
    Employer.STARTUP: "start-up",
    Employer.ENTERPRISE: "enterprise",
    Employer.LAB: "lab",
}


def of_role(guide: Guide, employer: Employer | None = None) -> Part | None:
    """Return where a role lives, everywhere or at one kind of employer."""
    places = (
        Row(_place(w.text, w.names), _kinds(w.employers), w.sources, w.inferred)
        for w in guide.workplaces
        if employer is None or employer in w.employers
    )
    meanings = (
        Row(c.text, EMPLOYERS[c.employer], c.sources)
        for c in guide.contexts
        if employer is None or employer is c.employer
    )
    return part(
        "employers",
        "Where it lives",
        ("", places),
        ("What the title means there", meanings),
        remark="kinds of company, with examples",
    )


def _place(text: str, names: Sequence[str]) -> str:
    return f"{text}: {', '.join(names)}" if names else text


def _kinds(employers: Sequence[Employer]) -> str:
    every = len(employers) == len(EMPLOYERS)
    return "any" if every else ", ".join(EMPLOYERS[employer] for employer in employers)
