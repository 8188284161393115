"""``gapfit roles``: what is known of the roles."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from gapfit.cli.common import (
    HELP_OPTIONS,
    format_option,
    output_option,
    profiles_option,
    role_id,
    talk_options,
)
from gapfit.cli.output import target, write


@click.command("roles", context_settings=HELP_OPTIONS, epilog="Example: gapfit roles ai-engineer")
@click.argument("role", required=False)
@format_option
@output_option
@profiles_option
@talk_options
def command(role: str | None, format_: str, output: str | None, profiles_dir: str | None) -> None:
    """List the roles and their variants, or show one ROLE in full.

    ROLE is an id or a name. In full means: what it owns and does not own, its languages and usual
    background, its stack with weights, and the sources with their conflicts.
    """
    from gapfit import profiles
    from gapfit.formats import json, roles

    where = target(output)
    catalogue = profiles.load(None if profiles_dir is None else Path(profiles_dir))
    chosen = catalogue.role(role_id(catalogue, role)) if role is not None else None
    if format_ == "json":
        shown = catalogue.roles if chosen is None else (chosen,)
        write(json.render_roles(catalogue, shown), where, encoding="utf-8")
        return
    render = roles.render_list if chosen is None else partial(roles.render_role, chosen)
    write(render(catalogue, width=where.width, color=where.color, unicode=where.unicode), where)
