"""What the commands share: options, suggestions, messages."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gapfit.errors import UsageError

if TYPE_CHECKING:
    from gapfit.datamodels import Catalogue

# A plan that nothing is said of: hours a week, and gaps to close, as many as ``gapfit fit`` shows.
PLAN_HOURS = 8
PLAN_GAPS = 6

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}

# Endings of file names that are not the name of the format.
_ENDINGS = {"txt": "text", "markdown": "md", "htm": "html"}

# All that some command writes, as the ending of a file's name.
_FORMATS = {"csv", "html", "ics", "json", "jsonl", "md", "parquet"}

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass
class State:
    """What the whole run knows: set by -v and -q, read where it ends."""

    verbose: bool = False
    quiet: bool = False


def say(message: str, *, prefix: str = "gapfit: ") -> None:
    """Write one line to stderr; paths and messages in it are data, not escape sequences."""
    from gapfit.formats.clean import clean

    with contextlib.suppress(OSError):  # nobody listens any more
        click.echo(prefix + clean(message), err=True)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like ``word``, or "" when none is like it."""
    word, known = word.casefold(), list(known)
    close = difflib.get_close_matches(word, known, n=1)
    longer = [candidate for candidate in known if word and word in candidate]
    return next(iter([*close, *longer]), "")


class NearestGroup(click.Group):
    """A group that answers a mistyped command with the one that was probably meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            close = nearest(args[0], self.commands)
            hint = f"Did you mean {close!r}?" if close else f"Use {', '.join(self.commands)}."
            raise click.UsageError(f"no such command {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)


def role_id(catalogue: Catalogue, wanted: str) -> str:
    """Return the id of the role that ``wanted`` names by id or by name; UsageError if none."""
    known = {role.id.casefold(): role.id for role in catalogue.roles}
    known |= {role.name.casefold(): role.id for role in catalogue.roles}
    word = wanted.strip().casefold()
    if word in known:
        return known[word]
    close = nearest(word, known)
    hint = f"Did you mean {known[close]!r}?" if close else "All roles: gapfit roles"
    raise UsageError(f"unknown role {wanted!r}. {hint}")


def profiles_option(function: _Command) -> _Command:
    return click.option(
        "--profiles",
        "profiles_dir",
        metavar="DIR",
        type=click.Path(),
        help="Folder with your own skills and roles (skills/*.toml, roles/*.toml), laid over the "
        "built-in ones.",
    )(function)


def model_options(function: _Command) -> _Command:
    model = click.option(
        "--model",
        metavar="NAME_OR_PATH",
        help="Another sentence-transformers model: a folder, or a name to fetch. "
        "The built-in one needs no network.",
    )
    prompt = click.option(
        "--prompt",
        metavar="TEXT",
        help="Put before every text that is encoded, for models trained with one.",
    )
    return model(prompt(function))


def cache_option(function: _Command) -> _Command:
    return click.option(
        "--no-cache",
        "cache",
        is_flag=True,
        default=True,
        flag_value=False,
        help="Do not keep the vectors of the lines read in your cache folder, and do not look "
        "for them there. The result is the same.",
    )(function)


def blind_option(function: _Command) -> _Command:
    return click.option(
        "--blind",
        is_flag=True,
        help="Show resumes as the scores see them: without name, contact details, gender, origin, "
        "age and school.",
    )(function)


def format_choice(*formats: str, help_: str = "") -> Callable[[_Command], _Command]:
    """Return the option --format with these choices.

    Unless it is given, the ending of -o decides, and where that says nothing, the first choice.
    An ending that says what only other commands write is wrong usage.
    """

    def unasked() -> str:
        output = click.get_current_context().params.get("output")
        ending = Path(output or "").suffix.lower().removeprefix(".")
        named = _ENDINGS.get(ending, ending)
        if named in _FORMATS - {*formats}:
            close = nearest(named, formats)
            hint = f"Did you mean .{close}? " if close else ""
            choices = f"{', '.join(formats[:-1])} or {formats[-1]}"
            raise click.UsageError(
                f"{output}: no {named} here. {hint}Give --format {choices}, or another ending.",
                click.get_current_context(),
            )
        return named if named in formats else formats[0]

    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=unasked,
        show_default=f"by the ending of -o, or else {formats[0]}",
        help=" ".join(["How to write the result.", help_]).strip(),
    )


def output_option(function: _Command) -> _Command:
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(),
        help="Write the result to FILE instead of the terminal.",
    )(function)


def talk_options(function: _Command) -> _Command:
    quiet = click.option(
        "-q",
        "--quiet",
        is_flag=True,
        callback=_remember,
        expose_value=False,
        help="No progress and no remarks, only the result.",
    )
    verbose = click.option(
        "-v",
        "--verbose",
        is_flag=True,
        callback=_remember,
        expose_value=False,
        help="Say more: each stage, more lines, and the details of an internal error.",
    )
    return quiet(verbose(function))


def _remember(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    state = ctx.ensure_object(State)
    if value:
        setattr(state, str(parameter.name), True)
    if state.quiet and state.verbose:
        raise click.UsageError("-q and -v contradict each other. Leave one of them out.", ctx)
