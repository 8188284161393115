"""A bulk run in a process of its own, without a model: for tests that kill it.

    python bulk_process.py STATE OUTPUT INPUT...

Writes one JSON line per candidate to OUTPUT when it comes to its end.
"""

from __future__ import annotations

import sys
from pathlib import Path

import bulk_builders as bulk

from gapfit.bulk import run
from gapfit.bulk.engine import Effort
from gapfit.bulk.local_engine import LocalEngine
from gapfit.bulk.state import State


def main(state: str, output: str, *inputs: str) -> None:
    with LocalEngine(bulk.make_judge, Effort(workers=2)) as engine:
        made = engine.made()
        with State(Path(state), made.key) as kept:
            begun = run.enlist(kept, inputs)
            print("before", begun.before, flush=True)
            for tally in run.work(kept, engine, begun):
                print("done", tally.done, flush=True)
            lines = [f"{one.source}\t{one.line}" for one in kept.candidates()]
            Path(output).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
