"""Threads joined by bounded channels: who is ahead waits, so that memory stays flat."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")


class Cancelled(Exception):
    """The flow has ended early; whoever waits at a channel goes home."""


class Channel(Generic[_T]):
    """Hands values from some threads to others; holds at most ``room`` of them."""

    def __init__(self, room: int) -> None:
        self._values: deque[_T] = deque()
        self._room = room
        self._writers = 0
        self._cancelled = False
        self._changed = threading.Condition()

    def put(self, value: _T) -> None:
        """Add a value; waits while the channel is full. Raises Cancelled."""
        with self._changed:
            while len(self._values) >= self._room and not self._cancelled:
                self._changed.wait()
            if self._cancelled:
                raise Cancelled
            self._values.append(value)
            self._changed.notify_all()

    def take(self, most: int = 1) -> list[_T]:
        """Return one to ``most`` values, as many as are there; none once all writers are done.

        Waits while it is empty. Raises Cancelled.
        """
        with self._changed:
            while not self._values and self._writers and not self._cancelled:
                self._changed.wait()
            if self._cancelled:
                raise Cancelled
            taken = [self._values.popleft() for _ in range(min(most, len(self._values)))]
            self._changed.notify_all()
            return taken

    def __iter__(self) -> Iterator[_T]:
        while taken := self.take():
            yield from taken

    def expect_writer(self) -> None:
        """Announce one more writer; the channel is open until each has called ``done``."""
        with self._changed:
            self._writers += 1

    def done(self) -> None:
        """Say that one writer will put no more."""
        with self._changed:
            self._writers -= 1
            self._changed.notify_all()

    def cancel(self) -> None:
        """Send everybody home."""
        with self._changed:
            self._cancelled = True
            self._changed.notify_all()


class Flow:
    """Threads and the channels between them; the first failure ends them all."""

    def __init__(self) -> None:
        self._channels: list[Channel[Any]] = []
        self._threads: list[threading.Thread] = []
        self._failure: BaseException | None = None

    def channel(self, room: int) -> Channel[Any]:
        """Return a new channel of this flow."""
        self._channels.append(Channel(room))
        return self._channels[-1]

    def add(self, work: Callable[[], None], *writes_to: Channel[Any]) -> None:
        """Add a thread that does ``work``, which puts values into these channels."""
        for channel in writes_to:
            channel.expect_writer()
        self._threads.append(
            threading.Thread(target=self._run, args=(work, writes_to), daemon=True)
        )

    def run(self, out: Channel[_T]) -> Iterator[_T]:
        """Start the threads and yield what arrives at ``out``; raises what a thread raised."""
        for thread in self._threads:
            thread.start()
        try:
            yield from out
        except Cancelled:
            if self._failure is not None:
                raise self._failure from None

    def cancel(self) -> None:
        """End all threads that wait for each other."""
        for channel in self._channels:
            channel.cancel()

    def _run(self, work: Callable[[], None], writes_to: tuple[Channel[Any], ...]) -> None:
        try:
            work()
        except Cancelled:
            return
        except BaseException as error:
            self._failure = self._failure or error
            self.cancel()
        finally:
            for channel in writes_to:
                channel.done()
