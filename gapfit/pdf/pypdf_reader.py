"""The first reader: glyphs and their places, through pypdf.

pypdf parses the file, decrypts it and decodes its fonts (``fonts``); where each glyph stands is
worked out here, because pypdf's own text joins words in files that set gaps without space
characters (XeTeX, LuaTeX). The operators are those of ISO 32000-1, 9.4.
"""

from __future__ import annotations

import io
import logging
import math
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from gapfit.pdf import layers
from gapfit.pdf.brush import Brush
from gapfit.pdf.fonts import FontFace, load_font
from gapfit.pdf.glyphs import Box, RawGlyph, RawMark, RawPage
from gapfit.pdf.matrices import IDENTITY, Matrix, matrix, multiply
from gapfit.pdf.paper import Ink, Paper
from gapfit.pdf.shapes import PAINT, PATH, Outline, marker
from gapfit.pdf.source import EncryptedError, OverLimitError, Source

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# A form inside a form inside a form ... : deeper than this is a loop or an attack.
MAX_FORM_DEPTH = 12
MAX_FORMS_PER_PAGE = 2_000
# No resume page needs more; a page that does is cut off rather than read for minutes.
MAX_GLYPHS_PER_PAGE = 60_000
MAX_OPERATIONS_PER_PAGE = 400_000

# Bytes that one stream may unpack to. Content takes some 100 KB a page, a font's map less.
MAX_UNPACKED = 32 << 20
# The page tree is gone through as a whole before the first page is read.
MAX_PAGES_LISTED = 10_000
LIMITS: dict[str, Any] = {
    "array_based_stream_maximum_output_length": MAX_UNPACKED,
    "lzw_maximum_output_length": MAX_UNPACKED,
    "run_length_maximum_output_length": MAX_UNPACKED,
    "zlib_maximum_output_length": MAX_UNPACKED,
    "stream_decoding_work_maximum_length": 3 * MAX_UNPACKED,
    "stream_parsing_work_maximum_count": 3 * MAX_OPERATIONS_PER_PAGE,
    "page_tree_maximum_entries": MAX_PAGES_LISTED,
    "page_tree_maximum_page_entries": 40 * MAX_PAGES_LISTED,
    "jbig2dec_binary": None,  # no other program is ever started
}


def read_pages(data: bytes, max_pages: int) -> Source:
    """Return the first ``max_pages`` pages as glyphs.

    Raises EncryptedError when a password is needed, OverLimitError when the file is beyond all
    measure; anything else pypdf raises on a malformed file passes through, for the caller to try
    another reader.
    """
    from pypdf import apply_configuration
    from pypdf.errors import LimitReachedError

    try:
        with _quiet_pypdf(), apply_configuration(**LIMITS):
            return _read(data, max_pages)
    except LimitReachedError as error:
        raise OverLimitError(str(error)) from error


def _read(data: bytes, max_pages: int) -> Source:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    unlocked = False
    if reader.is_encrypted:
        if not reader.decrypt(""):
            raise EncryptedError
        unlocked = True
    total = len(reader.pages)
    fonts: dict[int, FontFace] = {}
    off = layers.switched_off(reader)
    pages = [_read_page(reader, i, fonts, off) for i in range(min(total, max_pages))]
    return Source(tuple(pages), total, unlocked)


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """Keep pypdf's warnings to itself: what matters of them is told through the document."""
    logger = logging.getLogger("pypdf")  # every module of pypdf logs to a child of this one
    silence, propagated = logging.NullHandler(), logger.propagate
    logger.addHandler(silence)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = propagated
        logger.removeHandler(silence)


def _read_page(
    reader: PdfReader, index: int, fonts: dict[int, FontFace], off: frozenset[int]
) -> RawPage:
    """Read one page; a page that breaks the parser keeps the glyphs read before it broke."""
    from pypdf.errors import LimitReachedError

    box = (0.0, 0.0, 612.0, 792.0)
    interpreter = Interpreter(reader, fonts, off)
    failed = cut = False
    try:
        page = reader.pages[index]
        box = _box(page)
        interpreter.run_page(page)
    except LimitReachedError:
        failed = cut = True
    except Exception:  # pypdf raises TypeError, AssertionError, RecursionError, ... here
        failed = True
    glyphs = interpreter.seen(box)
    cut = cut or interpreter.cut
    marks, images, unread = interpreter.marks, interpreter.images, interpreter.unread
    return RawPage(box, glyphs, marks, images, unread, failed, cut)


def _box(page: PageObject) -> tuple[float, float, float, float]:
    box = page.cropbox
    left, bottom, right, top = (float(v) for v in (box.left, box.bottom, box.right, box.top))
    if right - left < 1 or top - bottom < 1:
        return (0.0, 0.0, 612.0, 792.0)
    return left, bottom, right, top


