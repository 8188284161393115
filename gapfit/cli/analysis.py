"""From the arguments of a command to the Analysis of one resume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gapfit.cli.common import State, role_id, say
from gapfit.cli.output import Target
from gapfit.cli.progress import Progress

if TYPE_CHECKING:
    from gapfit.datamodels import Analysis, Catalogue, Resume
    from gapfit.pipeline import Analyzer


@dataclass(frozen=True, slots=True)
class Prepared:
    """A resume that has been read, and all it is judged with."""

    catalogue: Catalogue
    roles: list[str]
    analyzer: Analyzer
    resume: Resume
    sha256: str

    def judged(self, *, variants: bool, blind: bool = False) -> Analysis:
        """Return what is found in the resume."""
        return self.analyzer.analyze(
            self.resume, self.sha256, roles=self.roles, variants=variants, blind=blind
        )


def prepared(
    resume: str,
    wanted: Sequence[str],
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
    progress: Progress,
    job: str | None = None,
) -> Prepared:
    """Read a resume and load what it is judged with.

    ``job`` is a job ad that is one more role, the first of those wanted.
    """
    from gapfit import intake, profiles

    # What was asked for is checked before the file is read. Where nothing was, the file is read
    # first and all else is loaded meanwhile.
    own = None if profiles_dir is None else Path(profiles_dir)
    catalogue = profiles.load(own) if wanted or own else None
    roles = [role_id(catalogue, role) for role in dict.fromkeys(wanted)] if catalogue else []
    progress("Reading the PDF")
    with intake.Reading(intake.read_file(Path(resume)), resume) as reading:
        from gapfit import encoder, pipeline

        catalogue = catalogue or profiles.load(own)
        loaded = None
        if job is not None:
            from gapfit.cli.decode import read_job
            from gapfit.decoder import with_roles

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
        read, digest = reading.result()
    return Prepared(catalogue, roles, analyzer, read, digest)


def analyse(
    resume: str,
    wanted: Sequence[str],
    variants: bool,
    profiles_dir: str | None,
    model: str | None,
    prompt: str | None,
    cache: bool,
    progress: Progress,
    blind: bool = False,
    job: str | None = None,
) -> tuple[Catalogue, list[str], Analysis]:
    """The steps of ``pipeline.analyze``, with the catalogue and the role ids kept for the view.

    ``job`` is a job ad that is one more role, the first of those wanted.
    """
    ready = prepared(resume, wanted, profiles_dir, model, prompt, cache, progress, job)
    return ready.catalogue, ready.roles, ready.judged(variants=variants, blind=blind)


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
