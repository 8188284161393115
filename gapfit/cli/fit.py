"""``gapfit fit``: one resume against every role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gapfit.cli.analysis import analyse, remark
from gapfit.cli.common import (
    HELP_OPTIONS,
    State,
    cache_option,
    format_option,
    model_options,
    output_option,
    profiles_option,
    talk_options,
)
from gapfit.cli.output import Target, target, write
from gapfit.cli.progress import Progress

if TYPE_CHECKING:
    from gapfit.datamodels import Analysis, Catalogue


@click.command(
    "fit",
    context_settings=HELP_OPTIONS,
    epilog='Example: gapfit fit resume.pdf --role "AI Engineer"',
)
@click.argument("resume", metavar="RESUME.pdf", type=click.Path())
@format_option
@output_option
@click.option(
    "--role",
    "wanted",
    metavar="ROLE",
    multiple=True,
    help="Explain this role and aim the gaps at it, instead of at the best-fitting ones; "
    "an id or a name, may be repeated.",
)
@click.option(
    "--job",
    metavar="JOB",
    type=click.Path(),
    help="Score the resume against this job ad as a role of its own, and aim the gaps at it: a "
    "PDF, text, Markdown or HTML file.",
)
@click.option("--variants", is_flag=True, help="Score the variant roles beside the twelve.")
@profiles_option
@model_options
@cache_option
@talk_options
@click.pass_obj
def command(
    state: State,
    resume: str,
    format_: str,
    output: str | None,
    wanted: tuple[str, ...],
    job: str | None,
    variants: bool,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
) -> None:
    """Analyse one resume: its fit for each role, the lines that earned it, the gaps.

    RESUME.pdf is read on this machine and sent nowhere.
    """
    where = target(output, resume)
    with Progress(state) as progress:
        catalogue, roles, analysis = analyse(
            resume, wanted, variants, profiles_dir, model, prompt, cache, progress, job
        )
    if format_ == "json":
        from gapfit.formats import json

        write(json.render(analysis), where, encoding="utf-8")
    else:
        write(_as_text(analysis, catalogue, roles, where, state), where)
    remark(analysis, format_ == "json", where, state)


def _as_text(
    analysis: Analysis, catalogue: Catalogue, roles: list[str], where: Target, state: State
) -> str:
    from gapfit.formats import text

    return text.render(
        analysis,
        catalogue,
        width=where.width,
        color=where.color,
        unicode=where.unicode,
        verbose=state.verbose,
        wanted=roles,
    )
