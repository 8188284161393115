"""What run.py starts: libFuzzer on one target, with gapfit instrumented for coverage."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parent)]


def main() -> None:
    """Take the target's name, then libFuzzer's own arguments."""
    name = sys.argv.pop(1)
    import run

    with atheris.instrument_imports(include=["gapfit"]):
        import gapfit.matching
        import gapfit.pdf
        import gapfit.pdf.pypdf_reader
        import gapfit.statements  # noqa: F401
    feed = run.target(name)
    atheris.Setup(sys.argv, feed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
