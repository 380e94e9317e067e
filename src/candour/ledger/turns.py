"""One at a time: long deeds of many transactions, such as a load, take turns."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.db import connection

from candour.rules.refusals import Conflict

_TURN = 0x7475726E
"""The first half of the advisory lock's key on PostgreSQL; the second is the body."""

_HALF = 0x7FFFFFFF
"""What fits into half of the key: each line has a first half of its own, and the empty one is `_TURN` itself."""

_PAUSE = 0.1


def silent(done: int, of: int) -> None:
    """Tell nobody how far a long deed has come: rows `done` of `of`."""


@contextmanager
def one_at_a_time(body: int, what: str, *, wait: float = 5.0, line: str = "") -> Iterator[None]:
    """Hold the body's turn; after `wait` seconds behind somebody else's raise Conflict.

    Those who wait in different lines do not wait for each other. The turn is freed when the block ends or the process
    dies.
    """
    with (_advisory if connection.vendor == "postgresql" else _file)(body, line) as take:
        deadline = time.monotonic() + wait
        while not take():
            if time.monotonic() > deadline:
                raise Conflict(f"another {what} is running; wait until it has ended, then call again")
            time.sleep(_PAUSE)
        yield


@contextmanager
def _advisory(body: int, line: str) -> Iterator[Callable[[], bool]]:
    def ask(function: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"select {function}(%s, %s)", [_TURN ^ (crc32(line.encode()) & _HALF), body])
            return bool(cursor.fetchone()[0])

    taken = []

    def take() -> bool:
        if ask("pg_try_advisory_lock"):
            taken.append(body)
        return bool(taken)

    try:
        yield take
    finally:
        if taken:
            ask("pg_advisory_unlock")


@contextmanager
def _file(body: int, line: str) -> Iterator[Callable[[], bool]]:
    folder = Path(settings.DATA_DIR) / "turns"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / f"{line}{body}.lock").open("w") as file:

        def take() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield take
