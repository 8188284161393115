"""Fits what gapfit knows of job ads on the fictional ones: ``embeddings/ads.json`` and the probes.

    python benchmarks/decode/fit.py

Read are ``ads/`` and ``lines.txt``, and for the probes also the fit split of the labelled resumes
and the catalogue's texts. Three parts, each fitted on what the one before has not seen: a ridge
probe per skill; a logistic model of what a statement asks for; a softmax model of the roles'
shares, on every ad and on variants of it (lines left out, paraphrased, padded with what stands in
any ad, mixed with another ad, made as long as real ads are).
Same data, same versions: same files.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))

import data
from varying import Bag, Varying

from gapfit import datafiles, decoding, embeddings, encoder, profiles
from gapfit._version import __version__
from gapfit.datamodels import (
    AdLine,
    AdSection,
    AskModel,
    Catalogue,
    Encoder,
    FloatArray,
    Kind,
    Need,
    ShareModel,
    SkillVectors,
)
from gapfit.decoding import signs as telling
from gapfit.matching import Features, asking, probes

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "embeddings" / "ads.json"
LINES = HERE / "lines.txt"
DIGITS = 5
FOLDS = 6

# Chosen by cross-validation on the fictional ads and on the fit half of the shared ones.
PENALTY = 1.0  # of the probes
TEXT_WEIGHT = 0.5  # of a text of the catalogue beside an ad's line
RESUME_WEIGHT = 0.5  # of a resume's line
STRENGTH = 0.03  # inverse regularisation of the asks
DECAY = 1.0  # regularisation of the shares
SHRINK = 0.45  # of the standardised features of the shares
VARIANTS = 12  # of each ad
MIXTURES = 4  # of each ad with another
LENGTHENED = 6  # of each ad with up to three of its kind
SHARPNESS = 2.0
# How many ads are taken to be of no AI job, a third among the fictional ones. One wrongly called so
# loses all of its shares, so it takes more to say it.
NONE_PRIOR = 0.07
REQUIRED_AT = 0.45
PREFERRED_AT = 0.4
HALFWAY = 0.4  # by fit_halfway.py


@dataclass(frozen=True)
class Unit:
    """Lines: evidence (n, skills, k), vectors (n, d) and what they ask for (n, skills)."""

    evidence: FloatArray
    sentences: FloatArray
    asked: FloatArray


def main() -> None:
    catalogue = profiles.load()
    encode = encoder.load()
    vectors = embeddings.load(catalogue, encode, __version__)
    parameters = embeddings.load_parameters()
    features = Features(
        catalogue.skills,
        vectors,
        embeddings.load_probes(catalogue, encode, parameters),
        embeddings.load_words(catalogue, parameters),
    )
    ads = data.fictional()
    phrases = phrasebook()
    seen = [see(ad.ad.lines, ad.asked, features, catalogue, encode) for ad in ads]
    said = see([line for line, _ in phrases], [a for _, a in phrases], features, catalogue, encode)

    groups = [slice(i, None, 20) for i in range(20)]
    labelled = [unit for unit, ad in zip(seen, ads, strict=True) if ad.marked]
    units = labelled + [part(said, group) for group in groups]
    texts = Texts(vectors, *resume_lines(catalogue, encode, features))
    asks, unseen = fit_asks(units, texts)
    learned = fit_probe(units, texts)

    known = iter(unseen[: len(labelled)])
    asked = [
        next(known) if ad.marked else probability(unit, learned, asks)
        for unit, ad in zip(seen, ads, strict=True)
    ]
    phrased = np.zeros_like(said.asked)
    for group, probable in zip(groups, unseen[len(labelled) :], strict=True):
        phrased[group] = probable
    shares = fit_shares(ads, asked, phrases, phrased, catalogue)

    TARGET.write_text(serialised(asks, shares), "utf-8")
    np.savez(
        embeddings.builtin_store(encode.name) / "ad_probes.npz",
        weights=learned[None].astype(np.float16),
        skills=np.array([skill.id for skill in catalogue.skills]),
        model_sha256=np.array(encode.sha256),
    )
    print(f"{TARGET}: fitted on {len(ads)} ads and {len(phrases)} statements")


# ---------------------------------------------------------------- what is read


def phrasebook() -> list[tuple[AdLine, frozenset[str]]]:
    """Return the single statements and the skills each asks for."""
    found = []
    for number, text in enumerate(LINES.read_text("utf-8").splitlines(), start=1):
        if text.startswith("#"):
            continue
        statement, marks = re.fullmatch(r"(.*) \{([^}]*)\}", text.strip()).groups()
        line = AdLine(statement, number, AdSection.REQUIRED, Need.REQUIRED)
        found.append((line, frozenset(marks.split())))
    return found


def see(
    lines: Sequence[AdLine],
    asked: Sequence[frozenset[str]],
    features: Features,
    catalogue: Catalogue,
    encode: Encoder,
) -> Unit:
    """Encode lines and collect their evidence."""
    encoded = encode.encode_tokens([line.text for line in lines])
    place = {skill.id: i for i, skill in enumerate(catalogue.skills)}
    told = np.zeros((len(lines), len(place)), np.float32)
    for row, skills in enumerate(asked):
        told[row, [place[skill] for skill in skills]] = 1.0
    return Unit(asking.evidence(features, lines, encoded), encoded.sentences, told)


def part(unit: Unit, group: slice) -> Unit:
    """Return some of a unit's lines."""
    return Unit(unit.evidence[group], unit.sentences[group], unit.asked[group])


