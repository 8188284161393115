"""Measures ``gapfit decode`` against two readers of real ads, beside baselines, in one run.

    python benchmarks/decode/run.py --ads FILE.jsonl [--half chosen|held-out|both]

FILE has one JSON object per line: ``id``, ``title``, ``text``. It holds real ads and is not in the
repository; ``readings/`` has what two readers said of 131 of them, ids and labels only. Without the
file nothing can be measured, and the run says so.

Mechanisms and constants were chosen by looking at one half of the ads (by a hash of their id); the
other was looked at when all was done.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import data

from gapfit.datamodels import Form, JobAd, Need, Section, Statement
from gapfit.decoder import Decoder
from gapfit.matching.lexical import Lexicon

HERE = Path(__file__).parent
READERS = ("first", "second")
NONE = "none of the twelve"


@dataclass(frozen=True)
class Said:
    """What a method, or a reader, says of one ad."""

    shares: Mapping[str, float]
    not_ai: bool
    disagrees: bool
    required: frozenset[str]
    years: int | None

    @property
    def dominant(self) -> str | None:
        """The dominant role, "none of the twelve", or None for a mixed ad."""
        if self.not_ai:
            return NONE
        return next((r for r, s in self.shares.items() if s >= 0.6 - 1e-9), None)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ads", type=Path)
    parser.add_argument("--half", choices=["chosen", "held-out", "both"], default="both")
    given = parser.parse_args()
    if given.ads is None or not given.ads.is_file():
        print(
            "Skipped: this benchmark needs the real ads that the readings are of, which are not in "
            "the repository. Give them with --ads FILE.jsonl."
        )
        return
    readings = {name: data.reading(HERE / "readings" / f"{name}.json") for name in READERS}
    found = data.shared(given.ads, readings["first"])
    print(f"{len(found)} ads, {len(readings['first'])} labelled")
    said = methods(found)
    for half in ("chosen", "held-out"):
        if given.half in (half, "both"):
            ids = sorted(i for i in found if chosen(i) == (half == "chosen"))
            show(half, ids, said, readings)


def chosen(ad: str) -> bool:
    """Whether an ad is of the half by which mechanisms were chosen."""
    return int(hashlib.sha256(ad.encode()).hexdigest(), 16) % 2 == 0


# ---------------------------------------------------------------- the methods


def methods(found: Mapping[str, JobAd]) -> dict[str, dict[str, Said]]:
    """Return what each method says of every ad."""
    decoder = Decoder()
    keywords = Keywords(decoder)
    return {
        "gapfit": {i: gapfit(decoder, ad) for i, ad in found.items()},
        "title only": {i: title_only(ad) for i, ad in found.items()},
        "keywords": {i: keywords.read(ad) for i, ad in found.items()},
        "always AI Engineer": {i: majority(ad) for i, ad in found.items()},
    }


def gapfit(decoder: Decoder, ad: JobAd) -> Said:
    """What gapfit says."""
    told = decoder.decode(ad, "")
    return Said(
        {s.role: s.share for s in told.shares},
        told.not_ai,
        told.title_disagrees,
        frozenset(a.skill for a in told.skills if a.need is Need.REQUIRED),
        told.years.asked if told.years is not None else None,
    )


def title_only(ad: JobAd) -> Said:
    """The title taken at its word; it asks for nothing and never disagrees with itself."""
    shares = {ad.title_role: 1.0} if ad.title_role else {}
    return Said(shares, False, False, frozenset(), first_years(ad))


def majority(ad: JobAd) -> Said:
    """The commonest role, whatever the ad says."""
    shares = {"ai-engineer": 1.0}
    return Said(shares, False, data.disagrees(ad.title_role, shares), frozenset(), None)


class Keywords:
    """Names of skills and tools anywhere in the ad, added up by the roles' weights."""

    def __init__(self, decoder: Decoder) -> None:
        self._skills = decoder.catalogue.skills
        self._lexicon = Lexicon(self._skills)
        self._roles = [role for role in decoder.catalogue.roles if role.extends is None]

    def read(self, ad: JobAd) -> Said:
        """Return what the keywords say; the role with most of the weight is the dominant one."""
        lines = [
            Statement(line.text, 1, line.line, Section.OTHER, Form.BULLET) for line in ad.lines
        ]
        hits = np.maximum(*self._lexicon.hits(lines, [line.text for line in lines])).max(axis=0)
        named = frozenset(s.id for s, hit in zip(self._skills, hits, strict=True) if hit)
        weights = {
            role.id: sum(item.weight for item in role.stack if item.skill in named)
            / sum(item.weight for item in role.stack)
            for role in self._roles
        }
        if not any(weights.values()):
            return Said({}, True, ad.title_role is not None, named, first_years(ad))
        best = max(weights, key=lambda role: weights[role])
        shares = {best: 1.0}
        return Said(shares, False, data.disagrees(ad.title_role, shares), named, first_years(ad))


