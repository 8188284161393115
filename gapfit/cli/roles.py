"""``gapfit roles``: what is known of the roles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gapfit.cli import new_role
from gapfit.cli.common import (
    HELP_OPTIONS,
    State,
    format_choice,
    nearest,
    output_option,
    profiles_option,
    role_id,
    say,
    talk_options,
)
from gapfit.cli.output import Target, target, write
from gapfit.errors import UsageError

if TYPE_CHECKING:
    from gapfit.datamodels import Catalogue, Role
    from gapfit.formats.parts import Document

_EMPLOYERS = ("startup", "enterprise", "lab")
_NEW = "new"


class _Roles(click.Command):
    """The command, or ``roles new``: a word where otherwise a role stands."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        if args[:1] == [_NEW]:
            return new_role.command.make_context(f"{info_name} {_NEW}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(
    "roles",
    cls=_Roles,
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit roles ai-engineer --only pay,interview",
)
@click.argument("role", required=False)
@click.option(
    "--only",
    metavar="PARTS",
    help="Show these parts of ROLE, separated by commas, for example pay,interview,moves.",
)
@click.option(
    "--employer",
    type=click.Choice(_EMPLOYERS),
    help="Speak of one kind of employer: which roles live there, what a title means there.",
)
@click.option("--decide", is_flag=True, help="Show questions that tell which role is yours.")
@click.option("--moves", is_flag=True, help="Show which background or role leads where.")
@format_choice("text", "json", "md")
@output_option
@profiles_option
@talk_options
@click.pass_obj
def command(
    state: State,
    role: str | None,
    only: str | None,
    employer: str | None,
    decide: bool,
    moves: bool,
    format_: str,
    output: str | None,
    profiles_dir: str | None,
) -> None:
    """List the roles and their variants, or show one ROLE in full.

    gapfit roles new --from JOB makes a role from a job ad instead.

    ROLE is an id or a name. In full means: what it owns and does not own, its days and tools, its
    stack with weights, where it lives, interviews, pay, moves to and from it, and what the sources
    say, with their conflicts. JSON always holds everything.
    """
    _check(role, only, employer, decide, moves, format_)
    from gapfit import profiles

    where = target(output)
    own = None if profiles_dir is None else Path(profiles_dir)
    catalogue = profiles.load(own)
    chosen = catalogue.role(role_id(catalogue, role)) if role is not None else None
    if format_ == "json":
        write(_as_json(catalogue, chosen, own), where, encoding="utf-8")
    else:
        document = _document(catalogue, chosen, only, employer, decide, moves, own)
        encoding = "utf-8" if format_ == "md" else None
        write(_rendered(document, format_, where), where, encoding=encoding)
    if where.path is not None and not state.quiet:
        say(f"wrote {where.path}")


def _check(
    role: str | None,
    only: str | None,
    employer: str | None,
    decide: bool,
    moves: bool,
    format_: str,
) -> None:
    """UsageError where options ask for what does not go together."""
    if decide and moves:
        raise UsageError("--decide and --moves are two views. Ask for one of them.")
    view = "--decide" if decide else "--moves" if moves else ""
    if view and (role or only or employer):
        other = "ROLE" if role else "--only" if only else "--employer"
        hint = f" For one role: gapfit roles {role} --only {view[2:]}" if role and moves else ""
        raise UsageError(f"{view} speaks of all roles and takes no {other}. Leave it out.{hint}")
    if only is not None and role is None:
        raise UsageError("--only chooses parts of one role. Name it: gapfit roles ROLE --only ...")
    part = next((name for name, on in (("--only", only), ("--employer", employer)) if on), view)
    if part and format_ == "json":
        raise UsageError(f"{part} chooses what people read; JSON holds everything. Leave it out.")


def _as_json(catalogue: Catalogue, chosen: Role | None, own: Path | None) -> str:
    from gapfit import profiles
    from gapfit.formats import json

    return json.render_roles(
        catalogue,
        catalogue.roles if chosen is None else (chosen,),
        profiles.load_guides(catalogue, own),
        profiles.load_market(catalogue),
        profiles.load_pay(role.id for role in catalogue.roles),
    )


def _document(
    catalogue: Catalogue,
    chosen: Role | None,
    only: str | None,
    employer: str | None,
    decide: bool,
    moves: bool,
    own: Path | None,
) -> Document:
    from gapfit import profiles
    from gapfit.datamodels import Employer, Guide
    from gapfit.formats import market_parts, role_parts

    if chosen is not None:
        guide = profiles.load_guides(catalogue, own).get(chosen.id, Guide(chosen.id))
        market = profiles.load_market(catalogue)
        kind = None if employer is None else Employer(employer)
        pay = profiles.load_pay(role.id for role in catalogue.roles)
        known = role_parts.Known(chosen, catalogue, guide, market, pay, kind)
        return role_parts.document(known, _parts(only, role_parts.keys()))
    if decide:
        return market_parts.questions(profiles.load_market(catalogue), catalogue)
    if moves:
        return market_parts.moves(profiles.load_market(catalogue), catalogue)
    if employer is not None:
        guides = profiles.load_guides(catalogue, own)
        return market_parts.employer(Employer(employer), catalogue, guides)
    return market_parts.overview(catalogue)


def _rendered(document: Document, format_: str, where: Target) -> str:
    if format_ == "md":
        from gapfit.formats import markdown

        return markdown.render(document)
    from gapfit.formats import roles

    return roles.render(document, width=where.width, color=where.color, unicode=where.unicode)


def _parts(only: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The parts asked for; UsageError where one is unknown."""
    if only is None:
        return ()
    wanted = tuple(word.strip().casefold() for word in only.split(",") if word.strip())
    for word in wanted:
        if word not in known:
            close = nearest(word, known)
            hint = f"Did you mean {close!r}?" if close else f"Use {', '.join(known)}."
            raise UsageError(f"--only: unknown part {word!r}. {hint}")
    if not wanted:
        raise UsageError(f"--only: no part named. Use {', '.join(known)}.")
    return wanted
