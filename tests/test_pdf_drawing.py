"""Pictures of pages: the lines that were read stand where the picture has ink."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from tiny_pdf import pdf, text

from gapfit.datamodels import Page, Picture
from gapfit.pdf import draw, drawing, read

SAMPLES = Path(__file__).parent.parent / "sample_resumes"
PROSE = ("Built a retrieval service for nine thousand manuals", "and measured every answer it gave")


def drawn(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.webp)).convert("L")


def share_inked(page: Page, picture: Picture) -> float:
    """The share of a page's lines at whose place the picture is not blank."""
    image = drawn(picture)
    scale = image.width / page.width
    inked = 0
    for line in page.lines:
        box = (line.x0, line.top, line.x1, line.top + line.size)
        low, high = image.crop(tuple(round(scale * side) for side in box)).getextrema()
        inked += high - low > 60
    return inked / len(page.lines)


@pytest.mark.parametrize(
    "name",
    [
        "ai-engineer",  # two columns
        "forward-deployed-engineer",  # white on dark
        "voice-ai-engineer",  # Qt at screen resolution
        "encrypted-open",
    ],
)
def test_lines_stand_where_the_picture_has_ink(name: str) -> None:
    data = (SAMPLES / f"{name}.pdf").read_bytes()
    pages = read(data).pages
    found = draw(data, pages)
    assert [picture.page for picture in found] == [page.number for page in pages]
    for page, picture in zip(pages, found, strict=True):
        image = drawn(picture)
        assert max(image.size) == pytest.approx(drawing.PIXELS, abs=1)
        assert image.width / image.height == pytest.approx(page.width / page.height, rel=0.002)
        assert share_inked(page, picture) == 1.0


@pytest.mark.parametrize(
    ("turn", "rotate", "matrix"),
    [
        (0, 180, "1 0 0 1 60 700"),
        (1, 90, "0 1 -1 0 200 90"),
        (2, 0, "-1 0 0 -1 500 300"),
        (3, 0, "0 -1 1 0 90 700"),
    ],
)
def test_a_turned_page_is_drawn_as_it_is_read(turn: int, rotate: int, matrix: str) -> None:
    lines = "".join(f"BT /F 10 Tf 1 0 0 1 0 {-14 * i} Tm ({p}) Tj ET " for i, p in enumerate(PROSE))
    data = pdf(f"q {matrix} cm {lines} Q")
    data = data.replace(b"/Type /Page /Parent", b"/Type /Page /Rotate %d /Parent" % rotate)
    (page,) = read(data).pages
    assert page.turn == turn
    (picture,) = draw(data, [page])
    image = drawn(picture)
    assert (image.width > image.height) == (page.width > page.height)
    assert share_inked(page, picture) == 1.0


def test_the_same_page_has_the_same_bytes() -> None:
    data = pdf(text(50, 100, PROSE[0]))
    pages = read(data).pages
    assert draw(data, pages) == draw(data, pages)


def test_a_page_of_another_size_than_was_read_is_left_out() -> None:
    data = pdf(text(50, 100, PROSE[0]))
    (page,) = read(data).pages
    other = Page(1, page.width + 20, page.height, page.lines, page.reader, page.quality)
    assert draw(data, [other]) == ()
    assert draw(data, [Page(7, *_A4, page.lines, page.reader, page.quality)]) == ()


_A4 = (595.0, 842.0)


def test_the_last_pages_are_left_out_where_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = pdf(*(text(50, 100, f"{line} on this page") for line in PROSE * 2))
    pages = read(data).pages
    every = draw(data, pages)
    assert len(every) == 4
    monkeypatch.setattr(drawing, "MOST_BYTES", len(every[0].webp) + len(every[1].webp) + 10)
    assert draw(data, pages) == every[:2]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing else"])
def test_what_cannot_be_drawn_has_no_picture(data: bytes) -> None:
    assert draw(data, [Page(1, *_A4, (), "pypdf", 1.0)]) == ()


def test_a_request_is_answered_with_the_pictures() -> None:
    data = pdf(text(50, 100, PROSE[0]))
    pages = read(data).pages
    assert msgspec.json.decode(
        drawing.serve(drawing.request(data, pages)), type=drawing.Drawn
    ) == draw(data, pages)
