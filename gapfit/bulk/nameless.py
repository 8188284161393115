"""Inputs without their names: a file of applications is often called after a person.

A candidate is then called after its content, so that whoever holds the files finds it again
(``sha256sum``), and a skipped input after a hash of its name.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from gapfit.datamodels import Candidate, Skipped

_DIGITS = 12


def candidate(one: Candidate) -> Candidate:
    """Return a candidate whose inputs are called by the SHA-256 of their content."""
    name = f"resume-{one.sha256[:_DIGITS]}"
    copies = (f"{name}-copy-{number}" for number in range(2, len(one.sources) + 1))
    return replace(one, sources=(name, *copies))


def skipped(one: Skipped) -> Skipped:
    """Return a skipped input that is called by the SHA-256 of its name."""
    digest = hashlib.sha256(one.source.encode()).hexdigest()
    return replace(one, source=f"input-{digest[:_DIGITS]}")
