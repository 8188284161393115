"""A hand-made pool of candidates for tests of its views."""

from __future__ import annotations

from collections.abc import Sequence

import builders

from gapfit.bulk.cohort import cohort
from gapfit.datamodels import Candidate, Cohort, Level, ParseWarning, Skipped, Summary
from gapfit.formats import json

CATALOGUE = builders.a_catalogue()
ROLES = [role.id for role in CATALOGUE.roles if role.extends is None]

_FOUND = (
    builders.FOUND,
    {"kubernetes": (Level.OWNED, 0.95, 3), "python": (Level.USED, 0.8, 2)},
    {"llm-as-judge": (Level.USED, 0.7, 1)},
    {},
)
SOURCES = (
    ("pool/jane-roe.pdf", "pool/old/jane.pdf"),
    ("pool.zip!/kim.pdf",),
    ("s3://bucket/applications/2026/platform/a-rather-long-file-name-of-a-resume.pdf",),
    ("=HYPERLINK(x).pdf",),
)


def candidates(
    role: str | None = None, sources: Sequence[tuple[str, ...]] = SOURCES
) -> list[Candidate]:
    """Four candidates, ranked; the second was read with a warning."""
    pool = []
    for i, (own, found) in enumerate(zip(sources, _FOUND, strict=True)):
        warnings = [ParseWarning("little-text", "Only 40 words were found.")] if i == 1 else []
        resume = builders.a_resume(warnings=warnings)
        analysis = builders.an_analysis(CATALOGUE, found=found, resume=resume)
        fits = {fit.role: round(fit.fit, 1) for fit in analysis.roles}
        best = role or next(iter(fits))
        pool.append((fits[best], own, best, json.render_line(analysis)))
    pool.sort(key=lambda one: (-one[0], one[1]))
    return [
        Candidate(rank, own, best, fit, line)
        for rank, (fit, own, best, line) in enumerate(pool, start=1)
    ]


SKIPPED = (
    Skipped("pool/locked.pdf", "encrypted", "the file is encrypted. Save it without a password."),
    Skipped("pool/@odd.pdf", "not-a-pdf", "not a PDF. Export it as PDF."),
)
SUMMARY = Summary(inputs=7, scored=4, duplicates=1, skipped=2)


def a_cohort(role: str | None = None) -> Cohort:
    ids = [skill.id for skill in CATALOGUE.skills]
    levels = [
        "".join(str(int(found[s][0])) if s in found else "0" for s in ids) for found in _FOUND
    ]
    return cohort(CATALOGUE, levels, role)
