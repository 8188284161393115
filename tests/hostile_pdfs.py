# ruff: noqa: E501  -- PDF objects read best on one line
"""Hundreds of hostile and broken PDFs, made anew and alike every time; nothing of it is kept.

``corpus()`` yields a name and a function that makes the bytes, so that no two are in memory at once.
"""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
from tiny_pdf import HEIGHT, column, file_of, pdf, resume_page, stream, text

SAMPLES = Path(__file__).parent.parent / "sample_resumes" / "toolchains"
# Small ones of three very different programs.
MUTATED = ("reportlab", "luatex", "qt")

GIBIBYTE = 1 << 30
Make = Callable[[], bytes]
Named = Iterator[tuple[str, Make]]


def corpus() -> Named:
    """Yield all of them, in a fixed order."""
    for part in (
        mutations, other_formats, bombs, trees, forms, nesting, encryption, actions, images, fonts,
        geometry, contents, structure,
    ):  # fmt: skip
        for name, make in part():
            yield f"{part.__name__}-{name}", make


# ---------------------------------------------------------------- damage


def mutations() -> Named:
    for sample in MUTATED:
        data = (SAMPLES / f"{sample}.pdf").read_bytes()
        for share in (1, 10, 40, 70, 90, 99):
            yield f"{sample}-cut-at-{share}", lambda d=data, s=share: d[: len(d) * s // 100]
        for seed in range(12):
            yield f"{sample}-flip-{seed}", lambda d=data, s=seed: _flipped(d, s)
        for name, change in _DAMAGE.items():
            yield f"{sample}-{name}", lambda d=data, c=change: c(d)


def _flipped(data: bytes, seed: int) -> bytes:
    """The file with 1 to 2,048 bits flipped."""
    dice = random.Random(seed)
    flipped = bytearray(data)
    for _ in range(2 ** (seed % 12)):
        flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(flipped)


def _shuffled(data: bytes) -> bytes:
    parts = data.split(b"endobj")
    random.Random(1).shuffle(parts)
    return b"%PDF-1.7\n" + b"endobj".join(parts)


_DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "no-startxref": lambda d: d.replace(b"startxref", b"startxyzf"),
    "wrong-startxref": lambda d: d.replace(b"startxref\n", b"startxref\n99"),
    "negative-startxref": lambda d: d.replace(b"startxref\n", b"startxref\n-"),
    "no-trailer": lambda d: d.replace(b"trailer", b"trailxx"),
    "no-root": lambda d: d.replace(b"/Root", b"/Toor"),
    "huge-size": lambda d: d.replace(b"/Size ", b"/Size 99999"),
    "prev-loop": lambda d: d.replace(b"/Root", b"/Prev 15 /Root"),
    "no-endobj": lambda d: d.replace(b"endobj", b""),
    "no-endstream": lambda d: d.replace(b"endstream", b""),
    "shuffled": _shuffled,
    "twice": lambda d: d + d,
    "behind-junk": lambda d: b"junk\n" * 100 + d,
    "behind-much-junk": lambda d: b"junk\n" * 1000 + d,
    "zero-bytes-inside": lambda d: d[: len(d) // 3] + bytes(5_000) + d[len(d) // 3 + 5_000 :],
    "spaces-for-newlines": lambda d: d.replace(b"\n", b" "),
    "as-if-text": lambda d: d.replace(b"\n", b"\r\n"),
    "lengths-of-zero": lambda d: d.replace(b"/Length ", b"/Length 0 /Lenght "),
    "no-filters": lambda d: d.replace(b"/FlateDecode", b"/LZWDecode"),
}


def other_formats() -> Named:
    heads = {
        "nothing": b"", "zeros": bytes(20_000), "zip": b"PK\x03\x04" + bytes(500),
        "png": b"\x89PNG\r\n\x1a\n" + bytes(500), "html": b"<!doctype html><p>Resume",
        "rtf": rb"{\rtf1 Resume}", "exe": b"MZ" + bytes(500), "postscript": b"%!PS-Adobe-3.0\n",
        "word": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "gzip": b"\x1f\x8b" + bytes(500),
        "utf16": "%PDF-1.7 resume".encode("utf-16"), "shell": b"#!/bin/sh\nrm -rf /\n",
        "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    }  # fmt: skip
    for name, head in heads.items():
        yield name, lambda h=head: h
        yield f"{name}-with-a-header", lambda h=head: b"%PDF-1.7\n" + h
    yield "header-alone", lambda: b"%PDF-1.7"
    yield "header-and-end", lambda: b"%PDF-1.7\n%%EOF"
    yield "noise", lambda: b"%PDF-1.7\n" + random.Random(7).randbytes(60_000)


# ---------------------------------------------------------------- bombs


def deflated(size: int, byte: bytes = b" ") -> bytes:
    """``size`` times a byte, deflated; made of one block that is repeated, so at once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    mebibyte = packer.compress(byte * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + mebibyte * (size >> 20) + b"\x03\x00\x00\x00\x00\x00"


def _page_with(content: bytes, entries: str, *further: bytes, **parts: str) -> bytes:
    """A page whose content is this stream object, with its filters."""
    marker = b"M" * 40
    made = pdf(marker, objects=further, **parts)
    return made.replace(stream(marker), stream(content, entries))


def bombs() -> Named:
    yield "flate-1-gib", lambda: _page_with(deflated(GIBIBYTE), "/Filter /FlateDecode")
    yield (
        "flate-1-gib-nested",
        lambda: _page_with(
            zlib.compress(deflated(GIBIBYTE)), "/Filter [/FlateDecode /FlateDecode]"
        ),
    )
    yield (
        "flate-thrice",
        lambda: _page_with(
            zlib.compress(zlib.compress(deflated(GIBIBYTE))),
            "/Filter [/FlateDecode /FlateDecode /FlateDecode]",
        ),
    )
    yield "flate-100-mib-of-text", lambda: _page_with(_much_text(100 << 20), "/Filter /FlateDecode")
    yield (
        "flate-30-mib-of-rubbish",
        lambda: _page_with(deflated(30 << 20, b"q"), "/Filter /FlateDecode"),
    )
    yield "run-length", lambda: _page_with(b"\x81 " * 400_000, "/Filter /RunLengthDecode")
    yield (
        "run-length-nested",
        lambda: _page_with(
            zlib.compress(b"\x81 " * 8_000_000), "/Filter [/FlateDecode /RunLengthDecode]"
        ),
    )
    yield (
        "a-hundred-filters",
        lambda: _page_with(b"41" * 500, f"/Filter [{'/ASCIIHexDecode ' * 100}]"),
    )
    yield (
        "predictor",
        lambda: _page_with(
            zlib.compress(b"x" * 10_000),
            "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 >>",
        ),
    )
    yield "lzw", lambda: _page_with(b"\x80\x0b\x60\x50" * 200_000, "/Filter /LZWDecode")
    bomb = stream(deflated(GIBIBYTE), "/Filter /FlateDecode")
    yield "in-to-unicode", lambda: _with_font(b"/ToUnicode 7 0 R", bomb)
    yield "in-a-font-file", lambda: _with_font(b"/FontDescriptor 8 0 R", bomb, _DESCRIPTOR)
    yield (
        "in-a-form",
        lambda: pdf(
            f"{resume_page()} /J Do",
            objects=[
                bomb.replace(b"/Filter", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter")
            ],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "in-an-image",
        lambda: pdf(
            f"{resume_page()} q 100 0 0 100 0 0 cm /J Do Q",
            objects=[
                bomb.replace(
                    b"/Filter",
                    b"/Type /XObject /Subtype /Image /Width 32768 /Height 32768 /ColorSpace "
                    b"/DeviceGray /BitsPerComponent 8 /Filter",
                )
            ],
            xobjects="/J 6 0 R",
        ),
    )
    yield "in-metadata", lambda: pdf(resume_page(), objects=[bomb], catalog="/Metadata 6 0 R")
    yield (
        "in-an-object-stream",
        lambda: pdf(
            resume_page(),
            objects=[bomb.replace(b"/Filter", b"/Type /ObjStm /N 100000 /First 1000000 /Filter")],
        ).replace(b"/Resources <<", b"/Resources 99 0 R /Old <<"),
    )


def _much_text(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    line = text(50, 100, "word " * 200).encode()
    block = packer.compress(line * ((1 << 20) // len(line))) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * (size >> 20) + b"\x03\x00\x00\x00\x00\x00"


# ---------------------------------------------------------------- page trees


def trees() -> Named:
    yield "100000-pages", lambda: _many_pages(100_000)
    yield "one-page-100000-times", lambda: _kids("3 0 R " * 100_000, 100_000)
    yield "61-pages", lambda: pdf(*[resume_page()] * 61)
    yield "cycle", lambda: _kids("2 0 R 3 0 R", 2)
    yield (
        "cycle-of-two",
        lambda: _kids("4 0 R 3 0 R", 2, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
    )
    yield (
        "parent-cycle",
        lambda: pdf(resume_page()).replace(b"/Type /Pages ", b"/Type /Pages /Parent 2 0 R "),
    )
    yield "5000-deep", lambda: _deep_tree(5_000)
    yield "900-deep", lambda: _deep_tree(900)
    for count in (-1, 0, 10**9, 2**63):
        yield f"count-{count}", lambda c=count: _kids("3 0 R", c)
    yield "kids-of-nothing", lambda: _kids("99 0 R 98 0 R", 2)
    yield "kids-of-numbers", lambda: _kids("1 2 3", 3)
    yield "no-kids", lambda: _kids("", 0)
    yield "kids-is-a-stream", lambda: _kids("4 0 R", 1, stream(b"x"))
    yield (
        "wide-and-deep",
        lambda: _kids(
            "4 0 R " * 300,
            90_000,
            b"<< /Type /Pages /Count 300 /Kids [" + b"3 0 R " * 300 + b"] >>",
        ),
    )


def _page(content: int = 5) -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font "
        b"<< /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>" % content
    )


def _kids(kids: str, count: int, other: bytes = b"null") -> bytes:
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()
    content = stream(resume_page().encode())
    return file_of([b"<< /Type /Catalog /Pages 2 0 R >>", tree, _page(), other, content])


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + i) for i in range(count))
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    content = stream(resume_page().encode())
    return file_of([b"<< /Type /Catalog /Pages 2 0 R >>", tree, content, *[_page(3)] * count])


def _deep_tree(depth: int) -> bytes:
    inner = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (i + 1, i + 3)
        for i in range(depth)
    ]
    content = stream(resume_page().encode())
    last = _page(depth + 3)
    return file_of([b"<< /Type /Catalog /Pages 2 0 R >>", *inner, last, content])


# ---------------------------------------------------------------- forms


def _form(content: str, own: str = "/J 6 0 R", resources: str = "/Font << /F 3 0 R >>") -> bytes:
    return stream(
        content.encode(),
        "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << "
        f"{own} >> {resources} >>",
    )


def forms() -> Named:
    draw = "/J Do /K Do " * 8
    yield (
        "itself",
        lambda: pdf(f"{resume_page()} /J Do", objects=[_form("/J Do")], xobjects="/J 6 0 R"),
    )
    yield (
        "each-other",
        lambda: pdf(
            f"{resume_page()} /J Do",
            objects=[_form("/K Do", "/K 7 0 R"), _form("/J Do")],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "multiplying",
        lambda: pdf(
            f"{resume_page()} /J Do",
            objects=[
                *(
                    _form(draw + text(50, 300, f"level {i}"), f"/J {7 + i} 0 R /K {7 + i} 0 R")
                    for i in range(10)
                ),
                _form(text(50, 320, "leaf")),
            ],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "multiplying-without-text",
        lambda: pdf(
            f"{resume_page()} /J Do",
            objects=[
                *(_form(draw, f"/J {7 + i} 0 R /K {7 + i} 0 R") for i in range(11)),
                _form("0 0 5 5 re f"),
            ],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "40-deep",
        lambda: pdf(
            f"{resume_page()} /J Do",
            objects=[
                *(_form("/J Do", f"/J {7 + i} 0 R") for i in range(40)),
                _form(text(50, 300, "x")),
            ],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "20000-times",
        lambda: pdf(
            resume_page() + "/J Do " * 20_000,
            objects=[_form(text(50, 300, "x"))],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "itself-multiplied",
        lambda: pdf(
            f"{resume_page()} /J Do",
            objects=[_form("/J Do " * 20 + text(9, 9, "x"))],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "resources-of-itself",
        lambda: pdf(
            f"{resume_page()} /J Do",
            objects=[_form("/J Do").replace(b"/Resources <<", b"/Resources 6 0 R /Old <<")],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "a-pattern-in-itself",
        lambda: pdf(
            f"/Pattern cs /P scn 0 0 400 400 re f 0 g {resume_page()}",
            objects=[
                stream(
                    b"/Pattern cs /P scn 0 0 1 1 re f",
                    "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
                    "/XStep 0.001 /YStep 0.001 /Resources << /Pattern << /P 6 0 R >> >>",
                )
            ],
            resources="/Pattern << /P 6 0 R >>",
        ),
    )
    yield "soft-mask-of-itself", lambda: pdf(
        f"/S gs {resume_page()}",
        objects=[_form("/S gs 0 0 9 9 re f", resources="/ExtGState << /S 7 0 R >>"),
                 b"<< /SMask << /S /Luminosity /G 6 0 R >> >>"],
        resources="/ExtGState << /S 7 0 R >>",
    )  # fmt: skip


# ---------------------------------------------------------------- nesting


def nesting() -> Named:
    for count in (1_000, 100_000):
        yield f"arrays-in-content-{count}", lambda n=count: pdf("[" * n + resume_page())
        yield (
            f"dictionaries-in-content-{count}",
            lambda n=count: pdf("/X " + "<< /A " * n + " BDC " + resume_page()),
        )
        yield f"strings-in-content-{count}", lambda n=count: pdf("(" * n + resume_page())
        yield (
            f"arrays-in-an-object-{count}",
            lambda n=count: pdf(
                resume_page(), objects=[b"[" * n + b"]" * n], catalog="/Names 6 0 R"
            ),
        )
        yield (
            f"dictionaries-in-an-object-{count}",
            lambda n=count: pdf(resume_page(), page="/Group " + "<< /A " * n + ">>" * n),
        )
    yield "300000-states", lambda: pdf("q " * 300_000 + resume_page())
    yield "300000-ends", lambda: pdf("Q " * 300_000 + resume_page())
    yield "marked-content", lambda: pdf("/A BMC " * 80_000 + resume_page())
    yield "text-objects", lambda: pdf("BT " * 200_000 + resume_page())
    yield (
        "a-chain-of-references",
        lambda: pdf(
            resume_page(),
            objects=[b"%d 0 R" % (7 + i) for i in range(3_000)] + [b"6 0 R"],
            page="/Rotate 6 0 R",
        ),
    )
    yield (
        "a-reference-to-itself",
        lambda: pdf(resume_page(), objects=[b"6 0 R"], page="/CropBox 6 0 R"),
    )
    yield (
        "functions-in-functions",
        lambda: pdf(
            f"/S cs 1 scn {resume_page()}",
            objects=[
                b"[/Separation /A /DeviceGray 7 0 R]",
                b"<< /FunctionType 3 /Domain [0 1] /Functions [7 0 R] /Bounds [] /Encode [0 1] >>",
            ],
            resources="/ColorSpace << /S 6 0 R >>",
        ),
    )
    yield (
        "a-space-in-itself",
        lambda: pdf(
            f"/S cs 1 scn {resume_page()}",
            objects=[b"[/Separation /A 6 0 R << /FunctionType 2 /Domain [0 1] /N 1 >>]"],
            resources="/ColorSpace << /S 6 0 R >>",
        ),
    )


# ---------------------------------------------------------------- encryption


def encryption() -> Named:
    for algorithm in ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"):
        for password in ("", "secret"):
            name = f"{algorithm.lower()}-{'locked' if password else 'open'}"
            yield name, lambda a=algorithm, p=password: encrypted(a, p)
    plain = pdf(resume_page())
    for name, entry in {
        "nothing": "<< >>", "null": "null", "itself": "6 0 R",
        "unknown-filter": "<< /Filter /Nobody >>", "no-keys": "<< /Filter /Standard /V 4 /R 4 >>",
        "short-keys": "<< /Filter /Standard /V 2 /R 3 /O (a) /U (b) /P -1 /Length 128 >>",
        "no-length": "<< /Filter /Standard /V 1 /R 2 /O () /U () /P 0 /Length 0 >>",
        "huge-length": f"<< /Filter /Standard /V 2 /R 3 /O ({'x' * 32}) /U ({'x' * 32}) /P -4 "
        "/Length 2147483640 >>",
        "unknown-version": f"<< /Filter /Standard /V 99 /R 99 /O ({'x' * 32}) /U ({'x' * 32}) /P 0 >>",
    }.items():  # fmt: skip
        yield (
            f"dictionary-{name}",
            lambda e=entry: plain.replace(b"trailer << ", f"trailer << /Encrypt {e} ".encode()),
        )


def encrypted(algorithm: str, password: str) -> bytes:
    """The resume page under a user password; keys are random, sizes are not."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(resume_page())))
    writer.encrypt(password, "owner", algorithm=algorithm)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


# ---------------------------------------------------------------- actions

# Where each would write if anything were executed; the test looks there.
FOOTPRINT = "gapfit-was-here"


def actions() -> Named:
    target = f"/tmp/{FOOTPRINT}"
    for name, action in {
        "javascript": f"<< /S /JavaScript /JS (app.launchURL\\('file://{target}'\\); while\\(1\\);) >>",
        "launch": f"<< /S /Launch /F (/bin/sh) /Unix << /F (/bin/sh) /P (-c 'touch {target}') >> >>",
        "launch-windows": "<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>",
        "uri": "<< /S /URI /URI (http://127.0.0.1:9/resume) >>",
        "submit": "<< /S /SubmitForm /F << /FS /URL /F (http://127.0.0.1:9/) >> /Flags 4 >>",
        "import": f"<< /S /ImportData /F ({target}) >>",
        "remote": "<< /S /GoToR /F (//127.0.0.1/share/x.pdf) /D [0 /Fit] >>",
        "embedded": "<< /S /GoToE /T << /R /C /N (x) >> >>",
        "rendition": "<< /S /Rendition /OP 0 /JS (app.alert\\(1\\)) >>",
        "chain": "<< /S /Named /N /NextPage /Next 6 0 R >>",
    }.items():
        yield (
            f"{name}-on-opening",
            lambda a=action: pdf(resume_page(), objects=[a.encode()], catalog="/OpenAction 6 0 R"),
        )
        yield (
            f"{name}-on-the-page",
            lambda a=action: pdf(
                resume_page(), objects=[a.encode()], page="/AA << /O 6 0 R /C 6 0 R >>"
            ),
        )
    yield (
        "xfa",
        lambda: pdf(
            resume_page(),
            objects=[b"<< /XFA 7 0 R /Fields [] >>", stream(b"<xdp><script>x()</script></xdp>")],
            catalog="/AcroForm 6 0 R",
        ),
    )
    yield (
        "external-stream",
        lambda: pdf(resume_page()).replace(b"/Length ", b"/F (/etc/passwd) /FFilter [] /Length "),
    )
    yield (
        "reference-xobject",
        lambda: pdf(
            f"{resume_page()} /J Do",
            objects=[_form("").replace(b"/BBox", b"/Ref << /F (/etc/passwd) /Page 0 >> /BBox")],
            xobjects="/J 6 0 R",
        ),
    )
    yield (
        "attachment",
        lambda: pdf(
            resume_page(),
            objects=[
                b"<< /Names [(x) << /Type /Filespec /F (x.sh) /EF << /F 7 0 R >> >>] >>",
                stream(f"touch {target}".encode(), "/Type /EmbeddedFile"),
            ],
            catalog="/Names << /EmbeddedFiles 6 0 R >>",
        ),
    )
    yield (
        "annotations",
        lambda: pdf(
            resume_page(), objects=[_LINK] * 2_000, page=f"/Annots [{_references(6, 2_000)}]"
        ),
    )
    yield (
        "annotation-of-itself",
        lambda: pdf(
            resume_page(),
            objects=[
                b"<< /Type /Annot /Subtype /Popup /Parent 6 0 R /Popup 6 0 R /Rect [0 0 9 9] >>"
            ],
            page="/Annots [6 0 R 6 0 R]",
        ),
    )


_LINK = b"<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (http://127.0.0.1:9) >> >>"


def _references(first: int, count: int) -> str:
    return " ".join(f"{first + i} 0 R" for i in range(count))


# ---------------------------------------------------------------- images


def images() -> Named:
    for name, entries, data in (
        ("a-million-wide", "/Width 1000000 /Height 1000000 /BitsPerComponent 1 /ColorSpace /DeviceGray", b"x"),
        ("negative", "/Width -5 /Height -5 /BitsPerComponent 8 /ColorSpace /DeviceRGB", b"x"),
        ("32-bits", "/Width 9 /Height 9 /BitsPerComponent 32 /ColorSpace /DeviceRGB", b"x"),
        ("jpeg-of-noise", "/Width 9 /Height 9 /Filter /DCTDecode", b"\xff\xd8\xff\xe0" + b"x" * 900),
        ("huge-jpeg", "/Width 65500 /Height 65500 /Filter /DCTDecode",
         bytes.fromhex("ffd8ffc0001108ffdcffdc03012200021101031101ffda")),
        ("jpeg-2000-of-noise", "/Width 9 /Height 9 /Filter /JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
        ("jbig2-of-noise", "/Width 9999 /Height 9999 /Filter /JBIG2Decode /BitsPerComponent 1",
         b"\x00\x00\x00\x00\x30\x00\x01" + b"\xff" * 90),
        ("fax-of-noise", "/Width 60000 /Height 60000 /Filter /CCITTFaxDecode /BitsPerComponent 1 "
         "/DecodeParms << /K -1 /Columns 60000 >>", b"\x01" * 900),
        ("mask-of-itself", "/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 6 0 R", b"x" * 81),
        ("indexed-by-itself", "/Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace [/Indexed 6 0 R 255 (x)]", b"x" * 81),
    ):  # fmt: skip
        yield (
            name,
            lambda e=entries, d=data: pdf(
                f"q 300 0 0 300 50 50 cm /J Do Q {resume_page()}",
                objects=[stream(d, f"/Type /XObject /Subtype /Image {e}")],
                xobjects="/J 6 0 R",
            ),
        )
    yield "inline-without-end", lambda: pdf("BI /W 9 /H 9 /BPC 8 /CS /G ID " + resume_page())
    yield "inline-huge", lambda: pdf("BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI " + resume_page())
    yield "inline-5000", lambda: pdf("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI\n" * 5_000 + resume_page())
    yield (
        "drawn-10000-times",
        lambda: pdf("q 500 0 0 500 0 0 cm " + "/I Do " * 10_000 + "Q " + resume_page()),
    )


# ---------------------------------------------------------------- fonts

_DESCRIPTOR = b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>"


def _with_font(entries: bytes, *further: bytes, kind: bytes = b"TrueType") -> bytes:
    font = b"<< /Type /Font /Subtype /%s /BaseFont /X %s >>" % (kind, entries)
    return pdf(
        resume_page().replace("/F ", "/N ") + text(50, 300, "in plain letters"),
        objects=[font, *further],
        resources="/Font << /F 3 0 R /B 4 0 R /N 6 0 R >>",
    ).replace(b"/Font << /F 3 0 R /B 4 0 R >> ", b"")


def fonts() -> Named:
    noise = random.Random(3).randbytes(4_000)
    for kind, key in (
        (b"TrueType", b"FontFile2"),
        (b"Type1", b"FontFile"),
        (b"Type1", b"FontFile3"),
    ):
        descriptor = _DESCRIPTOR.replace(b"FontFile2", key)
        yield (
            f"{key.decode().lower()}-of-noise",
            lambda k=kind, d=descriptor: _with_font(
                b"/FontDescriptor 8 0 R", stream(noise), d, kind=k
            ),
        )
    maps = {
        "huge-range": b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange",
        "many-ranges": b"1 beginbfrange " + b"<0000> <ffff> <0041> " * 2_000 + b" endbfrange",
        "backwards": b"1 beginbfrange <ff> <00> <0041> endbfrange",
        "no-end": b"1 beginbfchar <41> <0042",
        "long-text": b"1 beginbfchar <41> <" + b"0041" * 200_000 + b"> endbfchar",
        "surrogates": b"1 beginbfchar <41> <d800> <42> <dc00> <65> <d83d> endbfchar",
        "controls": b"1 beginbfchar <65> <001b005b00330031006d> <61> <202e> <6f> <0000> endbfchar",
        "itself": b"/X usecmap",
        "noise": noise,
    }
    for name, body in maps.items():
        cmap = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange " + body
        yield f"map-{name}", lambda c=cmap: _with_font(b"/ToUnicode 7 0 R", stream(c))
    for name, entries in {
        "300000-widths": b"/FirstChar 0 /Widths [" + b"500 " * 300_000 + b"]",
        "widths-of-names": b"/FirstChar 0 /Widths [/A /B null (x)]",
        "widths-of-1e300": b"/FirstChar 32 /Widths ["
        + b"1e300 999999999999999999999999 " * 60
        + b"]",
        "first-char-below-0": b"/FirstChar -100 /LastChar 2147483647 /Widths [500]",
        "differences": b"/Encoding << /Differences [0 " + b"/a " * 200_000 + b"] >>",
        "differences-of-numbers": b"/Encoding << /Differences [9 9 9 -5 (x) 3.7 /a] >>",
        "unknown-encoding": b"/Encoding /Nobody-Knows-H",
        "encoding-of-itself": b"/Encoding 6 0 R",
        "font-of-itself": b"/FontDescriptor 6 0 R /ToUnicode 6 0 R",
    }.items():
        yield name, lambda e=entries: _with_font(e)
    yield (
        "composite-of-itself",
        lambda: _with_font(b"/Encoding /Identity-H /DescendantFonts [6 0 R]", kind=b"Type0"),
    )
    yield (
        "composite-without-parts",
        lambda: _with_font(b"/Encoding /Identity-H /DescendantFonts []", kind=b"Type0"),
    )
    yield (
        "composite-widths",
        lambda: _with_font(
            b"/Encoding /Identity-H /DescendantFonts [7 0 R]",
            b"<< /Type /Font /Subtype /CIDFontType2 /W [0 2147483647 500 1 [1 2 3] 5] /DW 1e99 >>",
            kind=b"Type0",
        ),
    )
    for name, matrix in {"zero": b"0 0 0 0 0 0", "huge": b"1e9 0 0 1e9 0 0", "short": b"1"}.items():
        yield (
            f"type3-{name}",
            lambda m=matrix: _with_font(
                b"/FontMatrix [%s] /FontBBox [0 0 1 1] /FirstChar 0 /LastChar 1 /Widths [1 1] /CharProcs "
                b"<< /a 7 0 R >> /Encoding << /Differences [97 /a] >> /Resources << /Font << /N 6 0 R >> "
                b">>" % m,
                stream(b"1 0 d0 BT /N 9 Tf (a) Tj ET"),
                kind=b"Type3",
            ),
        )


# ---------------------------------------------------------------- geometry and contents


def geometry() -> Named:
    for name, page in {
        "no-size": "/MediaBox [0 0 0 0]", "inside-out": "/MediaBox [595 842 0 0]",
        "huge": "/MediaBox [0 0 1e7 1e7]", "huge-and-cropped": "/CropBox [-1e9 -1e9 1e9 1e9]",
        "far-away": "/MediaBox [1e6 1e6 1000595 1000842]", "two-numbers": "/MediaBox [0 0]",
        "names": "/MediaBox [/A /B /C /D]", "narrow": "/MediaBox [0 0 0.001 842]",
        "rotated-by-37": "/Rotate 37", "rotated-by-much": "/Rotate 99999999999", "rotated-by-a-name": "/Rotate /X",
        "user-unit": "/UserUnit 1e9", "user-unit-zero": "/UserUnit 0", "not-a-number": "/MediaBox [nan inf 9 9]",
        "long-numbers": f"/MediaBox [0 0 {'9' * 5000} 842]",
    }.items():  # fmt: skip
        yield (
            name,
            lambda p=page: (
                pdf(resume_page())
                .replace(b" >>\nendobj\n6 0", b"", 0)
                .replace(b"/MediaBox [0 0 595 842]", p.encode())
            ),
        )


def contents() -> Named:
    words = "word " * 60
    for name, content in {
        "300000-letters-in-a-line": "BT /F 1 Tf 50 700 Td " + f"({words}) Tj " * 1_000 + "ET",
        "a-word-of-60000-letters": "BT /F 5 Tf 1 Tz 50 700 Td (" + "x" * 60_000 + ") Tj ET",
        "100000-glyphs-in-one-place": "BT /F 9 Tf " + "1 0 0 1 50 700 Tm (ab) Tj " * 50_000 + "ET",
        "5000-lines": column(50, 100, ["one line of text"] * 5_000, leading=0.07),
        "huge-matrix": "1e300 0 0 1e300 0 0 cm 1e300 0 0 1e300 0 0 cm",
        "tiny-matrix": "1e-300 0 0 1e-300 0 0 cm 1e-300 0 0 1e-300 0 0 cm " + text(1, 1, "x"),
        "flat-matrix": "0 0 0 0 0 0 cm " + text(50, 300, "flat"),
        "huge-font": text(50, 300, "huge", size=10**30),
        "negative-font": text(50, 300, "negative", size=-10),
        "not-a-number": "nan inf -inf Td 1e999 -1e999 Td BT /F nan Tf (x) Tj ET",
        "long-number": "9" * 100_000 + " g",
        "long-name": "/" + "x" * 1_000_000 + " gs",
        "long-operator": "x" * 1_000_000,
        "many-operands": "1 " * 200_000 + "g",
        "hex-of-everything": "BT /F 9 Tf 50 500 Td <" + bytes(range(256)).hex() * 20 + "> Tj ET",
        "a-path-of-60000-points": "0 0 m " + "9 9 l " * 60_000 + "f",
        "50000-boxes": "0 0 500 800 re f " * 50_000 + "0 g",
        "8000-clips": "0 0 500 800 re W n " * 8_000,
        "8000-colours": "/F cs 0.1 0.2 0.3 scn " * 8_000,
        "every-angle": "".join(
            f"BT /F 9 Tf {c} {s} {-s} {c} 300 400 Tm (turned) Tj ET "
            for c, s in ((0.5, 0.86), (-1, 0), (0, 1), (0, -1), (0.99, 0.01))
        )
        * 200,
        "control-characters": text(50, 300, "\x1b]0;pwned\x07\x1b[2J and \x00\x08\x7f"),
        "unknown-operators": "foo bar baz qux " * 50_000,
        "broken-arrays": "BT /F 9 Tf 50 500 Td [(a) /b << /c (d) >> [(e)] 1e9 -1e9 (f)] TJ ET",
        "types-mixed-up": "(x) Tf /F (y) Tf [1] Td (a) (b) cm /X Do /Y gs << >> Tj 5 Tj /Z sh true w",
        "shading-everywhere": "/S sh " * 2_000,
        "30000-words-hidden": "1 g " + column(50, 100, [words] * 500, leading=0.1) + "0 g",
    }.items():
        yield name, lambda c=content: pdf(f"q {c}\nQ 0 g {resume_page()}")


def structure() -> Named:
    plain = pdf(resume_page())
    for name, change in {
        "length-of-itself": lambda d: d.replace(b"/Length ", b"/Length 7 0 R /L "),
        "length-too-long": lambda d: d.replace(b"/Length ", b"/Length 9999999"),
        "length-below-0": lambda d: d.replace(b"/Length ", b"/Length -"),
        "unknown-filter": lambda d: d.replace(b"/Length ", b"/Filter /Nobody /Length "),
        "filter-of-numbers": lambda d: d.replace(b"/Length ", b"/Filter [1 2 3] /Length "),
        "contents-of-itself": lambda d: d.replace(b"/Contents 7 0 R", b"/Contents 6 0 R"),
        "contents-of-everything": lambda d: d.replace(
            b"/Contents 7 0 R", b"/Contents [" + b"7 0 R " * 1_000 + b"]"
        ),
        "no-contents": lambda d: d.replace(b"/Contents 7 0 R", b"/Contents null"),
        "no-resources": lambda d: d.replace(b"/Resources", b"/Ressources"),
        "fonts-are-a-number": lambda d: d.replace(b"/Font <<", b"/Font 5 /Old <<"),
        "fonts-are-missing": lambda d: d.replace(b"/F 3 0 R", b"/F 99 0 R"),
        "object-0": lambda d: d.replace(b"1 0 obj", b"0 0 obj"),
        "object-of-a-billion": lambda d: d.replace(b"/Root 1 0 R", b"/Root 1000000000 0 R"),
        "generation": lambda d: d.replace(b"/Root 1 0 R", b"/Root 1 65535 R"),
        "same-number-twice": lambda d: d.replace(b"4 0 obj", b"3 0 obj"),
        "layers-of-themselves": lambda d: d.replace(
            b"/Type /Catalog",
            b"/Type /Catalog /OCProperties << /OCGs [1 0 R] /D << /OFF [1 0 R] /Order 1 0 R >> >>",
        ),
        "outline-of-itself": lambda d: d.replace(
            b"/Type /Catalog", b"/Type /Catalog /Outlines << /First 1 0 R /Last 1 0 R >>"
        ),
        "version-of-nonsense": lambda d: d.replace(b"%PDF-1.4", b"%PDF-99.x"),
        "a-hundred-updates": lambda d: d + d[d.rindex(b"xref\n0") :] * 100,
        "comments": lambda d: d.replace(b"endobj", b"% endobj obj stream\n" * 200 + b"endobj"),
        "a-name-of-escapes": lambda d: d.replace(b"/Helvetica ", b"/" + b"#00" * 5_000 + b" "),
        "xref-stream-of-noise": lambda d: d.replace(
            b"xref\n0", b"8 0 obj\n<< /Type /XRef >> xref\n0"
        ),
    }.items():
        yield name, lambda c=change: c(plain)
    yield "an-xref-of-a-million", lambda: plain.replace(b"xref\n0 8", b"xref\n0 99999999")
    yield "a-resume-of-images", lambda: pdf("", images=True)
    yield "a-resume-of-nothing", lambda: pdf("")
    yield "turned-upside-down", lambda: pdf(f"-1 0 0 -1 595 {HEIGHT} cm {resume_page()}")
