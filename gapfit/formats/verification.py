"""What differs between two results of the same resume, one made earlier and one made now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from gapfit.formats.clean import clean, shorten

# What a result is made with, and what to call it.
_MADE_WITH = {
    "schema_version": "format",
    "gapfit_version": "gapfit version",
    "model": "model",
    "model_sha256": "model weights",
    "profiles_sha256": "profiles",
    "input_sha256": "resume file",
}
_MISSING = object()
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in the result, with its value in the earlier one and in the one made now."""

    place: str
    before: str
    now: str

    def __str__(self) -> str:
        return f"{self.place}: {self.before} then, {self.now} now"


def made_with(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Return what the two were made with and is not the same."""
    both = [_made(before), _made(now)]
    return [
        Difference(name, _shown(both[0].get(key)), _shown(both[1].get(key)))
        for key, name in _MADE_WITH.items()
        if both[0].get(key) != both[1].get(key)
    ]


def _made(result: Mapping[str, Any]) -> dict[str, Any]:
    manifest = result.get("manifest")
    return {**result, **(manifest if isinstance(manifest, Mapping) else {})}


def values(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what was found and is not the same, in the order of the result."""
    apart = {*_MADE_WITH, "manifest", "source"}
    yield from _differences(
        {key: value for key, value in before.items() if key not in apart},
        {key: value for key, value in now.items() if key not in apart},
        "",
    )


def _differences(before: object, now: object, place: str) -> Iterator[Difference]:
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in [*now, *(key for key in before if key not in now)]:
            at = f"{place}.{key}" if place else str(key)
            yield from _differences(before.get(key, _MISSING), now.get(key, _MISSING), at)
    elif _is_list(before) and _is_list(now):
        pairs = zip_longest(before, now, fillvalue=_MISSING)  # type: ignore[call-overload]
        for number, (one, other) in enumerate(pairs):
            yield from _differences(one, other, f"{place}[{_called(one, other, number)}]")
    elif before is _MISSING or now is _MISSING or before != now:
        yield Difference(place, _shown(before), _shown(now))


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _called(one: object, other: object, number: int) -> str:
    """A list's entry by its id where both have the same, else by its number."""
    ids = [v.get("id", v.get("skill")) for v in (one, other) if isinstance(v, Mapping)]
    return str(ids[0]) if len(ids) == 2 and ids[0] == ids[1] and ids[0] else str(number)


def _shown(value: object) -> str:
    if value is _MISSING or value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "an entry"
    if isinstance(value, str):
        return clean(value) if len(value) == 64 else repr(shorten(clean(value), _LONGEST))
    return shorten(clean(str(value)), _LONGEST)
