"""Variants of a resume: the one trait is changed, everything else is as it was."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tiny_pdf import PROSE, column, pdf, text

from gapfit import blinding
from gapfit.audit import material, trial
from gapfit.audit.reading import Contents, _read, read
from gapfit.audit.variants import tried, variants
from gapfit.datamodels import Resume, ResumeAudit, RoleFit, Shift, Trait, Untried, Variant
from gapfit.errors import UnreadableInput
from gapfit.intake import resume_of
from gapfit.pipeline import Analyzer
from gapfit.sandbox import Errand, SandboxError

DATA = pdf(
    text(50, 60, "Jane Roe", size=18, bold=True)
    + text(50, 80, "jane.roe@example.org | +43 660 555 0100")
    + text(50, 110, "Experience", size=13, bold=True)
    + text(50, 128, "ML Engineer, Acme, 2019 - 2023", bold=True)
    + column(50, 144, PROSE)
    + text(50, 300, "Education", size=13, bold=True)
    + text(50, 318, "MSc Statistics, Stanford University, 2012")
    + text(50, 340, "Skills", size=13, bold=True)
    + text(50, 358, "Python, SQL, Airflow")
)
BARE = pdf(column(50, 60, PROSE))


def made(data: bytes) -> tuple[Resume, list[Variant], list[Untried]]:
    contents = _read(data).contents
    assert isinstance(contents, Contents)
    resume = resume_of(contents.document, "resume.pdf")
    return (resume, *tried(variants(contents, resume)))


def by_trait(data: bytes = DATA) -> Mapping[Trait, list[Variant]]:
    found = defaultdict(list)
    for variant in made(data)[1]:
        found[variant.trait].append(variant)
    return found


def texts(resume: Resume) -> list[str]:
    return [statement.text for statement in resume.statements]


def test_every_trait_is_tried() -> None:
    assert set(by_trait()) == set(Trait)
    assert made(DATA)[2] == []


def test_every_variant_is_another_resume_and_blind_ones_differ_only_where_they_may() -> None:
    resume, found, _ = made(DATA)
    seen = texts(blinding.blind(resume))
    moved = {variant.trait for variant in found if texts(blinding.blind(variant.resume)) != seen}
    assert moved <= {
        Trait.GENDER,  # a sentence more, in what it is compared with as well
        Trait.ORDER,
        Trait.OWN_HEADINGS,
        Trait.FORMATTING,
    }


def test_names_are_changed_in_the_header() -> None:
    names = [variant.resume.name for variant in by_trait()[Trait.NAME]]
    assert names == [person.name for person in material.PEOPLE]


def test_schools_and_years_are_changed_and_nothing_else() -> None:
    found = by_trait()
    for variant, school in zip(found[Trait.SCHOOL], material.SCHOOLS, strict=True):
        assert f"MSc Statistics, {school}" in texts(variant.resume)
    assert len({tuple(texts(v.resume)) for v in found[Trait.SCHOOL]}) == len(material.SCHOOLS)
    for variant in found[Trait.YEAR]:
        (degree,) = [s for s in variant.resume.statements if "MSc" in s.text]
        assert degree.period is not None
        assert degree.period.text != "2012"


def test_genders_are_compared_with_each_other() -> None:
    sentences = [v for v in by_trait()[Trait.GENDER] if v.against is not None]
    for variant in sentences:
        assert variant.against is not None
        assert texts(variant.resume)[:-1] == texts(variant.against)[:-1]
        assert texts(variant.resume)[-1] != texts(variant.against)[-1]


def test_another_order_has_the_same_statements() -> None:
    resume, _, _ = made(DATA)
    for variant in by_trait()[Trait.ORDER]:
        assert texts(variant.resume) != texts(resume)
        assert sorted(texts(variant.resume)) == sorted(texts(resume))


def test_familiar_headings_change_no_section() -> None:
    resume, _, _ = made(DATA)
    (variant,) = by_trait()[Trait.HEADINGS]
    assert variant.resume == resume


def test_files_from_other_programs_say_the_same() -> None:
    resume, _, _ = made(DATA)
    for variant in by_trait()[Trait.FORMATTING] + by_trait()[Trait.PRODUCER]:
        assert texts(variant.resume) == texts(resume), variant.label


def test_what_is_not_there_cannot_be_changed_and_is_told() -> None:
    untried = {one.trait: one.reason for one in made(BARE)[2]}
    assert {Trait.NAME, Trait.CONTACT, Trait.SCHOOL, Trait.YEAR, Trait.ORDER} <= set(untried)
    assert untried[Trait.SCHOOL] == "no school was found in an education section"


# ---------------------------------------------------------------- shifts


class FakeAnalyzer:
    """Gives a resume the fits that a function says."""

    def __init__(self, fit: Callable[[Resume], float]) -> None:
        self._fit = fit

    def fits(self, resume: Resume) -> tuple[RoleFit, ...]:
        others = [RoleFit(f"role-{i}", 10.0 + i, 0, (), ()) for i in range(6)]
        return (RoleFit("moved", self._fit(resume), 0, (), ()), *others)

    def manifest(self, _: str) -> None:
        return None


def audited(fit: Callable[[Resume], float]) -> ResumeAudit:
    return trial.audit(FakeAnalyzer(fit), DATA, "resume.pdf")  # type: ignore[arg-type]


def shifts(fit: Callable[[Resume], float]) -> dict[Trait, Shift]:
    return {shift.trait: shift for shift in audited(fit).shifts}


def test_fits_that_look_at_nothing_never_move() -> None:
    for shift in audited(lambda _: 12.5).shifts:
        assert (shift.points, shift.role, shift.label, shift.overlap) == (0.0, "", "", 1.0)
        assert not shift.exceeded


def test_fits_that_look_at_the_name_are_caught() -> None:
    found = shifts(lambda resume: 12.5 + 2.0 * resume.name.startswith("Mei"))
    assert found[Trait.NAME].points == pytest.approx(2.0)
    assert found[Trait.NAME].exceeded
    assert found[Trait.NAME].role == "moved"
    assert found[Trait.NAME].label.startswith("Mei Chen")
    assert found[Trait.SCHOOL].points == 0.0


def test_the_best_roles_that_are_lost_are_told() -> None:
    found = shifts(lambda resume: 0.0 if "MIT" in str(resume.statements) else 50.0)
    assert found[Trait.SCHOOL].overlap == pytest.approx(0.8)
    assert found[Trait.SCHOOL].points == 50.0


def test_every_trait_has_a_bound() -> None:
    assert set(trial.BOUNDS) == set(Trait)


@pytest.mark.model
def test_a_sample_resume_stays_within_every_bound(analyzer: Analyzer) -> None:
    sample = Path(__file__).parent.parent / "sample_resumes" / "student-ml-engineer.pdf"
    found = trial.audit(analyzer, sample.read_bytes(), sample.name)
    assert [shift.trait for shift in found.shifts if shift.exceeded] == []
    assert {shift.trait for shift in found.shifts} >= {Trait.NAME, Trait.SCHOOL, Trait.ORDER}


def test_a_file_that_is_no_resume_is_refused_as_by_any_command() -> None:
    with pytest.raises(UnreadableInput, match=r"resume\.pdf: not a PDF") as caught:
        read(b"no PDF", "resume.pdf")
    assert caught.value.code == "not-a-pdf"


def test_a_reader_that_ends_is_no_end_of_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_: Errand) -> bytes:
        raise SandboxError("crashed", "its process ended with SIGSEGV")

    monkeypatch.setattr(Errand, "result", ended)
    with pytest.raises(UnreadableInput, match=r"resume\.pdf: the PDF reader crashed.*SIGSEGV") as e:
        read(DATA, "resume.pdf")
    assert e.value.code == "crashed"


def test_what_is_read_elsewhere_is_what_is_read_here() -> None:
    assert read(DATA, "resume.pdf") == _read(DATA).contents


def test_a_script_without_a_main_guard_can_audit(tmp_path: Path) -> None:
    resume = tmp_path / "resume.pdf"
    resume.write_bytes(DATA)
    script = tmp_path / "script.py"
    script.write_text(
        "from gapfit.audit.reading import read\n"
        f"print(len(read(open({str(resume)!r}, 'rb').read(), 'x').document.pages))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("1\n", "")
