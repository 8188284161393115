"""The command ``gapfit``: arguments, exit codes and progress; the only place that catches errors.

Results go to stdout or ``--output``, everything else to stderr. Nothing heavy is imported until a
command runs, so that ``gapfit --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from gapfit._version import __version__
from gapfit.cli import (
    audit,
    bulk,
    checklist,
    compare,
    decode,
    embeddings,
    fit,
    purge,
    roles,
    verify,
)
from gapfit.cli.common import HELP_OPTIONS, NearestGroup, State, say
from gapfit.errors import GapfitError, named

_DONE = 0
_WRONG_USAGE = 2
_INTERNAL_ERROR = 70
_INTERRUPTED = 130


@click.group(
    "gapfit",
    cls=NearestGroup,
    context_settings=HELP_OPTIONS,
    epilog="Start with: gapfit fit RESUME.pdf",
)
@click.version_option(__version__, "--version", message="gapfit %(version)s")
def cli() -> None:
    """Say how well a resume fits each AI and ML role, and which skills are missing.

    \b
    Exit codes: 0 done, 1 a check failed or some inputs of many were skipped, 2 wrong usage,
    3 the resume or ad cannot be read, 4 profiles, embeddings or the state of a bulk run are invalid
    or stale, 70 internal error, 130 interrupted.
    """


cli.add_command(fit.command)
cli.add_command(bulk.command)
cli.add_command(checklist.command)
cli.add_command(compare.command)
cli.add_command(audit.command)
cli.add_command(roles.command)
cli.add_command(decode.command)
cli.add_command(verify.command)
cli.add_command(purge.command)
cli.add_command(embeddings.group)


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    # A resume's matrices are small: numpy's threads would wait for each other longer than they
    # compute. (The model's threads are its own.)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run the command line and return its exit code; no exception leaves."""
    state = State()
    try:
        code = cli.main(args, prog_name="gapfit", standalone_mode=False, obj=state)
        return int(code or _DONE)
    except GapfitError as error:
        say(f"error: {error}")
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return _WRONG_USAGE
    except click.UsageError as error:
        return _wrong_usage(error)
    except click.ClickException as error:
        say(f"error: {error.format_message()}")
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return _INTERRUPTED
    except Exception as error:
        return _unexpected(error, state)


def _wrong_usage(error: click.UsageError) -> int:
    say(f"error: {error.format_message()}")
    if error.ctx is not None:
        say(f"help: {error.ctx.command_path} --help", prefix="")
    return _WRONG_USAGE


def _unexpected(error: Exception, state: State) -> int:
    if state.verbose:
        import traceback

        traceback.print_exception(error)
        say("the details above may quote the resume: read them before you send them on")
    advice = "" if state.verbose else " Run it again with -v for the details."
    say(f"internal error: {named(error)}. This is a bug in gapfit: please report it.{advice}")
    return _INTERNAL_ERROR
