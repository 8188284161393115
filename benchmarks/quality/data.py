"""Labelled resumes as arrays: what each line shows of each skill, and what the models see of it.

A resume file holds ``lines`` (section, text, and the level 1-3 of every skill the line supports),
``roles`` (0-4 for the twelve), ``best_role``, ``gaps`` and, for the committed ones, ``split``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gapfit import blinding, matching, statements
from gapfit.datamodels import Catalogue, Encoder, Level, Resume
from gapfit.matching import Features

HERE = Path(__file__).parent
RESUMES = HERE / "resumes"


@dataclass(frozen=True)
class Labelled:
    """One labelled resume. ``levels`` has shape (lines, skills), 0-3."""

    id: str
    split: str
    resume: Resume
    lines: tuple[tuple[str, str], ...]
    levels: np.ndarray
    roles: dict[str, int]
    best_role: str
    gaps: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)

    @property
    def depth(self) -> np.ndarray:
        """Deepest level per skill, shape (skills,)."""
        return self.levels.max(axis=0)


@dataclass(frozen=True)
class Seen:
    """What the matcher sees of a resume: features (statements, skills, f) and their labels."""

    source: Labelled
    texts: list[str]
    sentences: np.ndarray  # (statements, d), unit vectors
    features: np.ndarray
    levels: np.ndarray  # (statements, skills)
    ceilings: list[Level]


def committed(catalogue: Catalogue, split: str) -> list[Labelled]:
    """Return the committed resumes of one split, "fit" or "test"."""
    files = sorted(RESUMES.glob("*.json"))
    loaded = [_labelled(catalogue, json.loads(f.read_text("utf-8")), f.stem) for f in files]
    return [resume for resume in loaded if resume.split == split]


def collection(catalogue: Catalogue, path: Path) -> list[Labelled]:
    """Return the resumes of one JSON file that maps ids to resumes."""
    entries = json.loads(path.read_text("utf-8"))
    return [_labelled(catalogue, entry, name) for name, entry in entries.items()]


def _labelled(catalogue: Catalogue, entry: dict[str, Any], name: str) -> Labelled:
    index = {skill.id: i for i, skill in enumerate(catalogue.skills)}
    lines = tuple((line["section"], line["text"]) for line in entry["lines"])
    levels = np.zeros((len(lines), len(index)), int)
    for i, line in enumerate(entry["lines"]):
        for skill, level in line["skills"].items():
            levels[i, index[skill]] = level
    return Labelled(
        id=name,
        split=entry.get("split", ""),
        resume=blinding.blind(statements.from_lines(lines)),
        lines=lines,
        levels=levels,
        roles=entry["roles"],
        best_role=entry["best_role"],
        gaps=tuple(entry["gaps"]),
    )


def see(resumes: Iterable[Labelled], features: Features, encoder: Encoder) -> list[Seen]:
    """Compute what the matcher sees of each resume."""
    return [_see(resume, features, encoder) for resume in resumes]


def _see(labelled: Labelled, features: Features, encoder: Encoder) -> Seen:
    made = labelled.resume.statements
    texts = [matching.asserted(s) for s in made]
    encoded = encoder.encode_tokens(texts)
    seen = features.of(made, encoded)
    return Seen(
        labelled,
        texts,
        encoded.sentences,
        seen,
        _statement_levels(labelled, seen),
        matching.ceilings(made),
    )


def _statement_levels(labelled: Labelled, features: np.ndarray) -> np.ndarray:
    """Labels per statement. Where a line became several, its label goes to the nearest one."""
    made = labelled.resume.statements
    levels = np.zeros((len(made), labelled.levels.shape[1]), int)
    nearness = features[:, :, matching.FEATURES.index("named")] * 10
    nearness = nearness + features[:, :, matching.FEATURES.index("tool-named")] * 10
    nearness = nearness + features[:, :, matching.FEATURES.index("cosine:name-window")]
    by_line: dict[int, list[int]] = {}
    for i, statement in enumerate(made):
        by_line.setdefault(statement.line - 1, []).append(i)
    for line, own in by_line.items():
        for skill in np.flatnonzero(labelled.levels[line]):
            nearest = own[int(np.argmax(nearness[own, skill]))]
            levels[nearest, skill] = labelled.levels[line, skill]
    return levels


def stacked(seen: Sequence[Seen]) -> tuple[np.ndarray, np.ndarray]:
    """Features (n, f) and levels (n,) of all statement-skill pairs."""
    features = np.concatenate([s.features.reshape(-1, s.features.shape[2]) for s in seen])
    return features, np.concatenate([s.levels.ravel() for s in seen])
