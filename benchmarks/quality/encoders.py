"""Another encoder in place of the default one, in a folder of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import data
import trials

from gapfit import embeddings, encoder, matching
from gapfit._version import __version__
from gapfit.datamodels import Catalogue, Encoder
from gapfit.matching import Features


def rows(
    sets: trials.Sets, catalogue: Catalogue, folder: Path
) -> Iterator[tuple[str, dict[str, trials.Outcome]]]:
    """What a sentence-transformers model finds: with all fitted anew for it, and as it is used.

    ``--model`` uses it with the models that were fitted for the default encoder, and with probes of
    vectors from the catalogue's texts alone.
    """
    encode, skills = trials.Remembering(encoder.load(str(folder))), catalogue.skills
    vectors = embeddings.load(catalogue, encode, __version__)
    evidence = trials.gather(sets, skills, vectors, encode)
    parameters = trials.fitted(evidence, skills)
    yield f"{folder.name}, fitted anew", trials.score(evidence.scored, skills, parameters)
    kept = embeddings.load_parameters()
    features = Features(skills, vectors, worded=embeddings.load_words(catalogue, kept))
    seen = {name: data.see(r, features, encode) for name, r in sets.items() if name != trials.FIT}
    yield f"{folder.name}, by --model", trials.score(seen, skills, kept)


def cost(encode: Encoder, resumes: list[data.Labelled]) -> str:
    """What an encoder is, and the processor time it takes for a line of these resumes."""
    texts = [matching.asserted(s) for r in resumes for s in r.resume.statements]
    begin = time.process_time()
    encode.encode_tokens(texts)
    spent = 1000 * (time.process_time() - begin) / len(texts)
    return (
        f"{encode.sha256[:12]}, {encode.dimension} dimensions, {spent:.0f} ms of processor a line"
    )
