"""Finds the folders of data gapfit reads and writes; parses nothing.

The top-level ``profiles/`` and ``embeddings/`` are packed into the wheel as ``gapfit/data``;
in a checkout and in an editable install they stand beside the package.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def builtin(name: str) -> Path:
    """Return the built-in data folder ``name`` ("profiles" or "embeddings")."""
    packed = _PACKAGE / "data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def user_cache() -> Path:
    """Return the user's cache folder for gapfit (not created)."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("gapfit", appauthor=False))


def toml_files(folder: Path) -> tuple[Path, ...]:
    """Return the TOML files directly in ``folder`` by name; empty when it does not exist."""
    return tuple(sorted(folder.glob("*.toml"), key=lambda p: p.name))


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
