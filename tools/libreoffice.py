"""Finds LibreOffice, with which tests write files as an office does: CANDOUR_LIBREOFFICE, else soffice on PATH."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from machine import first_on_path, install, may_install

NAMES = ("soffice", "libreoffice")
# without a screen, Java and the packages that only recommend themselves: 104 MB to fetch, a quarter of a minute
PACKAGES = ("libreoffice-calc-nogui", "libreoffice-writer-nogui", "libreoffice-impress-nogui")
MISSING = f"no LibreOffice: install one (Debian: {' '.join(PACKAGES)}), or name its program in CANDOUR_LIBREOFFICE"


def find() -> Path | None:
    """The program, or None."""
    named = os.environ.get("CANDOUR_LIBREOFFICE")
    if named:
        return Path(named) if Path(named).is_file() else None
    return first_on_path(*NAMES)


def provide() -> Path | None:
    """The program, installed from Debian where it is missing and may be."""
    if find() is None and may_install():
        install(*PACKAGES)
    return find()


def convert(program: Path, files: Sequence[Path], ending: str, folder: Path) -> None:
    """Write each file anew in another format, in one start; a profile beside the folder keeps the user's own out."""
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = [str(program), "--headless", profile, "--convert-to", ending, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
