"""PDFs nobody vouches for: each is a resume or a reason, and the next one is read all the same."""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
import time
from functools import partial

import bulk_builders as bulk
import hostile_pdfs
import pytest
from tiny_pdf import pdf

from gapfit.bulk import reading
from gapfit.bulk.reading import Answer, Reader, Task, make_read, read
from gapfit.datamodels import Fetched, Item, Read, Refused
from gapfit.sandbox import Limits, Sandbox


def fetched(data: bytes, name: str = "pool/a.pdf") -> Fetched:
    return Fetched(Item(name), "a" * 64, data)


def task(data: bytes) -> Task:
    return Task(fetched(data))


def test_a_resume() -> None:
    one = read(task(bulk.resume_pdf(1)))
    assert isinstance(one, Read)
    whole = bulk.read_pdf(bulk.resume_pdf(1))[0]
    assert one.resume == dataclasses.replace(whole, layout=())
    assert whole.layout


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no pdf", "not-a-pdf"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (pdf(""), "no-text"),
        (pdf("", images=True), "image-only"),
    ],
)
def test_what_is_no_resume(data: bytes, code: str) -> None:
    one = read(task(data))
    assert isinstance(one, Refused)
    assert (one.sha256, one.code) == ("a" * 64, code)
    assert "pool/a.pdf" not in one.message


def hostile(task: Task) -> Read | Refused:
    """Stands in for a PDF reader that meets its match."""
    match task.fetched.data.split():
        case [b"trip"] if task.look:
            os.abort()
        case [b"trip"]:
            return read(Task(fetched(bulk.resume_pdf(3)), look=False))
        case [b"hang"]:
            time.sleep(60)
        case [b"swell"]:
            bytearray(4 << 30)
        case [b"crash"]:
            os.kill(os.getpid(), signal.SIGSEGV)
        case [b"raise"]:
            raise TypeError("oh")
    return read(task)


@pytest.fixture(scope="module")
def reader() -> object:
    reader = Reader(seconds=1.5, memory=512 << 20)
    reader._sandbox = Sandbox(partial(make_read, hostile), Limits(1.5, 512 << 20), Answer)
    yield reader
    reader.close(patience=1.0)


@pytest.mark.parametrize(
    ("task", "code", "told"),
    [
        (b"hang", "timed-out", "--timeout"),
        (b"swell", "out-of-memory", "512 MiB"),
        (b"crash", "crashed", "SIGSEGV"),
        (b"raise", "failed", "(TypeError at gapfit/"),
    ],
)
def test_what_breaks_a_reader_costs_only_itself(
    task: bytes, code: str, told: str, reader: Reader
) -> None:
    if code == "out-of-memory" and not sys.platform.startswith("linux"):
        pytest.skip("memory is limited on Linux")
    one = reader(fetched(task))
    assert isinstance(one, Refused)
    assert one.code == code
    assert told in one.message
    assert isinstance(reader(fetched(bulk.resume_pdf(2))), Read)


def test_what_only_crashes_when_looked_at_is_read_without_looking(reader: Reader) -> None:
    one = reader(fetched(b"trip"))
    assert isinstance(one, Read)
    assert "not-looked-at" in [warning.code for warning in one.resume.warnings]


def test_the_next_run_tries_again_what_may_be_the_machines_fault() -> None:
    assert {"timed-out", "crashed", "out-of-memory", "not-readable"} <= reading.TRANSIENT
    assert not reading.TRANSIENT & {"not-a-pdf", "damaged", "no-text", "encrypted", "failed"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux")
def test_a_flate_bomb() -> None:
    reader = Reader(seconds=60, memory=256 << 20)
    one = reader(fetched(dict(hostile_pdfs.corpus())["bombs-flate-1-gib"]()))
    assert isinstance(one, Refused)
    assert one.code == "over-limit"
    assert isinstance(reader(fetched(bulk.resume_pdf(2))), Read)
    reader.close(patience=1.0)
