"""``gapfit audit``: whether fits depend on who someone is, and outcomes by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from gapfit.cli.output import Target, check_distinct, target, write
from gapfit.cli.progress import Progress
from gapfit.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from gapfit.datamodels import Manifest, Outcomes, ResumeAudit, Skipped

_CHECK_FAILED = 1


@click.command(
    "audit",
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit audit resume.pdf; gapfit audit --outcomes results.csv --group sex "
    "--group race --score fit",
)
@click.argument("resumes", metavar="[RESUME.pdf]...", nargs=-1, type=click.Path())
@click.option(
    "--outcomes",
    "table",
    metavar="RESULTS.csv",
    type=click.Path(),
    help="Instead of resumes: results of people, a row each, with the groups they belong to.",
)
@click.option(
    "--group",
    "groups",
    metavar="COL",
    multiple=True,
    help="A column with a group (sex, race, …); repeat it to see intersections too.",
)
@click.option("--score", metavar="COL", help="The column with a score: gives scoring rates.")
@click.option("--selected", metavar="COL", help="The column with yes or no: gives selection rates.")
@click.option(
    "--exclude-small",
    "without_small",
    is_flag=True,
    help="Leave groups under 2% of the people out of the ratios.",
)
@click.option(
    "--datasheet",
    metavar="FILE.md",
    type=click.Path(),
    help="Also write the figures of --outcomes as a sheet for the independent auditor.",
)
@format_choice("text", "json")
@output_option
@profiles_option
@model_options
@cache_option
@talk_options
@click.pass_obj
def command(state: State, /, **options: Any) -> None:
    """Change what should not matter in each resume, and report the largest shift of any fit.

    Name, contact details, address, pronouns, school, years, order and wording of sections, font
    and producer are changed, one at a time. With --outcomes: selection or scoring rates and
    impact ratios by group, as New York City's Local Law 144 defines them.

    Exit code 1 when a shift exceeds its bound, a ratio is below four fifths, or an input was
    skipped. What the bounds are: docs/audit.md.
    """
    click.get_current_context().exit(_run(state, Options(**options)))


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, as it was given."""

    resumes: tuple[str, ...]
    table: str | None
    groups: tuple[str, ...]
    score: str | None
    selected: str | None
    without_small: bool
    datasheet: str | None
    format_: str
    output: str | None
    profiles_dir: str | None
    model: str | None
    prompt: str | None
    cache: bool


def _run(state: State, options: Options) -> int:
    if options.table is not None:
        if options.resumes:
            raise UsageError("--outcomes reads a table: leave the resumes out, or run it twice.")
        return _outcomes(state, options, options.table)
    if options.groups or options.score or options.selected or options.datasheet:
        raise UsageError("--group, --score, --selected and --datasheet belong to --outcomes.")
    if not options.resumes:
        raise UsageError("give resumes to change, or --outcomes RESULTS.csv.")
    return _resumes(state, options)


def _resumes(state: State, options: Options) -> int:
    from gapfit import encoder, intake, pipeline, profiles
    from gapfit.audit.trial import audit
    from gapfit.datamodels import Skipped

    where = target(options.output, *options.resumes)
    own = options.profiles_dir
    catalogue = profiles.load(None if own is None else Path(own))
    audits: list[ResumeAudit] = []
    skipped: list[Skipped] = []
    with Progress(state) as progress:
        analyzer = pipeline.Analyzer(
            catalogue,
            model=options.model or encoder.DEFAULT_MODEL,
            prompt=options.prompt,
            cache=options.cache,
            progress=progress,
        )
        for source in options.resumes:
            try:
                data = intake.read_file(Path(source))
                audits.append(audit(analyzer, data, source, progress))
            except UnreadableInput as error:
                if len(options.resumes) == 1:
                    raise
                message = str(error).removeprefix(f"{source}: ")
                skipped.append(Skipped(source, error.code, message))
    if options.format_ == "json":
        from gapfit.formats.audit import json

        write(json.render(audits, skipped, analyzer.manifest("")), where, encoding="utf-8")
    else:
        from gapfit.formats.audit import text

        view = text.render(
            audits,
            skipped,
            catalogue,
            width=where.width,
            color=where.color,
            unicode=where.unicode,
        )
        write(view, where)
    if not state.quiet:
        for one in skipped:
            say(f"skipped {one.source}: {one.message}")
    _told(state, [where])
    exceeded = [s for audit_ in audits for s in audit_.shifts if s.exceeded]
    if exceeded and not state.quiet:
        say(f"{len(exceeded)} of the shifts exceed their bound")
    return _CHECK_FAILED if exceeded or skipped else 0


def _outcomes(state: State, options: Options, table: str) -> int:
    from gapfit import intake
    from gapfit.audit.outcomes import Question, outcomes

    if not options.groups:
        raise UsageError("name the columns with groups: --group sex --group race.")
    where = target(options.output, table)
    sheet = None if options.datasheet is None else target(options.datasheet, table)
    check_distinct(options.output, options.datasheet)
    question = Question(options.groups, options.score, options.selected, options.without_small)
    found = outcomes(intake.read_file(Path(table)), table, question)
    if options.format_ == "json":
        from gapfit.formats.audit import json

        write(json.render_outcomes(found), where, encoding="utf-8")
    else:
        from gapfit.formats.audit import text

        view = text.render_outcomes(
            found, width=where.width, color=where.color, unicode=where.unicode
        )
        write(view, where)
    if sheet is not None:
        from gapfit.formats.audit import datasheet

        write(datasheet.render(found, _made(options)), sheet, encoding="utf-8")
    _told(state, [where, *([] if sheet is None else [sheet])])
    if found.bad_rows and not state.quiet:
        say(f"rows not counted: {len(found.bad_rows):,}; each has its reason in the result")
    return _CHECK_FAILED if found.bad_rows or _is_alarming(found) else 0


def _is_alarming(found: Outcomes) -> bool:
    return any(group.below_four_fifths for table in found.tables for group in table.groups)


def _made(options: Options) -> Manifest:
    """What a run of gapfit, as it is installed and called here, scores with."""
    from gapfit import encoder, profiles
    from gapfit._version import __version__
    from gapfit.datamodels import Manifest

    own = options.profiles_dir
    catalogue = profiles.load(None if own is None else Path(own))
    coder = encoder.load(options.model or encoder.DEFAULT_MODEL, options.prompt)
    return Manifest(__version__, coder.name, coder.sha256, catalogue.sha256, "")


def _told(state: State, targets: Sequence[Target]) -> None:
    for one in targets:
        if one.path is not None and not state.quiet:
            say(f"wrote {one.path}")
