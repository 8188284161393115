"""The report: an analysis with what a page needs to show it, to check it and to compute with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a page's picture and the formula are wanted without all that a report holds
    from gapfit.datamodels.checklist import Checklist
    from gapfit.datamodels.result import Analysis, Level


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks, turned as ``Page.turn`` says; ``webp`` are the bytes of a WebP file."""

    page: int
    webp: bytes


@dataclass(frozen=True, slots=True)
class Formula:
    """What a fit is computed with beside a role's profile; see ``gapfit.scoring``.

    ``credit``, 0-1, is what each level is worth; ``halfway`` the coverage, 0-1, worth a fit of 50
    and ``shape`` its steepness there, where the profile names none; ``gate_floor`` the share of its
    points a role keeps while its gate is shut.
    """

    credit: Mapping[Level, float]
    halfway: float
    shape: float
    gate_floor: float


@dataclass(frozen=True, slots=True)
class Report:
    """One resume's report. ``name`` is its file's name, ``wanted`` the roles asked for by id.

    ``undrawn`` is why there are no pictures, where drawing them went wrong.
    """

    name: str
    analysis: Analysis
    checklist: Checklist
    formula: Formula
    pictures: tuple[Picture, ...] = ()
    undrawn: str = ""
    wanted: tuple[str, ...] = ()
