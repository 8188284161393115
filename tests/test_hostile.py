"""Hundreds of hostile files through one reader: each ends in a resume or a reason, in time."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import hostile_pdfs
import pytest
from tiny_pdf import PROSE

from gapfit.bulk.reading import Reader
from gapfit.datamodels import Fetched, Item, Read, Refused
from gapfit.intake import WORDS

SECONDS = 8.0
MEMORY = 640 << 20
# What a process holds before it reads anything; the limit is beyond that.
AT_START = 160 << 20

REASONS = {
    "not-a-pdf",
    "encrypted",
    "damaged",
    "no-text",
    "image-only",
    "hidden-text",
    "over-limit",
}
BROKEN = {"timed-out", "out-of-memory", "crashed"}


@dataclass(frozen=True)
class Ended:
    """How one file of the corpus ended."""

    name: str
    code: str  # "read" or a reason
    outcome: Read | Refused
    seconds: float
    peak: int  # bytes of the reader's process, 0 when it ended


@pytest.fixture(scope="module")
def ended() -> list[Ended]:
    reader = Reader(SECONDS, MEMORY)
    try:
        return [_read(reader, name, make()) for name, make in hostile_pdfs.corpus()]
    finally:
        reader.close(patience=1.0)


def _read(reader: Reader, name: str, data: bytes) -> Ended:
    begun = time.monotonic()
    outcome = reader(Fetched(Item(f"{name}.pdf"), "a" * 64, data))
    seconds = time.monotonic() - begun
    code = "read" if isinstance(outcome, Read) else outcome.code
    return Ended(name, code, outcome, seconds, _peak(reader))


def _peak(reader: Reader) -> int:
    process = reader._sandbox._process
    if process is None or not sys.platform.startswith("linux"):
        return 0
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) << 10


def of(ended: list[Ended], *kinds: str) -> Iterator[Ended]:
    return (one for one in ended if one.name.startswith(kinds))


def test_there_are_hundreds_of_them_and_each_is_made_alike() -> None:
    names = [name for name, _ in hostile_pdfs.corpus()]
    assert len(names) == len(set(names)) >= 300
    makes = dict(hostile_pdfs.corpus())
    for name in ("mutations-qt-flip-11", "bombs-flate-1-gib-nested", "fonts-map-many-ranges"):
        assert makes[name]() == makes[name]()


def test_every_file_ends_in_a_resume_or_a_named_reason(ended: list[Ended]) -> None:
    codes = Counter(one.code for one in ended)
    assert set(codes) <= {"read", *REASONS, *BROKEN}, codes
    assert "failed" not in codes
    assert {"read", *REASONS} - {"image-only"} <= set(codes) | {"hidden-text", "encrypted"}
    assert codes["read"] > 100


def test_hardly_any_breaks_a_reader(ended: list[Ended]) -> None:
    broken = [(one.name, one.code) for one in ended if one.code in BROKEN]
    assert len(broken) <= 5, broken
    assert not [name for name, code in broken if code == "crashed"]


def test_none_takes_longer_than_it_may(ended: list[Ended]) -> None:
    """Twice the limit: a reader that crashes is asked once more, without looking at the pages."""
    late = [(one.name, one.seconds) for one in ended if one.seconds > 2 * SECONDS + 10]
    assert not late


def test_none_takes_more_memory_than_it_may(ended: list[Ended]) -> None:
    assert max(one.peak for one in ended) < MEMORY + AT_START


def test_reasons_say_what_to_do(ended: list[Ended]) -> None:
    for one in ended:
        if isinstance(one.outcome, Refused):
            message = one.outcome.message
            assert "Traceback" not in message
            assert len(message) < 700
            assert ".pdf: " not in message
            assert any(word in message for word in ("xport", "ocrmypdf", "Save it")), message


def test_bombs_go_off_nowhere(ended: list[Ended]) -> None:
    found = {one.name.removeprefix("bombs-"): one for one in of(ended, "bombs")}
    for name in ("flate-1-gib", "flate-1-gib-nested", "flate-thrice", "run-length-nested"):
        assert found[name].code == "over-limit"
    for name in ("in-an-image", "in-metadata", "in-a-font-file"):
        assert found[name].code == "read"


def test_what_is_cut_off_is_said_so(ended: list[Ended]) -> None:
    found = {one.name: one.outcome for one in ended}
    for name in ("trees-61-pages", "forms-itself", "forms-40-deep", "contents-5000-lines"):
        outcome = found[name]
        assert isinstance(outcome, Read), (name, outcome)
        codes = [warning.code for warning in outcome.resume.warnings]
        assert "truncated" in codes, (name, codes)


def test_locked_files_are_told_from_open_ones(ended: list[Ended]) -> None:
    for one in of(ended, "encryption"):
        if one.name.endswith("-locked"):
            assert one.code == "encrypted", one.name
        if one.name.endswith("-open"):
            assert one.code == "read", one.name


def test_nothing_is_executed_and_all_of_the_text_is_read(ended: list[Ended]) -> None:
    assert not Path("/tmp", hostile_pdfs.FOOTPRINT).exists()
    for one in of(ended, "actions"):
        if "external-stream" not in one.name:
            assert isinstance(one.outcome, Read), (one.name, one.outcome)
            text = " ".join(statement.text for statement in one.outcome.resume.statements)
            assert PROSE[0] in text, one.name


def test_other_formats_are_no_pdf(ended: list[Ended]) -> None:
    for one in of(ended, "other_formats"):
        expected = {"not-a-pdf", "damaged", "no-text"}
        assert one.code in expected, one.name
        if not any(word in one.name for word in ("header", "noise")):
            assert one.code == "not-a-pdf", one.name


def test_the_words_of_every_reason_exist() -> None:
    assert set(WORDS) >= BROKEN
