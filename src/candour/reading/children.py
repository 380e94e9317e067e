"""Runs a reader of a stranger's file in a child process with limits, so that a hostile file can end only that child.

The child is a fresh, isolated interpreter: no Django, no settings and no secrets of the parent's environment. Before it
sees a byte of the file it limits its own memory, processor time and files, and shuts sockets and other programs.
What comes back is JSON in frames, each with its length in front: the parent never unpickles what such a child says.
"""

import importlib
import json
import marshal
import os
import queue
import resource
import selectors
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import orjson

from candour.rules import refusals

MEMORY = 1 << 30
"""Bytes of address space a child may have, unless the caller says otherwise."""
SECONDS = 60
"""Seconds of processor time a child may use."""

PATIENCE = 5
"""How many times as long the parent waits through a silence: a child that works is ended by its processor time, which
takes a while on a machine that does much else besides; one that sleeps is ended by this."""

_OURSELVES = str(Path(__file__).parents[2])
_COMMAND = (sys.executable, "-I", "-B", "-X", "utf8", "-c")
_LARGEST_FRAME = 256 << 20
_AHEAD = 64
_LARGEST_FILE = 1 << 20
_LENGTH = struct.Struct(">Q")
_SHUT = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.")
_TOO_LARGE = "The file asks for more memory than reading it may take; split it, or save a sheet as CSV."
_TOO_SLOW = "The file took too long to read, and reading was stopped; split it, or save it in a simpler format."
_BROKEN = "The file could not be read: it is damaged, or not what its name says. Open it, save it anew and try again."


class ChildFailed(Exception):  # noqa: N818 - what happened, kept as the cause of a refusal for whoever mends a reader
    """How a child ended, with the last of what it wrote on standard error."""


def run(function: Callable[..., Any], *args: Any, memory: int = MEMORY, seconds: int = SECONDS) -> Any:
    """Return what a module-level function returns when it is called in a child; the value must be JSON-able.

    `args` are plain values or bytes; `memory` is in bytes, `seconds` are of processor time, `PATIENCE` times as many
    of silence. Raises WrongInput: the function's own, or one that says that the file hit a limit or broke its reader.
    """
    (value,) = _conversation(("run", function.__module__, function.__qualname__, args, memory, seconds))
    return value


def stream(
    function: Callable[..., Iterable[Any]], *args: Any, memory: int = MEMORY, seconds: int = SECONDS
) -> Generator[Any]:
    """Yield what a module-level generator function yields in a child, one JSON-able value at a time.

    The child works ahead of a busy parent, but not far; closing the generator ends it. Arguments and errors are
    as for `run`.
    """
    return _conversation(("stream", function.__module__, function.__qualname__, args, memory, seconds))


def _conversation(call: tuple[Any, ...]) -> Generator[Any]:
    with tempfile.TemporaryFile() as complaints, started("children.answer_call()", complaints) as child:
        try:
            _send(child, call)
            yield from answers(child, call[-1], complaints)
        finally:
            child.kill()


def started(begin: str, complaints: IO[bytes], *, session: bool = False) -> "subprocess.Popen[bytes]":
    """Start a fresh, isolated interpreter that begins with a call in this module or in `warm`.

    With `session` it leads a session of its own, so that it can be ended with all that it forked.
    """
    environment = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    code = f"import sys; sys.path.append({_OURSELVES!r}); from candour.reading import children, warm; {begin}"
    return subprocess.Popen(
        (*_COMMAND, code),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        cwd="/",
        env=environment,
        bufsize=0,
        start_new_session=session,
    )


def answers(child: "subprocess.Popen[bytes]", seconds: int, complaints: IO[bytes]) -> Iterator[Any]:
    """Yield the values of one call. Raises WrongInput: the function's own, or one that says how the child ended."""
    for kind, value in _frames(child, seconds):
        if kind == "refused":
            raise refusals.WrongInput(value)
        if kind == "end":
            return
        yield value
    raise _refusal(child.wait()) from ChildFailed(_tail(complaints))


