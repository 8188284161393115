"""The fits of all variants beside each other, trait by trait, against a bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gapfit.audit.reading import read
from gapfit.audit.variants import tried, variants
from gapfit.datamodels import Resume, ResumeAudit, Shift, Trait, Variant
from gapfit.intake import resume_of
from gapfit.pipeline import Analyzer

# Points of fit that a trait may move it by. Cosines are kept to four digits, and the last may
# round either way: 0.1 stands for nothing. The others have room above what was measured on the
# samples (benchmarks/fairness): "elected them" is another wording than "elected her", and where a
# mention is a toss-up a wording decides it; schools may go by names nobody knows, another font is
# read otherwise, and a heading in words of one's own says less of what stands below it.
NOTHING = 0.1
BOUNDS: Mapping[Trait, float] = {
    Trait.NAME: NOTHING,
    Trait.CONTACT: NOTHING,
    Trait.ADDRESS: NOTHING,
    Trait.GENDER: 2.0,
    Trait.SCHOOL: 1.0,
    Trait.YEAR: NOTHING,
    Trait.ORDER: NOTHING,
    Trait.HEADINGS: NOTHING,
    Trait.OWN_HEADINGS: 5.0,
    Trait.FORMATTING: 4.0,
    Trait.PRODUCER: NOTHING,
}

# Roles at the top of the list, which people act on.
TOP = 5

Fits = Mapping[str, float]


def audit(
    analyzer: Analyzer,
    data: bytes,
    source: str,
    progress: Callable[[str], None] = lambda _: None,
) -> ResumeAudit:
    """Change one trait of a resume after the other and return what each does to its fits.

    Raises UnreadableInput where the resume itself cannot be read.
    """
    contents = read(data, source)
    resume = resume_of(contents.document, source)
    made, untried = tried(variants(contents, resume))
    fits = _Fits(analyzer)
    shifts = []
    for trait in Trait:
        own = [variant for variant in made if variant.trait is trait]
        if own:
            progress(f"{source}: {trait.value}, {len(own)} variants")
            shifts.append(_shift(trait, own, resume, fits))
    return ResumeAudit(
        source, analyzer.manifest(contents.document.sha256), tuple(shifts), tuple(untried)
    )


class _Fits:
    """Fits of resumes, each one worked out once."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._known: dict[int, tuple[Resume, Fits]] = {}

    def of(self, resume: Resume) -> Fits:
        """Return the fit of every role shown, by id."""
        if id(resume) not in self._known:
            fits = {fit.role: fit.fit for fit in self._analyzer.fits(resume)}
            self._known[id(resume)] = (resume, fits)  # kept, so that its id stays its own
        return self._known[id(resume)][1]


def _shift(trait: Trait, made: Sequence[Variant], resume: Resume, fits: _Fits) -> Shift:
    worst = Shift(trait, len(made), 0.0, "", "", 1.0, BOUNDS[trait])
    overlap = 1.0
    for variant in made:
        before, after = fits.of(variant.against or resume), fits.of(variant.resume)
        overlap = min(overlap, _overlap(before, after))
        role = max(before, key=lambda role: abs(after[role] - before[role]))
        points = abs(after[role] - before[role])
        if points > worst.points:
            worst = Shift(trait, len(made), points, role, variant.label, 1.0, BOUNDS[trait])
    return Shift(trait, len(made), worst.points, worst.role, worst.label, overlap, BOUNDS[trait])


def _overlap(one: Fits, other: Fits) -> float:
    """The share of the best roles of one that are among the best of the other."""
    best = {role for role, _ in _ranked(one)[:TOP]}
    return len(best & {role for role, _ in _ranked(other)[:TOP]}) / max(len(best), 1)


def _ranked(fits: Fits) -> list[tuple[str, float]]:
    return sorted(fits.items(), key=lambda item: -item[1])
