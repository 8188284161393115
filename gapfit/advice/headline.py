"""What the resume calls its author, and what the evidence would rather say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gapfit.advice.seen import Seen, evidence_of, spaced
from gapfit.datamodels import Advice, Form, Section, Statement, Topic

AI, ML = "ai-engineer", "ml-engineer"

# Fits nearer than this are as good as equal; further apart, the better title should lead.
APART = 10.0

# "AI/ML Engineer", "ML & AI Engineer", "Machine Learning and AI Engineer": two titles in one.
_AI = r"(?:AI|artificial intelligence)"
_ML = r"(?:ML|machine[\s-]learning)"
_JOIN = r"\s*(?:/|&|\+|\||,|\band\b)\s*"
_MIXED = re.compile(
    rf"(?<!\w)(?:{_AI}{_JOIN}{_ML}|{_ML}{_JOIN}{_AI})\s+(?:engineer|developer)(?!\w)",
    re.IGNORECASE,
)

# A summary sentence is a headline when it opens with the title and wishes for nothing.
_OPENING = 40
_WISH = re.compile(
    r"\b(?:looking|seeking|aspir\w+|become|becoming|goal|want\w*|hop(?:e|ing)|transition\w*|"
    r"moving|interested|towards?|future)\b",
    re.IGNORECASE,
)


def headline(seen: Seen) -> list[Advice]:
    """Return at most one piece of advice on the title to lead with."""
    heads = list(_headlines(seen.resume.statements))
    for make in (_vestigial, _mixed, _other):
        advice = make(seen, heads)
        if advice is not None:
            return [advice]
    return []


def _headlines(statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """The lines under the name, and summary sentences that open like one."""
    for statement in statements:
        if statement.section is not Section.SUMMARY or _WISH.search(statement.text):
            continue
        if statement.form is Form.ENTRY:
            yield statement
        elif statement.form is Form.SENTENCE:
            opening = statement.text[:_OPENING]
            if re.search(r"\b(?:engineer|manager|architect|scientist|developer)\b", opening, re.I):
                yield statement


def names(seen: Seen) -> Mapping[str, str]:
    """Return what each role is called, as name -> role id; a role's own name is always its own."""
    known = {
        fact.text: guide.role
        for guide in seen.guides.values()
        for fact in guide.titles
        if seen.catalogue.role(guide.role).extends is None
    }
    return known | {role.name: role.id for role in seen.catalogue.roles}


def roles_in(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the roles a text names, each once, in the order of their longest names."""
    found: dict[str, None] = {}
    if _MIXED.search(text):
        found |= dict.fromkeys((AI, ML))
        text = _MIXED.sub(" ", text)
    text = spaced(text)
    for name in sorted(known, key=lambda name: (-len(name), name)):
        if spaced(name) in text:
            found[known[name]] = None
            text = text.replace(spaced(name), " ")
    return tuple(found)


def _vestigial(seen: Seen, heads: list[Statement]) -> Advice | None:
    """A headline, or the first job's title, that is no longer used."""
    known = names(seen)
    current = [job.title for job in seen.jobs[:1]]
    for statement in (*heads, *current):
        for role in roles_in(statement.text, known):
            modern = seen.catalogue.role(role).modern_wording
            if modern:
                return _rename(seen, statement, role, modern, in_head=statement in heads)
    return None


def _rename(seen: Seen, line: Statement, role: str, modern: str, *, in_head: bool) -> Advice:
    if in_head:
        text = f"The headline says {seen.name(role)}, which reads as dated. Write: {modern}."
    else:
        text = (
            f"The latest position is called {seen.name(role)}, which reads as dated. Leave the "
            f"employer's title as it was, and lead with: {modern}."
        )
    return Advice(
        Topic.HEADLINE,
        text,
        details=("The skill counts as much as ever; only the title has gone.",),
        roles=(role,),
        evidence=(evidence_of(line),),
        sources=("002",),
    )


def _mixed(seen: Seen, heads: list[Statement]) -> Advice | None:
    """A headline that is an AI Engineer's and an ML Engineer's at once."""
    known = names(seen)
    for statement in heads:
        if {AI, ML} <= set(roles_in(statement.text, known)):
            ai, ml = seen.fit(AI), seen.fit(ML)
            better = AI if ai >= ml else ML
            scores = f"{max(ai, ml):.0f} against {min(ai, ml):.0f}"
            advised = (
                f"The evidence carries both about alike ({scores}): keep one version for each and "
                "send the one that the position asks for."
                if abs(ai - ml) < APART
                else f"The evidence carries {seen.name(better)} further ({scores}): lead with it."
            )
            return Advice(
                Topic.HEADLINE,
                "The headline names AI Engineer and ML Engineer at once, and recruiters screen "
                f"for one of them. {advised}",
                details=(
                    "From Series B on few employers look for both in one person; small ones do.",
                ),
                roles=(AI, ML) if better == AI else (ML, AI),
                evidence=(evidence_of(statement),),
                sources=("001", "002", "004"),
            )
    return None


def _other(seen: Seen, heads: list[Statement]) -> Advice | None:
    """A headline that names none of these roles, or one the evidence carries less than another."""
    if not seen.carried:
        return None
    best = seen.carried[0]
    known = names(seen)
    named = [(s, role) for s in heads for role in roles_in(s.text, known)]
    if any(seen.fit(best) - seen.fit(role) < APART for _, role in named):
        return None
    if named:
        line, role = max(named, key=lambda pair: seen.fit(pair[1]))
        text = (
            f"The headline says {seen.name(role)} ({seen.fit(role):.0f}); the evidence carries "
            f"{seen.name(best)} further ({seen.fit(best):.0f}). Lead with the one you apply for."
        )
        lines = [line]
    else:
        text = (
            f"No headline names one of these roles, and recruiters skim for the title. Lead with "
            f"{seen.name(best)}, or with whichever of the titles below you apply for."
        )
        lines = heads[:1]
    shown = tuple(map(evidence_of, lines))
    return Advice(Topic.HEADLINE, text, roles=(best,), evidence=shown, sources=("002",))
