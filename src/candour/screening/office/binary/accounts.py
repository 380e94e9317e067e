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

_SETTINGS = frozenset(
    (
        *(0x0A, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x19, 0x1A, 0x1B, 0x1D, 0x22, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B),
        *(0x33, 0x40, 0x41, 0x42, 0x5F, 0x63, 0x80, 0x81, 0x82, 0x83, 0x84, 0x86, 0x8C, 0x8D, 0x97, 0x9C, 0xA0, 0xA1),
        *(0xC1, 0xDA, 0xE1, 0xE2, 0xEF, 0x13D, 0x160, 0x161, 0x1B7, 0x1C0, 0x1C1, 0x200, 0x20B, 0x293, 0x809, 0x863),
        *(0x862, 0x867, 0x87C, 0x88B, 0x88C, 0x88E, 0x892, 0x896, 0x89A, 0x89B, 0x89C, 0x8A3, 0xFF, 0x1AF, 0x1BC, 0xD),
    )
)
"""How it is calculated, printed, shown, protected by rights alone, and found quickly; styles' names; the theme."""
_READ = frozenset(
    (
        *(0x06, 0x12, 0x13, 0x14, 0x15, 0x17, 0x18, 0x1C, 0x31, 0x3D, 0x55, 0x5B, 0x5C, 0x5D, 0x7D, 0x85, 0x92, 0x9B),
        *(0x9D, 0x9E, 0xAE, 0xAF, 0xB0, 0xBD, 0xBE, 0xE0, 0xE5, 0xEB, 0xEC, 0xFC, 0xFD, 0x1AA, 0x1AE, 0x1B0, 0x1B1),
        *(
            0x1B2,
            0x1B8,
            0x1BE,
            0x201,
            0x203,
            0x204,
            0x205,
            0x207,
            0x208,
            0x221,
            0x225,
            0x23E,
            0x27E,
            0x41E,
            0x4BC,
            0x87D,
        ),
    )
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
