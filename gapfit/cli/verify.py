"""``gapfit verify``: whether a result is what gapfit makes of the resume."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gapfit.cli.analysis import Prepared, prepared
from gapfit.cli.common import (
    HELP_OPTIONS,
    State,
    cache_option,
    model_options,
    profiles_option,
    talk_options,
)
from gapfit.cli.progress import Progress
from gapfit.errors import UnreadableInput

if TYPE_CHECKING:
    from gapfit.datamodels import Analysis
    from gapfit.formats.verification import Difference

_CHECK_FAILED = 1
# What every result of gapfit fit has, and no other JSON of gapfit has all of.
_PARTS = {"manifest": dict, "resume": dict, "skills": list, "roles": list}
# Differing values that are named; the others follow from these more often than not.
_NAMED = 5


@click.command(
    "verify",
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit fit resume.pdf --format json -o result.json; gapfit verify result.json "
    "resume.pdf",
)
@click.argument("result", metavar="RESULT.json", type=click.Path())
@click.argument("resume", metavar="RESUME.pdf", type=click.Path())
@click.option(
    "--role",
    "wanted",
    metavar="ROLE",
    multiple=True,
    help="A role the result was aimed at, as it was given to gapfit fit.",
)
@profiles_option
@model_options
@cache_option
@talk_options
@click.pass_obj
def command(
    state: State,
    result: str,
    resume: str,
    wanted: tuple[str, ...],
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
) -> None:
    """Score RESUME.pdf again and confirm RESULT.json, or name what differs.

    RESULT.json is what gapfit fit wrote with --format json, or the JSONL of gapfit bulk, in which
    the line of this resume is looked up. Whether variants were scored and whether it is blind is
    told by the result itself.

    Exit code 1 when anything differs: version, model, profiles, resume file, or a value.
    """
    with Progress(state) as progress:
        ready = prepared(resume, wanted, profiles_dir, model, prompt, cache, progress)
        before = _result(Path(result), ready.sha256)
        variants = _has_variants(before, ready)
        made = _compared(before, ready.judged(variants=variants))
        if made.found:
            blind = _compared(before, ready.judged(variants=variants, blind=True))
            made = made if blind.found else blind
    _tell(made, state)
    click.get_current_context().exit(_CHECK_FAILED if made.made_with or made.found else 0)


@dataclass(frozen=True, slots=True)
class _Compared:
    """What two results were made with that is not the same, and the first values that are not."""

    made_with: list[Difference]
    found: list[Difference]


def _compared(before: Mapping[str, Any], analysis: Analysis) -> _Compared:
    from gapfit.formats import json as fit_json, verification

    now = json.loads(fit_json.render_line(analysis))
    found = itertools.islice(verification.values(before, now), _NAMED + 1)
    return _Compared(verification.made_with(before, now), list(found))


def _tell(made: _Compared, state: State) -> None:
    if not made.made_with and not made.found:
        if not state.quiet:
            click.echo("confirmed: every value is what gapfit makes of this file")
        return
    for difference in (*made.made_with, *made.found[:_NAMED]):
        click.echo(str(difference))
    if len(made.found) > _NAMED:
        click.echo("and more values")
    elif not made.found:
        click.echo("the values are the same all the same")


def _result(path: Path, input_sha256: str) -> Mapping[str, Any]:
    """The result in a file; of many lines that of this resume, else the first."""
    from gapfit.intake import read_file

    text = read_file(path).decode("utf-8", errors="replace")
    found = _objects(text, path)
    own = (one for one in found if one.get("manifest", {}).get("input_sha256") == input_sha256)
    return next(own, found[0])


def _objects(text: str, path: Path) -> list[Mapping[str, Any]]:
    try:
        values = [json.loads(text)]
    except ValueError:
        try:
            values = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            values = []
    found: list[Mapping[str, Any]] = [v for v in values if _is_result(v)]
    if not found:
        raise UnreadableInput(
            "not-a-result",
            f"{path}: holds no result of gapfit fit. Give what it wrote with --format json, or the "
            "JSONL of gapfit bulk.",
        )
    return found


def _is_result(value: object) -> bool:
    """Whether a value of JSON is a result about a resume: other commands write other objects."""
    return isinstance(value, dict) and all(
        isinstance(value.get(key), kind) for key, kind in _PARTS.items()
    )


def _has_variants(before: Mapping[str, Any], ready: Prepared) -> bool:
    """Whether the earlier result scored variant roles that nobody asked for by name."""
    scored = {role.get("id") for role in before.get("roles", ()) if isinstance(role, dict)}
    variants = {role.id for role in ready.catalogue.roles if role.extends is not None}
    return bool(scored & variants - set(ready.roles))
