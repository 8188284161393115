"""``gapfit bulk``: many resumes, ranked, with what the pool lacks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gapfit.cli.common import (
    HELP_OPTIONS,
    State,
    blind_option,
    format_choice,
    model_options,
    output_option,
    profiles_option,
    role_id,
    say,
    talk_options,
)
from gapfit.cli.output import Target, check_distinct, target
from gapfit.cli.pool import TOP, Results, View
from gapfit.cli.progress import Progress
from gapfit.cli.tally import KINDS, reporter
from gapfit.errors import UsageError

if TYPE_CHECKING:
    from gapfit.bulk import state as bulk_state
    from gapfit.bulk.engine import Engine
    from gapfit.bulk.run import Tally
    from gapfit.datamodels import Catalogue

_SOME_SKIPPED = 1
_LIST = "-"


@click.command(
    "bulk",
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit bulk applications/ --role ai-engineer -o pool.html",
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@format_choice(
    "text",
    "csv",
    "jsonl",
    "parquet",
    "html",
    help_="jsonl: the object of 'gapfit fit --format json' per line.",
)
@output_option
@click.option(
    "--role",
    "wanted",
    metavar="ROLE",
    help="Rank by the fit for this role, an id or a name, instead of by each candidate's best one.",
)
@click.option("--variants", is_flag=True, help="Score the variant roles beside the twelve.")
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    help="Candidates shown as text or HTML; 20 and 1,000 by default. The other formats hold all.",
)
@click.option(
    "--cohort",
    "cohort_file",
    metavar="FILE",
    type=click.Path(),
    help="Also write what the pool shows and lacks, as JSON.",
)
@click.option(
    "--state",
    "state_path",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Where to keep what is done. By default beside --output, else in the user's "
    "cache, until the run is complete; it quotes resumes and is readable by you only.",
)
@click.option(
    "--keep-state",
    is_flag=True,
    help="Keep the state of a complete run, to add inputs or write another format later. One that "
    "--state names is kept anyway.",
)
@click.option(
    "--engine",
    "engine_kind",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="What runs it: this machine, or a Ray cluster (needs gapfit[ray]).",
)
@click.option(
    "--ray-address",
    metavar="ADDRESS",
    help="The Ray cluster, such as head:6379, or auto for the one this machine belongs to; by "
    "default one is started here. Implies --engine ray.",
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes that read, and as many that score; by default one per processor.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="Time to read one resume in; 60 by default.",
)
@click.option(
    "--memory",
    metavar="MIB",
    type=click.IntRange(min=64),
    help="Memory to read one resume in; 1024 by default.",
)
@click.option(
    "--progress",
    "progress_kind",
    type=click.Choice(KINDS),
    default="auto",
    show_default=True,
    help="How progress is told on stderr; json: one event per line.",
)
@blind_option
@profiles_option
@model_options
@talk_options
@click.pass_obj
def command(state: State, /, **options: Any) -> None:
    """Score many resumes and rank them; stop at any time, the same command continues.

    INPUT is a PDF, a folder, a ZIP archive, a pattern such as "pool/**/*.pdf", one member of an
    archive (pool.zip!/a.pdf), an address (s3://bucket/pool), or - for a list of these on standard
    input. Exit code 1 when some inputs were skipped; each has its reason in the result.
    """
    click.get_current_context().exit(_run(state, Options(**options)))


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, as it was given."""

    inputs: tuple[str, ...]
    format_: str
    output: str | None
    wanted: str | None
    variants: bool
    top: int | None
    cohort_file: str | None
    state_path: str | None
    keep_state: bool
    engine_kind: str
    ray_address: str | None
    workers: int | None
    timeout: float | None
    memory: int | None
    progress_kind: str
    blind: bool
    profiles_dir: str | None
    model: str | None
    prompt: str | None


def _run(talk: State, options: Options) -> int:
    from gapfit import profiles
    from gapfit.bulk import run, state
    from gapfit.bulk.reading import TRANSIENT

    given, listed = _inputs(options)
    results = _results(options, [*given, *listed])
    run.check(given, listed)
    own = options.profiles_dir
    catalogue = profiles.load(None if own is None else Path(own))
    view = _view(options, catalogue)
    place = Path(options.state_path or run.state_file(options.inputs, results.where.path))
    with _engine(options, view) as engine:
        with Progress(talk) as progress:
            progress("Loading the model")
            made = engine.made()
        with state.State(place, made.key) as kept:
            if not talk.quiet:
                say(f"state: {place} (it quotes resumes; {_fate(options)})")
            begun = run.enlist(kept, given, listed)
            _work(run.work(kept, engine, begun), begun, place, options, talk)
            results.write(kept, view)
            code = _end(kept, results, talk)
            again = not TRANSIENT.isdisjoint(kept.reasons())
    if not (again or _is_kept(options)):
        state.remove(place)
    elif again and not talk.quiet:
        say(f"kept {place}: some inputs may be read another time, by the same command")
    return code


def _is_kept(options: Options) -> bool:
    return options.keep_state or options.state_path is not None


def _fate(options: Options) -> str:
    if _is_kept(options):
        return "delete it when you need it no more"
    return "it goes when the run is complete, --keep-state keeps it"


def _results(options: Options, inputs: Sequence[str]) -> Results:
    """Where the results go, checked before the work begins."""
    from gapfit.bulk.listing import endangered

    if options.format_ == "parquet":
        from gapfit.formats.bulk import parquet

        parquet.check()
        if options.output in (None, _LIST):
            raise UsageError("Parquet is no text for a terminal. Give it a file with -o.")
    check_distinct(options.output, options.cohort_file, options.state_path)

    def aimed(output: str | None) -> Target:
        exists = output is not None and Path(output).is_file()
        return target(output, *(endangered(inputs, output) if output and exists else ()))

    cohort = options.cohort_file
    return Results(
        options.format_, aimed(options.output), None if cohort is None else aimed(cohort)
    )


def _view(options: Options, catalogue: Catalogue) -> View:
    role = None if options.wanted is None else role_id(catalogue, options.wanted)
    is_variant = role is not None and catalogue.role(role).extends is not None
    top = options.top or TOP.get(options.format_)
    return View(catalogue, role, options.variants or is_variant, top, options.blind)


def _inputs(options: Options) -> tuple[list[str], list[str]]:
    """The inputs given, and those in the list on standard input."""
    from gapfit.bulk.listing import split_names

    given = [one for one in options.inputs if one != _LIST]
    if len(given) == len(options.inputs):
        return given, []
    return given, split_names(os.fsdecode(sys.stdin.buffer.read()))


def _engine(options: Options, view: View) -> Engine:
    from gapfit import intake
    from gapfit.bulk.engine import Effort
    from gapfit.bulk.judging import Settings, make_judge
    from gapfit.encoder import DEFAULT_MODEL

    own = options.profiles_dir
    model = options.model or DEFAULT_MODEL
    settings = Settings(model, options.prompt, own, view.variants, view.blind)
    make = partial(make_judge, settings)
    memory = intake.MEMORY if options.memory is None else options.memory << 20
    effort = Effort(options.workers, options.timeout or intake.SECONDS, memory)
    if options.engine_kind == "ray" or options.ray_address:
        from gapfit.bulk.ray_engine import RayEngine

        return RayEngine(make, effort, options.ray_address)
    from gapfit.bulk.local_engine import LocalEngine

    return LocalEngine(make, effort)


def _work(steps: Iterator[Tally], begun: Tally, place: Path, options: Options, talk: State) -> None:
    """Do the work and tell how far it is; what was done is kept however it ends."""
    tally = begun
    try:
        with reporter(options.progress_kind, talk.quiet, begun) as report:
            for step in steps:
                tally = step
                report(tally)
    except KeyboardInterrupt:
        say(
            f"stopped: {tally.done:,} of {tally.total:,} done and kept in {place}; the same "
            "command continues."
        )
        raise


def _end(kept: bulk_state.State, results: Results, talk: State) -> int:
    """Say where the results are and what was skipped, and return the exit code."""
    from gapfit.formats.clean import clean

    if not talk.quiet:
        for name in results.names():
            say(f"wrote {name}")
    reasons = kept.reasons()
    if not reasons:
        return 0
    if not talk.quiet:
        summary = kept.summary()
        say(f"skipped {summary.skipped:,} of {summary.inputs:,} inputs:")
        width = max(map(len, reasons))
        for code, (number, first) in reasons.items():
            name = clean(first) + (", …" if number > 1 else "")
            click.echo(f"{number:>9,}  {code:<{width}}  {name}", err=True)
    return _SOME_SKIPPED
