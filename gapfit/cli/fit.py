"""``gapfit fit``: one resume against every role."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gapfit.cli import report
from gapfit.cli.analysis import analyse, remark
from gapfit.cli.common import (
    HELP_OPTIONS,
    State,
    blind_option,
    cache_option,
    format_choice,
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
@format_choice("text", "json", "md", "html")
@output_option
@click.option(
    "--open",
    "open_",
    is_flag=True,
    help="Write the HTML report and open it in the default browser; without -o, from a temporary "
    "file that only you can read.",
)
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
@blind_option
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
    open_: bool,
    wanted: tuple[str, ...],
    job: str | None,
    variants: bool,
    blind: bool,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
) -> None:
    """Analyse one resume: its fit for each role, the lines that earned it, the gaps.

    RESUME.pdf is read on this machine and sent nowhere.
    """
    format_ = report.check(output, open_)
    where = target(output, resume, *([] if job is None else [job]))
    with Progress(state) as progress:
        catalogue, roles, analysis = analyse(
            resume, wanted, variants, profiles_dir, model, prompt, cache, progress, blind, job
        )
        page = ""
        if format_ == "html":
            # A file is often named after its author.
            name = "resume.pdf" if blind else Path(resume).name
            page = report.render(resume, name, analysis, catalogue, roles, profiles_dir, progress)
    if format_ == "json":
        from gapfit.formats import json

        write(json.render(analysis), where, encoding="utf-8")
    elif format_ == "md":
        from gapfit.formats import fit_markdown

        view = fit_markdown.render(analysis, catalogue, verbose=state.verbose, wanted=roles)
        write(view, where, encoding="utf-8")
    elif format_ == "html":
        where = report.private(where) if open_ else where
        write(page, where, encoding="utf-8")
    else:
        write(_as_text(analysis, catalogue, roles, where, state), where)
    remark(analysis, format_ == "json", where, state)
    if open_ and where.path is not None:
        report.show(where.path)


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
