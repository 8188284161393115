"""Variants of an ad: the same work, told at another length in other words.

Real ads are longer than the fictional ones, repeat themselves and pad; a model of the shares that
has seen such variants does not go by length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import data
import numpy as np
from numpy.typing import NDArray

from gapfit.ads import titles
from gapfit.datamodels import AdLine, FloatArray
from gapfit.decoding import signs as telling

# Skills that stand in ads of every kind; lines that ask for nothing else pad the variants.
COMMON = frozenset(
    """python cloud kubernetes ci-cd databases backend testing stakeholder-communication
    technical-leadership system-design systems-languages data-warehousing""".split()
)
# How an ad names its own role within the text.
NAMING = 0.6  # of the variants do
NAMED_WEIGHT = 0.8
# How many of the lengthened speak of something else, and in how much of their length at most: AI in
# an ad of no AI job, other work in one of an AI job.
SPRINKLED = 0.5
SPRINKLED_NONE = 0.2
SPRINKLED_AI = 0.4


@dataclass(frozen=True)
class Bag:
    """An ad as its lines: what each counts, asks for, is cued by and names."""

    weight: FloatArray
    asked: FloatArray
    cued: FloatArray
    naming: FloatArray


class Varying:
    """Makes variants of an ad: the same work, told at another length in other words."""

    def __init__(
        self, phrases: Sequence[tuple[AdLine, frozenset[str]]], phrased: FloatArray
    ) -> None:
        lines = [line for line, _ in phrases]
        self._random = np.random.default_rng(0)
        self._asked, self._cued = phrased, telling.cues(lines)
        self._naming = telling.named(lines)
        self._padding = [i for i, (_, asked) in enumerate(phrases) if asked <= COMMON]
        self._of: dict[str, list[int]] = {}
        for i, (_, skills) in enumerate(phrases):
            for skill in sorted(skills):
                self._of.setdefault(skill, []).append(i)

    def variant(self, bag: Bag, ad: data.Labelled) -> Bag:
        """Return an ad with lines left out, paraphrased and added."""
        random = self._random
        kept = random.random(len(bag.weight)) < 0.8
        if not kept.any():
            kept[:] = True
        own = _of(bag, kept)
        if ad.marked:
            self._paraphrase(own, [a for a, k in zip(ad.asked, kept, strict=True) if k])
        padding = random.choice(self._padding, random.integers(0, int(1.3 * len(kept)) + 2))
        weight = random.choice([1.0, 0.4, 0.4, 0.1], len(padding))
        told = self._own_name(ad)
        return Bag(
            np.concatenate([own.weight, weight, np.full(len(told), NAMED_WEIGHT)]),
            np.concatenate(
                [own.asked, self._asked[padding], np.zeros((len(told), own.asked.shape[1]))]
            ),
            np.concatenate(
                [own.cued, self._cued[padding], np.zeros((len(told), own.cued.shape[1]))]
            ),
            np.concatenate([own.naming, self._naming[padding], told]),
        )

    def mixture(
        self, first: int, bags: Sequence[Bag], divided: Sequence[FloatArray]
    ) -> tuple[Bag, FloatArray]:
        """Return an ad together with a part of another one, and how their work divides."""
        random = self._random
        others = [i for i, share in enumerate(divided) if i != first and not share[-1]]
        second = others[random.integers(len(others))]
        one, other = bags[first], bags[second]
        kept = random.random(len(other.weight)) < random.uniform(0.2, 1.0)
        part = _of(other, kept)
        here, there = float(one.weight.sum()), float(part.weight.sum())
        share = (here * divided[first] + there * divided[second]) / (here + there)
        return _joined([one, part]), share

    def lengthened(
        self,
        first: int,
        ads: Sequence[data.Labelled],
        bags: Sequence[Bag],
        divided: Sequence[FloatArray],
    ) -> tuple[Bag, FloatArray]:
        """Return an ad with up to three others led by the same role, and how their work divides.

        Real ads are three times as long as the fictional ones, and few keep to their subject: half
        of these speak of another ad's work, too, which makes no AI job of one that is none, and
        takes nothing from one that is.
        """
        random = self._random
        kinds = [int(share.argmax()) for share in divided]
        same = [i for i, kind in enumerate(kinds) if kind == kinds[first] and i != first]
        more = random.choice(same, min(int(random.integers(0, 4)), len(same)), replace=False)
        parts, worth = [], []
        for i in (first, *(int(i) for i in more)):
            whole = self.variant(bags[i], ads[i])
            parts.append(_of(whole, random.random(len(whole.weight)) < random.uniform(0.5, 1.0)))
            worth.append(float(parts[-1].weight.sum()) + 1e-3)
        share = np.average([divided[first], *(divided[i] for i in more)], axis=0, weights=worth)
        if random.random() < SPRINKLED:
            none = bool(divided[first][-1])
            others = [i for i, d in enumerate(divided) if bool(d[-1]) != none]
            other = bags[others[random.integers(len(others))]]
            most = SPRINKLED_NONE if none else SPRINKLED_AI
            lines = max(1, int(sum(map(len, (p.weight for p in parts))) * random.uniform(0, most)))
            chosen = random.permutation(len(other.weight))[:lines]
            parts.append(_of(other, chosen))
        return _joined(parts), share

    def _paraphrase(self, own: Bag, asked: Sequence[frozenset[str]]) -> None:
        for row, skills in enumerate(asked):
            choice = sorted(skill for skill in skills if skill in self._of)
            if choice and self._random.random() < 0.25:
                skill = choice[self._random.integers(len(choice))]
                other = self._random.choice(self._of[skill])
                own.asked[row] = self._asked[other]
                own.cued[row] = self._cued[other]

    def _own_name(self, ad: data.Labelled) -> FloatArray:
        """Rows of lines in which the ad names its own title."""
        naming = np.array([[role in titles.roles_named(ad.ad.title) for role in telling.ROLES]])
        times = self._random.integers(1, 4) if self._random.random() < NAMING else 0
        return np.repeat(naming.astype(np.float32), times, axis=0)


def _rows(bag: Bag) -> tuple[FloatArray, ...]:
    return bag.weight, bag.asked, bag.cued, bag.naming


def _of(bag: Bag, kept: NDArray[np.bool_] | NDArray[np.int_]) -> Bag:
    return Bag(*(rows[kept] for rows in _rows(bag)))


def _joined(parts: Sequence[Bag]) -> Bag:
    return Bag(*(np.concatenate(rows) for rows in zip(*map(_rows, parts), strict=True)))
