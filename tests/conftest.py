"""What all tests share: how hypothesis runs, and one analyzer for those that need the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gapfit import intake, pipeline
from gapfit.datamodels import Analysis

SAMPLES = Path(__file__).parent.parent / "sample_resumes"

# How long an example takes says nothing about it.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50
)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the user's own cache, in whatever process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def analyzer() -> pipeline.Analyzer:
    """The real model with the real profiles, loaded once; for tests marked ``model``."""
    return pipeline.Analyzer()


@pytest.fixture(scope="session")
def sample(analyzer: pipeline.Analyzer) -> Callable[[str], Analysis]:
    """Analysis of a sample resume by its path below ``sample_resumes``, made once."""

    @cache
    def analysis(name: str) -> Analysis:
        resume, digest = intake.read_unguarded((SAMPLES / name).read_bytes(), name)
        return analyzer.analyze(resume, digest)

    return analysis


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model on disk: random weights, two layers, one token per letter."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    bert = tmp_path_factory.mktemp("bert")
    letters = [chr(code) for code in range(33, 127)]
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = [*special, *letters, *(f"##{letter}" for letter in letters)]
    (bert / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        BertModel(config).save_pretrained(bert)
    vocabulary_file = str(bert / "vocab.txt")
    BertTokenizerFast(vocab_file=vocabulary_file, model_max_length=128).save_pretrained(bert)
    folder = tmp_path_factory.mktemp("models") / "tiny-model"
    SentenceTransformer(str(bert), device="cpu").save(str(folder))
    return folder
