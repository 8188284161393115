"""A result of ``gapfit fit --format json``, read back as far as a comparison needs it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from gapfit.datamodels import (
    Analysis,
    Evidence,
    Form,
    Level,
    Manifest,
    ParseWarning,
    Resume,
    Section,
    SkillFinding,
    Statement,
)
from gapfit.errors import UnreadableInput

_Share = Annotated[float, Meta(ge=0.0, le=1.0)]
_Place = Annotated[int, Meta(ge=1)]


class _Manifest(msgspec.Struct):
    model: str
    model_sha256: str
    profiles_sha256: str
    input_sha256: str


class _Warning(msgspec.Struct):
    code: str
    message: str
    page: int | None = None


class _Resume(msgspec.Struct):
    pages: _Place
    language: str
    warnings: list[_Warning]


class _Evidence(msgspec.Struct):
    page: _Place
    line: _Place
    section: Section
    text: str
    similarity: _Share


class _Skill(msgspec.Struct):
    id: str
    area: str
    level: Literal["absent", "mentioned", "used", "owned"]
    confidence: _Share
    credit: _Share
    evidence: list[_Evidence]


class _Result(msgspec.Struct):
    schema_version: Literal[1]
    gapfit_version: str
    manifest: _Manifest
    resume: _Resume
    skills: list[_Skill]


def is_json(data: bytes) -> bool:
    """Whether a file is meant as JSON, whatever it is called."""
    return data.lstrip()[:1] == b"{"


def read(data: bytes, source: str) -> Analysis:
    """Return what a result says was found; its scores follow from that and are left out.

    Its resume holds only the lines quoted as evidence: a result knows no others. Raises
    UnreadableInput for what is no result of this schema.
    """
    try:
        told = msgspec.json.decode(data, type=_Result)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _no_result(source, str(error)) from error
    made = told.manifest
    return Analysis(
        manifest=Manifest(
            gapfit_version=told.gapfit_version,
            model=made.model,
            model_sha256=made.model_sha256,
            profiles_sha256=made.profiles_sha256,
            input_sha256=made.input_sha256,
        ),
        resume=_resume(told),
        skills=tuple(map(_finding, told.skills)),
        roles=(),
        gaps=(),
    )


def _resume(told: _Result) -> Resume:
    lines = {
        (line.page, line.line, line.text): line for skill in told.skills for line in skill.evidence
    }
    return Resume(
        statements=tuple(
            Statement(line.text, line.page, line.line, line.section, Form.SENTENCE)
            for _, line in sorted(lines.items())
        ),
        pages=told.resume.pages,
        language=told.resume.language,
        warnings=tuple(
            ParseWarning(warning.code, warning.message, warning.page)
            for warning in told.resume.warnings
        ),
    )


def _finding(skill: _Skill) -> SkillFinding:
    return SkillFinding(
        skill=skill.id,
        area=skill.area,
        level=Level[skill.level.upper()],
        confidence=skill.confidence,
        credit=skill.credit,
        evidence=tuple(
            Evidence(line.page, line.line, line.section, line.text, line.similarity)
            for line in skill.evidence
        ),
    )


def _no_result(source: str, why: str) -> UnreadableInput:
    return UnreadableInput(
        "not-a-result",
        f"{source}: is no result of this gapfit ({why}). Give a resume PDF, or make the result "
        "anew: gapfit fit RESUME.pdf --format json",
    )
