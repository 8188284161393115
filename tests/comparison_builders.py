"""Hand-made comparisons: a few lines, what each of them shows, and plain fits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import builders

from gapfit import comparison
from gapfit.datamodels import (
    Analysis,
    Catalogue,
    Comparison,
    Form,
    Gain,
    Gap,
    Level,
    ParseWarning,
    Resume,
    Role,
    Section,
    SkillFinding,
    Statement,
)

# A line, and the skills it shows with level and credit.
SHOWN: Mapping[str, Mapping[str, tuple[Level, float]]] = {
    "Shipped a RAG assistant over 40,000 support articles; it answers a third of all tickets": {
        "rag": (Level.OWNED, 0.93)
    },
    "Curated 600 labelled question-answer pairs with two support leads and kept them current": {
        "golden-sets": (Level.USED, 0.78)
    },
    "Curated question-answer pairs with two support leads": {"golden-sets": (Level.MENTIONED, 0.3)},
    "Validated every model answer against Pydantic schemas and retried the ones that failed": {
        "structured-output": (Level.USED, 0.74),
        "python": (Level.USED, 0.62),
    },
    "Traced every request in Langfuse with prompt version, chunks and cost": {
        "llm-tracing": (Level.USED, 0.8)
    },
    "Published a paper on long-document retrieval at a workshop": {
        "research-publications": (Level.USED, 0.75)
    },
    "Kubernetes": {"kubernetes": (Level.MENTIONED, 0.15)},
    "Looked after two interns and the plants of the team": {},
    "Looked after the two interns of the team": {},
    "Sang in the company choir": {},
    "Trained the fraud models of a card issuer and retrained them weekly": {
        "fine-tuning": (Level.OWNED, 0.9)
    },
    "Ran forty services on Kubernetes clusters in three regions with Helm": {
        "kubernetes": (Level.OWNED, 1.0)
    },
}
RAG, CURATED, CURATED_LESS, VALIDATED, TRACED, PAPER, KUBERNETES, PLANTS, INTERNS, CHOIR = [*SHOWN][
    :10
]
FRAUD, CLUSTERS = [*SHOWN][10:]

OLD = (RAG, CURATED, VALIDATED, KUBERNETES, PLANTS)
NEW = (VALIDATED, RAG, CURATED_LESS, TRACED, PAPER, INTERNS, CHOIR)
OTHER = (FRAUD, CLUSTERS)

CATALOGUE = builders.a_catalogue()


def a_statement(text: str, place: int = 0, section: Section = Section.EXPERIENCE) -> Statement:
    return Statement(text, 1 + place // 3, 1 + place, section, Form.BULLET)


def resume_of(lines: Sequence[str], warnings: Sequence[ParseWarning] = ()) -> Resume:
    statements = tuple(a_statement(line, place) for place, line in enumerate(lines))
    return Resume(statements, 2, "en", tuple(warnings))


def found_in(lines: Sequence[str], catalogue: Catalogue) -> tuple[SkillFinding, ...]:
    """Findings of a text: every skill by the line that shows it best."""
    best: dict[str, tuple[Level, float, int]] = {}
    for place, line in enumerate(lines):
        for skill, (level, credit) in SHOWN.get(line, {}).items():
            if skill not in best or best[skill][1] < credit:
                best[skill] = (level, credit, place)
    return builders.findings(catalogue, resume_of(lines), best)


def gaps_of(found: Sequence[SkillFinding]) -> tuple[Gap, ...]:
    """Every skill that is not used, in catalogue order, those named only last."""
    lacking = sorted((f for f in found if f.level < Level.USED), key=lambda f: f.level)
    return tuple(
        Gap(f.skill, f.area, 0.5, f.level, (Gain("ai-engineer", 2.0),), "Core; no line shows it.")
        for f in lacking
    )


def an_analysis(
    lines: Sequence[str],
    catalogue: Catalogue = CATALOGUE,
    *,
    warnings: Sequence[ParseWarning] = (),
) -> Analysis:
    found = found_in(lines, catalogue)
    roles = [role for role in catalogue.roles if role.extends is None]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    made = replace(builders.a_manifest(), input_sha256=digest)
    resume = resume_of(lines, warnings)
    return Analysis(made, resume, found, builders.fits(roles, found), gaps_of(found))


def shares(
    role: Role, before: Sequence[SkillFinding], after: Sequence[SkillFinding]
) -> dict[str, float]:
    """The difference of the points of ``builders.fits``, which are a plain weighted share.

    What an opened gate releases of unchanged skills goes to the skill that opened it.
    """
    (old,), (new,) = builders.fits([role], before), builders.fits([role], after)
    earlier = {part.skill: part.points for part in old.contributions}
    credit = {finding.skill: finding.credit for finding in before}
    changed = {f.skill for f in after if f.credit != credit[f.skill]}
    opener = next((skill for skill in role.gate if skill in changed), "")
    points: dict[str, float] = {}
    for part in new.contributions:
        skill = part.skill if part.skill in changed else opener
        points[skill] = points.get(skill, 0.0) + part.points - earlier[part.skill]
    return points


def a_comparison(
    old: Sequence[str] = OLD,
    new: Sequence[str] = NEW,
    *,
    warnings: tuple[Sequence[ParseWarning], Sequence[ParseWarning]] = ((), ()),
    lines: bool = True,
) -> Comparison:
    """Compare two texts made of known lines; without ``lines``, by their evidence alone."""
    before = an_analysis(old, warnings=warnings[0])
    after = an_analysis(new, warnings=warnings[1])
    if not lines:
        return comparison.compare(CATALOGUE, before, after, shares)
    edits = comparison.edits(before.resume.statements, after.resume.statements)
    both = [*old, *new]
    roles = [role for role in CATALOGUE.roles if role.extends is None]
    tried = [
        {
            fit.role: fit.fit
            for fit in builders.fits(roles, found_in([both[i] for i in chosen], CATALOGUE))
        }
        for chosen in comparison.trials(edits, len(old), len(new))
    ]
    return comparison.compare(CATALOGUE, before, after, shares, edits, tried)
