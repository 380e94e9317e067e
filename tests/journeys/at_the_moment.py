"""Runs `candour`, or the lines of a file, as if it were the moment that stands in a file; a journey moves it on.

    python at_the_moment.py MOMENT_FILE candour serve …
    python at_the_moment.py MOMENT_FILE lines FILE.py

Only what reads the clock at the doors is turned; sessions and codes of the second factor go by the machine's own.
"""

import os
import runpy
import sys
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.settings")
moment = Path(sys.argv[1])


def now():
    return datetime.fromisoformat(moment.read_text(encoding="utf-8")).astimezone(UTC)


def turn_the_clocks():
    from django.utils import timezone  # noqa: PLC0415 - here, after the settings were named

    from candour.cli import door  # noqa: PLC0415 - likewise

    timezone.now = door.now = now


turn_the_clocks()
if sys.argv[2] == "candour":
    from candour import cli

    sys.exit(cli.main(sys.argv[3:]))
import django  # noqa: E402 - here, after the settings were named

django.setup()
runpy.run_path(sys.argv[3], run_name="__main__")
