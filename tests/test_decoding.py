"""What an ad is: shares, skills, years, pay, advice, and the ad as a role. No model is needed."""

from __future__ import annotations

from dataclasses import replace

import builders
import job_builders
import numpy as np
import pytest
from hypothesis import given, strategies as st

from gapfit import decoding, embeddings, profiles
from gapfit.datamodels import (
    AdParameters,
    Audience,
    Band,
    Decoding,
    JobAd,
    Need,
    PayLevel,
    PayOffer,
    RoleShare,
    ShareModel,
    Standing,
)
from gapfit.decoding import advice, pay, shares, signs, skills, stack, years
from gapfit.errors import EmbeddingsError, UnreadableInput

CATALOGUE = profiles.load()
MARKET = profiles.load_market(CATALOGUE)
PAY = profiles.load_pay(role.id for role in CATALOGUE.roles)
PARAMETERS = embeddings.load_ad_parameters()
PLACE = {skill.id: i for i, skill in enumerate(CATALOGUE.skills)}
KNOWN = decoding.Known(CATALOGUE, MARKET, PAY, PARAMETERS)
MANIFEST = job_builders.a_decoding().manifest


def asked(ad: JobAd, **lines: str) -> np.ndarray:
    """Probabilities: the line with these words asks for these skills, as good as surely."""
    told = np.full((len(ad.lines), len(PLACE)), 0.01, np.float32)
    for words, wanted in lines.items():
        for i, line in enumerate(ad.lines):
            if words.replace("_", " ") in line.text:
                told[i, [PLACE[skill] for skill in wanted.split()]] = 0.95
    return told


AD = job_builders.an_ad()
ASKED = asked(
    AD,
    RAG="rag llm-production",
    golden="golden-sets",
    Python="python",
    Helm="kubernetes",
    Kubernetes="kubernetes",
)


def decoded(ad: JobAd = AD, told: np.ndarray = ASKED) -> Decoding:
    return decoding.decode(ad, told, KNOWN, MANIFEST)


# ---------------------------------------------------------------- shares


def of(**parts: float) -> tuple[RoleShare, ...]:
    model = PARAMETERS.shares
    named = {name.replace("_", "-"): part for name, part in parts.items()}
    return shares.of(np.array([named.get(role or "none", 0.0) for role in model.roles]), model)


def test_shares_sum_to_one_and_the_largest_comes_first() -> None:
    found = of(ai_engineer=0.5, ml_engineer=0.3, mlops_engineer=0.1, none=0.1)
    assert [s.role for s in found] == ["ai-engineer", "ml-engineer", "mlops-engineer"]
    assert [s.share for s in found] == [0.56, 0.33, 0.11]


@given(st.lists(st.floats(0.001, 1.0), min_size=13, max_size=13))
def test_shares_always_sum_to_one(parts: list[float]) -> None:
    probability = np.array(parts) / sum(parts)
    found = shares.of(probability, PARAMETERS.shares)
    assert not found or sum(round(100 * s.share) for s in found) == 100


def test_work_of_none_of_the_roles_is_no_ai_job() -> None:
    assert of(ai_engineer=0.5, none=0.5) == ()


@pytest.mark.parametrize(
    ("title", "parts", "disagrees"),
    [
        ("ai-engineer", {"ai_engineer": 0.7, "ml_engineer": 0.3}, False),
        ("ml-engineer", {"ai_engineer": 0.7, "ml_engineer": 0.3}, True),
        ("ml-engineer", {"ai_engineer": 0.5, "ml_engineer": 0.5}, False),
        ("voice-ai-engineer", {"ai_engineer": 0.5, "ml_engineer": 0.5}, True),
        ("ml-engineer", {"none": 1.0}, True),
        (None, {"ai_engineer": 1.0}, False),
    ],
)
def test_when_a_title_disagrees(
    title: str | None, parts: dict[str, float], disagrees: bool
) -> None:
    assert shares.disagrees(title, of(**parts)) is disagrees


def test_the_60_percent_rule() -> None:
    assert shares.dominant((RoleShare("ai-engineer", 0.6), RoleShare("ml-engineer", 0.4)))
    assert not shares.dominant((RoleShare("ai-engineer", 0.59), RoleShare("ml-engineer", 0.41)))