def _send(child: "subprocess.Popen[bytes]", call: tuple[Any, ...]) -> None:
    assert child.stdin is not None  # noqa: S101 - a pipe was asked for
    try:
        with child.stdin as pipe:
            marshal.dump(call, pipe)
    except BrokenPipeError:
        return  # the child is gone already; how it ended is told where its answer is read


def _frames(child: "subprocess.Popen[bytes]", seconds: int) -> Iterator[tuple[str, Any]]:
    """Yield (kind, value) until the child closes its end."""
    assert child.stdout is not None  # noqa: S101 - a pipe was asked for
    while len(header := _take(child.stdout, _LENGTH.size, seconds)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(header)
        if length > _LARGEST_FRAME:
            raise refusals.WrongInput(_TOO_LARGE)
        body = _take(child.stdout, length, seconds)
        if len(body) < length:
            return
        kind, value = orjson.loads(body)
        yield kind, value


def _take(pipe: IO[bytes], wanted: int, seconds: int) -> bytes:
    """Read `wanted` bytes, fewer where the child ends; too long a silence is refused."""
    taken = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while len(taken) < wanted:
            if not selector.select(timeout=seconds * PATIENCE):
                raise refusals.WrongInput(_TOO_SLOW)
            if not (piece := pipe.read(wanted - len(taken))):
                break
            taken += piece
    return bytes(taken)


def _refusal(code: int) -> refusals.WrongInput:
    ends = {-signal.SIGABRT: _TOO_LARGE, -signal.SIGKILL: _TOO_LARGE, -signal.SIGXCPU: _TOO_SLOW}
    return refusals.WrongInput(ends.get(128 - code if code > 128 else code, _BROKEN))  # noqa: PLR2004 - as shells say it


def _tail(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read(_LARGEST_FILE)[-4000:].decode(errors="replace")


def answer_call() -> None:
    """Be the child: take one call from standard input, answer it in frames, and end."""
    pipe = answering()
    answer(marshal.load(sys.stdin.buffer), pipe)  # noqa: S302 - our own parent wrote it


def answering() -> int:
    """Return where answers go; whatever a library prints is a complaint from now on, never part of an answer."""
    pipe = os.dup(1)
    os.dup2(2, 1)
    return pipe


def answer(call: tuple[Any, ...], pipe: int) -> None:
    """Limit this process for good, and answer one call in frames."""
    how, module, name, args, memory, seconds = call
    function = getattr(importlib.import_module(module), name)
    _limit(memory, seconds)
    with _speaking(os.fdopen(pipe, "wb")) as say:
        try:
            for value in [function(*args)] if how == "run" else function(*args):
                say("value", value)
            say("end", None)
        except refusals.WrongInput as refusal:
            say("refused", str(refusal))
        except MemoryError:
            say("refused", _TOO_LARGE)


@contextmanager
def _speaking(answers: IO[bytes]) -> Iterator[Callable[[str, Any], None]]:
    """Write frames in a thread of their own, so that the child works ahead while the parent is busy."""
    frames: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
    speaker = threading.Thread(target=_speak, args=(answers, frames))
    speaker.start()
    try:
        yield lambda kind, value: frames.put(_frame(kind, value))
    finally:
        frames.put(None)
        speaker.join()


def _speak(answers: IO[bytes], frames: "queue.Queue[bytes | None]") -> None:
    try:
        while frame := frames.get():
            answers.write(frame)
            answers.flush()
    except OSError:
        os._exit(1)  # the parent has gone, and nobody waits for the rest


def _frame(kind: str, value: Any) -> bytes:
    try:
        body = orjson.dumps((kind, value))
    except orjson.JSONEncodeError:  # a tuple with names, a key that is a number
        body = json.dumps((kind, value), ensure_ascii=False, separators=(",", ":"), check_circular=False).encode()
    return _LENGTH.pack(len(body)) + body


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.addaudithook(_stay_inside)


def _stay_inside(event: str, _args: tuple[Any, ...]) -> None:
    if event.startswith(_SHUT):
        raise PermissionError(f"a reader of files has no business with {event}")
