"""pdfTeX, XeTeX and LuaTeX."""

from __future__ import annotations

from pathlib import Path

from makers.content import Sample
from makers.templating import render_tex
from makers.tools import freeze, program, run

ENGINES = {"pdftex": "pdflatex", "xetex": "xelatex", "luatex": "lualatex"}
RUNS = 2  # the second settles "page n of m"


def make(sample: Sample, folder: Path) -> bytes:
    """Typeset the sample with the TeX engine its toolchain names."""
    engine = program(ENGINES[sample.toolchain])
    (folder / "resume.tex").write_text(render_tex(sample), encoding="utf-8")
    for _ in range(RUNS):
        run([engine, "-interaction=nonstopmode", "-halt-on-error", "resume.tex"], folder)
    return freeze((folder / "resume.pdf").read_bytes())
