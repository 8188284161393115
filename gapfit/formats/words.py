"""Words and phrases that views for people share."""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.datamodels import Level

LEVELS = {
    Level.ABSENT: "no line yet",
    Level.MENTIONED: "named only",
    Level.USED: "used",
    Level.OWNED: "owned",
}

# A gate that is more than the role's own task is said in words.
GATE_WORDS = {"research-publications": "a paper", "open-source": "exceptional open source"}

LANGUAGES = {
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "language unclear",
    "zh": "Chinese",
}


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as they are listed in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def gained(points: float) -> str:
    """Return points as a gain, aligned for up to two digits before the point."""
    return f"{f'+{points:.1f}':>5}"
