"""Rows go to PostgreSQL in a thread of their own, in order, while the next rows are made ready.

They go over the connection of the transaction they belong to. Whoever asks that connection anything meanwhile waits
until all is written, so that nobody notices but the clock. SQLite works in the process itself: there, nothing waits.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Step = Callable[[], Any]
_TURN = 0.0005
"""Seconds after which a busy thread lets another have Python; usually ten times as long."""


class _Writer:
    """One thread that takes steps in order; the first that fails is raised to whoever waits."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._steps: deque[Future[Any]] = deque()

    def add(self, step: Step) -> None:
        self._steps.append(self._thread.submit(step))

    def settle(self) -> None:
        """Wait until all that was added is written."""
        while self._steps:
            self._steps.popleft().result()

    def ask(self, execute: Callable[..., Any], *question: Any) -> Any:
        """Settle before the connection is asked anything; the thread's own questions go through."""
        if _writer.get():
            self.settle()
        return execute(*question)


_writer: ContextVar[_Writer | None] = ContextVar("writer", default=None)


def _use(shared: BaseDatabaseWrapper) -> None:
    connections[DEFAULT_DB_ALIAS] = shared


@contextmanager
def writing() -> Iterator[None]:
    """Let what `write` is given inside the block be written behind; leaving waits, and raises what went wrong.

    It belongs inside the transaction whose rows they are.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with _shared() as shared, _quick_turns(), ThreadPoolExecutor(1, initializer=_use, initargs=(shared,)) as thread:
        writer = _Writer(thread)
        before = _writer.set(writer)
        try:
            with shared.execute_wrapper(writer.ask):
                yield
                writer.settle()
        finally:
            _writer.reset(before)
            thread.shutdown(cancel_futures=True)


@contextmanager
def _shared() -> Iterator[BaseDatabaseWrapper]:
    """Let another thread use this one's connection."""
    shared = connections[DEFAULT_DB_ALIAS]
    shared.inc_thread_sharing()
    try:
        yield shared
    finally:
        shared.dec_thread_sharing()


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Let the writer have Python within half a millisecond: it needs little of it, and the database waits meanwhile."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def write(step: Step) -> None:
    """Take a step that writes: behind inside `writing`, elsewhere at once. Its rows are made before."""
    writer = _writer.get()
    if writer:
        writer.add(step)
    else:
        step()


def execute(statement: str, values: Sequence[Any]) -> None:
    """Take a statement that writes, likewise."""

    def step() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    write(step)
