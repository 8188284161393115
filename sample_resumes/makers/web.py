"""Programs that print HTML: Chromium, wkhtmltopdf (Qt WebKit) and Qt's own rich text."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType
from typing import Any

from makers.content import Sample
from makers.templating import render_html
from makers.tools import freeze, package, program, run

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--disable-background-networking",
]
WKHTMLTOPDF_FLAGS = ["--quiet", "--page-size", "A4", "--disable-javascript"]
QT_FONT, QT_FONT_PT = "Noto Sans", 9
QT_RESOLUTION = 1200  # dots per inch, QPdfWriter's own default


def make_chromium(sample: Sample, folder: Path) -> bytes:
    """Chrome's "save as PDF" (Skia)."""
    chromium = program("chromium")
    page = _write_page(sample, folder)
    output = folder / "resume.pdf"
    profile = f"--user-data-dir={folder / 'profile'}"
    target = f"--print-to-pdf={output}"
    run([chromium, *CHROMIUM_FLAGS, profile, target, page.as_uri()], folder)
    return freeze(output.read_bytes())


def make_wkhtmltopdf(sample: Sample, folder: Path) -> bytes:
    """The converter behind many resume-builder sites of the 2010s."""
    converter = program("wkhtmltopdf")
    page = _write_page(sample, folder)
    output = folder / "resume.pdf"
    run([converter, *WKHTMLTOPDF_FLAGS, str(page), str(output)], folder)
    return freeze(output.read_bytes())


def make_qt(sample: Sample, folder: Path) -> bytes:
    """A desktop program's PDF: QTextDocument printed through QPdfWriter."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    gui = package("PySide6.QtGui", "PySide6-Essentials")
    application = gui.QGuiApplication.instance() or gui.QGuiApplication(["sample_resumes"])
    output = folder / "resume.pdf"
    writer = gui.QPdfWriter(str(output))
    writer.setResolution(sample.options.get("resolution", QT_RESOLUTION))
    writer.setPageSize(gui.QPageSize(gui.QPageSize.PageSizeId.A4))
    writer.setPageMargins(gui.QPageLayout().margins())  # none: the document brings its own 2 cm
    document = gui.QTextDocument()
    document.setDefaultFont(_qt_font(gui, sample))
    document.setHtml(render_html(sample))
    document.print_(writer)
    del application
    return freeze(output.read_bytes())


def _qt_font(gui: ModuleType, sample: Sample) -> Any:
    """The body font; full hinting rounds every advance to whole dots, as on a screen."""
    font = gui.QFont(sample.options.get("font", QT_FONT), QT_FONT_PT)
    if sample.options.get("hinted"):
        font.setHintingPreference(gui.QFont.HintingPreference.PreferFullHinting)
    return font


def _write_page(sample: Sample, folder: Path) -> Path:
    page = folder / "resume.html"
    page.write_text(render_html(sample), encoding="utf-8")
    return page
