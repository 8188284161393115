"""Lines to blocks: what was wrapped is whole again, what is a heading stands alone."""

from __future__ import annotations

from gapfit.ads.blocks import Kind, blocks

WRAPPED = """\
Acme builds machines that sort plastic on a conveyor belt
and has done so since the days of your grandparents, in a
town by the sea.

What you will do
- Build retrieval over the manuals of forty years and high-
  quality answers on top of it
- Write evals
We also like music.""".split("\n")


def shown(lines: list[str]) -> list[tuple[Kind, str]]:
    numbered = [
        (i, t.strip().replace("- ", "• ", 1) if t.startswith("- ") else t.strip())
        for i, t in enumerate(lines, 1)
    ]
    return [(block.kind, block.text) for block in blocks(numbered)]


def test_wrapped_lines_are_joined_and_broken_words_whole() -> None:
    assert shown(WRAPPED) == [
        (
            Kind.PROSE,
            "Acme builds machines that sort plastic on a conveyor belt and has done so since the "
            "days of your grandparents, in a town by the sea.",
        ),
        (Kind.HEADING, "What you will do"),
        (
            Kind.ENTRY,
            "Build retrieval over the manuals of forty years and high-quality answers on top of it",
        ),
        (Kind.ENTRY, "Write evals"),
        (Kind.PROSE, "We also like music."),
    ]


def test_lines_that_were_not_wrapped_stay_apart() -> None:
    lines = [
        "Requirements",
        "Python",
        "SQL",
        "An eye for detail and a very long sentence " * 5,
        "Docker",
        "AWS",
    ]
    assert [text for _, text in shown(lines)][1:3] == ["Python", "SQL"]


def test_the_number_of_a_block_is_that_of_its_first_line() -> None:
    found = list(blocks(list(enumerate((t.strip() for t in WRAPPED), 1))))
    assert [b.line for b in found if b.kind is Kind.HEADING] == [5]


def test_a_label_is_no_heading_and_an_unnamed_line_above_a_list_is_one() -> None:
    found = shown(["Location: Turku", "", "Technical things", "- Build", "- Run"])
    assert found[0] == (Kind.PROSE, "Location: Turku")
    assert found[1] == (Kind.HEADING, "Technical things")


def test_a_list_pasted_into_a_paragraph_is_a_list() -> None:
    found = shown(["We build. What you will do:• Build agents• Run evals • Ship"])
    assert found == [
        (Kind.PROSE, "We build. What you will do:"),
        (Kind.ENTRY, "Build agents"),
        (Kind.ENTRY, "Run evals"),
        (Kind.ENTRY, "Ship"),
    ]


def test_an_indented_line_is_the_rest_of_its_entry() -> None:
    lines = [(1, "• Build agents that"), (2, "  Call our system"), (3, ""), (4, "  Other things")]
    found = [(b.kind, b.text) for b in blocks(lines)]
    assert found == [
        (Kind.ENTRY, "Build agents that Call our system"),
        (Kind.PROSE, "Other things"),
    ]


def test_below_an_entry_a_small_letter_goes_on_with_it() -> None:
    assert [t for _, t in shown(["- Build agents that", "call our system", "Other things"])] == [
        "Build agents that call our system",
        "Other things",
    ]
