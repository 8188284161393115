"""What follows from an ad's content: for whoever applies, and for whoever wrote it.

Each rule names the source it follows; where none speaks, it says what the ad itself shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gapfit.datamodels import (
    AdAdvice,
    Audience,
    Band,
    Catalogue,
    JobAd,
    Need,
    PayLevel,
    PayOffer,
    PayPeriod,
    RoleShare,
    SkillAsk,
    YearsAsked,
)
from gapfit.decoding.shares import disagrees
from gapfit.wording import listed, with_article

# Roles whose work composes existing models, and those that train or run models of their own.
COMPOSING = frozenset({"ai-engineer", "llm-engineer", "prompt-engineer"})
TRAINING = frozenset({"ml-engineer", "research-engineer"})
RUNNING = frozenset({"mlops-engineer", "ai-platform-engineer"})
# A side of an ad that is at least this much of the work is one of its sides.
SIDE = 0.25
# The close pair, and from which share both are worth a word.
PAIR = ("ai-engineer", "llm-engineer")
# What strong candidates for senior AI work expect and where ML offers end, in thousands (seed 001).
AI_EXPECTED = (360, 410)
ML_OFFER = 320

_BOTH = (Audience.CANDIDATE, Audience.EMPLOYER)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an ad when advice is given."""

    ad: JobAd
    shares: tuple[RoleShare, ...]
    dominant: str | None
    skills: tuple[SkillAsk, ...]
    years: YearsAsked | None
    pay: PayOffer | None
    catalogue: Catalogue

    def name(self, role: str) -> str:
        """Return a role's name."""
        return self.catalogue.role(role).name

    def side(self, roles: frozenset[str]) -> float:
        """Return the share of some roles together."""
        return sum(s.share for s in self.shares if s.role in roles)


def give(seen: Seen) -> tuple[AdAdvice, ...]:
    """Return the advice, what concerns the whole ad first."""
    rules = (_not_ai, _title, _prompt_title, _mixed, _close_pair, _gate, _unowned, _years, _pay)
    return tuple(advice for rule in rules for advice in rule(seen))


def _for(audience: Audience, text: str, *sources: str) -> AdAdvice:
    return AdAdvice(audience, text, sources)


def _not_ai(seen: Seen) -> Iterator[AdAdvice]:
    if seen.shares:
        return
    claim = seen.ad.title_role
    named = f", though the title says {seen.name(claim)}" if claim is not None else ""
    yield _for(
        Audience.CANDIDATE,
        f"The duties describe no work of the twelve AI and ML roles{named}. Apply for what they "
        "describe, not for AI experience.",
        "000",
    )
    yield _for(
        Audience.EMPLOYER,
        "If AI or ML work is meant, write the duties that show it: what is built on models, or "
        "which models are trained. Readers are told to go by the duties.",
        "000",
    )


def _title(seen: Seen) -> Iterator[AdAdvice]:
    claim = seen.ad.title_role
    if claim is None or not seen.shares or not disagrees(claim, seen.shares):
        return
    content = seen.dominant or seen.shares[0].role
    part = "mostly" if seen.dominant else "more than anything"
    yield _for(
        Audience.CANDIDATE,
        f"The title says {seen.name(claim)}, the content is {part} {seen.name(content)}. Go by the "
        f"content: show and prepare what {with_article(seen.name(content))} does.",
        "000",
        "002",
    )
    yield _for(
        Audience.EMPLOYER,
        f"Call it {seen.name(content)}, or rewrite the duties: as it stands the title draws people "
        f"for another job ({seen.name(claim)}).",
        "000",
        "001",
    )


def _prompt_title(seen: Seen) -> Iterator[AdAdvice]:
    if seen.ad.title_role != "prompt-engineer" and seen.dominant != "prompt-engineer":
        return
    role = seen.catalogue.role("prompt-engineer")
    yield _for(
        Audience.CANDIDATE,
        "Prompt Engineer has mostly dissolved into AI Engineer; an ad with this title suggests a "
        "less "
        "mature AI practice. Ask who owns evals and production. On the resume write: "
        f"{role.modern_wording}.",
        "002",
    )
    yield _for(
        Audience.EMPLOYER,
        f"The title reads as out of date. Write instead: {role.modern_wording}.",
        "002",
    )


