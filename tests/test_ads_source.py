"""Bytes and pages to numbered plain lines."""

from __future__ import annotations

import pytest

from gapfit import ads
from gapfit.datamodels import Line, Page
from gapfit.errors import UnreadableInput

LONG = "We build an assistant for harbour masters and look for an engineer."


def texts(data: bytes) -> list[str]:
    return [text for _, text in ads.from_bytes(data, "ad").lines if text]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_one(end: str) -> None:
    data = end.join(["Title", "", LONG]).encode()
    assert ads.from_bytes(data, "ad").lines == ((1, "Title"), (2, ""), (3, LONG))


def test_encodings() -> None:
    assert (
        texts(
            "Gehalt: 70.000 € für Sie, und noch viel mehr an weiteren Vorteilen".encode("cp1252")
        )[0][8:16]
        == "70.000 €"
    )
    assert texts(b"\xef\xbb\xbf" + LONG.encode()) == [LONG]
    assert texts(LONG.encode("utf-16")) == [LONG]


def test_markdown_is_made_plain() -> None:
    data = f"## **Your role**\n* Build [agents](https://x.example)\n**Nice to have:**\n1) {LONG}"
    assert texts(data.encode()) == ["# Your role", "• Build agents", "# Nice to have:", f"• {LONG}"]


def test_html_keeps_headings_entries_and_lines() -> None:
    page = (
        "<html><head><title>no</title><style>p{}</style></head>\n<body><h2>Duties &amp; more</h2>\n"
        f"<ul>\n<li>Build agents</li>\n<li>Write\nevals</li></ul>\n"
        f"<p><b>Requirements</b></p><p>{LONG}</p></body>"
    )
    found = [(n, t) for n, t in ads.from_bytes(page.encode(), "ad").lines if t]
    assert found == [
        (2, "# Duties & more"),
        (4, "• Build agents"),
        (5, "• Write evals"),
        (7, "# Requirements"),
        (7, LONG),
    ]


def test_an_ad_that_names_tags_is_no_page() -> None:
    assert texts(f"You know <div> and <p>. {LONG}".encode())[0].startswith("You know <div>")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-text"),
        (b" \n\t\r\n", "no-text"),
        (b"Hello", "no-text"),
        (b"PK\x03\x04\x00\x00\x00binary", "not-text"),
        (b" " * (ads.MOST_BYTES + 1), "too-large"),
        (b"We build.\n" * 12_000, "too-large"),
    ],
)
def test_what_is_no_ad_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableInput, match=r"ad\.bin: ") as caught:
        ads.from_bytes(data, "ad.bin")
    assert caught.value.code == code


def test_pages_are_numbered_through() -> None:
    lines = tuple(Line(i, t, 0, 1, 0, 10) for i, t in enumerate(["Title", "• Build", LONG], 1))
    pages = [Page(n, 600, 800, lines, "pypdf", 1.0) for n in (1, 2)]
    found = ads.from_pages(pages, "ad.pdf").lines
    assert [n for n, _ in found] == [1, 2, 3, 4, 5, 6]
    assert found[1][1] == "• Build"


def test_an_ad_on_one_line_is_cut_between_sentences() -> None:
    found = texts((LONG + " ").encode() * 100)
    assert len(found) > 1
    assert all(text.endswith("engineer.") for text in found)
    assert " ".join(found) == " ".join([LONG] * 100)


@pytest.mark.parametrize("piece", ["[", "e.g. ", "*_", "(", "1", "3+ years ", "$1,000 ", "A:"])
def test_hostile_repetition_is_read_in_time(piece: str) -> None:
    ad = ads.extract(ads.from_bytes((LONG + "\n" + piece * 5_000).encode(), "ad"))
    assert ad.lines[0].text == LONG
