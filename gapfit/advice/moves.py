"""Next roles from where the evidence comes from, with how hard the sources call the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gapfit.advice.headline import AI, ML, names, roles_in
from gapfit.advice.seen import Seen, distinct, evidence_of, first_said
from gapfit.datamodels import Advice, Background, Band, Evidence, Move, Topic
from gapfit.wording import between, listed

# How much a job title says beside the skills of a background (mean credit of the best of them,
# 0-1), and the least that makes a background one's own. Chosen by reading the advice for every
# sample resume, as is the fit below which a role is too far away to be a next one.
TITLE = 0.5
BEST = 2
LEAST = 0.6
NEAREST = 10.0

MOST_MOVES = 6
MOST_MISSING = 3

RESEARCH = "research-engineer"
INSTEAD = (AI, "forward-deployed-engineer")  # where to turn without a paper (source 002)
# A research title in the resume, or a rank this good, makes its gate worth a word.
NEAR = 5
RESEARCHER = "researcher"

MLOPS, LLMOPS = "mlops-engineer", "mlops-llm-engineer"
LLM_SIDE = (AI, "llm-engineer")

# What "prompting and evals" comes to in skills.
TOOLKIT = ("prompt-engineering", "eval-design", "eval-harness", "llm-as-judge")

EARLY = "early-career"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the evidence comes from: a background or a role, how much of it is there, 0-1.5."""

    id: str
    name: str
    strength: float
    lines: tuple[Evidence, ...]


def moves(seen: Seen, *, entry: bool) -> list[Advice]:
    """Return the moves that start from a background shown, the best-fitting targets first.

    What the latest position is called already is no move.
    ``entry`` says that nothing points beyond the first level: then the advice for an early career
    is given too.
    """
    origins = [o for o in _origins(seen) if o.strength >= LEAST]
    here = roles_in(seen.jobs[0].title.text, names(seen)) if seen.jobs else ()
    found: dict[str, tuple[float, Origin, Move]] = {}
    for origin in origins:
        for move in seen.market.moves:
            if move.origin == origin.id and move.target not in here and _is_near(seen, move):
                value = (seen.fit(move.target), origin.strength)
                found.setdefault(move.target, (sum(value), origin, move))
    ranked = sorted(found.values(), key=lambda f: (-f[0], f[2].target))
    advice = [_move(seen, origin, move) for _, origin, move in ranked[:MOST_MOVES]]
    if entry:
        early = Origin(EARLY, "an early career", 0.0, ())
        advice += [_move(seen, early, m) for m in seen.market.moves if m.origin == EARLY]
    return advice


def _is_near(seen: Seen, move: Move) -> bool:
    return move.target not in seen.fits or seen.fit(move.target) >= NEAREST


def _origins(seen: Seen) -> list[Origin]:
    """Backgrounds and roles as origins, the best-evidenced first."""
    starts = dict.fromkeys(move.origin for move in seen.market.moves)
    backgrounds = [_background(seen, b) for b in seen.market.backgrounds if b.id != EARLY]
    known = {background.id for background in seen.market.backgrounds}
    roles = [_role(seen, role) for role in starts if role not in known]
    return sorted((*backgrounds, *roles), key=lambda o: (-o.strength, o.id))


def _background(seen: Seen, background: Background) -> Origin:
    earned = sorted(seen.found[s].credit for s in background.skills if s in seen.found)
    titled = next((j for j in seen.jobs if first_said(j.title.text, background.titles)), None)
    shown = [seen.line(s) for s in background.skills if seen.shows(s)]
    lines = [evidence_of(titled.title)] if titled is not None else shown[:1]
    best = earned[-BEST:]
    share = sum(best) / len(best) if best else 0.0
    return Origin(
        background.id, background.name, share + (TITLE if titled else 0.0), distinct(lines)
    )


def _role(seen: Seen, role: str) -> Origin:
    known = names(seen)
    titled = next((j for j in seen.jobs if role in roles_in(j.title.text, known)), None)
    carried = seen.fit(role) / 100.0 if not seen.is_closed(role) else 0.0
    best = next((p.skill for p in seen.fits[role].contributions if seen.shows(p.skill)), "")
    lines = [evidence_of(titled.title)] if titled is not None else [seen.line(best)]
    return Origin(role, seen.name(role), carried + (TITLE if titled else 0.0), distinct(lines))


