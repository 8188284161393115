"""The stages in real processes: every input has an outcome, whatever becomes of its neighbours."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bulk_builders as bulk
import pytest

from gapfit.bulk.engine import Effort, MakeJudge, score
from gapfit.bulk.judging import Made
from gapfit.bulk.local_engine import Claims, LocalEngine
from gapfit.datamodels import Held, Item, Missed, Outcome, Read, Refused, Scored
from gapfit.errors import EmbeddingsError, StateError
from gapfit.sandbox import SandboxError

POISON = "release 3"


def make_touchy() -> Callable[[Sequence[Read] | None], list[Scored] | Made]:
    """A judge whose process dies of one resume."""
    judge = bulk.a_judge()

    def answer(read: Sequence[Read] | None) -> list[Scored] | Made:
        if read is None:
            return judge.made()
        if any(POISON in s.text for one in read for s in one.resume.statements):
            os.kill(os.getpid(), signal.SIGKILL)
        return judge.score(read)

    return answer


def make_minding() -> Callable[[Sequence[Read] | None], list[Scored] | Made]:
    """A judge whose encoder is not batch-invariant."""
    judge = bulk.a_judge()
    return lambda read: Made({}, False) if read is None else judge.score(read)


def make_none() -> Callable[[Sequence[Read] | None], list[Scored] | Made]:
    raise EmbeddingsError("stale. Run: gapfit embeddings build")


def outcomes(
    items: Sequence[Item],
    make: MakeJudge = bulk.make_judge,
    known: Callable[[str], bool] = lambda _: False,
    workers: int = 2,
) -> list[Outcome]:
    with LocalEngine(make, Effort(workers)) as engine:
        engine.made()
        return list(engine.outcomes(items, known))


def in_folder(folder: Path) -> list[Item]:
    return [Item(str(path)) for path in sorted(folder.iterdir())]


def lines(found: Sequence[Outcome]) -> dict[str, str]:
    return {one.sha256: one.line for one in found if isinstance(one, Scored)}


@pytest.mark.parametrize("workers", [1, 3])
def test_everything_is_scored_once_and_as_alone(workers: int, tmp_path: Path) -> None:
    items = in_folder(bulk.a_pool(tmp_path, 6))
    found = outcomes(items, workers=workers)
    assert {one.item for one in found if isinstance(one, Held)} == set(items)
    assert len(found) == 12
    analyzer = bulk.a_judge()
    for number in range(6):
        resume, digest = bulk.read_pdf(bulk.resume_pdf(number))
        (alone,) = analyzer.score([Read(digest, resume)])
        assert lines(found)[digest] == alone.line


def test_what_is_bad_costs_the_others_nothing(tmp_path: Path) -> None:
    bulk.a_pool(tmp_path, 3)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 no")
    items = [*in_folder(tmp_path), Item(str(tmp_path / "gone.pdf"))]
    found = outcomes(items)
    assert len(lines(found)) == 3
    assert [one.code for one in found if isinstance(one, Refused)] == ["damaged"]
    assert [one.item.name for one in found if isinstance(one, Missed)] == [items[-1].name]


def test_the_same_content_is_read_once(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.pdf").write_bytes(bulk.resume_pdf(1))
    found = outcomes(in_folder(tmp_path))
    assert sorted(one.fresh for one in found if isinstance(one, Held)) == [False, False, True]
    assert len(lines(found)) == 1


def test_what_is_known_is_not_read(tmp_path: Path) -> None:
    found = outcomes(in_folder(bulk.a_pool(tmp_path, 3)), known=lambda _: True)
    assert [one.fresh for one in found if isinstance(one, Held)] == [False] * 3
    assert len(found) == 3


def test_a_resume_that_kills_its_judge_costs_only_itself(tmp_path: Path) -> None:
    found = outcomes(in_folder(bulk.a_pool(tmp_path, 6)), make_touchy)
    (refused,) = [one for one in found if isinstance(one, Refused)]
    assert refused.code == "crashed"
    assert "SIGKILL" in refused.message
    assert len(lines(found)) == 5


def test_an_encoder_that_minds_company_is_alone_on_all_processors(tmp_path: Path) -> None:
    with LocalEngine(make_minding, Effort(workers=3)) as engine:
        assert not engine.made().batch_invariant
        assert len(engine._judges) == 1
        assert len(lines(list(engine.outcomes(in_folder(bulk.a_pool(tmp_path, 2)), bool)))) == 0


def test_a_judge_that_cannot_be_made_ends_the_run() -> None:
    with (
        LocalEngine(make_none, Effort(1)) as engine,
        pytest.raises(EmbeddingsError, match="stale"),
    ):
        engine.made()


def test_a_failure_in_a_thread_ends_the_run(tmp_path: Path) -> None:
    def full(_: str) -> bool:
        raise StateError("disk full")

    with pytest.raises(StateError, match="disk full"):
        outcomes(in_folder(bulk.a_pool(tmp_path, 4)), known=full)


def test_items_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    bulk.a_pool(tmp_path, 1)
    taken = []

    def endless() -> Iterator[Item]:
        for number in range(10**9):
            taken.append(number)
            yield Item(str(tmp_path / "000.pdf"))

    with LocalEngine(bulk.make_judge, Effort(1)) as engine:
        engine.made()
        for _, _ in zip(range(40), engine.outcomes(endless(), lambda _: False), strict=False):
            pass
    assert len(taken) < 200


def test_claims() -> None:
    claims = Claims(lambda sha256: sha256 == "known")
    assert not claims.claim("known")
    assert claims.claim("new")
    assert not claims.claim("new")
    claims.release(Refused("new", "x", "x"))
    assert claims.claim("new")


def test_a_chunk_is_split_until_the_culprit_is_alone() -> None:
    resume, _ = bulk.read_pdf(bulk.resume_pdf(0))
    calls = []

    def judge(chunk: Sequence[Read]) -> list[Scored]:
        calls.append(len(chunk))
        if any(one.sha256 == "2" for one in chunk):
            raise SandboxError("crashed", "its process ended with SIGSEGV")
        return [Scored(one.sha256, "", {}, "") for one in chunk]

    found = list(score(judge, [Read(str(n), resume) for n in range(4)]))  # type: ignore[arg-type]
    assert [type(one) for one in found] == [Scored, Scored, Refused, Scored]
    assert calls == [4, 1, 1, 1, 1]
