"""Chooses the coverage of an ad's own stack that is worth a fit of 50.

    python benchmarks/decode/fit_halfway.py

Every resume of the fit split is scored against every fictional ad in which one role has at least 60
percent. What the fit should be is known: readers said how each resume fits each role, and 80 stands
for "would clearly be interviewed" (4), 50 for "clear gaps" (2). The halfway with the least mean
error is printed; it is the constant HALFWAY of fit.py.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import data
import numpy as np

from gapfit import pipeline, scoring
from gapfit.decoder import Decoder

WANTED = {0: 5.0, 1: 25.0, 2: 50.0, 3: 65.0, 4: 85.0}
CANDIDATES = (0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


def main() -> None:
    analyzer = pipeline.Analyzer()
    decoder = Decoder(analyzer.catalogue, encoder_=analyzer.encoder)
    roles = []
    for ad in data.fictional():
        dominant = ad.labels.dominant
        if dominant is not None and ad.marked:
            roles.append((dominant, decoder.role(decoder.decode(ad.ad, ""))))
    resumes = committed(analyzer)
    for halfway in CANDIDATES:
        errors = [
            abs(
                scoring.fits([dataclasses.replace(role, halfway=halfway)], found)[0].fit - WANTED[f]
            )
            for found, fits in resumes
            for dominant, role in roles
            for f in (fits[dominant],)
        ]
        print(f"halfway {halfway:.2f}: mean error {np.mean(errors):.1f}")


def committed(analyzer: pipeline.Analyzer):
    """Return the findings and role labels of the fit split's resumes."""
    own = sys.modules.pop("data")
    sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))
    try:
        import data as resumes

        found = resumes.committed(analyzer.catalogue, "fit")
    finally:
        sys.path.pop(0)
        sys.modules["data"] = own
    told = []
    for resume in found:
        (encoded,) = analyzer.encode([resume.resume])
        told.append((analyzer.judge(resume.resume, encoded, "").skills, resume.roles))
    return told


if __name__ == "__main__":
    main()
