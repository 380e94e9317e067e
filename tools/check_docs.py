"""Checks that the documents are true: their links lead somewhere, and what was made from the code still matches it.

A made part stands between `<!-- made: NAME -->` and `<!-- end -->`; MAKERS says how each is made. `--write` makes them
anew. A room that wants a table of its own in the documents adds one function and one line here.
"""

import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from machine import ROOT, say

from candour.cli.commands import COMMANDS

MADE = re.compile(r"(<!-- made: (?P<name>[a-z-]+) -->\n)(?P<text>.*?)(<!-- end -->)", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<target>[^)#\s]+)(?:#[^)]*)?\)")
IMAGE = re.compile(r"(?:src|srcset)=\"(?!https?:)(?P<target>[^\"]+)\"")
TARGET = re.compile(r"^(?P<name>[a-z-]+):.*## (?P<sentence>.*)$", re.MULTILINE)


def documents() -> list[Path]:
    """Every document of the project."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def layers() -> list[list[str]]:
    """The rooms, top floor first, as the import contract has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(c for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    return [[room.strip(" ()") for room in floor.split("|")] for floor in contract["layers"]]


def rooms() -> str:
    """The floors of the house as a drawing; imports and foreign keys point downwards only."""
    width = 46
    floors = [f"│{'   '.join(floor):^{width}}│" for floor in layers()]
    line = f"\n├{'─' * width}┤\n"
    return f"```text\n┌{'─' * width}┐\n{line.join(floors)}\n└{'─' * width}┘\n```\n"


def decisions() -> str:
    """The list of decisions, by number, each with its title."""
    records = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    titles = [record.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for record in records]
    return "".join(f"- [{title}]({record.name})\n" for record, title in zip(records, titles, strict=True))


def make_targets() -> str:
    """What `make` can make, as a table."""
    found = TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    return "| command | what it does |\n|---|---|\n" + "".join(f"| `make {name}` | {text} |\n" for name, text in found)


def commands() -> str:
    """Every command with its sentence and its example, as the command line itself says them."""
    rows = (f"| [`candour {name}`](#candour-{name}) | {one.says} |\n" for name, one in COMMANDS.items())
    return "| command | what it does |\n|---|---|\n" + "".join(rows)


MAKERS: dict[str, Callable[[], str]] = {
    "rooms": rooms,
    "decisions": decisions,
    "commands": commands,
    "make-targets": make_targets,
}


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
