"""Coverage-guided fuzzing of the stages that read what strangers wrote.

    python tests/fuzz/run.py pdf --seconds 600      bytes -> words, lines, statements
    python tests/fuzz/run.py text --seconds 600     text -> statements, dates, phrasing
    python tests/fuzz/run.py --seconds 20           both, half the time each

Begins with the small corpus written below. A crash is left in a file, named at the end: make it a
regression test, and mend it. Exit code 1 when there was one. Needs atheris (pip install atheris),
which has wheels for Linux; without it, inputs are mutated without a look at the coverage.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

SEED = 20_260_101
# A single input that takes longer than this hangs; the slowest honest one takes a tenth.
HANG_SECONDS = 20
TARGETS = ("pdf", "text")


def target(name: str) -> Callable[[bytes], None]:
    """Return the function that is fed: it may refuse an input, and must do nothing else."""
    return {"pdf": _read_pdf, "text": _read_text}[name]


def _read_pdf(data: bytes) -> None:
    from tiny_pdf import pdf

    from gapfit import pdf as stage, statements
    from gapfit.errors import UnreadableInput
    from gapfit.pdf import hidden, pypdf_reader
    from gapfit.pdf.lines import lines
    from gapfit.pdf.words import segments

    # A file of these bytes, or a page whose content they are: the latter gets past the syntax.
    with contextlib.suppress(UnreadableInput):
        if data.startswith(b"%PDF-"):
            statements.extract(stage.read(data, look=False))
            return
        source = pypdf_reader.read_pages(pdf(data, resources=RESOURCES), 1)
        seen = hidden.sort(source.pages[0], None)
        upright = seen.page.upright()
        lines(segments(upright.glyphs), upright.marks)


RESOURCES = "/ExtGState << /T << /ca 0 /SMask /None >> >> /ColorSpace << /S [/Separation /A \
/DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 >>] >>"


def _read_text(data: bytes) -> None:
    from gapfit import matching, statements
    from gapfit.datamodels import Document, Line, Page
    from gapfit.matching import phrasing
    from gapfit.pdf.repair import invisible, repair
    from gapfit.statements import dates

    text = data.decode("utf-8", "surrogatepass" if data[:1] == b"\xed" else "replace")
    repaired = repair(text)
    assert repair(repaired) == repaired
    invisible(text)
    dates.find_period(text)
    rows = [row for part in text.splitlines() if (row := repair(part))]
    document = Document(
        (
            Page(
                1, 595.0, 842.0,
                tuple(
                    Line(i, row, 50.0 + 8 * (i % 3), 300.0, 40.0 + 13 * i, 10.0, i % 5 == 0)
                    for i, row in enumerate(rows, start=1)
                ),
                "fuzz", 1.0,
            ),
        ),
        (),
        "0" * 64,
    )  # fmt: skip
    for resume in (statements.extract(document), statements.from_lines([("skills", text)])):
        for statement in resume.statements:
            matching.asserted(statement)
            phrasing.ceiling(statement)
        phrasing.features(resume.statements)


def corpus(name: str) -> list[bytes]:
    """Return inputs to begin with, each with something that the stage treats specially."""
    import test_pdf_hidden
    import test_statements_tricks
    from tiny_pdf import pdf, resume_page

    if name == "pdf":
        tricks = [content.encode("cp1252") for content, _, _ in test_pdf_hidden.TRICKS.values()]
        return [*tricks, resume_page().encode(), pdf(resume_page()), pdf("", images=True)]
    lines = [*test_statements_tricks.PROMPTS, *test_statements_tricks.HONEST]
    lines += test_statements_tricks.AD
    resume = (
        "Ada Roe\nada@example.org | +43 1 555 0100\nExperience\nEngineer, Acme\t2019 - present\n"
        "• Built a search ser\u00advice; never used Spark, but Ray\nSkills\nLanguages: Python, Go\n"
        "Education\nMSc, Jan. 2012 – 03/2014\n1. First\n- [N] a, b; c | d · e"
    )
    return [resume.encode(), *(line.encode() for line in lines)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz one target, or each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", nargs="?", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--crashes", type=Path, default=Path(tempfile.gettempdir(), "gapfit-fuzz"))
    chosen = parser.parse_args(arguments)
    if chosen.target is not None:
        return _fuzz(chosen.target, chosen.seconds, chosen.crashes)
    share = max(1, chosen.seconds // len(TARGETS))
    options = ["--seconds", str(share), "--crashes", str(chosen.crashes)]
    codes = [
        subprocess.run([sys.executable, __file__, name, *options], check=False).returncode
        for name in TARGETS
    ]
    return int(any(codes))


def _fuzz(name: str, seconds: int, crashes: Path) -> int:
    crashes.mkdir(parents=True, exist_ok=True)
    before = set(crashes.iterdir())
    if importlib.util.find_spec("atheris") is None:
        print(f"{name}: atheris is not installed; mutating blindly for {seconds} s")
        code = _mutate(name, seconds, crashes)
    else:
        with tempfile.TemporaryDirectory() as folder:
            code = _in_child(name, seconds, crashes, Path(folder))
    left = sorted(set(crashes.iterdir()) - before)
    print(f"{name}: {f'{len(left)} crash(es), in {left[0]}' if left else 'no crash'}")
    return int(bool(left) or code != 0)


def _in_child(name: str, seconds: int, crashes: Path, folder: Path) -> int:
    """Run libFuzzer, which ends its process, in one of its own."""
    for number, data in enumerate(corpus(name)):
        (folder / f"{number:03}").write_bytes(data)
    command = [
        sys.executable, str(HERE / "guided.py"), name, str(folder), f"-artifact_prefix={crashes}/",
        f"-max_total_time={seconds}", f"-seed={SEED}", f"-timeout={HANG_SECONDS}", "-max_len=3000",
        "-verbosity=0", "-print_final_stats=1", "-rss_limit_mb=1500",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    runs = [line for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    print(f"{name}: {runs[0].split()[-1] if runs else 'no'} inputs, guided by coverage")
    if done.returncode != 0:
        print(done.stdout[-3000:], done.stderr[-3000:], sep="\n")
    return done.returncode


def _mutate(name: str, seconds: int, crashes: Path) -> int:
    """The same without atheris: inputs from the corpus, cut, joined and with bytes changed."""
    feed, known, dice = target(name), corpus(name), random.Random(SEED)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        data = bytearray(dice.choice(known) + dice.choice(known))
        for _ in range(dice.randrange(12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            feed(bytes(data))
        except Exception as error:
            path = crashes / f"crash-{name}-{type(error).__name__}"
            path.write_bytes(bytes(data))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
