"""Typst; the PyPI package carries the compiler and its fonts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from makers.content import TEMPLATES, Sample
from makers.tools import package


def make(sample: Sample, folder: Path) -> bytes:
    """Compile a template that reads the person from content.json."""
    typst = package("typst", "typst")
    (folder / "content.json").write_text(json.dumps(sample.person.as_dict()), encoding="utf-8")
    source = folder / "resume.typ"
    shutil.copyfile(TEMPLATES / sample.template, source)
    return bytes(typst.compile(str(source), root=str(folder)))
