"""What blinding takes out and costs, and what moves a fit that should not.

python benchmarks/fairness/run.py            # the 80 labelled resumes: seconds
python benchmarks/fairness/run.py --audit    # also every sample resume audited: minutes
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

import check
import data

from gapfit import blinding, encoder
from gapfit.audit.trial import audit
from gapfit.blinding import schools
from gapfit.blinding.spans import Kind, without
from gapfit.datamodels import Encoder, Resume, Shift, Statement, Trait
from gapfit.errors import UnreadableInput
from gapfit.pipeline import Analyzer

SAMPLES = Path(__file__).parents[2] / "sample_resumes"
# What may stand for a school.
WORDS = ("university", "a university", "school", "")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--audit", action="store_true", help="audit the sample resumes, too")
    arguments = options.parse_args()
    analyzer = Analyzer(encoder_=encoder.load(cache=arguments.audit))
    check_version(analyzer)
    with seeing():
        resumes = [
            r for split in ("fit", "test") for r in data.committed(analyzer.catalogue, split)
        ]
    print_taken_out([r.resume for r in resumes], analyzer.encoder)
    print_cost(analyzer)
    if arguments.audit:
        print_audits(analyzer)


def check_version(analyzer: Analyzer) -> None:
    """What the figures were made with."""
    made = analyzer.manifest("")
    print(
        f"gapfit {made.gapfit_version}, model {made.model} {made.model_sha256[:12]}, "
        f"profiles {made.profiles_sha256[:12]}"
    )


@contextmanager
def seeing() -> Iterator[None]:
    """gapfit as it would be without blinding."""
    blind = blinding.blind
    blinding.blind = lambda resume: resume
    try:
        yield
    finally:
        blinding.blind = blind


def print_taken_out(resumes: list[Resume], encode: Encoder) -> None:
    """How much is taken out of what, and how far it moves a line in embedding space."""
    statements = [s for resume in resumes for s in resume.statements]
    kinds: Counter[Kind] = Counter()
    for s in statements:
        kinds.update(span.kind for span in blinding.find(s.text, s.section, s.form))
    pairs = [
        (s, seen)
        for resume in resumes
        for s, seen in zip(resume.statements, blinding.blind(resume).statements, strict=True)
        if s.text != seen.text
    ]
    emptied = sum(not seen.text for _, seen in pairs)
    print(f"\n{len(statements):,} statements of {len(resumes)} resumes, {len(pairs)} changed, of")
    print(f"which {emptied} say nothing else; by what is taken out:")
    print("  " + ", ".join(f"{kind.value} {number}" for kind, number in kinds.most_common()))
    kept = [(s.text, seen.text) for s, seen in pairs if seen.text]
    print(f"cosine of a changed line with itself before: {nearness(encode, kept)}")
    named = [s for s in statements if has_school(s)]
    print(f"what may stand for a school, in {len(named)} lines:")
    for word in WORDS:
        texts = [(s.text, with_school(s, word)) for s in named]
        print(f"  {word or '(nothing)':<14} {nearness(encode, texts)}")


def has_school(statement: Statement) -> bool:
    return bool(list(schools.spans(statement.text, statement.section, statement.form)))


def with_school(statement: Statement, word: str) -> str:
    """The text with this word for every school, those side by side as one."""
    found = schools.spans(statement.text, statement.section, statement.form)
    text = without(statement.text, [replace(span, neutral=schools.NEUTRAL) for span in found])
    return without_again(schools.merged(text), word)


def without_again(text: str, word: str) -> str:
    return text.replace(schools.NEUTRAL, word).strip(" ,")


def nearness(encode: Encoder, pairs: list[tuple[str, str]]) -> str:
    """Mean and lowest cosine of the pairs' vectors."""
    one, other = (encode.encode([pair[i] for pair in pairs]) for i in (0, 1))
    cosines = np.sum(one * other, axis=1)
    return f"mean {cosines.mean():.3f}, a tenth below {np.quantile(cosines, 0.1):.3f}"


def print_cost(analyzer: Analyzer) -> None:
    """Judgement on both splits with blinding and without; the fit split was fitted on."""
    rows = [judged(analyzer, "test"), judged(analyzer, "fit")]
    with seeing():
        before = [judged(analyzer, "test"), judged(analyzer, "fit")]
    print(f"\n{'':<24}{'test split':^18}{'fit split':^18}")
    print(f"{'':<24}{'seeing':>8}{'blind':>8}  {'seeing':>8}{'blind':>8}")
    for name in rows[0]:
        test, fit = ((b[name], r[name]) for b, r in zip(before, rows, strict=True))
        print(f"{name:<24}{test[0]:>8.3f}{test[1]:>8.3f}  {fit[0]:>8.3f}{fit[1]:>8.3f}")


def judged(analyzer: Analyzer, split: str) -> dict[str, float]:
    resumes = data.committed(analyzer.catalogue, split)
    return check.figures(resumes, [analyzer.analyze(r.resume, "0" * 64) for r in resumes])


def print_audits(analyzer: Analyzer) -> None:
    """The largest shift of every trait over the sample resumes."""
    shifts: dict[Trait, list[tuple[Shift, str]]] = {trait: [] for trait in Trait}
    count = 0
    for path in sorted(SAMPLES.glob("*.pdf")):
        try:
            found = audit(analyzer, path.read_bytes(), path.name)
        except UnreadableInput:
            continue
        count += 1
        for shift in found.shifts:
            shifts[shift.trait].append((shift, path.stem))
    print(f"\n{count} sample resumes audited; shifts in points of fit")
    print(f"{'trait':<14}{'resumes':>8}{'variants':>9}{'bound':>7}{'median':>8}{'largest':>9}")
    for trait, found in shifts.items():
        if not found:
            print(f"{trait.value:<14}{0:>8}")
            continue
        points = [shift.points for shift, _ in found]
        worst, where = max(found, key=lambda pair: pair[0].points)
        told = f"  {where}: {worst.role}, {worst.label}" if worst.points >= 0.05 else ""
        print(
            f"{trait.value:<14}{len(found):>8}{sum(s.variants for s, _ in found):>9}"
            f"{worst.bound:>7.1f}{np.median(points):>8.2f}{max(points):>9.2f}{told}"
        )


if __name__ == "__main__":
    main()
