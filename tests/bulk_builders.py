"""Small pools of fictional resumes, and a judge without a model, for tests of bulk runs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import builders
from tiny_pdf import PROSE, column, pdf, text

from gapfit import embeddings, intake, pipeline, profiles
from gapfit.bulk import judging
from gapfit.datamodels import Read, Resume, Scored

WORK = (
    "Built a RAG assistant over 40,000 support articles with hybrid search",
    "Curated 600 labelled question-answer pairs for regression tests",
    "Traced every model call with Langfuse and cut the cost per answer",
    "Ran Kubernetes clusters for nine product teams with Helm and Argo CD",
    "Fine-tuned a small model on 12,000 annotated conversations with LoRA",
    "Wrote the feature store and its backfills in Python and Spark",
    "Served models behind a gRPC gateway with canary releases and rollbacks",
)


def resume_pdf(number: int) -> bytes:
    """A resume of one page; every number gives another."""
    work = [line for i, line in enumerate(WORK) if (number + 1) >> (i % 7) & 1 or i == number % 7]
    lines = [f"{line}, release {number}." for line in work]
    return pdf(
        text(50, 60, f"Person {number}", size=18, bold=True)
        + text(50, 110, "Experience", size=13, bold=True)
        + column(50, 130, lines)
        + text(50, 300, "Projects", size=13, bold=True)
        + column(50, 320, PROSE)
    )


def a_pool(folder: Path, count: int, first: int = 0) -> Path:
    """Write ``count`` resumes into ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"{number:03}.pdf").write_bytes(resume_pdf(number))
    return folder


def an_archive(path: Path, members: dict[str, bytes]) -> Path:
    """Write a ZIP archive with these members and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


class AnalyzerWithoutModel(pipeline.Analyzer):
    """The real pipeline and catalogue on the fake encoder; keeps nothing in the user's cache."""

    def __init__(self) -> None:
        catalogue, encoder = profiles.load(), builders.FakeEncoder()
        kept = embeddings.load
        embeddings.load = lambda *_: embeddings.build(catalogue, encoder)  # type: ignore[assignment]
        try:
            super().__init__(catalogue, encoder_=encoder)
        finally:
            embeddings.load = kept


def a_judge() -> judging.Judge:
    return judging.Judge(AnalyzerWithoutModel())


def make_judge() -> Callable[[Sequence[Read] | None], list[Scored] | judging.Made]:
    """What a judge's process calls in tests."""
    judge = a_judge()
    return lambda read: judge.made() if read is None else judge.score(read)


def read_pdf(data: bytes) -> tuple[Resume, str]:
    return intake.read_unguarded(data, "resume.pdf")
