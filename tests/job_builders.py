"""Hand-made ads and decodings for tests: fictional, independent of profiles and model."""

from __future__ import annotations

from dataclasses import replace

import builders

from gapfit import ads
from gapfit.datamodels import (
    AdAdvice,
    AdQuote,
    Audience,
    Decoding,
    JobAd,
    Need,
    PayBand,
    PayBasis,
    PayBeside,
    PayConflict,
    PayKind,
    PayLevel,
    PayNamed,
    PayOffer,
    PayPeriod,
    RoleShare,
    SkillAsk,
    Standing,
    YearsAsked,
)
from gapfit.datamodels.catalogue import Fact

TEXT = """\
Machine Learning Engineer

About Tidewell
Tidewell plans tides. We use Kubernetes at Tidewell.

Responsibilities
- Build a RAG assistant for harbour masters
- Curate golden sets with them

Requirements
- 5+ years of experience with LLMs
- Strong Python

Nice to have
- Helm

Salary: $150,000 - $190,000 plus equity
"""


def an_ad(text: str = TEXT, title: str = "") -> JobAd:
    """An ad read from text."""
    return ads.extract(ads.from_bytes(text.encode(), "ad.txt"), title, "en")


def an_ask(
    skill: str, need: Need = Need.REQUIRED, confidence: float = 0.9, line: int = 7
) -> SkillAsk:
    """A skill asked for by one line."""
    return SkillAsk(skill, need, confidence, (AdQuote(line, f"A line that asks for {skill}"),))


def some_pay() -> PayOffer:
    """Pay named in dollars, beside two figures that differ."""
    band = PayBand(
        role="ai-engineer",
        level=PayLevel.SENIOR,
        low_k=290.0,
        high_k=380.0,
        median_k=None,
        open_ended=False,
        basis=PayBasis.TOTAL,
        scope="US",
        years="",
        source="000",
        date="early 2026",
    )
    other = replace(band, low_k=None, high_k=None, median_k=170.0, source="001", date="May 2026")
    sides = (Fact("290-380K", ("000",)), Fact("a median of 170K", ("001",)))
    named = PayNamed(
        150_000.0, 190_000.0, "USD", PayPeriod.YEAR, PayKind.BASE, 17, "Salary: $150,000 - $190,000"
    )
    return PayOffer(
        named=(named,),
        equity=True,
        bonus=False,
        level=PayLevel.SENIOR,
        beside=(PayBeside(band, Standing.BELOW), PayBeside(other, Standing.OVERLAPS)),
        conflicts=(PayConflict("Senior AI pay", ("ai-engineer",), sides),),
        remark="The ad names base pay.",
    )


def a_decoding(**changes: object) -> Decoding:
    """An ad for an ML Engineer that is AI work, with everything in it."""
    made = Decoding(
        manifest=builders.an_analysis(builders.a_catalogue()).manifest,
        title="Machine Learning Engineer",
        title_role="ml-engineer",
        shares=(RoleShare("ai-engineer", 0.72), RoleShare("llm-engineer", 0.28)),
        dominant="ai-engineer",
        title_disagrees=True,
        not_ai=False,
        skills=(
            an_ask("rag"),
            an_ask("golden-sets", confidence=0.8, line=8),
            an_ask("python", confidence=0.7, line=12),
            an_ask("kubernetes", Need.PREFERRED, line=15),
            an_ask("llm-tracing", Need.CONTEXT, line=4),
        ),
        years=YearsAsked(
            5, False, "5 years or more of LLM work is more than anybody has.", (), ("001",)
        ),
        pay=some_pay(),
        advice=(
            AdAdvice(Audience.CANDIDATE, "Go by the content.", ("000", "002")),
            AdAdvice(Audience.EMPLOYER, "Call it AI Engineer.", ("000",)),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
