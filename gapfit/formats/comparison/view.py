"""What is said of a comparison, before it is drawn.

What resumes say is cleaned and cut; making it inert is left to the format that draws it.
"""

from __future__ import annotations

from dataclasses import dataclass

from gapfit.datamodels import ParseWarning


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of one side: which ("old", "new", "first", "second"), its words and its place."""

    side: str
    words: str
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Warned:
    """What to know of the reading of one side before anything else."""

    lead: str
    warnings: tuple[ParseWarning, ...]


@dataclass(frozen=True, slots=True)
class FitRow:
    """A role's fit on both sides; ``held`` says which of them its headline task holds back."""

    role: str
    before: float
    after: float
    change: str
    held: tuple[bool, bool]
    explained: bool

    @property
    def rises(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class PartRow:
    """What one skill brings to a change: points, levels in words, and the lines that carry it."""

    points: float
    skill: str
    levels: str
    note: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One role's change, skill by skill; ``rest`` tells of the skills not shown, if any."""

    title: str
    note: str
    parts: tuple[PartRow, ...]
    rest: tuple[float, str] | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One edit: its lines, and what it moves, in words; "" where it has no effect."""

    turn: str
    quotes: tuple[Quote, ...]
    moves: str


@dataclass(frozen=True, slots=True)
class View:
    """The whole, in the order it is read."""

    title: str
    warned: tuple[Warned, ...]
    summary: tuple[str, ...]
    columns: tuple[str, str, str] = ("", "", "")
    fits: tuple[FitRow, ...] = ()
    why_title: str = ""
    why_remark: str = ""
    whys: tuple[Why, ...] = ()
    skills: tuple[tuple[str, str], ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()
    lines: tuple[LineRow, ...] = ()
    more_lines: str = ""
    idle: str = ""
    idle_lines: tuple[LineRow, ...] = ()
    foot: tuple[str, ...] = ()


def signed(points: float) -> str:
    """Return points with their sign, without one where they are shown as zero."""
    shown = f"{abs(points):.1f}"
    if shown == "0.0":
        return shown
    return f"+{shown}" if points > 0 else f"−{shown}"
