"""How far two readers agree: the first labels beside a second, blind reading of the same texts.

    python benchmarks/quality/agreement.py

``second_reading/`` holds the second reader's labels of 20 resumes and of every fourth hard line,
and ``adjudicated.json`` the errors corrected afterwards, each with its old and new label. The
corrections are taken back first: what is compared are the two readings as they were made.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import data
import hard
import metrics

from gapfit import profiles
from gapfit.datamodels import Level

READING = Path(__file__).parent / "second_reading"


def main() -> None:
    catalogue = profiles.load()
    index = {skill.id: i for i, skill in enumerate(catalogue.skills)}
    second, changes = read("resumes.json"), read("adjudicated.json")
    splits = ("fit", "test")
    first = {r.id: r for split in splits for r in data.committed(catalogue, split)}
    pairs = []
    for name, reading in second.items():
        levels = first[name].levels.copy()
        for change in changes:
            if change.get("id") == name and "skill" in change:
                levels[change["line"], index[change["skill"]]] = change["old"]
        pairs.append((levels, labels(reading["lines"], len(levels), index)))
    print(f"{len(pairs)} resumes read twice, {sum(len(a) for a, _ in pairs)} lines")
    show("resumes", [(a.max(axis=0), b.max(axis=0)) for a, b in pairs])
    show("lines", pairs)
    show_roles([first[name] for name in second], list(second.values()))

    reading = read("hard_lines.json")
    lines = [line.levels.copy() for line in hard.read(catalogue)]
    for change in changes:
        if "hard" in change:
            lines[change["hard"]][index[change["skill"]]] = change["old"]
    chosen = sorted(map(int, reading))
    print(f"\n{len(chosen)} hard lines read twice")
    whole = labels(reading, len(lines), index)
    show("lines", [(np.stack([lines[i] for i in chosen]), whole[chosen])])


def read(name: str) -> Any:
    """Return one file of the second reading."""
    return json.loads((READING / name).read_text("utf-8"))


def labels(lines: dict[str, dict[str, int]], count: int, index: dict[str, int]) -> np.ndarray:
    """Levels by line number, shape (lines, skills)."""
    levels = np.zeros((count, len(index)), int)
    for number, shown in lines.items():
        for skill, level in shown.items():
            levels[int(number), index[skill]] = level
    return levels


def show(what: str, pairs: list[tuple[np.ndarray, np.ndarray]]) -> None:
    """Agreement on "demonstrated" and on the level."""
    a, b = (np.concatenate([pair[i].ravel() for pair in pairs]) for i in (0, 1))
    both = (a >= Level.USED) & (b >= Level.USED)
    print(
        f"  {what:<8} demonstrated: F1 {metrics.f1(a >= Level.USED, b >= Level.USED):.3f}; "
        f"levels: quadratic-weighted kappa {metrics.weighted_kappa(a, b):.3f}; "
        f"same level where both say demonstrated {np.mean(a[both] == b[both]):.0%}"
    )


def show_roles(first: list[data.Labelled], second: list[dict[str, Any]]) -> None:
    """Agreement on roles and gaps."""
    best = sum(r.best_role == s["best_role"] for r, s in zip(first, second, strict=True))
    order = [
        metrics.spearman(
            np.array(list(r.roles.values())), np.array([s["roles"][role] for role in r.roles])
        )
        for r, s in zip(first, second, strict=True)
    ]
    print(f"  roles    same best role {best} of {len(first)}; Spearman {np.mean(order):.3f}")


if __name__ == "__main__":
    main()
