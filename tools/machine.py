"""What this machine has, and what may be installed on it: programs on PATH, Debian packages where we are root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


def say(sentence: str) -> None:
    """Tell the person at the keyboard; standard output stays free for results."""
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> SystemExit:
    """An exit with one clear line; to be raised."""
    return SystemExit(f"candour: {sentence}")


def run(*command: str | Path, **environment: str) -> None:
    """Run a program and stop, with its name and exit code, if it fails."""
    line = [str(word) for word in command]
    code = subprocess.run(line, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    if code:
        raise stop(f"{Path(line[0]).name} {' '.join(line[1:4])} … failed with exit code {code} (see above).")


def first_on_path(*names: str) -> Path | None:
    """The first of these programs that is installed."""
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def may_install() -> bool:
    """Whether Debian packages can be installed here: root, and apt-get is there."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install Debian packages, with the package lists fetched afresh; True if that worked."""
    say(f"Installing {', '.join(packages)} with apt-get …")
    quiet = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
    return _apt(*quiet, "update") and _apt(*quiet, "install", "--yes", "--no-install-recommends", *packages)


def _apt(*command: str) -> bool:
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    outcome = subprocess.run(command, env=settings, stdout=subprocess.DEVNULL, check=False)
    return outcome.returncode == 0
