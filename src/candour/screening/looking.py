"""Looks into a file and everything inside it: its kind by content, its family's checks, the texts and tables it holds.

Pure: this runs in whoever calls it. Files of strangers are looked at in a child process instead (`apart`).
"""

import dataclasses
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from candour.screening import approved, families, kinds, small_numbers, words
from candour.screening.findings import Check, Finding, Grid, Known, Severity, Text, Unreadable, Verdict, told
from candour.screening.inside import Inside, Limits, Spent

OVER_TEXTS: tuple[Callable[[Iterable[Text], Known], Iterator[Finding]], ...] = (words.look, approved.look)
"""What is searched for in the texts of every file, whatever its family (identifiers, names, rows not approved)."""
OVER_GRIDS: tuple[Callable[[Iterable[Grid], Known], Iterator[Finding]], ...] = (small_numbers.look,)
"""What is looked at in the tables of every file (small numbers, totals)."""

UNKNOWN_TYPE = "unknown"

_REMEDY = "Find out what it is; send another format that can be looked into"
UNREADABLE = Check("file.unreadable", Severity.BLOCK, "The file cannot be read", "Open it, save it anew and try again")
EMPTY = Check("file.empty", Severity.BLOCK, "The file is empty", "Choose the file again")
UNKNOWN = Check("file.unknown", Severity.BLOCK, "The file is of no kind that can be looked into", _REMEDY)
ENDING = Check(
    "file.ending", Severity.BLOCK, "The file's name does not say what the file is", "Give it the ending of its kind"
)
LARGE = Check(
    "file.too-large", Severity.BLOCK, "The file is too large to be looked into", "Send the part that is needed"
)
DEEP = Check(
    "file.too-deep", Severity.BLOCK, "Files lie within files more deeply than is looked", "Send the files themselves"
)
CHECKS = (UNREADABLE, EMPTY, UNKNOWN, ENDING, LARGE, DEEP, *words.CHECKS, *small_numbers.CHECKS, *approved.CHECKS)


@dataclass(frozen=True)
class Report:
    """What one file is and what was found in it; `type` is its kind by content, `unknown` where it is none."""

    name: str
    sha256: str
    type: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """What the findings come to: the heaviest of them."""
        found = {finding.severity for finding in self.findings}
        if Severity.BLOCK in found:
            return Verdict.BLOCK
        return Verdict.WARN if found else Verdict.CLEAR


def look(content: bytes, name: str, *, known: Known | None = None, limits: Limits | None = None) -> Report:
    """Look into a file and all files inside it. The verdict never rests on the name; a name that lies blocks."""
    limits = limits or Limits()
    kind = kinds.seen(content, name) if 0 < len(content) <= limits.largest else None
    known = known or Known()
    findings = dict.fromkeys(_looked(content, name, kind, known, limits))
    told_masked = (dataclasses.replace(one, where=words.masking(one.where, known)) for one in findings)
    slug = kind.slug if kind else UNKNOWN_TYPE
    return Report(name, hashlib.sha256(content).hexdigest(), slug, tuple(told_masked))


def _looked(content: bytes, name: str, kind: kinds.Kind | None, known: Known, limits: Limits) -> Iterator[Finding]:
    if not content:
        yield told(EMPTY, name)
    elif len(content) > limits.largest:
        yield told(LARGE, name, f"more than {limits.largest >> 20} MB")
    elif kind is None:
        yield told(UNKNOWN, name)
    else:
        yield from _look_inside(content, Inside(name, kind, known, limits, spent=Spent()))


def _look_inside(content: bytes, inside: Inside) -> Iterator[Finding]:
    if kinds.ending(inside.name) not in inside.kind.endings:
        yield told(ENDING, inside.path, f"by its content it is a {inside.kind.slug} file")
    if (family := families.of(inside.kind)) is None:
        yield told(UNKNOWN, inside.path, inside.kind.slug)
        return
    try:
        opened = family.opens(content, inside)
        yield from family.look(opened, inside.path)
        yield from _over_all(family, opened, inside)
        for name, part in family.parts(opened):
            yield from _look_at_part(part, name, inside)
    except Unreadable as why:
        yield told(UNREADABLE, inside.path, str(why))


def _over_all(family: families.Family[Any], opened: Any, inside: Inside) -> Iterator[Finding]:
    for over_texts in OVER_TEXTS:
        yield from _placed(over_texts(_texts(family, opened, inside), inside.known), inside.path)
    for over_grids in OVER_GRIDS:
        yield from _placed(over_grids(family.grids(opened), inside.known), inside.path)


def _texts(family: families.Family[Any], opened: Any, inside: Inside) -> Iterator[Text]:
    """The name of a file is a text of it too: names stand in it, apart by signs that are no spaces."""
    yield Text("its name", re.sub(r"[_.-]+", " ", inside.name))
    yield from family.texts(opened)


def _placed(findings: Iterable[Finding], path: str) -> Iterator[Finding]:
    for one in findings:
        yield Finding(one.code, one.severity, f"{path} › {one.where}" if one.where else path, one.what)


def _look_at_part(content: bytes, name: str, inside: Inside) -> Iterator[Finding]:
    path = f"{inside.path} › {name}"
    if inside.depth >= inside.limits.depth:
        yield told(DEEP, path)
    elif not content:
        return
    elif (kind := kinds.seen(content, name)) is None:
        yield told(UNKNOWN, path)
    else:
        yield from _look_inside(content, inside.within(name, kind))
