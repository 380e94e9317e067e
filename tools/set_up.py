"""Puts the locked dependencies into .venv: `set_up.py run` for the product, `set_up.py dev` for its tests too.

Runs with whatever Python the machine has and needs nothing but its standard library. Does nothing, in a few hundredths
of a second, when the environment already holds what the lock says.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from machine import BIN, ROOT, VENV, first_on_path, install, may_install, run, say, stop

OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")
STAMP = VENV / "candour-set-up.json"
PYTHON = BIN / "python"
PIP = BIN / "pip"  # missing where an earlier attempt broke off


def digest(kind: str) -> str:
    """What the environment rests on: the two locks, and the project file that names the commands."""
    parts = [ROOT / "requirements" / f"{name}.txt" for name in ("bootstrap", kind)] + [ROOT / "pyproject.toml"]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def installed() -> dict[str, str]:
    """The stamp of the last set-up; empty where there was none, or where its Python has gone."""
    if not (STAMP.exists() and PYTHON.exists()):
        return {}
    stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    return stamp


def wanted(kind: str, stamp: dict[str, str]) -> str | None:
    """The kind of environment to make now, or None where it is there; a dev environment is never cut back to run."""
    kind = "dev" if stamp.get("kind") == "dev" else kind
    return None if stamp == {"kind": kind, "digest": digest(kind)} else kind


def use_new_enough_python() -> None:
    """Go on under a newer Python of this machine where the one that was called is too old."""
    if sys.version_info >= OLDEST:
        return
    newer = first_on_path(*NEWER_NAMES)
    if newer is None:
        called = ".".join(str(part) for part in sys.version_info[:3])
        raise stop(
            f"Python 3.11 or newer is needed; this is {called}. Install one, or call make PYTHON=/path/to/python3."
        )
    os.execv(str(newer), [str(newer), *sys.argv])  # noqa: S606 - the same script, under the newer Python


def make_environment() -> None:
    """An empty virtual environment with pip; Debian keeps the parts for that in a package of its own."""
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    attempt = subprocess.run(command, capture_output=True, text=True, check=False)
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if attempt.returncode and may_install() and install(package):
        attempt = subprocess.run(command, capture_output=True, text=True, check=False)
    if attempt.returncode:
        said = (attempt.stdout + attempt.stderr).strip()
        raise stop(f"no virtual environment could be made; on Debian or Ubuntu install {package}. Python said: {said}")


def sync(kind: str) -> None:
    """Fetch the installer, then exactly the locked packages, then this checkout itself as an editable package.

    All of it is compiled here, once: where Python is told to write no bytecode, every command would else compile
    a thousand modules anew, which takes longer than what it does.
    """
    lock, bootstrap = (Path("requirements") / f"{name}.txt" for name in (kind, "bootstrap"))
    uv = BIN / "uv"
    quiet_pip = {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", bootstrap, **quiet_pip)
    run(uv, "pip", "sync", "--quiet", "--compile-bytecode", "--python", PYTHON, "--require-hashes", lock)
    editable = ("--no-deps", "--no-build-isolation", "--editable", ".")
    run(uv, "pip", "install", "--quiet", "--python", PYTHON, *editable)
    run(PYTHON, "-m", "compileall", "-q", "-j", "0", Path("src"))


def main() -> None:
    use_new_enough_python()
    kind = wanted(sys.argv[1], installed())
    if kind is None:
        return
    say(
        f"Setting up .venv for {'running' if kind == 'run' else 'development'}: once, and again when the lock changes …"
    )
    if not (PYTHON.exists() and PIP.exists()):
        make_environment()
    sync(kind)
    STAMP.write_text(json.dumps({"kind": kind, "digest": digest(kind)}), encoding="utf-8")


if __name__ == "__main__":
    main()
