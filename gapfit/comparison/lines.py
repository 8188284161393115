"""Which lines two texts have in common, and what became of the others: by content, not by place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from gapfit.datamodels import Edit, Statement

# Lines that share at least this much of their words are one line, reworded.
REWORDED = 0.5

_WORD = re.compile(r"\w[\w+#]*")

Words = Counter[str]


def edits(before: Sequence[Statement], after: Sequence[Statement]) -> tuple[Edit, ...]:
    """Return the differences between two texts; lines that merely stand elsewhere are none.

    A line is first looked for as it is, then in another section or under another title, then in
    other words. In the order of the text after, what is gone last.
    """
    old, new = dict(enumerate(before)), dict(enumerate(after))
    _paired(old, new, lambda s: (_plain(s), s.section, s.form, s.context))
    pairs = [*_paired(old, new, _plain), *_reworded(old, new)]
    made = [Edit(i, j) for i, j in pairs] + [Edit(None, j) for j in new]
    made.sort(key=lambda edit: edit.after or 0)
    return (*made, *(Edit(i, None) for i in old))


def common(before: Sequence[Statement], after: Sequence[Statement]) -> float:
    """Return the share, 0-1, of the words of one text that stand in lines both have.

    Of the text for which it is larger, so that an excerpt has all in common with its whole.
    """
    old, new = dict(enumerate(before)), dict(enumerate(after))
    pairs = [*_paired(old, new, _plain), *_reworded(old, new)]
    return max(
        _share(before, [i for i, _ in pairs]),
        _share(after, [j for _, j in pairs]),
    )


def similarity(one: Words, other: Words) -> float:
    """Return the share, 0-1, of the words of two lines that both have, whatever their order."""
    total = one.total() + other.total()
    return 2.0 * (one & other).total() / total if total else 0.0


def words(text: str) -> Words:
    """Return the words of a line, each as often as it stands there."""
    return Counter(_WORD.findall(text.casefold()))


def _plain(statement: Statement) -> str:
    return " ".join(statement.text.split())


def _share(statements: Sequence[Statement], kept: Sequence[int]) -> float:
    sizes = [len(_plain(s)) for s in statements]
    return sum(sizes[i] for i in kept) / sum(sizes) if any(sizes) else 1.0


def _paired(
    old: dict[int, Statement], new: dict[int, Statement], key: Callable[[Statement], Hashable]
) -> list[tuple[int, int]]:
    """Take lines with equal keys out of both texts, the first with the first; return them."""
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, statement in old.items():
        places[key(statement)].append(i)
    pairs = []
    for j, statement in list(new.items()):
        if found := places[key(statement)]:
            pairs.append((found.pop(0), j))
            del old[pairs[-1][0]], new[j]
    return pairs


def _reworded(old: dict[int, Statement], new: dict[int, Statement]) -> Iterator[tuple[int, int]]:
    """Take the most similar lines out of both texts, pair by pair.

    Which text is the old one makes no difference, not even between equally similar pairs.
    """
    old_words = {i: words(s.text) for i, s in old.items()}
    new_words = {j: words(s.text) for j, s in new.items()}
    alike = [
        (-degree, abs(i - j), i + j, i, j)
        for i, one in old_words.items()
        for j, other in new_words.items()
        if (degree := similarity(one, other)) >= REWORDED
    ]
    for *_, i, j in sorted(alike):
        if i in old and j in new:
            del old[i], new[j]
            yield i, j
