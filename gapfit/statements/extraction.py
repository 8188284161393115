"""extract() and from_lines(): lines -> statements with their place, section and context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gapfit.datamodels import Document, Form, Period, Resume, Section, Statement
from gapfit.statements import contacts
from gapfit.statements.dates import find_period
from gapfit.statements.entries import entry_text, is_entry, names_role
from gapfit.statements.flow import MARKER, Block, Placed, blocks, place
from gapfit.statements.sections import Kind, Marked, mark
from gapfit.statements.sentences import split_sentences
from gapfit.statements.skill_lists import is_list, is_tool_label, split_items, split_label

# A bullet longer than this is read sentence by sentence: one vector would blur it.
MAX_BULLET_WORDS = 60
# A short line of a skills section without separators is one skill.
MAX_SINGLE_ITEM_WORDS = 5


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
    statements = tuple(_statements(mark(place(document))))
    return Resume(statements, len(document.pages), "und", document.warnings)


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
    if section is Section.SKILLS:
        yield from _skills(blocks(lines, [False] * len(lines)))
        return
    entries = [
        not MARKER.match(p.line.text) and is_entry(p.line.text, section, bold=p.line.bold)
        for p in lines
    ]
    yield from _prose(lines, entries, section, preamble)


def _prose(
    lines: Sequence[Placed], entries: Sequence[bool], section: Section, preamble: bool
) -> Iterator[Statement]:
    is_entry_line = {(p.page, p.line.number) for p, e in zip(lines, entries, strict=True) if e}
    entry = Entry()
    group: list[Placed] = []
    for block in blocks(lines, entries):
        if (block.first.page, block.first.line.number) in is_entry_line:
            if group and _begins_entry(group, block.first):
                entry, statement = _close(group, section)
                yield from statement
                group = []
            group.append(block.first)
            continue
        if group:
            entry, statement = _close(group, section)
            yield from statement
            group = []
        yield from _block(block, section, entry, preamble)
    if group:
        yield from _close(group, section)[1]


def _begins_entry(group: Sequence[Placed], line: Placed) -> bool:
    """Return whether an entry line is the next entry's, not one more line of this one."""
    dated = any(find_period(p.line.text) for p in group)
    if not dated:
        return False
    if find_period(line.line.text) is not None:
        return True
    last = group[-1]
    apart = line.line.top - last.line.top > 1.7 * last.line.size
    return last.column != line.column or apart or (line.line.bold and group[0].line.bold)


def _close(group: Sequence[Placed], section: Section) -> tuple[Entry, list[Statement]]:
    """Return the entry a group of lines makes, and its statement if words are left."""
    periods = [period for p in group if (period := find_period(p.line.text)) is not None]
    period = periods[0] if periods else None
    # Templates differ in what they print first; the title comes first here.
    ordered = sorted(group, key=lambda p: not names_role(p.line.text))
    text = ", ".join(part for p in ordered if (part := entry_text(p.line.text)))
    first = group[0]
    if not any(c.isalpha() for c in text):
        return Entry("", period), []
    statement = Statement(
        text, first.page, first.line.number, section, Form.ENTRY, period=period
    )
    return Entry(text, period), [statement]


def _block(
    block: Block, section: Section, entry: Entry, preamble: bool
) -> Iterator[Statement]:
    label, rest = split_label(block.text)
    if rest and is_tool_label(label) and (is_list(rest) or len(rest.split()) <= 3):
        yield from _items(block, section, label, rest)
        return
    if preamble and _is_headline(block):
        text = entry_text(block.text)
        if text:
            yield _statement(block, text, section, Form.ENTRY, Entry())
        return
    text = block.text.replace("\t", " ")
    if not any(c.isalpha() for c in text):
        return
    if block.marked and len(text.split()) <= MAX_BULLET_WORDS:
        yield _statement(block, text, section, Form.BULLET, entry)
        return
    form = Form.BULLET if block.marked else Form.SENTENCE
    for sentence, place in located(block, split_sentences(text)):
        yield replace(
            _statement(block, sentence, section, form, entry),
            page=place.page,
            line=place.line.number,
        )


