"""What the records of a binary workbook say of its sheets: hidden sheets, rows and columns, filters, notes, pivots."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from candour.screening.office.binary import accounts, records
from candour.screening.office.binary.cell_looks import Looks
from candour.screening.office.binary.records import Record
from candour.screening.office.xlsx.columns import NARROWEST
from candour.screening.office.xlsx.rows import column_letters

STATES = ("visible", "hidden", "veryHidden")
KINDS = {0: "worksheet", 1: "macrosheet", 2: "chartsheet", 6: "macrosheet"}
_NARROW = int(NARROWEST * 256)
_FLAT = int(NARROWEST * 20)


@dataclass
class Sheet:
    """A sheet of a binary workbook, and what its records told; rows from 1, columns by their letters."""

    name: str
    state: str
    kind: str
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    """What there is on the sheet: filter, note, object, pivot, scenario, conditional-format, list, formula."""
    faint: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    strings: set[int] = field(default_factory=set)
    """The numbers of the shared strings that its cells show."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First and last row, first and last column of each merged area, from 1."""


_OLD_MARKS = {
    0x9B: "filter", 0x9E: "filter", 0x1C: "note", 0x5D: "object", 0xB0: "pivot", 0xAF: "scenario", 0x1BE: "list",
    0x1B1: "conditional-format", 0x06: "formula", 0x12: "protection", 0x1AA: "custom-view",
}  # fmt: skip
_PACKED_MARKS = {
    163: "filter", 500: "scenario", 461: "conditional-format", 573: "list", 423: "custom-view", 535: "protection",
    8: "formula", 9: "formula", 10: "formula", 11: "formula",
}  # fmt: skip


def old(sheet: Sheet, stream: bytes, looks: Looks) -> None:
    """Read the records of a sheet of an xls file, from its BOF on; `looks` say which cell formats are not seen."""
    depth = 0
    for record in records.old(stream):
        if record.type == _BOF:
            depth += 1
        elif record.type == EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            _old_record(sheet, record, looks)


_BOF, EOF, _ROW, _COLINFO = 0x809, 0x0A, 0x208, 0x7D
_MULRK, _MERGES = 0xBD, 0xE5
_ROWS, _COLUMNS, _LINK, _STRING, _LABEL = 0x225, 0x55, 0x1B8, 0xFD, 0x204
_DEFAULTS, _HEADERS = (_ROWS, _COLUMNS), (0x14, 0x15)
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4,}")
_CELLS = (0x06, 0xFD, 0x203, 0x204, 0x27E)


