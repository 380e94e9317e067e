"""Keeps warmed children for many files: each has loaded its modules once and forks for every call.

A call so starts in milliseconds, in a process of its own under the limits of `children`, and nothing of one file is
left for the next. A child whose fork crashes or hits a limit ends, and is replaced before the next call.
"""

import importlib
import marshal
import os
import signal
import struct
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any, Self

from candour.reading import children
from candour.rules import refusals

if TYPE_CHECKING:
    import subprocess

_LENGTH = struct.Struct(">Q")
_AHEAD = 4
"""Calls that wait for each child: enough to keep it busy, few enough that their files fit into memory."""


class Child:
    """One warmed child. Not for several threads at once."""

    def __init__(self, *modules: str, memory: int = children.MEMORY, seconds: int = children.SECONDS) -> None:
        """`memory` (bytes) and `seconds` (of processor time, and of silence some more) hold for each call."""
        self._modules, self._memory, self._seconds = modules, memory, seconds
        self._complaints: IO[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """Return what a module-level function returns, JSON-able; arguments and errors are those of `children.run`."""
        process, complaints = self._running()
        call = ("run", function.__module__, function.__qualname__, args, self._memory, self._seconds)
        try:
            _send(process, marshal.dumps(call))
            (value,) = children.answers(process, self._seconds, complaints)
        except refusals.WrongInput:
            self.close()
            raise
        return value

    def close(self) -> None:
        """End the child and whatever it forked; the next call starts another."""
        if self._process is not None and self._complaints is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            with self._process, self._complaints:
                self._process = self._complaints = None

    def _running(self) -> "tuple[subprocess.Popen[bytes], IO[bytes]]":
        if self._process is None or self._complaints is None:
            self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
            begin = f"warm.answer_calls(*{self._modules!r})"
            self._process = children.started(begin, self._complaints, session=True)
        return self._process, self._complaints


class Pool:
    """Several warmed children that answer many calls side by side, in the order they were asked."""

    def __init__(
        self, count: int, *modules: str, memory: int = children.MEMORY, seconds: int = children.SECONDS
    ) -> None:
        self._children = [Child(*modules, memory=memory, seconds=seconds) for _ in range(count)]
        self._idle: SimpleQueue[Child] = SimpleQueue()
        for child in self._children:
            self._idle.put(child)
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *how: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.close()

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """Call a function in the child that is idle first; safe from several threads. Errors as `children.run`."""
        child = self._idle.get()
        try:
            return child.run(function, *args)
        finally:
            self._idle.put(child)

    def each(self, work: Callable[[Any], Any], things: Iterable[Any]) -> Iterator[Any]:
        """Yield `work(thing)` for each thing in order, a few ahead; `work` runs in a thread and calls `run`."""
        waiting: deque[Future[Any]] = deque()
        for thing in things:
            waiting.append(self._threads.submit(work, thing))
            if len(waiting) >= _AHEAD * len(self._children):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _send(process: "subprocess.Popen[bytes]", call: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    with suppress(BrokenPipeError):  # it is gone already; how it ended is told where its answer is read
        left = memoryview(_LENGTH.pack(len(call)) + call)
        while left:
            left = left[process.stdin.write(left) :]


def answer_calls(*modules: str) -> None:
    """Be a warmed child: load modules, then fork for each call on standard input until it ends or a fork fails."""
    pipe = children.answering()
    for name in modules:
        importlib.import_module(name)
    while header := os.read(0, _LENGTH.size):
        (length,) = _LENGTH.unpack(header)
        if code := _forked(length, pipe):
            os._exit(code)


def _forked(length: int, pipe: int) -> int:
    """Answer a call in a fork, and return how it ended: 0, or as a shell would say it."""
    if child := os.fork():
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return 128 - code if code < 0 else code
    code = 1
    try:
        children.answer(marshal.loads(_read(length)), pipe)  # noqa: S302 - our own parent wrote it
        code = 0
    finally:
        if code:
            sys.excepthook(*sys.exc_info())
        os._exit(code)


def _read(length: int) -> bytes:
    taken = bytearray()
    while len(taken) < length and (piece := os.read(0, min(length - len(taken), 1 << 20))):
        taken += piece
    return bytes(taken)
