"""Pay: every figure stands with source, date and basis, and a mistake in the file is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from gapfit import profiles
from gapfit.datamodels import Catalogue, Pay, PayBasis, PayLevel
from gapfit.errors import ProfileError

BAND = """\
[[band]]
role = "ml-engineer"
level = "senior"
low_k = 300
high_k = 320
basis = "band"
scope = "hiring band"
source = "001"
date = "May 2026"
"""


@pytest.fixture(scope="module")
def builtin() -> Catalogue:
    return profiles.load()


@pytest.fixture(scope="module")
def pay(builtin: Catalogue) -> Pay:
    return profiles.load_pay([role.id for role in builtin.roles])


def test_every_figure_names_a_known_source(builtin: Catalogue, pay: Pay) -> None:
    facts = [r.fact for r in pay.remarks] + [side for c in pay.conflicts for side in c.sides]
    cited = {band.source for band in pay.bands} | {s for fact in facts for s in fact.sources}
    assert cited <= set(builtin.sources)


def test_sources_stand_side_by_side_and_none_is_merged(pay: Pay) -> None:
    senior = [b for b in pay.of("ai-engineer", PayLevel.SENIOR) if b.level is PayLevel.SENIOR]
    told = [(b.source, b.low_k, b.high_k, b.median_k, b.basis) for b in senior]
    assert told == [
        ("000", 290, 380, None, PayBasis.TOTAL),
        ("001", None, None, 370, PayBasis.TOTAL),
        ("001", 360, 410, None, PayBasis.TOTAL),
        ("004", 260, 360, None, PayBasis.UNSTATED),
        ("004", 250, 350, None, PayBasis.UNSTATED),
    ]


def test_no_figure_twice(pay: Pay) -> None:
    assert len(set(pay.bands)) == len(pay.bands)


def test_a_role_is_asked_for_with_its_level_or_whole(pay: Pay) -> None:
    whole = pay.of("mlops-engineer")
    assert {band.level for band in whole} == set(PayLevel) - {PayLevel.ANY}
    assert {band.level for band in pay.of("llm-engineer", PayLevel.MID)} == {
        PayLevel.ANY, PayLevel.MID,
    }  # fmt: skip
    assert pay.of("voice-ai-engineer") == ()


def read(folder: Path, text: str) -> Pay:
    path = folder / "pay.toml"
    path.write_text(text, encoding="utf-8")
    return profiles.load_pay(["ml-engineer", "ai-engineer"], path)


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    (band,) = read(tmp_path, BAND).bands
    assert (band.low_k, band.high_k, band.median_k, band.open_ended) == (300, 320, None, False)
    assert profiles.load_pay([], tmp_path / "none.toml") == Pay((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"ml-engineer"', '"ml-enginer"', "unknown role 'ml-enginer'. Use one of ai-engineer"),
        ('"senior"', '"expert"', "unknown word 'expert'. Use one of any, entry, mid"),
        ('"band"\n', '"net"\n', "basis: unknown word 'net'. Use one of total, band, unstated"),
        ("low_k = 300", "low_k = 330", "low_k 330 is above high_k 320. Swap them."),
        ("low_k = 300\nhigh_k = 320\n", "", "no figure. Give low_k, high_k or median_k."),
        ('source = "001"\n', "", "Add it"),
        ("low_k = 300", "low_k = -1", "low_k"),
        ("date", "when", "unknown field"),
    ],
)
def test_a_mistake_is_named_with_its_mend(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read(tmp_path, BAND.replace(old, new, 1))
    assert told in str(caught.value)
    assert str(tmp_path / "pay.toml") in str(caught.value)
