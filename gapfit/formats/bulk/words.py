"""What the views of a pool say alike."""

from __future__ import annotations

from typing import Any

import msgspec

from gapfit.datamodels import Candidate, Catalogue, Lack, Level, Summary
from gapfit.formats.words import count

CAUTION = (
    "A fit is evidence found in a text. It is there to be read by a person, with the lines beside "
    "it, and not to reject anyone automatically: where no line shows a skill, the work may still "
    "have been done.",
    "In the European Union, software that filters applications or evaluates candidates is "
    "high-risk (AI Act, Annex III, point 4): a person must oversee it, understand what it shows, "
    "and be free to decide otherwise. People have the right not to be subject to a decision that "
    "rests on such a score alone (GDPR, Article 22).",
)


def result(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate's result as plain dicts and lists."""
    value: dict[str, Any] = msgspec.json.decode(candidate.line)
    return value


def of(summary: Summary) -> str:
    """Return a run in numbers."""
    parts = [f"{summary.scored:,} scored"]
    if summary.duplicates:
        parts.append(count(summary.duplicates, "duplicate"))
    if summary.skipped:
        parts.append(f"{summary.skipped:,} skipped")
    inputs = "1 input" if summary.inputs == 1 else f"{summary.inputs:,} inputs"
    return f"{inputs}: {', '.join(parts)}"


def strongest(found: dict[str, Any], role: str, catalogue: Catalogue, most: int) -> list[str]:
    """Return the names of the skills that carry the fit for ``role``, the most points first."""
    (fit,) = [fit for fit in found["roles"] if fit["id"] == role]
    earning = [part["skill"] for part in fit["contributions"] if part["points"] >= 0.05]
    return [catalogue.skill(skill).name for skill in earning[:most]]


def first_gaps(found: dict[str, Any], catalogue: Catalogue, most: int) -> list[str]:
    """Return the names of the skills to close first."""
    return [catalogue.skill(gap["skill"]).name for gap in found["gaps"][:most]]


def shown_by(lack: Lack, candidates: int) -> str:
    """Return how many of the pool show a skill."""
    who = "nobody" if lack.shown == 0 else f"{lack.shown:,} of {candidates:,}"
    named = lack.counts[Level.MENTIONED]
    return f"shown by {who}" + (f", named by {named:,} more" if named else "")
