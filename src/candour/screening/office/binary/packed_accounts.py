"""The account of an xlsb workbook: each part and record is looked into, known to hide nothing, or named.

What is not accounted for is a reason to stop the file: the lists below are of what MS-XLSB 2.1.7 and 2.3.2 describe and
what was looked at here; a record of any other type may hold anything.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from candour.screening.office.binary import packed_sheets
from candour.screening.office.binary.records import Record


def _types(written: str) -> frozenset[int]:
    return frozenset(number for one in written.split() for number in _run(*map(int, one.split("-"))))


def _run(first: int, last: int | None = None) -> range:
    return range(first, (first if last is None else last) + 1)


class Frame(NamedTuple):
    """A kind of part: the records it begins and ends with, those known to hide nothing, and those that are read."""

    begin: int
    end: int
    settings: frozenset[int]
    read: frozenset[int] = frozenset()


_ANYWHERE = _types("35-38 3072 3073")
"""What frames records of later versions, and numbers that tell one save from another."""
BOOK = Frame(
    131,
    132,
    _types("128 131 132 135 136 143 144 153 155 157 353 354 357 358 362 549 667 1117 2091 5095-5097") | _ANYWHERE,
    _types("39 156 158 534 677 2071"),
)
"""Which program wrote it, how it calculates, which of its sheets formulas refer to; sheets, windows, names, folder."""
SHEET = Frame(
    129,
    130,
    _types("129 130 133 134 137 138 145-148 151 152 161 162 177 178 390-396 476-478 480 537 648-650 663 1024 1045")
    | _ANYWHERE,
    _types("60 163-176 479 485 494 462 574 1047") | frozenset(packed_sheets.MARKS),
)
"""How it is viewed and printed, where pages break, which warnings are switched off; columns, filters, links."""
STYLES = Frame(
    278,
    279,
    _types("278 279 46 473 474 505-513 564-566 569 570 572 603 604 611-616 617-620 626 627 1025 1131 1132 1142 1143")
    | _types("2096-2099")
    | _ANYWHERE,
    _types("43-45 47 48 475"),
)
"""Borders, colours, formats that only lists and conditions use; fonts, fills, number formats, cell formats, names."""
STRINGS = Frame(159, 160, _types("159 160") | _ANYWHERE, _types("19"))
CHAIN = Frame(528, 529, _types("63 528 529") | _ANYWHERE)
"""In which order formulas are calculated: numbers of sheets and cells."""
INDEX = Frame(42, 277, _types("40 42 277") | _ANYWHERE)
"""Where in a sheet its rows begin: numbers of rows and bytes."""

_OTHER_PARTS = re.compile(
    r"\[content_types\]\.xml|(.*/)?_rels/[^/]*\.rels|docprops/(core|app|custom)\.xml|docprops/thumbnail\.[^/]+"
    r"|docmetadata/labelinfo\.xml|customxml/(_rels/)?item[^/]+|xl/theme/theme\d*\.xml|xl/printersettings/[^/]+\.bin",
    re.IGNORECASE,
)
"""Parts that checks of all packages look into, and the theme."""
_LETTERED = re.compile(rb"(?:[\x20-\x7e]\x00){24,}|[\x20-\x7e]{24,}")
_OF_EXCEL = re.compile(
    rb"(?:[0-9A-F]\x00){8}(?:-\x00(?:[0-9A-F]\x00){4}){3}-\x00(?:[0-9A-F]\x00){12}|"
    + re.escape("microsoft.com:".encode("utf-16-le"))
    + rb"(?:[A-Z_]\x00){1,20}",
    re.IGNORECASE,
)
"""What Excel itself writes into settings: numbers that tell saves apart, and names of what calculates."""
_SHORTEST = 3
"""Bytes of a record that holds nothing: two of its type, one of its length."""


def unaccounted(names: Iterable[str], taken: Mapping[str, tuple[Frame, Sequence[Record], int]]) -> Iterator[str]:
    """Yield what no check looks into, and nobody knows to hide nothing.

    `taken` are, by part in small letters, its frame, its records without rows and cells, and its length in bytes.
    """
    yield from (f"part {name}" for name in names if name.lower() not in taken and not _OTHER_PARTS.fullmatch(name))
    yield from sorted({what for frame, found, size in taken.values() for what in _of_part(frame, found, size)})


def _of_part(frame: Frame, found: Sequence[Record], size: int) -> Iterator[str]:
    if not found or (found[0].type, found[0].at, found[-1].type) != (frame.begin, 0, frame.end):
        yield "a part without its begin or its end"
    elif found[-1].at + _SHORTEST != size or sum(one.type == frame.end for one in found) > 1:
        yield "bytes after the end of a part"
    for record in found:
        if record.type in frame.settings:
            if _LETTERED.search(_OF_EXCEL.sub(b"", record.data)):
                yield f"letters in a record of type {record.type}"
        elif record.type not in frame.read:
            yield f"a record of type {record.type}"
