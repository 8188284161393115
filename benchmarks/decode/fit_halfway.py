"""Chooses the coverage of an ad's own stack that is worth a fit of 50.

    python benchmarks/decode/fit_halfway.py

Every resume of the fit split is scored against every fictional ad in which one role has at least 60
percent. What the fit should be is known: readers said how each resume fits each role, and 80 stands
for "would clearly be interviewed" (4), 50 for "clear gaps" (2). Every label counts alike: most
resumes fit most ads not at all, and the error over all pairs would ask for nothing but low fits.
The halfway with the least mean error is the constant HALFWAY of fit.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import data
import numpy as np

from gapfit import pipeline, scoring
from gapfit.decoder import Decoder

WANTED = {0: 5.0, 1: 25.0, 2: 50.0, 3: 65.0, 4: 85.0}
CANDIDATES = (0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)


def main() -> None:
    analyzer = pipeline.Analyzer()
    decoder = Decoder(analyzer.catalogue, encoder_=analyzer.encoder)
    roles = []
    for ad in data.fictional():
        dominant = ad.labels.dominant
        if dominant is not None and ad.marked:
            roles.append((dominant, decoder.role(decoder.decode(ad.ad, ""))))
    resumes = committed(analyzer)
    told = np.array([fits[dominant] for _, fits in resumes for dominant, _ in roles])
    covered = np.array(
        [scoring.coverage(role, earned) for earned, _ in resumes for _, role in roles]
    )
    for halfway in CANDIDATES:
        fit = 100.0 * scoring.curve(covered, halfway)
        shown = {level: fit[told == level] for level in WANTED}
        error = np.mean([np.abs(shown[level] - WANTED[level]).mean() for level in WANTED])
        means = ", ".join(f"{level}: {shown[level].mean():.0f}" for level in WANTED)
        print(f"halfway {halfway:.2f}: mean error {error:.1f}; mean fit by label {means}")


def committed(analyzer: pipeline.Analyzer):
    """Return the credit per skill and the role labels of the fit split's resumes."""
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
        found = analyzer.judge(resume.resume, encoded, "").skills
        told.append(({f.skill: f.credit for f in found}, resume.roles))
    return told


if __name__ == "__main__":
    main()
