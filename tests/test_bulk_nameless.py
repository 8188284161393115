"""Inputs without their names."""

from __future__ import annotations

from gapfit.bulk.nameless import candidate, skipped
from gapfit.datamodels import Candidate, Skipped


def test_a_candidate_is_called_by_its_content() -> None:
    one = Candidate(1, ("jane-roe.pdf", "again/jane-roe.pdf"), "ml-engineer", 50.0, "{}", "ab" * 32)
    nameless = candidate(one)
    assert nameless.sources == ("resume-abababababab", "resume-abababababab-copy-2")
    assert nameless.source == "resume-abababababab"
    assert nameless.line == one.line


def test_skipped_inputs_keep_their_reason_and_are_told_apart() -> None:
    first, second = (skipped(Skipped(f"{name}.pdf", "no-text", "why")) for name in ("jane", "joe"))
    assert first.source != second.source
    assert "jane" not in first.source
    assert (first.code, first.message) == ("no-text", "why")
