"""``pay.toml``: what the sources say a role is paid."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from gapfit import datafiles
from gapfit.datamodels import Fact, Pay, PayBand, PayBasis, PayConflict, PayLevel, PayRemark
from gapfit.errors import ProfileError
from gapfit.profiles.reading import Id, Text, read

_Thousands = Annotated[float, msgspec.Meta(gt=0.0, le=10_000.0)]
_Sources = Annotated[list[Text], msgspec.Meta(min_length=1)]
_Word = TypeVar("_Word", bound=StrEnum)


class _BandEntry(msgspec.Struct, forbid_unknown_fields=True):
    role: Id
    level: Text
    basis: Text
    scope: Text
    source: Text
    date: Text
    low_k: _Thousands | None = None
    high_k: _Thousands | None = None
    median_k: _Thousands | None = None
    open_ended: bool = False
    years: str = ""


class _RemarkEntry(msgspec.Struct, forbid_unknown_fields=True):
    role: Id
    text: Text
    sources: _Sources


class _SideEntry(msgspec.Struct, forbid_unknown_fields=True):
    text: Text
    sources: _Sources


class _ConflictEntry(msgspec.Struct, forbid_unknown_fields=True):
    topic: Text
    roles: Annotated[list[Id], msgspec.Meta(min_length=1)]
    sides: Annotated[list[_SideEntry], msgspec.Meta(min_length=2)]


class _PayFile(msgspec.Struct, forbid_unknown_fields=True):
    band: list[_BandEntry] = []
    remark: list[_RemarkEntry] = []
    conflict: list[_ConflictEntry] = []


def load_pay(roles: Iterable[str], path: Path | None = None) -> Pay:
    """Return what is known of pay; nothing when there is no file.

    ``roles`` are the ids of the catalogue; ``path`` is the built-in file unless given. Raises
    ProfileError naming the file, the entry and the mend.
    """
    path = path or datafiles.builtin("profiles") / "pay.toml"
    if not path.exists():
        return Pay((), (), ())
    file = read(path, _PayFile)
    _check_roles(path, file, frozenset(roles))
    return Pay(
        bands=tuple(_band(path, i, entry) for i, entry in enumerate(file.band, start=1)),
        remarks=tuple(PayRemark(r.role, Fact(r.text, tuple(r.sources))) for r in file.remark),
        conflicts=tuple(
            PayConflict(
                c.topic, tuple(c.roles), tuple(Fact(s.text, tuple(s.sources)) for s in c.sides)
            )
            for c in file.conflict
        ),
    )


def _check_roles(path: Path, file: _PayFile, known: frozenset[str]) -> None:
    named = [band.role for band in file.band] + [remark.role for remark in file.remark]
    named += [role for conflict in file.conflict for role in conflict.roles]
    for role in named:
        if role not in known:
            raise ProfileError(
                f"{path}: unknown role {role!r}. Use one of {', '.join(sorted(known))}."
            )


def _band(path: Path, number: int, entry: _BandEntry) -> PayBand:
    low, high = entry.low_k, entry.high_k
    where = f"{path}: band {number} ({entry.role}, {entry.level}, {entry.source})"
    if low is None and high is None and entry.median_k is None:
        raise ProfileError(f"{where}: no figure. Give low_k, high_k or median_k.")
    if low is not None and high is not None and low > high:
        raise ProfileError(f"{where}: low_k {low:g} is above high_k {high:g}. Swap them.")
    return PayBand(
        role=entry.role,
        level=_word(PayLevel, entry.level, f"{where}: level"),
        low_k=low,
        high_k=high,
        median_k=entry.median_k,
        open_ended=entry.open_ended,
        basis=_word(PayBasis, entry.basis, f"{where}: basis"),
        scope=entry.scope,
        years=entry.years,
        source=entry.source,
        date=entry.date,
    )


def _word(kind: type[_Word], word: str, where: str) -> _Word:
    try:
        return kind(word)
    except ValueError:
        raise ProfileError(
            f"{where}: unknown word {word!r}. Use one of {', '.join(kind)}."
        ) from None
