"""What the measurements share: data of their own on either database, processes of their own, medians, memory.

Every figure is taken in a fresh process with an empty data directory, so that none rests on what another left behind.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg

SERVER = "CANDOUR_TEST_DATABASE_URL"
NO_SERVER = f"PostgreSQL: not measured here, for {SERVER} names no server; tools/with_postgres.py starts one"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
BIN = Path(sys.executable).parent
KIB = 1024


def databases() -> list[str]:
    """The databases that can be measured here; says plainly where PostgreSQL is not among them."""
    if SERVER in os.environ:
        return ["SQLite", "PostgreSQL"]
    print(NO_SERVER, flush=True)
    return ["SQLite"]


@contextmanager
def own_data(database: str) -> Iterator[dict[str, str]]:
    """Give the environment of an installation that holds nothing yet, and take it away afterwards."""
    with tempfile.TemporaryDirectory(prefix="candour-bench-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CANDOUR_")}
        environment = {**kept, "CANDOUR_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "candour.settings"}
        if database == "SQLite":
            yield environment
            return
        server, _, _ = os.environ[SERVER].rpartition("/")
        name = f"candour_bench_{uuid.uuid4().hex}"
        _on_server(f'CREATE DATABASE "{name}"')
        yield {**environment, "CANDOUR_DATABASE_URL": f"{server}/{name}"}
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    with psycopg.connect(**connection_words(os.environ[SERVER]) | {"dbname": "postgres"}, autocommit=True) as server:
        server.execute(statement)


def connection_words(url: str) -> dict[str, Any]:
    """What a bare driver of PostgreSQL is told to connect."""
    address = dj_database_url.parse(url)
    words = {word: address[word.upper()] for word in ("host", "port", "user", "password") if address[word.upper()]}
    return words | {"dbname": address["NAME"]}


def in_a_process(environment: Mapping[str, str], *words: str) -> dict[str, Any]:
    """Run this very program again with `words`, in a process of its own, and return the JSON it prints last."""
    command = [sys.executable, sys.argv[0], *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return json.loads(done.stdout.splitlines()[-1])


def django() -> None:
    """Start Django and make the tables."""
    import django as framework  # noqa: PLC0415 - only the processes that measure start it

    framework.setup()
    from django.db import connection  # noqa: PLC0415 - likewise

    from candour.cli import schema  # noqa: PLC0415 - likewise

    schema.bring_up_to_date()
    connection.close()  # what is set for the database holds from the next connection on


def body() -> Any:
    """Add a body with its operator."""
    from candour.organisation import actions  # noqa: PLC0415 - likewise

    return actions.add_body("sample", name="Sample Body", kind="ndpb", regime="foia", at=NOW)


def seconds(call: Callable[[], object]) -> float:
    """Time one call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def median(call: Callable[[], object], times: int) -> float:
    """Call once to warm, then `times` more; the median in seconds."""
    call()
    return statistics.median(seconds(call) for _ in range(times))


def processor(call: Callable[[], object], times: int) -> float:
    """The median of the processor time that a call takes of this process, in seconds: busy neighbours add little."""
    call()
    took = []
    for _ in range(times):
        began = time.process_time()
        call()
        took.append(time.process_time() - began)
    return statistics.median(took)


def peak(process: str = "self") -> float:
    """The largest memory a process has had since it began, in MB (2**20 bytes), as the kernel tells it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / KIB


def line(what: str, figure: str, aim: str, *, met: bool) -> None:
    """Print one figure beside its aim."""
    print(f"{what:<58} {figure:<44} {'met' if met else 'NOT MET'}: {aim}", flush=True)
