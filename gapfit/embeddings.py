"""Builds, stores, loads and verifies the skill vectors; refuses stale or foreign ones.

A store is a folder with ``vectors.npy`` (float16, one unit vector per text of the catalogue) and
``manifest.json``, which says what the vectors were made from. The built-in store is committed, and
holds ``background.npy`` too, what matching derives from its vectors; stores for other models or a
user's own skills are built once into the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gapfit import datafiles
from gapfit.datamodels import (
    AdParameters,
    AskModel,
    Catalogue,
    Encoder,
    FloatArray,
    Kind,
    LevelModel,
    MatcherParameters,
    ShareModel,
    Skill,
    SkillVectors,
)
from gapfit.errors import EmbeddingsError

REBUILD = "gapfit embeddings build"
_REFIT = "Reinstall gapfit, or in a checkout run: python benchmarks/quality/fit.py"
_REFIT_ADS = "Reinstall gapfit, or in a checkout run: python benchmarks/decode/fit.py"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One text of the catalogue: whose it is, what it stands for, what it says."""

    kind: Kind
    skill: int
    text: str


def rows(catalogue: Catalogue) -> tuple[Row, ...]:
    """Return the catalogue's texts in the order of the stored vectors: by kind, then skill."""
    return tuple(
        Row(kind, i, text)
        for kind in Kind
        for i, skill in enumerate(catalogue.skills)
        for text in _texts(skill, kind)
    )


def _texts(skill: Skill, kind: Kind) -> tuple[str, ...]:
    match kind:
        case Kind.NAME:
            return (skill.name, *(alias.text for alias in skill.aliases))
        case Kind.DEFINITION:
            return (skill.definition,)
        case Kind.EXAMPLE:
            return skill.examples
        case Kind.NEAR_MISS:
            return skill.near_misses


def build(catalogue: Catalogue, encoder: Encoder) -> SkillVectors:
    """Encode the whole catalogue."""
    table = rows(catalogue)
    vectors = encoder.encode([row.text for row in table])
    return SkillVectors(
        vectors=_rounded(vectors),
        skills=np.array([row.skill for row in table], np.int32),
        kinds=np.array([row.kind for row in table], np.int32),
        model=encoder.name,
        model_sha256=encoder.sha256,
        pooling=encoder.pooling,
    )


def _rounded(vectors: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """What a store gives back: float16 halves its size and moves no cosine by over 0.0005."""
    return np.asarray(vectors.astype(np.float16), np.float32)


def save(folder: Path, catalogue: Catalogue, vectors: SkillVectors, version: str) -> Path:
    """Write a store into ``folder``, each file in one step, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "vectors.npy"
    _write(target, lambda f: np.save(f, vectors.vectors.astype(np.float16), allow_pickle=False))
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "gapfit_version": version,
        "model": vectors.model,
        "model_sha256": vectors.model_sha256,
        "dimension": int(vectors.vectors.shape[1]),
        "rows": int(vectors.vectors.shape[0]),
        "dtype": "float16",
        "pooling": vectors.pooling,
        "normalised": True,
        "texts_sha256": texts_sha256(catalogue),
        "vectors_sha256": datafiles.sha256(target),
        "profiles": dict(sorted(catalogue.file_hashes.items())),
    }
    if vectors.background is not None:
        derived = folder / "background.npy"
        _write(derived, lambda f: np.save(f, vectors.background, allow_pickle=False))
        manifest["background_sha256"] = datafiles.sha256(derived)
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    _write(folder / "manifest.json", lambda f: f.write(text.encode()))
    return folder


def texts_sha256(catalogue: Catalogue) -> str:
    """Hash of everything the vectors are made from, whatever files it came in."""
    table = [(int(row.kind), catalogue.skills[row.skill].id, row.text) for row in rows(catalogue)]
    return hashlib.sha256(json.dumps(table).encode()).hexdigest()


def builtin_store(model: str) -> Path:
    """Folder of the committed vectors of ``model``."""
    return datafiles.builtin("embeddings") / _slug(model)


def cached_store(catalogue: Catalogue, encoder: Encoder) -> Path:
    """Folder in the user's cache for this model and this catalogue."""
    key = hashlib.sha256(f"{texts_sha256(catalogue)} {encoder.sha256}".encode()).hexdigest()[:16]
    return datafiles.user_cache() / "embeddings" / f"{_slug(encoder.name)}-{key}"


def _slug(model: str) -> str:
    name = model.rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c if c.isalnum() or c in "-._" else "-" for c in name)


