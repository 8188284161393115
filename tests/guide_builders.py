"""A small guide, market and pay for tests of advice and of the role views; all of it made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import builders

from gapfit import advice
from gapfit.datamodels import (
    Advice,
    Analysis,
    Answer,
    Background,
    Catalogue,
    Context,
    Employer,
    Fact,
    Figure,
    Form,
    Guide,
    Level,
    Market,
    Move,
    Pay,
    PayBand,
    PayBasis,
    PayConflict,
    PayLevel,
    PayRemark,
    Period,
    Question,
    Resume,
    Section,
    Seniority,
    Statement,
    Toolset,
    Topic,
    Workplace,
)
from gapfit.formats.role_parts import Known

GUIDE = Guide(
    role="ai-engineer",
    titles=(Fact("AI Builder", ("000",)),),
    standing=(Fact("Everybody asks for it.", ("000",)),),
    task=(Fact("Put a feature into production.", ("000", "demand")),),
    work=(Fact("Answers, checked before they are shown.", ("000",)),),
    day=(Fact("Begins with the eval run.", ("000",)),),
    good_day=(Fact("One change out, and better.", ("000",)),),
    bad_day=(Fact("The bill doubles.", ("000",)),),
    terms=(Fact("Rhythm: weekly.", ("000",)),),
    models=(Fact("Rented ones.", ("000",)),),
    tools=(
        Toolset("Frameworks", ("Alpha", "Beta"), ("000",), "fading"),
        Toolset("Frameworks", ("Gamma",), ("demand",)),
        Toolset("Stores", ("Delta",), ("000",)),
    ),
    workplaces=(
        Workplace("Young companies", (Employer.STARTUP,), ("Acme AI", "Globex"), ("000",)),
        Workplace("Wherever there is a product", tuple(Employer), (), ("demand",), inferred=True),
    ),
    contexts=(
        Context(Employer.STARTUP, "Language models all day.", ("000",)),
        Context(Employer.ENTERPRISE, "An older pipeline beside it.", ("000",)),
    ),
    interview=(Fact("Four hours.", ("000",)),),
    found=(Fact("A forum.", ("000",)),),
    figures=(Figure("Time to fill", "85 days", "2026", "42 hires", ("000",)),),
    pointers=(Fact("You like features.", ("000",)),),
    prospects=(Fact("A way to Staff.", ("000",)),),
    resume=(Fact("Open with the feature.", ("000",), inferred=True),),
    mistakes=(Fact("Two headlines at once.", ("000",)),),
    search=(Fact("Search by company.", ("000",)),),
)
GUIDES: Mapping[str, Guide] = {
    "ai-engineer": GUIDE,
    "ml-engineer": Guide("ml-engineer", titles=(Fact("Machine Learning Engineer", ("000",)),)),
}

MARKET = Market(
    backgrounds=(
        Background("backend", "backend engineer", ("backend engineer",), ("python",), ("000",)),
        Background("researcher", "researcher", ("researcher",), ("research-publications",), ("0",)),
        Background("early-career", "early career", (), (), ("000",)),
    ),
    destinations={"staff": "Staff Engineer"},
    moves=(
        Move("backend", "ai-engineer", "The easiest.", ("000",), (3, 6), "so it says"),
        Move("backend", "mlops-engineer", "The other way.", ("000",)),
        Move("researcher", "research-engineer", "The highest bar.", ("000",)),
        Move("ai-engineer", "ml-engineer", "Hard.", ("000",), (6, 6)),
        Move("ml-engineer", "ml-engineer", "Stay, and learn.", ("000",)),
        Move("ai-engineer", "staff", "The usual way.", ("000",)),
        Move("early-career", "mlops-engineer", "The best bet.", ("000",)),
    ),
    questions=(
        Question(
            "What pleases you?",
            (
                Answer("A feature", ("ai-engineer",)),
                Answer("A model", ("ml-engineer", "research-engineer")),
            ),
            ("000",),
        ),
        Question(
            "What is to be delivered?",
            (Answer("A feature", ("ai-engineer",)), Answer("A model", ("ml-engineer",))),
            ("000",),
            position=True,
        ),
    ),
    levels=(
        Seniority("entry", "entry", (0, 2), "", ("intern", "junior"), (), False, ("000",)),
        Seniority("mid", "mid", (2, 5), "Owns features.", (), (), True, ("000",)),
        Seniority("senior", "senior", (5, None), "Leads.", ("senior",), ("rag",), False, ("000",)),
        Seniority("staff", "staff", None, "Decides.", ("staff",), (), False, ("000",)),
    ),
    experience=(Fact("Two years are much.", ("000",)), Fact("Three to eight for ML.", ("000",))),
    as_of="2026-05",
    llm_since="2023-01",
    llm_areas=("retrieval",),
)

PAY = Pay(
    bands=(
        PayBand(
            "ai-engineer", PayLevel.SENIOR, 290, 380, None, False, PayBasis.TOTAL, "US",
            "5 and more", "000", "early 2026",
        ),
        PayBand(
            "ai-engineer", PayLevel.SENIOR, None, None, 370, False, PayBasis.UNSTATED,
            "the 50 largest", "", "demand", "May 2026",
        ),
        PayBand(
            "ai-engineer", PayLevel.ANY, 300, None, None, True, PayBasis.BAND, "product teams", "",
            "000", "2026",
        ),
    ),
    remarks=(PayRemark("ai-engineer", Fact("Equity is where it is.", ("000",))),),
    conflicts=(
        PayConflict(
            "Entry pay",
            ("ai-engineer", "ml-engineer"),
            (Fact("170-220K", ("000",)), Fact("130-175K", ("demand",))),
        ),
    ),
)  # fmt: skip


def known(catalogue: Catalogue, role: str, employer: Employer | None = None) -> Known:
    guide = GUIDES.get(role, Guide(role))
    return Known(catalogue.role(role), catalogue, guide, MARKET, PAY, employer)


def a_job(
    title: str, start: str | None, end: str | None, *lines: str, first_line: int = 1
) -> list[Statement]:
    """An entry of the experience section with its bullets, one line each."""
    period = Period(f"{start} - {end}", start, end, None) if start else None
    head = Statement(title, 1, first_line, Section.EXPERIENCE, Form.ENTRY, period=period)
    return [head] + [
        Statement(line, 1, first_line + i, Section.EXPERIENCE, Form.BULLET, title, period)
        for i, line in enumerate(lines, start=1)
    ]


def a_headline(text: str) -> Statement:
    return Statement(text, 1, 1, Section.SUMMARY, Form.ENTRY)


def a_resume(*statements: Statement) -> Resume:
    return Resume(tuple(statements), 1, "en")


def given(
    resume: Resume,
    found: Mapping[str, tuple[Level, float, int]] = builders.FOUND,
    *,
    catalogue: Catalogue | None = None,
    market: Market = MARKET,
    wanted: Sequence[str] = (),
) -> tuple[Advice, ...]:
    """The advice for a resume in which ``found`` stands at the statements it numbers."""
    catalogue = catalogue or builders.a_catalogue()
    skills = builders.findings(catalogue, resume, found)
    fits = builders.fits(catalogue.roles, skills)
    return advice.give(catalogue, GUIDES, market, resume, skills, fits, wanted)


def of(topic: Topic, advised: Sequence[Advice]) -> list[Advice]:
    return [a for a in advised if a.topic is topic]


def advised(analysis: Analysis, catalogue: Catalogue) -> Analysis:
    """The analysis with the advice that belongs to it."""
    fits = builders.fits(catalogue.roles, analysis.skills)
    told = advice.give(catalogue, GUIDES, MARKET, analysis.resume, analysis.skills, fits)
    return replace(analysis, advice=told)