@dataclass(slots=True)
class TextState:
    """The part of the graphics state that places text and paints it (ISO 32000-1, 8.4, 9.3)."""

    ctm: Matrix = IDENTITY
    font: FontFace | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    brush: Brush = Brush.NEW

    def copy(self) -> TextState:
        """Return an independent copy, for the ``q`` operator."""
        return TextState(
            self.ctm, self.font, self.size, self.char_space, self.word_space,
            self.stretch, self.leading, self.rise, self.mode, self.brush,
        )  # fmt: skip


class Interpreter:
    """Runs content streams and collects the glyphs they draw."""

    def __init__(
        self, reader: PdfReader, fonts: dict[int, FontFace], off: frozenset[int] = frozenset()
    ) -> None:
        """``off`` are the optional content groups that are not shown; see ``layers``."""
        self.glyphs: list[RawGlyph] = []
        self.marks: list[RawMark] = []
        self.images: list[Box] = []
        self.cut = False
        self.unread = False  # text was shown that gave no glyph
        self._inks: list[Ink] = []
        self._ink: Ink | None = None
        self._paper = Paper()
        self._layers = layers.Stack(off)
        self._clip_next = b""
        self._outline = Outline()
        self._reader = reader
        self._fonts = fonts
        self._state = TextState()
        self._stack: list[TextState] = []
        self._line: Matrix = IDENTITY
        self._text: Matrix = IDENTITY
        self._operations = 0
        self._forms = 0

    def run_page(self, page: PageObject) -> None:
        """Collect the glyphs of a page and of its forms."""
        contents = page.get("/Contents")
        if contents is not None:
            resources = page.get_inherited("/Resources")
            self._run(contents, resources.get_object() if resources else {}, 0)

    def seen(self, box: Box) -> list[RawGlyph]:
        """Return the glyphs, each with why it is hidden on a page of which ``box`` is shown."""
        hides = self._paper.hides
        found: list[RawGlyph] = []
        start = 0
        for ink in self._inks:
            end = bisect_right(self.glyphs, ink.order, start, key=attrgetter("run"))
            run = self.glyphs[start:end]
            start = end
            if self._paper.shows_all(run, ink, box):
                found += run
                continue
            colour = ink.paints[0][0] if ink.paints else None
            found += (g._replace(hidden=hides(g, ink, box), colour=colour) for g in run)
        return found

    def _run(self, contents: Any, resources: Any, depth: int) -> None:
        from pypdf.generic import ContentStream

        stream = ContentStream(contents.get_object(), self._reader, "bytes")
        for operands, operator in stream.operations:
            self._operations += 1
            if self._operations > MAX_OPERATIONS_PER_PAGE or len(self.glyphs) > MAX_GLYPHS_PER_PAGE:
                self.cut = True
                return
            try:
                self._execute(operator, operands, resources, depth)
            except (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError):
                self.unread = self.unread or operator in SHOW
                continue  # one malformed operator; viewers skip it too

    def _execute(self, operator: bytes, operands: Any, resources: Any, depth: int) -> None:
        if operator in SHOW:
            self._show_operator(operator, operands)
        elif operator in PATH:
            self._outline.extend(operator, operands, self._state.ctm)
        elif operator in PAINT:
            self._paint(operator)
        elif operator in (b"W", b"W*"):
            self._clip_next = operator
        elif operator in MOVE:
            self._move(operator, operands)
        elif operator == b"Tf":
            self._state.font = self._font(resources, operands[0])
            self._state.size = float(operands[1])
        elif operator in Brush.OPERATORS:
            self._state.brush = self._state.brush.dipped(operator, operands, resources)
        elif operator == b"Tr":
            self._state.mode = int(operands[0])
        elif operator in PARAMETERS:
            name, factor = PARAMETERS[operator]
            setattr(self._state, name, float(operands[0]) * factor)
        elif operator == b"cm":
            self._state.ctm = multiply(matrix(operands), self._state.ctm)
        elif operator == b"q":
            self._stack.append(self._state.copy())
        elif operator == b"Q" and self._stack:
            self._state = self._stack.pop()
        elif operator == b"Do":
            self._draw(resources, operands[0], depth)
        elif operator == b"INLINE IMAGE":
            stencil = operands["settings"].get("/IM", operands["settings"].get("/ImageMask"))
            self._picture(opaque=not stencil)
        elif operator in layers.OPERATORS:
            self._layers.execute(operator, operands, resources)
        elif operator == b"sh":
            self._paper.paint(self._state.brush.shading(self._paper.next()))

    def _paint(self, operator: bytes) -> None:
        parts = self._outline.end()
        clip, self._clip_next = self._clip_next, b""
        if not parts:
            return
        brush, ctm = self._state.brush, self._state.ctm
        if not self._layers.off:
            for area in brush.areas(operator, parts, ctm, self._paper):
                self._paper.paint(area)
            if PAINT[operator] and (mark := marker(parts)) is not None:
                self.marks.append(mark)
        if clip:
            self._state.brush = brush.clipped(parts)

    def _picture(self, *, opaque: bool) -> None:
        if self._layers.off:
            return
        area = self._state.brush.image(self._state.ctm, self._paper.next(), opaque=opaque)
        self.images.append(area.box)
        self._paper.paint(area)

    def _move(self, operator: bytes, operands: Any) -> None:
        if operator == b"BT":
            self._line = self._text = IDENTITY
        elif operator == b"Tm":
            self._line = self._text = matrix(operands)
        elif operator == b"T*":
            self._next_line(0.0, -self._state.leading)
        else:
            dx, dy = float(operands[0]), float(operands[1])
            if operator == b"TD":
                self._state.leading = -dy
            self._next_line(dx, dy)

    def _next_line(self, dx: float, dy: float) -> None:
        self._line = self._text = multiply((1.0, 0.0, 0.0, 1.0, dx, dy), self._line)

    def _show_operator(self, operator: bytes, operands: Any) -> None:
        self._ink = None
        if operator == b"TJ":
            for item in operands[0]:
                if isinstance(item, (bytes, str)):
                    self._show(_as_bytes(item))
                else:
                    state = self._state
                    self._advance(-float(item) * 0.001 * state.size * state.stretch)
            return
        if operator == b'"':
            self._state.word_space = float(operands[0])
            self._state.char_space = float(operands[1])
        if operator in (b"'", b'"'):
            self._next_line(0.0, -self._state.leading)
        self._show(_as_bytes(operands[-1]))

    def _show(self, raw: bytes) -> None:
        state = self._state
        if state.font is None:
            self.unread = self.unread or bool(raw)
            return
        before = len(self.glyphs)
        a, b, c, d, e, f = multiply(self._text, state.ctm)
        e, f = e + c * state.rise, f + d * state.rise
        size = abs(state.size) * math.hypot(c, d)
        angle = math.degrees(math.atan2(b, a))
        if self._ink is None:
            tall = max(math.hypot(c, d), 1e-9)
            self._ink = self._dipped(math.hypot(a, b) * abs(state.stretch) / tall)
            self._inks.append(self._ink)
        ink = self._ink
        x = 0.0
        for text, width, is_space in state.font.decode(raw):
            end = x + width * state.size * state.stretch
            if text and text != "\x00":
                self.glyphs.append(
                    RawGlyph(
                        text, e + a * x, f + b * x, e + a * end, f + b * end,
                        size, state.font.bold, angle, "", ink.order,
                    )
                )  # fmt: skip
            spacing = state.char_space + (state.word_space if is_space else 0.0)
            x = end + spacing * state.stretch
        self.unread = self.unread or (len(self.glyphs) == before and bool(raw))
        self._advance(x)

    def _dipped(self, stretch: float) -> Ink:
        brush = self._state.brush
        return Ink(
            self._paper.next(), brush.paints(self._state.mode), brush.clip,
            self._layers.off, stretch, brush.masked,
        )  # fmt: skip

    def _advance(self, dx: float) -> None:
        self._text = multiply((1.0, 0.0, 0.0, 1.0, dx, 0.0), self._text)

    def _font(self, resources: Any, name: str) -> FontFace | None:
        resource = resources["/Font"].get_object()[name].get_object()
        key = id(resource)
        if key not in self._fonts:
            self._fonts[key] = load_font(resource)
        return self._fonts[key]

    def _draw(self, resources: Any, name: str, depth: int) -> None:
        form = resources["/XObject"].get_object()[name].get_object()
        if form.get("/Subtype") == "/Image":
            if not self._layers.hides(form):
                see_through = any(key in form for key in ("/SMask", "/Mask", "/ImageMask"))
                self._picture(opaque=not see_through)
            return
        if form.get("/Subtype") != "/Form":
            return
        self._forms += 1
        if depth >= MAX_FORM_DEPTH or self._forms > MAX_FORMS_PER_PAGE:
            self.cut = True
            return
        outer, stack, line, text = self._state.copy(), self._stack, self._line, self._text
        self._stack = []
        self._layers.enter(form)
        self._state.brush = self._state.brush.inside(form)
        if "/Matrix" in form:
            self._state.ctm = multiply(matrix(form["/Matrix"]), self._state.ctm)
        own = form.get("/Resources")
        try:
            self._run(form, own.get_object() if own is not None else resources, depth + 1)
        finally:
            self._layers.leave()
            self._state, self._stack, self._line, self._text = outer, stack, line, text


SHOW = frozenset({b"Tj", b"TJ", b"'", b'"'})
MOVE = frozenset({b"BT", b"Td", b"TD", b"Tm", b"T*"})
PARAMETERS = {
    b"Tc": ("char_space", 1.0),
    b"Tw": ("word_space", 1.0),
    b"Tz": ("stretch", 0.01),
    b"TL": ("leading", 1.0),
    b"Ts": ("rise", 1.0),
}


def _as_bytes(item: Any) -> bytes:
    if isinstance(item, bytes):
        return bytes(item)
    original = getattr(item, "original_bytes", None)
    return original if isinstance(original, bytes) else str(item).encode("latin-1", "replace")
