"""Where things stand on the page: the ids that links lead to."""

from __future__ import annotations


def line(page: int, number: int) -> str:
    """A line, marked on its page."""
    return f"line-{page}-{number}"


def entry(page: int, number: int) -> str:
    """What that line earned, in the list of lines that count."""
    return f"earned-{page}-{number}"


def skill(skill_id: str) -> str:
    """A skill on the map."""
    return f"skill-{skill_id}"


def role(role_id: str) -> str:
    """A role among the fits."""
    return f"role-{role_id}"