def first_years(ad: JobAd) -> int | None:
    """The first number before "years" anywhere in the ad."""
    text = "\n".join(line.text for line in ad.lines)
    match = re.search(r"(\d{1,2})\+?\s*(?:-\s*\d+\s*)?\+?\s*years", text)
    return int(match[1]) if match else None


def read_by(labels: data.Labels) -> Said:
    """What a reader says."""
    return Said(
        labels.roles, not labels.roles, labels.title_disagrees, labels.required, labels.years
    )


# ---------------------------------------------------------------- the figures


def show(
    half: str,
    ids: Sequence[str],
    said: Mapping[str, Mapping[str, Said]],
    readings: Mapping[str, Mapping[str, data.Labels]],
) -> None:
    """Print the figures of one half: the readers against each other, each method against both."""
    first, second = ({i: read_by(readings[name][i]) for i in ids} for name in READERS)
    print(f"\n{half} half: {len(ids)} ads")
    print(
        f"{'':34}{'dominant':>9}{'kappa':>7}{'leading':>9}{'shares':>8}{'none P/R':>12}"
        f"{'title P/R':>12}{'required F1':>13}{'P/R':>11}{'years':>7}"
    )
    print(row("second reader, first as truth", ids, second, first))
    for name, told in said.items():
        for reader, truth in zip(READERS, (first, second), strict=True):
            print(row(f"{name}, {reader} as truth", ids, told, truth))


def row(name: str, ids: Sequence[str], told: Mapping[str, Said], truth: Mapping[str, Said]) -> str:
    """Return one line of the table."""
    pairs = [(told[i], truth[i]) for i in ids]
    same = [(str(a.dominant), str(b.dominant)) for a, b in pairs]
    ai = [(a, b) for a, b in pairs if not b.not_ai]
    overlap = np.mean([shared(a.shares, b.shares) for a, b in ai])
    leading = np.mean([leads(a, b) for a, b in ai])
    none = ratio(pairs, lambda s: s.not_ai)
    title = ratio(pairs, lambda s: s.disagrees)
    hits = sum(len(a.required & b.required) for a, b in pairs)
    precision = hits / max(sum(len(a.required) for a, _ in pairs), 1)
    recall = hits / max(sum(len(b.required) for _, b in pairs), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    years = np.mean([a.years == b.years for a, b in pairs])
    accuracy = np.mean([a == b for a, b in same])
    return (
        f"{name:34}{accuracy:9.2f}{kappa(same):7.2f}{leading:9.2f}{overlap:8.2f}{none:>12}"
        f"{title:>12}{f1:13.2f}{f'{precision:.2f}/{recall:.2f}':>11}{years:7.2f}"
    )


def leads(told: Said, truth: Said) -> bool:
    """Whether the largest share is one of the reader's largest."""
    if not told.shares or told.not_ai:
        return False
    best = max(told.shares, key=lambda role: told.shares[role])
    return truth.shares.get(best, 0.0) == max(truth.shares.values())


def shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of two divisions is the same, 0-1 (one less half their distance)."""
    return sum(min(share, other.get(role, 0.0)) for role, share in one.items())


def ratio(pairs: Iterable[tuple[Said, Said]], what) -> str:
    """Precision and recall of a yes-or-no answer, as fractions."""
    pairs = list(pairs)
    both = sum(what(a) and what(b) for a, b in pairs)
    return f"{both}/{sum(what(a) for a, _ in pairs)} {both}/{sum(what(b) for _, b in pairs)}"


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two lists of labels."""
    labels = {label for pair in pairs for label in pair}
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    chance = sum(
        sum(a == x for a, _ in pairs) * sum(b == x for _, b in pairs) / n**2 for x in labels
    )
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


if __name__ == "__main__":
    main()
