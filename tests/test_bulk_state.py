"""The state: what was done is kept, nothing is done twice, and strangers are refused."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gapfit.bulk.state import State
from gapfit.datamodels import (
    Held,
    Item,
    Missed,
    Refused,
    Scored,
    Skipped,
    Summary,
)
from gapfit.errors import StateError

KEY = {"gapfit": "0.1.0", "profiles": "a" * 64}


def item(name: str, stamp: str = "1") -> Item:
    return Item(name, stamp=stamp)


def digest(name: str) -> str:
    return name.ljust(64, "0")


def scored(name: str, **fits: float) -> Scored:
    return Scored(digest(name), f'{{"content":"{name}"}}\n', fits or {"one": 50.0}, "0123")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "x.gapfit-state"


def waiting(state: State) -> list[str]:
    return [one.name for one in state.waiting()]


def settle(state: State, name: str, outcome: Scored | Refused | None = None) -> None:
    state.record(Held(item(name), digest(name), True))
    state.record(outcome or scored(name))


def test_everything_waits_at_first_in_order(path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("b"), item("a"), item("b")])
        assert waiting(state) == ["b", "a"]
        assert state.summary() == Summary(2, 0, 0, 0)


def test_what_is_done_waits_no_more_in_the_next_run(path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("a"), item("b"), item("c"), item("d")])
        settle(state, "a")
        settle(state, "b", Refused(digest("b"), "damaged", "Mend it."))
        state.record(Held(item("c"), digest("c"), True))  # and then the power went
    with State(path, KEY) as state:
        state.enlist([item("d"), item("c"), item("b"), item("a"), item("e")])
        assert waiting(state) == ["d", "c", "e"]
        assert state.settled() == 2
        assert state.is_known(digest("a"))
        assert not state.is_known(digest("c"))


def test_what_may_turn_out_otherwise_is_tried_again(path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("a"), item("b"), Missed(item("shut"), "not-readable", "No.")])
        settle(state, "a", Refused(digest("a"), "timed-out", "Slow."))
        state.record(Missed(item("b"), "not-found", "Gone."))
        assert waiting(state) == []  # but not in this run
        assert state.reasons() == {
            "not-found": (1, "b"),
            "not-readable": (1, "shut"),
            "timed-out": (1, "a"),
        }
    with State(path, KEY) as state:
        state.enlist([item("a"), item("b")])
        assert waiting(state) == ["a", "b"]
        assert state.reasons() == {}


@pytest.mark.parametrize("stamp", ["2", ""])
def test_a_changed_input_is_read_again(stamp: str, path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("a", "1" if stamp else "")])
        settle(state, "a")
    with State(path, KEY) as state:
        state.enlist([item("a", stamp)])
        assert waiting(state) == ["a"]


def test_only_what_is_listed_now_is_reported(path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("a"), item("b")])
        settle(state, "a")
        settle(state, "b")
    with State(path, KEY) as state:
        state.enlist([item("b")])
        assert [one.source for one in state.candidates()] == ["b"]
        assert len(list(state.levels())) == 1


def test_the_same_content_is_one_candidate(path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("z"), item("m"), item("a"), item("q")])
        for name in ("z", "m", "a"):
            state.record(Held(item(name), digest("same"), name == "z"))
        state.record(scored("same"))
        settle(state, "q")
        assert state.summary() == Summary(inputs=4, scored=2, duplicates=2, skipped=0)
        assert [one.sources for one in state.candidates()] == [("a", "m", "z"), ("q",)]


def test_candidates_are_ranked(path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("a"), item("b"), item("c"), item("d")])
        settle(state, "d", scored("d", one=80.0, two=10.0))
        settle(state, "c", scored("c", two=90.0, one=20.0))
        settle(state, "b", scored("b", one=80.0, two=30.0))
        settle(state, "a", Refused(digest("a"), "no-text", "OCR."))
        best = [(c.rank, c.source, c.role, c.fit) for c in state.candidates()]
        assert best == [(1, "c", "two", 90.0), (2, "b", "one", 80.0), (3, "d", "one", 80.0)]
        by_one = [(c.rank, c.source, c.role, c.fit) for c in state.candidates("one", top=2)]
        assert by_one == [(1, "b", "one", 80.0), (2, "d", "one", 80.0)]
        assert next(state.candidates()).line == '{"content":"c"}\n'
        assert list(state.skipped()) == [Skipped("a", "no-text", "OCR.")]


@given(st.permutations(range(8)), st.integers(0, 8))
def test_the_order_of_outcomes_shows_nowhere(order: Sequence[int], cut: int) -> None:
    """Nor does a stop in between."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state"
        items = [item(f"{n}") for n in range(8)]
        outcomes = [
            scored(f"{n}", one=float(n % 3)) if n % 4 else Refused(digest(f"{n}"), "no-text", "x")
            for n in range(8)
        ]
        for part in (order[:cut], order[cut:]):
            with State(path, KEY) as state:
                state.enlist(items)
                for n in part:
                    state.record(outcomes[n])
                    state.record(Held(items[n], digest(f"{n}"), True))
        with State(path, KEY) as state:
            state.enlist(items)
            assert waiting(state) == []
            ranked = [(c.source, c.fit) for c in state.candidates()]
            assert ranked == [
                ("2", 2.0),
                ("5", 2.0),
                ("1", 1.0),
                ("7", 1.0),
                ("3", 0.0),
                ("6", 0.0),
            ]
            assert [s.source for s in state.skipped()] == ["0", "4"]


