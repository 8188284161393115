"""How the described work divides among the roles."""

from __future__ import annotations

import numpy as np

from gapfit.datamodels import Catalogue, FloatArray, JobAd, RoleShare, ShareModel
from gapfit.decoding.signs import FEATURES, features
from gapfit.errors import EmbeddingsError

# The share from which a role is the dominant one (seed 001), and below which a title that names a
# role of a mixed ad is contradicted.
DOMINANT = 0.6
TITLE_LEAST = 0.3

# From this share on, work of none of the twelve roles makes it no AI or ML job: where that is the
# likelier.
NOT_AI = 0.5

# Shares are given in hundredths; what would be less than this is noise.
_LEAST = 0.03
_PARTS = 100


def divide(
    ad: JobAd, asked: FloatArray, catalogue: Catalogue, model: ShareModel
) -> tuple[RoleShare, ...]:
    """Return the roles' shares, largest first and summing to 1; none where it is no AI job."""
    if model.features != FEATURES:
        raise EmbeddingsError(
            "embeddings/ads.json: fitted for other features than this gapfit makes. "
            "Reinstall gapfit, or in a checkout run: python benchmarks/decode/fit.py"
        )
    return of(probabilities(features(ad, asked, catalogue), model), model)


def probabilities(row: FloatArray, model: ShareModel) -> FloatArray:
    """Return the sharpened shares of an ad's features, shape (roles,)."""
    odds = ((row - model.mean) / model.scale) @ model.weights + model.intercept
    odds = model.sharpness * odds
    risen = np.exp(odds - odds.max())
    return np.asarray(risen / risen.sum())


def of(probability: FloatArray, model: ShareModel) -> tuple[RoleShare, ...]:
    """Return the shares as they are shown."""
    if probability[model.roles.index("")] >= NOT_AI:
        return ()
    own = {r: float(p) for r, p in zip(model.roles, probability, strict=True) if r}
    total = sum(own.values())
    kept = {r: p / total for r, p in own.items() if p / total >= _LEAST}
    parts = _whole({role: share / sum(kept.values()) for role, share in kept.items()})
    ranked = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
    return tuple(RoleShare(role, share / _PARTS) for role, share in ranked if share)


def _whole(shares: dict[str, float]) -> dict[str, int]:
    """Round to hundredths that sum to one: the largest remainders are rounded up."""
    floors = {role: int(share * _PARTS) for role, share in shares.items()}
    left = _PARTS - sum(floors.values())
    by_rest = sorted(shares, key=lambda role: (floors[role] - shares[role] * _PARTS, role))
    for role in by_rest[:left]:
        floors[role] += 1
    return floors


def dominant(shares: tuple[RoleShare, ...]) -> str | None:
    """Return the role with at least 60 percent of the work."""
    return next((s.role for s in shares if s.share >= DOMINANT), None)


def disagrees(title_role: str | None, shares: tuple[RoleShare, ...]) -> bool:
    """Whether the content contradicts the role that the title claims.

    It does where another role is dominant or none is an AI job's, and in a mixed ad where the
    title's role has less than 30 percent.
    """
    if title_role is None:
        return False
    leading = dominant(shares)
    if leading is not None or not shares:
        return leading != title_role
    own = next((s.share for s in shares if s.role == title_role), 0.0)
    return own < TITLE_LEAST
