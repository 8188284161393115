"""The public names, and what importing them costs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import gapfit
from gapfit import _version

HEAVY = (
    "icalendar", "jinja2", "msgspec", "numpy", "pypdf", "pypdfium2", "rich", "scipy",
    "sentence_transformers", "torch",
)  # fmt: skip


def loaded_after(code: str) -> set[str]:
    """Return which of the heavy modules a fresh interpreter has loaded after ``code``."""
    show = f"import sys; print('loaded', *(set({HEAVY}) & sys.modules.keys()))"
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True
    )
    return set(result.stdout.splitlines()[-1].split()) - {"loaded"}


def test_public_names_are_alphabetical_and_exist() -> None:
    assert gapfit.__all__ == sorted(gapfit.__all__)
    assert all(hasattr(gapfit, name) for name in gapfit.__all__)
    assert set(gapfit.__all__) <= set(dir(gapfit))


def test_public_names_are_these() -> None:
    assert gapfit.__all__ == [
        "Analysis",
        "Analyzer",
        "Catalogue",
        "Comparison",
        "Decoder",
        "Decoding",
        "EmbeddingsError",
        "GapfitError",
        "ProfileError",
        "StateError",
        "UnreadableInput",
        "UsageError",
        "__version__",
        "analyze",
        "compare",
        "decode",
    ]


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="analyse"):
        gapfit.analyse  # noqa: B018


def test_the_version_is_the_package_s() -> None:
    assert gapfit.__version__ == _version.__version__


def test_the_map_names_every_room() -> None:
    package = Path(gapfit.__file__).parent
    rooms = {
        path.stem
        for path in package.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    named = set(re.findall(r"^    (\w+) ", gapfit.__doc__ or "", re.MULTILINE))
    named |= set(re.findall(r"``(\w+)``", gapfit.__doc__ or ""))
    assert {room for room in rooms if not room.startswith("_")} <= named


def test_importing_gapfit_is_light() -> None:
    assert loaded_after("import gapfit") == set()


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["fit", "--help"],
        ["checklist", "--help"],
        ["compare", "--help"],
        ["--version"],
        ["fit"],
    ],
)
def test_help_loads_nothing_heavy(args: list[str]) -> None:
    assert loaded_after(f"from gapfit.cli import run; run({args!r})") == set()
