"""``gapfit bulk`` with a fake encoder: options, outputs, exit codes, failures."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path

import builders
import bulk_builders as bulk
import click
import pytest

from gapfit import datafiles
from gapfit.bulk import reading, run as bulk_run
from gapfit.bulk.engine import Effort, Engine
from gapfit.bulk.local_engine import LocalEngine
from gapfit.bulk.state import State
from gapfit.cli import bulk as command, pool as cli_pool, run
from gapfit.cli.pool import TOP
from gapfit.errors import UsageError


@pytest.fixture(autouse=True)
def _without_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(datafiles, "user_cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(
        command, "_engine", lambda *_: LocalEngine(bulk.make_judge, Effort(workers=1))
    )
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def pool(tmp_path: Path) -> str:
    return str(bulk.a_pool(tmp_path / "pool", 3))


def parsed(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_pool_is_ranked(pool: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bulk", pool]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("3 inputs: 3 scored")
    assert "WHAT THE POOL LACKS" in captured.out
    assert "AI Act" in captured.out
    assert "state: " in captured.err
    assert "it quotes resumes" in captured.err


def test_quiet(pool: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bulk", pool, "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_the_same_command_continues(
    pool: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ["bulk", pool, "--keep-state"]
    assert run([*call, "--format", "jsonl", "-o", "a.jsonl"]) == 0
    first = (tmp_path / "a.jsonl").read_bytes()
    assert (tmp_path / "a.gapfit-state").exists()
    monkeypatch.setattr(LocalEngine, "outcomes", lambda self, items, _: iter(map(fail, items)))
    assert run([*call, "--format", "jsonl", "-o", "a.jsonl"]) == 0
    assert (tmp_path / "a.jsonl").read_bytes() == first
    assert run([*call, "--format", "csv", "-o", "a.csv"]) == 0  # another view, same state
    assert "wrote a.csv" in capsys.readouterr().err


@pytest.mark.parametrize("where", [[], ["-o", "a.csv"]])
def test_no_quote_is_kept_of_a_complete_run(where: list[str], pool: str, tmp_path: Path) -> None:
    assert run(["bulk", pool, "--format", "csv", *where]) == 0
    assert not list(tmp_path.rglob("*.gapfit-state*"))
    assert run(["bulk", pool, "--format", "csv", *where, "--state", "mine"]) == 0
    assert (tmp_path / "mine").exists()


def test_a_run_that_may_turn_out_otherwise_is_kept(
    pool: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["bulk", pool, "-", "--format", "csv", "-o", "a.csv"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"late.pdf")))
        assert run(call) == 1
    assert (tmp_path / "a.gapfit-state").exists()
    assert "may be read another time" in capsys.readouterr().err


def fail(_: object) -> None:
    raise AssertionError("scored a second time")


def test_what_is_skipped_has_a_reason_everywhere(
    pool: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(pool) / "bad.pdf").write_bytes(b"no pdf")
    (Path(pool) / "copy.pdf").write_bytes(bulk.resume_pdf(0))
    assert run(["bulk", pool, "--format", "jsonl"]) == 1
    captured = capsys.readouterr()
    lines = parsed(captured.out)
    assert [line["skipped"]["code"] for line in lines if "skipped" in line] == ["not-a-pdf"]  # type: ignore[index]
    assert [line["duplicate_of"] for line in lines if "duplicate_of" in line] == [
        str(Path(pool) / "000.pdf")
    ]
    assert captured.err.splitlines()[-2:] == [
        "gapfit: skipped 1 of 5 inputs:",
        f"        1  not-a-pdf  {Path(pool) / 'bad.pdf'}",
    ]
    assert run(["bulk", pool, "--format", "csv", "-q"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["reason"] for row in rows} == {"", "not-a-pdf"}


def test_html_and_the_pool_as_json(pool: str, tmp_path: Path) -> None:
    told = ["--cohort", "pool.json", "--role", "ai-engineer", "-o", "p.html"]
    assert run(["bulk", pool, "--format", "html", *told]) == 0
    assert "Candidates for AI Engineer" in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "pool.json").read_text())["role"] == "ai-engineer"


def test_results_go_to_addresses(pool: str, capsys: pytest.CaptureFixture[str]) -> None:
    fsspec = pytest.importorskip("fsspec")
    assert run(["bulk", pool, "--format", "csv", "-o", "memory://bucket/pool.csv"]) == 0
    assert "wrote memory://bucket/pool.csv" in capsys.readouterr().err
    assert run(["bulk", pool, "--format", "csv", "-o", "here.csv"]) == 0
    with fsspec.open("memory://bucket/pool.csv") as file:
        assert file.read() == Path("here.csv").read_bytes()


def test_a_result_that_breaks_off_leaves_the_older_one_at_its_address(
    pool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = (tmp_path / "old.csv").as_uri()
    (tmp_path / "old.csv").write_text("older")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli_pool, "_put", full)
    assert run(["bulk", pool, "--format", "csv", "-o", address]) == 2
    assert f"{address}: cannot be written" in capsys.readouterr().err
    assert (tmp_path / "old.csv").read_text() == "older"
    assert run(["bulk", pool, "-o", "nonsense://x/y"]) == 2
    assert "no such kind of address" in capsys.readouterr().err


def test_the_engine_is_chosen(
    pool: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    with engine_of(pool, engine_kind="local", workers=3) as local:
        assert isinstance(local, LocalEngine)
        assert len(local._readers) == 3
    monkeypatch.setitem(sys.modules, "ray", None)
    for chosen in ({"engine_kind": "ray"}, {"engine_kind": "local", "ray_address": "head:6379"}):
        with pytest.raises(UsageError, match="needs Ray"):
            engine_of(pool, **chosen)


def engine_of(pool: str, **changes: object) -> Engine:
    view = cli_pool.View(builders.a_catalogue(), None, False, None)
    return command._engine(options(pool, **changes), view)


def test_parquet_needs_a_file(pool: str, capsys: pytest.CaptureFixture[str]) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    assert run(["bulk", pool, "--format", "parquet"]) == 2
    assert "Give it a file with -o" in capsys.readouterr().err
    assert run(["bulk", pool, "--format", "parquet", "-o", "p.parquet"]) == 0
    assert pq.read_table("p.parquet").num_rows == 3


def test_a_role_that_is_a_variant_is_scored(pool: str, capsys: pytest.CaptureFixture[str]) -> None:
    view = command._view(options(pool, wanted="Inference Engineer"), bulk.profiles.load())
    assert view.role == "inference-engineer"
    assert view.variants
    assert run(["bulk", pool, "--role", "no such role"]) == 2
    assert "unknown role" in capsys.readouterr().err


def options(pool: str, **changes: object) -> command.Options:
    values: dict[str, object] = dict.fromkeys(command.Options.__dataclass_fields__)
    return command.Options(**(values | {"inputs": (pool,), "format_": "text"} | changes))  # type: ignore[arg-type]


def test_top(pool: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bulk", pool, "--top", "1", "--format", "jsonl", "-q"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_list_on_standard_input(
    pool: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = f"{pool}/000.pdf\n{pool}/none.pdf\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(names)))
    assert run(["bulk", "-", "--format", "jsonl", "-q"]) == 1
    lines = parsed(capsys.readouterr().out)
    assert [line.get("skipped", {}).get("code") for line in lines] == [None, "not-found"]  # type: ignore[attr-defined]


# ---------------------------------------------------------------- failures


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nowhere"], "no such file or folder"),
        (["empty"], "no PDF in it"),
        (["pool", "-o", "no/such/x.csv"], "no such folder"),
        (["pool", "--top", "0"], "--top"),
        (["pool", "--profiles", "nowhere"], "nowhere"),
        ([], "INPUT"),
    ],
)
def test_wrong_usage(
    args: list[str], told: str, pool: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["bulk", *args]) in (2, 4)
    (line, *_) = capsys.readouterr().err.splitlines()
    assert told in line
    assert not list(tmp_path.rglob("*.gapfit-state*"))


@pytest.mark.parametrize(
    "args",
    [
        ["pool", "-o", "pool/001.pdf"],
        ["pool", "--cohort", "pool/deep/er.pdf"],
        ["pool/00*.pdf", "-o", "pool/001.pdf"],
        ["pool/000.pdf", "pool/001.pdf", "-o", "pool/../pool/001.pdf"],
        ["pool.zip!/a.pdf", "-o", "pool.zip"],
        ["-", "-o", "pool/001.pdf"],
        ["pool", "-o", "linked.pdf"],
    ],
)
def test_no_result_replaces_an_input(
    args: list[str],
    pool: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = io.TextIOWrapper(io.BytesIO(b"pool/001.pdf\n"))
    monkeypatch.setattr(sys, "stdin", names)
    (tmp_path / "pool/deep").mkdir()
    (tmp_path / "pool/deep/er.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "pool.zip").write_bytes(b"PK")
    (tmp_path / "linked.pdf").symlink_to(Path(pool) / "001.pdf")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.pdf")}
    assert run(["bulk", *args]) == 2
    assert "is the input itself. Give -o another file name." in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.pdf")} == before
    assert (tmp_path / "pool.zip").read_bytes() == b"PK"


@pytest.mark.parametrize("option", ["--cohort", "--state"])
def test_two_results_need_two_files(
    option: str, pool: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["bulk", pool, "-o", "q.csv", option, str(tmp_path / "q.csv")]) == 2
    assert "q.csv: is named for two results" in capsys.readouterr().err
    assert not (tmp_path / "q.csv").exists()


def test_a_result_may_lie_among_the_inputs_and_be_written_anew(pool: str) -> None:
    call = ["bulk", pool, "-o", f"{pool}/pool.csv", "--cohort", f"{pool}/pool.json", "-q"]
    assert run(call) == 0
    assert run(call) == 0


def test_a_state_of_other_profiles_is_4(
    pool: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with State(tmp_path / "old", {"gapfit": "0.0.1"}):
        pass
    assert run(["bulk", pool, "--state", "old"]) == 4
    assert "do not mix" in capsys.readouterr().err


def test_a_result_that_cannot_be_written_costs_no_score(
    pool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        assert run(["bulk", pool, "--format", "csv", "-o", "a.csv"]) == 2
    assert "No space left" in capsys.readouterr().err
    assert not (tmp_path / "a.csv").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.gapfit-state", "pool"]
    monkeypatch.setattr(LocalEngine, "outcomes", lambda self, items, _: iter(map(fail, items)))
    assert run(["bulk", pool, "--format", "csv", "-o", "a.csv"]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_standard_output(pool: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bulk", pool, "--format", "jsonl", "-o", "/dev/full", "--state", "s"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_an_interrupted_run_says_what_is_kept(
    pool: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    work = bulk_run.work

    def interrupted(*args: object) -> object:
        for number, tally in enumerate(work(*args)):  # type: ignore[arg-type]
            yield tally
            if tally.scored == 1 or number > 50:
                raise KeyboardInterrupt

    monkeypatch.setattr(bulk_run, "work", interrupted)
    assert run(["bulk", pool, "-o", "a.txt"]) == 130
    err = capsys.readouterr().err
    assert "stopped: 1 of 3 done and kept in a.gapfit-state; the same command continues." in err
    monkeypatch.setattr(bulk_run, "work", work)
    assert run(["bulk", pool, "-o", "a.txt"]) == 0


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_may_not_be_written_to(
    pool: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    assert run(["bulk", pool, "-o", "shut/a.csv"]) == 2
    assert run(["bulk", pool, "--state", "shut/state"]) == 4
    assert "may not be written to" in capsys.readouterr().err


def test_help_names_the_limits_there_are() -> None:
    helps = {p.name: p.help for p in command.command.params if isinstance(p, click.Option)}
    assert f"; {reading.SECONDS:g} by default." in str(helps["timeout"])
    assert f"; {reading.MEMORY >> 20} by default." in str(helps["memory"])
    assert "20 and 1,000 by default" in str(helps["top"])
    assert TOP == {"text": 20, "html": 1000}


@pytest.mark.parametrize("format_", ["text", "csv", "jsonl", "html"])
def test_blind_results_name_no_file(
    format_: str, pool: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(pool) / "of-a-person.pdf").write_bytes(b"not a PDF")
    assert run(["bulk", pool, "--blind", "--format", format_]) == 1
    out = capsys.readouterr().out
    assert "resume-" in out
    assert "of-a-person" not in out
    assert ".pdf" not in out
