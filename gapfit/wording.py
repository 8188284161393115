"""Words that stages and views share: names in a list, numbers with their noun, spans of time."""

from __future__ import annotations

from collections.abc import Sequence


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as they are listed in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def capital(text: str) -> str:
    """Return a text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def with_article(name: str) -> str:
    """Return a name with "a" or "an", as it is spoken: an AI Engineer, an ML Engineer."""
    spoken_as_vowel = name[:1] in "AEIOU" or name.startswith(("ML", "LLM"))
    return f"{'an' if spoken_as_vowel else 'a'} {name}"


def between(least: int, most: int, noun: str) -> str:
    """Return a range of numbers with its noun; one number where both ends are the same."""
    return count(most, noun) if least == most else f"{least}-{most} {noun}s"


def span(months: int) -> str:
    """Return a number of months in years and months."""
    years, rest = divmod(months, 12)
    parts = [count(n, unit) for n, unit in ((years, "year"), (rest, "month")) if n]
    return " ".join(parts) or count(0, "month")
