"""The first reader: glyphs and their places, through pypdf.

pypdf parses the file, decrypts it and decodes its fonts; where each glyph stands is worked
out here, because pypdf's own text joins words in files that set gaps without space
characters (XeTeX, LuaTeX). The operators are those of ISO 32000-1, 9.4.
"""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapfit.pdf.glyphs import RawGlyph, RawMark, RawPage
from gapfit.pdf.matrices import IDENTITY, Matrix, matrix, multiply
from gapfit.pdf.shapes import PAINT, PATH, Outline
from gapfit.pdf.source import EncryptedError, Source

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# A form inside a form inside a form ... : deeper than this is a loop or an attack.
MAX_FORM_DEPTH = 12
# No resume page needs more; a page that does is cut off rather than read for minutes.
MAX_GLYPHS_PER_PAGE = 60_000
MAX_OPERATIONS_PER_PAGE = 400_000

BOLD_NAMES = ("bold", "black", "heavy", "semib", "demi", "cmbx", "-bd", "medi")


def read_pages(data: bytes, max_pages: int) -> Source:
    """Return the first ``max_pages`` pages as glyphs.

    Raises EncryptedError when a password is needed; anything else pypdf raises on a malformed
    file passes through, for the caller to try another reader.
    """
    from pypdf import PdfReader

    with _quiet_pypdf():
        reader = PdfReader(io.BytesIO(data), strict=False)
        unlocked = False
        if reader.is_encrypted:
            if not reader.decrypt(""):
                raise EncryptedError
            unlocked = True
        total = len(reader.pages)
        fonts: dict[int, FontFace] = {}
        pages = [_read_page(reader, i, fonts) for i in range(min(total, max_pages))]
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


def _read_page(reader: PdfReader, index: int, fonts: dict[int, FontFace]) -> RawPage:
    """Read one page; a page that breaks the parser keeps the glyphs read before it broke."""
    box = (0.0, 0.0, 612.0, 792.0)
    interpreter = Interpreter(reader, fonts)
    failed = False
    try:
        page = reader.pages[index]
        box = _box(page)
        interpreter.run_page(page)
    except Exception:  # pypdf raises TypeError, AssertionError, RecursionError, ... here
        failed = True
    return RawPage(box, interpreter.glyphs, interpreter.marks, interpreter.has_image, failed)


def _box(page: PageObject) -> tuple[float, float, float, float]:
    box = page.cropbox
    left, bottom, right, top = (float(v) for v in (box.left, box.bottom, box.right, box.top))
    if right - left < 1 or top - bottom < 1:
        return (0.0, 0.0, 612.0, 792.0)
    return left, bottom, right, top


@dataclass(slots=True)
class FontFace:
    """What is needed of a font: code -> (text, width in text space units), and its weight."""

    two_byte: bool
    encoding: str | dict[int, str]
    characters: dict[Any, Any]
    widths: dict[str, float]
    default_width: float
    scale: float
    bold: bool
    readable: bool

    def decode(self, raw: bytes) -> Iterator[tuple[str, float, bool]]:
        """Yield text, advance (in ems) and whether word spacing applies, for every code."""
        if isinstance(self.encoding, dict):
            codes = [chr(byte) for byte in raw]
            names = [self.encoding.get(byte, chr(byte)) for byte in raw]
        else:
            codes = list(_decode_string(raw, self.encoding))
            names = codes
        for code, name in zip(codes, names, strict=True):
            width = self.widths.get(code, self.default_width) * self.scale
            text = str(self.characters.get(name, name)) if self.readable else "\ufffd"
            yield text, width, code == " " and not self.two_byte


def _decode_string(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding, "surrogatepass")
    except (UnicodeDecodeError, LookupError):
        return raw.decode("utf-16-be", "replace")


def load_font(resource: Any) -> FontFace:
    """Return the face of a font dictionary; raises whatever pypdf raises on a broken one."""
    from pypdf.generic._font import Font

    font = Font.from_font_resource(resource)
    default = float(font.character_widths.get("default", 500))
    return FontFace(
        two_byte=resource.get("/Subtype") == "/Type0",
        encoding=font.encoding,
        characters=font.character_map,
        widths={str(k): float(v) for k, v in font.character_widths.items()},
        default_width=default,
        scale=_glyph_scale(resource),
        bold=_is_bold(font.name, font.font_descriptor),
        readable=font.interpretable,
    )


