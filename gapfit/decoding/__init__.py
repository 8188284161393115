"""From what each statement of an ad asks for to what the ad is.

    skills     which skills are required, preferred or only named, and by which lines
    signs      what an ad's statements say of the work, as numbers
    shares     how the work divides among the roles, which one is dominant
    years      the experience asked for, and whether anybody can have it
    pay        the pay named, beside the sources' figures
    advice     what follows for a candidate and for the employer
    stack      an ad as a role of its own

Every rule that rests on a source names it. Pure: no model runs here, no file is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from gapfit.datamodels import (
    AdParameters,
    Catalogue,
    Decoding,
    FloatArray,
    JobAd,
    Manifest,
    Market,
    Pay,
)
from gapfit.decoding import advice, pay, shares, skills, years
from gapfit.decoding.signs import FEATURES, features
from gapfit.decoding.stack import as_role

__all__ = ["FEATURES", "Known", "as_role", "decode", "features"]


@dataclass(frozen=True, slots=True)
class Known:
    """What an ad is read against."""

    catalogue: Catalogue
    market: Market
    pay: Pay
    parameters: AdParameters


def decode(ad: JobAd, asked: FloatArray, known: Known, manifest: Manifest) -> Decoding:
    """Return what an ad is by its content.

    ``asked`` has shape (lines, skills): the probability that each line of the ad asks for each
    skill of the catalogue. The title has no part in the shares.
    """
    divided = shares.divide(ad, asked, known.catalogue, known.parameters.shares)
    found = skills.asked(ad, asked, divided, known.catalogue, known.parameters)
    dominant = shares.dominant(divided)
    named = pay.offer(ad, divided, known.pay, known.market)
    wanted = years.overall(ad, divided, known.market)
    seen = advice.Seen(ad, divided, dominant, found, wanted, named, known.catalogue)
    return Decoding(
        manifest=manifest,
        title=ad.title,
        title_role=ad.title_role,
        shares=divided,
        dominant=dominant,
        title_disagrees=shares.disagrees(ad.title_role, divided),
        not_ai=not divided,
        skills=found,
        years=wanted,
        pay=named,
        advice=advice.give(seen),
        warnings=ad.warnings,
    )