def resume_lines(
    catalogue: Catalogue, encode: Encoder, features: Features
) -> tuple[FloatArray, FloatArray]:
    """Return the vectors of the fit split's resume lines, and which skills each names at least."""
    quality = HERE.parent / "quality"
    own = sys.modules.pop("data")
    sys.path.insert(0, str(quality))
    try:
        import data as resumes

        seen = resumes.see(resumes.committed(catalogue, "fit"), features, encode)
    finally:
        sys.path.remove(str(quality))
        sys.modules["data"] = own
    levels = np.concatenate([s.levels for s in seen])
    return np.concatenate([s.sentences for s in seen]), (levels >= 1).astype(np.float32)


@dataclass(frozen=True)
class Texts:
    """What the probes learn from beside ads: the catalogue's texts, and lines of resumes."""

    vectors: SkillVectors
    resumes: FloatArray
    named: FloatArray


# ---------------------------------------------------------------- what a statement asks for


def fit_probe(units: Sequence[Unit], texts: Texts) -> FloatArray:
    """Return one probe per skill, shape (skills, d + 1), rounded as it is stored."""
    skills = units[0].asked.shape[1]
    own = texts.vectors
    worth = np.zeros((len(own.vectors), skills))
    worth[np.arange(len(worth)), own.skills] = [probes.TEXT_TARGETS[Kind(k)] for k in own.kinds]
    rows = np.concatenate([*(u.sentences for u in units), own.vectors, texts.resumes])
    told = np.concatenate([*(u.asked for u in units), worth, texts.named])
    lines = len(rows) - len(own.vectors) - len(texts.resumes)
    weight = np.repeat(
        [1.0, TEXT_WEIGHT, RESUME_WEIGHT], [lines, len(own.vectors), len(texts.resumes)]
    )
    rows = np.concatenate([rows.astype(np.float64), np.ones((len(rows), 1))], axis=1)
    penalty = PENALTY * np.eye(rows.shape[1])
    penalty[-1, -1] = 1e-3
    weighted = (rows * weight[:, None]).T
    fitted = np.linalg.solve(weighted @ rows + penalty, weighted @ told).T
    return np.asarray(fitted.astype(np.float16), np.float32)


def fit_asks(units: Sequence[Unit], texts: Texts) -> tuple[AskModel, list[FloatArray]]:
    """Fit the model on lines as probes see them that were fitted without them.

    Returns it with its probabilities of those same lines.
    """
    rows: list[FloatArray] = [np.zeros(0)] * len(units)
    for fold in range(FOLDS):
        learned = fit_probe([u for i, u in enumerate(units) if i % FOLDS != fold], texts)
        for i in range(fold, len(units), FOLDS):
            rows[i] = with_probe(units[i], learned)
    columns = len(asking.FEATURES)
    stacked = np.concatenate([r.reshape(-1, columns) for r in rows])
    told = np.concatenate([u.asked.ravel() for u in units])
    mean = np.round(stacked.mean(axis=0), DIGITS)
    scale = np.round(np.maximum(stacked.std(axis=0), 1e-3), DIGITS)
    regression = LogisticRegression(C=STRENGTH, solver="newton-cholesky", tol=1e-6)
    regression.fit((stacked - mean) / scale, told)
    fitted = AskModel(
        features=asking.FEATURES,
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        weights=np.round(regression.coef_[0], DIGITS).astype(np.float32),
        intercept=round(float(regression.intercept_[0]), DIGITS),
    )
    return fitted, [asking.probabilities(r, fitted) for r in rows]


def with_probe(unit: Unit, learned: FloatArray) -> FloatArray:
    """Return a unit's evidence together with what the probe says."""
    return np.concatenate([unit.evidence, asking.probed(unit.sentences, learned[None])], axis=2)


