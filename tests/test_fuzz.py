"""The fuzzing targets: their corpus is taken, a crash is kept, and a short run finds none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz import run


@pytest.mark.parametrize("name", run.TARGETS)
def test_every_input_to_begin_with_is_taken(name: str) -> None:
    inputs = run.corpus(name)
    assert len(inputs) > 20
    for data in inputs[::3]:
        run.target(name)(data)


@pytest.mark.parametrize("name", run.TARGETS)
def test_without_atheris_a_crash_is_kept(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: str) -> Callable[[bytes], None]:
        return lambda data: data.decode("ascii") and None

    monkeypatch.setattr(run.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(run, "target", broken)
    assert run.main([name, "--seconds", "5", "--crashes", str(tmp_path)]) == 1
    assert "1 crash(es)" in capsys.readouterr().out
    (left,) = tmp_path.iterdir()
    with pytest.raises(UnicodeDecodeError):
        left.read_bytes().decode("ascii")
