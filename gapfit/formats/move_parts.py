"""Moves between backgrounds and roles, to and from one role or all of them."""

from __future__ import annotations

from gapfit.datamodels import Catalogue, Market, Move
from gapfit.formats.parts import Part, Row, part, rows
from gapfit.wording import between, capital


def of_role(role: str, market: Market, catalogue: Catalogue) -> Part | None:
    """Return the moves to a role and away from it."""
    there = [m for m in market.moves if m.target == role and m.origin != role]
    away = [m for m in market.moves if m.origin == role]
    return part(
        "moves",
        "Moves",
        ("To it, from", [_row(m, _origin(m.origin, market, catalogue)) for m in there]),
        ("From it, to", [_row(m, _target(m.target, market, catalogue)) for m in away]),
    )


def of_all(market: Market, catalogue: Catalogue) -> list[Part | None]:
    """Return which background leads where, which role leads where, and which years count."""
    backgrounds = [background.id for background in market.backgrounds]
    roles = dict.fromkeys(move.origin for move in market.moves if move.origin not in backgrounds)

    def leading(origin: str) -> tuple[str, list[Row]]:
        away = [m for m in market.moves if m.origin == origin]
        name = capital(_origin(origin, market, catalogue))
        return name, [_row(m, _target(m.target, market, catalogue)) for m in away]

    return [
        part("backgrounds", "From a background", *map(leading, backgrounds), remark="to a role"),
        part("moves", "From one role to another", *map(leading, roles)),
        part("experience", "Years that count", ("", rows(market.experience))),
    ]


def _row(move: Move, other: str) -> Row:
    if move.months is None:
        return Row(move.difficulty, other, move.sources)
    remark = f" ({move.remark})" if move.remark else ""
    text = f"{move.difficulty} {between(*move.months, 'month')} of focused work{remark}."
    return Row(text, other, move.sources)


def _origin(origin: str, market: Market, catalogue: Catalogue) -> str:
    named = {background.id: background.name for background in market.backgrounds}
    return named.get(origin) or catalogue.role(origin).name


def _target(target: str, market: Market, catalogue: Catalogue) -> str:
    return market.destinations.get(target) or catalogue.role(target).name
