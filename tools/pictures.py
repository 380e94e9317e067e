"""Puts pictures that the journeys took into docs/pictures, small enough to be kept: `make pictures` does both."""

import sys
from pathlib import Path

from machine import ROOT
from PIL import Image

TAKEN, KEPT = ROOT / "build" / "screenshots", ROOT / "docs" / "pictures"
CHOSEN = (
    "report-harm-320",
    "report-sent-320",
    "queue-1280",
    "triage-320",
    "incident-1280",
    "risk-1280",
    "proposal-second-person-1280",
    "builder-1280",
    "dashboard-1280",
)
"""The pictures that documents show: the name that a journey gave, and the width of the window."""

TALLEST, COLOURS = 1500, 48
"""Pixels from the top that are kept, and how many colours: a page of text needs no more."""


def keep(name: str) -> Path:
    """Write one picture into the documents; the path of it."""
    with Image.open(TAKEN / f"{name}.png") as taken:
        page = taken.convert("RGB").crop((0, 0, taken.width, min(taken.height, TALLEST)))
    small = page.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    path = KEPT / f"{name}.png"
    small.save(path, optimize=True)
    return path


def main() -> int:
    missing = [name for name in CHOSEN if not (TAKEN / f"{name}.png").is_file()]
    if missing:
        print(f"no journey has taken {', '.join(missing)}; run the journeys first: make pictures", file=sys.stderr)
        return 2
    for name in CHOSEN:
        path = keep(name)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
