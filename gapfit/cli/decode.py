"""``gapfit decode``: what a job ad really asks for."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gapfit.cli.common import (
    HELP_OPTIONS,
    State,
    cache_option,
    format_choice,
    model_options,
    output_option,
    profiles_option,
    say,
    talk_options,
)
from gapfit.cli.output import Target, target, write
from gapfit.cli.progress import Progress

if TYPE_CHECKING:
    from gapfit.datamodels import Catalogue, Decoding, Role
    from gapfit.decoder import Decoder

_STDIN = "-"


@click.command(
    "decode",
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit decode sample_resumes/jobs/mislabelled.txt",
)
@click.argument("job", metavar="JOB", type=click.Path(allow_dash=True))
@click.option(
    "--title", default="", metavar="TEXT", help="The ad's title, where none stands at its head."
)
@format_choice("text", "json", "md")
@output_option
@profiles_option
@model_options
@cache_option
@talk_options
@click.pass_obj
def command(
    state: State,
    job: str,
    title: str,
    format_: str,
    output: str | None,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
) -> None:
    """Tell what a job ad is by its content: which roles' work it describes, what it asks for.

    JOB is a PDF, text, Markdown or HTML file, or - to paste it on standard input. It is read on
    this machine and sent nowhere.
    """
    where = target(output, job)
    with Progress(state) as progress:
        read = read_job(job, title, profiles_dir, model, prompt, cache, progress)
    write(
        _rendered(read, format_, where, state),
        where,
        encoding=None if format_ == "text" else "utf-8",
    )
    remark(read.decoded, where, state, shown=format_ == "text")


@dataclass(frozen=True, slots=True)
class Job:
    """An ad that has been decoded, with what did it."""

    decoded: Decoding
    decoder: Decoder
    source: str

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue it was read against."""
        return self.decoder.catalogue

    def role(self) -> Role:
        """Return the ad as a role; UnreadableInput, naming the file, when it asks for nothing."""
        from gapfit.errors import UnreadableInput

        try:
            return self.decoder.role(self.decoded)
        except UnreadableInput as error:
            raise UnreadableInput(error.code, f"{self.source}: {error}") from error


def read_job(
    job: str,
    title: str,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
    progress: Progress,
) -> Job:
    """The steps of ``decoder.decode``, with what it rests on kept for the view."""
    from gapfit import encoder, profiles
    from gapfit.decoder import Decoder, read_ad
    from gapfit.intake import read_file

    source = "standard input" if job == _STDIN else job
    data = sys.stdin.buffer.read() if job == _STDIN else read_file(Path(job), "job ad")
    catalogue = profiles.load(None if profiles_dir is None else Path(profiles_dir))
    progress("Reading the ad")
    ad = read_ad(data, source, title)
    decoder = Decoder(
        catalogue,
        model=model or encoder.DEFAULT_MODEL,
        prompt=prompt,
        cache=cache,
        progress=progress,
    )
    return Job(decoder.decode(ad, hashlib.sha256(data).hexdigest()), decoder, source)


def remark(decoded: Decoding, where: Target, state: State, *, shown: bool) -> None:
    """Tell on stderr what the result does not show: warnings (unless ``shown``), where it went."""
    if state.quiet:
        return
    if not shown or where.path is not None:
        for warning in decoded.warnings:
            say(f"warning: {warning.code}: {warning.message}")
    if where.path is not None:
        say(f"wrote {where.path}")


def _rendered(read: Job, format_: str, where: Target, state: State) -> str:
    if format_ == "json":
        from gapfit.formats.decoding import json

        return json.render(read.decoded)
    from gapfit.formats.decoding import view

    document = view.document(read.decoded, read.catalogue, verbose=state.verbose or format_ == "md")
    if format_ == "md":
        from gapfit.formats import markdown

        return markdown.render(document)
    from gapfit.formats import roles

    return roles.render(document, width=where.width, color=where.color, unicode=where.unicode)
