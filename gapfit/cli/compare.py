"""``gapfit compare``: two versions of a resume, or two people's, beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    role_id,
    say,
    talk_options,
)
from gapfit.cli.output import Target, target, write
from gapfit.cli.progress import Progress

if TYPE_CHECKING:
    from gapfit.datamodels import Analysis, Catalogue, Comparison, Resume
    from gapfit.pipeline import Analyzer


@click.command(
    "compare",
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit compare resume-may.pdf resume-june.pdf --role ai-engineer",
)
@click.argument("old", metavar="OLD.pdf", type=click.Path())
@click.argument("new", metavar="NEW.pdf", type=click.Path())
@format_choice("text", "json", "md")
@output_option
@click.option(
    "--role",
    "wanted",
    metavar="ROLE",
    multiple=True,
    help="Explain this role and aim the gaps at it, instead of at those that moved most; "
    "an id or a name, may be repeated.",
)
@click.option("--variants", is_flag=True, help="Score the variant roles beside the twelve.")
@profiles_option
@model_options
@cache_option
@talk_options
@click.pass_obj
def command(
    state: State,
    old: str,
    new: str,
    format_: str,
    output: str | None,
    wanted: tuple[str, ...],
    variants: bool,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
) -> None:
    """Compare two resumes: which fits, skills and gaps moved, and which lines did it.

    OLD.pdf and NEW.pdf are two versions of one resume or, where they have little text in common,
    two people's. Either may be a result of 'gapfit fit --format json' instead; its lines are then
    not compared, only what was found in them.
    """
    from gapfit import encoder, pipeline, profiles

    where = target(output, old, new)
    with Progress(state) as progress:
        catalogue = profiles.load(None if profiles_dir is None else Path(profiles_dir))
        roles = [role_id(catalogue, role) for role in dict.fromkeys(wanted)]
        progress("Reading the files")
        sides = [_read(path) for path in (old, new)]

        def analyzer() -> Analyzer:
            return pipeline.Analyzer(
                catalogue,
                model=model or encoder.DEFAULT_MODEL,
                prompt=prompt,
                cache=cache,
                progress=progress,
            )

        comparison = _compared(catalogue, (old, new), sides, analyzer, roles, variants)
    result = _rendered(comparison, catalogue, (old, new), roles, format_, where, state)
    write(result, where, encoding=None if format_ == "text" else "utf-8")
    if not state.quiet:
        _remark(comparison, (old, new), format_ == "json", where)


def _read(path: str) -> Analysis | tuple[Resume, str]:
    """What a file holds: a result in JSON, or a resume with the digest of its PDF."""
    from gapfit import intake
    from gapfit.formats import json_result

    data = intake.read_file(Path(path))
    if json_result.is_json(data):
        return json_result.read(data, path)
    return intake.read_resume(data, path)


def _compared(
    catalogue: Catalogue,
    paths: tuple[str, str],
    sides: Sequence[Analysis | tuple[Resume, str]],
    make: Callable[[], Analyzer],
    roles: Sequence[str],
    variants: bool,
) -> Comparison:
    """Compare both sides; without a PDF among them no model is loaded."""
    from gapfit import pipeline

    resumes = [side for side in sides if isinstance(side, tuple)]
    if len(resumes) == len(sides):
        return make().compare(*resumes, roles=roles, variants=variants)
    analyzer = make() if resumes else None
    old, new = (
        analyzer.analyze(*side) if analyzer is not None and isinstance(side, tuple) else side
        for side in sides
    )
    assert not isinstance(old, tuple) and not isinstance(new, tuple)
    pipeline.check_comparable(catalogue, paths, (old, new))
    return pipeline.compare_analyses(catalogue, old, new, roles=roles, variants=variants)


def _rendered(
    comparison: Comparison,
    catalogue: Catalogue,
    paths: tuple[str, str],
    roles: Sequence[str],
    format_: str,
    where: Target,
    state: State,
) -> str:
    if format_ == "json":
        from gapfit.formats.comparison import json

        return json.render(comparison)
    names = _names(*paths)
    if format_ == "md":
        from gapfit.formats.comparison import markdown

        return markdown.render(comparison, catalogue, names, verbose=state.verbose, wanted=roles)
    from gapfit.formats.comparison import text

    return text.render(
        comparison,
        catalogue,
        names,
        width=where.width,
        color=where.color,
        unicode=where.unicode,
        verbose=state.verbose,
        wanted=roles,
    )


def _names(old: str, new: str) -> tuple[str, str]:
    """What to call the files: by name, and by the whole path where both have the same name."""
    names = (Path(old).name, Path(new).name)
    return names if names[0] != names[1] else (old, new)


def _remark(comparison: Comparison, paths: tuple[str, str], warn: bool, where: Target) -> None:
    """Tell on stderr what the result does not show: warnings (if ``warn``) and where it went."""
    if warn or where.path is not None:
        for path, analysis in zip(paths, (comparison.before, comparison.after), strict=True):
            for warning in analysis.resume.warnings:
                page = f", page {warning.page}" if warning.page else ""
                say(f"warning: {path}{page}: {warning.code}: {warning.message}")
    if where.path is not None:
        say(f"wrote {where.path}")
