"""Make the sample resumes: ``python sample_resumes/build.py [slug …]``.

Every PDF comes from a real toolchain, because extraction problems are toolchain problems. A
toolchain that is not installed here is skipped with the command that would install it, and the
committed PDF stays as it is. ``--list`` shows what there is to make.

The Python packages this needs are in sources/requirements.txt; gapfit itself needs none of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

from makers import afterwards, platypus, tex, typesetter, web, word
from makers.content import HERE, Person, Sample, load_all, person_from
from makers.tools import ToolFailedError, ToolMissingError, package

EXPECTED = HERE / "expected.json"
README = HERE / "README.md"
TABLE_MARKS = ("<!-- samples -->", "<!-- /samples -->")

MAKERS: dict[str, Callable[[Sample, Path], bytes]] = {
    "chromium": web.make_chromium,
    "libreoffice": word.make,
    "luatex": tex.make,
    "pdftex": tex.make,
    "qt": web.make_qt,
    "reportlab": platypus.make,
    "typst": typesetter.make,
    "wkhtmltopdf": web.make_wkhtmltopdf,
    "xetex": tex.make,
}

# The same text through every toolchain: toolchain -> template.
NEUTRAL = {
    "chromium": "clean.html",
    "libreoffice": "",
    "luatex": "awesome.tex",
    "pdftex": "classic.tex",
    "qt": "richtext.html",
    "reportlab": "plain",
    "typst": "modern.typ",
    "wkhtmltopdf": "webkit.html",
    "xetex": "awesome.tex",
}


def main(arguments: list[str] | None = None) -> int:
    """Build what was asked for (everything by default); 1 if anything was skipped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("slugs", nargs="*", metavar="slug", help="what to make; all by default")
    parser.add_argument("--list", action="store_true", help="list the slugs and stop")
    options = parser.parse_args(arguments)
    samples = {sample.slug: sample for sample in [*neutral_samples(), *load_all()]}
    if options.list:
        print("\n".join(samples))
        return 0
    unknown = [slug for slug in options.slugs if slug not in samples]
    if unknown:
        parser.error(f"no such sample: {', '.join(unknown)} (see --list)")
    wanted = options.slugs or list(samples)
    skipped = [slug for slug in wanted if not build(samples[slug])]
    if not options.slugs:
        write_expected(load_all())
        write_table(load_all())
    return 1 if skipped else 0


def neutral_samples() -> list[Sample]:
    """The neutral resume, once per toolchain."""
    raw = tomllib.loads((HERE / "sources" / "neutral.toml").read_text(encoding="utf-8"))
    person: Person = person_from(raw)
    return [
        Sample(
            slug=f"toolchains/{toolchain}",
            person=person,
            toolchain=toolchain,
            template=template,
            tests="the same text through every toolchain",
        )
        for toolchain, template in NEUTRAL.items()
    ]


def build(sample: Sample) -> bool:
    """Make one PDF; False, with the reason on stderr, where its toolchain is not here."""
    target = HERE / f"{sample.slug}.pdf"
    try:
        pdf = render(sample)
    except (ToolMissingError, ToolFailedError) as error:
        print(f"skipped {sample.slug}: {error}", file=sys.stderr)
        return False
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(pdf)
    print(f"{target.relative_to(HERE)}  {len(pdf) // 1024} KB  {sample.toolchain}")
    return True


def render(sample: Sample) -> bytes:
    """The sample's bytes, through its toolchain and whatever comes after."""
    with tempfile.TemporaryDirectory(prefix="sample-resume-") as name:
        folder = Path(name)
        pdf = MAKERS[sample.toolchain](sample, folder)
        if sample.kind == "scan":
            return afterwards.scan(pdf, folder)
        if sample.kind == "encrypted":
            return afterwards.encrypt(pdf, sample, folder)
        return pdf


def page_count(sample: Sample) -> int:
    """How many pages the committed PDF has."""
    pypdf = package("pypdf", "pypdf")
    reader = pypdf.PdfReader(HERE / f"{sample.slug}.pdf", password=sample.password)
    return len(reader.pages)


def write_expected(samples: list[Sample]) -> None:
    """What the tests may expect of each file, from the same sources as the files."""
    expected = {
        sample.slug: {
            "role": sample.role,
            "toolchain": sample.toolchain,
            "pages": page_count(sample),
            "kind": sample.kind,
            "password": sample.password,
        }
        for sample in samples
    }
    EXPECTED.write_text(json.dumps(expected, indent=2) + "\n", encoding="utf-8")


def write_table(samples: list[Sample]) -> None:
    """The README's table, from the same sources as the files."""
    lines = [
        "| File | Person | Role | Toolchain | Pages | What it tests |",
        "|---|---|---|---|--:|---|",
    ]
    for sample in samples:
        role = sample.role or "–"
        cells = [f"[{sample.slug}.pdf]({sample.slug}.pdf)", sample.person.name, role]
        cells += [sample.toolchain, str(page_count(sample)), sample.tests]
        lines.append(f"| {' | '.join(cells)} |")
    start, end = TABLE_MARKS
    before, rest = README.read_text(encoding="utf-8").split(start)
    after = rest.split(end)[1]
    table = "\n".join(lines)
    README.write_text(f"{before}{start}\n{table}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
