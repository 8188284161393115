"""What a statement's wording says of how its author stands to what it names.

Negated clauses say that a skill is *not* there and are cut away before anything is matched.
Wishes, courses and acquaintance weaken a claim; deeds, outcomes and production strengthen it.
How much each weighs is learned (see the matcher's parameters), not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from gapfit.datamodels import FloatArray, Form, Level, Section, Statement

# Negation after the NegEx algorithm (Chapman et al., 2001): a trigger negates what follows it up to
# the end of its clause, or, in the passive, what stands before it. What a *system* does not do
# ("answers that do not cite a page are withheld") is evidence and stays: a negated verb counts only
# of the person, at the start of a clause or after "I".
_END = r"(?:[;:!?→–—|]|\.(?=\s|$))"
_TURN = (
    r"\b(?:but|however|although|though|yet (?:I|we)|instead|rather|except|because|until|"
    r"before|so)\b"
)
_NEGATIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # No experience, knowledge or use of …, …: all of a list
        r"\b(?:I (?:have|had) )?\b(?:no|zero|not|never|without|lack\w*|\w+n['’]t)\b"
        r"(?:\s+[\w'’-]+){0,4}?\s+(?:experience[ds]?|exposure|knowledge|background|expertise|"
        rf"familiar\w*|hands-on)\b.*?(?={_END}|{_TURN}|$)",
        # … was never introduced, did not exist, is not my part
        rf"(?:(?<=[.;:!?,])|^)(?:(?!{_END}|,).)*?\b(?:was|were|is|are|did|does|do)"
        r"(?:\s+(?:not|never)|n['’]t)\s+(?:been\s+)?(?:exist\w*|my|mine|ours|part of my|"
        rf"attempted|introduced|in scope|off limits|involved)\b(?:(?!{_END}|,).)*",
        # …: none
        rf"(?:(?<=[.;,])|^)(?:(?!{_END}|,).)*:\s*(?:none|no|nil|n/a)\b\s*(?={_END}|,|$)",
        # no …, without …; never …, did not …, I have not …; not X,
        r"(?:\b(?:no|without)\b(?!\s+(?:longer|less|more than|matter|one)\b)(?!-)"
        r"|(?:(?<=[.;:,!?])|^|\b(?:I|I have|I had|but|and)\b)\s*"
        r"(?:never|(?:did|has|have|had|do|am|was)(?:\s+(?:not|never)|n['’]t)|not)\b"
        rf"(?!\s+(?:only|just|least)\b)(?!-))(?:(?!{_END}|[,()]).)*?(?={_END}|[,()]|{_TURN}|$)",
    )
)

# A statement that opens as a wish is one; a wish further on is left to the learned cues below.
_WISH = re.compile(
    r"\W*(?:(?:I|I['’]?m|I am|I['’]d|I would|my|also|and|now|currently|always|very|really|actively|"
    r"to|career|main|next|long[- ]term|short[- ]term|interests? include)\s+)*"
    r"(?:seeking|looking (?:for|to|forward)|want(?:ing)? to|hop(?:e|ing) to|aspir\w+|eager to|"
    r"keen to|plan(?:s|ning)? to|(?:would )?(?:love|like) to|interested in|goals?\b|"
    r"aim(?:s|ing)? to|excited to|dream\w*|learning\b(?! to rank| curve| rate)|studying\b|"
    r"reading (?:about|up)|exploring\b|passionate about|transition\w* (?:in)?to|to learn\b|"
    r"objective\b|curious about|taking|enrolled|working towards?)",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"\W*(?:(?:completed|finished|attended|took|passed|relevant|online|selected|ongoing|"
    r"professional|self-paced|the|an?)\s+)*"
    r"(?:course(?:s|work)?\b(?! project)|certifi\w+(?! renewal)|bootcamp(?! capstone| project)|"
    r"nanodegree|mooc|speciali[sz]ation|training (?:course|program)|udemy|coursera|edx|udacity)"
    r"|.{0,80}[,(:–-]\s*(?:certificate|certification|online course|nanodegree|coursera|udemy)"
    r"(?=\s*(?:$|[,;.()–-]|\d|in\b|from\b|by\b|of\b))"
    r"|\W*(?:attended|participated in)\b.{0,40}\b(?:workshop|seminar|training|lecture|conference)",
    re.IGNORECASE,
)

_CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "wish": r"\b(?:seeking|aspir\w+|eager to|keen to|hop(?:e|ing) to|want(?:s|ing)? to|"
        r"would (?:love|like) to|look(?:ing)? (?:to|for|forward)|interested in|interests?\b|"
        r"passion\w*|curious|excited (?:to|about)|aim(?:s|ing)? to|plan(?:s|ning)? to|dream\w*|"
        r"my goal|career goal|objective|transition\w* (?:in)?to|pivot\w*|next step|"
        r"currently (?:learning|studying|exploring)|learning (?:about|more)|self-study)",
        "course": r"\b(?:course\w*|certif\w+|bootcamp|nanodegree|coursera|udemy|edx|udacity|mooc|"
        r"speciali[sz]ation|workshop|training program\w*|lecture\w*|tutorial\w*|class(?:es)?|"
        r"module|syllabus|deeplearning\.ai|linkedin learning|pluralsight|datacamp)\b",
        "acquainted": r"\b(?:familiar\w*|exposure to|exposed to|knowledge (?:of|in)|"
        r"understanding of|aware\w* of|basic\w*|beginner|introduct\w+|fundamentals of|"
        r"knowledgeable|comfortable with|proficien\w+|skilled in|expert(?:ise)? in|"
        r"experience[d]? (?:in|with)|well[- ]versed|adept)",
        "outcome": r"(?:\d\s?%|\bpercent\b|\d+(?:\.\d+)?\s?[x×]\b|[$€£₹]\s?\d|"
        r"\b(?:reduc|increas|improv|cut|cutting|sav|halv|doubl|boost|lower|rais|accelerat|"
        r"decreas|grew|dropp)\w*)",
        "production": r"\b(?:production\w*|deploy\w*|launch\w*|ship(?:ped|ping|s)?|released?|"
        r"went live|live|customers?|clients?|users?|scale|at scale|daily|million|traffic|24/7|"
        r"rolled? out|enterprise|adopted|in use|serving)\b",
        "lead": r"\b(?:led|lead|leading|own(?:ed|ing|er)?|head(?:ed|ing)?|found(?:ed|er|ing)|"
        r"architect\w*|spearhead\w*|direct(?:ed|ing)|drove|driving|manag\w+|pioneer\w*|"
        r"established|initiated|single-handed\w*|main author)\b",
        "study": r"\b(?:thesis|dissertation|university|student|hackathon|competition|kaggle|"
        r"academic|capstone|coursework|toy|prototype\w*|proof[- ]of[- ]concept|poc|demo|"
        r"side project|personal project|hobby)\b",
        "helped": r"\b(?:assist(?:ed|ing)|help(?:ed|ing)|support(?:ed|ing)|contribut\w+|"
        r"participat\w+|involved|collaborat\w+|exposed|shadow\w*|learned|learnt|"
        r"worked (?:on|with))\b",
        "person": r"\b(?:I|my|me|I['’]m|I['’]ve)\b",
        "number": r"\d",
    }.items()
}

_IRREGULAR = frozenset(
    """built led wrote ran made took drove cut set grew won held gave taught brought kept found
    rebuilt rewrote began did went spun sped shrank chose oversaw put sold spoke drew""".split()
)
_NOT_VERBS = frozenset("need speed feed seed based bed red hundred embed shed".split())

# Whether prose carries a bullet is the layout's doing and says nothing; lists and titles differ.
_FORMS = (Form.ITEM, Form.ENTRY)
_LONG = 30.0  # words; a statement is "long" from about here


FEATURES: tuple[str, ...] = (
    *(f"section:{s.value}" for s in Section),
    *(f"form:{form.value}" for form in _FORMS),
    *(f"cue:{name}" for name in _CUES),
    "starts-with-deed",
    "has-deed",
    "words",
    "list-like",
)


# A run asks it three times of a line: to encode it, to look at it, and to tell what it allows.
@lru_cache(maxsize=2048)
def asserted(text: str) -> str:
    """Return the text without its negated clauses; empty when nothing else is left."""
    left = text
    for negation in _NEGATIONS:
        left = negation.sub(" ", left)
    if left == text:
        return text
    left = re.sub(r"\s+", " ", left).strip(" ,;:–—-")
    return left if any(c.isalpha() for c in left) else ""


def ceiling(statement: Statement) -> Level:
    """Return the deepest level the statement can support, whatever it names.

    An entry of a skills list, a course and a wish are a mention at most; a statement that only
    negates supports nothing. All else is for the learned model to judge.
    """
    if not asserted(statement.text):
        return Level.ABSENT
    listed = statement.form is Form.ITEM or statement.section is Section.CERTIFICATIONS
    if listed or _WISH.match(statement.text) or _COURSE.match(statement.text):
        return Level.MENTIONED
    return Level.OWNED


def features(statements: Sequence[Statement]) -> FloatArray:
    """Return the wording of each statement as numbers in 0-1, shape (n, len(FEATURES))."""
    rows = [_row(statement) for statement in statements]
    return np.array(rows, np.float32).reshape(len(statements), len(FEATURES))


def _row(statement: Statement) -> list[float]:
    text = statement.text
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    return [
        *(float(statement.section is section) for section in Section),
        *(float(statement.form is form) for form in _FORMS),
        *(float(bool(cue.search(text))) for cue in _CUES.values()),
        float(bool(words) and is_deed(words[0])),
        float(any(is_deed(word) for word in words)),
        min(len(words) / _LONG, 1.0),
        min(3.0 * text.count(",") / max(len(words), 1), 1.0),
    ]


def is_deed(word: str) -> bool:
    """Whether a word looks like a verb of something done ("built", "deployed", "designing")."""
    low = word.lower()
    if low in _IRREGULAR:
        return True
    return len(low) > 4 and low.endswith(("ed", "ing")) and low not in _NOT_VERBS
