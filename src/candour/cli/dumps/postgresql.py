"""PostgreSQL: pg_dump and pg_restore, into a database beside the one in use, which then takes its name."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from candour.rules.refusals import Conflict, WrongInput

MEMBER = "database.pgdump"
"""The dump's name in the archive."""

LONGEST_NAME = 63
"""Bytes of a database's name; PostgreSQL cuts off the rest, and two names become one."""


def _settings() -> dict[str, Any]:
    return dict(connection.settings_dict)


def _words(name: str) -> dict[str, str]:
    said = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {"dbname": name, **{word: str(_settings()[key]) for word, key in said.items() if _settings()[key]}}


def _run(program: str, *arguments: str, name: str) -> None:
    """Run one of PostgreSQL's programs on a database; the password goes by the environment, never the command line."""
    path = shutil.which(program)
    if path is None:
        raise WrongInput(f"{program} is not on PATH; install the PostgreSQL client programs of the server's version")
    said = {"dbname": "PGDATABASE", "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    environment = {**os.environ, **{said[word]: value for word, value in _words(name).items()}}
    done = subprocess.run([path, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise Conflict(f"{program} could not finish: {lines[0]}")


def size() -> int:
    """Bytes the dump will have at most, more or less."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def dump(folder: Path) -> Path:
    """Write a consistent dump into `folder`, also while others write."""
    copy = folder / MEMBER
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}", name=_settings()["NAME"])
    return copy


def occupied() -> bool:
    """Whether there are tables that a restore would replace."""
    return bool(connection.introspection.table_names())


def beside() -> Path:
    """Where the dump lies while it is read; the database itself is not a file."""
    return Path(tempfile.gettempdir())


def _staging() -> str:
    return f"{_settings()['NAME'].partition('_restoring')[0]}_restoring"


@contextmanager
def staged(dumped: Path) -> Iterator[None]:
    """Restore into a database beside the one in use and let Django read that, for as long as it is being checked."""
    there = connection.settings_dict["NAME"]
    _create(_staging())
    _run(
        "pg_restore",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={_staging()}",
        str(dumped),
        name=there,
    )
    connection.close()
    connection.settings_dict["NAME"] = _staging()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = there


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    try:
        with psycopg.connect(**_words("postgres"), autocommit=True) as server:  # type: ignore[arg-type]
            yield server
    except psycopg.errors.InsufficientPrivilege as fault:
        raise Conflict("restoring needs the right to create databases (ALTER ROLE … CREATEDB)") from fault
    except psycopg.errors.ObjectInUse as fault:
        raise Conflict("the database is in use; stop `candour serve` and try again; nothing was restored") from fault


def _create(name: str) -> None:
    with _server() as server:
        server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("create database {} template template0").format(sql.Identifier(name)))


def put_in_place(_dumped: Path, kept: Path) -> str | None:
    """Give the checked database the name of the one in use, in one step; the old one's new name is returned."""
    name, ending = _settings()["NAME"], f"_{kept.name.replace('-', '_')}"
    old = name[: LONGEST_NAME - len(ending)] + ending
    connection.close()
    rename = sql.SQL("alter database {} rename to {}")
    with _server() as server, server.transaction():
        server.execute(rename.format(sql.Identifier(name), sql.Identifier(old)))
        server.execute(rename.format(sql.Identifier(_staging()), sql.Identifier(name)))
    return f"database {old}"


def discard(_dumped: Path) -> None:
    """Drop the database beside the one in use, where a restore did not come to its end."""
    with _server() as server:
        server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(_staging())))
