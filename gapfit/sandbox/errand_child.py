"""Runs in a process of its own; its arguments are "module:function" and its limits.

The function's argument comes on stdin; its result goes to stdout, behind a first line that is
"done", "failed" or "out-of-memory". The module is imported, and what its ``prepare()`` imports,
before the limits hold.
"""

from __future__ import annotations

import importlib
import os
import sys


def main() -> None:
    """Answer one call."""
    name, seconds, memory, files = sys.argv[1:]
    # The function must not write between the lines of the answer.
    question, answer = os.dup(0), os.dup(1)
    from gapfit.sandbox.limits import Limits, confine, leave_terminal, limit_processor_time

    leave_terminal()
    module_name, _, function_name = name.partition(":")
    module = importlib.import_module(module_name)
    getattr(module, "prepare", lambda: None)()
    limits = Limits(float(seconds) or None, int(memory) or None, files == "files")
    confine(limits)
    limit_processor_time(limits.seconds)
    try:
        with os.fdopen(question, "rb") as stream:
            argument = stream.read()
        code, result = b"done", getattr(module, function_name)(argument)
    except MemoryError:
        code, result = b"out-of-memory", b"took too much memory"
    except RecursionError:
        code, result = b"failed", b"nested too deeply"
    except Exception as error:
        code, result = b"failed", f"{type(error).__name__}: {error}".encode("utf-8", "replace")
    with os.fdopen(answer, "wb") as stream:
        stream.write(code + b"\n" + result)
    os._exit(0)  # what is left in memory may be in pieces


if __name__ == "__main__":
    main()
