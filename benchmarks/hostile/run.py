"""What is reported of honest resumes, and of resumes with a job ad copied into them.

python benchmarks/hostile/run.py                  # under two minutes
python benchmarks/hostile/run.py --also FILE.json # other resumes of the form of benchmarks/quality
python benchmarks/hostile/run.py --ads FILE.jsonl # other ads, an object with a text per line
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

import data

from gapfit import pdf, profiles, statements
from gapfit._version import __version__
from gapfit.datamodels import Document, Line, Page, Resume
from gapfit.errors import UnreadableInput
from gapfit.intake import resume_of

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_resumes"
ADS = ROOT / "benchmarks" / "decode" / "ads"
# All that says a resume is not what it seems.
CODES = ("hidden-text", "invisible-characters", "machine-prompt", "keyword-stuffing", "job-ad-text")
# Lines of an ad that are copied: its first ones, or those in its middle.
COPIED = 8
LEAST_LINES = 10  # of an ad that is copied
# What a passage of a committed ad asks for, behind it in braces.
MARK = re.compile(r"\s*\{[^{}]*\}")
READINGS = 5
_WIDTH, _HEIGHT, _MARGIN, _SIZE = 595.0, 842.0, 50.0, 10.0
_LINES = 50  # a page

Lines = Sequence[tuple[str, str]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--also", type=Path, help="measure these labelled resumes, too")
    options.add_argument("--ads", type=Path, help="copy these ads, too")
    arguments = options.parse_args()
    catalogue = profiles.load()
    written = [r for split in ("fit", "test") for r in data.committed(catalogue, split)]
    lines = {one.id: one.lines for one in written}
    print(f"gapfit {__version__}")
    print(f"\nhonest resumes with a warning\n{'':<44}{'resumes':>8}", end="")
    print("".join(f"{code:>22}" for code in CODES))
    print_alarms("sample resumes, as PDFs", sampled())
    print_alarms("labelled resumes, as text", read(lines))
    print_alarms("labelled resumes, each printed as a PDF", printed(lines))
    if arguments.also:
        others = {one.id: one.lines for one in data.collection(catalogue, arguments.also)}
        print_alarms(f"{arguments.also.name}, as text", read(others))
        print_alarms(f"{arguments.also.name}, each printed as a PDF", printed(others))
    print(f"\nresumes with an ad copied into them that are reported ({COPIED} lines, or the whole)")
    print(f"{'':<44}{'ads':>8}{'whole':>12}{'its first':>12}{'its middle':>12}")
    print_copies("fictional ads of benchmarks/decode", written_ads(), lines)
    if arguments.ads:
        print_copies(arguments.ads.name, others_ads(arguments.ads), lines)
    print_cost()


# ---------------------------------------------------------------- false alarms


def sampled() -> Iterator[tuple[str, Resume]]:
    """Every sample that can be read, from all toolchains."""
    for path in sorted(SAMPLES.rglob("*.pdf")):
        try:
            document = pdf.read(path.read_bytes(), source=path.name)
            yield path.relative_to(SAMPLES).as_posix(), resume_of(document, path.name)
        except UnreadableInput:  # a scan, one that needs a password
            continue


def read(resumes: dict[str, Lines]) -> Iterator[tuple[str, Resume]]:
    for name, lines in resumes.items():
        yield name, statements.from_lines(lines)


def printed(resumes: dict[str, Lines]) -> Iterator[tuple[str, Resume]]:
    """The resumes on paper, in one of three fonts, and read from it again."""
    for number, (name, lines) in enumerate(resumes.items()):
        made = pdf.printed(set_out(lines), pdf.FONTS[number % len(pdf.FONTS)])
        yield name, resume_of(pdf.read(made, source=name), name)


def set_out(lines: Lines) -> Document:
    """Lines under headings, wrapped at the right margin, fifty a page."""
    rows: list[tuple[str, bool]] = []
    section = ""
    for own, text in lines:
        if own != section:
            section = own
            rows.append((own.capitalize(), True))
        rows += [(row, False) for row in wrapped(text)]
    pages = []
    for number, start in enumerate(range(0, len(rows), _LINES), start=1):
        placed = tuple(
            Line(i, text, _MARGIN, _MARGIN + 5.0 * len(text), 40.0 + 15.0 * i,
                 _SIZE + 3.0 * bold, bold)
            for i, (text, bold) in enumerate(rows[start : start + _LINES], start=1)
        )  # fmt: skip
        pages.append(Page(number, _WIDTH, _HEIGHT, placed, "made", 1.0))
    return Document(tuple(pages), (), "0" * 64)


def wrapped(text: str, width: int = 95) -> Iterator[str]:
    row = ""
    for word in text.split():
        if row and len(row) + len(word) >= width:
            yield row
            row = ""
        row = f"{row} {word}".strip()
    yield row


def print_alarms(name: str, resumes: Iterable[tuple[str, Resume]]) -> None:
    raised: dict[str, list[str]] = defaultdict(list)
    count = 0
    for which, resume in resumes:
        count += 1
        for code in {warning.code for warning in resume.warnings}:
            raised[code].append(which)
    print(f"{name:<44}{count:>8}{''.join(f'{len(raised[code]):>22}' for code in CODES)}")
    for code in CODES:
        if raised[code]:
            print(f"    {code}: {', '.join(raised[code])}")


# ---------------------------------------------------------------- copied ads


def written_ads() -> list[list[str]]:
    """The committed ads as published, those that are more than a few lines."""
    texts = [path.read_text("utf-8").split("---", 2)[2] for path in sorted(ADS.glob("*.txt"))]
    rows = [rows_of(MARK.sub("", text)) for text in texts]
    return [ad for ad in rows if len(ad) >= LEAST_LINES]


def others_ads(path: Path) -> list[list[str]]:
    return [rows_of(json.loads(row)["text"]) for row in path.read_text("utf-8").splitlines()]


def rows_of(text: str) -> list[str]:
    return [row.strip() for row in text.splitlines() if row.strip()]


def print_copies(name: str, ads: Sequence[list[str]], resumes: dict[str, Lines]) -> None:
    """In how many resumes a copied ad is reported; each ad goes into another resume."""
    honest = itertools.cycle(resumes.values())
    told: Counter[str] = Counter()
    for ad, lines in zip(ads, honest, strict=False):
        middle = max(0, len(ad) // 2 - COPIED // 2)
        parts = {"whole": ad, "first": ad[:COPIED], "middle": ad[middle : middle + COPIED]}
        for part, rows in parts.items():
            resume = statements.from_lines([*lines, *(("experience", row) for row in rows)])
            told[part] += "job-ad-text" in {warning.code for warning in resume.warnings}
    shares = "".join(f"{told[part] / len(ads):>12.0%}" for part in ("whole", "first", "middle"))
    print(f"{name:<44}{len(ads):>8}{shares}")


# ---------------------------------------------------------------- what looking costs


def print_cost() -> None:
    """Processor time of reading, with a look at the pages and without, in the same run."""
    paths = sorted((SAMPLES / "toolchains").glob("*.pdf"))
    files = [path.read_bytes() for path in paths]
    pdf.prepare()
    rows: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(READINGS):
        for content in files:
            for look in (True, False):
                begun = time.process_time()
                pdf.read(content, look=look)
                rows[look].append(1e3 * (time.process_time() - begun))
    print(f"\nreading a sample of {len(files)} toolchains {READINGS} times, ms of processor time")
    print(f"  looking at its pages     {median(rows[True]):>6.0f} (median)")
    print(f"  without                  {median(rows[False]):>6.0f}")


if __name__ == "__main__":
    main()
