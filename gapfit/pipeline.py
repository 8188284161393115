"""From a PDF to an Analysis: calls the stages in order, and holds what they share."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from threadpoolctl import ThreadpoolController

from gapfit import (
    advice,
    checklist,
    embeddings,
    encoder,
    gaps,
    language,
    matching,
    pdf,
    profiles,
    scoring,
    statements,
)
from gapfit._version import __version__
from gapfit.datamodels import (
    Analysis,
    Catalogue,
    Checklist,
    Done,
    Encoded,
    Encoder,
    Learning,
    Manifest,
    Pace,
    ParseWarning,
    Resume,
    Role,
    RoleFit,
)
from gapfit.errors import UnreadableInput, UsageError

Progress = Callable[[str], None]

# The embedded model reads English; what it makes of other languages is no basis for a score.
_MODEL_LANGUAGE = "en"
_UNDECIDED = "und"

# No resume is as large as this; a file that is, is something else.
MOST_BYTES = 100 << 20


def analyze(
    path: str | Path,
    *,
    roles: Sequence[str] = (),
    variants: bool = False,
    profiles_dir: str | Path | None = None,
    model: str = encoder.DEFAULT_MODEL,
    prompt: str | None = None,
    cache: bool = True,
    progress: Progress | None = None,
) -> Analysis:
    """Analyse one resume PDF.

    ``roles`` are role ids to aim the gaps at; by default the best-fitting ones. ``variants``
    scores the variant roles beside the twelve. ``cache`` keeps the vectors of the resume's lines
    in the user's cache folder, so that the next run need not make them again. For many resumes,
    make one ``Analyzer``.

    Raises UnreadableInput, UsageError, ProfileError or EmbeddingsError (see gapfit.errors).
    """
    data = read_file(Path(path))
    catalogue = profiles.load(Path(profiles_dir) if profiles_dir is not None else None)
    check_roles(catalogue, roles)
    report = progress or _silent
    report("Reading the PDF")
    resume, digest = read_resume(data, str(path))
    analyzer = Analyzer(catalogue, model=model, prompt=prompt, cache=cache, progress=progress)
    return analyzer.analyze(resume, digest, roles=roles, variants=variants)


def read_file(path: Path, what: str = "resume") -> bytes:
    """Return the bytes of a file; UnreadableInput when there is none to read.

    ``what`` it should hold is said in messages.
    """
    wanted = "one resume PDF" if what == "resume" else f"one {what}"
    try:
        if path.is_dir():
            raise UnreadableInput("not-a-file", f"{path}: is a folder. Give the path of {wanted}.")
        if path.exists() and not path.is_file():
            raise UnreadableInput(
                "not-a-file", f"{path}: is not a regular file. Give the path of {wanted}."
            )
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableInput(
                "too-large",
                f"{path}: is over {MOST_BYTES >> 20} MiB, too large for a {what}. Export it with "
                "smaller images.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput("not-found", f"{path}: no such file. Check the path.") from None
    except OSError as error:
        raise UnreadableInput(
            "not-readable", f"{path}: cannot be read ({error.strerror}). Check its permissions."
        ) from error


def read_resume(data: bytes, source: str) -> tuple[Resume, str]:
    """Return the resume in a PDF's bytes, and their SHA-256. Raises UnreadableInput."""
    document = pdf.read(data, source=source)
    resume = statements.extract(document)
    if not resume.statements:
        raise UnreadableInput(
            "no-text",
            f"{source}: no statements found in its text. If the pages are images, add a text "
            "layer first, e.g. with: ocrmypdf in.pdf out.pdf",
        )
    return _with_language(resume), document.sha256


def _with_language(resume: Resume) -> Resume:
    found = language.detect("\n".join(s.text for s in resume.statements))
    if found in (_MODEL_LANGUAGE, _UNDECIDED):
        return dataclasses.replace(resume, language=found)
    warning = ParseWarning(
        "non-english",
        f"The text looks {found!r}, not English. The built-in model and the profiles are English: "
        "scores are not reliable. Use an English version of the resume.",
    )
    return dataclasses.replace(resume, language=found, warnings=(*resume.warnings, warning))


def check_roles(catalogue: Catalogue, roles: Sequence[str]) -> None:
    """UsageError unless every id is a role of the catalogue."""
    known = [role.id for role in catalogue.roles]
    for role in roles:
        if role not in known:
            raise UsageError(f"unknown role {role!r}. Use one of: {', '.join(known)}")


