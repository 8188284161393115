"""From the arguments of a command to the Analysis of one resume."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gapfit.cli.common import State, role_id, say
from gapfit.cli.output import Target
from gapfit.cli.progress import Progress

if TYPE_CHECKING:
    from gapfit.datamodels import Analysis, Catalogue


def analyse(
    resume: str,
    wanted: Sequence[str],
    variants: bool,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
    progress: Progress,
    job: str | None = None,
) -> tuple[Catalogue, list[str], Analysis]:
    """The steps of ``pipeline.analyze``, with the catalogue and the role ids kept for the view.

    ``job`` is a job ad that is one more role, the first of those wanted.
    """
    from gapfit import encoder, pipeline, profiles
    from gapfit.cli.decode import read_job
    from gapfit.decoder import with_roles

    catalogue = profiles.load(None if profiles_dir is None else Path(profiles_dir))
    roles = [role_id(catalogue, role) for role in dict.fromkeys(wanted)]
    progress("Reading the PDF")
    read, digest = pipeline.read_resume(pipeline.read_file(Path(resume)), resume)
    loaded = None
    if job is not None:
        ad = read_job(job, "", profiles_dir, model, prompt, cache, progress)
        role, loaded = ad.role(), ad.decoder.encoder
        catalogue = with_roles(catalogue, [role], ad.decoded.manifest.input_sha256)
        roles = [role.id, *roles]
    analyzer = pipeline.Analyzer(
        catalogue,
        model=model or encoder.DEFAULT_MODEL,
        prompt=prompt,
        encoder_=loaded,
        cache=cache,
        progress=progress,
    )
    return catalogue, roles, analyzer.analyze(read, digest, roles=roles, variants=variants)


def remark(analysis: Analysis, warn: bool, where: Target, state: State) -> None:
    """Tell on stderr what the result does not show: warnings (if ``warn``) and where it went."""
    if state.quiet:
        return
    if warn or where.path is not None:
        for warning in analysis.resume.warnings:
            page = f" (page {warning.page})" if warning.page else ""
            say(f"warning: {warning.code}{page}: {warning.message}")
    if where.path is not None:
        say(f"wrote {where.path}")
