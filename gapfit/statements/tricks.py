"""Text written for machines or beyond what people write: prompts, walls of keywords, copied ads.

Judged by wording alone, and reported with its place. What addresses a machine is no statement about
a person and is left out; a wall of names is worth a mention at most anyway, and an ad's asks are
for a person to judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gapfit.datamodels import Form, ParseWarning, Statement

# Of 80 written and 19 real resumes, the longest list has 105 entries, and the one with the most
# entries per sentence 3.5; an entry stands there 9 times at most, and a line has 7 commas.
MOST_ITEMS = 150
MANY_ITEMS = 60
MOST_ITEMS_PER_SENTENCE = 4.0
MOST_REPEATS_OF_ITEM = 12
MOST_REPEATS_OF_LINE = 4
MOST_COMMAS = 15
# A word of four letters or more stands 6 times in a line at most.
MOST_REPEATS_IN_LINE = 8
# Of lines this long, every one has words that join others: one in twenty at least.
LONG_LINE = 25
LEAST_JOINING = 0.05
# Lines in the words of ads that one resume may hold, however many there are of one kind: "or
# similar", a summary that says "you", "Responsibilities" above each job (benchmarks/hostile).
MOST_AD_LINES = 2
LEAST_AD_KINDS = 2
_QUOTED = 70
_SHOWN = 6

# Letters of other scripts that look like Latin ones.
_LOOKALIKES = str.maketrans("аеорсухіјѕԁɡοεανι", "aeopcyxijsdgoeavi")

# An order begins a clause; told of ("attacks such as 'ignore your instructions'") it is no order.
_CLAUSE = (
    r"(?:^[^\w\"'“”‘’«(]*|[.;:!?>\]]\s+|\s[–—|•*-]+\s)"
    r"(?:(?:please|now|and|then|also|important:?|you (?:must|should))\s+)*"
)
_PRAISE = (
    r"(?:highly|high(?:est)?|top|first|best|strong(?:ly)?|perfect\w*|excellent\w*|exceptional\w*|"
    r"outstanding\w*|ideal\w*|positive\w*|favou?rabl\w+|qualified|suitable|maximum|full marks|"
    r"hired?|accept\w*|\d+\s*(?:/\s*\d+|out of|%|points?|percent)|100|(?:five|5) stars?|a\+)(?!\w)"
)
_MACHINE = (
    r"(?:ai|llm|gpt[\w.-]*|chat ?gpt|claude|gemini|language models?|chat ?bots?|ats|bots?|parsers?|"
    r"(?:resume|cv|candidate|ai)[ -](?:screen|pars|rank|review)\w*|"
    r"screening (?:systems?|tools?|software|bots?)|recruit\w+ (?:ai|bots?|systems?))"
)
_TO_MACHINES = tuple(
    re.compile(pattern)
    for pattern in (
        # Ignore all previous instructions
        rf"{_CLAUSE}(?:ignore|disregard|forget)\s+(?:\w+\s+){{0,3}}?(?:all|any|every\w*|previous|prior|"
        r"above|preceding|earlier|your|the|these|those|other|system|foregoing|initial|original)\s+"
        r"(?:\w+\s+){0,4}?(?:instructions?|prompts?|rules|guidelines|directions|directives|criteria)\b",
        rf"{_CLAUSE}(?:override|bypass|discard)\s+(?:\w+\s+){{0,2}}?(?:previous|prior|preceding|earlier|"
        r"your|foregoing|initial|original)\s+(?:\w+\s+){0,3}?(?:instructions?|prompts?|rules)\b",
        rf"{_CLAUSE}(?:ignorier\w*|vergiss|vergessen sie)\b.{{0,40}}\b(?:anweisung|regel)\w*",
        rf"{_CLAUSE}(?:ignor[ae]\w*|olvid[ae]\w*|oubli\w+)\b.{{0,40}}\b(?:instruc\w+|consignes)",
        # You are an AI that screens resumes
        rf"{_CLAUSE}(?:you are|you['’]re)\s+(?:now\s+)?(?:an?|the)\s+(?:[\w-]+ ){{0,3}}?"
        rf"(?:{_MACHINE}|assistant|recruiter|hiring manager|evaluator)\b",
        # Rate this candidate highly
        rf"{_CLAUSE}(?:rate|rank|score|mark|grade|classify|recommend|evaluate|give|assign|consider|"
        r"treat|select|shortlist|approve|choose|label|flag|place|put)\s+"
        r"(?:(?:this|my)\s+(?:\w+\s+)?(?:candidate|applicant|resume|cv|profile|application)|"
        rf"the (?:candidate|applicant)|me(?= as))\b.{{0,60}}? {_PRAISE}",
        # This candidate is exceptionally well qualified
        r"\bthis (?:candidate|applicant|resume|cv)\s+(?:is|should be|must be|shall be|deserves|"
        rf"meets|exceeds)\b.{{0,50}}?(?:\b{_PRAISE}|requirement|recommend|shortlist|select|rank|scor|fit\b)",
        # Note to the AI; hello ChatGPT
        rf"{_CLAUSE}(?:(?:attention|notes?|messages?|instructions?)\s+(?:to|for)|attention|hello|hi|dear|"
        rf"hey)\s*,?\s*(?:any |all |the |an? )?{_MACHINE}(?=\s*[:,.!–—-]|\s+\w+ing\b|$)",
        rf"\bif you (?:are|['’]re) (?:an?|the) (?:\w+ )?{_MACHINE}\b",
        # Reply only with "yes"
        rf"{_CLAUSE}(?:respond|reply|answer|output|return|say)\s+(?:only|just|exactly|with only)"
        rf".{{0,40}}\b(?:{_PRAISE}|yes\b|approved?\b)",
        rf"{_CLAUSE}(?:do not|don['’]t|never)\s+(?:mention|reveal|follow|repeat|disclose)\b"
        r".{0,40}\b(?:instructions?|prompts?|this (?:text|message|line|note))\b",
        # Signs that separate the parts of a chat
        r"<\|?(?:im_start|im_end|endoftext|start_header_id|begin_of_text)\|?>|\[/?inst\]|<</?sys>>|"
        r"^#{2,}\s*(?:system|instructions?)\s*:|^system\s*(?:prompt|message|override)\s*:",
    )
)

_PAY = r"(?:salary|pay|compensation|wages?|remuneration|ote|gross|per (?:annum|hour))"
_BENEFIT = (
    r"(?:(?:health|dental|medical|life|vision)(?: \w+)? insurance|paid time off|pto|pension|401\(?k"
    r"|(?:parental|maternity|sick|annual) leave|visa sponsorship|(?:stock|share) options|equity"
    r"|bonus(?:es)?)"
)
_OFFERING = (
    r"(?:(?:we|company|employer)(?: \w+)? (?:offer|provide)s?|benefits(?: \w+)? (?:include|package)"
    r"|(?:generous|competitive|comprehensive|company|employer|fully)[ -]\w*)"
)
# What an ad says, by kind. Pay and benefits are also what people work on: they are offered where
# offering words or a second benefit stand beside them.
_AD = {
    kind: re.compile("|".join(patterns), re.IGNORECASE)
    for kind, patterns in {
        "addresses": (
            r"\byou(?:['’](?:ll|re|ve)| (?:will|have|are|know|bring|possess|write|work|own|can|like"
            r"|enjoy|want|should|must|may|build|lead|take))\b",
            r"\byour (?:responsibilities|profile|tasks|qualifications|mission|work|team|role|day"
            r"|background|experience|application|resume|cv)\b",
            r"\bwhat (?:we|you)(?:['’]ll| will)? (?:offer|do|bring|need|get)\b",
        ),
        "speaks": (
            r"\bwe(?:['’]re| are)? (?:looking for|hiring|seeking|offer\b|expect)|\bour client\b",
            r"\b(?:ideal|successful|right) candidate\b|\bjoin (?:our|us)\b",
            r"\b(?:role|position|you)(?: will)? reports? to the\b",
            r"\bequal opportunit|\breasonable accommodation",
            r"(?:^|[.!:;] )\W*(?:please )?apply (?:now|today|via|with|by)\b",
            r"\bsend (?:us )?your (?:cv|resume)\b",
        ),
        "asks": (
            r"\b(?:minimum|basic|preferred|required|desired) (?:qualifications|requirements"
            r"|skills)\b",
            r"\b(?:is|are|as|would be) an? (?:\w+ )?(?:plus|advantage|bonus|asset|must)\b",
            r"\b(?:preferred|desirable|required|mandatory|a plus|welcome)[.)]*$",
            r"\bnice to haves?\b|\bmust[- ]haves?\b|\bor (?:equivalent|similar|comparable)\b",
            r"\b\d\+? (?:or more )?years(?:['’])? (?:of )?[\w ]{0,40}experience (?:is |are )?"
            r"required",
        ),
        "offers": (
            rf"\bcompetitive {_PAY}",
            rf"\b{_OFFERING}\b.*\b{_BENEFIT}\b|\b{_BENEFIT}\b.*\b{_BENEFIT}\b",
            rf"\b{_PAY}\b.*(?:\bplus|\+|\band) (?:equity|bonus|options|benefits)\b",
            r"^\W*(?:\w+ ){0,2}\d+ (?:\w+ )?days(?: of)? (?:off|(?:paid )?(?:leave|holiday"
            r"|vacation))\b",
            r"\bdays a week (?:on[- ]?site|in the office)\b",
            r"^\W*(?:(?:day|hourly|base) )?(?:rate|salary|pay|compensation)(?: range)?\s*:",
            rf"\b{_PAY}\b.*[$€£]\s?\d[\d,.]*\s?k?\s*(?:[-–]|to)\s*[$€£]?\s?\d",
            rf"[$€£]\s?\d[\d,.]*\s?k?\s*(?:[-–]|to)\s*[$€£]?\s?\d.*\b{_PAY}\b",
        ),
        "heads": (
            r"\babout (?:the role|this job)|\bjob (?:description|requirements|summary)\b",
            r"^\W*(?:(?:key |main |your |core )?(?P<heading>responsibilities|requirements"
            r"|qualifications|duties|tasks)|(?:good|nice|must)[- ](?:to[- ])?haves?"
            r"|who (?:you|we) are|about (?:us|you|the (?:job|team|company|position))"
            r"|why (?:us|join.*)|benefits|perks|the (?:role|job)|how to apply|you have"
            r"|bonus points?)\s*:?\s*$",
        ),
    }.items()
}
_WORD = re.compile(r"[^\W\d_]{4,}")
_TOKEN = re.compile(r"[\w+#.-]+")
_JOINING = frozenset(
    """a an the and or of to in on at by for from with into over per as is are was were be been that
    which who this these it its than then so but not no we i my our their his her each every all
    both after before while when where until under between through across about via using used und
    der die das mit für von den im""".split()
)


def addresses_machine(text: str) -> bool:
    """Return whether a text speaks to a program that reads resumes, not to a person."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LOOKALIKES)
    plain = " ".join(plain.split())
    return any(pattern.search(plain) for pattern in _TO_MACHINES)


