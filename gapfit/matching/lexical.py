"""Literal evidence: which names of skills and tools a statement contains.

Text and terms are cut into the same tokens, so that "re-ranking", "Re-Ranking" and "re ranking"
are one name, as are singular and plural. Ambiguous words count only beside their context.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gapfit.datamodels import FloatArray, Skill, Statement, Term

# Words keep a leading dot and trailing plus or sharp signs: ".NET", "C++", "C#".
_TOKEN = re.compile(r"\.?[a-z0-9]+[+#]*")
_PLURAL_MIN = 4  # "ads" and "gas" keep their s; "embeddings" does not


@dataclass(frozen=True, slots=True)
class _Name:
    """One literal name: whose it is, whether a tool's, and the context it needs."""

    skill: int
    is_tool: bool
    context: tuple[str, ...]


class Lexicon:
    """All names of all skills, found in a text by its word n-grams."""

    def __init__(self, skills: Sequence[Skill]) -> None:
        self._names: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
        self._count = len(skills)
        for index, skill in enumerate(skills):
            self._add(index, (Term(skill.name), *skill.aliases), is_tool=False)
            self._add(index, skill.tools, is_tool=True)
        self._longest = max(map(len, self._names), default=0)

    def _add(self, index: int, terms: Iterable[Term], *, is_tool: bool) -> None:
        for term in terms:
            key = tokens(term.text)
            if key:
                context = tuple(_padded(word) for word in term.context)
                self._names[key].append(_Name(index, is_tool, context))

    def hits(
        self, statements: Sequence[Statement], texts: Sequence[str]
    ) -> tuple[FloatArray, FloatArray]:
        """Return two 0/1 arrays of shape (statements, skills): named, and tool named.

        ``texts`` are what the statements assert; names are looked for in these, and the context
        of ambiguous ones in the whole statement, its surroundings and its section.
        """
        named = np.zeros((len(statements), self._count), np.float32)
        tools = np.zeros_like(named)
        for row, (statement, text) in enumerate(zip(statements, texts, strict=True)):
            for name in self._find(
                text, f"{statement.text} {statement.context} {statement.section}"
            ):
                (tools if name.is_tool else named)[row, name.skill] = 1.0
        return named, tools

    def _find(self, text: str, surroundings: str) -> Iterable[_Name]:
        words = tokens(text)
        surroundings = _padded(surroundings)
        for start in range(len(words)):
            for length in range(1, min(self._longest, len(words) - start) + 1):
                for name in self._names.get(words[start : start + length], ()):
                    if not name.context or any(c in surroundings for c in name.context):
                        yield name


def tokens(text: str) -> tuple[str, ...]:
    """Cut a text into comparable words: lower case, no punctuation, no plural s."""
    return tuple(map(_singular, _TOKEN.findall(text.lower())))


def _padded(text: str) -> str:
    """The text as words with a space before each: found in another, it begins at a word."""
    return "".join(f" {word}" for word in _TOKEN.findall(text.lower()))


def _singular(word: str) -> str:
    if len(word) >= _PLURAL_MIN and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
