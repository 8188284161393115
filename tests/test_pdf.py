"""Reading PDFs: words by their gaps, columns in order, and a second reader in reserve."""

from __future__ import annotations

import io
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from tiny_pdf import PROSE, column, pdf, resume_page, text

from gapfit.datamodels import Document, Line
from gapfit.errors import UnreadableInput
from gapfit.pdf import pdfium_reader, pypdf_reader, read, reading
from gapfit.pdf.furniture import is_page_number
from gapfit.pdf.glyphs import RawGlyph, RawPage
from gapfit.pdf.hyphens import SOFT_HYPHEN
from gapfit.pdf.quality import GOOD_ENOUGH, quality
from gapfit.pdf.repair import invisible, repair
from gapfit.pdf.source import EncryptedError, ReaderFailedError, Source

SAMPLES = Path(__file__).parent.parent / "sample_resumes"


def texts(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


def codes(document: Document) -> list[str]:
    return [warning.code for warning in document.warnings]


def line(words: str) -> Line:
    return Line(1, words, 0.0, 100.0, 0.0, 10.0)


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html></html>", b"\x00" * 5000])
def test_something_else_is_not_a_pdf(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match="not a PDF") as error:
        read(data, source="cv.docx")
    assert error.value.code == "not-a-pdf"
    assert "cv.docx" in str(error.value)


@pytest.mark.parametrize("tail", [b"", b"garbage", b"1 0 obj << /Type /Catalog", b"\xff" * 3000])
def test_a_header_alone_is_damaged(tail: bytes) -> None:
    with pytest.raises(UnreadableInput) as error:
        read(b"%PDF-1.7\n" + tail)
    assert error.value.code in ("damaged", "no-text")


def test_pages_without_letters_are_no_text() -> None:
    with pytest.raises(UnreadableInput, match="OCR") as error:
        read(pdf("0 0 100 100 re f"))
    assert error.value.code == "no-text"


def test_a_scan_is_image_only_and_the_message_names_the_mend() -> None:
    with pytest.raises(UnreadableInput, match="ocrmypdf") as error:
        read(pdf("", "", images=True))
    assert error.value.code == "image-only"


def _encrypted(user_password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(resume_page()))))
    writer.encrypt(user_password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_is_asked_for() -> None:
    with pytest.raises(UnreadableInput, match="password") as error:
        read(_encrypted("secret"))
    assert error.value.code == "encrypted"


def test_an_empty_password_opens_with_a_warning() -> None:
    document = read(_encrypted(""))
    assert texts(document)[0] == PROSE[0]
    assert codes(document) == ["encrypted"]


# ---------------------------------------------------------------- words


def test_gaps_without_space_characters_are_spaces_as_xetex_writes_them() -> None:
    shown = "[(machine) -250 (learning) -250 (based) -250 (ser) 20 (vice)] TJ"
    page = f"BT /F 10 Tf 50 700 Td {shown} ET"
    assert texts(read(pdf(page))) == ["machine learning based service"]


def test_kerning_does_not_split_a_word() -> None:
    page = resume_page("BT /F 10 Tf 50 600 Td [(W) 80 (ork) -30 (flow)] TJ ET")
    assert "Workflow" in texts(read(pdf(page)))


def test_letter_spaced_headings_are_words() -> None:
    tracked = "BT /B 12 Tf 4 Tc 50 650 Td (SUMMARY) Tj 0 Tc ET\n"
    spaced = text(50, 300, "E X P E R I E N C E   2 0 2 1", size=12)
    found = texts(read(pdf(resume_page(tracked, spaced))))
    assert "SUMMARY" in found
    assert "EXPERIENCE 2021" in found


def test_text_drawn_twice_for_boldness_is_read_once() -> None:
    page = resume_page(text(50, 300, "Experience"), text(50.3, 300, "Experience"))
    assert texts(read(pdf(page))).count("Experience") == 1


def test_a_page_turned_sideways_is_read_upright() -> None:
    turned = "".join(
        f"BT /F 10 Tf 0 1 -1 0 {100 + 12 * i} 100 Tm ({words}) Tj ET\n"
        for i, words in enumerate(PROSE)
    )
    assert texts(read(pdf(turned))) == list(PROSE)


def test_a_tilted_watermark_is_left_out() -> None:
    mark = "BT /F 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (DRAFT) Tj ET\n"
    assert "DRAFT" not in " ".join(texts(read(pdf(resume_page(mark)))))


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("e\ufb03cient work\ufb02ow", "efficient workflow"),
        ("a\u00a0b  c\u2009d", "a b c d"),
        ("title \t\t date", "title\tdate"),
        ("soft\u00adware", "software"),
        ("evalua\ufffe", "evalua-"),
        ("\uf0b7 Built", "• Built"),
        ("▪ Built", "• Built"),
        ("(cid:127) Built", "• Built"),
        ("\x7fBuilt", "• Built"),
        ("ENGiNEER", "ENGINEER"),
        ("caf´e", "café"),
        ("the team’s “own”", 'the team\'s "own"'),
    ],
)
def test_repair(raw: str, mended: str) -> None:
    assert repair(raw) == mended


