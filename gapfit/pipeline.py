"""From a PDF to an Analysis: calls the stages in order, and holds what they share.

What an analysis does not need, a comparison or a checklist, is imported where it is made.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import numpy as np
from threadpoolctl import ThreadpoolController

from gapfit import (
    advice,
    blinding,
    embeddings,
    encoder,
    gaps,
    matching,
    profiles,
    scoring,
)
from gapfit._version import __version__
from gapfit.datamodels import (
    Analysis,
    Catalogue,
    Checklist,
    Comparison,
    Done,
    Edit,
    Encoded,
    Encoder,
    Learning,
    Manifest,
    Pace,
    Report,
    Resume,
    Role,
    RoleFit,
    SkillMatch,
)
from gapfit.errors import UnreadableInput, UsageError
from gapfit.intake import Drawing, Reading, read_file, read_resume

Progress = Callable[[str], None]


def analyze(
    path: str | Path,
    *,
    roles: Sequence[str] = (),
    variants: bool = False,
    profiles_dir: str | Path | None = None,
    blind: bool = False,
    model: str = encoder.DEFAULT_MODEL,
    prompt: str | None = None,
    cache: bool = True,
    progress: Progress | None = None,
) -> Analysis:
    """Analyse one resume PDF.

    ``roles`` are role ids to aim the gaps at; by default the best-fitting ones. ``variants``
    scores the variant roles beside the twelve. Scores never see who the author is; with ``blind``
    the result does not show it either. ``cache`` keeps the vectors of the resume's lines
    in the user's cache folder, so that the next run need not make them again. For many resumes,
    make one ``Analyzer``.

    Raises UnreadableInput, UsageError, ProfileError or EmbeddingsError (see gapfit.errors).
    """
    data = read_file(Path(path))
    catalogue = profiles.load(Path(profiles_dir) if profiles_dir is not None else None)
    check_roles(catalogue, roles)
    report = progress or _silent
    report("Reading the PDF")
    with Reading(data, str(path)) as reading:  # elsewhere, while the model loads
        analyzer = Analyzer(catalogue, model=model, prompt=prompt, cache=cache, progress=progress)
        resume, digest = reading.result()
    return analyzer.analyze(resume, digest, roles=roles, variants=variants, blind=blind)


def check_roles(catalogue: Catalogue, roles: Sequence[str]) -> None:
    """UsageError unless every id is a role of the catalogue."""
    known = [role.id for role in catalogue.roles]
    for role in roles:
        if role not in known:
            raise UsageError(f"unknown role {role!r}. Use one of: {', '.join(known)}")


def one_thread() -> Callable[[], AbstractContextManager[object]]:
    """Return what makes a context in which matrix products are computed on one thread.

    On another number of threads a product sums in another order: with one, the last bits do not
    depend on the machine's processors.
    """
    return partial(ThreadpoolController().limit, limits=1, user_api="blas")


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
        self._one_thread = one_thread()
        parameters = embeddings.load_parameters()
        with self._one_thread():
            self._matcher = matching.Matcher(
                self.catalogue.skills,
                self.vectors,
                parameters,
                embeddings.load_probes(self.catalogue, self.encoder, parameters),
                embeddings.load_words(self.catalogue, parameters),
            )

    def analyze(
        self,
        resume: Resume,
        input_sha256: str,
        *,
        roles: Sequence[str] = (),
        variants: bool = False,
        blind: bool = False,
    ) -> Analysis:
        """Match, score and rank one resume that has been read already."""
        check_roles(self.catalogue, roles)
        self._report(f"Encoding {len(resume.statements)} statements")
        (encoded,) = self.encode([resume])
        self._report("Scoring")
        return self.judge(
            resume, encoded, input_sha256, roles=roles, variants=variants, blind=blind
        )

    def compare(
        self,
        before: tuple[Resume, str],
        after: tuple[Resume, str],
        *,
        roles: Sequence[str] = (),
        variants: bool = False,
    ) -> Comparison:
        """Compare two resumes, each given with its digest as ``read_resume`` returns it."""
        check_roles(self.catalogue, roles)
        (old, old_sha), (new, new_sha) = before, after
        statements = (*old.statements, *new.statements)
        self._report(f"Encoding {len(statements)} statements")
        encoded = self.encode([old, new])
        self._report("Scoring")
        first = self.judge(old, encoded[0], old_sha)
        second = self.judge(new, encoded[1], new_sha)
        self._report("Comparing")
        from gapfit import comparison

        edits = comparison.edits(old.statements, new.statements)
        with self._one_thread():
            matches = self._matcher.match_each(
                statements,
                _joined(encoded),
                comparison.trials(edits, len(old.statements), len(new.statements)),
            )
            tried = [scoring.fit_values(self.catalogue.roles, match) for match in matches]
        return compare_analyses(
            self.catalogue,
            first,
            second,
            roles=roles,
            variants=variants,
            edits=edits,
            tried=tried,
        )

    def encode(self, resumes: Sequence[Resume]) -> list[Encoded]:
        """Return the vectors of each resume's statements; what stands beside it changes no bit.

        What is encoded says nothing of who the author is (see ``blinding``). The texts of several
        resumes are encoded together where the encoder allows it.
        """
        if len(resumes) > 1 and not self.encoder.batch_invariant:
            return [encoded for resume in resumes for encoded in self.encode([resume])]
        texts = [[matching.asserted(s) for s in blinding.blind(r).statements] for r in resumes]
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
        blind: bool = False,
    ) -> Analysis:
        """Match, score and rank one resume whose statements have been encoded already.

        It is judged without what says who its author is; with ``blind`` it is quoted so, too.
        """
        seen = blinding.blind(resume)
        if blind:
            resume = seen
        found = scoring.findings(self.catalogue, resume, self._match(seen, encoded))
        fits = scoring.fits(self.catalogue.roles, found)
        return Analysis(
            manifest=self.manifest(input_sha256),
            resume=resume,
            skills=found,
            roles=scoring.among(fits, _shown(self.catalogue, roles, variants)),
            gaps=gaps.rank(self.catalogue, found, fits, scoring.acquire, wanted=roles),
            advice=advice.give(
                self.catalogue, self._guides, self._market, resume, found, fits, wanted=roles
            ),
        )

    def fits(self, resume: Resume) -> tuple[RoleFit, ...]:
        """Return what ``analyze`` would say of the roles, without gaps and advice."""
        (encoded,) = self.encode([resume])
        matches = self._match(blinding.blind(resume), encoded)
        found = scoring.findings(self.catalogue, resume, matches)
        return scoring.fits(_shown(self.catalogue, (), variants=False), found)

    def _match(self, seen: Resume, encoded: Encoded) -> tuple[SkillMatch, ...]:
        with self._one_thread():
            return self._matcher.match(seen.statements, encoded)

    def manifest(self, input_sha256: str) -> Manifest:
        """Return what a result of this analyzer is made with."""
        return manifest(self.catalogue, self.encoder, input_sha256)


def manifest(catalogue: Catalogue, encoder_: Encoder, input_sha256: str) -> Manifest:
    """Return what a result is made with."""
    return Manifest(
        gapfit_version=__version__,
        model=encoder_.name,
        model_sha256=encoder_.sha256,
        profiles_sha256=catalogue.sha256,
        input_sha256=input_sha256,
    )


def _shown(catalogue: Catalogue, wanted: Sequence[str], variants: bool) -> tuple[Role, ...]:
    return tuple(
        role for role in catalogue.roles if variants or role.extends is None or role.id in wanted
    )


def _joined(parts: Sequence[Encoded]) -> Encoded:
    return Encoded(
        np.concatenate([part.sentences for part in parts]),
        [tokens for part in parts for tokens in part.tokens],
        [spans for part in parts for spans in part.spans],
    )


def _slice(encoded: Encoded, start: int, end: int) -> Encoded:
    part = slice(start, end)
    return Encoded(encoded.sentences[part], encoded.tokens[part], encoded.spans[part])


def compare(
    before: str | Path,
    after: str | Path,
    *,
    roles: Sequence[str] = (),
    variants: bool = False,
    profiles_dir: str | Path | None = None,
    model: str = encoder.DEFAULT_MODEL,
    prompt: str | None = None,
    cache: bool = True,
    progress: Progress | None = None,
) -> Comparison:
    """Compare two resume PDFs: an old and a new version, or two people's.

    ``roles`` are role ids to aim the gaps of both at. All else is as in ``analyze``.
    """
    files = [(read_file(Path(path)), str(path)) for path in (before, after)]
    catalogue = profiles.load(Path(profiles_dir) if profiles_dir is not None else None)
    check_roles(catalogue, roles)
    report = progress or _silent
    report("Reading the PDFs")
    old, new = (read_resume(data, source) for data, source in files)
    analyzer = Analyzer(catalogue, model=model, prompt=prompt, cache=cache, progress=progress)
    return analyzer.compare(old, new, roles=roles, variants=variants)


def check_comparable(
    catalogue: Catalogue, names: Sequence[str], analyses: Sequence[Analysis]
) -> None:
    """UsageError unless all analyses were made with this gapfit, this catalogue and one model.

    ``names`` are those of their files. UnreadableInput where their skills are not the catalogue's.
    """
    models = {analysis.manifest.model_sha256 for analysis in analyses}
    for name, analysis in zip(names, analyses, strict=True):
        made = analysis.manifest
        for what, alike in (
            (
                f"gapfit {made.gapfit_version}, not {__version__}",
                made.gapfit_version == __version__,
            ),
            ("other profiles than those in use", made.profiles_sha256 == catalogue.sha256),
            (f"the model {made.model}, the other file with another", len(models) == 1),
        ):
            if not alike:
                raise UsageError(
                    f"{name}: was made with {what}, so that the scores do not compare. Give the "
                    "PDF itself, or make it anew: gapfit fit RESUME.pdf --format json"
                )
        if [s.skill for s in analysis.skills] != [skill.id for skill in catalogue.skills]:
            raise UnreadableInput(
                "not-a-result",
                f"{name}: its skills are not those of the profiles it names. Make it anew: "
                "gapfit fit RESUME.pdf --format json",
            )


def compare_analyses(
    catalogue: Catalogue,
    before: Analysis,
    after: Analysis,
    *,
    roles: Sequence[str] = (),
    variants: bool = False,
    edits: Sequence[Edit] | None = None,
    tried: Sequence[Mapping[str, float]] = (),
) -> Comparison:
    """Compare two analyses made with the same gapfit, model and profiles.

    Their findings are scored anew, so that both sides show the same roles, and aim their gaps at
    the same ones: ``roles``, or those that fit both best. ``edits`` and ``tried`` are as
    ``comparison.compare`` wants them; without them no line is compared.
    """
    from gapfit import comparison

    check_roles(catalogue, roles)
    old, new = (scoring.fits(catalogue.roles, a.skills) for a in (before, after))
    aimed = scoring.ranked_together(old, new)
    shown = _shown(catalogue, roles, variants)

    def side(analysis: Analysis) -> Analysis:
        return dataclasses.replace(
            analysis,
            roles=scoring.fits(shown, analysis.skills),
            gaps=gaps.rank(catalogue, analysis.skills, aimed, scoring.acquire, wanted=roles),
        )

    return comparison.compare(catalogue, side(before), side(after), scoring.shares, edits, tried)


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
    from gapfit import checklist

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


def make_report(
    data: bytes,
    name: str,
    analysis: Analysis,
    catalogue: Catalogue,
    learning: Learning,
    *,
    pace: Pace,
    count: int,
    roles: Sequence[str] = (),
) -> Report:
    """Put an analysis together with the pictures of its pages and the plan for its first gaps.

    ``data`` are the bytes of the PDF that was analysed, ``name`` is what the report calls it.
    ``roles`` are the role ids that were asked for; the plan is for the first of them. ``pace`` and
    ``count`` are those of ``plan_checklist``.
    """
    with Drawing(data, analysis.resume.layout) as drawing:
        plan = plan_checklist(
            analysis, catalogue, learning, pace=pace, count=count, role=next(iter(roles), None)
        )
        pictures, undrawn = drawing.result()
    return Report(name, analysis, plan, scoring.FORMULA, pictures, undrawn, tuple(roles))


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
