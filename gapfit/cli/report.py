"""The HTML report of ``gapfit fit``: made, put where it was asked for, opened."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from gapfit.bulk import places
from gapfit.cli.common import PLAN_GAPS, PLAN_HOURS, say
from gapfit.cli.output import Target, target
from gapfit.cli.progress import Progress
from gapfit.errors import UsageError

if TYPE_CHECKING:
    from gapfit.datamodels import Analysis, Catalogue

# How a browser knows a page in a file; without any ending it looks inside.
_ENDINGS = ("", ".htm", ".html")

# A report that --open shows without -o stands in a folder of its own in the temporary folder.
FOLDERS = "gapfit-"
NAME = "report.html"


def check(output: str | None, open_: bool) -> str:
    """Return the format that --format stands for; --open asks for the report. Raises UsageError."""
    context = click.get_current_context()
    format_ = str(context.params["format_"])
    if not open_:
        return format_
    if context.get_parameter_source("format_") is ParameterSource.DEFAULT:
        format_ = "html"
    if format_ != "html":
        raise UsageError("--open shows the HTML report. Give --format html, or leave --open out.")
    if output == "-":
        raise UsageError("--open needs a file, not standard output. Give -o a file name.")
    if output is not None and places.is_address(output):
        raise UsageError(f"{output}: --open needs a file of this machine. Give -o a file name.")
    if output is not None and Path(output).suffix.lower() not in _ENDINGS:
        raise UsageError(f"{output}: --open shows the HTML report. Let the name end in .html.")
    return format_


def private(where: Target) -> Target:
    """Return ``where``, or for stdout a file in a new folder, which nobody else can read."""
    if where.path is not None:
        return where
    try:
        path = Path(tempfile.mkdtemp(prefix=FOLDERS)) / NAME
        path.touch(mode=0o600)
    except OSError as error:
        raise UsageError(
            f"no temporary file can be made ({error.strerror}). Give -o a file name."
        ) from error
    return target(str(path))


def render(
    resume: str,
    name: str,
    analysis: Analysis,
    catalogue: Catalogue,
    roles: Sequence[str],
    profiles_dir: str | None,
    progress: Progress,
) -> str:
    """Return the report on an analysed resume, which it calls ``name``.

    Raises UnreadableInput when the file is gone by now.
    """
    from gapfit import intake, pipeline, profiles
    from gapfit.datamodels import Pace
    from gapfit.formats.report import html

    learning = profiles.load_learning(
        catalogue, None if profiles_dir is None else Path(profiles_dir)
    )
    progress("Drawing the pages")
    report = pipeline.make_report(
        intake.read_file(Path(resume)),
        name,
        analysis,
        catalogue,
        learning,
        pace=Pace(PLAN_HOURS),
        count=PLAN_GAPS,
        roles=roles,
    )
    return html.render(report, catalogue)


def show(path: Path) -> None:
    """Open a file in the default browser, or say how to where there is none."""
    import webbrowser

    address = path.resolve().as_uri()
    try:
        opened = webbrowser.open(address)
    except (OSError, webbrowser.Error):
        opened = False
    if not opened:
        say(f"no browser could be started. Open {path} in one.")