@given(st.text(max_size=60))
def test_repair_is_idempotent(raw: str) -> None:
    assert repair(repair(raw)) == repair(raw)


# ---------------------------------------------------------------- broken words


def _two_lines(first: str, second: str, *more: str) -> list[str]:
    return texts(read(pdf(column(50, 100, [*PROSE, first, second, *more]))))


def test_a_word_broken_by_the_typesetter_ends_in_a_soft_hyphen() -> None:
    assert f"the evalua{SOFT_HYPHEN}" in _two_lines("the evalua-", "tion of models")


def test_a_product_name_broken_over_two_lines_is_one_word() -> None:
    assert f"training in Py{SOFT_HYPHEN}" in _two_lines("training in Py-", "Torch and more")


@pytest.mark.parametrize(
    ("first", "second"),
    [("a state-of-", "the-art model"), ("three hand-", "labelled sets"), ("the GPT-", "Neo model")],
)
def test_a_hyphen_of_the_author_stays(first: str, second: str) -> None:
    assert first in _two_lines(first, second, "with a com-", "pany of our own")


# ---------------------------------------------------------------- order


LEFT = ["Skills", "Python", "Terraform", "Kubernetes", "Languages", "Danish", "English"]


def test_a_sidebar_is_read_before_the_column_beside_it() -> None:
    page = (
        text(50, 60, "Ada Roe", size=22, bold=True)
        + column(50, 100, LEFT, leading=15)
        + column(200, 103, PROSE)
    )
    assert texts(read(pdf(page))) == ["Ada Roe", *LEFT, *PROSE]


def test_a_heading_across_both_columns_divides_them() -> None:
    wide = text(50, 200, "Everything below this line is older than ten years and still true of me")
    above, below = [f"{row} above" for row in "abcd"], [f"{row} below" for row in "abc"]
    page = column(50, 100, LEFT[:4], leading=15) + column(300, 104, above)
    page += wide + column(50, 230, LEFT[4:], leading=15) + column(300, 234, below)
    found = texts(read(pdf(page)))
    assert found == [*LEFT[:4], *above, wide.split("(")[1].split(")")[0], *LEFT[4:], *below]


def test_labels_and_values_are_read_across() -> None:
    rows = [("Languages", "Python, Go"), ("Cloud", "AWS, Terraform"), ("Data", "Spark, dbt")]
    page = resume_page(
        *(text(50, 300 + 14 * i, a) + text(160, 300 + 14 * i, b) for i, (a, b) in enumerate(rows))
    )
    assert texts(read(pdf(page)))[-3:] == [f"{label}\t{value}" for label, value in rows]


