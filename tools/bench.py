"""Runs the measurements in tests/bench, each in a process of its own, and names the machine they were made on.

Every program there prints its own lines. `--large` (ten million incidents) is handed to those that know the word; the
others measure what they always do. Names of programs choose among them: `python tools/bench.py register letter`.
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
ONLY_NAMED = {"histories"}
"""What is held to the truth and not to the clock: it runs where its name is given."""


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
    """The measurements, in the order of their names: those that were named, or all."""
    found = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith(("_", "conftest", "test_")))
    wanted = {word for word in sys.argv[1:] if not word.startswith("-")}
    unknown = wanted - {path.stem for path in found}
    if unknown:
        sys.exit(f"there is no measurement {', '.join(sorted(unknown))}; there are {', '.join(p.stem for p in found)}")
    return [path for path in found if (path.stem in wanted if wanted else path.stem not in ONLY_NAMED)]


def measure(program: Path) -> int:
    """Run one measurement and print how long it took; its exit code."""
    print(f"\n== {program.stem.replace('_', ' ')}", flush=True)
    knows = "--large" in program.read_text(encoding="utf-8")
    large = ["--large"] if knows and "--large" in sys.argv else []
    began = time.monotonic()
    done = subprocess.run([sys.executable, str(program), *large], cwd=ROOT, check=False)
    print(f"   ({time.monotonic() - began:.0f} s)", flush=True)
    return done.returncode


def main() -> int:
    print(f"Measured on {machine()}", flush=True)
    return max((measure(program) for program in programs()), default=0)


if __name__ == "__main__":
    sys.exit(main())
