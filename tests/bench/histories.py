"""Thousands of histories: every table, and every difference of two, held to a replay of the ledger in plain Python.

Run it with `python tests/bench/histories.py [HISTORIES]`, 2,000 by default; the suite itself runs a few dozen. The
database is the one that `CANDOUR_TEST_DATABASE_URL` names, else SQLite.
"""

import os
import subprocess
import sys
from pathlib import Path

MANY = 2_000
TESTS = ("tests/figures/test_oracle.py", "tests/figures/test_adding_up.py", "tests/incidents/test_histories.py")


def main() -> int:
    many = sys.argv[1] if len(sys.argv) > 1 else str(MANY)
    words = [sys.executable, "-m", "pytest", "-q", "-n", "auto", *TESTS]
    root = Path(__file__).parents[2]
    done = subprocess.run(words, cwd=root, env={**os.environ, "HISTORIES": many}, check=False)
    print(f"   {many} histories for each of {len(TESTS)} tests: {'none wrong' if done.returncode == 0 else 'WRONG'}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
