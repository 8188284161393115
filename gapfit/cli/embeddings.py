"""``gapfit embeddings``: the prebuilt skill vectors, made and checked."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gapfit.cli.common import (
    HELP_OPTIONS,
    NearestGroup,
    State,
    model_options,
    profiles_option,
    say,
    talk_options,
)
from gapfit.cli.progress import Progress
from gapfit.errors import UsageError

if TYPE_CHECKING:
    from gapfit.datamodels import Catalogue, Encoder

# Stored as float16, a vector keeps a cosine above 0.9999 with itself; other machines' rounding
# stays above this, another model or another text does not.
LOWEST_COSINE = 0.999

_CHECK_FAILED = 1


@click.group(
    "embeddings",
    cls=NearestGroup,
    context_settings=HELP_OPTIONS,
    epilog="Example: gapfit embeddings verify",
)
def group() -> None:
    """Build or verify the prebuilt vectors of the skills.

    They are committed for the built-in model; changed skill profiles make them stale.
    """


@group.command("build", context_settings=HELP_OPTIONS, epilog="Example: gapfit embeddings build")
@model_options
@profiles_option
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Folder to write to. By default embeddings/ of the checkout for the built-in model, and "
    "the user's cache for everything else.",
)
@talk_options
@click.pass_obj
def build(
    state: State,
    model: str | None,
    prompt: str | None,
    profiles_dir: str | None,
    output: str | None,
) -> None:
    """Encode every name, tool, definition and example of the skills, and store the vectors."""
    from gapfit import embeddings, matching
    from gapfit._version import __version__

    with Progress(state) as progress:
        catalogue, encoder = _load(model, prompt, profiles_dir, progress)
        progress(f"Encoding {len(embeddings.rows(catalogue))} texts")
        vectors = embeddings.build(catalogue, encoder)
        vectors = dataclasses.replace(vectors, background=matching.background(vectors))
        own = profiles_dir is not None or prompt is not None
        folder = Path(output) if output else _home(catalogue, encoder, own)
        try:
            embeddings.save(folder, catalogue, vectors, __version__)
        except OSError as error:
            raise UsageError(
                f"{folder}: cannot be written ({error.strerror}). Give another folder with -o."
            ) from error
    if not state.quiet:
        count, dimension = vectors.vectors.shape
        say(f"wrote {count} vectors of {dimension} dimensions to {folder}")


def _home(catalogue: Catalogue, encoder: Encoder, own: bool) -> Path:
    from gapfit import embeddings
    from gapfit.encoder import DEFAULT_MODEL

    if encoder.name == DEFAULT_MODEL and not own:
        return embeddings.builtin_store(encoder.name)
    return embeddings.cached_store(catalogue, encoder)


@group.command("verify", context_settings=HELP_OPTIONS, epilog="Example: gapfit embeddings verify")
@talk_options
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Encode everything again and compare it with the committed vectors.

    Exit code 1 when a vector differs, 4 when profiles or model have changed since.
    """
    from gapfit import embeddings

    state = ctx.ensure_object(State)
    with Progress(state) as progress:
        catalogue, encoder = _load(None, None, None, progress)
        progress(f"Encoding {len(embeddings.rows(catalogue))} texts")
        lowest = embeddings.verify(catalogue, encoder)
    click.echo(f"lowest cosine {lowest:.6f}, at least {LOWEST_COSINE} expected")
    if lowest < LOWEST_COSINE:
        say("error: the committed vectors are not this model's. Run: gapfit embeddings build")
        ctx.exit(_CHECK_FAILED)


def _load(
    model: str | None, prompt: str | None, profiles_dir: str | None, progress: Progress
) -> tuple[Catalogue, Encoder]:
    from gapfit import encoder, profiles

    catalogue = profiles.load(None if profiles_dir is None else Path(profiles_dir))
    progress("Loading the model")
    return catalogue, encoder.load(model or encoder.DEFAULT_MODEL, prompt)
