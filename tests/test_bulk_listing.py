"""What inputs come to: every resume once, in a fixed order, and what hides one."""

from __future__ import annotations

import os
from pathlib import Path

import bulk_builders as bulk
import fsspec
import pytest

from gapfit.bulk import listing
from gapfit.datamodels import Item, Missed
from gapfit.errors import UsageError


def names(*inputs: Path | str) -> list[str]:
    return [one.name for one in found(*inputs) if isinstance(one, Item)]


def found(*inputs: Path | str) -> list[Item | Missed]:
    return list(listing.items([str(given) for given in inputs]))


def test_a_file_is_itself_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "resume").write_bytes(b"x")
    assert names(tmp_path / "resume") == [str(tmp_path / "resume")]


def test_folders_are_searched_by_name(tmp_path: Path) -> None:
    for name in ("b/2.pdf", "b/1.PDF", "a/x/y.pdf", "c.pdf", "notes.txt", ".hid/z.pdf", ".z.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    under = [name.removeprefix(f"{tmp_path}{os.sep}") for name in names(tmp_path)]
    assert under == ["c.pdf", "a/x/y.pdf", "b/1.PDF", "b/2.pdf"]


def test_links_that_go_round_are_not_followed(tmp_path: Path) -> None:
    bulk.a_pool(tmp_path / "pool", 1)
    (tmp_path / "pool" / "loop").symlink_to(tmp_path / "pool")
    assert names(tmp_path) == [str(tmp_path / "pool" / "000.pdf")]


def test_patterns(tmp_path: Path) -> None:
    bulk.a_pool(tmp_path / "a" / "b", 2)
    assert len(names(tmp_path / "**" / "*.pdf")) == 2
    assert names(tmp_path / "a" / "*" / "00[1].pdf") == [str(tmp_path / "a/b/001.pdf")]


def test_a_file_that_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "cv[1].pdf"
    path.touch()
    assert names(path) == [str(path)]


@pytest.mark.parametrize("given", ["none.pdf", "none/*.pdf", "pool.zip!/a.pdf", "a" * 300, ""])
def test_what_is_nowhere_is_an_error(given: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        names(tmp_path / given / "x" if not given else tmp_path / given)


def test_a_list_is_forgiving() -> None:
    (one,) = listing.named(["nowhere.pdf"])
    assert isinstance(one, Missed)
    assert one.code == "not-found"


@pytest.mark.parametrize("text", ["a b.pdf\nc.pdf\n\n", "a b.pdf\0c.pdf\0", "a b.pdf\r\nc.pdf"])
def test_lists_are_lines_or_ended_by_nul(text: str) -> None:
    assert listing.split_names(text) == ["a b.pdf", "c.pdf"]


def test_members_of_archives(tmp_path: Path) -> None:
    path = bulk.an_archive(
        tmp_path / "pool.zip",
        {"b/2.pdf": b"2", "1.PDF": b"1", "notes.txt": b"", "__MACOSX/._1.pdf": b"", ".h.pdf": b""},
    )
    assert names(path) == [f"{path}!/b/2.pdf", f"{path}!/1.PDF"]
    assert names(tmp_path) == names(path)  # found in a folder too
    assert names(f"{path}!/1.PDF") == [f"{path}!/1.PDF"]  # and one by one


@pytest.mark.parametrize(
    "name", ["../../etc/x.pdf", "/etc/x.pdf", "a/../../x.pdf", "..\\x.pdf", "C:\\x.pdf"]
)
def test_members_whose_names_lead_elsewhere(name: str, tmp_path: Path) -> None:
    path = bulk.an_archive(tmp_path / "pool.zip", {name: b"x", "fine.pdf": b"x"})
    bad, good = found(path)
    assert isinstance(bad, Missed)
    assert bad.code == "unsafe-name"
    assert isinstance(good, Item)


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + b"\xff" * 18])
def test_a_damaged_archive(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "pool.zip").write_bytes(data)
    (one,) = found(tmp_path / "pool.zip")
    assert isinstance(one, Missed)
    assert one.code == "damaged-archive"


def test_a_folder_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bulk.a_pool(tmp_path / "open", 1)
    bulk.a_pool(tmp_path / "shut", 1)
    scan = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    kinds = {(one.item if isinstance(one, Missed) else one).name: one for one in found(tmp_path)}
    hidden = kinds[str(tmp_path / "shut")]
    assert isinstance(hidden, Missed)
    assert "Permission denied" in hidden.message
    assert isinstance(kinds[str(tmp_path / "open" / "000.pdf")], Item)


def test_stamps_change_with_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"1")
    (before,) = found(path)
    path.write_bytes(b"22")
    (after,) = found(path)
    assert isinstance(before, Item)
    assert isinstance(after, Item)
    assert before.stamp != after.stamp


# ---------------------------------------------------------------- addresses


@pytest.fixture
def remote() -> object:
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pipe({"/pool/a.pdf": b"1", "/pool/sub/b.pdf": b"2", "/pool/n.txt": b""})
    yield system
    system.store.clear()


def test_addresses(remote: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    assert names("memory://pool") == ["memory:///pool/a.pdf", "memory:///pool/sub/b.pdf"]
    assert names("memory://pool/a.pdf") == ["memory://pool/a.pdf"]
    assert names("memory://pool/*/*.pdf") == ["memory:///pool/sub/b.pdf"]
    archive = bulk.an_archive(tmp_path / "x.zip", {"in.pdf": b"3"})
    remote.pipe("/pool/x.zip", archive.read_bytes())
    assert "memory:///pool/x.zip!/in.pdf" in names("memory://pool")


def test_an_address_that_leads_nowhere(remote: fsspec.AbstractFileSystem) -> None:
    with pytest.raises(UsageError, match="nothing is there"):
        names("memory://elsewhere")


def test_an_unknown_kind_of_address() -> None:
    with pytest.raises(UsageError, match="no such kind of address"):
        names("gopher9://hole/pool")


def test_a_kind_of_address_whose_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(UsageError, match=r"pip install 'gapfit\[remote\]'"):
        names("s3://bucket/pool")