def test_a_column_of_dates_belongs_to_the_titles_beside_it() -> None:
    rows = [("Engineer, Acme", "2021"), ("Analyst, Globex", "2019"), ("Intern, Initech", "2018")]
    page = "".join(
        text(50, 100 + 14 * i, a) + text(450, 100 + 14 * i, b) for i, (a, b) in enumerate(rows)
    )
    assert texts(read(pdf(page))) == [f"{title}\t{date}" for title, date in rows]


def test_drawn_list_markers_are_bullets_as_browsers_draw_them() -> None:
    disc = "40 {y} m 44 {y} l 44 {top} l 40 {top} l f\n"
    marks = "".join(disc.format(y=741 - 24 * i, top=745 - 24 * i) for i in range(2))
    page = marks + text(50, 100, "Built one thing") + text(50, 124, "Built another thing")
    assert texts(read(pdf(page))) == ["• Built one thing", "• Built another thing"]


def test_running_headers_and_page_numbers_are_dropped() -> None:
    pages = [
        text(50, 40, "Ada Roe, resume") + resume_page() + text(280, 810, f"Page {n} of 3")
        for n in (1, 2, 3)
    ]
    found = texts(read(pdf(*pages)))
    assert found.count("Ada Roe, resume") == 1
    assert not any(words.startswith("Page ") for words in found)


@pytest.mark.parametrize("words", ["3", "Page 2", "page 1 of 3", "- 4 -", "2/5", "Ada Roe Page 2"])
def test_page_numbers(words: str) -> None:
    assert is_page_number(words)


@pytest.mark.parametrize("words", ["2021", "3 years of Go", "Page builder in React", "2019-2021"])
def test_what_is_no_page_number(words: str) -> None:
    assert not is_page_number(words)


# ---------------------------------------------------------------- quality, two readers


def test_clean_words_are_good_enough() -> None:
    assert quality([line(words) for words in PROSE]) == 1.0
    assert quality([line("PostgreSQL, OpenSearch, vLLM, CI/CD, Kubernetes, a@b.example")]) == 1.0


@pytest.mark.parametrize(
    "words",
    [
        "machinelearningbased datapipelines fordifferentteams withpythonandsql",
        "wklv lv qrw d whaw wkdw dqb shuvrq frxog uhdg lq hqjolvk zrugv",
        "\ufffd\ufffdex\ufffdr \ufffd\ufffdo\ufffd \ufffd\ufffd\ufffd",
        "B u i l t t h e s e a r c h",
    ],
    ids=["glued", "ciphered", "undecoded", "fallen-apart"],
)
def test_bad_words_are_noticed(words: str) -> None:
    assert quality([line(words)]) < GOOD_ENOUGH


@given(st.lists(st.text(max_size=40), max_size=6))
def test_quality_is_a_share(soup: list[str]) -> None:
    assert 0.0 <= quality([line(words) for words in soup]) <= 1.0


def _raw(words: str) -> RawPage:
    glyphs = [
        RawGlyph(c, 50 + 6 * i, 700, 56 + 6 * i, 700, 10, False, 0.0) for i, c in enumerate(words)
    ]
    return RawPage((0, 0, 595, 842), glyphs)


GARBLED = "wklv sdjh lv qrw uhdgdeoh dw doo ehfdxvh wkh irqwv duh zurqj"
CLEAN = "this page is readable because the second reader knows its fonts"


def test_the_better_reader_is_chosen_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Source((_raw(CLEAN), _raw(GARBLED)), 2)
    second = Source((_raw(CLEAN), _raw(CLEAN)), 2)
    monkeypatch.setattr(pypdf_reader, "read_pages", lambda *_: first)
    monkeypatch.setattr(pdfium_reader, "read_pages", lambda *_: second)
    document = read(b"%PDF-1.7")
    assert [page.reader for page in document.pages] == ["pypdf", "pdfium"]
    assert "low-word-quality" not in codes(document)


