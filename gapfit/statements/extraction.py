"""extract() and from_lines(): lines -> statements with their place, section and context."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gapfit.datamodels import (
    Document,
    Form,
    ParseWarning,
    Period,
    Resume,
    Section,
    Statement,
)
from gapfit.sentences import split_sentences
from gapfit.statements import contacts, tricks
from gapfit.statements.dates import find_period
from gapfit.statements.entries import entry_text, is_entry, names_role
from gapfit.statements.flow import (
    LOOSE_MARKER,
    MARKER,
    SOFT_HYPHEN,
    Block,
    Placed,
    blocks,
    place,
)
from gapfit.statements.sections import Kind, Marked, mark
from gapfit.statements.skill_lists import is_list, is_tool_label, split_items, split_label
from gapfit.statements.unheaded import resolved

# A bullet longer than this is read sentence by sentence: one vector would blur it, and the lines
# that the matcher was fitted on are single sentences of this size.
MAX_BULLET_WORDS = 25
# The longest sentence seen in a resume has 350 characters.
MAX_STATEMENT = 2_000
# A short line of a skills section without separators is one skill.
MAX_SINGLE_ITEM_WORDS = 5
# Under a heading of unknown meaning, skills are read as such where this share of lines lists.
LIST_SHARE = 0.6
# Where a date in the text is the statement's own ("AWS certificate, 2023").
DATED_SECTIONS = frozenset({Section.EDUCATION, Section.CERTIFICATIONS, Section.PUBLICATIONS})


@dataclass(frozen=True, slots=True)
class Entry:
    """The job, project or degree the following statements belong to."""

    text: str = ""
    period: Period | None = None


def extract(document: Document) -> Resume:
    """Return a document's statements in reading order.

    Names, contact details and headings are no statements. ``language`` is "und" here; whoever
    joins the stages fills it in. Never raises on a document without usable lines.
    """
    marked = resolved(mark(place(document)))
    statements, warnings = _without_tricks(list(_statements(marked)))
    return Resume(
        statements,
        len(document.pages),
        "und",
        (*document.warnings, *warnings),
        layout=document.pages,
        name=" ".join(dict.fromkeys(line.name for line in marked if line.name)),
    )


def _without_tricks(
    found: Sequence[Statement],
) -> tuple[tuple[Statement, ...], tuple[ParseWarning, ...]]:
    """Return what is said of a person, and the warnings of what is not."""
    cut, warnings = _of_bounded_length(found)
    statements, prompts = tricks.without_prompts(cut)
    return statements, (*warnings, *prompts, *tricks.warnings(statements))


def _of_bounded_length(found: Sequence[Statement]) -> tuple[list[Statement], list[ParseWarning]]:
    """Cut what no sentence is as long as: what is done with one takes more than its length."""
    longest = max((len(text) for s in found for text in (s.text, s.context)), default=0)
    if longest <= MAX_STATEMENT:
        return list(found), []
    cut = [
        replace(s, text=s.text[:MAX_STATEMENT], context=s.context[:MAX_STATEMENT]) for s in found
    ]
    message = (
        f"A sentence of {longest:,} characters was read up to {MAX_STATEMENT:,}; no one writes "
        "such. Look at how the text is divided."
    )
    return cut, [ParseWarning("truncated", message)]


def _statements(marked: Sequence[Marked]) -> Iterator[Statement]:
    """Walk over the runs of text between headings."""
    run: list[Marked] = []
    for line in marked:
        if line.kind is Kind.TEXT and (not run or line.section is run[-1].section):
            run.append(line)
            continue
        yield from _section(run)
        run = [line] if line.kind is Kind.TEXT else []
    yield from _section(run)


def _section(run: Sequence[Marked]) -> Iterator[Statement]:
    if not run:
        return
    lines = [replace(m.placed, line=replace(m.placed.line, text=m.text)) for m in run]
    section, preamble = run[0].section, run[0].preamble
    if section is Section.SKILLS or (run[0].unknown and _are_lists(lines)):
        yield from _skills(lines)
        return

    def begins(p: Placed) -> bool:
        text = p.line.text
        if MARKER.match(text) or is_tool_label(split_label(text)[0]):
            return False
        return is_entry(text, section, bold=p.line.bold)

    yield from _prose(blocks(lines, begins), section, preamble)


def _are_lists(lines: Sequence[Placed]) -> bool:
    """Return whether the lines under an unknown heading are mostly lists of names."""
    lists = 0
    for line in lines:
        _, rest = split_label(MARKER.sub("", line.line.text))
        items = split_items(rest)
        short = all(len(item.split()) <= 3 for item in items)
        named = is_list(rest) or (len(items) == 1 and not rest.endswith("."))
        lists += short and named and find_period(rest) is None
    return lists >= LIST_SHARE * len(lines)


def _only_names(block: Block) -> bool:
    """Return whether a block is a list of names: without a job above it, no more than a list."""
    items = split_items(block.text)
    short = all(len(item.split()) <= 3 and not item[:1].islower() for item in items)
    return not block.marked and _reads_as_items(block.text) and (short or len(items) == 1)


def _prose(found: Sequence[Block], section: Section, preamble: bool) -> Iterator[Statement]:
    entry = Entry()
    group: list[Block] = []
    for block in found:
        if group and contacts.is_place(block.text) and not block.begins and _is_dated(group):
            continue  # where the job was, on a line of its own
        if not block.begins:
            if group:
                entry, statements = _close(group, section)
                yield from statements
                group = []
            yield from _block(block, section, entry, preamble)
            continue
        if group and _begins_entry(group, block):
            entry, statements = _close(group, section)
            yield from statements
            group = []
        group.append(block)
    if group:
        yield from _close(group, section)[1]


def _is_dated(group: Sequence[Block]) -> bool:
    return any(find_period(block.text) is not None for block in group)


def _begins_entry(group: Sequence[Block], block: Block) -> bool:
    """Return whether an entry line is the next entry's, not one more line of this one."""
    if not _is_dated(group):
        return False
    if find_period(block.text) is not None:
        return True
    last, first = group[-1].lines[-1], block.first
    apart = first.line.top - last.line.top > 1.7 * last.line.size
    bold = first.line.bold and group[0].first.line.bold
    second_title = names_role(block.text) and any(names_role(b.text) for b in group)
    return last.column != first.column or apart or bold or second_title


