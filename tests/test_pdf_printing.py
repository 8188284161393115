"""Documents as new files: what is written is what was read."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest
from tiny_pdf import pdf, resume_page

from gapfit.datamodels import Document, Line, Page
from gapfit.pdf import FONTS, printable, printed, read, relabelled


def texts(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("scale", [0.8, 1.0, 1.3])
def test_a_printed_page_reads_the_same(font: str, scale: float) -> None:
    document = read(pdf(resume_page()))
    again = read(printed(document, font, scale))
    assert texts(again) == texts(document)
    for one, other in zip(document.pages[0].lines, again.pages[0].lines, strict=True):
        assert other.bold == one.bold
        assert other.x0 == pytest.approx(scale * one.x0, abs=2.0)
        assert other.x1 == pytest.approx(scale * one.x1, abs=4.0)


def test_letters_that_no_font_has_are_spelled_otherwise() -> None:
    line = Line(1, "• Gyula Erdős → 王 ≥ 40 % (naïve)", 50.0, 300.0, 80.0, 11.0)
    document = Document((Page(1, 595.0, 842.0, (line,), "made", 1.0),), (), "0" * 64)
    (spelled,) = texts(printable(document))
    assert spelled == "• Gyula Erdos ->  >= 40 % (naïve)"
    assert printable(printable(document)) == printable(document)


def test_a_wide_gap_and_a_broken_word_are_printed() -> None:
    lines = (
        Line(1, "ML Engineer\t2019 - 2023", 50.0, 500.0, 80.0, 11.0),
        Line(2, "Trained on Py\u00ad", 50.0, 118.0, 96.0, 11.0),
        Line(3, "Torch and more", 50.0, 160.0, 112.0, 11.0),
    )
    page = Page(1, 595.0, 842.0, lines, "made", 1.0)
    read_again = texts(read(printed(Document((page,), (), "0" * 64))))
    assert read_again[0] == "ML Engineer\t2019 - 2023"
    assert read_again[1].rstrip("-\u00ad") == "Trained on Py"


def test_another_programs_name_changes_no_line() -> None:
    data = pdf(resume_page())
    changed = relabelled(data, "Canva", "Curriculum")
    assert changed != data
    assert pypdf.PdfReader(io.BytesIO(changed)).metadata["/Producer"] == "Canva"  # type: ignore[index]
    assert replace(read(changed), sha256="") == replace(read(data), sha256="")