def _move(seen: Seen, origin: Origin, move: Move) -> Advice:
    is_role = move.target in seen.fits
    target = seen.name(move.target) if is_role else seen.market.destinations[move.target]
    fit = f" (fit {seen.fit(move.target):.0f})" if is_role else ""
    missing = _missing(seen, move.target) if is_role else ()
    return Advice(
        Topic.MOVE,
        f"From {origin.name} to {target}{fit}. {_difficulty(move)}",
        details=(f"No line shows yet: {_named(seen, missing)}.",) if missing else (),
        roles=(move.target,) if is_role else (),
        skills=missing,
        evidence=origin.lines,
        sources=move.sources,
    )


def _difficulty(move: Move) -> str:
    if move.months is None:
        return move.difficulty
    return f"{move.difficulty} {between(*move.months, 'month')} of focused work."


def _missing(seen: Seen, role: str) -> tuple[str, ...]:
    """The core skills that a role would miss most."""
    core = {item.skill for item in seen.catalogue.role(role).stack if item.band is Band.CORE}
    return tuple(skill for skill in seen.fits[role].missing if skill in core)[:MOST_MISSING]


def _named(seen: Seen, skills: Sequence[str]) -> str:
    return listed([seen.catalogue.skill(skill).name for skill in skills])


# ---------------------------------------------------------------- special cases


def gate(seen: Seen, wanted: Sequence[str]) -> list[Advice]:
    """Return where to turn when Research Engineer is near or named, and its gate is closed."""
    if not seen.is_closed(RESEARCH) or not (RESEARCH in wanted or _is_near_research(seen)):
        return []
    doors = sorted((r for r in INSTEAD if r in seen.fits), key=lambda r: -seen.fit(r))
    told = [f"{seen.name(role)} ({seen.fit(role):.0f})" for role in doors]
    if not told:
        return []
    return [
        Advice(
            Topic.GATE,
            "Research Engineer asks for a paper or exceptional open source, and no line shows "
            f"either. The doors to try first: {listed(told)}.",
            roles=(RESEARCH, *doors),
            sources=("002",),
        )
    ]


def _is_near_research(seen: Seen) -> bool:
    known = names(seen)
    named = any(RESEARCH in roles_in(s.text, known) for s in seen.resume.statements)
    background = any(
        first_said(job.title.text, b.titles)
        for b in seen.market.backgrounds
        if b.id == RESEARCHER
        for job in seen.jobs
    )
    near = seen.fits[RESEARCH].rank <= NEAR and seen.fit(RESEARCH) >= NEAREST
    return named or background or near


def stay(seen: Seen) -> list[Advice]:
    """Return both answers to whether an ML engineer should stay, with what the toolkit lacks."""
    if not seen.is_carried(ML) or seen.fit(AI) > seen.fit(ML):
        return []
    there = [s for s in TOOLKIT if seen.shows(s)]
    lacking = tuple(s for s in TOOLKIT if s in seen.found and s not in there)
    state = [f"shown are {_named(seen, there)}"] if there else []
    state += [f"no line shows yet {_named(seen, lacking)}"] if lacking else []
    return [
        Advice(
            Topic.STAY,
            "Stay in ML, or add the AI toolkit: one source advises strong ML people to lean in, as "
            "the hard problems are better paid than ever [003]; another to add prompting and "
            f"evals, where demand is growing [002]. Of these, {'; '.join(state)}.",
            roles=(ML, AI),
            skills=lacking,
            evidence=distinct(seen.line(s) for s in there[:2]),
            sources=("002", "003"),
        )
    ]


def combination(seen: Seen) -> list[Advice]:
    """Return the title for whoever shows both LLM applications and MLOps."""
    side = next((role for role in seen.fits if role in LLM_SIDE), None)
    if side is None or not (seen.is_carried(MLOPS) and seen.is_carried(side)):
        return []
    if LLMOPS not in seen.fits:
        return []
    return [
        Advice(
            Topic.COMBINATION,
            f"{seen.name(side)} and {seen.name(MLOPS)} are both carried: a position that needs "
            f"both in depth is {seen.name(LLMOPS)} (fit {seen.fit(LLMOPS):.0f}), with pay of its "
            f"own: gapfit roles {LLMOPS}.",
            roles=(LLMOPS, MLOPS, side),
            sources=("001",),
        )
    ]
