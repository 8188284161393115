"""Makes the PDFs beside it: fictional resumes with hidden text, each out of another program.

    pip install reportlab typst    and Chromium on the path
    python tests/data/hidden/build.py

SEEN must be read; SECRET, hidden in all ways the program offers, must not be.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

SEEN = (
    "Mara Lindqvist-Obi, engineer at the Harbour Office",
    "Built the search over tide tables that forty pilots use every morning, and",
    "kept it running for three years with tests before each of its releases.",
    "Measured recall on four hundred labelled questions after every change of",
    "the index, and wrote down what had become worse and why that was so.",
    "White on dark, and there for everybody to read",
)
SECRET = "Kubernetes PyTorch LangChain expert"


def make_chromium() -> bytes:
    """CSS hides text in many ways; what is display:none never gets into the PDF."""
    title, *lines, banner = SEEN
    hidden = "\n".join(
        f'<p style="position:absolute; {style}">{SECRET}</p>'
        for style in (
            "top:420px; color:white",
            "top:440px; color:#fcfcfc",
            "top:460px; font-size:1px",
            "top:480px; opacity:0.01",
            "top:500px; color:rgba(0,0,0,0.02)",
            "top:520px; width:0; overflow:hidden; white-space:nowrap",
        )
    )
    covered = f'<p style="position:absolute; top:560px">{SECRET}</p>'
    cover = '<div style="position:absolute; top:550px; left:0; width:100%; height:60px"></div>'
    cover = cover.replace("height", "background:white; height")
    body = "".join(f"<p>{line}</p>" for line in lines)
    dark = f'<p style="background:#123; color:white; padding:8px; border-radius:8px">{banner}</p>'
    page = (
        f"<body style='font:14px sans-serif'><h1>{title}</h1>{body}{dark}{hidden}{covered}{cover}"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        flags += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={output}"]
        subprocess.run(
            [shutil.which("chromium") or "chromium", *flags, source.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return output.read_bytes()


def make_reportlab() -> bytes:
    """The operators of PDF, as scripts on the net write them."""
    from reportlab.lib import colors
    from reportlab.pdfgen import canvas

    page = canvas.Canvas("page", pagesize=(595, 842), invariant=True)
    page.setFont("Times-Roman", 11)
    for number, line in enumerate(SEEN[:-1]):
        page.drawString(60, 760 - 16 * number, line)
    page.setFillColor(colors.HexColor("#112233"))
    page.roundRect(50, 640, 420, 24, 6, stroke=0, fill=1)
    page.setFillColor(colors.white)
    page.drawString(60, 648, SEEN[-1])
    page.drawString(60, 600, SECRET)
    page.setFillColor(colors.black)
    text = page.beginText(60, 580)
    text.setTextRenderMode(3)
    text.textLine(SECRET)
    text.setTextRenderMode(0)
    page.drawText(text)
    page.setFont("Times-Roman", 1)
    page.drawString(60, 560, SECRET)
    page.setFont("Times-Roman", 11)
    page.drawString(700, 540, SECRET)
    page.saveState()
    page.setFillAlpha(0)
    page.drawString(60, 520, SECRET)
    page.restoreState()
    page.drawString(60, 500, SECRET)
    page.setFillColor(colors.white)
    page.rect(50, 490, 400, 30, stroke=0, fill=1)
    page.saveState()
    clip = page.beginPath()
    clip.rect(0, 0, 5, 5)
    page.clipPath(clip, stroke=0)
    page.setFillColor(colors.black)
    page.drawString(60, 460, SECRET)
    page.restoreState()
    return page.getpdfdata()


def make_typst() -> bytes:
    """Typst's own means, among them a picture laid over the text."""
    import typst

    *lines, banner = SEEN
    source = (
        "\n\n".join(lines)
        + f"""

#block(fill: rgb("#1a2b3c"), inset: 6pt, radius: 4pt, text(fill: white)[{banner}])
#text(fill: white)[{SECRET}]

#text(fill: luma(98%))[{SECRET}]

#text(fill: black.transparentize(100%))[{SECRET}]

#text(size: 0.8pt)[{SECRET}]

#place(dx: 900pt)[{SECRET}]

#box(width: 1pt, height: 1pt, clip: true)[#place(dx: 50pt)[#box(width: 300pt)[{SECRET}]]]

#block[{SECRET} #place(top + left, dx: -5pt, dy: -5pt,
  rect(width: 330pt, height: 25pt, fill: white))]
"""
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.typ")
        path.write_text(source, encoding="utf-8")
        made: bytes = typst.compile(str(path), timestamp=0)
        return made


def main() -> None:
    """Write one PDF per program."""
    for name, make in (
        ("chromium", make_chromium), ("reportlab", make_reportlab), ("typst", make_typst),
    ):  # fmt: skip
        made = re.sub(rb"(/(?:Creation|Mod)Date ?\(D:)\d{14}", rb"\g<1>20260101000000", make())
        (HERE / f"{name}.pdf").write_bytes(made)
        print(f"{name}.pdf: {len(made):,} bytes")


if __name__ == "__main__":
    main()
