"""What became of lines: by content, the same seen from either side, whatever their place."""

from __future__ import annotations

from comparison_builders import a_statement
from hypothesis import given, strategies as st

from gapfit.comparison import lines
from gapfit.comparison.lines import common, edits, similarity, words
from gapfit.datamodels import Edit, Form, Section, Statement

words_of_lines = "built search Python RAG for four hundred people a day and kept it running".split()
statements = st.builds(
    Statement,
    text=st.lists(st.sampled_from(words_of_lines), min_size=1, max_size=8).map(" ".join),
    page=st.integers(1, 2),
    line=st.integers(1, 60),
    section=st.sampled_from([Section.EXPERIENCE, Section.SKILLS]),
    form=st.just(Form.BULLET),
    context=st.sampled_from(["", "ML Engineer, Acme"]),
)
texts = st.lists(statements, max_size=8)


def a_text(*texts: str) -> list[Statement]:
    return [a_statement(text, place) for place, text in enumerate(texts)]


RAG = "Shipped a RAG assistant over 40,000 support articles"
RAG_MORE = "Shipped a RAG assistant over 40,000 support articles, with reranking"
CHOIR = "Sang in the company choir"


def test_what_became_of_each_line() -> None:
    before = a_text(RAG, CHOIR, "Python")
    after = a_text("Python", "Ran the on-call rota", RAG_MORE)
    assert edits(before, after) == (Edit(None, 1), Edit(0, 2), Edit(1, None))


def test_another_section_or_title_is_a_move() -> None:
    skill = a_statement("Python", section=Section.SKILLS)
    assert edits([skill], [a_statement("Python", 7)]) == (Edit(0, 0),)


def test_spaces_and_page_breaks_are_no_edit() -> None:
    assert edits(a_text(RAG), [a_statement(RAG.replace(" ", "  "), 40)]) == ()


def test_a_line_is_taken_for_the_most_similar_one() -> None:
    before = a_text(f"{RAG} and more", RAG)
    assert edits(before, a_text(RAG_MORE.replace("with", "and"))) == (Edit(0, 0), Edit(1, None))


def test_a_repeated_line_is_an_added_one() -> None:
    assert edits(a_text(CHOIR), a_text(CHOIR, CHOIR)) == (Edit(None, 1),)


@given(texts)
def test_a_text_has_no_difference_from_itself_in_any_order(text: list[Statement]) -> None:
    assert edits(text, text) == ()
    assert edits(text, text[::-1]) == ()
    assert common(text, text[::-1]) == 1.0


@given(texts, texts)
def test_every_line_is_accounted_for_once(before: list[Statement], after: list[Statement]) -> None:
    made = edits(before, after)
    gone = [edit.before for edit in made if edit.before is not None]
    come = [edit.after for edit in made if edit.after is not None]
    assert len(set(gone)) == len(gone)
    assert len(set(come)) == len(come)
    rest = [
        sorted((" ".join(s.text.split()), s.section, s.context) for s in kept)
        for kept in (
            [s for i, s in enumerate(before) if i not in gone],
            [s for j, s in enumerate(after) if j not in come],
        )
    ]
    assert rest[0] == rest[1]


@given(texts, texts)
def test_seen_from_the_other_side_edits_are_mirrored(
    before: list[Statement], after: list[Statement]
) -> None:
    mirrored = {(edit.after, edit.before) for edit in edits(after, before)}
    assert mirrored == {(edit.before, edit.after) for edit in edits(before, after)}


@given(texts, texts)
def test_what_is_common_is_a_share_and_the_same_for_both(
    before: list[Statement], after: list[Statement]
) -> None:
    share = common(before, after)
    assert 0.0 <= share <= 1.0
    assert common(after, before) == share


def test_an_excerpt_has_all_in_common_with_its_whole() -> None:
    assert common(a_text(RAG), a_text(CHOIR, RAG, "Python")) == 1.0
    assert common(a_text(RAG), a_text(CHOIR)) == 0.0


def test_words_are_counted_and_their_order_is_not() -> None:
    assert similarity(words("C++ and C#"), words("c# and c++")) == 1.0
    assert similarity(words("a a b"), words("a")) == 0.5
    assert similarity(words(""), words("")) == 0.0
    assert similarity(words(RAG), words(RAG_MORE)) > lines.REWORDED