def load(catalogue: Catalogue, encoder: Encoder, version: str) -> SkillVectors:
    """Return the vectors of ``catalogue`` for ``encoder``.

    The committed ones where they fit; else those of the user's cache, built there first if need
    be. Raises EmbeddingsError when the committed store is stale or damaged.
    """
    folder = builtin_store(encoder.name)
    manifest = _manifest(folder) if (folder / "manifest.json").exists() else {}
    if manifest.get("model") == encoder.name:
        _check_profiles(folder, manifest, catalogue)
        own_skills = any(name.startswith("own/skills/") for name in catalogue.file_hashes)
        if not own_skills:
            return read(folder, catalogue, encoder)
    folder = cached_store(catalogue, encoder)
    try:
        return read(folder, catalogue, encoder)
    except EmbeddingsError:
        vectors = build(catalogue, encoder)
        _save_if_possible(folder, catalogue, vectors, version)
        return vectors


def _save_if_possible(
    folder: Path, catalogue: Catalogue, vectors: SkillVectors, version: str
) -> None:
    try:
        save(folder, catalogue, vectors, version)
    except OSError:
        return  # a cache that cannot be written costs time, not the result


def read(folder: Path, catalogue: Catalogue, encoder: Encoder) -> SkillVectors:
    """Read the store in ``folder``; EmbeddingsError unless it is this catalogue's and model's."""
    manifest = _manifest(folder)
    if manifest.get("format") != FORMAT:
        raise EmbeddingsError(
            f"{folder / 'manifest.json'}: format {manifest.get('format')!r}, this gapfit reads "
            f"{FORMAT}. Run: {REBUILD}"
        )
    if manifest.get("model_sha256") != encoder.sha256:
        raise EmbeddingsError(
            f"{folder / 'manifest.json'}: vectors of another model "
            f"({manifest.get('model')}, not {encoder.name}). Run: {REBUILD}"
        )
    if manifest.get("texts_sha256") != texts_sha256(catalogue):
        raise EmbeddingsError(
            f"{folder / 'manifest.json'}: vectors of other skill profiles. Run: {REBUILD}"
        )
    table = rows(catalogue)
    return SkillVectors(
        vectors=_read_vectors(folder, manifest, len(table), encoder.dimension),
        background=_read_background(folder, manifest),
        skills=np.array([row.skill for row in table], np.int32),
        kinds=np.array([row.kind for row in table], np.int32),
        model=encoder.name,
        model_sha256=encoder.sha256,
        pooling=encoder.pooling,
    )


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EmbeddingsError(f"{path}: cannot be read ({error}). Run: {REBUILD}") from error
    if not isinstance(manifest, dict):
        raise EmbeddingsError(f"{path}: not a manifest. Run: {REBUILD}")
    return manifest


def _check_profiles(folder: Path, manifest: dict[str, Any], catalogue: Catalogue) -> None:
    """Refuse the committed vectors when a built-in profile has changed since."""
    recorded = manifest.get("profiles") or {}
    current = {n: h for n, h in catalogue.file_hashes.items() if not n.startswith("own/")}
    for name in sorted(recorded.keys() | current.keys()):
        if recorded.get(name) != current.get(name):
            raise EmbeddingsError(
                f"{datafiles.builtin('profiles') / name}: changed since the vectors in {folder} "
                f"were built. Run: {REBUILD}"
            )


def _read_vectors(
    folder: Path, manifest: dict[str, Any], count: int, dimension: int
) -> np.ndarray[Any, np.dtype[np.float32]]:
    path = folder / "vectors.npy"
    vectors = _read_array(path, manifest.get("vectors_sha256"))
    if vectors.shape != (count, dimension):
        raise EmbeddingsError(
            f"{path}: shape {vectors.shape}, expected {(count, dimension)}. Run: {REBUILD}"
        )
    return vectors