def test_garbled_text_is_said_so_when_no_reader_does_better(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    garbled = Source((_raw(GARBLED),), 1)
    monkeypatch.setattr(pypdf_reader, "read_pages", lambda *_: garbled)
    monkeypatch.setattr(pdfium_reader, "read_pages", lambda *_: garbled)
    assert "low-word-quality" in codes(read(b"%PDF-1.7"))


@pytest.mark.parametrize("error", [TypeError, AssertionError, RecursionError, KeyError])
def test_whatever_pypdf_raises_the_second_reader_reads(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_: object) -> Source:
        raise error

    monkeypatch.setattr(pypdf_reader, "read_pages", fail)
    document = read(pdf(resume_page()))
    assert texts(document) == list(PROSE)
    assert document.pages[0].reader == "pdfium"
    assert codes(document) == ["damaged"]


def _is_asked(monkeypatch: pytest.MonkeyPatch, *pages: str) -> bool:
    """Whether the second reader is asked about these pages."""
    asked: list[bytes] = []
    with monkeypatch.context() as patched:
        patched.setattr(pdfium_reader, "read_pages", lambda data, _: asked.append(data))
        read(pdf(*pages))
    return bool(asked)


@pytest.mark.parametrize(
    "last",
    [
        "",
        "BT /F 10 Tf () Tj ET",
        text(50, 50, "keeping jumpy quality"),
        text(50, 50, "ÀÉÎ fifth", size=30),
    ],
    ids=["blank", "empty", "line", "large"],
)
def test_a_last_page_that_is_seen_to_hold_no_more_needs_no_second_reader(
    monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    assert not _is_asked(monkeypatch, resume_page(), last)


@pytest.mark.parametrize(
    "last",
    [
        "50 300 200 1 re f",
        text(50, 50, "one more line") + " 0 0 1 rg 50 300 20 20 re f",
        "BT /Unknown 10 Tf 50 700 Td (letters without a font) Tj ET",
        "BT /F 10 Tf 0 1 -1 0 300 300 Tm (upright) Tj ET",
    ],
    ids=["drawn", "beside-text", "unread", "turned"],
)
def test_a_page_of_few_letters_is_doubtful_while_it_may_hold_more(
    monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    assert _is_asked(monkeypatch, resume_page(), last)


def test_both_readers_see_the_same_lines() -> None:
    data = pdf(resume_page(text(50, 300, "Efficient • caf\xe9", size=14, bold=True)))
    sources = (pypdf_reader.read_pages(data, 9), pdfium_reader.read_pages(data, 9))
    one, other = (reading._page(source.pages[0], 1, "x").page for source in sources)
    assert [ln.text for ln in one.lines] == [ln.text for ln in other.lines]
    assert [ln.bold for ln in one.lines] == [ln.bold for ln in other.lines]


def _child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    script = tmp_path / "child.py"
    script.write_text(code, encoding="utf-8")
    monkeypatch.setattr(pdfium_reader, "CHILD", script)


def test_a_crash_of_the_second_reader_is_an_ordinary_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _child(tmp_path, monkeypatch, "import os\nos._exit(139)")
    with pytest.raises(ReaderFailedError, match="139"):
        pdfium_reader.read_pages(b"%PDF-1.7", 1)


def test_a_hang_of_the_second_reader_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(tmp_path, monkeypatch, "import time\ntime.sleep(60)")
    monkeypatch.setattr(pdfium_reader, "TIMEOUT_SECONDS", 0.2)
    with pytest.raises(ReaderFailedError, match="longer"):
        pdfium_reader.read_pages(b"%PDF-1.7", 1)


def test_nonsense_from_the_second_reader_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _child(tmp_path, monkeypatch, "print('hello')")
    with pytest.raises(ReaderFailedError, match="answer"):
        pdfium_reader.read_pages(b"%PDF-1.7", 1)


def test_the_second_reader_asks_for_passwords_too() -> None:
    with pytest.raises(EncryptedError):
        pdfium_reader.read_pages(_encrypted("secret"), 1)


# ---------------------------------------------------------------- limits and warnings


def test_long_files_are_cut_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PAGES", 2)
    document = read(pdf(resume_page(), resume_page(), resume_page()))
    assert len(document.pages) == 2
    assert codes(document) == ["truncated"]


def test_long_text_is_cut_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_CHARACTERS", 200)
    document = read(pdf(resume_page()))
    assert sum(len(words) for words in texts(document)) <= 200
    assert "truncated" in codes(document)


def test_a_scanned_page_among_others_is_named() -> None:
    data = pdf(resume_page(), text(50, 100, "Ada"), images=True)
    document = read(data)
    (warning,) = [w for w in document.warnings if w.code == "image-only-page"]
    assert warning.page == 2


def test_columns_that_cannot_be_told_apart_are_said_so() -> None:
    # No two rows of the right column begin at the same place: no edge, no column.
    rows = "".join(
        text(50, 100 + 12 * i, PROSE[i % 6][:40])
        + text(330 + 5 * i, 100 + 12 * i, PROSE[i % 6][:30])
        for i in range(12)
    )
    assert "mixed-reading-order" in codes(read(pdf(rows)))


def test_pypdf_says_nothing_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    data = pdf(resume_page()).replace(b"startxref\n", b"startxref\n9")
    assert texts(read(data)) == list(PROSE)
    assert caplog.records == []


def test_little_text_is_said_so() -> None:
    assert codes(read(pdf(text(50, 100, "Ada Roe, engineer")))) == ["little-text"]


def test_reading_is_deterministic_and_hashes_the_input() -> None:
    data = pdf(resume_page())
    assert read(data) == read(data)
    assert len(read(data).sha256) == 64


def test_importing_the_stage_loads_no_pdf_library() -> None:
    import subprocess

    code = "import sys, gapfit.pdf; sys.exit('pypdf' in sys.modules or 'pypdfium2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---------------------------------------------------------------- anything at all


@settings(max_examples=25)
@given(st.binary(max_size=400))
def test_any_content_stream_is_read_or_refused(content: bytes) -> None:
    try:
        document = read(pdf(content + b"\nBT /F 10 Tf 50 700 Td (" + b"word " * 10 + b") Tj ET"))
    except UnreadableInput:
        return
    numbers = [[ln.number for ln in page.lines] for page in document.pages]
    assert all(page == sorted(set(page)) for page in numbers)
    assert all(ln.text for page in document.pages for ln in page.lines)


# ---------------------------------------------------------------- invisible signs


@pytest.mark.parametrize(
    ("words", "count", "spelt"),
    [
        ("Built a search service", 0, ""),
        ("caf\xe9 \u2013 \u4eba", 0, ""),
        ("Ku\u200bbernetes once, from a web page", 0, ""),
        ("Ku\u200bbe\u2060rn\ufeffetes", 3, ""),
        ("Ada \u202eeoR", 1, ""),
        ("Ada" + "".join(chr(0xE0000 + ord(c)) for c in "hire me"), 7, "hire me"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f468\u200d\U0001f4bb", 0, ""),
    ],
)
def test_invisible_signs_are_counted_where_no_honest_text_has_them(
    words: str, count: int, spelt: str
) -> None:
    assert invisible(words) == (count, spelt)


@given(st.text())
def test_no_invisible_sign_and_no_half_of_a_character_is_left(words: str) -> None:
    made = repair(words + "\u202e\U000e0041\ud800")
    assert not any(unicodedata.category(c) in ("Cf", "Cs") for c in made)
    made.encode()


def test_halves_of_a_character_are_joined() -> None:
    assert repair("Ada \ud83d\ude00") == "Ada \U0001f600"


def test_invisible_signs_are_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    words = CLEAN + "".join(chr(0xE0000 + ord(c)) for c in " hire")
    monkeypatch.setattr(pypdf_reader, "read_pages", lambda *_: Source((_raw(words),), 1))
    document = read(b"%PDF-1.7")
    assert texts(document) == [CLEAN]
    (warning,) = [w for w in document.warnings if w.code == "invisible-characters"]
    assert "5 invisible signs, which spell “ hire”" in warning.message
