"""ReportLab: a plain report, and the layout of a professional network's profile export."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from makers.content import Entry, Person, Sample, Section
from makers.tools import package

MM = 72 / 25.4
SIDE_WIDTH = 62 * MM
FONT, BOLD = "Helvetica", "Helvetica-Bold"
EXPORT_SIZE = 12
SIDE_COLOUR, SIDE_TEXT = "#2a3440", "#f2f2f2"


def make(sample: Sample, _folder: Path) -> bytes:
    """Lay the sample out with the platypus layout it names; no program and no folder needed."""
    package("reportlab", "reportlab")
    from reportlab import rl_config

    rl_config.invariant = 1  # no clock, no random identifier
    layouts = {"plain": _plain, "export": _export}
    return layouts[sample.template](sample.person)


def _plain(person: Person) -> bytes:
    from reportlab.platypus import SimpleDocTemplate

    styles = _styles("#000000")
    output = io.BytesIO()
    margin = 20 * MM
    document = SimpleDocTemplate(
        output, leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin
    )
    document.build([*_title(person, styles), *_sections(person.sections, styles)])
    return output.getvalue()


def _export(person: Person) -> bytes:
    """Side column on the first page, main column on all, "Page n of m" at the foot."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        FrameBreak,
        NextPageTemplate,
        PageTemplate,
    )

    width, height = LETTER
    side = Frame(4 * MM, 12 * MM, SIDE_WIDTH - 6 * MM, height - 24 * MM, id="side")
    main = Frame(SIDE_WIDTH + 6 * MM, 16 * MM, width - SIDE_WIDTH - 16 * MM, height - 28 * MM)
    templates = [
        PageTemplate("first", [side, main], onPage=_draw_side),
        PageTemplate("later", [main], onPage=_draw_side),
    ]
    light = _styles(SIDE_TEXT)
    dark = _styles("#191919", EXPORT_SIZE)
    contact = Section("Contact", bullets=person.contact[1:])
    story = [NextPageTemplate("later"), *_side_column((contact, *person.side), light)]
    story += [FrameBreak(), *_title(person, dark, contact=person.contact[:1])]
    story += _sections(person.main, dark, stacked=True)
    output = io.BytesIO()
    document = BaseDocTemplate(output, pagesize=LETTER, pageTemplates=templates)
    document.build(story, canvasmaker=_numbered_canvas())
    return output.getvalue()


def _draw_side(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFillColor(SIDE_COLOUR)
    canvas.rect(0, 0, SIDE_WIDTH, document.pagesize[1], stroke=0, fill=1)
    canvas.restoreState()


def _numbered_canvas() -> type:
    """A canvas that knows, when it draws a footer, how many pages there will be."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.waiting: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802  (ReportLab's name)
            self.waiting.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, state in enumerate(self.waiting, start=1):
                self.__dict__.update(state)
                self.setFont(FONT, 8)
                centre = (SIDE_WIDTH + self._pagesize[0]) / 2
                self.drawCentredString(centre, 8 * MM, f"Page {number} of {len(self.waiting)}")
                super().showPage()
            super().save()

    return Numbered


def _styles(colour: str, size: float = 9.5) -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    leading = (1.3 if size < EXPORT_SIZE else 1.45) * size
    base = ParagraphStyle("body", fontName=FONT, fontSize=size, leading=leading, textColor=colour)
    return {
        "body": base,
        "name": ParagraphStyle("name", base, fontName=BOLD, fontSize=20, leading=25),
        "heading": ParagraphStyle(
            "heading", base, fontName=BOLD, fontSize=12, leading=15, spaceBefore=9, spaceAfter=3
        ),
        "entry": ParagraphStyle(
            "entry", base, spaceBefore=size - 3, spaceAfter=1, keepWithNext=True
        ),
        "bullet": ParagraphStyle("bullet", base, leftIndent=11, bulletIndent=1, spaceAfter=1.5),
    }


def _title(
    person: Person, styles: dict[str, Any], contact: tuple[str, ...] | None = None
) -> list[Any]:
    lines = [_paragraph(person.name, styles["name"])]
    if person.headline:
        lines.append(_paragraph(person.headline, styles["body"]))
    shown = person.contact if contact is None else contact
    lines.append(_paragraph("  |  ".join(shown), styles["body"]))
    return lines


def _sections(
    sections: tuple[Section, ...], styles: dict[str, Any], stacked: bool = False
) -> Iterator[Any]:
    for section in sections:
        yield _paragraph(section.title, styles["heading"])
        if section.text:
            yield _paragraph(section.text, styles["body"])
        for label, value in section.rows:
            markup = f"<b>{escape(label)}:</b> {escape(value)}"
            yield _paragraph(markup, styles["body"], markup=True)
        yield from _bullets(section.bullets, styles)
        for entry in section.entries:
            yield from (_stacked if stacked else _entry)(entry, styles)


def _entry(entry: Entry, styles: dict[str, Any]) -> Iterator[Any]:
    rest = ", ".join(part for part in (entry.place, entry.location, entry.dates) if part)
    markup = f"<b>{escape(entry.title)}</b>" + (f" – {escape(rest)}" if rest else "")
    yield _paragraph(markup, styles["entry"], markup=True)
    if entry.text:
        yield _paragraph(entry.text, styles["body"])
    yield from _bullets(entry.bullets, styles)


def _stacked(entry: Entry, styles: dict[str, Any]) -> Iterator[Any]:
    """Employer, title, dates and town on lines of their own, as the export prints them."""
    if entry.place:
        yield _paragraph(f"<b>{escape(entry.place)}</b>", styles["entry"], markup=True)
    for line in (entry.title, entry.dates, entry.location):
        if line:
            yield _paragraph(line, styles["body"])
    if entry.text:
        yield _paragraph(entry.text, styles["body"])
    for bullet in entry.bullets:
        yield _paragraph(f"- {bullet}", styles["body"])


def _side_column(sections: tuple[Section, ...], styles: dict[str, Any]) -> Iterator[Any]:
    for section in sections:
        yield _paragraph(section.title, styles["heading"])
        for line in section.bullets:
            yield _paragraph(line, styles["body"])


def _bullets(bullets: tuple[str, ...], styles: dict[str, Any]) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    for bullet in bullets:
        yield Paragraph(escape(bullet), styles["bullet"], bulletText="•")


def _paragraph(text: str, style: Any, markup: bool = False) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(text if markup else escape(text), style)
