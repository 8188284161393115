"""Any sentence-transformers model; that library is imported only here, when a model loads."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gapfit import datafiles
from gapfit.datamodels import Encoded, FloatArray
from gapfit.encoder import default_model
from gapfit.encoder.reading import in_words, together
from gapfit.errors import EmbeddingsError

_BATCH = 64
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


class SentenceTransformerEncoder:
    """An Encoder on any sentence-transformers model; runs where its library decides."""

    # Padding, and kernels chosen by the size of a batch, move the last bits.
    batch_invariant = False

    def __init__(self, name: str, path: Path | None, prompt: str | None) -> None:
        """Load the model ``name`` from the folder ``path``, or from a hub; see ``load``."""
        self._model = _load_model(name, path)
        if not getattr(self._model.tokenizer, "is_fast", False):
            raise EmbeddingsError(
                f"model {name!r} has no fast tokenizer, so its tokens cannot be placed in a text. "
                "Use a sentence-transformers model with a tokenizer.json."
            )
        self._name = name
        self._prompt = _default_prompt(self._model) if prompt is None else prompt
        self._sha256 = _weights_sha256(self._model, path, self._prompt)

    @property
    def name(self) -> str:
        return self._name

    @property
    def sha256(self) -> str:
        return self._sha256

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension())

    @property
    def pooling(self) -> str:
        modes = (getattr(module, "pooling_mode", None) for module in self._model)
        return next((str(mode) for mode in modes if mode), "unknown")

    def encode(self, texts: Sequence[str]) -> FloatArray:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        distinct, where = _canonical(texts)
        return self._encode_sentences(distinct)[where]

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        distinct, where = _canonical(texts)
        readings = [
            in_words(*pair, self._spans(text))
            for text, pair in zip(distinct, self._forward(distinct), strict=True)
        ]
        return together([readings[i] for i in where], self.dimension)

    def _encode_sentences(self, texts: list[str]) -> FloatArray:
        vectors = self._model.encode(
            [self._prompt + t for t in texts],
            prompt="",
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)

    def _forward(self, texts: Sequence[str]) -> list[tuple[FloatArray, FloatArray]]:
        """Per text: its unit vector, and the vectors of all its tokens."""
        outputs = self._model.encode(
            [self._prompt + t for t in texts],
            prompt="",
            batch_size=_BATCH,
            output_value=None,
            show_progress_bar=False,
        )
        return [_pair(output) for output in outputs]

    def _spans(self, text: str) -> NDArray[np.int32]:
        """Character span in ``text`` of every token of the prompted text, shape (t, 2)."""
        coded = self._model.tokenizer(
            self._prompt + text,
            return_offsets_mapping=True,
            truncation=True,
            max_length=self._model.max_seq_length,
        )
        spans = np.asarray(coded["offset_mapping"], np.int32).reshape(-1, 2)
        return np.asarray(np.clip(spans - len(self._prompt), 0, None), np.int32)


def _canonical(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """The distinct texts in an order of their own, and where each given text stands in it.

    Batches decide the last bits of a vector; a fixed order makes them a function of the set.
    """
    distinct = sorted(set(texts), key=lambda text: (len(text), text))
    rows = {text: i for i, text in enumerate(distinct)}
    return distinct, [rows[text] for text in texts]


def _pair(output: dict[str, Any]) -> tuple[FloatArray, FloatArray]:
    """A text's vector and its tokens' vectors, without padding on whichever side it is."""
    real = output["attention_mask"].bool()
    sentence = output["sentence_embedding"].float().cpu().numpy()
    tokens = output["token_embeddings"][real].float().cpu().numpy()
    return sentence / max(float(np.linalg.norm(sentence)), 1e-12), tokens


def _load_model(name: str, path: Path | None) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if path is not None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        import transformers
        from sentence_transformers import SentenceTransformer

        logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
        transformers.utils.logging.disable_progress_bar()
        transformers.utils.logging.set_verbosity_error()
        device = "cpu" if name == default_model.NAME else None
        return SentenceTransformer(str(path or name), device=device)
    except ImportError as error:
        raise EmbeddingsError(
            f"sentence-transformers cannot be imported ({error}). "
            "Run: pip install sentence-transformers"
        ) from error
    except Exception as error:  # the hub client, torch and the model's own code raise anything
        raise EmbeddingsError(
            f"model {name!r} cannot be loaded ({type(error).__name__}: {error}). Give the path of "
            "a sentence-transformers model folder, or leave --model out for the built-in one."
        ) from error


def _default_prompt(model: Any) -> str:
    name = model.default_prompt_name
    return str(model.prompts.get(name, "")) if name else ""


def _weights_sha256(model: Any, path: Path | None, prompt: str) -> str:
    """Hash of the weight files, or of the parameters where the model came from a hub."""
    if path is not None and path.is_dir():
        files = sorted(f for pattern in _WEIGHTS for f in path.rglob(pattern))
        if len(files) == 1 and not prompt:
            return datafiles.sha256(files[0])
        parts = [datafiles.sha256(f) for f in files]
    else:
        state = model.state_dict()
        parts = [
            hashlib.sha256(state[key].detach().float().cpu().numpy().tobytes()).hexdigest()
            for key in sorted(state)
        ]
    return hashlib.sha256("\n".join([*parts, prompt]).encode()).hexdigest()
