"""Runs a command with a PostgreSQL of its own in CANDOUR_TEST_DATABASE_URL: `with_postgres.py COMMAND …`.

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


def run(url: str) -> int:
    """Run the command with this database; its exit code."""
    return subprocess.run(sys.argv[1:], env={**os.environ, NAME: url}, check=False).returncode


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
    with postgresql.cluster(programs) as url:
        return run(url)


if __name__ == "__main__":
    sys.exit(main())
