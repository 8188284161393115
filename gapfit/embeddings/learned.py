"""Loads what ``benchmarks/quality/fit.py`` learned; refuses parts of different fits.

``matcher.json`` holds the matcher's parameters and the hash of every other part it was fitted with:
the probes in embedding space, which belong to one model, and those on words, which belong to none.
What ``benchmarks/decode/fit.py`` learned of job ads stands beside it in ``ads.json``.
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
    AdParameters,
    AskModel,
    Catalogue,
    Encoder,
    FloatArray,
    LevelModel,
    MatcherParameters,
    ShareModel,
    WordProbes,
)
from gapfit.embeddings.store import builtin_store
from gapfit.errors import EmbeddingsError

_REFIT = "Reinstall gapfit, or in a checkout run: python benchmarks/quality/fit.py"
_REFIT_ADS = "Reinstall gapfit, or in a checkout run: python benchmarks/decode/fit.py"


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
    found = _probes(path, catalogue, encoder, _REFIT)
    _check(path, parameters)
    return found


def load_ad_probes(catalogue: Catalogue, encoder: Encoder) -> FloatArray | None:
    """Return the probes of what ads ask for, in the form of ``load_probes``."""
    path = builtin_store(encoder.name) / "ad_probes.npz"
    return _probes(path, catalogue, encoder, _REFIT_ADS) if path.is_file() else None


def _probes(path: Path, catalogue: Catalogue, encoder: Encoder, mend: str) -> FloatArray:
    stored = _read(path, ("weights", "skills", "model_sha256"), mend)
    if str(stored["model_sha256"]) != encoder.sha256:
        raise EmbeddingsError(f"{path}: probes of another model. {mend}")
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


def load_ad_parameters(path: Path | None = None) -> AdParameters:
    """Return what was learned of job ads; EmbeddingsError when it cannot be read."""
    path = path or datafiles.builtin("embeddings") / "ads.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        asks, shares = data["asks"], data["shares"]
        return AdParameters(
            asks=AskModel(
                features=tuple(asks["features"]),
                mean=np.array(asks["mean"], np.float32),
                scale=np.array(asks["scale"], np.float32),
                weights=np.array(asks["weights"], np.float32),
                intercept=float(asks["intercept"]),
            ),
            shares=ShareModel(
                roles=tuple(shares["roles"]),
                features=tuple(shares["features"]),
                mean=np.array(shares["mean"], np.float32),
                scale=np.array(shares["scale"], np.float32),
                weights=np.array(shares["weights"], np.float32),
                intercept=np.array(shares["intercept"], np.float32),
                sharpness=float(shares["sharpness"]),
            ),
            required_at=float(data["required_at"]),
            preferred_at=float(data["preferred_at"]),
            halfway=float(data["halfway"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EmbeddingsError(
            f"{path}: the parameters of job ads cannot be read ({error}). {_REFIT_ADS}"
        ) from error


def _read(path: Path, names: Sequence[str], mend: str = _REFIT) -> dict[str, NDArray[Any]]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in names}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise EmbeddingsError(f"{path}: missing or damaged ({error}). {mend}") from error


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
