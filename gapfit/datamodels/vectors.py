"""Vectors: what an encoder makes, the skills in embedding space, and what was learned on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:  # numpy takes a tenth of a second, and whoever only reads a PDF needs none
    import numpy as np
    from numpy.typing import NDArray

FloatArray: TypeAlias = "NDArray[np.float32]"


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors of n texts: one per text, and the contextual token vectors of each.

    ``sentences`` has shape (n, d), rows of unit length. ``tokens[i]`` has shape (t_i, d), not
    normalised, without special tokens. ``spans[i]`` has shape (t_i, 2): the character range of
    each token in its text.
    """

    sentences: FloatArray
    tokens: Sequence[FloatArray]
    spans: Sequence[NDArray[np.int32]]


class Encoder(Protocol):
    """Turns text into vectors; deterministic for equal input."""

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def pooling(self) -> str:
        """How token vectors become a text's vector: "mean", "cls", …"""
        ...

    @property
    def batch_invariant(self) -> bool:
        """Whether a text's vectors are the same, to the last bit, whatever is encoded beside it."""
        ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return unit vectors of shape (len(texts), dimension)."""
        ...

    def encode_tokens(self, texts: Sequence[str]) -> Encoded:
        """Return sentence vectors together with the token vectors they were pooled from."""
        ...


@dataclass(frozen=True, slots=True)
class LevelModel:
    """Two logistic models of one level, for a line and for a resume.

    A line's log-odds are ``intercept`` plus ``weights`` times its features. A resume's are
    ``own`` times those of its strongest lines together, plus ``base`` times the skill's base rate
    in log-odds, plus ``company`` times what the rest of its area shows, plus ``offset``. ``own`` is
    positive and ``company`` not negative, so that evidence never lowers anything.
    """

    intercept: float
    weights: FloatArray
    own: float = 1.0
    base: float = 0.0
    company: float = 0.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class MatcherParameters:
    """What was learned from labelled lines.

    ``mean`` and ``scale``, both (features,), standardise the features; ``base_rates`` gives each
    skill's log-odds of being shown at each level, in the order of the levels. ``parts`` names the
    files of the probes it was fitted with, in the folder of the embeddings, and their SHA-256.
    """

    features: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    levels: Mapping[str, LevelModel]  # "mentioned", "used", "owned"
    base_rates: Mapping[str, tuple[float, ...]]
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WordProbes:
    """What was learned of the words that show each skill.

    ``words`` are the columns, ``idf`` (words,) their inverse document frequencies, ``weights``
    (2, skills, words) what a line's TF-IDF vector is multiplied with, for "mentioned" and "used".
    """

    words: tuple[str, ...]
    idf: FloatArray
    weights: FloatArray


@dataclass(frozen=True, slots=True)
class AskModel:
    """A logistic model of what a statement of an ad asks for.

    ``mean``, ``scale`` and ``weights`` have shape (features,).
    """

    features: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    intercept: float


@dataclass(frozen=True, slots=True)
class ShareModel:
    """A softmax model of how an ad's work divides among roles.

    ``roles`` are the ids, the last being "" for work of none of them. ``mean`` and ``scale`` have
    shape (features,), ``weights`` (features, roles) and ``intercept`` (roles,). ``sharpness`` is
    the power to which the shares are raised.
    """

    roles: tuple[str, ...]
    features: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    intercept: FloatArray
    sharpness: float


@dataclass(frozen=True, slots=True)
class AdParameters:
    """What was learned from labelled ads.

    ``required_at`` and ``preferred_at`` are the probabilities from which a skill counts as asked
    for; ``halfway`` is the coverage of an ad's own stack that is worth a fit of 50.
    """

    asks: AskModel
    shares: ShareModel
    required_at: float
    preferred_at: float
    halfway: float


class Kind(IntEnum):
    """What a row of the skill vectors stands for."""

    NAME = 0  # the skill's name or an alias; tools are matched literally only
    DEFINITION = 1
    EXAMPLE = 2
    NEAR_MISS = 3


@dataclass(frozen=True, slots=True)
class SkillVectors:
    """The catalogue in embedding space: one unit vector per name, definition, example.

    ``vectors`` has shape (n, d); ``skills`` and ``kinds``, both of shape (n,), say whose row it
    is (an index into ``Catalogue.skills``) and what it stands for (a ``Kind``). Rows are
    grouped by kind, then by skill. ``background`` is what ``matching.background`` makes of them,
    kept because it takes as long as matching a resume; None where it has not been computed.
    """

    vectors: FloatArray
    skills: NDArray[np.int32]
    kinds: NDArray[np.int32]
    model: str
    model_sha256: str
    pooling: str = "mean"
    background: FloatArray | None = None
