"""A fact with its sources, as roles and guides write it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from gapfit.datamodels import Fact
from gapfit.errors import ProfileError
from gapfit.profiles.reading import Text, nearest

Sources = Annotated[list[Text], msgspec.Meta(min_length=1)]


class FactEntry(msgspec.Struct, forbid_unknown_fields=True):
    text: Text
    sources: Sources
    inferred: bool = False


def facts(entries: Sequence[FactEntry]) -> tuple[Fact, ...]:
    """Return the entries as facts, in their order."""
    return tuple(Fact(e.text, tuple(e.sources), e.inferred) for e in entries)


def check(path: Path, what: str, wanted: Iterable[str], known: Iterable[str]) -> None:
    """ProfileError unless every id in ``wanted`` is known; ``what`` names what they are ids of."""
    known = list(known)
    for word in wanted:
        if word not in known:
            raise ProfileError(f"{path}: unknown {what} {word!r}. {nearest(word, known)}")
