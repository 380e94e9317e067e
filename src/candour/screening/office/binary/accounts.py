"""The account of an xls workbook: each stream, record and byte is looked into, known to hide nothing, or named.

What is not accounted for is a reason to stop the file: the lists below are of what MS-XLS 2.3 describes and what was
looked at here; a record of any other type may hold anything.
"""

import re
import struct
from collections.abc import Iterable, Iterator

from candour.screening.office.binary import records
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.records import Record


def _types(written: str) -> frozenset[int]:
    return frozenset(int(one, 16) for one in written.split())


_SETTINGS = _types(
    "0A 0C 0D 0E 0F 10 11 19 1A 1B 1D 22 26 27 28 29 2A 2B 33 40 41 42 5F 63 80 81 82 83 84 86 8C 8D 97 "
    "9C A0 A1 C1 DA E1 E2 EF FF 13D 160 161 1AF 1B7 1BC 1C0 1C1 200 20B 293 809 862 863 867 87C 88B 88C "
    "88E 892 896 89A 89B 89C 8A3"
)
"""How it is calculated, printed, shown, protected by rights alone, and found quickly; styles' names; the theme."""
_READ = _types(
    "06 12 13 14 15 17 18 1C 31 3D 55 5B 5C 5D 7D 85 92 9B 9D 9E AE AF B0 BD BE E0 E5 EB EC FC FD 1AA 1AE "
    "1B0 1B1 1B2 1B8 1BE 201 203 204 205 207 208 221 225 23E 27E 41E 4BC 87D"
)
"""Cells, formats, names, links, windows, and what checks of their own tell."""
_CONTINUE = 0x3C
_STREAMS = ("workbook", "\x05summaryinformation", "\x05documentsummaryinformation", "\x01compobj", "\x01ole")
_BOF, _EOF = 0x809, 0x0A
_LONGEST = 400
"""Bytes of the streams that say which program wrote the file."""
_STORE, _SHAPE, _DRAWINGS, _DRAWING, _OBJECT = 0xF001, 0xF004, 0xEB, 0xEC, 0x5D
_LIST, _BY_PROGRAM = 0x14, 0x100
_CHART = range(0x1000, 0x1100)
_LETTERED = re.compile(rb"(?:[\x20-\x7e]\x00){24,}|[\x20-\x7e]{24,}")


def unaccounted(file: Compound, stream: bytes, places: Iterable[int]) -> Iterator[str]:
    """Yield what no check looks into, and nobody knows to hide nothing; `places` are where the sheets begin."""
    yield from (f"stream {name}" for name in file.names if name.lower() not in _STREAMS)
    yield from (f"storage {name}" for name in file.storages)
    yield from file.other_properties()
    for name in ("\x01CompObj", "\x01Ole"):
        if len(file.read(name)) > _LONGEST:
            yield f"stream {name}"
    yield from _of_records(stream, {0, *places})
    if _LETTERED.search(file.unused()):
        yield "letters in parts of the file that are not in use"


def _of_records(stream: bytes, places: set[int]) -> Iterator[str]:
    depth, end, before, named = 0, 0, 0, set[str]()
    shapes = 0
    for record in records.old(stream):
        end = record.at + 4 + len(record.data)
        kind = before if record.type == _CONTINUE else record.type
        if depth == 0:
            shapes = 1  # the sheet itself stands among its shapes
            if record.type != _BOF or record.at not in places:
                named.add("records of a sheet that the workbook does not list")
        depth += (record.type == _BOF) - (record.type == _EOF)
        shapes += is_of_a_filter(record) - (_count(record.data, _SHAPE) if kind == _DRAWING else 0)
        named |= {"shapes"} if shapes < 0 and depth == 0 else set()
        named |= {"pictures"} if kind == _DRAWINGS and _count(record.data, _STORE) else set()
        if kind not in _SETTINGS and kind not in _READ:
            named.add("a chart" if kind in _CHART else f"a record of type {kind:#06x}")
        before = kind
    if stream[end:].strip(b"\0") or depth:
        named.add("bytes after its records")
    yield from sorted(named)


def is_of_a_filter(record: Record) -> bool:
    """Say whether an object is the arrow that Excel draws in the head of a filter (MS-XLS 2.5.143)."""
    if record.type != _OBJECT or len(record.data) < 10:  # noqa: PLR2004 - up to its flags
        return False
    kind, flags = struct.unpack_from("<4xH2xH", record.data)
    return kind == _LIST and bool(flags & _BY_PROGRAM)


def _count(data: bytes, kind: int) -> int:
    """Count the drawing records of a kind (MS-ODRAW 2.2), in containers too."""
    found, at = 0, 0
    while at + 8 <= len(data):
        version, type_, size = struct.unpack_from("<HHI", data, at)
        if version & 0xF == 0xF:  # noqa: PLR2004 - a container
            found += (type_ == kind) + _count(data[at + 8 : at + 8 + size], kind)
        at += 8 + size
    return found
