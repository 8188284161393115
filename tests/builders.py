"""Hand-made nouns for tests of the views: small, fictional, independent of profiles and model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

import numpy as np

from gapfit.datamodels import (
    Analysis,
    Area,
    Band,
    Catalogue,
    Contribution,
    Encoded,
    Evidence,
    Fact,
    FloatArray,
    Form,
    Gain,
    Gap,
    Level,
    Manifest,
    ParseWarning,
    Resume,
    Role,
    RoleFit,
    Section,
    Skill,
    SkillFinding,
    StackItem,
    Statement,
    Term,
)

AREAS = (
    Area("evals", "Evals", overlap=True),
    Area("retrieval", "Retrieval", overlap=True),
    Area("observability", "Observability", overlap=True),
    Area("llm-apps", "LLM applications", overlap=False),
    Area("training", "Training", overlap=False),
    Area("platform", "Platform", overlap=False),
    Area("software", "Software", overlap=False),
    Area("research", "Research", overlap=False),
)

# id, name, area, a tool that names it
SKILLS = (
    ("golden-sets", "Golden datasets", "evals", ""),
    ("llm-as-judge", "LLM-as-judge", "evals", ""),
    ("rag", "Retrieval-augmented generation", "retrieval", "RAG"),
    ("reranking", "Reranking", "retrieval", "cross-encoder"),
    ("llm-tracing", "LLM tracing", "observability", "Langfuse"),
    ("structured-output", "Structured output", "llm-apps", "Pydantic"),
    ("fine-tuning", "Fine-tuning", "training", ""),
    ("kubernetes", "Kubernetes and containers", "platform", "Helm"),
    ("python", "Python", "software", ""),
    ("open-source", "Open-source contribution", "software", ""),
    ("research-publications", "Research publications", "research", ""),
)

# id, name, what each skill of the stack weighs
ROLES = (
    (
        "ai-engineer",
        "AI Engineer",
        "rag=.9 structured-output=.8 golden-sets=.7 llm-tracing=.7 llm-as-judge=.5 python=.5",
    ),
    (
        "llm-engineer",
        "LLM Engineer",
        "rag=1 golden-sets=.7 reranking=.6 llm-tracing=.5 structured-output=.5 python=.5 "
        "fine-tuning=.1",
    ),
    (
        "ml-engineer",
        "ML Engineer",
        "fine-tuning=.9 python=.8 golden-sets=.5 kubernetes=.5 llm-as-judge=.3",
    ),
    (
        "mlops-engineer",
        "MLOps Engineer",
        "kubernetes=1 python=.5 llm-tracing=.3",
    ),
    (
        "research-engineer",
        "Research Engineer",
        "research-publications=1 open-source=.8 fine-tuning=.6 golden-sets=.5 python=.4",
    ),
    (
        "prompt-engineer",
        "Prompt Engineer",
        "structured-output=.9 golden-sets=.8 llm-as-judge=.8 llm-tracing=.5",
    ),
    (
        "ai-platform-engineer",
        "AI Platform Engineer",
        "kubernetes=.9 llm-tracing=.8 python=.5 golden-sets=.3",
    ),
    (
        "forward-deployed-engineer",
        "Forward-Deployed Engineer",
        "rag=.8 llm-tracing=.7 llm-as-judge=.6 structured-output=.4 python=.3 "
        "reranking=.3 kubernetes=.2",
    ),
    (
        "responsible-ai-engineer",
        "Responsible AI Engineer",
        "llm-as-judge=.9 llm-tracing=.7 golden-sets=.6",
    ),
    (
        "ai-product-manager",
        "AI Product Manager",
        "llm-as-judge=.8 llm-tracing=.6 golden-sets=.4",
    ),
    (
        "ai-solutions-architect",
        "AI Solutions Architect",
        "rag=.6 llm-tracing=.6 kubernetes=.5 llm-as-judge=.4",
    ),
    (
        "voice-ai-engineer",
        "Voice AI Engineer",
        "llm-tracing=.8 python=.5 kubernetes=.4 structured-output=.4",
    ),
    (
        "inference-engineer",
        "Inference Engineer",
        "kubernetes=1 python=.3 fine-tuning=.2",
    ),
)

LINES = (
    "Shipped a RAG assistant over 40,000 support articles; it answers a third of all tickets",
    "Curated 600 labelled question-answer pairs with two support leads and kept them current, so "
    "that every change of prompt, index or model is measured against answers people signed off",
    "Validated every model answer against Pydantic schemas and retried the ones that failed",
    "Kubernetes",
    "Python",
)

# skill -> (level, credit, number of its line)
FOUND = {
    "rag": (Level.OWNED, 0.93, 0),
    "golden-sets": (Level.USED, 0.78, 1),
    "structured-output": (Level.USED, 0.74, 2),
    "python": (Level.USED, 0.62, 2),
    "kubernetes": (Level.MENTIONED, 0.15, 3),
}


def a_skill(skill: str, name: str, area: str, tool: str = "") -> Skill:
    return Skill(
        id=skill,
        name=name,
        area=area,
        definition=f"{name}, done for real",
        aliases=(),
        tools=(Term(tool),) if tool else (),
        examples=(f"Did {name.lower()} for a live product",),
        near_misses=(),
    )


def a_role(role: str, name: str, weights: Mapping[str, float], **changes: object) -> Role:
    stack = [
        StackItem(skill, Band.CORE if w >= 0.7 else Band.COMMON, w, ("000", "demand"))
        for skill, w in weights.items()
    ]
    values: dict[str, object] = {
        "id": role,
        "name": name,
        "extends": None,
        "headline": f"Does what a {name} does, every day",
        "definition": f"{name} of the test catalogue",
        "owns": (Fact("the feature, end to end", ("000", "002")),),
        "does_not_own": (Fact("training models from scratch", ("002",)),),
        "languages": (Fact("Python", ("001",)),),
        "background": (Fact("software engineer", ("004",)),),
        "stack": tuple(sorted(stack, key=lambda item: -item.weight)),
        "sources": ("000", "001", "demand"),
        "basis": "made up for tests",
    }
    return Role(**{**values, **changes})  # type: ignore[arg-type]


def _weights(stack: str) -> dict[str, float]:
    return {skill: float(w) for skill, w in (entry.split("=") for entry in stack.split())}


def a_catalogue() -> Catalogue:
    special: dict[str, dict[str, object]] = {
        "research-engineer": {
            "gate": {"research-publications": "used", "open-source": "owned"},
            "status": "gated",
        },
        "prompt-engineer": {
            "status": "vestigial title: the work now lives inside AI Engineer",
            "modern_wording": "AI Engineer (prompting & evals specialty)",
        },
        "inference-engineer": {"extends": "mlops-engineer"},
        "ai-engineer": {"conflicts": ("Pay: 001 says more, 003 says less.",)},
    }
    return Catalogue(
        areas=AREAS,
        skills=tuple(a_skill(*entry) for entry in SKILLS),
        roles=tuple(
            a_role(role, name, _weights(stack), **special.get(role, {}))
            for role, name, stack in ROLES
        ),
        sha256="a" * 64,
        file_hashes={"areas.toml": "b" * 64},
        sources={"000": "a guide to the titles, 2026", "demand": "how often job ads name a term"},
    )


def a_resume(
    lines: Sequence[str] = LINES, warnings: Sequence[ParseWarning] = (), language: str = "en"
) -> Resume:
    return Resume(
        statements=tuple(
            Statement(line, 1 + i // 3, 1 + i, Section.EXPERIENCE, Form.BULLET)
            for i, line in enumerate(lines)
        ),
        pages=2,
        language=language,
        warnings=tuple(warnings),
    )


def a_reading(resume: Resume) -> type:
    """Stands in for ``pipeline.Reading``: has read this resume, whatever it is given."""

    class Reading:
        def __init__(self, *_: object) -> None:
            pass

        def __enter__(self) -> Reading:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def result(self) -> tuple[Resume, str]:
            return resume, "e" * 64

    return Reading


def findings(
    catalogue: Catalogue,
    resume: Resume,
    found: Mapping[str, tuple[Level, float, int]] = FOUND,
) -> tuple[SkillFinding, ...]:
    return tuple(_finding(skill, resume, found) for skill in catalogue.skills)


def _finding(
    skill: Skill, resume: Resume, found: Mapping[str, tuple[Level, float, int]]
) -> SkillFinding:
    if skill.id not in found:
        return SkillFinding(skill.id, skill.area, Level.ABSENT, 0.04, 0.0, ())
    level, credit, line = found[skill.id]
    s = resume.statements[line]
    evidence = Evidence(s.page, s.line, s.section, s.text, 0.61)
    return SkillFinding(skill.id, skill.area, level, 0.3 + credit / 2, credit, (evidence,))


def fits(roles: Sequence[Role], found: Sequence[SkillFinding]) -> tuple[RoleFit, ...]:
    """A plain weighted share: enough for a view, and no test here moves when scoring does."""
    scored = sorted((_fit(role, found) for role in roles), key=lambda fit: -fit.fit)
    return tuple(
        RoleFit(f.role, f.fit, rank, f.contributions, f.missing, f.note)
        for rank, f in enumerate(scored, start=1)
    )


def _fit(role: Role, found: Sequence[SkillFinding]) -> RoleFit:
    credit = {finding.skill: finding.credit for finding in found}
    closed = bool(role.gate) and not any(credit[skill] for skill in role.gate)
    scale = (50.0 if closed else 100.0) / sum(item.weight for item in role.stack)
    parts = [
        Contribution(i.skill, scale * i.weight * credit[i.skill], scale * i.weight)
        for i in role.stack
    ]
    parts.sort(key=lambda c: (-c.points, c.skill))
    missing = tuple(c.skill for c in parts if c.points < 0.5 * c.possible)
    note = "gate-closed" if closed else ""
    return RoleFit(role.id, sum(c.points for c in parts), 0, tuple(parts), missing, note)


GAPS = (
    Gap(
        "llm-as-judge",
        "evals",
        1.0,
        Level.ABSENT,
        (Gain("ai-engineer", 9.1), Gain("forward-deployed-engineer", 8.8)),
        "Ordinary work as AI Engineer and Forward-Deployed Engineer; no line shows it yet.",
    ),
    Gap(
        "llm-tracing",
        "observability",
        0.9,
        Level.ABSENT,
        (Gain("ai-engineer", 8.1),),
        "Core to AI Engineer; no line shows it yet.",
    ),
    Gap(
        "reranking",
        "retrieval",
        0.2,
        Level.ABSENT,
        (Gain("llm-engineer", 1.2),),
        "Asked for occasionally as LLM Engineer; no line shows it yet.",
        occasional=True,
    ),
    Gap(
        "kubernetes",
        "platform",
        0.4,
        Level.MENTIONED,
        (Gain("ml-engineer", 5.5),),
        "Ordinary work as ML Engineer; named on page 2, but no line shows it in use.",
    ),
    Gap(
        "fine-tuning",
        "training",
        0.3,
        Level.ABSENT,
        (Gain("ml-engineer", 9.5), Gain("llm-engineer", 1.0)),
        "Core to ML Engineer; no line shows it yet.",
    ),
)


def a_manifest() -> Manifest:
    return Manifest("0.1.0", "all-MiniLM-L6-v2", "c" * 64, "d" * 64, "e" * 64)


def an_analysis(
    catalogue: Catalogue | None = None,
    *,
    resume: Resume | None = None,
    found: Mapping[str, tuple[Level, float, int]] = FOUND,
    gaps: Sequence[Gap] = GAPS,
    variants: bool = False,
) -> Analysis:
    catalogue = catalogue or a_catalogue()
    resume = resume or a_resume()
    skills = findings(catalogue, resume, found)
    roles = [role for role in catalogue.roles if variants or role.extends is None]
    return Analysis(a_manifest(), resume, skills, fits(roles, skills), tuple(gaps))


class FakeEncoder:
    """An Encoder without a model: equal words give equal directions, nothing else is meant."""

    name = "fake"
    sha256 = "f" * 64
    dimension = 16
    batch_invariant = True

    @property
    def pooling(self) -> str:
        return "mean"

    def encode(self, texts: Sequence[str]) -> FloatArray:
        return self.encode_tokens(texts).sentences

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        places = [[m.span() for m in re.finditer(r"\w+", text)] for text in texts]
        tokens = [
            np.array([self._word(text[a:b]) for a, b in spans], np.float32).reshape(
                -1, self.dimension
            )
            for text, spans in zip(texts, places, strict=True)
        ]
        sums = np.array([t.sum(axis=0) for t in tokens], np.float32).reshape(-1, self.dimension)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        spans = [np.array(p, np.int32).reshape(-1, 2) for p in places]
        return Encoded(sums / np.maximum(norms, 1e-9), tokens, spans)

    def _word(self, word: str) -> FloatArray:
        seed = int.from_bytes(hashlib.sha256(word.casefold().encode()).digest()[:8], "big")
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
