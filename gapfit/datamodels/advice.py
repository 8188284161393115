"""Advice: what a person may do with the result, on whose word and by which lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a result holds advice, advice holds evidence
    from gapfit.datamodels.result import Evidence


class Topic(StrEnum):
    """What a piece of advice is about, in the order in which it is given."""

    HEADLINE = "headline"  # the title to lead with
    TITLE = "title"  # one title the evidence carries; there may be several
    CLOSE_PAIR = "close-pair"  # what separates two scores that are close by nature
    LEVEL = "level"  # entry, mid, senior or staff, with its signs
    MOVE = "move"  # a next role from where the evidence comes from
    GATE = "gate"  # a role that asks for something first, and where to turn
    STAY = "stay"  # stay in ML, or add the AI toolkit
    COMBINATION = "combination"  # two sides that one title asks for together
    KEYWORDS = "keywords"  # skills shown by lines but named by no word


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice in a sentence or two, with what it rests on.

    ``details`` are further sentences for whoever asks for more; ``roles`` and ``skills`` are ids,
    the ones it is about; ``sources`` are the numbers of those it follows.
    """

    topic: Topic
    text: str
    details: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()
