"""Checks that the documents are true: their links lead somewhere, and what was made from the code still matches it.

A made part stands between `<!-- made: NAME -->` and `<!-- end -->`; doc_parts.MAKERS says how each is made, and
`--write` makes them anew. Another check of the documents is one function more in CHECKS.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from doc_parts import MAKERS
from machine import ROOT, say

MADE = re.compile(r"(<!-- made: (?P<name>[a-z-]+) -->\n)(?P<text>.*?)(<!-- end -->)", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<target>[^)#\s]+)(?:#[^)]*)?\)")
IMAGE = re.compile(r"(?:src|srcset)=\"(?!https?:)(?P<target>[^\"]+)\"")


def documents() -> list[Path]:
    """Every document of the project."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def made_anew(text: str) -> str:
    """A document with its made parts as the code has them now."""
    return MADE.sub(lambda part: f"{part[1]}{MAKERS[part['name']]()}{part[4]}", text)


def drifted(document: Path) -> Iterator[str]:
    text = document.read_text(encoding="utf-8")
    for before, after in zip(MADE.finditer(text), MADE.finditer(made_anew(text)), strict=True):
        if before["text"] != after["text"]:
            yield f"the part '{before['name']}' is not what the code says; run make docs"


def dead_links(document: Path) -> Iterator[str]:
    text = document.read_text(encoding="utf-8")
    for found in [*LINK.finditer(text), *IMAGE.finditer(text)]:
        if not (document.parent / found["target"]).exists():
            yield f"the link to {found['target']} leads nowhere"


CHECKS: tuple[Callable[[Path], Iterator[str]], ...] = (drifted, dead_links)


def faults() -> list[str]:
    """One sentence for every fault in every document."""
    return [
        f"{document.relative_to(ROOT)}: {fault}"
        for document in documents()
        for check in CHECKS
        for fault in check(document)
    ]


def write() -> None:
    for document in documents():
        text = document.read_text(encoding="utf-8")
        if made_anew(text) != text:
            document.write_text(made_anew(text), encoding="utf-8")
            say(f"{document.relative_to(ROOT)} is made anew.")


def main() -> int:
    if "--write" in sys.argv:
        write()
    found = faults()
    for fault in found:
        say(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
