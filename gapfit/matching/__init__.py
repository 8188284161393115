"""Statement vectors and skill vectors to evidence: what each line shows of each skill.

    phrasing.py     how a statement is worded: deed, wish, course, negation
    lexical.py      which names of skills and tools it contains
    probes.py       what was learned of each skill's place in embedding space
    words.py        what was learned of the words that show each skill
    similarity.py   how near its words come to each skill in embedding space
    model.py        all of these together, as probabilities

Pure numpy: no model runs here, and no profile is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from gapfit.datamodels import (
    Encoded,
    FloatArray,
    Level,
    LineMatch,
    MatcherParameters,
    Skill,
    SkillMatch,
    SkillVectors,
    Statement,
    WordProbes,
)
from gapfit.matching import model, phrasing, probes, similarity, words
from gapfit.matching.lexical import Lexicon

__all__ = ["FEATURES", "LEVELS", "Features", "Matcher", "asserted", "background", "ceilings"]

FEATURES = model.FEATURES
LEVELS = model.LEVELS

# Lines kept per skill, so that views have something to choose from.
_LINES = 5
_USED = LEVELS.index("used")

# A line less likely than this to support a skill is no evidence to show for it.
_LEAST_STRENGTH = 0.05

_NEARNESS = [model.FEATURES.index(f"cosine:{name}") for name in ("name-window", "example-window")]


def asserted(statement: Statement) -> str:
    """Return what the statement claims, its negated clauses cut away: the text to encode."""
    return phrasing.asserted(statement.text)


def background(vectors: SkillVectors) -> FloatArray:
    """Return how near the examples of other skills come to each, for ``SkillVectors.background``.

    Shape (2, skills, features): mean and standard deviation.
    """
    measured = similarity.background(vectors)
    return np.stack([measured.mean, measured.spread])


class Features:
    """Turns statements into what the learned model reads; holds the skills' side of it."""

    def __init__(
        self,
        skills: Sequence[Skill],
        vectors: SkillVectors,
        learned: FloatArray | None = None,
        worded: WordProbes | None = None,
    ) -> None:
        """Take the skills' probes, shape (2, skills, d + 1), and those on words, ``worded``.

        Where there are none, they are made from the catalogue's texts.
        """
        self._targets = similarity.targets(vectors)
        self._probes = probes.completed(learned, vectors, len(skills))
        self._words = words.completed(worded, skills)
        self._lexicon = Lexicon(skills)
        self._background = similarity.background(vectors)

    def of(
        self,
        statements: Sequence[Statement],
        encoded: Encoded,
        texts: Sequence[str] | None = None,
    ) -> FloatArray:
        """Return shape (statements, skills, features); ``encoded`` holds their asserted texts.

        ``texts`` replace these where no statement claims anything, as in a job ad.
        """
        if texts is None:
            texts = [asserted(statement) for statement in statements]
        cosines = similarity.features(encoded, texts, self._targets)
        named, tools = self._lexicon.hits(statements, texts)
        return model.features(
            cosines,
            self._background.standardised(cosines),
            named,
            tools,
            phrasing.features(statements),
            probes.features(encoded.sentences, self._probes),
            words.features(texts, self._words),
        )


class Matcher:
    """Finds the evidence for every skill in a resume's statements."""

    def __init__(
        self,
        skills: Sequence[Skill],
        vectors: SkillVectors,
        parameters: MatcherParameters,
        learned: FloatArray | None = None,
        worded: WordProbes | None = None,
    ) -> None:
        """Raises EmbeddingsError when the parameters were fitted for other features."""
        model.check(parameters)
        self._skills = [skill.id for skill in skills]
        self._areas = [skill.area for skill in skills]
        self._features = Features(skills, vectors, learned, worded)
        self._rates = model.base_rates(skills, parameters)
        self._parameters = parameters

    def match(self, statements: Sequence[Statement], encoded: Encoded) -> tuple[SkillMatch, ...]:
        """Return one match per skill, in catalogue order.

        ``encoded`` holds the ``asserted`` text of every statement, in the same order.
        """
        rows = self._features.of(statements, encoded)
        lines = model.supported(rows, ceilings(statements), self._parameters)
        resume = model.resume_probabilities(lines, self._rates, self._areas, self._parameters)
        near = np.clip(rows[:, :, _NEARNESS].max(axis=2), 0.0, 1.0)
        return tuple(
            SkillMatch(
                skill=skill,
                mentioned=float(resume[i, 0]),
                used=float(resume[i, 1]),
                owned=float(resume[i, 2]),
                lines=best,
            )
            for i, (skill, best) in enumerate(
                zip(self._skills, _best_lines(lines, near), strict=True)
            )
        )

    def match_each(
        self,
        statements: Sequence[Statement],
        encoded: Encoded,
        selections: Iterable[Sequence[int]],
    ) -> Iterator[tuple[SkillMatch, ...]]:
        """Yield what ``match`` finds in each selection of the statements, without its lines.

        A selection holds indexes. The statements are looked at once for all of them.
        """
        rows = self._features.of(statements, encoded)
        deepest = [Level.OWNED] * len(statements)
        free = model.supported(rows, deepest, self._parameters)
        for chosen in selections:
            lines = model.within(free[chosen], ceilings([statements[i] for i in chosen]))
            resume = model.resume_probabilities(lines, self._rates, self._areas, self._parameters)
            yield tuple(
                SkillMatch(skill, float(mentioned), float(used), float(owned), lines=())
                for skill, (mentioned, used, owned) in zip(self._skills, resume, strict=True)
            )


def ceilings(statements: Sequence[Statement]) -> list[Level]:
    """Return the deepest level each statement can support.

    A statement that repeats an earlier one word for word is no new evidence.
    """
    seen: set[tuple[str, str, str, str]] = set()
    deepest = []
    for statement in statements:
        key = (statement.text, statement.section, statement.form, statement.context)
        deepest.append(Level.ABSENT if key in seen else phrasing.ceiling(statement))
        seen.add(key)
    return deepest


def _best_lines(lines: FloatArray, near: FloatArray) -> Iterator[tuple[LineMatch, ...]]:
    """The lines that support each skill, those that show it in use first.

    ``lines`` holds their probabilities (n, skills, levels), ``near`` their likeness (n, skills).
    """
    mentioned, used = lines[:, :, 0], lines[:, :, _USED]
    shown = np.where(used >= _LEAST_STRENGTH, used, 0.0)
    order = np.lexsort((-mentioned, -shown), axis=0)[:_LINES]  # equal ones stay as they stand
    best = [np.take_along_axis(values, order, axis=0) for values in (near, mentioned, used)]
    for skill in zip(order.T.tolist(), *(values.T.tolist() for values in best), strict=True):
        each = (LineMatch(*line) for line in zip(*skill, strict=True))
        yield tuple(line for line in each if line.mentioned >= _LEAST_STRENGTH)
