"""``gapfit roles new``: a role of one's own, made from a job ad."""

from __future__ import annotations

import click

from gapfit.cli.common import (
    HELP_OPTIONS,
    State,
    cache_option,
    model_options,
    output_option,
    profiles_option,
    talk_options,
)
from gapfit.cli.decode import read_job, remark
from gapfit.cli.output import target, write
from gapfit.cli.progress import Progress
from gapfit.errors import UsageError


@click.command(
    "new",
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit roles new --from job.txt -o my-profiles/roles/job.toml",
)
@click.option(
    "--from",
    "job",
    metavar="JOB",
    required=True,
    type=click.Path(allow_dash=True),
    help="The ad: a PDF, text, Markdown or HTML file, or - for standard input.",
)
@click.option(
    "--title", default="", metavar="TEXT", help="The ad's title, where none stands at its head."
)
@output_option
@click.option(
    "--force",
    is_flag=True,
    help="Write over the file that -o names, with whatever was edited in it.",
)
@profiles_option
@model_options
@cache_option
@talk_options
@click.pass_obj
def command(
    state: State,
    job: str,
    title: str,
    output: str | None,
    force: bool,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
) -> None:
    """Write a role profile (TOML) made from a job ad: its stack, weighted by what it asks for.

    Edit it, and put it as roles/NAME.toml into a folder for --profiles.
    """
    where = target(output, job)
    if where.path is not None and where.path.is_file() and not force:
        raise UsageError(
            f"{where.path}: is there already, and may have been edited. Give -o another file name, "
            "or --force to write over it."
        )
    with Progress(state) as progress:
        read = read_job(job, title, profiles_dir, model, prompt, cache, progress)
        role = read.role()
    from gapfit.formats.decoding import profile

    write(profile.render(role, read.catalogue), where, encoding="utf-8")
    remark(read.decoded, where, state, shown=False)
