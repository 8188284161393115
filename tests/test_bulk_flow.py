"""Bounded channels: nothing is lost or doubled, who is ahead waits, and a failure ends it all."""

from __future__ import annotations

import threading
import time
from functools import partial

import pytest

from gapfit.bulk.flow import Cancelled, Channel, Flow


def _copy(source: Channel[int], sink: Channel[int]) -> None:
    for value in source:
        sink.put(value)


def _count(upto: int, sink: Channel[int]) -> None:
    for value in range(upto):
        sink.put(value)


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("room", [1, 4])
def test_everything_arrives_once(workers: int, room: int) -> None:
    flow = Flow()
    first, last = flow.channel(room), flow.channel(room)
    flow.add(partial(_count, 500, first), first)
    for _ in range(workers):
        flow.add(partial(_copy, first, last), last)
    assert sorted(flow.run(last)) == list(range(500))


def test_nothing_at_all() -> None:
    flow = Flow()
    channel = flow.channel(1)
    flow.add(partial(_count, 0, channel), channel)
    assert list(flow.run(channel)) == []


def test_who_is_ahead_waits() -> None:
    made = []
    flow = Flow()
    first, last = flow.channel(2), flow.channel(1)

    def produce() -> None:
        for value in range(100):
            made.append(value)
            first.put(value)

    flow.add(produce, first)
    flow.add(partial(_copy, first, last), last)
    results = flow.run(last)
    next(results)
    time.sleep(0.1)
    assert len(made) <= 1 + 2 + 1 + 1 + 2  # taken, in both channels, in both hands
    assert len(list(results)) == 99


def test_several_are_taken_at_once_but_none_is_waited_for() -> None:
    channel: Channel[int] = Channel(10)
    for value in range(5):
        channel.put(value)
    assert channel.take(3) == [0, 1, 2]
    assert channel.take(3) == [3, 4]
    assert channel.take(3) == []  # nobody will write any more


def test_a_failure_is_raised_where_the_results_are_taken() -> None:
    flow = Flow()
    first, last = flow.channel(1), flow.channel(1)

    def fail() -> None:
        first.take()
        raise ZeroDivisionError

    flow.add(partial(_count, 100, first), first)
    flow.add(fail, last)
    with pytest.raises(ZeroDivisionError):
        list(flow.run(last))


def test_cancelling_sends_everybody_home() -> None:
    flow = Flow()
    first, last = flow.channel(1), flow.channel(1)
    flow.add(partial(_count, 10**9, first), first)
    flow.add(partial(_copy, first, last), last)
    results = flow.run(last)
    next(results)
    before = threading.active_count()
    flow.cancel()
    assert list(results) == []
    for _ in range(100):
        if threading.active_count() <= before - 2:
            break
        time.sleep(0.01)
    assert threading.active_count() <= before - 2
    with pytest.raises(Cancelled):
        first.put(1)