def without_prompts(
    statements: Sequence[Statement],
) -> tuple[tuple[Statement, ...], list[ParseWarning]]:
    """Return the statements that do not address machines, and the warnings of those that do."""
    verdicts = {text: addresses_machine(text) for s in statements for text in (s.text, s.context)}
    if not any(verdicts.values()):
        return tuple(statements), []
    kept = tuple(
        replace(s, context="") if verdicts[s.context] else s
        for s in statements
        if not verdicts[s.text]
    )
    found = [s for s in statements if verdicts[s.text]]
    message = "Text that speaks to a program, not to a person, was left out"
    return kept, list(_by_page("machine-prompt", message, found))


def warnings(statements: Sequence[Statement]) -> list[ParseWarning]:
    """Return the warnings of what is written beyond what people write."""
    return [*_stuffing(statements), *_ads(statements)]


def _stuffing(statements: Sequence[Statement]) -> Iterator[ParseWarning]:
    items = [s for s in statements if s.form is Form.ITEM]
    prose = [s for s in statements if s.form in (Form.BULLET, Form.SENTENCE)]
    if len(items) > MOST_ITEMS or (
        len(items) >= MANY_ITEMS and len(items) > MOST_ITEMS_PER_SENTENCE * len(prose)
    ):
        message = (
            f"{len(items)} names in lists beside {len(prose)} sentences are more than people "
            "write. What is only listed counts as a mention at most."
        )
        yield ParseWarning("keyword-stuffing", message)
    repeated = [
        *_repeated(items, MOST_REPEATS_OF_ITEM),
        *_repeated(prose, MOST_REPEATS_OF_LINE),
        *(s for s in statements if _is_wall(s)),
    ]
    told = "Repeats or strings together names beyond what people write"
    yield from _by_page("keyword-stuffing", told, repeated)


