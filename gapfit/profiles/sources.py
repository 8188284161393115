"""``sources.toml``: what facts and weights cite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from gapfit.profiles.reading import Id, Text, read, refuse_duplicates


class _SourceEntry(msgspec.Struct, forbid_unknown_fields=True):
    id: Id
    text: Text


class _SourceFile(msgspec.Struct, forbid_unknown_fields=True):
    source: Annotated[list[_SourceEntry], msgspec.Meta(min_length=1)]


def load_sources(path: Path) -> dict[str, str]:
    """Return what each short name stands for; none when there is no file."""
    if not path.exists():
        return {}
    file = read(path, _SourceFile)
    refuse_duplicates(path, "source", [s.id for s in file.source])
    return {s.id: s.text for s in file.source}
