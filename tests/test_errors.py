"""The error tree: a documented exit code for every member, and a map that is complete."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from gapfit import errors, intake
from gapfit.errors import GapfitError, UnreadableInput

PACKAGE = Path(errors.__file__).parent

ALL = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if issubclass(member, GapfitError) and member is not GapfitError
]


def mapped() -> dict[str, int]:
    """The docstring's map: name to exit code."""
    found = re.findall(r"[├└]── (\w+) +\((\d+)\)", errors.__doc__ or "")
    return {name: int(code) for name, code in found}


def test_the_map_is_complete() -> None:
    assert mapped() == {error.__name__: error.exit_code for error in ALL}


@pytest.mark.parametrize("error", ALL)
def test_every_error_is_documented_and_has_its_own_exit_code(error: type[GapfitError]) -> None:
    assert error.__doc__
    assert error.exit_code in (2, 3, 4)


def test_an_error_without_a_code_of_its_own_is_internal() -> None:
    assert GapfitError("anything").exit_code == 70


def test_no_module_defines_errors_elsewhere() -> None:
    pattern = re.compile(r"^class (\w+)\((?:GapfitError|UsageError|UnreadableInput|"
                         r"ProfileError|EmbeddingsError)\)", re.MULTILINE)  # fmt: skip
    defined = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert defined == {error.__name__ for error in ALL}


def test_unreadable_input_carries_its_code() -> None:
    error = UnreadableInput("no-text", "x.pdf: no text")
    assert (error.code, str(error)) == ("no-text", "x.pdf: no text")


def test_the_codes_of_unreadable_input_are_the_documented_ones() -> None:
    documented = set(re.findall(r"``([a-z-]+)``", UnreadableInput.__doc__ or "")) - {"code"}
    raised = {
        code
        for path in PACKAGE.rglob("*.py")
        for code in re.findall(r'UnreadableInput\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert documented == raised | set(intake.WORDS)


def test_an_unexpected_error_is_named_without_its_words() -> None:
    try:
        UnreadableInput(*["a line of the resume"] * 3)  # type: ignore[call-arg]
    except TypeError as error:
        assert errors.named(error) == "TypeError"
    try:
        errors.named(None)  # type: ignore[arg-type]
    except AttributeError as error:
        assert re.fullmatch(r"AttributeError at gapfit/errors\.py:\d+", errors.named(error))
