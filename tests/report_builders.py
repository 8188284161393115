"""A report made by hand: two pages whose lines say where they stand, one of them with a picture."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence

import builders
import learning_builders
from PIL import Image

from gapfit import pipeline, scoring
from gapfit.datamodels import (
    Advice,
    Analysis,
    Catalogue,
    Evidence,
    Line,
    Pace,
    Page,
    ParseWarning,
    Picture,
    Report,
    Resume,
    Section,
    SkillFinding,
    Topic,
)

CATALOGUE = builders.a_catalogue()
WARNING = ParseWarning("low-word-quality", "Only 61% of the words on page 2 look like words.", 2)
_PAGE = (200.0, 280.0)


def a_resume(
    lines: Sequence[str] = builders.LINES, warnings: Sequence[ParseWarning] = ()
) -> Resume:
    """The resume of ``builders`` with its pages; its second statement stands on two lines."""
    plain = builders.a_resume(lines, warnings)
    statements = tuple(
        dataclasses.replace(s, places=((s.page, s.line), (s.page, 20)) if i == 1 else ())
        for i, s in enumerate(plain.statements)
    )
    pages = tuple(
        Page(
            number,
            *_PAGE,
            lines=tuple(
                Line(s.line, s.text, 20.0, 180.0, 30.0 * s.line, 10.0, bold=s.line == 1)
                for s in statements
                if s.page == number
            )
            + ((Line(20, "people signed off", 20.0, 90.0, 76.0, 10.0),) if number == 1 else ()),
            reader="pypdf",
            quality=1.0,
        )
        for number in (1, 2)
    )
    return dataclasses.replace(plain, statements=statements, layout=pages)


def a_picture(page: int = 1) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (20, 28), "white").save(file, "WEBP", lossless=True)
    return Picture(page, file.getvalue())


def an_analysis(resume: Resume | None = None, catalogue: Catalogue = CATALOGUE) -> Analysis:
    """An analysis whose fits are computed by the real formula, with a piece of advice."""
    analysis = builders.an_analysis(catalogue, resume=resume or a_resume())
    told = Advice(
        Topic.TITLE,
        "AI Engineer",
        details=("Because of the assistant.",),
        roles=("ai-engineer",),
        skills=("rag", "python"),
        evidence=(analysis.skills[2].evidence[0],),
        sources=("000",),
    )
    return dataclasses.replace(
        analysis, roles=scoring.fits(catalogue.roles, analysis.skills), advice=(told,)
    )


def a_report(
    analysis: Analysis | None = None,
    *,
    name: str = "resume.pdf",
    catalogue: Catalogue = CATALOGUE,
    pictures: Sequence[Picture] | None = None,
    undrawn: str = "",
    wanted: Sequence[str] = (),
) -> Report:
    analysis = analysis or an_analysis(catalogue=catalogue)
    return Report(
        name=name,
        analysis=analysis,
        checklist=pipeline.plan_checklist(
            analysis,
            catalogue,
            learning_builders.a_learning(),
            pace=Pace(8),
            count=2,
            role=next(iter(wanted), None),
        ),
        formula=scoring.FORMULA,
        pictures=(a_picture(),) if pictures is None else tuple(pictures),
        undrawn=undrawn,
        wanted=tuple(wanted),
    )


def hostile(text: str) -> Report:
    """A report in which everything a resume can say is ``text``."""
    resume = a_resume([text] * len(builders.LINES), [ParseWarning("odd", text, 1)])
    resume = dataclasses.replace(resume, language=text)
    return a_report(an_analysis(resume), name=text)


def with_evidence(finding: SkillFinding, *places: tuple[int, int]) -> SkillFinding:
    """The finding, shown by lines at these places."""
    lines = (Evidence(p, ln, Section.EXPERIENCE, f"Line {ln}", 0.5) for p, ln in places)
    return dataclasses.replace(finding, evidence=tuple(lines))
