"""Resumes -> scored contents: many encoded together, each judged alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gapfit import datafiles, embeddings, encoder, profiles
from gapfit.bulk.memory import RememberingEncoder
from gapfit.datamodels import Analysis, Read, Scored
from gapfit.formats import json
from gapfit.pipeline import Analyzer

# Characters encoded in one call, which bounds the memory their vectors take (600 bytes each with
# the default model). A resume has about 4,000.
_MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What every judge of a run is made with."""

    model: str
    prompt: str | None = None
    profiles_dir: str | None = None
    variants: bool = False
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What a judge says of itself; ``batch_invariant`` is its encoder's.

    Equal ``key``s give equal results for equal contents.
    """

    key: Mapping[str, str]
    batch_invariant: bool


class Judge:
    """Model, catalogue and skill vectors, loaded once for any number of resumes."""

    def __init__(self, analyzer: Analyzer, variants: bool = False, blind: bool = False) -> None:
        self._analyzer = analyzer
        self._variants = variants
        self._blind = blind

    def made(self) -> Made:
        """Return what the results are made with."""
        manifest = self._analyzer.manifest("")
        key = {
            "gapfit": manifest.gapfit_version,
            "model": manifest.model,
            "weights": manifest.model_sha256,
            "profiles": manifest.profiles_sha256,
            "matcher": datafiles.sha256(embeddings.matcher_file()),
            "variants": "scored" if self._variants else "left out",
            "quotes": "blind" if self._blind else "as written",
        }
        return Made(key, self._analyzer.encoder.batch_invariant)

    def score(self, read: Sequence[Read]) -> list[Scored]:
        """Return one scored content per resume, in order.

        A content's score depends on nothing but the content.
        """
        return [scored for batch in _batches(read) for scored in self._score(batch)]

    def _score(self, batch: Sequence[Read]) -> Iterator[Scored]:
        encoded = self._analyzer.encode([one.resume for one in batch])
        for one, vectors in zip(batch, encoded, strict=True):
            yield scored(
                self._analyzer.judge(
                    one.resume, vectors, one.sha256, variants=self._variants, blind=self._blind
                )
            )


def scored(analysis: Analysis) -> Scored:
    """Return what is kept of an analysis."""
    return Scored(
        sha256=analysis.manifest.input_sha256,
        line=json.render_line(analysis),
        fits={fit.role: round(fit.fit, 1) for fit in analysis.roles},  # as the line says it
        levels="".join(str(int(finding.level)) for finding in analysis.skills),
    )


def _batches(read: Sequence[Read]) -> Iterator[list[Read]]:
    """Consecutive resumes that together are small enough to encode at once."""
    batch: list[Read] = []
    room = _MOST_CHARACTERS
    for one in read:
        room -= sum(len(statement.text) for statement in one.resume.statements)
        if batch and room < 0:
            yield batch
            batch = []
            room = _MOST_CHARACTERS - sum(len(s.text) for s in one.resume.statements)
        batch.append(one)
    if batch:
        yield batch


def load(settings: Settings) -> Judge:
    """Load the judge of a run. Raises ProfileError or EmbeddingsError."""
    own = settings.profiles_dir
    catalogue = profiles.load(None if own is None else Path(own))
    plain = encoder.load(settings.model, settings.prompt)
    coder = RememberingEncoder(plain) if plain.batch_invariant else plain
    analyzer = Analyzer(catalogue, encoder_=coder)
    return Judge(analyzer, settings.variants, settings.blind)


def make_judge(settings: Settings) -> Callable[[Sequence[Read] | None], list[Scored] | Made]:
    """Return a function that scores resumes, and given none says what it is; for a process."""
    return partial(_answer, load(settings))


def _answer(judge: Judge, read: Sequence[Read] | None) -> list[Scored] | Made:
    return judge.made() if read is None else judge.score(read)
