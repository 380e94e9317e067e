"""Gets what tests need beyond Python, where it may: Chromium, PostgreSQL, LibreOffice; says what it could not get."""

import os

import chromium
import libreoffice
import postgresql
from machine import say, stop


def missing() -> list[str]:
    """A sentence for each thing that is not here and could not be installed."""
    wanted = {one.MISSING: one.provide for one in (chromium, postgresql, libreoffice)}
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
