"""Small learning content for the catalogue of ``builders``: nothing of the built-in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gapfit.datamodels import Effort, Learning, LearningItem, Level, Project

PREREQUISITES = {
    "llm-as-judge": ("golden-sets",),
    "reranking": ("rag",),
    "rag": ("python",),
    "research-publications": ("fine-tuning",),
}


def an_item(
    name: str,
    skills: str,
    hours: tuple[int, int] = (4, 8),
    level: Level = Level.USED,
    **changes: object,
) -> LearningItem:
    values: dict[str, object] = {
        "id": name,
        "title": name.replace("-", " ").capitalize(),
        "build": f"Build the {name}.",
        "done_when": (f"The {name} holds 100 cases", "Another person used it"),
        "effort": Effort(*hours),
        "level": level,
        "skills": tuple(skills.split()),
        "resume_line": f"Built the {name} for [N] users",
        "sources": (),
    }
    return LearningItem(**{**values, **changes})  # type: ignore[arg-type]


ITEMS = (
    an_item("labelled-cases", "golden-sets", (6, 12), sources=("000",)),
    an_item("checked-judge", "llm-as-judge"),
    an_item("cited-page", "rag", (7, 10)),
    an_item("second-stage", "reranking", (3, 6)),
    an_item("spans", "llm-tracing", (3, 5)),
    an_item("typed-records", "structured-output", (5, 8)),
    an_item("tuned-model", "fine-tuning", (12, 20)),
    an_item("cluster", "kubernetes", (8, 16), Level.OWNED),
    an_item("small-tool", "python", (6, 10)),
    an_item("merged-change", "open-source", (10, 20), Level.OWNED),
    an_item("paper", "research-publications", (40, 80)),
)

# Project, its set-up and its items; two items stand in two projects.
PROJECTS = (
    ("page", (4, 6), "small-tool labelled-cases cited-page second-stage typed-records", False),
    ("gate", (2, 5), "labelled-cases checked-judge spans", False),
    ("lab", (3, 7), "tuned-model cluster merged-change paper", False),
    ("report", (1, 2), "spans typed-records", True),
)


def a_project(name: str, setup: tuple[int, int], items: str, closing: bool = False) -> Project:
    return Project(
        id=name,
        title=f"The {name}",
        outcome=f"A {name} that anyone can open.",
        setup=f"Choose what the {name} is for.",
        setup_effort=Effort(*setup),
        items=tuple(items.split()),
        closing=closing,
        sources=("000",),
    )


def a_learning(
    items: Sequence[LearningItem] = ITEMS,
    projects: Sequence[Project] | None = None,
    prerequisites: Mapping[str, tuple[str, ...]] = PREREQUISITES,
) -> Learning:
    held = tuple(a_project(*entry) for entry in PROJECTS) if projects is None else tuple(projects)
    return Learning(prerequisites, tuple(items), held, "9" * 64)