def _mixed(seen: Seen) -> Iterator[AdAdvice]:
    composing, training = seen.side(COMPOSING), seen.side(TRAINING)
    running = seen.side(RUNNING)
    if composing >= SIDE and training >= SIDE:
        yield _for(
            Audience.EMPLOYER,
            "It lists LLM work and training of own models together. Such ads draw neither "
            "specialist: settle on the one with 60 percent of the work, and if both are needed, "
            "hire two specialists one after the other.",
            "001",
        )
        yield _for(
            Audience.CANDIDATE,
            "Two jobs in one ad: building on existing models, and training own ones. Ask which "
            "makes up 60 percent of the work; that one decides.",
            "001",
        )
    elif composing >= SIDE and running >= SIDE:
        text = (
            "It wants LLM applications and the operation of models, both in depth: that is an "
            "MLOps "
            "Engineer with LLM focus, 310-380K in the US in May 2026, no pure AI Engineer."
        )
        yield from (_for(audience, text, "001") for audience in _BOTH)
    elif seen.shares and seen.dominant is None:
        first = listed([seen.name(s.role) for s in seen.shares[:2]])
        yield _for(
            Audience.CANDIDATE,
            f"No role makes up 60 percent; {first} lead. Ask what the first six months hold.",
            "001",
        )
        yield _for(
            Audience.EMPLOYER,
            f"No role makes up 60 percent; {first} lead. Say which is the headline task.",
            "001",
            "002",
        )


def _close_pair(seen: Seen) -> Iterator[AdAdvice]:
    shares = {s.role: s.share for s in seen.shares}
    if all(shares.get(role, 0.0) >= SIDE for role in PAIR):
        yield _for(
            Audience.CANDIDATE,
            "AI Engineer and LLM Engineer are near the same work here, as in most ads of either "
            "title: apply under both. LLM Engineer leans to retrieval, evals and inference, AI "
            "Engineer to the feature and its users.",
            "000",
        )


def _gate(seen: Seen) -> Iterator[AdAdvice]:
    if seen.dominant == "research-engineer":
        yield _for(
            Audience.CANDIDATE,
            "Research Engineer asks for a paper or exceptional open source; without one, AI "
            "Engineer or "
            "Forward-Deployed Engineer is the better aim.",
            "002",
        )


def _unowned(seen: Seen) -> Iterator[AdAdvice]:
    """Required skills that the dominant role does not own."""
    if seen.dominant is None:
        return
    role = seen.catalogue.role(seen.dominant)
    unowned = {i.skill: i.sources for i in role.stack if i.band is Band.NOT_OWNED}
    asked = [a.skill for a in seen.skills if a.need is Need.REQUIRED and a.skill in unowned]
    if not asked:
        return
    names = listed([seen.catalogue.skill(skill).name for skill in asked])
    sources = sorted({s for skill in asked for s in unowned[skill] if s.isdigit()})
    yield _for(
        Audience.EMPLOYER,
        f"It requires {names}, which is not {role.name} work. Leave it out, or say why it is "
        f"needed.",
        *sources,
    )
    yield _for(
        Audience.CANDIDATE,
        f"It requires {names}, which is not {role.name} work: ask how much of it there is.",
        *sources,
    )


def _years(seen: Seen) -> Iterator[AdAdvice]:
    if seen.years is None or seen.years.realistic:
        return
    yield _for(
        Audience.EMPLOYER,
        "The years of LLM work asked for rule out nearly everyone. Ask for 12-24 months and a "
        "software engineering background for a senior, and for a shipped feature.",
        *seen.years.sources,
    )
    yield _for(
        Audience.CANDIDATE,
        "Nobody has that many years of LLM work. Apply with 12-24 months and one shipped feature "
        "to show in depth.",
        *seen.years.sources,
    )


def _pay(seen: Seen) -> Iterator[AdAdvice]:
    """AI work on an ML band: the failure that wastes most hiring cycles."""
    if seen.pay is None or seen.side(COMPOSING) < 0.6:
        return
    if seen.pay.level not in (PayLevel.SENIOR, PayLevel.STAFF):
        return
    tops = [
        p.high
        for p in seen.pay.named
        if p.currency == "USD" and p.period is PayPeriod.YEAR and p.high is not None
    ]
    if not tops or max(tops) > ML_OFFER * 1000:
        return
    low, high = AI_EXPECTED
    yield _for(
        Audience.EMPLOYER,
        f"Senior AI work with an offer up to {max(tops) / 1000:g}K: strong candidates expect "
        f"{low}-{high}K in total at leading US employers (May 2026) and decline late. Set the band "
        "for AI work before opening the position, or say what comes on top.",
        "001",
    )
    yield _for(
        Audience.CANDIDATE,
        f"The top of {max(tops) / 1000:g}K is within the band for ML work; for senior AI work "
        f"{low}-{high}K in total is expected at leading US employers (May 2026). Ask what comes on "
        "top: bonus, equity.",
        "001",
    )