def probability(unit: Unit, learned: FloatArray, asks: AskModel) -> FloatArray:
    """Return what the fitted model says of a unit's lines."""
    return asking.probabilities(with_probe(unit, learned), asks)


# ---------------------------------------------------------------- how the work divides


def fit_shares(
    ads: Sequence[data.Labelled],
    asked: Sequence[FloatArray],
    phrases: Sequence[tuple[AdLine, frozenset[str]]],
    phrased: FloatArray,
    catalogue: Catalogue,
) -> ShareModel:
    """Fit the softmax model on every ad and its variants."""
    roles = (*telling.ROLES, "")
    make = Varying(phrases, phrased)
    rows: list[FloatArray] = []
    told: list[FloatArray] = []
    bags: list[Bag] = []
    divided: list[FloatArray] = []
    for ad, probable in zip(ads, asked, strict=True):
        lines = ad.ad.lines
        bag = Bag(telling.weights(lines), probable, telling.cues(lines), telling.named(lines))
        bags.append(bag)
        own = np.array([ad.labels.roles.get(r, 0.0) if r else not ad.labels.roles for r in roles])
        divided.append(own.astype(np.float64))
    for i, ad in enumerate(ads):
        made = [(bags[i], divided[i])]
        made += [(make.variant(bags[i], ad), divided[i]) for _ in range(VARIANTS)]
        made += [make.mixture(i, bags, divided) for _ in range(MIXTURES if ad.labels.roles else 0)]
        made += [make.lengthened(i, ads, bags, divided) for _ in range(LENGTHENED)]
        for one, share in made:
            rows.append(telling.of_lines(one.weight, one.asked, one.cued, one.naming, catalogue))
            told.append(share)
    stacked, target = np.array(rows, np.float64), np.array(told, np.float64)
    mean = stacked.mean(axis=0)
    scale = np.maximum(stacked.std(axis=0), 1e-3) / SHRINK
    decay = DECAY * len(rows) / len(ads)
    weights, intercept = softmax((stacked - mean) / scale, target, decay)
    intercept[-1] += odds(NONE_PRIOR) - odds(float(target[:, -1].mean()))
    return ShareModel(
        roles=roles,
        features=decoding.FEATURES,
        mean=mean,
        scale=scale,
        weights=weights,
        intercept=intercept,
        sharpness=SHARPNESS,
    )


def odds(share: float) -> float:
    """Return the log-odds of a share."""
    return float(np.log(share / (1 - share)))


def softmax(rows: FloatArray, target: FloatArray, decay: float) -> tuple[FloatArray, FloatArray]:
    """Return weights (features, roles) and intercept of least cross-entropy with the shares."""
    features, roles = rows.shape[1], target.shape[1]

    def loss(flat: FloatArray) -> tuple[float, FloatArray]:
        weights = flat.reshape(features + 1, roles)
        odds = rows @ weights[:-1] + weights[-1]
        odds -= odds.max(axis=1, keepdims=True)
        likely = np.exp(odds)
        likely /= likely.sum(axis=1, keepdims=True)
        off = likely - target
        value = -(target * np.log(likely + 1e-12)).sum() + decay * (weights[:-1] ** 2).sum()
        value += 0.05 * (weights[-1] ** 2).sum()
        slope = np.vstack(
            [rows.T @ off + 2 * decay * weights[:-1], off.sum(axis=0) + 0.1 * weights[-1]]
        )
        return float(value), slope.ravel()

    start = np.zeros((features + 1) * roles)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    fitted = found.x.reshape(features + 1, roles)
    return fitted[:-1], fitted[-1]


# ---------------------------------------------------------------- the file


def serialised(asks: AskModel, shares: ShareModel) -> str:
    """Return the parameters as JSON, with the hashes of the data they were fitted on."""

    def numbers(values: FloatArray) -> list[float]:
        return [round(float(v), DIGITS) for v in values]

    return (
        json.dumps(
            {
                "fitted_by": "benchmarks/decode/fit.py",
                "ads_sha256": data.sha256(),
                "lines_sha256": datafiles.sha256(LINES),
                "required_at": REQUIRED_AT,
                "preferred_at": PREFERRED_AT,
                "halfway": HALFWAY,
                "asks": {
                    "features": list(asks.features),
                    "mean": numbers(asks.mean),
                    "scale": numbers(asks.scale),
                    "weights": numbers(asks.weights),
                    "intercept": asks.intercept,
                },
                "shares": {
                    "roles": list(shares.roles),
                    "sharpness": shares.sharpness,
                    "features": list(shares.features),
                    "mean": numbers(shares.mean),
                    "scale": numbers(shares.scale),
                    "weights": [numbers(row) for row in shares.weights],
                    "intercept": numbers(shares.intercept),
                },
            },
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