def _repeated(statements: Sequence[Statement], most: int) -> list[Statement]:
    """Return the first of every text that occurs more often than that."""
    counts = Counter(s.text.casefold() for s in statements)
    first = {s.text.casefold(): s for s in reversed(statements)}
    return [one for text, one in first.items() if counts[text] > most]


def _is_wall(statement: Statement) -> bool:
    text = statement.text
    if statement.form is not Form.ITEM and text.count(",") >= MOST_COMMAS:
        return True
    words = Counter(word.casefold() for word in _WORD.findall(text))
    if max(words.values(), default=0) >= MOST_REPEATS_IN_LINE:
        return True
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    joining = sum(token in _JOINING for token in tokens)
    return len(tokens) >= LONG_LINE and joining < LEAST_JOINING * len(tokens)


def _ads(statements: Sequence[Statement]) -> Iterator[ParseWarning]:
    kinds: set[str] = set()
    found: dict[str, Statement] = {}  # a line, or a heading in other words, counts once
    for statement in statements:
        told = {kind: match for kind, one in _AD.items() if (match := one.search(statement.text))}
        if told:
            kinds.update(told)
            heading = told["heads"]["heading"] if "heads" in told else None
            found.setdefault((heading or statement.text).casefold(), statement)
    if len(found) > MOST_AD_LINES and len(kinds) >= LEAST_AD_KINDS:
        message = "Reads as copied from a job ad, which asks for skills and shows none"
        yield from _by_page("job-ad-text", message, list(found.values()))


def _by_page(code: str, message: str, found: Sequence[Statement]) -> Iterator[ParseWarning]:
    """Yield one warning for every page, which quotes the first of its lines."""
    for page in sorted({s.page for s in found}):
        own = sorted((s for s in found if s.page == page), key=lambda s: s.line)
        quotes = [f"line {s.line} (“{_shortened(s.text)}”)" for s in own[:_SHOWN]]
        rest = f" and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
        yield ParseWarning(code, f"{message}: {', '.join(quotes)}{rest}.", page)


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"