def _is_headline(block: Block) -> bool:
    words = block.text.split()
    return len(words) <= 14 and not block.text.endswith(".") and not block.marked


def _statement(block: Block, text: str, section: Section, form: Form, entry: Entry) -> Statement:
    first = block.first
    return Statement(
        text, first.page, first.line.number, section, form, entry.text, entry.period
    )


def located(block: Block, parts: Sequence[str]) -> Iterator[tuple[str, Placed]]:
    """Pair each part of a block's text with the line it begins on."""
    starts: list[tuple[int, Placed]] = []
    position = 0
    for line in block.lines:
        starts.append((position, line))
        position += len(line.line.text.replace(" ", "").replace("\t", ""))
    # Joining lines changed spaces and hyphens only; a marker's few characters do not matter.
    done = 0
    for part in parts:
        place = next(line for start, line in reversed(starts) if start <= done)
        yield part, place
        done += len(part.replace(" ", ""))


def _skills(found: Sequence[Block]) -> Iterator[Statement]:
    """Split the blocks of a skills section into items; prose stays prose."""
    heading = ""
    for i, block in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        if _is_list_heading(block, following):
            heading = block.text.strip(" :\t")
            continue
        if block.first.line.bold:
            heading = ""
        label, rest = split_label(block.text)
        if _reads_as_items(rest):
            yield from _items(block, Section.SKILLS, label or heading, rest)
            continue
        form = Form.BULLET if block.marked else Form.SENTENCE
        for text, place in located(block, split_sentences(block.text.replace("\t", " "))):
            if any(c.isalpha() for c in text):
                yield Statement(text, place.page, place.line.number, Section.SKILLS, form, heading)


def _reads_as_items(text: str) -> bool:
    short = len(text.split()) <= MAX_SINGLE_ITEM_WORDS
    return is_list(text) or (short and not text.endswith("."))


def _is_list_heading(block: Block, following: Block | None) -> bool:
    """Return whether a block is a label on a line of its own ("Vector stores" above a list)."""
    text = block.text
    if following is None or block.marked or len(text.split()) > 5 or any(c in text for c in ",;|\t"):
        return False
    if text.endswith(":"):
        return True
    return block.first.line.bold and not following.first.line.bold


def _items(block: Block, section: Section, label: str, text: str) -> Iterator[Statement]:
    for item, place in located(block, split_items(text)):
        if any(c.isalpha() for c in item):
            yield Statement(item, place.page, place.line.number, section, Form.ITEM, label)


def from_lines(lines: Sequence[tuple[str, str]]) -> Resume:
    """Return a resume from (section, text) pairs: each is one statement, page 1, line i + 1.

    Lists of skills are split as in ``extract``. An unknown section counts as ``other``.
    """
    statements: list[Statement] = []
    for number, (name, text) in enumerate(lines, start=1):
        section = Section(name) if name in set(Section) else Section.OTHER
        statements += _from_line(section, text.strip(), number)
    return Resume(tuple(statements), 1, "und")


def _from_line(section: Section, text: str, number: int) -> list[Statement]:
    marker = MARKER.match(text)
    body = text[marker.end() :].strip() if marker else text
    if not any(c.isalpha() for c in body):
        return []
    label, rest = split_label(body)
    listed = section is Section.SKILLS and _reads_as_items(rest)
    if listed or (rest and is_tool_label(label) and is_list(rest)):
        return [
            Statement(item, 1, number, section, Form.ITEM, label) for item in split_items(rest)
        ]
    form = Form.BULLET if marker else Form.SENTENCE
    if not marker and is_entry(body, section):
        form = Form.ENTRY
        body = entry_text(body) or body
    period = find_period(text) if form is Form.ENTRY else None
    return [Statement(body, 1, number, section, form, period=period)]
