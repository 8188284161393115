"""Word sets, written as text: a dozen words read better in a line than in a column."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())
