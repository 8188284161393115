"""The default model in ONNX Runtime: the same vectors as from sentence-transformers, sooner.

The structure of the model is ``minilm.onnx`` beside this file (made by ``tools/minilm_graph.py``),
the weights are those of the model's package, mapped from disk. Texts of as many tokens are computed
together, by one thread: nothing is padded, and every number is summed in the order it would be for
its text alone. So a text's vectors are a function of that text, to the last bit, whatever stands
beside it and on however many threads. The weights are fetched from memory once for all of them,
which takes a quarter off the time.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from gapfit import datafiles
from gapfit.datamodels import Encoded, FloatArray
from gapfit.encoder import default_model
from gapfit.encoder.reading import Reading, in_words, stacked, together
from gapfit.errors import EmbeddingsError

_GRAPH = Path(__file__).with_name("minilm.onnx")
_TABLES = tuple(
    f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position", "token_type")
)
_DIMENSION = 384
_HEADS = 12
_MAX_TOKENS = 256  # the model's own limit, sentence_bert_config.json
_MOST_THREADS = 8  # a resume's lines keep no more busy
# Tokens computed together; twice as many are no faster, and would leave threads without work.
_MOST_TOGETHER = 512

_T = TypeVar("_T")


class OnnxEncoder:
    """An Encoder for the default model on the CPU; loads it when the first text comes."""

    name = default_model.NAME
    sha256 = default_model.SHA256
    dimension = _DIMENSION
    pooling = "mean"
    batch_invariant = True

    def __init__(self) -> None:
        """Raises EmbeddingsError when the model is not installed."""
        self._folder = default_model.folder()

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """As the protocol says; EmbeddingsError when the model is not what it should be."""
        return stacked([reading.sentence for reading in self._read(texts)], self.dimension)

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        """As the protocol says; EmbeddingsError when the model is not what it should be."""
        return together(self._read(texts), self.dimension)

    def fingerprint(self) -> str:
        """What the bits of a vector depend on besides its text; read without loading the model."""
        parts = [self.sha256, datafiles.sha256(_GRAPH), str(_MAX_TOKENS), _processor()]
        return "\n".join([*parts, _installed("onnxruntime"), _installed("tokenizers")])

    def _read(self, texts: Sequence[str]) -> list[Reading]:
        if not texts:
            return []
        batches = list(_batches(map(self._model.coded, sorted(set(texts)))))
        read = {
            coded.text: reading
            for batch, readings in zip(batches, _in_threads(self._model.read, batches), strict=True)
            for coded, reading in zip(batch, readings, strict=True)
        }
        return [read[text] for text in texts]

    @cached_property
    def _model(self) -> _Model:
        return _Model(self._folder)


class _Model:
    """Tokenizer, tables of embeddings and session: loaded, and checked."""

    def __init__(self, folder: Path) -> None:
        weights, tokenizer = folder / default_model.WEIGHTS, folder / default_model.TOKENIZER
        default_model.check(tokenizer)
        self._tokenizer = _load_tokenizer(tokenizer)
        # A hash of 90 MB takes as long as a session: another core computes it.
        steps = [lambda: default_model.check(weights), lambda: _load_session(weights)]
        _, (self._tensors, self._session) = _in_threads(lambda step: step(), steps)

    def coded(self, text: str) -> _Coded:
        """A text as the model's tokens."""
        # A lone surrogate is no text to the tokenizer; "?" in its place keeps every span.
        coded = self._tokenizer.encode(text.encode("utf-8", "replace").decode())
        return _Coded(text, coded.ids, coded.offsets)

    def read(self, batch: Sequence[_Coded]) -> list[Reading]:
        """The reading of each of some texts that have as many tokens."""
        ids = np.array([coded.ids for coded in batch])
        shape = np.array([*ids.shape, _HEADS, _DIMENSION // _HEADS], np.int64)
        (tokens,) = self._session.run(None, {"embedded": self._embedded(ids), "shape": shape})
        each = tokens.reshape(*ids.shape, _DIMENSION)
        return [_reading(own, coded.spans) for own, coded in zip(each, batch, strict=True)]

    def _embedded(self, ids: NDArray[np.int64]) -> FloatArray:
        """Sum of the word, position and type embeddings of every token, text after text."""
        words, positions, types = (self._tensors[name] for name in _TABLES)
        embedded = words[ids] + positions[: ids.shape[1]] + types[0]
        return np.asarray(embedded.reshape(-1, _DIMENSION), np.float32)


class _Coded(NamedTuple):
    """A text, its tokens, and where each of them stands in it."""

    text: str
    ids: list[int]
    spans: list[tuple[int, int]]


def _batches(coded: Iterable[_Coded]) -> Iterator[list[_Coded]]:
    """Texts of one length together, the longest first, so that no thread ends with those."""
    by_length = defaultdict(list)
    for one in coded:
        by_length[len(one.ids)].append(one)
    for length in sorted(by_length, reverse=True):
        same, most = by_length[length], max(1, _MOST_TOGETHER // length)
        for start in range(0, len(same), most):
            yield same[start : start + most]


def _reading(tokens: FloatArray, spans: Sequence[tuple[int, int]]) -> Reading:
    """A text's unit vector, and the tokens that stand in a word of it with their spans."""
    mean = tokens.mean(axis=0)
    places = np.array(spans, np.int32).reshape(len(tokens), 2)
    return in_words(mean / max(float(np.linalg.norm(mean)), 1e-12), tokens, places)


def _load_tokenizer(path: Path) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise _not_importable("tokenizers", "tokenizers", error) from error
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(_MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def _load_session(weights: Path) -> tuple[dict[str, FloatArray], Any]:
    """The mapped weights and the session, which may read from them as long as it lives."""
    # Nothing is to leave this machine: the runtime's builds since 1.29 write a device id and send
    # events unless this is set before they are imported; on Windows, unless they are told.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as error:
        raise _not_importable("onnxruntime", "'onnxruntime<1.29'", error) from error
    onnxruntime.disable_telemetry_events()
    tensors = _map_tensors(weights)
    named = {name: array for name, array in tensors.items() if _is_in_graph(name)}
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # a plan is kept for every shape there is, and is no faster
    options.log_severity_level = 3  # errors; a warning about a missing GPU is no news here
    options.add_external_initializers(
        list(named), [onnxruntime.OrtValue.ortvalue_from_numpy(t) for t in named.values()]
    )
    session = onnxruntime.InferenceSession(str(_GRAPH), options, providers=["CPUExecutionProvider"])
    return tensors, session


def _is_in_graph(name: str) -> bool:
    """Neither the tables nor the head that the model was trained with."""
    return name not in _TABLES and not name.startswith("pooler.")


def _map_tensors(path: Path) -> dict[str, FloatArray]:
    """The float tensors of a safetensors file by name, mapped and not read.

    The file is the length of a header, the header (JSON), and the numbers.
    """
    content = np.memmap(path, np.uint8, mode="r")
    start = 8 + int(content[:8].view("<u8")[0])
    header = json.loads(bytes(content[8:start]))
    return {
        name: content[slice(*(start + at for at in entry["data_offsets"]))]
        .view("<f4")
        .reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }


def _in_threads(function: Callable[[Any], _T], items: Sequence[Any]) -> list[_T]:
    """``function`` of every item, in order; the libraries here compute without the interpreter."""
    if len(items) == 1:
        return [function(items[0])]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(_processors(), _MOST_THREADS, len(items))) as pool:
        return list(pool.map(function, items))


def _processors() -> int:
    """Number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    """What this processor can do, on which its kernels and so the last bits depend.

    Only Linux shares a home between machines often enough to ask.
    """
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as file:
            lines = file.read(8192).splitlines()
    except OSError:
        return ""
    return next((line for line in lines if line.lower().startswith(("flags", "features"))), "")


def _installed(package: str) -> str:
    """Where and when a package was installed: another version is another file."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return f"no {package}"
    status = Path(spec.origin).stat()
    return f"{spec.origin} {status.st_size} {status.st_mtime_ns}"


def _not_importable(package: str, release: str, error: ImportError) -> EmbeddingsError:
    return EmbeddingsError(
        f"{package} cannot be imported ({error}). Run: pip install --force-reinstall {release}"
    )
