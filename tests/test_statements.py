"""Lines -> statements: sections, entries, lists, dates, and nothing that names the person."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gapfit import pdf
from gapfit.datamodels import Document, Form, Line, Page, ParseWarning, Section, Statement
from gapfit.errors import UnreadableInput
from gapfit.sentences import split_sentences
from gapfit.statements import extract, from_lines
from gapfit.statements.contacts import is_contact, is_place, split_name, without_contacts
from gapfit.statements.dates import find_period, without_dates
from gapfit.statements.entries import entry_text
from gapfit.statements.flow import join_lines
from gapfit.statements.headings import section_of
from gapfit.statements.skill_lists import is_list, split_items, split_label

SAMPLES = Path(__file__).parent.parent / "sample_resumes"
TOOLCHAINS = SAMPLES / "toolchains"
WIDE = 520.0  # the right edge of a full line, in points


def document(*pages: list[Line]) -> Document:
    made = tuple(
        Page(number, 595.0, 842.0, tuple(lines), "test", 1.0)
        for number, lines in enumerate(pages, start=1)
    )
    return Document(made, (), "0" * 64)


def page(*rows: str | tuple[str, dict[str, object]]) -> list[Line]:
    """Return lines 14 points apart; "# " is a heading, "> " a full line that wraps."""
    lines = []
    for number, row in enumerate(rows, start=1):
        words, extra = (row, {}) if isinstance(row, str) else row
        fields: dict[str, object] = {"x0": 50.0, "size": 10.0, "bold": False, "top": 14.0 * number}
        if words.startswith("# "):
            words, fields["size"], fields["bold"] = words[2:], 13.0, True
        if words.startswith("> "):
            words, fields["x1"] = words[2:], WIDE
        fields.setdefault("x1", 50.0 + 4.5 * len(words))
        lines.append(Line(number=number, text=words, **{**fields, **extra}))  # type: ignore[arg-type]
    return lines


def statements(*rows: str | tuple[str, dict[str, object]]) -> tuple[Statement, ...]:
    return extract(document(page(*rows))).statements


def found(*rows: str | tuple[str, dict[str, object]]) -> list[str]:
    return [statement.text for statement in statements(*rows)]


FULL = "> Filler that only shows how far a line of this page may reach before it has to break."

# ---------------------------------------------------------------- sections


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("EXPERIENCE", "experience"),
        ("Professional Experience", "experience"),
        ("Work History", "experience"),
        ("Employment", "experience"),
        ("Technical Skills", "skills"),
        ("Skills & Tools", "skills"),
        ("Core Competencies:", "skills"),
        ("Tech Stack", "skills"),
        ("Selected Projects", "projects"),
        ("Side projects", "projects"),
        ("Academic Projects", "projects"),
        ("About me", "summary"),
        ("Professional Summary", "summary"),
        ("Education and Training", "education"),
        ("Licenses & Certifications", "certifications"),
        ("Publications", "publications"),
        ("Talks", "publications"),
        ("Languages", "other"),
        ("Honors & Awards", "other"),
        ("Berufserfahrung", "experience"),
        ("1. Education", "education"),
    ],
)
def test_headings(words: str, section: str) -> None:
    assert section_of(words) == Section(section)


@pytest.mark.parametrize(
    "words",
    ["Machine Learning", "Senior Engineer", "Python", "Work with clients on search", "Data", ""],
)
def test_what_is_no_heading(words: str) -> None:
    assert section_of(words) is None


def test_statements_know_their_section() -> None:
    made = statements(
        "# Summary", "I build search.", "# Experience", "• Built it.", "# Skills", "Go"
    )
    assert [s.section for s in made] == [Section.SUMMARY, Section.EXPERIENCE, Section.SKILLS]


def test_a_heading_known_only_by_its_looks_ends_the_section() -> None:
    made = statements("# Experience", "• Built it.", "# Committees", "Deputy member of the board")
    assert made[-1].section is Section.OTHER
    assert made[-1].context == ""


def test_a_word_of_prose_is_no_heading() -> None:
    made = statements("# Experience", "• Wrote the", "skills", "test for it.")
    assert {s.section for s in made} == {Section.EXPERIENCE}


# ---------------------------------------------------------------- who it is


def test_name_and_contact_details_are_no_statements() -> None:
    made = found(
        ("Ada Roe", {"size": 22.0}),
        "Search engineer",
        "ada.roe@mail.example · Oslo, Norway · +47 555 01 020",
        "linkedin.com/in/adaroe",
        "# Experience",
        "• Built it.",
    )
    assert made == ["Search engineer", "Built it."]


def test_the_name_before_a_title_is_taken_off() -> None:
    assert split_name("Ada Roe\tData Engineer") == ("Ada Roe", "Data Engineer")
    assert split_name("Python | Go") == ("", "Python | Go")


def test_a_name_repeated_in_a_footer_is_no_statement() -> None:
    made = found(("Ada Roe", {"size": 22.0}), "# Skills", "Python", "Ada Roe · Resume · May 2024")
    assert made == ["Python"]


@pytest.mark.parametrize(
    "words",
    [
        "ada@mail.example",
        "+49 (0)30 555 0199",
        "https://adaroe.example/cv",
        "github.com/adaroe",
        "Phone: 555 0199 200",
        "12 Harbour Street, Leeds LS1 4AB",
        "Email: ada@mail.example | Oslo",
    ],
)
def test_contact_lines(words: str) -> None:
    assert is_contact(words)


@pytest.mark.parametrize(
    "words",
    [
        "Built an API on top of Node.js and served it to 4,000 customers",
        "2016 – 2018",
        "Next.js, FastAPI, PostgreSQL",
        "Shipped the address search of the shop in two months",
    ],
)
def test_what_is_no_contact_line(words: str) -> None:
    assert not is_contact(words)


def test_contact_details_are_cut_out_of_a_headline() -> None:
    assert without_contacts("Data Engineer | ada@mail.example") == "Data Engineer"


@pytest.mark.parametrize("words", ["Berlin, Germany", "Oslo, Norway (remote)", "Austin, TX"])
def test_places(words: str) -> None:
    assert is_place(words)


# ---------------------------------------------------------------- bullets and prose


def test_a_wrapped_bullet_is_one_statement_at_its_first_line() -> None:
    (made,) = statements("# Experience", "> • Built the search that 400 people", "use every day.")
    assert made.text == "Built the search that 400 people use every day."
    assert (made.page, made.line, made.form) == (1, 2, Form.BULLET)
    assert made.places == ((1, 2), (1, 3))


def test_a_bullet_of_two_sentences_stays_whole() -> None:
    assert found("# Experience", "• Built it. Ran it.") == ["Built it. Ran it."]


def test_a_very_long_bullet_is_read_by_sentence() -> None:
    sentence = "Built " + "one more thing " * 12 + "for them."
    made = found("# Experience", f"• {sentence} {sentence}")
    assert made == [sentence, sentence]


def test_short_lines_without_markers_are_entries_of_their_own() -> None:
    made = found("# Projects", FULL, "Ported the parser to Rust", "Wrote the tests for it")
    assert made[1:] == ["Ported the parser to Rust", "Wrote the tests for it"]


def test_prose_goes_on_when_the_next_word_had_no_room() -> None:
    made = found("# Summary", "> I have built retrieval for a bank and for a library, in", "Oslo.")
    assert made == ["I have built retrieval for a bank and for a library, in Oslo."]


def test_a_bullet_goes_on_over_the_page() -> None:
    first = page("# Experience", "> • Built the search that four hundred people use")
    second = page("every day in the office.")
    (made,) = extract(document(first, second)).statements
    assert made.text.endswith("people use every day in the office.")
    assert made.page == 1
    assert made.places == ((1, 2), (2, 1))


def test_a_sentence_stands_on_the_lines_that_hold_its_words() -> None:
    made = statements(
        "# Summary",
        "> I built the index. Then I measured what",
        "> it costs to run. And I",
        "left.",
    )
    assert [(s.text, s.line, s.places) for s in made] == [
        ("I built the index.", 2, ((1, 2),)),
        ("Then I measured what it costs to run.", 2, ((1, 2), (1, 3))),
        ("And I left.", 3, ((1, 3), (1, 4))),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("evalua\u00ad", "tion set", "evaluation set"),
        ("Py\u00ad", "Torch", "PyTorch"),
        ("state-of-", "the-art", "state-of-the-art"),
        ("training and", "serving", "training and serving"),
        ("CI/", "CD", "CI/CD"),
        ("search -", "and more", "search - and more"),
    ],
)
def test_joined_lines(first: str, second: str, joined: str) -> None:
    assert join_lines(first, second) == joined


@pytest.mark.parametrize(
    "sentences",
    [
        ["I use Node.js daily.", "It works."],
        ["Tools, e.g. Kafka, for 3.5 million rows.", "Done!"],
        ["She holds a Ph.D. from Oslo.", "Why?", "It pays."],
        ["Worked with O. Berg and R. Lie on it."],
        ["Mostly in R.", "Some Go."],
        ["Grew from 1.2 to 4.8 approx. Ltd firms included"],
        ["Built etc. and more."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


@given(st.text(max_size=120))
def test_splitting_sentences_loses_nothing(words: str) -> None:
    joined = "".join("".join(split_sentences(words)).split())
    assert joined == "".join(words.split())


# ---------------------------------------------------------------- entries and dates


def test_title_and_date_are_the_context_of_what_follows() -> None:
    entry, bullet = statements(
        "# Experience", "ML Engineer, Acme\tJan 2021 – Mar 2023", "• Built it."
    )
    assert (entry.form, entry.text) == (Form.ENTRY, "ML Engineer, Acme")
    assert bullet.context == "ML Engineer, Acme"
    assert bullet.period is not None
    assert (bullet.period.start, bullet.period.end, bullet.period.months) == (
        "2021-01",
        "2023-03",
        27,
    )


@pytest.mark.parametrize(
    "rows",
    [
        ("ML Engineer – Acme, Oslo, 2019 – 2021",),
        ("ML Engineer – Acme", "2019 – 2021 · Oslo"),
        ("Acme, Oslo", "ML Engineer\t2019 – 2021"),
        ("ML Engineer | Acme | Oslo (2019 – 2021)",),
    ],
)
def test_the_context_does_not_depend_on_the_template(rows: tuple[str, ...]) -> None:
    bold = [(row, {"bold": True}) for row in rows]
    *_, bullet = statements("# Experience", *bold, "• Built it.")
    assert bullet.context == "ML Engineer, Acme, Oslo"


def test_each_job_has_its_own_context() -> None:
    made = statements(
        "# Experience",
        "ML Engineer, Acme, 2021 – present",
        "• Built it.",
        "Analyst, Globex, 2019 – 2021",
        "• Counted it.",
    )
    contexts = [s.context for s in made if s.form is Form.BULLET]
    assert contexts == ["ML Engineer, Acme", "Analyst, Globex"]


def test_a_year_at_the_start_of_a_wrapped_line_is_no_entry() -> None:
    made = found(
        "# Experience",
        "> • Prototyped question answering over the wikis with Elasticsearch in",
        ("2022, shown to two accounts, and shipped to 3,000 users.", {"x0": 56.0}),
    )
    assert len(made) == 1


@pytest.mark.parametrize(
    ("words", "start", "end", "months"),
    [
        ("Jan 2021 – Present", "2021-01", "present", None),
        ("2019-2021", "2019", "2021", 24),
        ("03/2020 - 07/2022", "2020-03", "2022-07", 29),
        ("Summer 2020", "2020-06", "2020-08", 3),
        ("Since 2021", "2021", "present", None),
        ("Sept. 2018 to Oct. 2018", "2018-09", "2018-10", 2),
        ("May – August 2021", "2021-05", "2021-08", 4),
        ("2019-21", "2019", "2021", 24),
        ("2021-03 – 2021-05", "2021-03", "2021-05", 3),
        ("März 2020 – heute", "2020-03", "present", None),
        ("Graduated May 2016", "2016-05", None, None),
        ("2022 –", "2022", "present", None),
        ("2021 – 2019", "2021", "2019", None),
        ("Jan '21 - now", "2021-01", "present", None),
    ],
)
def test_periods(words: str, start: str, end: str | None, months: int | None) -> None:
    period = find_period(words)
    assert period is not None
    assert (period.start, period.end, period.months) == (start, end, months)


@pytest.mark.parametrize("words", ["no date", "12,000 users", "$2020", "v2019.3", "120212"])
def test_what_is_no_date(words: str) -> None:
    assert find_period(words) is None


@given(st.text(max_size=60))
def test_any_text_has_a_period_or_none(words: str) -> None:
    period = find_period(words)
    assert period is None or period.months is None or period.months > 0
    assert isinstance(without_dates(words), str)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("ML Engineer – Acme | Oslo\tJan 2021 – present", "ML Engineer, Acme, Oslo"),
        ("Acme (booking software)\t2019", "Acme (booking software)"),
        ("Acme, April 2023 - Present (2 years 9 months)", "Acme"),
        ("MSc Data Science, 2024 – 2026 (expected)", "MSc Data Science"),
        ("Full-stack Engineer", "Full-stack Engineer"),
    ],
)
def test_entry_text(words: str, left: str) -> None:
    assert entry_text(words) == left


# ---------------------------------------------------------------- lists of skills


def test_a_labelled_list_is_items_with_their_label() -> None:
    made = statements("# Skills", "Vector stores: Pinecone, Weaviate")
    assert [(s.text, s.context, s.form) for s in made] == [
        ("Pinecone", "Vector stores", Form.ITEM),
        ("Weaviate", "Vector stores", Form.ITEM),
    ]


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("Python (pandas, NumPy), Go", ["Python (pandas, NumPy)", "Go"]),
        ("Python, Go and SQL", ["Python", "Go and SQL"]),
        ("Python, Go, Rust and SQL", ["Python", "Go", "Rust", "SQL"]),
        ("Python • Go | CI/CD; C++", ["Python", "Go", "CI/CD", "C++"]),
        ("Python ●●●○○, SQL 80%", ["Python", "SQL"]),
        ("Weights & Biases, Rust (some", ["Weights & Biases", "Rust (some"]),
    ],
)
def test_items(words: str, items: list[str]) -> None:
    assert split_items(words) == items


def test_a_label_in_a_column_of_its_own() -> None:
    assert split_label("Cloud\tAWS, Terraform") == ("Cloud", "AWS, Terraform")
    assert split_label("https://a.example, b") == ("", "https://a.example, b")


def test_prose_under_skills_stays_prose() -> None:
    sentence = "I have run Kubernetes clusters for six years, mostly for other teams."
    (made,) = statements("# Skills", sentence)
    assert (made.form, made.text) == (Form.SENTENCE, sentence)
    assert not is_list(sentence)


def test_one_skill_per_line() -> None:
    assert found("# Skills", "Python", "Terraform", "Prompt design") == [
        "Python",
        "Terraform",
        "Prompt design",
    ]


def test_a_list_wrapped_within_an_item() -> None:
    made = found("# Skills", "> Training: PyTorch, DeepSpeed, Slurm, Weights", "& Biases, JAX")
    assert made == ["PyTorch", "DeepSpeed", "Slurm", "Weights & Biases", "JAX"]


def test_an_item_stands_where_its_words_do() -> None:
    """Labels and commas are no part of it: where they are many, they move nothing."""
    made = statements("# Skills", "> Tools: A, B, C, D, E, F, G, H, I, J, K, L, M, N,", "O, P, Q")
    assert {s.text: s.places for s in made if s.text in "MNOPQ"} == {
        "M": ((1, 2),),
        "N": ((1, 2),),
        "O": ((1, 3),),
        "P": ((1, 3),),
        "Q": ((1, 3),),
    }


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.stem)
def test_every_statement_of_a_sample_stands_where_its_words_do(path: Path) -> None:
    try:
        document = pdf.read(path.read_bytes())
    except UnreadableInput:
        pytest.skip("cannot be read, as it should")
    lines = {
        (page.number, line.number): line.text for page in document.pages for line in page.lines
    }
    resume = extract(document)
    assert resume.layout == document.pages
    for statement in resume.statements:
        assert statement.places[0] == (statement.page, statement.line)
        there = _letters("".join(lines[place] for place in statement.places))
        # A title line is put together anew; of everything else every letter is there.
        assert statement.form is Form.ENTRY or _letters(statement.text) in there


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def test_every_label_begins_a_list() -> None:
    made = statements("# Skills", "> Code: Go, GDPR", "Cloud: AWS, Azure")
    assert [s.context for s in made] == ["Code", "Code", "Cloud", "Cloud"]


def test_tools_listed_under_a_job_are_items() -> None:
    *_, last = statements("# Experience", "Engineer, Acme, 2021", "Technologies: Python, Docker")
    assert (last.form, last.text, last.context) == (Form.ITEM, "Docker", "Technologies")
    assert last.section is Section.EXPERIENCE


# ---------------------------------------------------------------- columns


def test_a_sidebar_does_not_interrupt_the_column_it_stands_beside() -> None:
    main = page("# Experience", "Engineer, Acme, 2021 – 2023", "• Built it.")
    side = [
        Line(9, "Skills", 400.0, 440.0, 14.0, 13.0, bold=True),
        Line(10, "Python", 400.0, 440.0, 30.0, 10.0),
    ]
    over = page("• Ran it.")
    made = extract(document([*main, *side], over)).statements
    assert [(s.text, s.section.value) for s in made if s.form is not Form.ENTRY] == [
        ("Built it.", "experience"),
        ("Ran it.", "experience"),
        ("Python", "skills"),
    ]
    assert {s.context for s in made if s.form is Form.BULLET} == {"Engineer, Acme"}


# ---------------------------------------------------------------- from_lines


def test_given_lines_are_statements() -> None:
    resume = from_lines(
        [
            ("experience", "• Built it."),
            ("skills", "Code: Python, Go"),
            ("experience", "ML Engineer, Acme, 2019 – 2021"),
            ("no such section", "Something else that was said."),
            ("summary", "   "),
        ]
    )
    assert [(s.text, s.line, s.form.value, s.section.value) for s in resume.statements] == [
        ("Built it.", 1, "bullet", "experience"),
        ("Python", 2, "item", "skills"),
        ("Go", 2, "item", "skills"),
        ("ML Engineer, Acme", 3, "entry", "experience"),
        ("Something else that was said.", 4, "sentence", "other"),
    ]


def test_warnings_are_handed_on() -> None:
    warning = ParseWarning("little-text", "…")
    assert extract(Document((), (warning,), "0")).warnings == (warning,)


# ---------------------------------------------------------------- one text, many producers


def _cases(path: Path) -> list[tuple[str, str, str]]:
    made = extract(pdf.read(path.read_bytes())).statements
    # Small capitals are a font in one template and capitals in another.
    return [(s.section.value, s.text.casefold(), s.context.casefold()) for s in made]


@pytest.mark.parametrize("path", sorted(TOOLCHAINS.glob("*.pdf")), ids=lambda path: path.stem)
def test_every_toolchain_gives_the_same_statements(path: Path) -> None:
    assert _cases(path) == _cases(TOOLCHAINS / "typst.pdf")


# ---------------------------------------------------------------- anything at all

WORDS = st.text(
    alphabet=st.sampled_from("abcXYZ ,.:;|•-–\t()0123\u00ad@/#é&"), min_size=1, max_size=50
)
LINES = st.builds(
    Line,
    number=st.just(0),
    text=st.one_of(WORDS, st.sampled_from(["Skills", "Experience", "Contact", "Ada Roe", "2019"])),
    x0=st.sampled_from([50.0, 60.0, 300.0]),
    x1=st.sampled_from([100.0, 290.0, 520.0]),
    top=st.floats(0, 800),
    size=st.sampled_from([9.0, 10.0, 13.0, 20.0]),
    bold=st.booleans(),
)


@given(st.lists(st.lists(LINES, max_size=12), max_size=3))
def test_any_lines_give_statements_that_stand_somewhere(soup: list[list[Line]]) -> None:
    pages = [
        [Line(n, ln.text, ln.x0, ln.x1, ln.top, ln.size, ln.bold) for n, ln in enumerate(lines, 1)]
        for lines in soup
    ]
    made = document(*pages)
    places = {(page.number, line.number) for page in made.pages for line in page.lines}
    resume = extract(made)
    assert resume == extract(made)
    for statement in resume.statements:
        assert statement.text.strip() == statement.text != ""
        assert statement.places[0] == (statement.page, statement.line)
        assert set(statement.places) <= places


@given(st.lists(st.tuples(st.sampled_from([*Section, "x"]), WORDS), max_size=8))
def test_any_given_lines_give_statements(rows: list[tuple[str, str]]) -> None:
    lines = [statement.line for statement in from_lines(rows).statements]
    assert lines == sorted(lines)
    assert all(1 <= number <= len(rows) for number in lines)


def test_a_sentence_without_end_is_cut_and_it_is_said() -> None:
    long = "Built a@b." * 3_000
    for section in ("experience", "skills"):
        made = from_lines([(section, long), ("experience", "Built a search service")])
        assert max(len(s.text) for s in made.statements) == 2_000
        assert "truncated" in [w.code for w in made.warnings]
    assert from_lines([("experience", "Built " + "x" * 1_000)]).warnings == ()
