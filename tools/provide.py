"""Gets what the tests need beyond Python, where it may: a Chromium and a PostgreSQL; says what it could not get."""

import os

import chromium
import postgresql
from machine import say, stop


def missing() -> list[str]:
    """A sentence for each thing that is not here and could not be installed."""
    wanted = {chromium.MISSING: chromium.provide, postgresql.MISSING: postgresql.provide}
    if "CANDOUR_TEST_DATABASE_URL" in os.environ:
        del wanted[postgresql.MISSING]
    return [sentence for sentence, provide in wanted.items() if provide() is None]


def main() -> None:
    for sentence in missing():
        if os.environ.get("CI") == "true":
            raise stop(f"{sentence}.")
        say(f"Some tests are skipped: {sentence}.")


if __name__ == "__main__":
    main()
