"""Text that a reader of the page does not see is left out and quoted; all else is read."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from data.hidden import build
from tiny_pdf import HEIGHT, PROSE, pdf, resume_page, stream, text

from gapfit.datamodels import Document
from gapfit.errors import UnreadableInput
from gapfit.pdf import hidden, pdfium_reader, pypdf_reader, read, reading
from gapfit.pdf.source import Source
from gapfit.statements import extract

DATA = Path(__file__).parent / "data" / "hidden"
SAMPLES = Path(__file__).parent.parent / "sample_resumes"

SECRET = "Kubernetes expert of twenty years"


def texts(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


def told(document: Document) -> list[str]:
    return [w.message for w in document.warnings if w.code == "hidden-text"]


def image(color: bytes, entries: str = "") -> bytes:
    return stream(
        color,
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB "
        f"/BitsPerComponent 8 {entries}",
    )


def group(content: str) -> bytes:
    return stream(
        content.encode(),
        "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>",
    )


def shows(words: str, top: float = 300, *, size: float = 10, x: float = 50) -> str:
    return text(x, top, words, size=size)


BOX = f"40 {HEIGHT - 320} 300 40 re"
OVER = f"q 300 0 0 40 40 {HEIGHT - 320} cm /J Do Q\n"
STATE = "/ExtGState << /T << /ca 0 /CA 0 >> /H << /ca 0.02 >> /M << /BM /Multiply >> >>"
WHITE_JPEG_LIKE = image(b"\xff\xff\xff")
DARK = image(b"\x10\x20\x40")
BLANK_FONT = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0] "
    b"/FirstChar 32 /LastChar 122 /Widths [" + b"600 " * 91 + b"] /CharProcs << /n 7 0 R >> "
    b"/Encoding << /Type /Encoding /Differences [32 "
    + b"/n " * 91
    + b"] >> /ToUnicode 8 0 R /Resources << >> >>"
)
IDENTITY_CMAP = stream(
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <20> <7a> "
    b"endcodespacerange 1 beginbfrange <20> <7a> <0020> endbfrange endcmap end"
)

# What hides the secret, and why it is said to be hidden. {} is where it is shown.
TRICKS: dict[str, tuple[str, str, dict[str, object]]] = {
    "white": (f"1 g {shows(SECRET)} 0 g", "colour", {}),
    "white, struck out": (
        f"1 g {shows(SECRET)} 0 G 50 544 m 250 544 l S 0 g ",
        "colour",
        {},
    ),
    "nearly white": (f"0.97 0.97 0.95 rg {shows(SECRET)} 0 g", "colour", {}),
    "white in CMYK": (f"0 0 0 0 k {shows(SECRET)} 0 g", "colour", {}),
    "white by a colour space": (
        f"/C cs 1 1 1 sc {shows(SECRET)} 0 g",
        "colour",
        {"resources": "/ColorSpace << /C [/CalRGB << /WhitePoint [1 1 1] >>] >>"},
    ),
    "no tint": (
        f"/S cs 0 scn {shows(SECRET)} 0 g",
        "colour",
        {
            "resources": "/ColorSpace << /S [/Separation /Black /DeviceGray << /FunctionType 2 "
            "/Domain [0 1] /N 1 /C0 [1] /C1 [0] >>] >>"
        },
    ),
    "an unknown tint": (
        f"/S cs 0 scn {shows(SECRET)} 0 g",
        "blank",
        {
            "objects": [stream(b"{1 exch sub}", "/FunctionType 4 /Domain [0 1] /Range [0 1]")],
            "resources": "/ColorSpace << /S [/Separation /Ink /DeviceGray 6 0 R] >>",
        },
    ),
    "dark on dark": (f"0.1 g {BOX} f 0.12 g {shows(SECRET)} 0 g", "colour", {}),
    "dark on a dark rule": (
        f"q 40 w 0 0 0.3 RG 40 {HEIGHT - 300} m 340 {HEIGHT - 300} l S Q 0 0 0.3 rg "
        f"{shows(SECRET)} 0 g",
        "colour",
        {},
    ),
    "white on a white image": (
        f"{OVER} 1 g {shows(SECRET)} 0 g",
        "blank",
        {"objects": [WHITE_JPEG_LIKE], "xobjects": "/J 6 0 R"},
    ),
    "tiny": (shows(SECRET, size=1), "tiny", {}),
    "tiny by a matrix": (f"q 0.1 0 0 0.1 50 500 cm BT /F 10 Tf ({SECRET}) Tj ET Q", "tiny", {}),
    "squeezed": (f"BT /F 10 Tf 1 Tz 50 500 Td ({SECRET}) Tj 100 Tz ET", "tiny", {}),
    "without ink": (f"BT 3 Tr ET {shows(SECRET)} BT 0 Tr ET", "invisible", {}),
    "as a clip only": (f"q BT 7 Tr ET {shows(SECRET)} Q", "invisible", {}),
    "transparent": (f"q /T gs {shows(SECRET)} Q", "transparent", {"resources": STATE}),
    "nearly transparent": (f"q /H gs {shows(SECRET)} Q", "transparent", {"resources": STATE}),
    "transparent as a group": (
        "q /T gs /J Do Q",
        "transparent",
        {
            "resources": STATE,
            "xobjects": "/J 6 0 R",
            "objects": [
                stream(
                    shows(SECRET).encode(),
                    "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency "
                    ">> /Resources << /Font << /F 3 0 R >> >>",
                )
            ],
        },
    ),
    "beside the page": (shows(SECRET, x=700), "outside", {}),
    "below the page": (shows(SECRET, top=900), "outside", {}),
    "outside the crop box": (
        shows(SECRET, top=820),
        "outside",
        {"page": "/CropBox [0 100 595 842]"},
    ),
    "under a rectangle": (f"{shows(SECRET)} 1 g {BOX} f 0 g", "covered", {}),
    "under a drawn outline": (
        f"{shows(SECRET)} 1 g 40 522 m 340 522 l 340 562 l 40 562 l h f 0 g",
        "covered",
        {},
    ),
    "under a round shape": (
        f"{shows(SECRET)} 1 g 20 510 m 20 700 360 700 360 510 c 300 480 60 480 20 510 c f 0 g",
        "covered",
        {},
    ),
    "under an image": (
        f"{shows(SECRET)} {OVER}",
        "covered",
        {"objects": [DARK], "xobjects": "/J 6 0 R"},
    ),
    "under what all else is written on": (
        shows(SECRET, top=100) + f"1 g 0 0 595 {HEIGHT} re f 0 g",
        "covered",
        {},
    ),
    "under a masked image": (
        f"{shows(SECRET)} {OVER}",
        "blank",
        {
            "objects": [
                image(b"\xff\xff\xff", "/SMask 7 0 R"),
                stream(
                    b"\xff",
                    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
                    "/BitsPerComponent 8",
                ),
            ],
            "xobjects": "/J 6 0 R",
        },
    ),
    "clipped": (f"q 40 700 20 20 re W n {shows(SECRET)} Q", "clipped", {}),
    "clipped to nothing": (f"q 0 0 0 0 re W n {shows(SECRET)} Q", "clipped", {}),
    "clipped to a ring": (
        f"q 20 500 400 100 re 30 505 380 90 re W* n {shows(SECRET)} Q",
        "blank",
        {},
    ),
    "in a layer that is off": (
        f"/OC /L BDC {shows(SECRET)} EMC",
        "layer",
        {
            "objects": [b"<< /Type /OCG /Name (x) >>"],
            "resources": "/Properties << /L 6 0 R >>",
            "catalog": "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
        },
    ),
    "in a layer that is not on": (
        f"/OC /L BDC /Span BMC {shows(SECRET)} EMC EMC",
        "layer",
        {
            "objects": [b"<< /Type /OCG /Name (x) >>", b"<< /Type /OCMD /OCGs 6 0 R >>"],
            "resources": "/Properties << /L 7 0 R >>",
            "catalog": "/OCProperties << /OCGs [6 0 R] /D << /BaseState /OFF /ON [] >> >>",
        },
    ),
    "in a form that is off": (
        "/J Do",
        "layer",
        {
            "objects": [
                b"<< /Type /OCG /Name (x) >>",
                group(shows(SECRET)).replace(b"/Subtype /Form", b"/Subtype /Form /OC 6 0 R"),
            ],
            "xobjects": "/J 7 0 R",
            "catalog": "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
        },
    ),
    "in a font without shapes": (
        f"BT /N 10 Tf 50 500 Td ({SECRET}) Tj ET",
        "blank",
        {
            "objects": [BLANK_FONT, stream(b"600 0 d0"), IDENTITY_CMAP],
            "resources": "/Font << /F 3 0 R /B 4 0 R /N 6 0 R >>",
        },
    ),
}


def tricked(name: str) -> bytes:
    content, _, parts = TRICKS[name]
    data = pdf(f"{content}\n{resume_page()}", **parts)  # type: ignore[arg-type]
    # A second /Font entry would be ambiguous: the first one goes where the trick brings its own.
    return data.replace(b"/Font << /F 3 0 R /B 4 0 R >> ", b"") if b"/N 6 0 R" in data else data


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_is_seen_through(name: str) -> None:
    document = read(tricked(name))
    assert texts(document) == list(PROSE)
    (message,) = told(document)
    assert hidden.REASONS[TRICKS[name][1]] in message
    assert f"“{SECRET}”" in message
    assert "Page 1" in message


def test_the_page_is_read_as_if_it_were_not_there() -> None:
    plain = read(pdf(resume_page()))
    for name in TRICKS:
        document = read(tricked(name))
        if "/CropBox" not in str(TRICKS[name][2]):
            assert [page.lines for page in document.pages] == [page.lines for page in plain.pages]


# What looks like a trick and can be read all the same.
HONEST: dict[str, tuple[str, dict[str, object]]] = {
    "white on a dark box": (f"0.1 g {BOX} f 1 g {shows(SECRET)} 0 g", {}),
    "white on a dark rounded box": (
        "0 0.2 0.4 rg 40 530 m 40 560 l 40 570 40 570 50 570 c 330 570 l 340 570 340 570 340 560 "
        f"c 340 520 l 40 520 l h f 1 g {shows(SECRET)} 0 g",
        {},
    ),
    "white on a dark image": (
        f"{OVER} 1 g {shows(SECRET)} 0 g",
        {"objects": [DARK], "xobjects": "/J 6 0 R"},
    ),
    "white on a dark rule": (
        f"q 40 w 40 {HEIGHT - 300} m 340 {HEIGHT - 300} l S Q 1 g {shows(SECRET)} 0 g",
        {},
    ),
    "white on a shading": (
        f"q {BOX} W n /G sh Q 1 g {shows(SECRET)} 0 g",
        {
            "resources": "/Shading << /G << /ShadingType 2 /ColorSpace /DeviceGray /Extend [true "
            "true] /Coords [0 0 595 0] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0] "
            "/C1 [0.3] >> >> >>"
        },
    ),
    "grey": (f"0.55 g {shows(SECRET)} 0 g", {}),
    "yellow": (f"0.8 0.7 0 rg {shows(SECRET)} 0 g", {}),
    "small": (shows(SECRET, size=5), {}),
    "outlined": (f"BT 1 Tr ET 1 g 0 G {shows(SECRET, size=14)} BT 0 Tr ET 0 g", {}),
    "marked with a highlighter": (
        f"{shows(SECRET)} q /M gs 1 1 0 rg {BOX} f Q",
        {"resources": STATE},
    ),
    "in a frame": (f"{shows(SECRET)} 40 520 300 45 re 42 522 296 41 re f*", {}),
    "under a switched-off cover": (
        f"{shows(SECRET)} /OC /L BDC 1 g {BOX} f 0 g EMC",
        {
            "objects": [b"<< /Type /OCG /Name (x) >>"],
            "resources": "/Properties << /L 6 0 R >>",
            "catalog": "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
        },
    ),
    "in a layer that is on": (
        f"/OC /L BDC {shows(SECRET)} EMC",
        {
            "objects": [b"<< /Type /OCG /Name (x) >>", b"<< /Type /OCG /Name (y) >>"],
            "resources": "/Properties << /L 6 0 R >>",
            "catalog": "/OCProperties << /OCGs [6 0 R 7 0 R] /D << /OFF [7 0 R] >> >>",
        },
    ),
    "drawn twice": (f"{shows(SECRET)} 1 g {BOX} f 0 g {shows(SECRET)}", {}),
    "within a clip": (f"q 40 500 400 100 re W n {shows(SECRET)} Q", {}),
    "in the colour that a state restores": (f"q 1 g Q {shows(SECRET)}", {}),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_can_be_read_is_read(name: str) -> None:
    content, parts = HONEST[name]
    document = read(pdf(f"{resume_page()}\n{content}", **parts))  # type: ignore[arg-type]
    assert texts(document) == [*PROSE, SECRET]
    assert told(document) == []


@pytest.mark.parametrize(
    "name",
    ["white", "tiny", "without ink", "transparent", "beside the page", "under an image",
     "under what all else is written on", "in a font without shapes", "under a masked image"],
)  # fmt: skip
def test_the_second_reader_is_not_tricked_either(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Source:
        raise TypeError

    monkeypatch.setattr(reading.pypdf_reader, "read_pages", fail)
    document = read(tricked(name))
    assert texts(document) == list(PROSE)
    assert len(told(document)) == 1


def test_without_a_picture_the_drawing_alone_is_judged() -> None:
    document = read(tricked("white"), look=False)
    assert texts(document) == list(PROSE)
    assert len(told(document)) == 1
    assert "not-looked-at" in [w.code for w in document.warnings]


def test_many_hidden_words_are_counted_and_quoted_in_part() -> None:
    wall = "".join(
        shows("Python Kubernetes PyTorch LangChain " * 3, 300 + 10 * i) for i in range(9)
    )
    (message,) = told(read(pdf(f"1 g {wall} 0 g 3 Tr {shows(SECRET)} 0 Tr {resume_page()}")))
    assert "5 words drawn without any ink" in message
    assert "108 words in the colour of its background (“Python Kubernetes PyTorch" in message
    assert "…”)" in message
    assert len(message) < 400


def test_a_stray_sign_is_left_out_without_a_word() -> None:
    document = read(pdf(resume_page(f"1 g {shows('. x')} 0 g")))
    assert texts(document) == list(PROSE)
    assert told(document) == []


def test_a_file_of_hidden_text_alone_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="sees no text") as caught:
        read(pdf(f"1 g {resume_page()}"), source="cv.pdf")
    assert caught.value.code == "hidden-text"
    assert "in the colour of its background (“Built the search service" in str(caught.value)


# ---------------------------------------------------------------- scans


def ocr_page(printed: bytes, scan: bytes) -> bytes:
    """The scan with the words of the page laid over it one by one, as OCR programs do."""
    (page,) = pypdf_reader.read_pages(printed, 1).pages
    shown = "q 0.99993 0.01222 -0.01222 0.99993 5.2 -3.6 cm\n"  # as crooked as the scan
    for word in hidden._words(page.glyphs, frozenset()):
        first, words = word.glyphs[0], word.text.strip().translate(ESCAPED)
        place = f"1 0 0 1 {first.x0} {first.y0} Tm"
        shown += f"BT /F {first.size} Tf 80 Tz 3 Tr {place} ({words}) Tj ET\n"
    return scanned_with(f"{shown}Q", scan)


ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\", "\t": " ", "•": "-"})


def scanned_with(content: str, scan: bytes) -> bytes:
    """A PDF whose only page shows the first image of another one, and this."""
    images = pypdf.PdfReader(io.BytesIO(scan)).pages[0]["/Resources"]["/XObject"]
    (picture,) = (reference.get_object() for reference in images.values())
    packed = picture._data
    entries = (
        f"/Type /XObject /Subtype /Image /Width {picture['/Width']} /Height {picture['/Height']} "
        "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    )
    assert picture["/Filter"] == "/DCTDecode"
    drawn = f"q 595 0 0 842 0 0 cm /J Do Q\n{content}".encode("cp1252", "replace")
    return pdf(drawn, objects=[stream(packed, entries)], xobjects="/J 6 0 R")


SCAN = (SAMPLES / "scanned.pdf").read_bytes()


PRINTED = (SAMPLES / "student-ml-engineer.pdf").read_bytes()


def test_a_text_layer_over_a_scan_is_read_and_said_so() -> None:
    document = read(ocr_page(PRINTED, SCAN))
    found = {word for line in texts(document) for word in line.split()}
    words = {word for line in texts(read(PRINTED)) for word in line.split() if word.isascii()}
    assert len(words & found) > 0.85 * len(words)
    assert not told(document)
    assert "ocr-layer" in [w.code for w in document.warnings]


def test_words_over_the_empty_part_of_a_scan_are_no_ocr() -> None:
    data = ocr_page(PRINTED, SCAN).replace(
        b"cm /J Do Q\n", b"cm /J Do Q\nBT /F 9 Tf 3 Tr 60 12 Td (" + SECRET.encode() + b") Tj ET\n"
    )
    data = data.replace(b"startxref", b"startxref ")  # offsets moved; both readers rebuild them
    document = read(data)
    assert SECRET not in " ".join(texts(document))
    assert SECRET in " ".join(told(document))


def test_invisible_words_on_an_image_beside_visible_text_are_no_ocr() -> None:
    content = f"q 595 0 0 842 0 0 cm /J Do Q 0 g {resume_page()} BT 3 Tr ET {shows(SECRET)}"
    document = read(pdf(content, objects=[WHITE_JPEG_LIKE], xobjects="/J 6 0 R"))
    assert texts(document) == list(PROSE)
    assert len(told(document)) == 1


def test_the_second_reader_knows_why() -> None:
    source = pdfium_reader.read_pages(tricked("without ink"), 1)
    reasons = {glyph.hidden for glyph in source.pages[0].glyphs}
    assert reasons == {"", "invisible"}


# ---------------------------------------------------------------- out of other programs


@pytest.mark.parametrize("name", ["chromium", "reportlab", "typst"])
def test_hidden_text_of_other_programs(name: str) -> None:
    document = read((DATA / f"{name}.pdf").read_bytes())
    assert texts(document) == list(build.SEEN)
    (message,) = told(document)
    for reason in ("transparent", "tiny", "covered", "colour"):
        assert hidden.REASONS[reason] in message


WALL = {
    "invisible": f"BT 3 Tr ET {shows(SECRET, 390)} BT 0 Tr ET",
    "transparent": f"q /T gs {shows(SECRET, 400)} Q",
    "tiny": shows(SECRET, 410, size=1),
    "outside": shows(SECRET, 420, x=900),
    "clipped": f"q 0 0 3 3 re W n {shows(SECRET, 430)} Q",
}


def walled(data: bytes) -> bytes:
    """The first page of a PDF with the secret hidden in every way, before and after its own."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    page = writer.pages[0]
    tricks = pypdf.PdfReader(io.BytesIO(pdf("\n".join(WALL.values()), resources=STATE))).pages[0]
    under = pypdf.PdfReader(
        io.BytesIO(pdf(f"{shows(SECRET, 400)} 1 g 0 0 2000 2000 re f {shows(SECRET, 410)}"))
    ).pages[0]
    page.merge_page(under, over=False)
    page.merge_page(tricks)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize(
    "path", sorted((SAMPLES / "toolchains").glob("*.pdf")), ids=lambda p: p.stem
)
def test_a_hidden_wall_changes_nothing_that_is_read(path: Path) -> None:
    data = path.read_bytes()
    plain, document = extract(read(data)), extract(read(walled(data)))
    assert document.statements == plain.statements
    (message,) = [w.message for w in document.warnings]
    for reason in (*WALL, "covered"):
        assert hidden.REASONS[reason] in message
