"""What stands under a heading that says nothing, or under none.

It is told by what it is: a line with a job title and a span of dates begins experience, one with a
degree education. Where there is neither, lines that name certificates, or where papers appeared,
are these, and lines that tell what was made are projects. A person's own words for a heading cost
them nothing, and gain them nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gapfit.datamodels import Section
from gapfit.sentences import split_sentences
from gapfit.statements.dates import find_period
from gapfit.statements.entries import is_entry, names_role, tells_deed
from gapfit.statements.flow import MARKER
from gapfit.statements.sections import Kind, Marked

# A job's title and its dates may stand on lines of their own, the employer's between them.
APART = 2
# The share that tells what a run is: of certificates nearly each line names one; of papers a
# sentence each says where; of what was made at least every other line, titles aside, tells a deed.
NAMING_SHARE = 0.6
PRINTED_SHARE = 0.25
MAKING_SHARE = 0.5
TITLE_WORDS = 6
_CERTIFICATE = re.compile(
    r"\b(?:certif\w+|speciali[sz]ation|boot ?camp|master ?class|nanodegree|micromasters|moocs?"
    r"|coursera|udemy|udacity|edx|courses?|zertifi\w+|certificad\w+)\b",
    re.IGNORECASE,
)
# To gain a certificate is no deed of the kind that a project tells.
_GAINED = re.compile(
    r"(?:(?:I|we) )?(?:completed|finished|attended|took|passed|earned|obtained|received|gained"
    r"|achieved|certified)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:ACL|EMNLP|NAACL|EACL|COLING|TACL|ICLR|ICML|NeurIPS|NIPS|AISTATS|AAAI|IJCAI|UAI|COLT|MLSys"
    r"|JMLR|TMLR|CVPR|ICCV|ECCV|KDD|SIGIR|WSDM|RecSys|CIKM|ICASSP|Interspeech|ICRA|CoRL|OSDI|SOSP"
    r"|VLDB|SIGMOD|arXiv|bioRxiv|doi|et al|Springer|Elsevier|Proceedings|Journal of|preprint"
    r"|(?:under|in) (?:review|press)|peer[- ]reviewed)\b"
)
_DEGREE = re.compile(
    r"(?<![\w.])(?:b\.?sc|m\.?sc|ph\.?\s?d|b\.?tech|m\.?tech|mba|ma|ba|bs|ms|beng|meng|hnd|diploma?"
    r"|bachelor(?:['’]?s)?|master(?:['’]?s)?|licen\w+|universit\w+|college)(?![\w])",
    re.IGNORECASE,
)


def resolved(marked: Sequence[Marked]) -> list[Marked]:
    """Return the lines, those of jobs and degrees without a telling heading in their section."""
    return [line for run in _runs(marked) for line in _resolved(run)]


def _runs(marked: Sequence[Marked]) -> Iterator[list[Marked]]:
    """From each heading to the next."""
    run: list[Marked] = []
    for line in marked:
        if line.kind is Kind.HEADING and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _resolved(run: Sequence[Marked]) -> Iterator[Marked]:
    section: Section | None = None
    told = None if any(_begun(run, i) for i in range(len(run))) else _told(run)
    for i, line in enumerate(run):
        if line.kind is not Kind.TEXT or not (line.unknown or line.section is Section.SUMMARY):
            yield line
            continue
        section = _begun(run, i) or section
        if section is None and line.unknown:
            section = told
        yield (
            line
            if section is None
            else replace(line, section=section, unknown=False, preamble=False)
        )


def _told(run: Sequence[Marked]) -> Section | None:
    """The section that the lines of a run without jobs and degrees make together, if any."""
    texts = [line.text for line in run if line.kind is Kind.TEXT and line.unknown]
    named = sum(_names_certificate(MARKER.sub("", text)) for text in texts)
    if texts and named >= NAMING_SHARE * len(texts):
        return Section.CERTIFICATIONS
    parts = list(_parts(texts))
    said = [one for part in parts for one in split_sentences(MARKER.sub("", part))]
    printed = sum(_PAPER.search(one) is not None for one in said)
    if said and printed >= PRINTED_SHARE * len(said):
        return Section.PUBLICATIONS
    if not any(MARKER.match(text) or _is_title(text) for text in texts):
        return None  # prose, as of a summary
    below = [p for p, after in pairwise([*parts, ""]) if not _is_title_of(p, after)]
    made = sum(_tells_deed(part) for part in below)
    return Section.PROJECTS if below and made >= MAKING_SHARE * len(below) else None


def _names_certificate(text: str) -> bool:
    """Return whether a line names a certificate or a course, and not what was done for one."""
    named = _CERTIFICATE.search(text) is not None
    return named and (_GAINED.match(text) is not None or not tells_deed(text))


def _tells_deed(part: str) -> bool:
    return any(tells_deed(one) for one in split_sentences(MARKER.sub("", part)))


def _parts(texts: Sequence[str]) -> Iterator[str]:
    """Join the lines of a run up to where a bullet begins or a title ends."""
    part: list[str] = []
    for text in texts:
        if part and (MARKER.match(text) or _is_title(part[-1])):
            yield " ".join(part)
            part = []
        part.append(text)
    if part:
        yield " ".join(part)


def _is_title_of(part: str, after: str) -> bool:
    """Return whether a part is the title of the one after it: in a list each is as short."""
    return _is_title(part) and not tells_deed(part) and after != "" and not _is_title(after)


def _is_title(text: str) -> bool:
    """Return whether a line is short and no sentence, nor the end of one."""
    return (
        text[:1].isupper() and len(text.split()) <= TITLE_WORDS and not text.rstrip().endswith(".")
    )


def _begun(run: Sequence[Marked], at: int) -> Section | None:
    """The section that an entry on this line begins; None where none does."""
    text = run[at].text
    if MARKER.match(text) or text.rstrip().endswith(".") or not names_role(text):
        return None
    near = [line.text for line in run[at : at + 1 + APART] if line.kind is Kind.TEXT]
    dated = [t for t in near if (p := find_period(t)) is not None and p.end is not None]
    if (
        not dated
        or not is_entry(dated[0], Section.EXPERIENCE)
        or not is_entry(text, Section.EXPERIENCE)
    ):
        return None
    return Section.EDUCATION if _DEGREE.search(text) else Section.EXPERIENCE
