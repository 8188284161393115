"""What was learned of job ads: where it comes from, and that damage is told."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from gapfit import datafiles, embeddings, pipeline, profiles
from gapfit.errors import EmbeddingsError

ROOT = Path(__file__).parent.parent
BENCHMARK = ROOT / "benchmarks" / "decode"


@pytest.fixture(scope="module")
def data() -> ModuleType:
    spec = importlib.util.spec_from_file_location("decode_data", BENCHMARK / "data.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_parameters_are_those_of_the_committed_ads(data: ModuleType) -> None:
    told = json.loads((datafiles.builtin("embeddings") / "ads.json").read_text("utf-8"))
    assert told["ads_sha256"] == data.sha256()
    assert told["lines_sha256"] == datafiles.sha256(BENCHMARK / "lines.txt")


def test_the_fictional_ads_are_labelled_with_what_there_is(data: ModuleType) -> None:
    catalogue = profiles.load()
    roles = {role.id for role in catalogue.roles if role.extends is None}
    skills = {skill.id for skill in catalogue.skills}
    ads = data.fictional()
    assert len(ads) == 256
    for ad in ads:
        assert set(ad.labels.roles) <= roles, ad.id
        assert not ad.labels.roles or sum(ad.labels.roles.values()) == pytest.approx(1.0), ad.id
        assert ad.labels.title_role in {None, *roles}, ad.id
        assert ad.labels.required | ad.labels.preferred <= skills, ad.id
        marked = frozenset().union(*ad.asked)
        assert marked == ad.labels.required | ad.labels.preferred, ad.id


def test_the_readings_are_labels_only() -> None:
    for name in ("first", "second"):
        told = json.loads((BENCHMARK / "readings" / f"{name}.json").read_text("utf-8"))
        assert len(told) == 131
        assert {key for labels in told.values() for key in labels} == {
            "roles", "dominant", "not_ai", "title_role", "title_disagrees", "required", "preferred",
            "years",
        }  # fmt: skip


@pytest.mark.parametrize("content", ["", "{}", '{"asks": 1, "shares": 2}', "no json"])
def test_damaged_parameters_are_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ads.json"
    path.write_text(content)
    with pytest.raises(EmbeddingsError, match=r"ads\.json: .*benchmarks/decode/fit\.py"):
        embeddings.load_ad_parameters(path)


@pytest.mark.model
def test_probes_of_ads_are_in_catalogue_order(analyzer: pipeline.Analyzer) -> None:
    found = embeddings.load_ad_probes(analyzer.catalogue, analyzer.encoder)
    assert found is not None
    assert found.shape == (1, len(analyzer.catalogue.skills), analyzer.encoder.dimension + 1)
    assert np.isfinite(found).all()
