"""What the records of an xlsb workbook say of a sheet: its cells, what of it is hidden, what a person may not see."""

import re
import struct
from collections.abc import Callable, Iterator, Sequence

from candour.screening.office.binary import packed_strings, records, sheets
from candour.screening.office.binary.packed_styles import PackedLooks
from candour.screening.office.binary.records import Record
from candour.screening.office.binary.shared_strings import String
from candour.screening.office.binary.sheets import Sheet
from candour.screening.office.xlsx.columns import NARROWEST
from candour.screening.office.xlsx.rows import column_letters

MARKS = {
    163: "filter", 500: "scenario", 461: "conditional-format", 1046: "conditional-format", 573: "list", 1054: "list",
    423: "custom-view", 535: "protection", 678: "protection", 426: "formula", 427: "formula",
}  # fmt: skip
"""Records that stand for what a person may not see, by their type (MS-XLSB 2.3.2)."""
_ROW, _COLUMN, _MERGED, _DEFAULTS, _AROUND, _LINK = 0, 60, 176, 485, 479, 494
_SHARED, _RICH = 7, 62
_TEXTS, _WRITTEN = frozenset((6, 7, 8, 62)), frozenset((6, 8))
_FORMULAS = frozenset((8, 9, 10, 11))
CELLS = frozenset((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62))
_EMPTY = frozenset((1, 3, 11))
"""Blank cells, and those that show that something is wrong."""
_ZERO = 2
_LETTERS = re.compile(rb"(?:[^\x00-\x1f]\x00){3,}")


def lettered(data: bytes) -> list[str]:
    """Return the pieces of a record that read as letters of two bytes: the texts within formulas, links and names."""
    return [found.decode("utf-16-le", "replace") for found in _LETTERS.findall(data)]


class Reader:
    """Reads the records of a sheet; `others` are those that are no rows or cells."""

    def __init__(self, sheet: Sheet, looks: PackedLooks, strings: Sequence[String]) -> None:
        self.sheet, self.looks, self.strings = sheet, looks, strings
        self.others: list[Record] = []
        self.formulas: list[str] = []
        self.rich: list[String] = []
        self._row = 0

    def read(self, stream: bytes) -> None:
        """Read a sheet's part. Raises struct.error where a record is cut off."""
        for record in records.packed(stream):
            if record.type in CELLS:
                self._cell(record)
            elif record.type == _ROW:
                self._height(record.data)
            else:
                self.others.append(record)
                self._other(record)

    def _cell(self, record: Record) -> None:
        column, look = struct.unpack_from("<II", record.data)
        unseen = self.looks.texts if record.type in _TEXTS else self.looks.numbers
        if look & 0xFFFFFF in unseen:
            self.sheet.faint.append(f"{column_letters(column + 1)}{self._row + 1}")
        if record.type in _FORMULAS:
            self.sheet.marks.add("formula")
            self.formulas += lettered(record.data[8:])
        self.sheet.filled += record.type not in _EMPTY and self._holds(record)

    def _holds(self, record: Record) -> bool:
        """Say whether a cell holds anything: its text may be empty."""
        if record.type == _SHARED:
            (number,) = struct.unpack_from("<I", record.data, 8)
            self.sheet.strings.add(number)
            return number < len(self.strings) and bool(self.strings[number].text)
        if record.type == _RICH:
            self.rich.append(packed_strings.rich(record.data, 8))
            return bool(self.rich[-1].text)
        return record.type not in _WRITTEN or bool(records.wide(record.data, 8))

    def _height(self, data: bytes) -> None:
        """Take a row (MS-XLSB 2.4.722)."""
        self._row, height, flags = struct.unpack_from("<I4xHxB", data)
        if flags & 0x10 or height < sheets.FLAT:
            self.sheet.hidden_rows.append(self._row + 1)

    def _other(self, record: Record) -> None:
        if record.type in MARKS:
            self.sheet.marks.add(MARKS[record.type])
            self.formulas += lettered(record.data)
        elif take := _TAKES.get(record.type):
            take(self.sheet, record.data)


def _column(sheet: Sheet, data: bytes) -> None:
    """Take a run of columns (MS-XLSB 2.4.324)."""
    first, last, width, flags = struct.unpack_from("<III4xH", data)
    sheets.set_column(sheet, first, last, hidden=bool(flags & 1) or width < sheets.NARROW)


def _merged(sheet: Sheet, data: bytes) -> None:
    first, last, left, right = struct.unpack_from("<IIII", data)
    sheet.merged.append((first + 1, last + 1, left + 1, right + 1))


def _defaults(sheet: Sheet, data: bytes) -> None:
    """Take how wide and how high what is not set is (MS-XLSB 2.4.821)."""
    wide, letters, height, flags = struct.unpack_from("<IHHH", data)
    narrow = letters < NARROWEST if wide == 0xFFFFFFFF else wide < sheets.NARROW  # noqa: PLR2004 - not said
    sheet.marks |= {"columns too narrow to be read"} if narrow else set()
    sheet.marks |= {"rows too low to be read"} if flags & _ZERO or height < sheets.FLAT else set()


def _around(sheet: Sheet, data: bytes) -> None:
    """Take the headers and footers (MS-XLSB 2.4.32)."""
    sheet.headers += lettered(data[2:])


def _link(sheet: Sheet, data: bytes) -> None:
    """Take a link: where it leads to in a file, what it says of itself (MS-XLSB 2.4.686)."""
    sheet.links += list(_after_relation(data))


def _after_relation(data: bytes) -> Iterator[str]:
    """Yield the texts behind the area of cells and the number of the relation."""
    at = 16 + 4 + 2 * struct.unpack_from("<I", data, 16)[0]
    while at + 4 <= len(data):
        yield records.wide(data, at)
        at += 4 + 2 * struct.unpack_from("<I", data, at)[0]


_TAKES: dict[int, Callable[[Sheet, bytes], None]] = {
    _COLUMN: _column, _MERGED: _merged, _DEFAULTS: _defaults, _AROUND: _around, _LINK: _link,
}  # fmt: skip
