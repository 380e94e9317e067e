"""Runs the measurements in tests/bench, each in a process of its own, and names the machine they were made on.

Every program there takes the arguments given here (`--large` for ten million incidents) and prints its own lines.
"""

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from machine import ROOT

FOLDER = ROOT / "tests" / "bench"
GIB = 1024**3


def machine() -> str:
    """The machine in one line: a figure says little without it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    software = f"{platform.system()}, Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {software}"


def _processor() -> str:
    """The name the kernel gives the processor; elsewhere its architecture."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def programs() -> list[Path]:
    """The measurements, in the order of their names."""
    return sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith(("_", "conftest", "test_")))


def main() -> int:
    print(f"Measured on {machine()}", flush=True)
    worst = 0
    for program in programs():
        print(f"\n== {program.stem.replace('_', ' ')}", flush=True)
        began = time.monotonic()
        worst = max(
            worst, subprocess.run([sys.executable, str(program), *sys.argv[1:]], cwd=ROOT, check=False).returncode
        )
        print(f"   ({time.monotonic() - began:.0f} s)", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
