"""What another encoder would be worth, and cost, in place of the default one.

    python benchmarks/quality/encoders.py --encoder FOLDER ... [--also FILE.json ...]

FOLDER holds a sentence-transformers model, as for ``--model``. Two rows for each: with the whole
matcher fitted anew for it, on the fit split; and as ``--model`` uses it, with the models fitted for
the default encoder and probes of vectors from the catalogue's texts alone. Columns as in
``ablation.py``. Takes minutes for a small model, a quarter of an hour for a large one.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import data
import fit
import trials
from run import print_manifest

from gapfit import embeddings, encoder, matching
from gapfit._version import __version__
from gapfit.datamodels import Catalogue, Encoder, SkillVectors
from gapfit.matching import Features
from gapfit.pipeline import Analyzer


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--encoder", type=Path, action="append", required=True, metavar="FOLDER")
    options.add_argument("--also", type=Path, action="append", default=[], metavar="FILE.json")
    arguments = options.parse_args()
    analyzer = Analyzer(encoder_=encoder.load())
    print_manifest(analyzer)
    catalogue, skills = analyzer.catalogue, analyzer.catalogue.skills
    scored = {
        "test split": data.committed(catalogue, "test"),
        **{path.name: data.collection(catalogue, path) for path in arguments.also},
    }
    sets = {trials.FIT: data.committed(catalogue, "fit"), **scored}
    table = trials.Table(skills)
    table.row("gapfit", as_used(scored, catalogue, analyzer.vectors, analyzer.encoder))
    costs = [f"gapfit: {cost(analyzer.encoder, scored['test split'])}"]
    for folder in arguments.encoder:
        loaded = encoder.load(str(folder))
        costs.append(f"{folder.name}: {cost(loaded, scored['test split'])}")
        encode = trials.Remembering(loaded)
        vectors = embeddings.load(catalogue, encode, __version__)
        evidence = trials.gather(sets, skills, vectors, encode)
        anew = fit.fit_levels(evidence.fitted_on, skills)
        table.row(f"{folder.name}, fitted anew", trials.score(evidence.scored, skills, anew))
        used = as_used(scored, catalogue, vectors, encode)
        table.row(f"{folder.name}, by --model", used)
    print("\n" + "\n".join(costs))


def as_used(
    sets: trials.Sets, catalogue: Catalogue, vectors: SkillVectors, encode: Encoder
) -> dict[str, trials.Outcome]:
    """What gapfit finds with this encoder as it stands, nothing fitted anew."""
    parameters = embeddings.load_parameters()
    learned = embeddings.load_probes(catalogue, encode, parameters)
    worded = embeddings.load_words(catalogue, parameters)
    features = Features(catalogue.skills, vectors, learned, worded)
    seen = {name: data.see(resumes, features, encode) for name, resumes in sets.items()}
    return trials.score(seen, catalogue.skills, parameters)


def cost(encode: Encoder, resumes: list[data.Labelled]) -> str:
    """What an encoder is, and the processor time it takes for a line of these resumes."""
    texts = [matching.asserted(s) for r in resumes for s in r.resume.statements]
    begin = time.process_time()
    encode.encode_tokens(texts)
    spent = 1000 * (time.process_time() - begin) / len(texts)
    return (
        f"{encode.sha256[:12]}, {encode.dimension} dimensions, {spent:.0f} ms of processor a line"
    )


if __name__ == "__main__":
    main()
