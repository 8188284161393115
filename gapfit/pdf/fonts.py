"""Fonts: the codes of a string -> characters and how far each moves on, through pypdf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BOLD_NAMES = ("bold", "black", "heavy", "semib", "demi", "cmbx", "-bd", "medi")


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