def _old_record(sheet: Sheet, record: Record, looks: Looks) -> None:
    data = record.data
    _mark(sheet, record)
    if record.type == _ROW and len(data) >= 14:  # noqa: PLR2004 - MS-XLS 2.4.221
        number, height, flags = struct.unpack_from("<H4xH4xH", data)
        if flags & 0x20 or (height & 0x7FFF) < _FLAT:
            sheet.hidden_rows.append(number + 1)
    elif record.type in _DEFAULTS:
        _defaults(sheet, record)
    elif record.type == _COLINFO and len(data) >= 10:  # noqa: PLR2004 - MS-XLS 2.4.53
        first, last, width, flags = struct.unpack_from("<HHH2xH", data)
        _column(sheet, first, last, hidden=bool(flags & 1) or width < _NARROW)
    elif record.type == _MERGES:
        for first, last, left, right in struct.iter_unpack("<HHHH", data[2 : 2 + (len(data) - 2) // 8 * 8]):
            sheet.merged.append((first + 1, last + 1, left + 1, right + 1))
    else:
        if record.type == _STRING and len(data) >= 10:  # noqa: PLR2004 - MS-XLS 2.4.149
            sheet.strings.add(struct.unpack_from("<I", data, 6)[0])
        unseen = looks.texts if record.type in (_STRING, _LABEL) else looks.numbers
        sheet.faint += [place for place, look in _cells(record) if look in unseen]


def _mark(sheet: Sheet, record: Record) -> None:
    off = record.type == 0x12 and record.data[:2] == b"\0\0"  # noqa: PLR2004 - PROTECT
    if record.type in _OLD_MARKS and not off and not accounts.is_of_a_filter(record):
        sheet.marks.add(_OLD_MARKS[record.type])
    if record.type in _HEADERS and record.data:
        sheet.headers.append(records.short(record.data, 0, 2))
    elif record.type == _LINK:
        sheet.links += [found.decode("utf-16-le", "replace") for found in _WIDE.findall(record.data)]


def _defaults(sheet: Sheet, record: Record) -> None:
    """Take the height of rows and the width of columns that are not set (MS-XLS 2.4.90, 2.4.89)."""
    if record.type == _ROWS and len(record.data) >= 4:  # noqa: PLR2004 - flags and height
        _, height = struct.unpack_from("<HH", record.data)
        sheet.marks |= {"rows too low to be read"} if height < _FLAT else set()
    elif record.type == _COLUMNS and len(record.data) >= 2:  # noqa: PLR2004 - width in letters
        width = struct.unpack_from("<H", record.data)[0]
        sheet.marks |= {"columns too narrow to be read"} if width < NARROWEST else set()


def _cells(record: Record) -> Iterator[tuple[str, int]]:
    """Yield the place and the format of the cells of a record; one of MULRK has several (MS-XLS 2.4.175)."""
    step = 6 if record.type == _MULRK else len(record.data)
    if record.type in (*_CELLS, _MULRK) and len(record.data) >= 6:  # noqa: PLR2004 - row, column, format
        row, first = struct.unpack_from("<HH", record.data)
        for number, at in enumerate(range(4, len(record.data) - 2, step)):
            yield f"{column_letters(first + number + 1)}{row + 1}", struct.unpack_from("<H", record.data, at)[0]


def packed(sheet: Sheet, stream: bytes, faint: set[int]) -> None:
    """Read the records of a sheet of an xlsb file; `faint` are the cell formats that are not seen."""
    row = 0
    for record in records.packed(stream):
        if record.type in _PACKED_MARKS:
            sheet.marks.add(_PACKED_MARKS[record.type])
        if record.type == 0 and len(record.data) >= 4:  # noqa: PLR2004 - BrtRowHdr, MS-XLSB 2.4.722
            (row,) = struct.unpack_from("<I", record.data)
        _packed_record(sheet, record, row, faint)


def _packed_record(sheet: Sheet, record: Record, row: int, faint: set[int]) -> None:
    data = record.data
    if record.type == 0 and len(data) >= 13:  # noqa: PLR2004 - BrtRowHdr
        height, flags = struct.unpack_from("<8xHxB", data)
        if flags & 0x10 or height < _FLAT:
            sheet.hidden_rows.append(row + 1)
    elif record.type == 60 and len(data) >= 18:  # noqa: PLR2004 - BrtColInfo, MS-XLSB 2.4.324
        first, last, width, flags = struct.unpack_from("<III4xH", data)
        _column(sheet, first, last, hidden=bool(flags & 1) or width < _NARROW)
    elif record.type == 176 and len(data) >= 16:  # noqa: PLR2004 - BrtMergeCell, MS-XLSB 2.4.704
        first, last, left, right = struct.unpack_from("<IIII", data)
        sheet.merged.append((first + 1, last + 1, left + 1, right + 1))
    elif record.type in _PACKED_CELLS and len(data) >= 8:  # noqa: PLR2004 - a Cell, MS-XLSB 2.5.9
        column, look = struct.unpack_from("<II", data)
        if look & 0xFFFFFF in faint:
            sheet.faint.append(f"{column_letters(column + 1)}{row + 1}")


_PACKED_CELLS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62))


def _column(sheet: Sheet, first: int, last: int, *, hidden: bool) -> None:
    if hidden:
        begin, end = column_letters(first + 1), column_letters(min(last, 16_383) + 1)
        sheet.hidden_columns.append(begin if begin == end else f"{begin}:{end}")