class Analyzer:
    """A catalogue, an encoder and the skill vectors, loaded once for any number of resumes."""

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        model: str = encoder.DEFAULT_MODEL,
        prompt: str | None = None,
        encoder_: Encoder | None = None,
        cache: bool = True,
        progress: Progress | None = None,
    ) -> None:
        """``cache`` is for the encoder that is loaded here; see ``encoder.load``."""
        self._report = progress or _silent
        self.catalogue = catalogue or profiles.load()
        # The built-in ones alone: what they say is then part of gapfit's version.
        self._guides = profiles.load_guides(self.catalogue)
        self._market = profiles.load_market(self.catalogue)
        self._report("Loading the model")
        self.encoder = encoder_ or encoder.load(model, prompt, cache=cache)
        self._report("Loading the skill vectors")
        self.vectors = embeddings.load(self.catalogue, self.encoder, __version__)
        # On another number of threads a matrix product sums in another order: with one, the last
        # bits do not depend on the machine's processors.
        self._one_thread = partial(ThreadpoolController().limit, limits=1, user_api="blas")
        with self._one_thread():
            self._matcher = matching.Matcher(
                self.catalogue.skills,
                self.vectors,
                embeddings.load_parameters(),
                embeddings.load_probes(self.catalogue, self.encoder),
            )

    def analyze(
        self,
        resume: Resume,
        input_sha256: str,
        *,
        roles: Sequence[str] = (),
        variants: bool = False,
    ) -> Analysis:
        """Match, score and rank one resume that has been read already."""
        check_roles(self.catalogue, roles)
        self._report(f"Encoding {len(resume.statements)} statements")
        (encoded,) = self.encode([resume])
        self._report("Scoring")
        return self.judge(resume, encoded, input_sha256, roles=roles, variants=variants)

    def encode(self, resumes: Sequence[Resume]) -> list[Encoded]:
        """Return the vectors of each resume's statements; what stands beside it changes no bit.

        The texts of several resumes are encoded together where the encoder allows it.
        """
        if len(resumes) > 1 and not self.encoder.batch_invariant:
            return [encoded for resume in resumes for encoded in self.encode([resume])]
        texts = [[matching.asserted(s) for s in resume.statements] for resume in resumes]
        together = self.encoder.encode_tokens([text for own in texts for text in own])
        ends = list(itertools.accumulate(map(len, texts)))
        return [_slice(together, end - len(own), end) for end, own in zip(ends, texts, strict=True)]

    def judge(
        self,
        resume: Resume,
        encoded: Encoded,
        input_sha256: str,
        *,
        roles: Sequence[str] = (),
        variants: bool = False,
    ) -> Analysis:
        """Match, score and rank one resume whose statements have been encoded already."""
        with self._one_thread():
            matches = self._matcher.match(resume.statements, encoded)
        found = scoring.findings(self.catalogue, resume, matches)
        fits = scoring.fits(self.catalogue.roles, found)
        return Analysis(
            manifest=self.manifest(input_sha256),
            resume=resume,
            skills=found,
            roles=scoring.fits(self._shown(roles, variants), found),
            gaps=gaps.rank(self.catalogue, found, fits, scoring.acquire, wanted=roles),
            advice=advice.give(
                self.catalogue, self._guides, self._market, resume, found, fits, wanted=roles
            ),
        )

    def _shown(self, wanted: Sequence[str], variants: bool) -> tuple[Role, ...]:
        return tuple(
            role
            for role in self.catalogue.roles
            if variants or role.extends is None or role.id in wanted
        )

    def manifest(self, input_sha256: str) -> Manifest:
        """Return what a result of this analyzer is made with."""
        return Manifest(
            gapfit_version=__version__,
            model=self.encoder.name,
            model_sha256=self.encoder.sha256,
            profiles_sha256=self.catalogue.sha256,
            input_sha256=input_sha256,
        )


def _slice(encoded: Encoded, start: int, end: int) -> Encoded:
    part = slice(start, end)
    return Encoded(encoded.sentences[part], encoded.tokens[part], encoded.spans[part])


def plan_checklist(
    analysis: Analysis,
    catalogue: Catalogue,
    learning: Learning,
    *,
    pace: Pace,
    count: int,
    role: str | None = None,
    done: Done | None = None,
) -> Checklist:
    """Plan what to build next towards ``role``, by default the one that fits best.

    What is ``done`` counts as shown. Without a limit in the pace's weeks, the first ``count``
    gaps are closed by the least work. Raises UsageError for an unknown role, item or skill.
    """
    done = done or Done()
    check_roles(catalogue, [role] if role is not None else [])
    check_done(catalogue, learning, done)
    levels = checklist.done_levels(learning, done)
    found = checklist.learned(analysis.skills, levels, scoring.CREDIT)
    fits = scoring.fits(catalogue.roles, found)
    target = catalogue.role(role) if role is not None else _nearest(catalogue, fits)
    aim = checklist.Aim(
        learning=learning,
        role=target,
        others=tuple(r for r in catalogue.roles if r.is_current and r.id != target.id),
        found=found,
        gaps=gaps.rank(catalogue, found, fits, scoring.acquire, wanted=[target.id]),
        fits=scoring.fits,
        credit=scoring.CREDIT,
    )
    return checklist.plan(aim, analysis, pace, count, done)


def _nearest(catalogue: Catalogue, fits: Sequence[RoleFit]) -> Role:
    ranked = (catalogue.role(fit.role) for fit in sorted(fits, key=lambda fit: fit.rank))
    return next(role for role in ranked if role.is_current)


def check_done(catalogue: Catalogue, learning: Learning, done: Done) -> None:
    """UsageError unless every id is an item or a skill that there is."""
    items = {item.id for item in learning.items}
    skills = {skill.id for skill in catalogue.skills}
    unknown = sorted((done.items - items) | (done.skills - skills))
    if unknown:
        raise UsageError(f"unknown item or skill {unknown[0]!r} among those done.")


def _silent(_: str) -> None:
    return
