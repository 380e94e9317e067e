"""Runs a command with a PostgreSQL of its own in CANDOUR_TEST_DATABASE_URL: `with_postgres.py [--as-kept] COMMAND …`.

With `--as-kept` the server is set up as one that is kept, for measurements; else for haste, as tests want it.
A server that is already named there is used as it is. Where none can be had the command is not run, and that is said;
under CI=true it is a failure.
"""

import os
import signal
import subprocess
import sys

import postgresql
from machine import say, stop

NAME = "CANDOUR_TEST_DATABASE_URL"
AS_KEPT = "--as-kept"


def run(url: str) -> int:
    """Run the command with this database; its exit code."""
    command = sys.argv[2:] if sys.argv[1] == AS_KEPT else sys.argv[1:]
    return subprocess.run(command, env={**os.environ, NAME: url}, check=False).returncode


def main() -> int:
    if NAME in os.environ:
        return run(os.environ[NAME])
    programs = postgresql.provide()
    if programs is None and os.environ.get("CI") == "true":
        raise stop(postgresql.MISSING)
    if programs is None:
        say(f"Not done on PostgreSQL: {postgresql.MISSING}.")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the cluster is stopped then, too
    settings = postgresql.as_kept() if sys.argv[1] == AS_KEPT else postgresql.FAST
    with postgresql.cluster(programs, settings) as url:
        return run(url)


if __name__ == "__main__":
    sys.exit(main())
