"""Calls a function in a process of its own, within limits of time and memory.

Whatever the function does there, hang, crash or swallow memory, ends that process and nothing
else: the caller gets a SandboxError. What has handled a stranger's bytes answers in bytes or in
JSON that is checked; a pickle could run code in the caller. The function may use any of gapfit's
rooms; this one knows none of them.

    limits    the limits, and how a process puts itself under them
    worker    Sandbox: one process for many calls, and a new one when it ends
    errand    Errand: one call in a fresh interpreter, begun now and asked for later

Time is limited on every system. Memory is limited where the kernel does it reliably, on Linux;
there a process whose owner is gone is also ended by its limit on processor time, and can write
no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapfit.sandbox.errand import Errand
from gapfit.sandbox.limits import Limits, SandboxError

if TYPE_CHECKING:
    from gapfit.sandbox.worker import Sandbox

__all__ = ["Errand", "Limits", "Sandbox", "SandboxError"]


def __getattr__(name: str) -> Any:
    if name == "Sandbox":  # multiprocessing takes a while to import, and an errand needs none
        from gapfit.sandbox.worker import Sandbox

        return Sandbox
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
