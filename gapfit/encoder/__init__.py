"""Text to vectors: sibling encoders behind the protocol ``datamodels.Encoder``.

    default_model.py         where the default model lies, and whether it is the published one
    onnx_runtime.py          the default model on the CPU; loads in a fraction of a second
    sentence_transformer.py  every other model, and GPUs; its libraries take seconds to import
    cached.py                an encoder that asks the cache first
    cache.py                 vectors of texts that were encoded before, on disk

A runtime's libraries are imported when its model is first needed, by its own module alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gapfit.encoder import default_model
from gapfit.errors import EmbeddingsError

if TYPE_CHECKING:
    from gapfit.datamodels import Encoder

__all__ = ["DEFAULT_MODEL", "load"]

DEFAULT_MODEL = default_model.NAME


def load(model: str = DEFAULT_MODEL, prompt: str | None = None, *, cache: bool = False) -> Encoder:
    """Return the encoder for a sentence-transformers model.

    ``model`` is the default model's name, a local path, or a name to be fetched from a hub (the
    only case in which the network is used). ``prompt`` is put before every text; by default it
    is the model's own default prompt, if it has one. ``cache`` keeps what ``encode_tokens``
    gives in the user's cache folder, and looks there first; it never changes a vector. Only the
    default model without a prompt is cached: vectors of the others depend on what they are
    encoded beside, if only in the last bits.

    Raises EmbeddingsError when the model is missing or not loadable. The files of the default
    model are checked when it is first used.
    """
    if model == DEFAULT_MODEL and not prompt:
        return _default(cache)
    from gapfit.encoder.sentence_transformer import SentenceTransformerEncoder

    if model == DEFAULT_MODEL:
        return SentenceTransformerEncoder(model, default_model.checked_folder(), prompt)
    path = Path(model).expanduser()
    if not path.exists() and (path.is_absolute() or model.startswith((".", "~"))):
        raise EmbeddingsError(f"{model}: no such folder. Check the path of --model.")
    return SentenceTransformerEncoder(model, path if path.exists() else None, prompt)


def _default(cache: bool) -> Encoder:
    from gapfit.encoder.onnx_runtime import OnnxEncoder

    encoder = OnnxEncoder()
    if not cache:
        return encoder
    from gapfit.encoder.cached import CachedEncoder

    return CachedEncoder(encoder, encoder.fingerprint())
