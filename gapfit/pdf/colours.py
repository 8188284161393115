"""Colours of PDF as red, green and blue, and how well one stands out from another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

RGB = tuple[float, float, float]  # each 0-1
BLACK: RGB = (0.0, 0.0, 0.0)
WHITE: RGB = (1.0, 1.0, 1.0)

# Below this ratio of luminances (WCAG 2, 1 to 21) nobody reads text at a glance: #eee on white has
# 1.16, the lightest grey that resumes set dates in (#bbb) 1.9.
LEGIBLE = 1.2

_BY_COUNT = {1: "gray", 3: "rgb", 4: "cmyk"}
_NAMES = {
    "/DeviceGray": "gray", "/CalGray": "gray", "/G": "gray",
    "/DeviceRGB": "rgb", "/CalRGB": "rgb", "/RGB": "rgb",
    "/DeviceCMYK": "cmyk", "/CMYK": "cmyk",
}  # fmt: skip


def device(values: Sequence[float]) -> RGB | None:
    """Return the colour that one, three or four numbers name in a device's colour space."""
    kind = _BY_COUNT.get(len(values))
    v = [min(1.0, max(0.0, float(value))) for value in values]
    if kind == "gray":
        return v[0], v[0], v[0]
    if kind == "rgb":
        return v[0], v[1], v[2]
    if kind == "cmyk":
        return tuple((1 - part) * (1 - v[3]) for part in v[:3])  # type: ignore[return-value]
    return None


def in_space(space: Any, values: Sequence[float]) -> RGB | None:
    """Return a colour of a colour space (a name or an array); None where it is not worked out.

    Worked out are the device, calibrated and ICC spaces, and tints that a type 2 function makes of
    one colour.
    """
    name = str(space[0] if isinstance(space, list) else space)
    if name in _NAMES or name == "/ICCBased":
        return device(values)
    if name == "/Separation" and len(space) == 4 and len(values) == 1:
        return _tint(space, float(values[0]))
    return None


def _tint(space: Any, tint: float) -> RGB | None:
    function = space[3].get_object()
    if function.get("/FunctionType") != 2:
        return None
    power = float(function.get("/N", 1))
    low, high = function.get("/C0", [0.0]), function.get("/C1", [1.0])
    share = max(0.0, tint) ** power
    mixed = [float(a) + share * (float(b) - float(a)) for a, b in zip(low, high, strict=True)]
    return in_space(space[2].get_object(), mixed)


def over(top: RGB, alpha: float, bottom: RGB) -> RGB:
    """Return the colour seen where ``top``, with this opacity, lies on ``bottom``."""
    a, b = top, bottom
    return tuple(alpha * x + (1 - alpha) * y for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