def _close(group: Sequence[Block], section: Section) -> tuple[Entry, list[Statement]]:
    """Return the entry a group of lines makes, and its statement if words are left."""
    periods = [period for b in group if (period := find_period(b.text)) is not None]
    period = periods[0] if periods else None
    # Templates differ in what they print first; the title comes first here.
    ordered = sorted(group, key=lambda b: not names_role(b.text))
    text = ", ".join(part for b in ordered if (part := entry_text(b.text)))
    if not any(c.isalpha() for c in text):
        return Entry("", period), []
    lines = [line for block in group for line in block.lines]
    statement = _placed(text, lines, section, Form.ENTRY, period=period)
    return Entry(text, period), [statement]


def _block(block: Block, section: Section, entry: Entry, preamble: bool) -> Iterator[Statement]:
    label, rest = split_label(block.text)
    if rest and is_tool_label(label) and (is_list(rest) or len(rest.split()) <= 3):
        yield from _items(block, section, label, rest)
        return
    if section is Section.EXPERIENCE and entry.period is None and _only_names(block):
        yield from _items(block, section, entry.text, block.text)
        return
    if preamble and _is_headline(block):
        text = entry_text(block.text)
        if text:
            yield _statement(block, text, section, Form.ENTRY, Entry())
        return
    text = block.text.replace("\t", " ")
    if not any(c.isalpha() for c in text):
        return
    if section in DATED_SECTIONS and entry.period is None:
        entry = replace(entry, period=find_period(text))
    if block.marked and len(text.split()) <= MAX_BULLET_WORDS:
        yield _statement(block, text, section, Form.BULLET, entry)
        return
    form = Form.BULLET if block.marked else Form.SENTENCE
    for sentence, lines in located(block, split_sentences(text)):
        yield _placed(sentence, lines, section, form, entry.text, entry.period)


def _is_headline(block: Block) -> bool:
    words = block.text.split()
    return len(words) <= 14 and not block.text.endswith(".") and not block.marked


def _statement(block: Block, text: str, section: Section, form: Form, entry: Entry) -> Statement:
    return _placed(text, block.lines, section, form, entry.text, entry.period)


def _placed(
    text: str,
    lines: Sequence[Placed],
    section: Section,
    form: Form,
    context: str = "",
    period: Period | None = None,
) -> Statement:
    places = tuple((placed.page, placed.line.number) for placed in lines)
    page, line = places[0]
    return Statement(text, page, line, section, form, context, period, places)


