"""Finds the browser that drives the browser tests: CANDOUR_CHROMIUM, else a Chromium or Chrome on PATH."""

import os
from pathlib import Path

from machine import first_on_path, install, may_install

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PACKAGES = ("chromium", "fonts-liberation")
MISSING = "no Chromium: install one, or name its program in CANDOUR_CHROMIUM"

# as root Chromium has no sandbox; the rest keeps it from calling home
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> Path | None:
    """The program, or None."""
    named = os.environ.get("CANDOUR_CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    return first_on_path(*NAMES)


def provide() -> Path | None:
    """The program, installed from Debian where it is missing and may be."""
    if find() is None and may_install():
        install(*PACKAGES)
    return find()
