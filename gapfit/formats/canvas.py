"""What every terminal view is drawn on: measure, styles, bars; plain where colour is off."""

from __future__ import annotations

import io
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from gapfit.formats.clean import clean

# Below 60 columns nothing lines up, beyond 100 no eye finds the next line.
NARROWEST = 60
WIDEST = 100

_THEME = Theme(
    {
        "heading": Style(bold=True),
        "strong": Style(bold=True),
        "quiet": Style(dim=True),
        "quote": Style(italic=True),
        "gain": Style(color="green"),
        "alarm": Style(bold=True, reverse=True, color="yellow"),
        "warning": Style(bold=True, color="yellow"),
        "high": Style(color="green"),
        "middle": Style(color="cyan"),
        "low": Style(),
        "track": Style(dim=True),
    }
)

# What stands for the signs that a plain encoding lacks; applied to gapfit's own text and the
# resume's alike, the rest is left to the stream.
_ASCII = str.maketrans(
    {
        "…": "...",
        "·": "-",
        "•": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "█": "#",
        "░": ".",
        "→": "->",
    }
)


@dataclass(frozen=True, slots=True)
class Canvas:
    """A width in columns, and whether colours and non-ASCII signs may be used."""

    width: int
    color: bool = False
    unicode: bool = True

    @property
    def measure(self) -> int:
        """Columns that text may take."""
        return max(NARROWEST, min(WIDEST, self.width))

    def draw(self, *parts: RenderableType) -> str:
        """Return the parts below each other as one string without trailing spaces."""
        console = Console(
            file=io.StringIO(),
            width=self.measure,
            color_system="standard" if self.color else None,
            force_terminal=self.color,
            no_color=not self.color,
            theme=_THEME,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )
        with console.capture() as capture:
            for part in parts:
                console.print(part)
        drawn = "\n".join(line.rstrip() for line in capture.get().splitlines())
        return (drawn if self.unicode else drawn.translate(_ASCII)).rstrip("\n") + "\n"


def text(*parts: str | tuple[str, str]) -> Text:
    """Return cleaned text made of strings and (string, style) pairs; markup in it is inert."""
    whole = Text()
    for part in parts:
        body, style = part if isinstance(part, tuple) else (part, "")
        whole.append(_spaced(body), style)
    return whole


def _spaced(body: str) -> str:
    """Clean ``body``, but keep the spaces around it that join it to its neighbours."""
    before = body[: len(body) - len(body.lstrip(" "))]
    after = body[len(body.rstrip(" ")) :] if body.strip() else ""
    return before + clean(body) + after


def heading(title: str, remark: str = "") -> Text:
    """Return a section's title line, preceded by an empty line."""
    parts = [("\n", ""), (title.upper(), "heading")]
    if remark:
        parts.append((f"  {remark}", "quiet"))
    return Text.assemble(*parts)


def indented(part: RenderableType, columns: int = 2) -> Padding:
    """Return ``part`` moved to the right, its wrapped lines too."""
    return Padding(part, (0, 0, 0, columns))


def grid(*columns: str) -> Table:
    """Return a table without lines; each column is "left", "right" or "fill"."""
    table = Table.grid(padding=(0, 2, 0, 0), expand="fill" in columns)
    for column in columns:
        table.add_column(
            justify="right" if column == "right" else "left",
            no_wrap=column != "fill",
            ratio=1 if column == "fill" else None,
        )
    return table


def bar(value: float, columns: int) -> Text:
    """Return a bar for a fit of 0-100; its colour says which side of 50 and 80 it is on."""
    filled = min(columns, max(0, round(value / 100 * columns)))
    style = "high" if value >= 80 else "middle" if value >= 50 else "low"
    return Text.assemble(("█" * filled, style), ("░" * (columns - filled), "track"))
