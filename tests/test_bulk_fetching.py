"""From an item to its bytes; whatever is in the way is a reason and no crash."""

from __future__ import annotations

import hashlib
import os
import struct
import zipfile
from pathlib import Path

import bulk_builders as bulk
import fsspec
import pytest

from gapfit.bulk import archives, fetching
from gapfit.datamodels import Fetched, Item, Missed


def missed(item: Item) -> Missed:
    one = fetching.fetch(item)
    assert isinstance(one, Missed)
    assert item.path not in one.message  # whoever shows it names the input
    assert one.message[-1] == "."
    return one


def fetched(item: Item) -> bytes:
    one = fetching.fetch(item)
    assert isinstance(one, Fetched)
    assert one.sha256 == hashlib.sha256(one.data).hexdigest()
    assert one.item == item
    return one.data


def test_files_members_and_addresses(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"1")
    path = bulk.an_archive(tmp_path / "pool.zip", {"in/b.pdf": b"2"})
    system = fsspec.filesystem("memory")
    system.pipe("/far/c.pdf", b"3")
    system.pipe("/far/pool.zip", path.read_bytes())
    assert fetched(Item(str(tmp_path / "a.pdf"))) == b"1"
    assert fetched(Item(str(path), "in/b.pdf")) == b"2"
    assert fetched(Item("memory://far/c.pdf")) == b"3"
    assert fetched(Item("memory://far/pool.zip", "in/b.pdf")) == b"2"
    system.store.clear()


def test_what_has_vanished(tmp_path: Path) -> None:
    assert missed(Item(str(tmp_path / "none.pdf"))).code == "not-found"
    assert missed(Item(str(tmp_path / "none.zip"), "a.pdf")).code == "not-found"
    assert missed(Item("memory://far/none.pdf")).code == "not-found"
    path = bulk.an_archive(tmp_path / "pool.zip", {"a.pdf": b"2"})
    assert missed(Item(str(path), "none.pdf")).code == "not-found"


def test_what_is_no_file(tmp_path: Path) -> None:
    assert missed(Item(str(tmp_path))).code == "not-a-file"
    os.mkfifo(tmp_path / "pipe.pdf")
    assert missed(Item(str(tmp_path / "pipe.pdf"))).code == "not-a-file"


def test_what_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"half")

    def growing(given: Path) -> bytes:
        data = given.read_bytes()
        given.write_bytes(data + b" and half")
        return data

    monkeypatch.setattr(fetching, "read_file", growing)
    assert missed(Item(str(path))).code == "changed"


def test_what_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bulk.an_archive(tmp_path / "pool.zip", {"a.pdf": os.urandom(2000)})
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    assert missed(Item(str(path), "a.pdf")).code == "too-large"
    system = fsspec.filesystem("memory")
    system.pipe("/far/c.pdf", b"3" * 2000)
    assert missed(Item("memory://far/c.pdf")).code == "too-large"
    system.store.clear()


def test_a_bomb_stays_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bulk.an_archive(tmp_path / "pool.zip", {"a.pdf": b"\0" * (11 << 20)})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    one = missed(Item(str(path), "a.pdf"))
    assert one.code == "archive-bomb"
    assert "11 MiB" in one.message


def test_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    data = b"\0" * (11 << 20)
    path = bulk.an_archive(tmp_path / "pool.zip", {"a.pdf": data})
    claimed = path.read_bytes().replace(struct.pack("<L", len(data)), struct.pack("<L", 10))
    path.write_bytes(claimed)
    assert missed(Item(str(path), "a.pdf")).code == "damaged-archive"


def test_a_member_behind_a_password(tmp_path: Path) -> None:
    path = bulk.an_archive(tmp_path / "pool.zip", {"a.pdf": b"x"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert missed(Item(str(path), "a.pdf")).code == "encrypted"


def test_a_damaged_member(tmp_path: Path) -> None:
    path = bulk.an_archive(tmp_path / "pool.zip", {"a.pdf": os.urandom(500)})
    data = bytearray(path.read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(bytes(data))
    assert missed(Item(str(path), "a.pdf")).code == "damaged-archive"


def test_an_address_whose_client_raises_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("token expired")

    monkeypatch.setattr(fsspec.implementations.memory.MemoryFileSystem, "open", broken)
    one = missed(Item("memory://far/c.pdf"))
    assert one.code == "not-readable"
    assert "token expired" in one.message


def test_an_archive_is_opened_once_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bulk.an_archive(tmp_path / "pool.zip", {f"{n}.pdf": b"%d" % n for n in range(50)})
    opened = []
    original = archives.places.opened
    monkeypatch.setattr(
        archives.places, "opened", lambda given: opened.append(given) or original(given)
    )
    for number in range(50):
        assert fetched(Item(str(path), f"{number}.pdf")) == b"%d" % number
    assert len(opened) == 1
    bulk.an_archive(path, {"0.pdf": b"another, and longer"})
    assert fetched(Item(str(path), "0.pdf")) == b"another, and longer"
