"""Documents about all roles: the list, moves, questions, roles by kind of employer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from gapfit.datamodels import Catalogue, Employer, Guide, Market, Question, Role
from gapfit.formats import move_parts, place_parts
from gapfit.formats.parts import Document, Part, Row, cited, part
from gapfit.formats.words import listed


def overview(catalogue: Catalogue) -> Document:
    """Return the roles and their variants, each with the id to type and its headline."""
    roles = [row for role in catalogue.roles if role.extends is None for row in _short(role, "")]
    variants = [
        row
        for role in catalogue.roles
        if role.extends is not None
        for row in _short(role, catalogue.role(role.extends).name)
    ]
    parts = (part("roles", "Roles", ("", roles)), part("variants", "Variants", ("", variants)))
    return Document(
        "AI and ML roles of 2026",
        tuple(p for p in parts if p is not None),
        foot=(
            "One of them in full: gapfit roles ROLE",
            "Which one is yours: gapfit roles --decide. Which leads where: gapfit roles --moves",
        ),
    )


def _short(role: Role, parent: str) -> Iterator[Row]:
    yield Row(role.headline, role.id)
    if role.modern_wording:
        yield Row(f"Vestigial title, today: {role.modern_wording}", role.id)
    if parent:
        yield Row(f"Extends {parent}", role.id)


def moves(market: Market, catalogue: Catalogue) -> Document:
    """Return which background or role leads where, and how hard the way is."""
    parts = move_parts.of_all(market, catalogue)
    return _document("Moves into and between the roles", parts, catalogue)


def questions(market: Market, catalogue: Catalogue) -> Document:
    """Return the questions that help to choose, each answer with the roles it points to."""
    you = [q for q in market.questions if not q.position]
    position = [q for q in market.questions if q.position]
    parts = [
        part(
            "questions",
            "Which role is yours",
            *(_question(n, q, catalogue) for n, q in enumerate(you, start=1)),
            remark="the role most of your answers point to is the one to read first",
        ),
        part(
            "position",
            "Which role a position is",
            *(_question(n, q, catalogue) for n, q in enumerate(position, start=len(you) + 1)),
            remark="the first question weighs most",
        ),
    ]
    return _document("Which role", parts, catalogue)


def _question(number: int, question: Question, catalogue: Catalogue) -> tuple[str, list[Row]]:
    answers = [
        Row(
            f"{answer.text} → {listed([catalogue.role(r).name for r in answer.roles], 'or')}",
            f"{letter})",
            question.sources,
        )
        for letter, answer in zip("abcdefgh", question.answers, strict=False)
    ]
    return f"{number}. {question.text}", answers


def employer(kind: Employer, catalogue: Catalogue, guides: Mapping[str, Guide]) -> Document:
    """Return the roles that live at one kind of employer, and what each title means there."""
    groups = []
    for role in catalogue.roles:
        shown = place_parts.of_role(guides.get(role.id, Guide(role.id)), kind)
        if shown is not None:
            found = (row for group in shown.groups for row in group.rows)
            groups.append((role.name, [dataclasses.replace(row, lead="") for row in found]))
    title = f"Roles at a {place_parts.EMPLOYERS[kind]}"
    return _document(title, [part(kind.value, "Which live there", *groups)], catalogue)


def _document(title: str, parts: Sequence[Part | None], catalogue: Catalogue) -> Document:
    shown = [p for p in parts if p is not None]
    named = (Row(catalogue.sources.get(source, ""), source) for source in cited(shown))
    sources = part("sources", "Sources", ("", named))
    return Document(title, (*shown, *([sources] if sources is not None else [])))