def test_parameters_for_other_signs_are_refused() -> None:
    model = replace(PARAMETERS.shares, features=("other",))
    with pytest.raises(EmbeddingsError, match=r"benchmarks/decode/fit\.py"):
        shares.divide(AD, ASKED, CATALOGUE, model)


def test_the_title_has_no_part_in_the_shares() -> None:
    other = replace(AD, title="Voice AI Engineer", title_role="voice-ai-engineer")
    assert decoded(other).shares == decoded().shares


@given(st.permutations(range(len(AD.lines))))
def test_the_order_of_lines_changes_nothing(order: list[int]) -> None:
    ad = replace(AD, lines=tuple(AD.lines[i] for i in order))
    found, usual = decoded(ad, ASKED[order]), decoded()
    assert found.shares == usual.shares
    assert [(a.skill, a.need) for a in found.skills] == [(a.skill, a.need) for a in usual.skills]


def test_signs_are_named_and_finite() -> None:
    row = signs.features(AD, ASKED, CATALOGUE)
    assert row.shape == (len(signs.FEATURES),)
    assert np.isfinite(row).all()
    assert row[signs.FEATURES.index("cue:ai")] == 0.0 or row.any()
    empty = replace(AD, lines=())
    assert np.isfinite(signs.features(empty, ASKED[:0], CATALOGUE)).all()


def test_every_sign_has_its_weight() -> None:
    model: ShareModel = PARAMETERS.shares
    assert model.features == signs.FEATURES
    assert model.weights.shape == (len(signs.FEATURES), len(model.roles))
    assert set(signs.ROLES) == {r.id for r in CATALOGUE.roles if r.extends is None}
    assert set(signs.AREAS) == {area.id for area in CATALOGUE.areas}


# ---------------------------------------------------------------- skills


def test_a_skill_is_wanted_as_much_as_the_firmest_line_wants_it() -> None:
    found = {a.skill: a for a in decoded().skills}
    assert found["rag"].need is Need.REQUIRED
    assert found["kubernetes"].need is Need.PREFERRED
    assert [q.text for q in found["kubernetes"].evidence] == ["Helm"]
    only_company = asked(AD, Kubernetes="kubernetes")
    (context,) = decoded(AD, only_company).skills
    assert context.need is Need.CONTEXT


def test_what_is_said_not_to_be_needed_is_not_asked() -> None:
    ad = job_builders.an_ad(job_builders.TEXT.replace("- Helm", "- You need not know Helm"))
    told = asked(ad, Helm="kubernetes")
    assert "kubernetes" not in {a.skill for a in decoded(ad, told).skills}


def test_what_the_roles_own_is_the_likelier_meant() -> None:
    half = np.full((1, len(PLACE)), 0.4, np.float32)
    own = skills.expected(half, (RoleShare("ai-product-manager", 1.0),), CATALOGUE)
    other = skills.expected(half, (RoleShare("ml-engineer", 1.0),), CATALOGUE)
    column = PLACE["product-management"]
    assert own[0, column] > 0.6
    assert other[0, column] == pytest.approx(0.4, abs=0.01)


# ---------------------------------------------------------------- years


def test_years_overall_are_the_most_that_is_required() -> None:
    text = job_builders.TEXT.replace("5+ years", "2+ years").replace(
        "- Strong Python", "- 8+ years of software engineering"
    )
    found = years.overall(job_builders.an_ad(text), (RoleShare("ai-engineer", 1.0),), MARKET)
    assert found is not None
    assert (found.asked, found.realistic) == (8, True)
    assert "2 years or more of LLM work" in found.why


def test_more_llm_years_than_the_field_has_are_not_realistic() -> None:
    found = years.overall(AD, (RoleShare("ai-engineer", 1.0),), MARKET)
    assert found is not None
    assert (found.asked, found.realistic, found.sources) == (5, False, ("001",))
    assert "24-36 months" in found.why


