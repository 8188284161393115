"""The language of a text, by letter statistics; no download, no network."""

from __future__ import annotations

import re

from gapfit.datamodels import ParseWarning

UNDETERMINED = "und"
# The embedded model reads English; what it makes of other languages is no basis for a score.
_OF_THE_MODEL = "en"
# Fewer letters than this say nothing sure: a line of tool names is taken for any language.
MIN_LETTERS = 60
# The model needs no more than this to be sure.
MAX_CHARACTERS = 20_000
# A tenth of the words of an English text are these, and next to none in another language. Where
# they are that many there is no need for the letter statistics, whose loading takes longer than
# all else that is done for a resume. A text half in English has too few.
_ENGLISH = frozenset("the and of with from".split())
_PLAINLY = 0.07

_NOT_WORDS = re.compile(r"\S*(?:@|://|www\.)\S*|[\d_\W]+", re.UNICODE)


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, "und" for too little text."""
    # Capitalised tool names look foreign to letter statistics; case says nothing else.
    words = _NOT_WORDS.sub(" ", text[:MAX_CHARACTERS]).strip().lower()
    if sum(c.isalpha() for c in words) < MIN_LETTERS:
        return UNDETERMINED
    if _is_plainly_english(words.split()):
        return "en"
    from py3langid import classify

    code, _ = classify(words)
    return str(code)


def warning(code: str, what: str, result: str) -> ParseWarning | None:
    """Return the warning that a text in a language is no basis for a result, if it is none.

    ``what`` is the text, such as "resume", and ``result`` what is not reliable then.
    """
    if code in (_OF_THE_MODEL, UNDETERMINED):
        return None
    return ParseWarning(
        "non-english",
        f"The text looks {code!r}, not English. The built-in model and the profiles are English: "
        f"{result} not reliable. Use an English version of the {what}.",
    )


def prepare() -> None:
    """Load what ``detect`` needs for some texts, which unpacks it into a file."""
    from py3langid import classify

    classify("prepared")


def _is_plainly_english(words: list[str]) -> bool:
    return sum(word in _ENGLISH for word in words) >= _PLAINLY * len(words)