def test_names_that_are_no_text(path: Path) -> None:
    name = os.fsdecode(b"caf\xe9 \xf0.pdf")
    with State(path, KEY) as state:
        state.enlist([Item(name)])
        (one,) = state.waiting()
        assert one.path == name
        state.record(Missed(one, "not-found", f"No {name}."))
        (skipped,) = state.skipped()
        assert skipped.source == "caf\\udce9 \\udcf0.pdf"


def test_members_come_back_as_they_went(path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([Item("pool.zip", "in/ä.pdf", "1")])
        assert list(state.waiting()) == [Item("pool.zip", "in/ä.pdf", "1")]


def test_it_is_private(path: Path) -> None:
    mask = os.umask(0)
    try:
        with State(path, KEY) as state:
            state.enlist([item("a")])
            settle(state, "a")
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    finally:
        os.umask(mask)
    assert path.name in modes
    assert set(modes.values()) == {0o600}


# ---------------------------------------------------------------- strangers


def refused(path: Path, key: dict[str, str] = KEY) -> str:
    with pytest.raises(StateError) as caught:
        State(path, key)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value)


@pytest.mark.parametrize(
    "key", [{**KEY, "gapfit": "0.2.0"}, {**KEY, "profiles": "b" * 64}, {**KEY, "more": "x"}]
)
def test_scores_made_otherwise_do_not_mix(key: dict[str, str], path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("a")])
        settle(state, "a")
    told = refused(path, key)
    assert "do not mix" in told
    assert "--state FILE" in told
    with State(path, KEY) as state:  # what it holds is kept
        assert state.is_known(digest("a"))


def test_a_state_of_another_format(path: Path) -> None:
    State(path, KEY).__exit__()
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    assert "format 99" in refused(path)


def test_a_database_of_something_else(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE songs (title)")
    base.close()
    assert "something else" in refused(path)


def test_no_database_at_all(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"a letter to my aunt" * 100)
    assert "no state of gapfit" in refused(path)
    assert path.read_bytes().startswith(b"a letter")


def test_a_state_in_use(path: Path) -> None:
    with State(path, KEY):
        assert "another run is using it" in refused(path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be written" in refused(tmp_path / "file" / "state")


def test_a_full_disk(path: Path) -> None:
    with State(path, KEY) as state:
        state.enlist([item("a"), item("b")])
        settle(state, "a")
        (pages,) = state._base.execute("PRAGMA page_count").fetchone()
        state._base.execute(f"PRAGMA max_page_count = {pages}")
        big = Scored(digest("b"), os.urandom(200_000).hex(), {"one": 1.0}, "0")
        with pytest.raises(StateError, match="make room"):
            state.record(big)
    with State(path, KEY) as state:
        state.enlist([item("a"), item("b")])
        assert waiting(state) == ["b"]
