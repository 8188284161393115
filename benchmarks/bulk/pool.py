"""Makes a pool of fictional resumes, deterministically: any number, no two alike.

    python benchmarks/bulk/pool.py FOLDER COUNT

Lines come from the fictional resumes of benchmarks/quality. Each resume takes a person's worth of
them from several, under the sections they stood in, with the numbers drawn anew and another
employer named: hardly a line stands in two resumes, as in a real pool. The PDFs are plain (one
column, two standard fonts, one or two pages, compressed); reading them is on the quick side.
"""

from __future__ import annotations

import json
import random
import re
import sys
import textwrap
import zlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import tiny_pdf  # noqa: E402

_SECTIONS = {
    "summary": ("Summary", 2, 3),
    "experience": ("Experience", 12, 22),
    "projects": ("Projects", 2, 6),
    "skills": ("Skills", 3, 8),
    "education": ("Education", 1, 2),
}
_FIRST = "Ada Bo Chidi Dana Emre Fay Goran Hana Ines Jonas Kemi Lena Milo Nora Omar Pia".split()
_LAST = "Abara Brandt Castell Dorn Eklund Farouk Grigor Haas Ito Jansen Koval Lindt".split()
_EMPLOYERS = [
    f"{first}{last}"
    for first in "North Blue Harbour Oak River Stone Copper Lumen Quill Fern".split()
    for last in "wind Desk Freight Health Ledger Mills Parcel Grid Post Works".split()
]
_WIDTH = 95  # characters of a line
_LINES = 60  # lines of a page


def resumes(count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield ``count`` file names and PDFs."""
    lines = _lines()
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        yield f"{number:06}.pdf", _pdf(_resume(lines, chance))


def write(folder: Path, count: int, seed: int = 0) -> Path:
    """Write the pool into a folder unless it is there, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in resumes(count, seed):
        path = folder / name
        if not path.exists():
            path.write_bytes(data)
    return folder


def _lines() -> dict[str, list[str]]:
    """Every line of the labelled resumes by its section."""
    found: dict[str, list[str]] = {section: [] for section in _SECTIONS}
    for path in sorted((ROOT / "benchmarks/quality/resumes").glob("*.json")):
        for line in json.loads(path.read_text(encoding="utf-8"))["lines"]:
            if line["section"] in found:
                found[line["section"]].append(line["text"])
    return found


def _resume(lines: dict[str, list[str]], chance: random.Random) -> list[str]:
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    text = [name, f"{name.lower().replace(' ', '.')}@example.org", ""]
    for section, (title, least, most) in _SECTIONS.items():
        text += [title, ""]
        if section == "experience":
            text.append(f"Engineer, {chance.choice(_EMPLOYERS)}, 20{chance.randint(15, 22)} - now")
        chosen = chance.sample(lines[section], chance.randint(least, most))
        for line in chosen:
            mark = "- " if section in ("experience", "projects") else ""
            told = _varied(line, chance) if mark else line
            text += textwrap.wrap(mark + told, _WIDTH, subsequent_indent="  " if mark else "")
        text.append("")
    return text


def _varied(line: str, chance: random.Random) -> str:
    drawn = re.sub(r"\d+", lambda m: str(chance.randint(1, 10 ** len(m[0]))), line)
    return f"{drawn.rstrip('.')}, at {chance.choice(_EMPLOYERS)}."


def _pdf(text: list[str]) -> bytes:
    pages = []
    for start in range(0, len(text), _LINES):
        page = text[start : start + _LINES]
        plain = [line.encode("cp1252", "replace").decode("cp1252") for line in page]
        pages.append(tiny_pdf.column(50, 50, plain).encode("cp1252"))
    return _packed(tiny_pdf.pdf(*pages))


def _packed(data: bytes) -> bytes:
    """Compress the pages' streams, as every program that writes PDFs does."""

    def pack(match: re.Match[bytes]) -> bytes:
        packed = zlib.compress(match[1])
        head = b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
        return head + b"\nstream\n" + packed + b"\nendstream"

    body = re.sub(rb"<< /Length \d+ >>\nstream\n(.*?)\nendstream", pack, data, flags=re.DOTALL)
    objects = [m.start() for m in re.finditer(rb"^\d+ 0 obj$", body, re.MULTILINE)]
    table = b"".join(b"%010d 00000 n \n" % place for place in objects)
    body = body[: body.index(b"xref\n")]
    trailer = b"<< /Size %d /Root 1 0 R >>" % (len(objects) + 1)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer %s\nstartxref\n%d\n%%%%EOF" % (
        *(len(objects) + 1, table, trailer, len(body)),
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