@pytest.mark.parametrize(
    ("role", "asked_", "words", "sources"),
    [
        ("ml-engineer", 5, "within the 3-8 years", ("001",)),
        ("ml-engineer", 12, "outside the 3-8 years", ("001",)),
        ("ai-engineer", 6, "12-24 months is what a senior has", ("001",)),
        ("voice-ai-engineer", 6, "no source says", ()),
    ],
)
def test_years_at_large(role: str, asked_: int, words: str, sources: tuple[str, ...]) -> None:
    text = job_builders.TEXT.replace("5+ years of experience with LLMs", f"{asked_}+ years of work")
    found = years.overall(job_builders.an_ad(text), (RoleShare(role, 1.0),), MARKET)
    assert found is not None
    assert found.realistic
    assert words in found.why
    assert found.sources == sources


def test_no_years_are_asked() -> None:
    ad = job_builders.an_ad(job_builders.TEXT.replace("5+ years of experience with LLMs", "LLMs"))
    assert years.overall(ad, (), MARKET) is None


# ---------------------------------------------------------------- pay


def offered(salary: str, title: str = "Senior AI Engineer", role: str = "ai-engineer") -> PayOffer:
    text = job_builders.TEXT.replace("$150,000 - $190,000", salary)
    found = pay.offer(job_builders.an_ad(text, title), (RoleShare(role, 1.0),), PAY, MARKET)
    assert found is not None
    return found


def test_pay_stands_beside_every_figure_of_role_and_level() -> None:
    found = offered("$150,000 - $190,000")
    assert found.level is PayLevel.SENIOR
    bands = [b.band for b in found.beside]
    assert bands == list(PAY.of("ai-engineer", PayLevel.SENIOR))
    assert len({b.source for b in bands}) > 1
    standings = {b.band.source: b.standing for b in found.beside if b.band.median_k}
    assert standings == {"001": Standing.BELOW}
    assert found.conflicts


def test_other_currencies_are_shown_and_not_compared() -> None:
    found = offered("€70k - €85k")
    assert {b.standing for b in found.beside} == {Standing.NOT_COMPARED}
    assert "not compared" in found.remark


def test_an_hourly_rate_is_read_as_a_year() -> None:
    found = offered("$170 - $180 per hour")
    assert any(b.standing is Standing.OVERLAPS for b in found.beside)
    assert "2080 hours" in found.remark


def test_a_role_without_figures_has_none() -> None:
    found = offered("$150,000", role="prompt-engineer")
    assert found.beside == ()
    assert "No source" in found.remark


def test_no_sum_no_pay() -> None:
    assert (
        pay.offer(job_builders.an_ad(job_builders.TEXT.replace("$", "")), (), PAY, MARKET) is None
    )


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Junior AI Engineer", PayLevel.ENTRY),
        ("Sr. AI Engineer", PayLevel.SENIOR),
        ("Principal AI Engineer", PayLevel.STAFF),
        ("AI Engineer", PayLevel.SENIOR),  # by the five years it asks for
    ],
)
def test_levels(title: str, level: PayLevel) -> None:
    assert pay.level_of(job_builders.an_ad(title=title), MARKET) is level


# ---------------------------------------------------------------- advice


def given_(
    parts: dict[str, float],
    title_role: str | None = None,
    ad: JobAd = AD,
    wanted: tuple[str, ...] = (),
    salary: str = "",
) -> list[tuple[Audience, str, tuple[str, ...]]]:
    divided = tuple(RoleShare(role, share) for role, share in parts.items())
    if salary:
        ad = job_builders.an_ad(
            job_builders.TEXT.replace("$150,000 - $190,000", salary), "Senior AI Engineer"
        )
    seen = advice.Seen(
        ad=replace(ad, title_role=title_role),
        shares=divided,
        dominant=shares.dominant(divided),
        skills=tuple(job_builders.an_ask(skill) for skill in wanted),
        years=years.overall(ad, divided, MARKET) if ad is not AD else None,
        pay=pay.offer(ad, divided, PAY, MARKET) if salary else None,
        catalogue=CATALOGUE,
    )
    return [(a.audience, a.text, a.sources) for a in advice.give(seen)]


