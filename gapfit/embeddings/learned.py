"""Loads what ``benchmarks/quality/fit.py`` learned; refuses parts of different fits.

``matcher.json`` holds the matcher's parameters and the hash of every other part it was fitted with:
the probes in embedding space, which belong to one model, and those on words, which belong to none.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gapfit import datafiles
from gapfit.datamodels import (
    Catalogue,
    Encoder,
    FloatArray,
    LevelModel,
    MatcherParameters,
    WordProbes,
)
from gapfit.embeddings.store import builtin_store
from gapfit.errors import EmbeddingsError

_REFIT = "Reinstall gapfit, or in a checkout run: python benchmarks/quality/fit.py"


def matcher_file() -> Path:
    """Return the committed file of the matcher's parameters."""
    return datafiles.builtin("embeddings") / "matcher.json"


def load_parameters(path: Path | None = None) -> MatcherParameters:
    """Return the matcher's learned parameters; EmbeddingsError when they cannot be read."""
    path = path or matcher_file()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return MatcherParameters(
            features=tuple(data["features"]),
            mean=np.array(data["mean"], np.float32),
            scale=np.array(data["scale"], np.float32),
            levels={name: _level_model(entry) for name, entry in data["levels"].items()},
            base_rates={skill: tuple(rates) for skill, rates in data["base_rates"].items()},
            parts={str(name): str(sha256) for name, sha256 in data["parts"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EmbeddingsError(
            f"{path}: the matcher's parameters cannot be read ({error}). {_REFIT}"
        ) from error


def _level_model(entry: dict[str, Any]) -> LevelModel:
    numbers = {key: float(entry[key]) for key in ("intercept", "own", "base", "company", "offset")}
    return LevelModel(weights=np.array(entry["weights"], np.float32), **numbers)


def load_probes(
    catalogue: Catalogue, encoder: Encoder, parameters: MatcherParameters
) -> FloatArray | None:
    """Return the learned probes, shape (levels, skills, d + 1) in catalogue order.

    Skills that were not fitted have NaN; a model that none were fitted for has no probes: None.
    Raises EmbeddingsError when the committed file is damaged, another model's or another fit's.
    """
    path = builtin_store(encoder.name) / "probes.npz"
    if not path.is_file():
        return None
    stored = _read(path, ("weights", "skills", "model_sha256"))
    if str(stored["model_sha256"]) != encoder.sha256:
        raise EmbeddingsError(f"{path}: probes of another model. {_REFIT}")
    _check(path, parameters)
    return _in_order(stored["weights"], stored["skills"].tolist(), catalogue)


def load_words(catalogue: Catalogue, parameters: MatcherParameters) -> WordProbes:
    """Return the probes on words, their weights (levels, skills, words) in catalogue order.

    Skills that were not fitted have NaN. Raises EmbeddingsError when the file is missing, damaged
    or of another fit than the parameters.
    """
    path = datafiles.builtin("embeddings") / "words.npz"
    stored = _read(path, ("weights", "skills", "words", "idf"))
    _check(path, parameters)
    return WordProbes(
        words=tuple(stored["words"].tolist()),
        idf=np.asarray(stored["idf"], np.float32),
        weights=_in_order(stored["weights"], stored["skills"].tolist(), catalogue),
    )


def _read(path: Path, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in names}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise EmbeddingsError(f"{path}: missing or damaged ({error}). {_REFIT}") from error


def _check(path: Path, parameters: MatcherParameters) -> None:
    """EmbeddingsError unless the file is the one the parameters were fitted with."""
    name = path.relative_to(datafiles.builtin("embeddings")).as_posix()
    if parameters.parts.get(name) != datafiles.sha256(path):
        raise EmbeddingsError(f"{path}: not the one that matcher.json was fitted with. {_REFIT}")


def _in_order(weights: NDArray[Any], ids: Sequence[str], catalogue: Catalogue) -> FloatArray:
    """Weights (levels, skills fitted, n) as (levels, skills of the catalogue, n), others NaN."""
    where = {skill: i for i, skill in enumerate(ids)}
    shape = (len(weights), len(catalogue.skills), weights.shape[2])
    ordered = np.full(shape, np.nan, np.float32)
    for i, skill in enumerate(catalogue.skills):
        if skill.id in where:
            ordered[:, i] = weights[:, where[skill.id]]
    return ordered
