"""The fictional ads, and labelled ads from elsewhere.

A fictional ad is a text file: labels between two lines of three hyphens, then the ad as it would be
published, with what a passage asks for behind it in braces. ``{rag chunking}`` is required,
``{+mcp}`` preferred; the marks are taken off before anything reads the ad.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gapfit import ads
from gapfit.datamodels import AdLine, JobAd

HERE = Path(__file__).parent
FICTIONAL = HERE / "ads"
_MARK = re.compile(r"\s*\{([^{}]*)\}")


@dataclass(frozen=True)
class Labels:
    """What a reader says of one ad; ``roles`` is empty for an ad of none of the twelve."""

    roles: Mapping[str, float]
    title_role: str | None
    title_disagrees: bool
    required: frozenset[str]
    preferred: frozenset[str]
    years: int | None

    @property
    def dominant(self) -> str | None:
        """The role with at least 60 percent of the work."""
        return next((role for role, share in self.roles.items() if share >= 0.6 - 1e-9), None)


@dataclass(frozen=True)
class Labelled:
    """An ad with its labels; ``asked`` holds, per line of the ad, the skills marked in it."""

    id: str
    ad: JobAd
    labels: Labels
    asked: tuple[frozenset[str], ...] = field(default=())
    marked: bool = True  # whether the skills are labelled


def fictional() -> list[Labelled]:
    """Return the committed ads, by id."""
    return [_fictional(path) for path in sorted(FICTIONAL.glob("*.txt"))]


def sha256() -> str:
    """Hash of all fictional ads."""
    texts = b"".join(path.read_bytes() for path in sorted(FICTIONAL.glob("*.txt")))
    return hashlib.sha256(texts).hexdigest()


def _fictional(path: Path) -> Labelled:
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    told = dict(line.split(": ", 1) for line in head.splitlines())
    marks = {
        mark.lstrip("+"): mark.startswith("+")
        for found in _MARK.findall(body)
        for mark in found.split()
    }
    firm = {m for found in _MARK.findall(body) for m in found.split() if not m.startswith("+")}
    title = None if told["title_role"] == "none" else told["title_role"]
    roles = _shares(told["roles"])
    labels = Labels(
        roles=roles,
        title_role=title,
        title_disagrees=disagrees(title, roles),
        required=frozenset(firm),
        preferred=frozenset(marks.keys() - firm),
        years=None if told["years"] == "none" else int(told["years"]),
    )
    ad = _read(_MARK.sub("", body), path.stem)
    marked = told.get("skills") != "unmarked"
    return Labelled(path.stem, ad, labels, tuple(_asked(ad.lines, body)), marked)


def _shares(text: str) -> dict[str, float]:
    if text == "none":
        return {}
    return {role: float(share) for role, share in (part.split() for part in text.split(", "))}


def disagrees(title: str | None, roles: Mapping[str, float]) -> bool:
    """Whether the content contradicts the role a title claims, by the labelling rule."""
    if title is None:
        return False
    dominant = next((role for role, share in roles.items() if share >= 0.6 - 1e-9), None)
    if not roles or dominant is not None:
        return dominant != title
    return roles.get(title, 0.0) < 0.3


def _read(text: str, name: str, title: str = "") -> JobAd:
    return ads.extract(ads.from_bytes(text.encode(), name), title)


def _asked(lines: Sequence[AdLine], marked: str) -> Iterable[frozenset[str]]:
    """Give every statement of the plain ad the marks that stand behind its words."""
    plain = ""  # the marked text without marks or spaces, and where in it each mark stands
    places: list[tuple[int, list[str]]] = []
    at = 0
    for match in _MARK.finditer(marked):
        plain += _bare(marked[at : match.start()])
        places.append((len(plain), [m.lstrip("+") for m in match[1].split()]))
        at = match.end()
    plain += _bare(marked[at:])
    start = 0
    for line in lines:
        bare = _bare(line.text)
        start = plain.index(bare, start)
        end = start + len(bare)
        # A mark stands behind its words: at the end, or before the full stop that ends them.
        yield frozenset(m for place, marks in places if start < place <= end for m in marks)
        start = end


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def shared(path: Path, wanted: Iterable[str]) -> dict[str, JobAd]:
    """Return the ads with these ids from a file of one JSON object per line."""
    wanted = set(wanted)
    found = {}
    with path.open(encoding="utf-8") as file:
        for entry in map(json.loads, file):
            if entry["id"] in wanted:
                # The title is a field of its own there; an ad has it at its head.
                text = f"{entry['title']}\n\n{entry['text']}"
                found[entry["id"]] = _read(text, entry["id"], entry["title"])
    return found


def reading(path: Path) -> dict[str, Labels]:
    """Return one reader's labels by ad id."""
    return {
        ad: Labels(
            roles={role: float(share) for role, share in told["roles"].items()},
            title_role=told["title_role"],
            title_disagrees=bool(told["title_disagrees"]),
            required=frozenset(told["required"]),
            preferred=frozenset(told["preferred"]) - frozenset(told["required"]),
            years=told["years"],
        )
        for ad, told in json.loads(path.read_text("utf-8")).items()
    }
