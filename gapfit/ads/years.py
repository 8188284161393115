"""Years of experience, as a statement asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gapfit.datamodels import AdLine, AdSection, Need, YearsNamed

_WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"fifteen": 15, "twenty": 20}
_NUMBER = rf"(?:\d{{1,2}}(?:\.5)?|{'|'.join(_WORDS)})"
_YEARS = re.compile(
    rf"(?<![\d$€£.,/-])\b(?P<least>{_NUMBER})(?:\s*\(\d+\))?\s*(?:\+|plus|or more|and above)?"
    rf"(?:\s*(?:-|–|—|to|or)\s*(?P<most>{_NUMBER})(?:\s*\(\d+\))?)?\s*(?:\+|plus|or more|"
    rf"and above)?"
    r"(?:\s+(?:full|solid|professional|consecutive|relevant|industry))?[\s-]*(?P<unit>years?|yrs?|"
    r"yoe|months?)\b['’]?",
    re.IGNORECASE,
)
# Beyond this nobody asks for experience: "50 years" is the company's.
_MOST = 25
# Years of something else: age, degrees, history, contracts, vesting, pay.
_NOT_EXPERIENCE = re.compile(
    r"years?[- ](?:old|of age|ago|contract|fixed|term|degree|program|university|college|plan|"
    r"cliff|warranty|anniversary|in business)|years? in,|(?:or )?no degree and\s*(?:\w+\s+)?$|"
    r"(?:last|past|next|previous|every|over the|within|for over|recent|first|coming|"
    r"vest\w*(?: over)?|after)\s+(?:a |the )?(?:\w+\s+)?$|\bage of\b",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"experience|\byoe\b|track record|background|working (?:in|with|as|on)|hands-on|(?:in|of|"
    r"as) (?:an? )?[\w/+ ,-]*(?:engineer|develop|scien|architect|machine|software|product|data|"
    r"consult|sales|program|model|research|ml|ai|cloud|devops|design|build)|building|developing|"
    r"shipping|designing|leading|managing|deploying|coding|writing|running",
    re.IGNORECASE,
)
_LLM = re.compile(
    r"\bLLMs?\b|large[- ]language[- ]models?|gen(?:erative)?[- ]?AI\b|\bRAG\b|"
    r"retrieval[- ]augmented|LangChain|LangGraph|LlamaIndex|prompt(?:s|ing| engineer\w*)?\b|"
    r"agentic|AI agents?\b|\bGPT\b|\bAI engineer(?:ing|s)?\b|ChatGPT|OpenAI",
    re.IGNORECASE,
)
# Beside these, the years are of more than language models.
_WIDER = re.compile(
    r"machine[- ]learning|\bML\b|MLOps|data scien|software|back-?end|full-?stack|deep learning|"
    r"\bNLP\b|\bAI/|computer|cloud|platform|product manage|sales|consult|infrastructure|devops|"
    r"python",
    re.IGNORECASE,
)
_SILENT = (AdSection.LEGAL, AdSection.OFFER)


def named(line: AdLine) -> Iterator[YearsNamed]:
    """Yield the years of experience a statement names, in its order."""
    if line.section in _SILENT or line.need in (Need.NONE, Need.CONTEXT):
        return
    found = [m for m in _YEARS.finditer(line.text) if _of_experience(line, m)]
    for i, match in enumerate(found):
        least, most = _number(match["least"]), _number(match["most"])
        if match["unit"].lower().startswith("month"):
            least, most = least and least / 12, most and most / 12
        if least is None or not 0 < least <= _MOST:
            continue
        yield YearsNamed(
            least=max(1, round(least)) if least >= 0.5 else 1,
            most=None if most is None or most < least else round(most),
            llm=_is_llm(_subject(line.text, found, i)),
            need=line.need,
            line=line.line,
            text=line.text,
        )


def _subject(text: str, found: list[re.Match[str]], i: int) -> str:
    """What the years are of: the words behind them, or before them in "GenAI: 2+ years"."""
    end = found[i + 1].start() if i + 1 < len(found) else len(text)
    behind = text[found[i].end() : end]
    if re.search(r"[A-Za-z]{2}", re.split(r"[,;]", behind)[0]):
        return behind
    start = found[i - 1].end() if i else 0
    return re.split(r"[,;]", text[start : found[i].start()])[-1]


def _number(word: str | None) -> float | None:
    if word is None:
        return None
    return float(_WORDS[word.lower()]) if word.lower() in _WORDS else float(word)


def _of_experience(line: AdLine, match: re.Match[str]) -> bool:
    before, after = line.text[: match.start()], line.text[match.start() :]
    near = match[0] + line.text[match.end() : match.end() + 14]
    if _NOT_EXPERIENCE.search(before[-24:]) or _NOT_EXPERIENCE.search(near):
        return False
    if match["unit"].lower().startswith("month") and "experience" not in line.text.lower():
        return False
    if line.section in (AdSection.REQUIRED, AdSection.PREFERRED):
        return True  # where experience is asked for, years are of it
    return bool(_EXPERIENCE.search(after) or _EXPERIENCE.search(before[-60:]))


def _is_llm(subject: str) -> bool:
    """Whether the years are of work with language models, by what is said of them first."""
    clause = re.split(r"[;.]\s|,? (?:including|with at least|ideally|preferably)\b|\(", subject)[0]
    llm, wider = _LLM.search(clause), _WIDER.search(clause)
    return llm is not None and wider is None
