"""A word processor's PDF: a DOCX written here, exported by LibreOffice Writer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from makers.content import Entry, Person, Sample, Section
from makers.tools import freeze, package, program, run

FONT = "Carlito"
BODY_PT = 10.5
MARGIN_CM = 2.0


def make(sample: Sample, folder: Path) -> bytes:
    """Write the DOCX, let LibreOffice export it."""
    writer = program("soffice")
    document = _document(sample)
    document.save(folder / "resume.docx")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    run([writer, "--headless", profile, "--convert-to", "pdf", "resume.docx"], folder)
    return freeze((folder / "resume.pdf").read_bytes())


def _document(sample: Sample) -> Any:
    docx = package("docx", "python-docx")
    document = docx.Document()
    _set_styles(document, docx.shared, sample.options)
    person = sample.person
    if sample.options.get("running_header"):
        _running_header(document, person)
    document.add_paragraph(person.name, style="Title")
    if person.headline:
        document.add_paragraph(person.headline).runs[0].italic = True
    document.add_paragraph(" | ".join(person.contact))
    for section in person.sections:
        _add_section(document, section)
    return document


def _set_styles(document: Any, shared: Any, options: dict[str, Any]) -> None:
    body = options.get("body_pt", BODY_PT)
    margin = shared.Cm(options.get("margin_cm", MARGIN_CM))
    page = document.sections[0]
    page.page_width, page.page_height = shared.Cm(21), shared.Cm(29.7)
    page.left_margin = page.right_margin = margin
    page.top_margin = page.bottom_margin = margin
    sizes = {"Normal": body, "List Bullet": body, "Heading 1": 13, "Title": 22}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, shared.Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[attribute]
        style.paragraph_format.space_after = shared.Pt(3)
    document.styles["Heading 1"].paragraph_format.space_before = shared.Pt(10)


def _running_header(document: Any, person: Person) -> None:
    page = document.sections[0]
    page.header.paragraphs[0].text = f"{person.name} – Curriculum Vitae"
    footer = page.footer.paragraphs[0]
    footer.add_run(f"{person.contact[0]}    Page ")
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Any, code: str) -> None:
    oxml = package("docx.oxml", "python-docx")
    field = oxml.OxmlElement("w:fldSimple")
    field.set(oxml.ns.qn("w:instr"), code)
    paragraph._p.append(field)


def _add_section(document: Any, section: Section) -> None:
    document.add_heading(section.title, level=1)
    if section.text:
        document.add_paragraph(section.text)
    for label, value in section.rows:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)
    _add_bullets(document, section.bullets)
    for entry in section.entries:
        _add_entry(document, entry)


def _add_entry(document: Any, entry: Entry) -> None:
    heading = document.add_paragraph()
    heading.paragraph_format.keep_with_next = True
    heading.add_run(entry.title).bold = True
    rest = [part for part in (entry.place, entry.location, entry.dates) if part]
    if rest:
        heading.add_run(" — " + ", ".join(rest))
    if entry.text:
        document.add_paragraph(entry.text)
    _add_bullets(document, entry.bullets)


def _add_bullets(document: Any, bullets: tuple[str, ...]) -> None:
    for bullet in bullets:
        document.add_paragraph(bullet, style="List Bullet")