def _read_background(
    folder: Path, manifest: dict[str, Any]
) -> np.ndarray[Any, np.dtype[np.float32]] | None:
    if "background_sha256" not in manifest:
        return None
    return _read_array(folder / "background.npy", manifest["background_sha256"])


def _read_array(path: Path, sha256: str | None) -> np.ndarray[Any, np.dtype[np.float32]]:
    if not path.is_file() or datafiles.sha256(path) != sha256:
        raise EmbeddingsError(f"{path}: missing or damaged. Run: {REBUILD}")
    return np.asarray(np.load(path, allow_pickle=False), np.float32)


def verify(catalogue: Catalogue, encoder: Encoder) -> float:
    """Check the committed store against profiles and model by encoding all of it again.

    Returns the lowest cosine between a stored vector and a fresh one (1.0 is perfect).
    Raises EmbeddingsError when the store does not belong to these profiles and this model.
    """
    folder = builtin_store(encoder.name)
    _check_profiles(folder, _manifest(folder), catalogue)
    stored = read(folder, catalogue, encoder).vectors
    fresh = encoder.encode([row.text for row in rows(catalogue)])
    norms = np.linalg.norm(stored, axis=1) * np.linalg.norm(fresh, axis=1)
    return float(np.min(np.sum(stored * fresh, axis=1) / norms))


def _write(path: Path, fill: Any) -> None:
    """Write a file so that a reader sees the old one or the whole new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load_probes(catalogue: Catalogue, encoder: Encoder) -> FloatArray | None:
    """Return the learned probes, shape (levels, skills, d + 1) in catalogue order.

    Skills that were not fitted have NaN; a model that none were fitted for has no probes: None.
    Raises EmbeddingsError when the committed file is damaged or another model's.
    """
    return _load_probes("probes.npz", catalogue, encoder, _REFIT)


def load_ad_probes(catalogue: Catalogue, encoder: Encoder) -> FloatArray | None:
    """Return the probes of what ads ask for, in the form of ``load_probes``."""
    return _load_probes("ad_probes.npz", catalogue, encoder, _REFIT_ADS)


def _load_probes(name: str, catalogue: Catalogue, encoder: Encoder, mend: str) -> FloatArray | None:
    path = builtin_store(encoder.name) / name
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as stored:
            weights = np.asarray(stored["weights"], np.float32)
            ids, model = stored["skills"].tolist(), str(stored["model_sha256"])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise EmbeddingsError(f"{path}: damaged ({error}). {mend}") from error
    if model != encoder.sha256:
        raise EmbeddingsError(f"{path}: probes of another model. {mend}")
    where = {skill: i for i, skill in enumerate(ids)}
    probes = np.full((len(weights), len(catalogue.skills), weights.shape[2]), np.nan, np.float32)
    for i, skill in enumerate(catalogue.skills):
        if skill.id in where:
            probes[:, i] = weights[:, where[skill.id]]
    return probes


def load_parameters(path: Path | None = None) -> MatcherParameters:
    """Return the matcher's learned parameters; EmbeddingsError when they cannot be read."""
    path = path or datafiles.builtin("embeddings") / "matcher.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return MatcherParameters(
            features=tuple(data["features"]),
            mean=np.array(data["mean"], np.float32),
            scale=np.array(data["scale"], np.float32),
            levels={name: _level_model(entry) for name, entry in data["levels"].items()},
            base_rates={skill: tuple(rates) for skill, rates in data["base_rates"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EmbeddingsError(
            f"{path}: the matcher's parameters cannot be read ({error}). Reinstall gapfit, or in a "
            "checkout run: python benchmarks/quality/fit.py"
        ) from error


def _level_model(entry: dict[str, Any]) -> LevelModel:
    numbers = {key: float(entry[key]) for key in ("intercept", "own", "base", "company", "offset")}
    return LevelModel(weights=np.array(entry["weights"], np.float32), **numbers)


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
