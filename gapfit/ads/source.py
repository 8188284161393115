"""Bytes or pages to numbered lines of plain text; HTML and Markdown are made plain.

A list entry starts with "• ", a heading that its markup shows as one with "# ", and any other line
that is indented with ``INDENT``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from gapfit.datamodels import Page
from gapfit.errors import UnreadableInput
from gapfit.wording import count

# No ad is as long; what is, is something else. A saved page has many times its text in markup.
MOST_BYTES = 8 << 20
MOST_CHARACTERS = 100_000

INDENT = "  "

# Patterns take their time on longer lines; nobody reads them either.
_LONGEST_LINE = 2_000

_LEAST_LETTERS = 40
_TAGS = re.compile(r"<(?:/?(?:p|li|ul|ol|div|br|h[1-6]|span|strong|b|table|tr|td)\b[^>]*)>", re.I)
_FEWEST_TAGS = 4  # a pasted page has many; an ad about HTML names one or two

_BULLET = re.compile(r"^\s*(?:[-*+•·●○▪▸►◦‣∙–—✓✔➢➤]|\\-|\(?\d{1,2}[.)]|o(?=\s{2,}))\s+(?=\S)")
_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]+")
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*(.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ESCAPED = re.compile(r"\\([-\\`*_{}\[\]()#+.!&|~<>])")


@dataclass(frozen=True, slots=True)
class Source:
    """The numbered lines of an ad, from 1; ``marked`` says that its markup shows the headings."""

    lines: tuple[tuple[int, str], ...]
    marked: bool = False


def from_bytes(data: bytes, source: str) -> Source:
    """Return the lines of a text, Markdown or HTML file. Raises UnreadableInput."""
    if len(data) > MOST_BYTES:
        raise UnreadableInput(
            "too-large",
            f"{source}: is over {MOST_BYTES >> 20} MiB, too large for a job ad. Give the text of "
            "one ad.",
        )
    text = _decoded(data, source)
    is_html = len(_TAGS.findall(text)) >= _FEWEST_TAGS
    lines = _html_lines(text) if is_html else list(enumerate(_split(text), start=1))
    return _checked(Source(tuple(_plain(lines)), is_html), source)


def from_pages(pages: Iterable[Page], source: str) -> Source:
    """Return the lines of a PDF's pages, numbered through. Raises UnreadableInput."""
    texts = (line.text.replace("\t", "  ") for page in pages for line in page.lines)
    return _checked(Source(tuple(_plain(list(enumerate(texts, start=1))))), source)


def _checked(found: Source, source: str) -> Source:
    characters = sum(len(line) for _, line in found.lines)
    if characters > MOST_CHARACTERS:
        raise UnreadableInput(
            "too-large",
            f"{source}: holds {characters:,} characters, too many for a job ad. Give the text of "
            "one ad.",
        )
    letters = sum(c.isalpha() for _, line in found.lines for c in line)
    if not letters:
        raise UnreadableInput(
            "no-text", f"{source}: is empty. Give the text of a job ad, or - to paste it."
        )
    if letters < _LEAST_LETTERS:
        raise UnreadableInput(
            "no-text",
            f"{source}: holds only {count(letters, 'letter')}, too few for a job ad. Give its "
            "whole text.",
        )
    return found


def _decoded(data: bytes, source: str) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data[:4096]:
        raise UnreadableInput(
            "not-text",
            f"{source}: is neither text nor a PDF. Give the ad as PDF, text, Markdown or HTML.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _split(text: str) -> list[str]:
    return re.split(r"\r\n|[\r\n\u2028\u2029\x0b\x0c]", text)


def _plain(lines: Iterable[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    """Take the markup off each line, keeping what it says of bullets and headings."""
    for number, raw in ((number, piece) for number, line in lines for piece in _pieces(line)):
        text = _ESCAPED.sub(r"\1", _LINK.sub(r"\1", raw.expandtabs(4)))
        bullet = _BULLET.match(text)
        if bullet:
            text = text[bullet.end() :]
        heading = None if bullet else _MARKDOWN_HEADING.match(text) or _BOLD_LINE.match(text)
        if heading:
            text = heading[1]
        text = re.sub(r"\s+", " ", _EMOJI.sub(" ", _EMPHASIS.sub("", text))).strip()
        indented = INDENT if raw.startswith(INDENT) else ""
        mark = "• " if bullet else "# " if heading else indented
        yield number, mark + text if text else ""


def _pieces(line: str) -> Iterator[str]:
    """A line in pieces of bearable length, cut behind a sentence or at least between words."""
    while len(line) > _LONGEST_LINE:
        cut = max(line.rfind(". ", 0, _LONGEST_LINE) + 1, 0) or line.rfind(" ", 0, _LONGEST_LINE)
        cut = cut if cut > 0 else _LONGEST_LINE
        yield line[:cut]
        line = line[cut:]
    yield line


def _html_lines(text: str) -> list[tuple[int, str]]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    """Collects the text of a page by block, with the line each block starts on."""

    _BLOCKS = frozenset(
        """p div li ul ol br h1 h2 h3 h4 h5 h6 tr td table section article header footer title
        blockquote dt dd""".split()
    )
    _SILENT = frozenset("script style head noscript svg nav".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []
        self._words: list[str] = []
        self._start = 0
        self._mark = ""
        self._bold = True  # whether all of the block so far is bold
        self._depth = 0  # of bold elements
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        if tag in self._BLOCKS:
            self._flush()
            self._mark = "- " if tag == "li" else "# " if re.fullmatch(r"h[1-6]", tag) else ""
        if tag in ("b", "strong"):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in self._BLOCKS:
            self._flush()
        if tag in ("b", "strong"):
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if data.strip():
            if not self._words:
                self._start = self.getpos()[0]
            self._bold = self._bold and self._depth > 0
        self._words.append(data)

    def finished(self) -> list[tuple[int, str]]:
        self._flush()
        return self._lines

    def _flush(self) -> None:
        text = " ".join("".join(self._words).split())
        if text:
            mark = self._mark or ("# " if self._bold else "")
            # Blocks stand apart, so that nothing is taken for a wrapped line.
            self._lines += [(self._start, mark + text), (self._start, "")]
        self._words, self._bold, self._mark = [], True, ""
