"""``gapfit purge``: removes what gapfit keeps on this machine."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from gapfit.cli import output, report
from gapfit.cli.common import HELP_OPTIONS, State, say, talk_options
from gapfit.errors import UsageError

_STATES = "*.gapfit-state"
# What SQLite puts beside a database.
_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Kept:
    """Something gapfit keeps: what it is, and the files and folders it consists of."""

    what: str
    paths: tuple[Path, ...]

    @property
    def bytes(self) -> int:
        files = (file for path in self.paths for file in (path, *path.rglob("*")))
        return sum(file.stat().st_size for file in files if file.is_file())


@click.command("purge", context_settings=HELP_OPTIONS, epilog="Example: gapfit purge --dry-run")
@click.argument("folders", metavar="[FOLDER]...", nargs=-1, type=click.Path())
@click.option("--dry-run", is_flag=True, help="Only list what would be removed.")
@click.option(
    "--embeddings",
    is_flag=True,
    help="Also the vectors of skills built for your own models and profiles; they say nothing of "
    "any resume and take long to build.",
)
@talk_options
@click.pass_obj
def command(state: State, folders: tuple[str, ...], dry_run: bool, embeddings: bool) -> None:
    """Remove all that gapfit keeps: vectors of resumes' lines, states of bulk runs, opened reports.

    In your cache folder and the temporary folder, where reports stand that --open showed; and in
    each FOLDER, where bulk runs kept states beside their output and a killed run may have left an
    unfinished one. Results you asked for are yours and stay.
    """
    found = list(_kept([Path(folder) for folder in folders], embeddings))
    for one in found:
        size = f"{one.bytes / 1e6:.1f} MB"
        if not dry_run:
            _remove(one)
        click.echo(
            f"{'would remove' if dry_run else 'removed'} {one.what}: {one.paths[0]} ({size})"
        )
    if not found and not state.quiet:
        say("nothing is kept")


def _kept(folders: list[Path], embeddings: bool) -> Iterator[Kept]:
    from gapfit import datafiles
    from gapfit.encoder import cache

    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder. Give folders with states of bulk runs.")
    vectors = cache.path().parent
    if vectors.exists():
        yield Kept("vectors of lines", (vectors,))
    for path in sorted(vectors.parent.glob(f"{cache.REMOVED}*")):
        yield Kept("vectors of lines", (path,))  # of a run that was killed while it removed them
    for folder in (datafiles.user_cache() / "bulk", *folders):
        for path in sorted(folder.glob(_STATES)):
            beside = (path.with_name(path.name + more) for more in _BESIDE)
            yield Kept("state of a bulk run", tuple(file for file in beside if file.exists()))
    for folder in folders:
        for path in sorted(folder.glob(f".*{output.PART}")):
            yield Kept("unfinished result", (path,))
    for path in sorted(Path(tempfile.gettempdir()).glob(f"{report.FOLDERS}*/{report.NAME}")):
        if _is_own(path):
            yield Kept("report that was opened", (path.parent,))
    built = datafiles.user_cache() / "embeddings"
    if embeddings and built.exists():
        yield Kept("vectors of skills", (built,))


def _is_own(path: Path) -> bool:
    """Return whether a file in the temporary folder, which all share, is this user's."""
    folder = path.parent
    if folder.is_symlink() or not folder.is_dir() or {*folder.iterdir()} != {path}:
        return False
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _remove(one: Kept) -> None:
    try:
        for path in one.paths:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"{error.filename or one.paths[0]}: cannot be removed ({error.strerror}). Remove it by "
            "hand, or check its permissions."
        ) from error