def located(block: Block, parts: Sequence[str]) -> Iterator[tuple[str, tuple[Placed, ...]]]:
    """Pair each part of a block's text with the lines it stands on."""
    # Joining lines changed spaces and hyphens only: without them, text and lines are the same.
    texts = [_solid(line.line.text) for line in block.lines]
    if block.marked:
        texts[0] = MARKER.sub("", texts[0])
    starts = [0, *itertools.accumulate(map(len, texts[:-1]))]
    whole = "".join(texts)
    end = 0
    for part in parts:
        letters = _solid(part)
        begin = max(whole.find(letters, end), end)  # labels and commas stand between
        end = begin + len(letters)
        first = max(i for i, start in enumerate(starts) if start <= begin)
        last = max(i for i, start in enumerate(starts) if i <= first or start < end)
        yield part, block.lines[first : last + 1]


def _solid(text: str) -> str:
    return "".join(text.split()).replace(SOFT_HYPHEN, "")


def _skills(lines: Sequence[Placed]) -> Iterator[Statement]:
    """Split the lines of a skills section into items; prose stays prose."""
    heading = ""
    found = blocks(lines, _has_label, wrapped=_is_wrapped(lines), titles=False)
    for i, block in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        if _is_list_heading(block, following):
            heading = block.text.strip(" :\t")
            continue
        label, rest = split_label(block.text)
        if _reads_as_items(rest):
            yield from _items(block, Section.SKILLS, label or heading, rest)
            continue
        form = Form.BULLET if block.marked else Form.SENTENCE
        for text, lines in located(block, split_sentences(block.text.replace("\t", " "))):
            if any(c.isalpha() for c in text):
                yield _placed(text, lines, Section.SKILLS, form, heading)


def _has_label(placed: Placed) -> bool:
    return split_label(placed.line.text)[0] != ""


def _is_wrapped(lines: Sequence[Placed]) -> bool:
    """Return whether lists run over line ends here.

    Where none of three or more unlabelled lines ends in a comma, every line is a list of its
    own; a list wrapped over that many lines would break after a comma at least once. The same
    holds where every line is one short name.
    """
    texts = [p.line.text for p in lines]
    if all(len(split_items(t)) == 1 and len(t.split()) <= MAX_SINGLE_ITEM_WORDS for t in texts):
        return False
    if len(texts) < 3 or any(_has_label(p) for p in lines):
        return True
    return any(text.endswith((",", ";", "|", "·", "•", "&")) for text in texts) or not any(
        is_list(text) for text in texts
    )


def _reads_as_items(text: str) -> bool:
    short = len(text.split()) <= MAX_SINGLE_ITEM_WORDS
    return is_list(text) or (short and not text.endswith("."))


def _is_list_heading(block: Block, following: Block | None) -> bool:
    """Return whether a block is a label on a line of its own ("Vector stores" above a list)."""
    text = block.text
    if (
        following is None
        or block.marked
        or len(text.split()) > 5
        or any(c in text for c in ",;|\t")
    ):
        return False
    if text.endswith(":"):
        return True
    return block.first.line.bold and not following.first.line.bold


def _items(block: Block, section: Section, label: str, text: str) -> Iterator[Statement]:
    for item, lines in located(block, split_items(text)):
        if any(c.isalpha() for c in item):
            yield _placed(item, lines, section, Form.ITEM, label)


def from_lines(lines: Sequence[tuple[str, str]]) -> Resume:
    """Return a resume from (section, text) pairs: each is one statement, page 1, line i + 1.

    Lists of skills are split as in ``extract``. An unknown section counts as ``other``.
    """
    statements: list[Statement] = []
    for number, (name, text) in enumerate(lines, start=1):
        section = Section(name) if name in set(Section) else Section.OTHER
        statements += _from_line(section, text.strip(), number)
    kept, warnings = _without_tricks(statements)
    return Resume(kept, 1, "und", warnings)


def _from_line(section: Section, text: str, number: int) -> list[Statement]:
    marker = LOOSE_MARKER.match(text)
    body = text[marker.end() :].strip() if marker else text
    if not any(c.isalpha() for c in body):
        return []
    label, rest = split_label(body)
    listed = section is Section.SKILLS and _reads_as_items(rest)
    if listed or (rest and is_tool_label(label) and is_list(rest)):
        return [Statement(item, 1, number, section, Form.ITEM, label) for item in split_items(rest)]
    form = Form.BULLET if marker else Form.SENTENCE
    if not marker and is_entry(body, section):
        form = Form.ENTRY
        body = entry_text(body) or body
    period = find_period(text) if form is Form.ENTRY else None
    return [Statement(body, 1, number, section, form, period=period)]
