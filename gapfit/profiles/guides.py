"""``guides/``: what the sources say of working as a role, beside its profile in ``roles/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from gapfit import datafiles
from gapfit.datamodels import (
    Catalogue,
    Context,
    Employer,
    Fact,
    Figure,
    Guide,
    Toolset,
    Workplace,
)
from gapfit.profiles.facts import FactEntry, Sources, check, facts
from gapfit.profiles.reading import Id, Text, read, refuse_duplicates

# The sections that are nothing but facts.
FACTS = (
    "titles", "standing", "task", "work", "day", "good_day", "bad_day", "terms", "models",
    "interview", "found", "pointers", "prospects", "resume", "mistakes", "search",
)  # fmt: skip


class _Tools(msgspec.Struct, forbid_unknown_fields=True):
    kind: Text
    names: Sources
    sources: Sources
    remark: str = ""


class _Workplace(msgspec.Struct, forbid_unknown_fields=True):
    text: Text
    employers: Annotated[list[Employer], msgspec.Meta(min_length=1)]
    sources: Sources
    names: list[Text] = []
    inferred: bool = False


class _Context(msgspec.Struct, forbid_unknown_fields=True):
    employer: Employer
    text: Text
    sources: Sources


class _Figure(msgspec.Struct, forbid_unknown_fields=True):
    what: Text
    value: Text
    date: Text
    basis: Text
    sources: Sources


class _GuideFile(msgspec.Struct, forbid_unknown_fields=True):
    role: Id
    titles: list[FactEntry] = []
    standing: list[FactEntry] = []
    task: list[FactEntry] = []
    work: list[FactEntry] = []
    day: list[FactEntry] = []
    good_day: list[FactEntry] = []
    bad_day: list[FactEntry] = []
    terms: list[FactEntry] = []
    models: list[FactEntry] = []
    interview: list[FactEntry] = []
    found: list[FactEntry] = []
    pointers: list[FactEntry] = []
    prospects: list[FactEntry] = []
    resume: list[FactEntry] = []
    mistakes: list[FactEntry] = []
    search: list[FactEntry] = []
    tools: list[_Tools] = []
    workplaces: list[_Workplace] = []
    contexts: list[_Context] = []
    figures: list[_Figure] = []


def load_guides(catalogue: Catalogue, own: Path | None = None) -> dict[str, Guide]:
    """Return the guides by role id; a guide in the folder ``own`` replaces the built-in one.

    A role without a guide is left out. Raises ProfileError naming the file, the key and the mend.
    """
    guides: dict[str, Guide] = {}
    for folder in (datafiles.builtin("profiles"), own):
        if folder is not None:
            guides |= _load(folder / "guides", catalogue)
    return guides


def _load(folder: Path, catalogue: Catalogue) -> dict[str, Guide]:
    guides: dict[str, Guide] = {}
    for path in datafiles.toml_files(folder):
        file = read(path, _GuideFile)
        check(path, "role", [file.role], [role.id for role in catalogue.roles])
        refuse_duplicates(path, "guide", [*guides, file.role])
        guide = _guide(file)
        check(path, "source", cited(guide), catalogue.sources)
        guides[file.role] = guide
    return guides


def _guide(file: _GuideFile) -> Guide:
    sections: Mapping[str, tuple[Fact, ...]] = {key: facts(getattr(file, key)) for key in FACTS}
    return Guide(
        role=file.role,
        tools=tuple(
            Toolset(t.kind, tuple(t.names), tuple(t.sources), t.remark) for t in file.tools
        ),
        workplaces=tuple(
            Workplace(w.text, tuple(w.employers), tuple(w.names), tuple(w.sources), w.inferred)
            for w in file.workplaces
        ),
        contexts=tuple(Context(c.employer, c.text, tuple(c.sources)) for c in file.contexts),
        figures=tuple(
            Figure(f.what, f.value, f.date, f.basis, tuple(f.sources)) for f in file.figures
        ),
        **sections,
    )


def cited(guide: Guide) -> tuple[str, ...]:
    """Return the sources that a guide cites, each once, sorted."""
    return tuple(sorted({source for entry in _entries(guide) for source in entry.sources}))


def _entries(guide: Guide) -> Iterator[Any]:
    for key in (*FACTS, "tools", "workplaces", "contexts", "figures"):
        yield from getattr(guide, key)
