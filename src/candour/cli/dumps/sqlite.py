"""SQLite: a copy by the online backup interface, and a restored copy that takes the old one's place in one step."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from candour.rules.refusals import Conflict, WrongInput

MEMBER = "database.sqlite3"
"""The dump's name in the archive."""


def _place() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def size() -> int:
    """Bytes the dump will have, more or less."""
    return _place().stat().st_size


def dump(folder: Path) -> Path:
    """Write a consistent copy into `folder`, also while others write; one file without a journal beside it."""
    copy = folder / MEMBER
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        target.execute("pragma journal_mode = delete")
    return copy


def occupied() -> bool:
    """Whether there is a database with tables, or something else under its name, that a restore would replace."""
    if not _place().exists():
        return False
    with closing(sqlite3.connect(_place())) as there:
        try:
            return bool(there.execute("select count(*) from sqlite_master").fetchone()[0])
        except sqlite3.DatabaseError:
            return True


def beside() -> Path:
    """The folder from which a file can take the database's place in one step."""
    return _place().parent


@contextmanager
def staged(dumped: Path) -> Iterator[None]:
    """Let Django read the restored copy instead, for as long as it is being checked."""
    with closing(sqlite3.connect(dumped)) as copy:
        _require_whole(copy)
    there = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(dumped)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = there


def _require_whole(copy: sqlite3.Connection) -> None:
    try:
        (said,) = copy.execute("pragma quick_check").fetchone()
    except sqlite3.DatabaseError as fault:
        raise WrongInput("the backup holds no SQLite database; nothing was restored") from fault
    if said != "ok":
        raise WrongInput(f"the database in the backup is damaged ({said}); nothing was restored")


def put_in_place(dumped: Path, kept: Path) -> str | None:
    """Put the checked copy where the database is, in one step; return where the old one is kept, if there was one."""
    place = _place()
    there = place.exists()
    if there:
        _rest(place)
        _keep(place, kept / place.name)
    dumped.replace(place)
    return str(kept) if there else None


def _rest(place: Path) -> None:
    """Fold the journal into the old database; this fails while anybody else has it open."""
    with closing(sqlite3.connect(place, timeout=1)) as old:
        try:
            old.execute("pragma journal_mode = delete")
        except sqlite3.OperationalError as fault:
            raise Conflict(
                "the database is in use; stop `candour serve` and try again; nothing was restored"
            ) from fault
        except sqlite3.DatabaseError:
            return  # what is there is no database: it is kept as it is


def _keep(place: Path, kept: Path) -> None:
    try:
        os.link(place, kept)
    except OSError:  # a file system without hard links
        shutil.copy2(place, kept)


def discard(_dumped: Path) -> None:
    """Nothing lies outside the temporary folder."""
