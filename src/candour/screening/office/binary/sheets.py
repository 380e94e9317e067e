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
NARROW = int(NARROWEST * 256)
FLAT = int(NARROWEST * 20)
"""The narrowest column in 256ths of a letter, and the lowest row in 20ths of a point, that can be read."""


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
    filled: int = 0
    """How many cells hold something, by the records of an xlsb file."""


_OLD_MARKS = {
    0x9B: "filter", 0x9E: "filter", 0x1C: "note", 0x5D: "object", 0xB0: "pivot", 0xAF: "scenario", 0x1BE: "list",
    0x1B1: "conditional-format", 0x06: "formula", 0x12: "protection", 0x1AA: "custom-view",
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
        if flags & 0x20 or (height & 0x7FFF) < FLAT:
            sheet.hidden_rows.append(number + 1)
    elif record.type in _DEFAULTS:
        _defaults(sheet, record)
    elif record.type == _COLINFO and len(data) >= 10:  # noqa: PLR2004 - MS-XLS 2.4.53
        first, last, width, flags = struct.unpack_from("<HHH2xH", data)
        set_column(sheet, first, last, hidden=bool(flags & 1) or width < NARROW)
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
        sheet.marks |= {"rows too low to be read"} if height < FLAT else set()
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


def set_column(sheet: Sheet, first: int, last: int, *, hidden: bool) -> None:
    """Note the columns of a run, counted from 0, where they are hidden."""
    if hidden:
        begin, end = column_letters(first + 1), column_letters(min(last, 16_383) + 1)
        sheet.hidden_columns.append(begin if begin == end else f"{begin}:{end}")
