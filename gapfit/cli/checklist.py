"""``gapfit checklist``: what to build next, in order, and what was built already."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gapfit.cli.analysis import analyse, remark
from gapfit.cli.common import (
    HELP_OPTIONS,
    PLAN_GAPS,
    PLAN_HOURS,
    State,
    cache_option,
    format_choice,
    model_options,
    nearest,
    output_option,
    profiles_option,
    talk_options,
)
from gapfit.cli.output import target, write
from gapfit.cli.progress import Progress
from gapfit.errors import UsageError

if TYPE_CHECKING:
    from gapfit.datamodels import Catalogue, Checklist, Done, Learning

# A checklist is some kilobytes; what is larger is something else.
_MOST_BYTES = 10 << 20


@click.command(
    "checklist",
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit checklist resume.pdf --weeks 12 --hours 8 -o plan.md",
)
@click.argument("resume", metavar="RESUME.pdf", type=click.Path())
@click.option(
    "--role",
    metavar="ROLE",
    help="Plan towards this role, instead of the best-fitting one or that of --from; an id or a "
    "name.",
)
@click.option(
    "--weeks",
    type=click.IntRange(1, 104),
    metavar="N",
    help="Choose what raises the fit most within N weeks, instead of what closes the first gaps.",
)
@click.option(
    "--hours",
    type=click.IntRange(1, 80),
    metavar="H",
    default=PLAN_HOURS,
    show_default=True,
    help="Hours a week.",
)
@click.option(
    "--gaps",
    "count",
    type=click.IntRange(1, 126),
    metavar="N",
    help=f"Without --weeks: how many of the first gaps to close; {PLAN_GAPS} unless given.",
)
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="First day of week 1; weeks get dates. A calendar needs it.",
)
@click.option(
    "--done",
    "words",
    metavar="SKILL,…",
    multiple=True,
    help="Skills or items that are done, by id or name, separated by commas; they count as shown.",
)
@click.option(
    "--from",
    "earlier",
    metavar="CHECKLIST.md",
    type=click.Path(),
    help="A checklist that was written earlier: what is ticked in it is done.",
)
@format_choice("md", "html", "json", "ics")
@output_option
@profiles_option
@model_options
@cache_option
@talk_options
@click.pass_obj
def command(
    state: State,
    resume: str,
    role: str | None,
    weeks: int | None,
    hours: int,
    count: int | None,
    start: datetime.datetime | None,
    words: tuple[str, ...],
    earlier: str | None,
    format_: str,
    output: str | None,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
) -> None:
    """Plan what to build next towards a role: artefacts in few projects, prerequisites first.

    Without --weeks the plan is the least work that closes the first gaps. With it, the plan is
    the work that raises the fit most within that time. Save it with -o plan.md, tick what you
    have built, and plan again with --from plan.md.
    """
    from gapfit import pipeline, profiles
    from gapfit.datamodels import Pace
    from gapfit.formats.checklist import markdown

    if weeks is not None and count is not None:
        raise UsageError("--gaps and --weeks are two ways to limit a plan. Leave one of them out.")
    if format_ == "ics" and start is None:
        raise UsageError("a calendar needs the first day of week 1. Add --start YYYY-MM-DD.")
    where = target(output, resume)
    ticked = _read(Path(earlier)) if earlier is not None else ""
    aimed_at = role or markdown.role(ticked)
    with Progress(state) as progress:
        catalogue, roles, analysis = analyse(
            resume,
            [aimed_at] if aimed_at is not None else [],
            False,
            profiles_dir,
            model,
            prompt,
            cache,
            progress,
        )
        learning = profiles.load_learning(
            catalogue, None if profiles_dir is None else Path(profiles_dir)
        )
        progress("Planning")
        checklist = pipeline.plan_checklist(
            analysis,
            catalogue,
            learning,
            role=roles[0] if roles else None,
            pace=Pace(hours, weeks, start.date() if start is not None else None),
            count=count or PLAN_GAPS,
            done=_done(catalogue, learning, words, ticked, earlier),
        )
    write(_rendered(checklist, catalogue, format_), where, encoding="utf-8")
    remark(analysis, format_ in ("json", "ics"), where, state)


def _rendered(checklist: Checklist, catalogue: Catalogue, format_: str) -> str:
    if format_ == "json":
        from gapfit.formats.checklist import json

        return json.render(checklist)
    if format_ == "html":
        from gapfit.formats.checklist import html

        return html.render(checklist, catalogue)
    if format_ == "ics":
        from gapfit.formats.checklist import calendar

        return calendar.render(checklist, catalogue)
    from gapfit.formats.checklist import markdown

    return markdown.render(checklist, catalogue)


# ---------------------------------------------------------------- what is done


def _read(path: Path) -> str:
    """Return the text of an earlier checklist; UsageError when there is none to read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path}: is too large for a checklist. Give --from the file itself.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file. Check the path after --from.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not text. Give --from a checklist in Markdown.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}). Check --from.") from error


def _done(
    catalogue: Catalogue,
    learning: Learning,
    words: Iterable[str],
    ticked: str,
    earlier: str | None,
) -> Done:
    """What is done by --done and by the boxes ticked in an earlier checklist."""
    from gapfit.datamodels import Done

    known = _Known(catalogue, learning)
    named = [known.find(word, "--done") for entry in words for word in _split(entry)]
    boxes = list(_ticked(known, ticked, earlier)) if earlier is not None else []
    found = {
        kind: frozenset(name for k, name in [*named, *boxes] if k == kind)
        for kind in ("item", "skill", "criterion")
    }
    return Done(found["item"], found["skill"], found["criterion"])


def _split(entry: str) -> Iterator[str]:
    return (word for part in entry.split(",") if (word := part.strip()))


def _ticked(known: _Known, text: str, earlier: str) -> Iterator[tuple[str, str]]:
    from gapfit.formats.checklist.markdown import boxes

    found = boxes(text)
    if not found:
        raise UsageError(
            f"{earlier}: holds no box of a gapfit checklist. Give --from a file that was written "
            "with: gapfit checklist RESUME.pdf -o plan.md"
        )
    for box in found:
        if box.ticked:
            item, _, number = box.id.partition(".")
            kind, name = known.find(item, f"{earlier}, line {box.line}")
            yield (box.kind, f"{name}.{number}") if box.kind == "criterion" else (kind, name)


class _Known:
    """Items and skills by id and by name, spelled however."""

    def __init__(self, catalogue: Catalogue, learning: Learning) -> None:
        self._known: dict[str, tuple[str, str]] = {}
        for item in learning.items:
            self._known |= dict.fromkeys(
                map(str.casefold, (item.title, item.id)), ("item", item.id)
            )
        for skill in catalogue.skills:
            self._known |= dict.fromkeys(
                map(str.casefold, (skill.name, skill.id)), ("skill", skill.id)
            )

    def find(self, word: str, where: str) -> tuple[str, str]:
        """Return the kind and id of what ``word`` names; UsageError, which says where, if none."""
        key = word.strip().casefold()
        if key in self._known:
            return self._known[key]
        close = nearest(key, self._known)
        hint = (
            f"Did you mean {self._known[close][1]!r}?"
            if close
            else "All skills: gapfit fit RESUME.pdf --format json"
        )
        raise UsageError(f"{where}: unknown skill or item {word!r}. {hint}")
