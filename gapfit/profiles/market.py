"""``market/``: what belongs to no single role: moves between roles, questions, levels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from gapfit import datafiles
from gapfit.datamodels import (
    Answer,
    Background,
    Catalogue,
    Market,
    Move,
    Question,
    Seniority,
)
from gapfit.errors import ProfileError
from gapfit.profiles.facts import FactEntry, Sources, check, facts
from gapfit.profiles.reading import Id, Text, read, refuse_duplicates

_Month = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
_Count = Annotated[int, msgspec.Meta(ge=0)]
_Pair = Annotated[list[_Count], msgspec.Meta(min_length=1, max_length=2)]


class _Background(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    name: Text
    titles: list[Text]
    skills: list[Text]
    sources: Sources


class _Destination(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    name: Text


class _Move(msgspec.Struct, forbid_unknown_fields=True):
    origin: Id = msgspec.field(name="from")
    target: Id = msgspec.field(name="to")
    difficulty: Text
    sources: Sources
    months: _Pair | None = None
    remark: str = ""


class _MovesFile(msgspec.Struct, forbid_unknown_fields=True):
    background: list[_Background]
    destination: list[_Destination]
    move: list[_Move]


class _Answer(msgspec.Struct, forbid_unknown_fields=True):
    text: Text
    roles: Sources


class _Question(msgspec.Struct, forbid_unknown_fields=True):
    text: Text
    answers: Annotated[list[_Answer], msgspec.Meta(min_length=2)]
    sources: Sources
    position: bool = False


class _QuestionsFile(msgspec.Struct, forbid_unknown_fields=True):
    question: list[_Question]


class _Level(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    name: Text
    words: list[Text]
    skills: list[Text]
    sources: Sources
    scope: str = ""
    owns: bool = False
    years: _Pair | None = None


class _LevelsFile(msgspec.Struct, forbid_unknown_fields=True):
    as_of: _Month
    llm_since: _Month
    llm_areas: list[Text]
    experience: list[FactEntry]
    level: Annotated[list[_Level], msgspec.Meta(min_length=1)]


def load_market(catalogue: Catalogue) -> Market:
    """Return the built-in moves, questions and levels, checked against ``catalogue``.

    Raises ProfileError naming the file, the key and the mend.
    """
    folder = datafiles.builtin("profiles") / "market"
    moves, backgrounds, destinations = _moves(folder / "moves.toml", catalogue)
    levels = read(folder / "levels.toml", _LevelsFile)
    return Market(
        backgrounds=backgrounds,
        destinations=destinations,
        moves=moves,
        questions=_questions(folder / "questions.toml", catalogue),
        levels=_levels(folder / "levels.toml", levels, catalogue),
        experience=facts(levels.experience),
        as_of=levels.as_of,
        llm_since=levels.llm_since,
        llm_areas=tuple(levels.llm_areas),
    )


def _moves(
    path: Path, catalogue: Catalogue
) -> tuple[tuple[Move, ...], tuple[Background, ...], dict[str, str]]:
    file = read(path, _MovesFile)
    roles = [role.id for role in catalogue.roles]
    origins = [b.id for b in file.background]
    destinations = {d.id: d.name for d in file.destination}
    refuse_duplicates(path, "origin or destination", [*roles, *origins, *destinations])
    for background in file.background:
        check(path, "skill", background.skills, [s.id for s in catalogue.skills])
        check(path, "source", background.sources, catalogue.sources)
    for move in file.move:
        check(path, "origin", [move.origin], [*origins, *roles])
        check(path, "role or destination", [move.target], [*roles, *destinations])
        check(path, "source", move.sources, catalogue.sources)
    return (
        tuple(_move(path, m) for m in file.move),
        tuple(
            Background(b.id, b.name, tuple(b.titles), tuple(b.skills), tuple(b.sources))
            for b in file.background
        ),
        destinations,
    )


def _move(path: Path, entry: _Move) -> Move:
    months = None
    if entry.months is not None:
        months = entry.months[0], entry.months[-1]
        if months[0] > months[1]:
            raise ProfileError(
                f"{path}: move from {entry.origin!r} to {entry.target!r}: months {months[0]} to "
                f"{months[1]}. Give the least first."
            )
    return Move(
        entry.origin, entry.target, entry.difficulty, tuple(entry.sources), months, entry.remark
    )


def _questions(path: Path, catalogue: Catalogue) -> tuple[Question, ...]:
    file = read(path, _QuestionsFile)
    for question in file.question:
        check(path, "source", question.sources, catalogue.sources)
        for answer in question.answers:
            check(path, "role", answer.roles, [role.id for role in catalogue.roles])
    return tuple(
        Question(
            text=q.text,
            answers=tuple(Answer(a.text, tuple(a.roles)) for a in q.answers),
            sources=tuple(q.sources),
            position=q.position,
        )
        for q in file.question
    )


def _levels(path: Path, file: _LevelsFile, catalogue: Catalogue) -> tuple[Seniority, ...]:
    refuse_duplicates(path, "level", [level.id for level in file.level])
    check(path, "area", file.llm_areas, [area.id for area in catalogue.areas])
    for level in file.level:
        check(path, "skill", level.skills, [s.id for s in catalogue.skills])
        check(path, "source", level.sources, catalogue.sources)
    return tuple(
        Seniority(
            id=level.id,
            name=level.name,
            years=_years(level.years),
            scope=level.scope,
            words=tuple(level.words),
            skills=tuple(level.skills),
            owns=level.owns,
            sources=tuple(level.sources),
        )
        for level in file.level
    )


def _years(entry: list[int] | None) -> tuple[int, int | None] | None:
    if entry is None:
        return None
    return entry[0], (entry[1] if len(entry) > 1 else None)
