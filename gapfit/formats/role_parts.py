"""A role's profile and guide, joined and put into parts in the order a person reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gapfit.datamodels import (
    Band,
    Catalogue,
    Employer,
    Guide,
    Market,
    Pay,
    Role,
    StackItem,
)
from gapfit.formats import move_parts, pay_parts, place_parts
from gapfit.formats.parts import Document, Part, Row, cited, part, rows
from gapfit.formats.words import GATE_WORDS, listed

BANDS = {
    Band.CORE: "Core",
    Band.COMMON: "Common",
    Band.OCCASIONAL: "Occasional",
    Band.NOT_OWNED: "Not owned: never counted as a gap",
}


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one role: its profile and guide, and what it is seen against."""

    role: Role
    catalogue: Catalogue
    guide: Guide
    market: Market
    pay: Pay
    employer: Employer | None = None  # the only kind to speak of


def keys() -> tuple[str, ...]:
    """Return the words by which parts are asked for, in their order."""
    return tuple(_MAKERS)


def document(known: Known, only: Sequence[str] = ()) -> Document:
    """Return what is known of a role, or the parts asked for; the last part names the sources."""
    role = known.role
    return Document(
        title=role.name,
        subtitle=role.id,
        lines=(role.headline, *([] if only else [role.definition])),
        notes=tuple(_notes(role, known.catalogue)),
        parts=tuple(of_role(known, only)),
    )


def _notes(role: Role, catalogue: Catalogue) -> Iterator[str]:
    if role.extends is not None:
        parent = catalogue.role(role.extends)
        yield f"A variant of {parent.name}: see also gapfit roles {parent.id}"
    if role.status:
        yield f"Status: {role.status}"
    if role.modern_wording:
        yield f"Write instead: {role.modern_wording}"
    if role.gate:
        skills = [GATE_WORDS.get(s) or catalogue.skill(s).name for s in role.gate]
        yield f"Gate: {listed(skills, 'or')}; without any of these the score is held back"


def of_role(known: Known, only: Sequence[str] = ()) -> list[Part]:
    """Return the parts of a role, or those asked for; those without a word are left out."""
    made = {key: make(known) for key, make in _MAKERS.items() if not only or key in only}
    shown = [p for p in made.values() if p is not None]
    silent = [_SILENCE[key] for key, p in made.items() if p is None and key in _SILENCE]
    if known.guide == Guide(known.role.id):  # a role of the user's own, no source has been asked
        silent = []
    return [*shown, *_basis(known, shown, silent, whole=not only)]


# ---------------------------------------------------------------- the parts


def _standing(k: Known) -> Part | None:
    return part(
        "standing",
        "Standing",
        ("", rows(k.guide.standing)),
        ("Also called", rows(k.guide.titles)),
    )


def _work(k: Known) -> Part | None:
    return part(
        "work",
        "The work",
        ("The task that defines it", rows(k.guide.task)),
        ("Owns", rows(k.role.owns)),
        ("Does not own", rows(k.role.does_not_own)),
        ("What there is to do", rows(k.guide.work)),
        ("How it runs", rows(k.guide.terms)),
    )


def _day(k: Known) -> Part | None:
    return part(
        "day",
        "A day",
        ("As described", rows(k.guide.day)),
        ("A good one", rows(k.guide.good_day)),
        ("A bad one", rows(k.guide.bad_day)),
    )


def _tools(k: Known) -> Part | None:
    tools = (
        Row(", ".join(t.names) + (f" ({t.remark})" if t.remark else ""), t.kind, t.sources)
        for t in k.guide.tools
    )
    return part(
        "tools",
        "Languages and tools",
        ("Languages", rows(k.role.languages)),
        ("Tools", tools),
        ("Models", rows(k.guide.models)),
    )


def _background(k: Known) -> Part | None:
    return part("background", "Usual background", ("", rows(k.role.background)))


def _stack(k: Known) -> Part | None:
    groups = [
        (title, [_item(item, k.catalogue) for item in k.role.stack if item.band is band])
        for band, title in BANDS.items()
    ]
    return part("stack", "Stack", *groups, remark="weight 0-1, skill, sources")


def _item(item: StackItem, catalogue: Catalogue) -> Row:
    name = catalogue.skill(item.skill).name
    return Row(name, f"{item.weight:.2f}", item.sources, share=item.weight)


def _interview(k: Known) -> Part | None:
    return part("interview", "Interview", ("", rows(k.guide.interview)))


def _found(k: Known) -> Part | None:
    return part("found", "Where candidates meet and are found", ("", rows(k.guide.found)))


def _hiring(k: Known) -> Part | None:
    figures = (Row(f"{f.value}. {f.date}, {f.basis}.", f.what, f.sources) for f in k.guide.figures)
    return part("hiring", "Hiring in figures", ("", figures))


def _choose(k: Known) -> Part | None:
    return part("choose", "It may be yours if", ("", rows(k.guide.pointers)))


def _prospects(k: Known) -> Part | None:
    return part("prospects", "Where it leads", ("", rows(k.guide.prospects)))


def _resume(k: Known) -> Part | None:
    return part(
        "resume",
        "On the resume",
        ("Do", rows(k.guide.resume)),
        ("Avoid", rows(k.guide.mistakes)),
    )


def _search(k: Known) -> Part | None:
    return part("search", "What to search for", ("", rows(k.guide.search)))


def _conflicts(k: Known) -> Part | None:
    told = (Row(conflict) for conflict in k.role.conflicts)
    return part("conflicts", "Where the sources disagree", ("", told))


def _basis(known: Known, shown: Sequence[Part], silent: Sequence[str], whole: bool) -> list[Part]:
    named = set(cited(shown)) | (set(known.role.sources) if whole else set())
    sources = known.catalogue.sources
    made = part(
        "basis",
        "Basis" if whole else "Sources",
        ("", [Row(known.role.basis)] if whole else []),
        ("", [Row(f"No source speaks of {listed(silent, 'or')}.")] if silent else []),
        ("", (Row(sources.get(source, ""), source) for source in sorted(named))),
    )
    return [made] if made is not None else []


_MAKERS: dict[str, Callable[[Known], Part | None]] = {
    "standing": _standing,
    "work": _work,
    "day": _day,
    "tools": _tools,
    "background": _background,
    "stack": _stack,
    "employers": lambda k: place_parts.of_role(k.guide, k.employer),
    "interview": _interview,
    "found": _found,
    "pay": lambda k: pay_parts.of_role(k.role.id, k.pay),
    "hiring": _hiring,
    "moves": lambda k: move_parts.of_role(k.role.id, k.market, k.catalogue),
    "choose": _choose,
    "prospects": _prospects,
    "resume": _resume,
    "search": _search,
    "conflicts": _conflicts,
}

# What is missing where a part is; the others are there for every role.
_SILENCE = {
    "day": "a usual day",
    "employers": "where it lives",
    "interview": "its interview",
    "found": "where its candidates meet",
    "pay": "its pay",
    "hiring": "how long hiring takes",
    "moves": "moves to or from it",
    "choose": "whom it suits",
    "prospects": "where it leads",
}
