"""Words and phrases that views for people share."""

from __future__ import annotations

from gapfit.datamodels import Catalogue, Level
from gapfit.wording import count as count, listed as listed

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


def gained(points: float) -> str:
    """Return points as a gain, aligned for up to two digits before the point."""
    return f"{f'+{points:.1f}':>5}"


def names_of(catalogue: Catalogue, skill: str) -> list[str]:
    """Return what a skill may be called in a line: its name, aliases and tools."""
    known = catalogue.skill(skill)
    return [known.name, *(term.text for term in (*known.aliases, *known.tools))]
