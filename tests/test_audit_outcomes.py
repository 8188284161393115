"""Tables of results: who is counted, in which groups, and why a row is not."""

from __future__ import annotations

import pytest

from gapfit.audit.outcomes import Question, outcomes
from gapfit.errors import UnreadableInput, UsageError

SCORES = """name,sex,race,fit
a,Female,Black,90
b,Female,White,40
c,Male,White,70
d,Male,Black,20
e,,White,80
"""
BY_SCORE = Question(("sex", "race"), score="fit")


def found(text: str, question: Question = BY_SCORE) -> dict[str, object]:
    result = outcomes(text.encode(), "results.csv", question)
    return {
        " ".join(group.values): (group.people, group.successes)
        for table in result.tables
        for group in table.groups
    }


def test_success_is_a_score_above_the_median_of_all() -> None:
    result = outcomes(SCORES.encode(), "results.csv", BY_SCORE)
    assert result.median == 70.0
    assert result.measure == "scoring rate"
    assert result.people == 5
    counted = found(SCORES)
    assert counted["Female"] == (2, 1)
    assert counted["Male"] == (2, 0)
    assert counted["White"] == (3, 1)


def test_columns_are_crossed_two_by_two() -> None:
    result = outcomes(SCORES.encode(), "results.csv", BY_SCORE)
    assert [table.columns for table in result.tables] == [("sex",), ("race",), ("sex", "race")]
    assert found(SCORES)["Female Black"] == (1, 1)


def test_who_is_unknown_is_counted_as_such() -> None:
    result = outcomes(SCORES.encode(), "results.csv", BY_SCORE)
    assert [table.unknown for table in result.tables] == [1, 0, 1]


@pytest.mark.parametrize("yes, no", [("yes", "no"), ("1", "0"), ("TRUE", "False")])
def test_selected_or_not(yes: str, no: str) -> None:
    text = f"sex,chosen\nFemale,{yes}\nFemale,{no}\nMale,{yes}\n"
    result = outcomes(text.encode(), "results.csv", Question(("sex",), selected="Chosen"))
    assert result.measure == "selection rate"
    assert result.median is None
    assert found(text, Question(("sex",), selected="chosen"))["Female"] == (2, 1)


@pytest.mark.parametrize(
    "row, reason",
    [
        ("x,Female,Black,high", "its score is no number: 'high'"),
        ("x,Female,Black,nan", "its score is no number: 'nan'"),
        ("x,Female,Black,", "it has no score"),
        ("x,Female", "it has 2 cells, the header 4"),
    ],
)
def test_a_bad_row_has_a_number_and_a_reason(row: str, reason: str) -> None:
    result = outcomes(f"{SCORES}\n{row}\n".encode(), "results.csv", BY_SCORE)
    (bad,) = result.bad_rows
    assert (bad.row, bad.reason) == (8, reason)
    assert result.people == 5


def test_neither_yes_nor_no() -> None:
    text = "sex,chosen\nFemale,perhaps\nMale,yes\n"
    (bad,) = outcomes(text.encode(), "r.csv", Question(("sex",), selected="chosen")).bad_rows
    assert bad.reason == "neither yes nor no: 'perhaps'"


@pytest.mark.parametrize(
    "data, part",
    [
        (b"", "has no rows"),
        (b"sex,fit\n", "has no rows"),
        (b"sex,race,fit\nF,B,x\n", "none of its rows could be counted (row 2: its score"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b'sex,race,fit\n"F,B,1\n', "no CSV table"),
    ],
)
def test_what_is_no_table(data: bytes, part: str) -> None:
    with pytest.raises(UnreadableInput, match=r"results\.csv") as caught:
        outcomes(data, "results.csv", BY_SCORE)
    assert part in str(caught.value)


def test_a_column_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(
        UsageError, match=r"no single column 'gender'.*It has: name, sex, race, fit"
    ):
        outcomes(SCORES.encode(), "results.csv", Question(("gender",), score="fit"))


@pytest.mark.parametrize("columns", [{}, {"score": "fit", "selected": "fit"}])
def test_one_column_tells_the_outcome(columns: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="either --score COL or --selected COL"):
        outcomes(SCORES.encode(), "results.csv", Question(("sex",), **columns))


def test_a_spreadsheets_byte_order_mark_is_no_part_of_a_name() -> None:
    text = "sex,fit\nFemale,1\nMale,2\n".encode("utf-8-sig")
    assert outcomes(text, "r.csv", Question(("sex",), score="fit")).people == 2
