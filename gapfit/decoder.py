"""From a job ad to a Decoding: calls the stages in order, and holds what they share."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gapfit import ads, decoding, embeddings, encoder, language, profiles
from gapfit._version import __version__
from gapfit.datamodels import (
    AdSection,
    Catalogue,
    Decoding,
    Encoder,
    FloatArray,
    JobAd,
    Manifest,
    Role,
)
from gapfit.intake import read_file, read_pdf
from gapfit.matching.asking import AskMatcher
from gapfit.pipeline import Progress, manifest, one_thread

# What is said of pay, benefits and the law asks for no skill.
_SILENT = (AdSection.OFFER, AdSection.LEGAL)


def decode(
    path: str | Path,
    *,
    title: str = "",
    profiles_dir: str | Path | None = None,
    model: str = encoder.DEFAULT_MODEL,
    prompt: str | None = None,
    cache: bool = True,
    progress: Progress | None = None,
) -> Decoding:
    """Decode one job ad: a PDF, text, Markdown or HTML file.

    ``title`` is its title where none stands at its head. Raises UnreadableInput, ProfileError or
    EmbeddingsError (see gapfit.errors). For many ads, make one ``Decoder``.
    """
    data = read_file(Path(path), "job ad")
    catalogue = profiles.load(Path(profiles_dir) if profiles_dir is not None else None)
    ad = read_ad(data, str(path), title)
    decoder = Decoder(catalogue, model=model, prompt=prompt, cache=cache, progress=progress)
    return decoder.decode(ad, hashlib.sha256(data).hexdigest())


def read_ad(data: bytes, source: str, title: str = "") -> JobAd:
    """Return the ad in a file's bytes. Raises UnreadableInput."""
    if data.lstrip()[:5] == b"%PDF-":
        lines = ads.from_pages(read_pdf(data, source).pages, source)
    else:
        lines = ads.from_bytes(data, source)
    found = language.detect("\n".join(text for _, text in lines.lines))
    ad = ads.extract(lines, title, found)
    warning = language.warning(found, "ad", "what follows is")
    return ad if warning is None else dataclasses.replace(ad, warnings=(warning, *ad.warnings))


class Decoder:
    """A catalogue, an encoder and the skill vectors, loaded once for any number of ads."""

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        model: str = encoder.DEFAULT_MODEL,
        prompt: str | None = None,
        encoder_: Encoder | None = None,
        cache: bool = True,
        progress: Progress | None = None,
    ) -> None:
        """``cache`` is for the encoder that is loaded here; see ``encoder.load``."""
        report = progress or (lambda _: None)
        self.catalogue = catalogue or profiles.load()
        self._known = decoding.Known(
            catalogue=self.catalogue,
            market=profiles.load_market(self.catalogue),
            pay=profiles.load_pay(role.id for role in self.catalogue.roles),
            parameters=embeddings.load_ad_parameters(),
        )
        report("Loading the model")
        self.encoder = encoder_ or encoder.load(model, prompt, cache=cache)
        report("Loading the skill vectors")
        vectors = embeddings.load(self.catalogue, self.encoder, __version__)
        self._one_thread = one_thread()
        learned = embeddings.load_parameters()
        with self._one_thread():
            self._matcher = AskMatcher(
                self.catalogue.skills,
                vectors,
                self._known.parameters.asks,
                embeddings.load_probes(self.catalogue, self.encoder, learned),
                embeddings.load_words(self.catalogue, learned),
                embeddings.load_ad_probes(self.catalogue, self.encoder),
            )
        self._report = report

    def decode(self, ad: JobAd, input_sha256: str) -> Decoding:
        """Decode one ad that has been read already."""
        self._report(f"Encoding {len(ad.lines)} statements")
        asked = self.asked(ad)
        self._report("Decoding")
        return decoding.decode(ad, asked, self._known, self.manifest(input_sha256))

    def asked(self, ad: JobAd) -> FloatArray:
        """Return how likely each line of the ad asks for each skill, shape (lines, skills)."""
        spoken = [i for i, line in enumerate(ad.lines) if line.section not in _SILENT]
        told = np.zeros((len(ad.lines), len(self.catalogue.skills)), np.float32)
        if spoken:
            lines = [ad.lines[i] for i in spoken]
            encoded = self.encoder.encode_tokens([line.text for line in lines])
            with self._one_thread():
                told[spoken] = self._matcher.match(lines, encoded)
        return told

    def role(self, decoded: Decoding) -> Role:
        """Return an ad as a role that resumes can be scored against. Raises UnreadableInput."""
        return decoding.as_role(decoded, self.catalogue, self._known.parameters.halfway)

    def manifest(self, input_sha256: str) -> Manifest:
        """Return what a result of this decoder is made with."""
        return manifest(self.catalogue, self.encoder, input_sha256)


def with_roles(catalogue: Catalogue, roles: Sequence[Role], input_sha256: str) -> Catalogue:
    """Return the catalogue with roles made from an ad, and a hash that tells so."""
    mixed = hashlib.sha256(f"{catalogue.sha256} {input_sha256}".encode()).hexdigest()
    return dataclasses.replace(catalogue, roles=(*catalogue.roles, *roles), sha256=mixed)