def _glyph_scale(resource: Any) -> float:
    """Ems per width unit: 1/1000, except in Type 3 fonts, which bring their own matrix."""
    if resource.get("/Subtype") != "/Type3":
        return 0.001
    matrix = resource.get("/FontMatrix")
    return abs(float(matrix[0])) if matrix and len(matrix) == 6 else 0.001


def _is_bold(name: str, descriptor: Any) -> bool:
    if any(part in name.lower() for part in BOLD_NAMES):
        return True
    try:
        return float(descriptor.weight) >= 600
    except (TypeError, ValueError):
        return False


@dataclass(slots=True)
class TextState:
    """The part of the graphics state that moves text (ISO 32000-1, table 104)."""

    ctm: Matrix = IDENTITY
    font: FontFace | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> TextState:
        """Return an independent copy, for the ``q`` operator."""
        return TextState(
            self.ctm, self.font, self.size, self.char_space,
            self.word_space, self.stretch, self.leading, self.rise,
        )  # fmt: skip


class Interpreter:
    """Runs content streams and collects the glyphs they draw."""

    def __init__(self, reader: PdfReader, fonts: dict[int, FontFace]) -> None:
        self.glyphs: list[RawGlyph] = []
        self.marks: list[RawMark] = []
        self.has_image = False
        self._outline = Outline()
        self._reader = reader
        self._fonts = fonts
        self._state = TextState()
        self._stack: list[TextState] = []
        self._line: Matrix = IDENTITY
        self._text: Matrix = IDENTITY
        self._operations = 0

    def run_page(self, page: PageObject) -> None:
        """Collect the glyphs of a page and of its forms."""
        contents = page.get("/Contents")
        if contents is not None:
            resources = page.get_inherited("/Resources")
            self._run(contents, resources.get_object() if resources else {}, 0)

    def _run(self, contents: Any, resources: Any, depth: int) -> None:
        from pypdf.generic import ContentStream

        stream = ContentStream(contents.get_object(), self._reader, "bytes")
        for operands, operator in stream.operations:
            self._operations += 1
            if self._operations > MAX_OPERATIONS_PER_PAGE or len(self.glyphs) > MAX_GLYPHS_PER_PAGE:
                return
            try:
                self._execute(operator, operands, resources, depth)
            except (TypeError, ValueError, IndexError, KeyError, AttributeError):
                continue  # one malformed operator; viewers skip it too

    def _execute(self, operator: bytes, operands: Any, resources: Any, depth: int) -> None:
        if operator in SHOW:
            self._show_operator(operator, operands)
        elif operator in PATH:
            self._outline.extend(operator, operands, self._state.ctm)
        elif operator in PAINT:
            mark = self._outline.paint(filled=PAINT[operator])
            if mark is not None:
                self.marks.append(mark)
        elif operator in MOVE:
            self._move(operator, operands)
        elif operator == b"Tf":
            self._state.font = self._font(resources, operands[0])
            self._state.size = float(operands[1])
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
        elif operator in (b"INLINE IMAGE", b"BI"):
            self.has_image = True

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
            return
        a, b, c, d, e, f = multiply(self._text, state.ctm)
        e, f = e + c * state.rise, f + d * state.rise
        size = abs(state.size) * math.hypot(c, d)
        angle = math.degrees(math.atan2(b, a))
        x = 0.0
        for text, width, is_space in state.font.decode(raw):
            end = x + width * state.size * state.stretch
            if text and text != "\x00":
                self.glyphs.append(
                    RawGlyph(
                        text, e + a * x, f + b * x, e + a * end, f + b * end,
                        size, state.font.bold, angle,
                    )
                )  # fmt: skip
            spacing = state.char_space + (state.word_space if is_space else 0.0)
            x = end + spacing * state.stretch
        self._advance(x)

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
            self.has_image = True
        if form.get("/Subtype") != "/Form" or depth >= MAX_FORM_DEPTH:
            return
        outer, stack, line, text = self._state.copy(), self._stack, self._line, self._text
        self._stack = []
        if "/Matrix" in form:
            self._state.ctm = multiply(matrix(form["/Matrix"]), self._state.ctm)
        own = form.get("/Resources")
        try:
            self._run(form, own.get_object() if own is not None else resources, depth + 1)
        finally:
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
