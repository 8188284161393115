"""The title at the head of an ad, and which of the twelve roles it claims by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gapfit.ads import headings
from gapfit.ads.blocks import Block, Kind
from gapfit.datamodels import AdSection

_LABEL = re.compile(
    r"^(?:job )?(?:title|position|role|job|vacancy|opening|hiring|we(?:['’]re|"
    r" are) hiring)(?: title)?\s*[:–-]\s*(?=\S)",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"engineer|developer|scientist|architect|manager|lead\b|consultant|specialist|analyst|"
    r"researcher|programmer|designer|director|head of|officer|strategist|evangelist|intern\b|"
    r"\bSDE\b|\bMLE\b|\bSWE\b|\bFDE\b|technologist|expert|writer|trainer|annotator|associate|"
    r"representative|administrator|owner|tester|ingenieur|entwickler|technician|advocate|founder|"
    r"executive|clerk|nurse|driver|teacher|assistant|accountant|internship|praktik",
    re.IGNORECASE,
)
_LONGEST_WORDS = 20
_SHORT_TITLE = 7
_HEAD = 6  # blocks in which a title may stand

# Which role a title claims. Its first part is read before what stands behind a comma or in
# brackets, and the first pattern that fits decides: "AI Platform Engineer" before "AI Engineer".
_AI = r"(?:AI|A\.I\.|artificial intelligence|gen(?:erative)?[- ]?AI)"
_ML = r"(?:ML|machine[- ]learning)"
_BOTH = rf"{_AI}\s*(?:/|&|and|\+)\s*{_ML}|{_ML}\s*(?:/|&|and|\+)\s*{_AI}"
_BUILDER = (
    r"(?:engineer(?:s|ing)?|developers?|programmers?|specialists?|experts?)\b(?! (?:enablement|"
    r"relations|experience|advoca|productivity|marketing|manager))"
)
_ANYWHERE = (
    ("forward-deployed-engineer", r"forward[- ]deployed|\bFDE\b"),
    (
        "voice-ai-engineer",
        r"\b(?:voice|speech|ASR|TTS)\b[\w ]{0,24}\b(?:AI|engineer(?:ing)?|developer|scientist)\b|"
        r"\bAI voice\b",
    ),
    (
        "prompt-engineer",
        r"\bprompt(?:s|ing)?\b[\w &]{0,12}\b(?:engineer\w*|designer|specialist|writer)",
    ),
    (
        "responsible-ai-engineer",
        r"responsible[- ]AI|trustworthy AI|\bAI (?:safety|governance|ethics|risk|policy|assurance|"
        r"security)\b|\b(?:safety|alignment) (?:engineer|researcher)|red[- ]team",
    ),
    (
        "mlops-engineer",
        r"\bML ?Ops\b|\bLLM ?Ops\b|\bAI ?Ops\b|AI/ML ?Ops|machine learning operations",
    ),
    (
        "research-engineer",
        r"\bresearch (?:engineer|scientist)|applied scientist|\bresearcher\b",
    ),
)
_LEADING = (
    (
        "ai-product-manager",
        rf"product (?:manager|management|owner)\b.{{0,30}}\b(?:{_AI}|{_ML}|LLM)\b|\b(?:{_AI}|"
        rf"{_ML}|LLM)\b"
        r".{0,24}product (?:manager|management|owner)",
    ),
    (
        "ai-solutions-architect",
        rf"\b(?:{_AI}|{_ML}|LLM)\b.{{0,40}}(?:\barchitect\b|sales engineer|pre-?sales)|"
        rf"(?:\barchitect|sales engineer|pre-?sales)\b.{{0,40}}\b(?:{_AI}|{_ML}|LLM)\b",
    ),
    (
        "mlops-engineer",
        rf"\b{_ML} (?:infrastructure|infra|reliability|devops|operations)\b|\bAI operations",
    ),
    (
        "ai-platform-engineer",
        rf"\b(?:{_AI}|{_ML}|LLM|{_BOTH}) (?:platforms?|infrastructure|infra|tooling) {_BUILDER}|"
        rf"\bplatform {_BUILDER}\W+(?:{_AI}|{_ML}|{_BOTH})\b|{_BUILDER}\W+(?:{_AI}|{_ML}|"
        rf"{_BOTH}) platform$",
    ),
    ("llm-engineer", rf"\b(?:LLMs?|large language models?|RAG)\b[\w /&-]{{0,20}}{_BUILDER}"),
    ("", rf"(?:{_BOTH})\W+[\w ]{{0,10}}{_BUILDER}"),  # names both, and so neither
    (
        "ml-engineer",
        rf"\b{_ML} (?:software |systems? )?{_BUILDER}|\bMLE\b|deep learning {_BUILDER}|"
        rf"software {_BUILDER}\W+(?:applied )?{_ML}$",
    ),
    (
        "ai-engineer",
        rf"\b(?:{_AI}|agentic|AI agents?)(?: (?:and|&) [\w]+)? (?:software |product |agents? |"
        rf"applications? |"
        rf"implementation )?{_BUILDER}|software {_BUILDER}\W+(?:applied |agentic )?{_AI}$",
    ),
)


_SENIORITY = (
    r"(?:senior|sr\.?|junior|jr\.?|staff|principal|lead|founding|expert|experienced|associate)"
)
# A first part that says what is done only with what follows it: "Architect, Generative AI".
_OPEN = re.compile(
    rf"(?:{_SENIORITY} )*(?:software|platform)? ?engineer|.*\b(?:architect|sales engineer|product "
    r"(?:manager|management|owner))|.*\b(?:associate|consultant|manager|lead|staff)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[,(|–—\[\])]\s*|\s?-\s")


def claimed_role(title: str) -> str | None:
    """Return the role id that a title claims; None where it names none of the twelve or several."""
    if found := _first(_COMPILED_ANYWHERE, title):
        return found
    head, *rest = [part for part in _PARTS.split(title) if part] or [""]
    if len(claims := _all(head)) > 1:
        return None
    if claims:
        return claims[0] or None
    if not _OPEN.fullmatch(head):
        return None
    whole = f"{head} {' '.join(rest)}"
    return _first(_COMPILED_LEADING, whole) or None


def roles_named(text: str) -> tuple[str, ...]:
    """Return the ids of all roles that a statement names, as titles would."""
    patterns = (*_COMPILED_ANYWHERE, *_COMPILED_LEADING)
    return tuple(dict.fromkeys(role for role, p in patterns if role and p.search(text)))


def _first(patterns: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str:
    return next((role for role, pattern in patterns if pattern.search(text)), "")


def _all(head: str) -> list[str]:
    """What a head claims: the first role that fits, or both where it names two trades."""
    if re.search(r"/|\bor\b", head):
        parts = [_first(_COMPILED_LEADING, part) for part in re.split(r"/|\bor\b", head)]
        if len({part for part in parts if part}) > 1:
            return parts
    for role, pattern in _COMPILED_LEADING:
        if pattern.search(head):
            return [role]
    return []


_COMPILED_ANYWHERE = tuple((role, re.compile(p, re.IGNORECASE)) for role, p in _ANYWHERE)
_COMPILED_LEADING = tuple((role, re.compile(p, re.IGNORECASE)) for role, p in _LEADING)


def found(blocks: Sequence[Block]) -> tuple[str, int]:
    """Return the title at the head of an ad and the line it stands on; ("", 0) where none does."""
    for block in blocks[:_HEAD]:
        text = _LABEL.sub("", block.text).strip(" :*#|")
        if block.kind is Kind.ENTRY or not text or len(text.split()) > _LONGEST_WORDS:
            continue
        labelled = text != block.text.strip(" :*#|") or block is blocks[0]
        if "@" in text or (headings.named(block.text) is not None and not _TRADE.search(text)):
            continue
        if _TRADE.search(text) and not text.endswith((".", "!", "?")) and _is_name(text, labelled):
            return text, block.line
    return "", 0


def ads_in(blocks: Sequence[Block]) -> int:
    """Return how many ads are pasted together: titles, each with duties and requirements below."""
    wanted = {AdSection.DUTIES, AdSection.REQUIRED}
    below: dict[str, set[AdSection]] = {}
    title = ""
    for block in blocks:
        if block.kind is not Kind.ENTRY and _heads_an_ad(block, first=block is blocks[0]):
            title = _LABEL.sub("", block.text).strip(" :*#|")
        elif block.kind is Kind.HEADING and (section := headings.named(block.text)) is not None:
            below.setdefault(title, set()).add(section)
    return sum(wanted <= sections for sections in below.values())


def _heads_an_ad(block: Block, first: bool) -> bool:
    labelled = _LABEL.search(block.text) is not None
    text = _LABEL.sub("", block.text).strip(" :*#|")
    short = len(text.split()) <= _LONGEST_WORDS and not text.endswith((".", "!", "?", ","))
    alone = labelled or first or block.kind is Kind.HEADING or len(text.split()) <= _SHORT_TITLE
    return short and alone and bool(_TRADE.search(text)) and _is_name(text, labelled)


def _is_name(text: str, labelled: bool) -> bool:
    """Whether most words are written as a title's are."""
    words = [w for w in re.findall(r"[A-Za-z][\w./+-]*", text) if len(w) > 3]
    return labelled or sum(w[0].isupper() for w in words) >= 0.6 * max(len(words), 1)