def both(told: list[tuple[Audience, str, tuple[str, ...]]], words: str, source: str) -> bool:
    """Whether candidate and employer are told, the source named, and one of them in these words."""
    sides = {audience for audience, _, _ in told}
    return sides == set(Audience) and any(words in text and source in s for _, text, s in told)


def test_advice_on_a_title_that_disagrees() -> None:
    told = given_({"ai-engineer": 0.8, "llm-engineer": 0.2}, "ml-engineer")
    assert both(told, "Call it AI Engineer", "000")
    assert any("what an AI Engineer does" in text for _, text, _ in told)


def test_advice_on_a_mixed_ad() -> None:
    told = given_({"ai-engineer": 0.5, "ml-engineer": 0.5})
    assert both(told, "two specialists one after the other", "001")


def test_advice_on_llm_work_with_mlops() -> None:
    told = given_({"ai-engineer": 0.5, "mlops-engineer": 0.5})
    assert both(told, "MLOps Engineer with LLM focus, 310-380K", "001")


def test_advice_on_other_mixtures() -> None:
    told = given_({"ai-product-manager": 0.5, "ai-solutions-architect": 0.5})
    assert both(told, "No role makes up 60 percent", "001")


def test_advice_on_the_prompt_engineer_title() -> None:
    told = given_({"prompt-engineer": 1.0}, "prompt-engineer")
    assert both(told, "AI Engineer (prompting & evals specialty)", "002")


def test_advice_on_research() -> None:
    told = given_({"research-engineer": 1.0})
    assert [s for _, text, s in told if "paper" in text] == [("002",)]


def test_advice_on_what_the_role_does_not_own() -> None:
    told = given_({"ai-engineer": 1.0}, wanted=("model-training", "rag"))
    assert both(told, "requires Model training", "002")


def test_advice_on_ai_work_with_an_ml_band() -> None:
    told = given_({"ai-engineer": 1.0}, salary="$280,000 - $310,000")
    assert both(told, "offer up to 310K", "001")
    assert not any(
        "offer up to" in t for _, t, _ in given_({"ai-engineer": 1.0}, salary="$400,000")
    )
    assert not any(
        "offer up to" in t for _, t, _ in given_({"ml-engineer": 1.0}, salary="$300,000")
    )


def test_advice_on_no_ai_job() -> None:
    told = given_({}, "ai-engineer")
    assert both(told, "no work of the twelve", "000")


def test_a_clear_ad_needs_no_advice() -> None:
    assert given_({"ml-engineer": 0.8, "mlops-engineer": 0.2}, "ml-engineer") == []


# ---------------------------------------------------------------- the ad as a role


def test_an_ad_is_a_role_of_what_it_asks_for() -> None:
    catalogue = builders.a_catalogue()
    role = stack.as_role(job_builders.a_decoding(), catalogue, 0.3)
    assert role.id == "job-machine-learning-engineer"
    assert role.extends == "ai-engineer"
    assert role.halfway == 0.3
    weights = {item.skill: (item.band, item.weight) for item in role.stack}
    assert weights == {
        "rag": (Band.CORE, 0.9),
        "golden-sets": (Band.CORE, 0.8),
        "python": (Band.CORE, 0.7),
        "kubernetes": (Band.OCCASIONAL, 0.27),
    }


def test_an_ad_that_asks_for_nothing_is_no_role() -> None:
    with pytest.raises(UnreadableInput, match="asks for none"):
        stack.as_role(job_builders.a_decoding(skills=()), builders.a_catalogue(), 0.3)


def test_ids_of_ads_are_free_ids() -> None:
    catalogue = builders.a_catalogue()
    first = stack.as_role(job_builders.a_decoding(title="C++ & Ünïcode!"), catalogue, 0.3)
    assert first.id == "job-c-n-code"
    taken = replace(catalogue, roles=(*catalogue.roles, first))
    assert (
        stack.as_role(job_builders.a_decoding(title="C n code"), taken, 0.3).id == "job-c-n-code-2"
    )


def test_the_parameters_are_of_the_committed_data() -> None:
    assert isinstance(PARAMETERS, AdParameters)
    assert 0 < PARAMETERS.preferred_at <= PARAMETERS.required_at < 1
