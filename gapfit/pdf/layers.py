"""Optional content: which groups of a file ("layers") are switched off, and what stands in them.

ISO 32000-1, 8.11. Membership dictionaries follow their policy; a visibility expression is not
worked out, and shows its content.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

OPERATORS = frozenset({b"BMC", b"BDC", b"EMC"})
# Marked content is nested a few levels deep; each level costs memory.
_DEEPEST = 1_000


def switched_off(reader: PdfReader) -> frozenset[int]:
    """Return the object numbers of the groups that a viewer does not show at first."""
    try:
        properties: Any = reader.root_object["/OCProperties"]
        usual = properties["/D"]
        off = {_number(group) for group in usual.get("/OFF", [])}
        if usual.get("/BaseState") == "/OFF":
            shown = {_number(group) for group in usual.get("/ON", [])}
            off |= {_number(group) for group in properties["/OCGs"]} - shown
        return frozenset(off)
    except Exception:  # the reader boundary: most files have no layers, and some broken ones
        return frozenset()


def _number(reference: Any) -> int:
    return int(getattr(reference, "idnum", -1))


class Stack:
    """The marked content that is open at a point of a page."""

    def __init__(self, off: frozenset[int]) -> None:
        self._off = off
        self._open: list[bool] = []
        self._forms: list[tuple[int, bool]] = []
        self.off = False

    def execute(self, operator: bytes, operands: Any, resources: Any) -> None:
        """Follow BMC, BDC or EMC."""
        if not self._off:
            return  # most files have no layers, and much marked content
        if operator != b"EMC":
            if len(self._open) < _DEEPEST:
                self._open.append(self._is_off(operands, resources))
        elif len(self._open) > self._floor():
            self._open.pop()
        self._set()

    def enter(self, form: Any) -> None:
        """Go into a form, which may be optional content as a whole."""
        self._forms.append((len(self._open), self.hides(form)))
        self._set()

    def leave(self) -> None:
        """Come out of a form; what it left open is closed."""
        height, _ = self._forms.pop()
        del self._open[height:]
        self._set()

    def hides(self, stream: Any) -> bool:
        """Return whether a form or an image is switched off as a whole."""
        return bool(self._off) and "/OC" in stream and self._member_off(stream.raw_get("/OC"))

    def _floor(self) -> int:
        return self._forms[-1][0] if self._forms else 0

    def _set(self) -> None:
        self.off = any(self._open) or any(off for _, off in self._forms)

    def _is_off(self, operands: Any, resources: Any) -> bool:
        if len(operands) < 2 or operands[0] != "/OC":
            return False
        return self._member_off(resources["/Properties"].get_object().raw_get(operands[1]))

    def _member_off(self, reference: Any) -> bool:
        if _number(reference) in self._off:
            return True
        member = reference.get_object()
        if member.get("/Type") != "/OCMD" or "/OCGs" not in member or "/VE" in member:
            return False
        groups = member.raw_get("/OCGs")
        inner = groups.get_object()
        several = list(inner) if isinstance(inner, list) else [groups]
        off = [_number(group) in self._off for group in several]
        policy = _POLICIES.get(str(member.get("/P")), all)
        return bool(off) and policy(off)


# When content is hidden, of the groups that are off.
_POLICIES: dict[str, Callable[[list[bool]], bool]] = {
    "/AnyOn": all,
    "/AllOn": any,
    "/AnyOff": lambda off: not any(off),
    "/AllOff": lambda off: not all(off),
}
