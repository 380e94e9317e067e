"""A workbook of Excel 97 to 2003 (xls), opened from its compound file; the cells of any are read by calamine."""

import io
import struct
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple, Protocol

import python_calamine

from candour.screening.findings import Grid, Text, Unreadable
from candour.screening.inside import Inside
from candour.screening.office.binary import accounts, compound, records, shared_strings, sheets
from candour.screening.office.binary.cell_looks import Looks
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.sheets import Sheet
from candour.screening.office.xlsx.rows import column_letters
from candour.screening.office.xlsx.scan import FAR_COLUMNS, FAR_ROWS

_SMALL = 20_000
_BOF, _FILEPASS, _BOUNDSHEET, _NAME, _SUPBOOK, _FONT, _FORMAT, _XF = 0x809, 0x2F, 0x85, 0x18, 0x1AE, 0x31, 0x41E, 0xE0
_WRITEACCESS, _WINDOW1, _PALETTE, _XFEXT, _SST, _CONTINUE = 0x5C, 0x3D, 0x92, 0x87D, 0xFC, 0x3C
_BIFF8 = 0x600
_BUILT_IN = 0x20


class Table(NamedTuple):
    """The cells of a sheet row by row, of which the first stands in a row and a column, counted from 1."""

    row: int
    column: int
    rows: list[list[Any]]


class Cells:
    """The cells of a workbook as calamine reads them; none where it cannot, and such a file is blocked."""

    content: bytes
    sheets: list[Sheet]

    @cached_property
    def tables(self) -> dict[str, Table]:
        """By the sheets' names, their cells."""
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.content))
            return {name: _table(book.get_sheet_by_name(name)) for name in book.sheet_names}
        except (python_calamine.CalamineError, OSError, ValueError):
            return {}

    @cached_property
    def hidden(self) -> set[str]:
        """The names of the sheets that are not seen."""
        return {sheet.name for sheet in self.sheets if sheet.state != "visible"}


class OldWorkbook(Cells):
    """A workbook of Excel 97 to 2003."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the file is damaged, locked, or of an Excel before 97."""
        self.content = content
        self.file = Compound(content, inside)
        self.stream = self.file.read("Workbook") or self.file.read("Book")
        self.sheets: list[Sheet] = []
        self.places: list[int] = []
        self.names: list[str] = []
        self.hidden_names: list[str] = []
        self.links = 0
        self.saved_by = ""
        self.hidden_window = False
        self.looks = Looks()
        self._strings: list[bytes] = []
        try:
            self._read()
        except struct.error as fault:
            raise Unreadable("its workbook is damaged") from fault

    def _read(self) -> None:
        before = 0
        for number, record in enumerate(records.old(self.stream)):
            if number == 0 and (record.type != _BOF or struct.unpack_from("<H", record.data)[0] != _BIFF8):
                raise Unreadable("it was written by an Excel before 97")
            if record.type == _FILEPASS:
                raise Unreadable("it is locked with a password")
            if record.type == sheets.EOF:
                break
            if record.type == _SST or (record.type == _CONTINUE and before == _SST):
                self._strings.append(record.data)
            before = before if record.type == _CONTINUE else record.type
            self._note(record)
        self.looks.settle()
        for sheet, place in zip(self.sheets, self.places, strict=True):
            sheets.old(sheet, self.stream[place:], self.looks)

    @cached_property
    def strings(self) -> list[shared_strings.String]:
        """The shared strings. Raises Unreadable where they are cut off."""
        try:
            return shared_strings.read(self._strings)
        except (struct.error, UnicodeDecodeError) as fault:
            raise Unreadable("its strings are damaged") from fault

    @property
    def orphans(self) -> list[str]:
        """The shared strings that no cell shows."""
        used: set[int] = set().union(*(sheet.strings for sheet in self.sheets))
        return [one.text for number, one in enumerate(self.strings) if number not in used and one.text.strip()]

    def unaccounted(self) -> Iterator[str]:
        """Yield what of the file no check looks into, and nobody knows to hide nothing."""
        yield from accounts.unaccounted(self.file, self.stream, self.places)
        if self.tables.keys() != {sheet.name for sheet in self.sheets if sheet.kind == "worksheet"}:
            yield "cells that cannot be read"
        if any(one.pronounced for one in self.strings):
            yield "how cells are pronounced"

    def _note(self, record: records.Record) -> None:
        data = record.data
        self._note_look(record)
        if record.type == _BOUNDSHEET:
            self.places.append(struct.unpack_from("<I", data)[0])
            self.sheets.append(_old_sheet(data))
        elif record.type == _NAME:
            self._note_name(data)
        elif record.type == _SUPBOOK and data[2:4] not in (b"\x01\x04", b"\x01\x3a"):
            self.links += 1
        elif record.type == _WRITEACCESS:
            self.saved_by = records.short(data, 0, 2).strip("\0 ")
        elif record.type == _WINDOW1:
            self.hidden_window |= bool(struct.unpack_from("<8xH", data)[0] & 1)

    def _note_look(self, record: records.Record) -> None:
        data, looks = record.data, self.looks
        if record.type == _FONT:
            looks.fonts.append(data)
        elif record.type == _XF:
            looks.cells.append(data)
        elif record.type == _PALETTE:
            looks.take_palette(data)
        elif record.type == _XFEXT:
            looks.take_extension(data)
        elif record.type == _FORMAT:
            looks.formats[struct.unpack_from("<H", data)[0]] = records.short(data, 2, 2)

    def _note_name(self, data: bytes) -> None:
        """Note a name that somebody gave; those built in, such as the area that is printed, have a number."""
        flags, count = struct.unpack_from("<HxB", data)
        if not flags & _BUILT_IN:
            name = records.short(bytes([count]) + data[14:], 0)
            self.names.append(name)
            self.hidden_names += [name] if flags & 1 else []


def _table(sheet: python_calamine.CalamineSheet) -> Table:
    row, column = sheet.start or (0, 0)
    return Table(row + 1, column + 1, sheet.to_python())


def far(table: Table) -> Iterator[str]:
    """Yield the rows and columns that follow after so many empty ones that nobody sees them."""
    rows = [number for number, row in enumerate(table.rows, table.row) if any(cell != "" for cell in row)]
    yield from (f"row {two}" for one, two in pairwise(rows) if two - one > FAR_ROWS)
    filled = [
        number
        for number, cells in enumerate(zip_longest(*table.rows, fillvalue=""), table.column)
        if any(cell != "" for cell in cells)
    ]
    yield from (f"column {column_letters(two)}" for one, two in pairwise(filled) if two - one > FAR_COLUMNS)


def under_merges(table: Table, sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield the cells that hold something under a merged area: only its first is seen."""
    for top, bottom, left, right in sheet.merged:
        for number, row in enumerate(table.rows[max(top - table.row, 0) : bottom - table.row + 1], max(top, table.row)):
            for column in range(left, right + 1):
                place = column - table.column
                if (number, column) != (top, left) and 0 <= place < len(row) and row[place] != "":
                    yield number, column


def _old_sheet(data: bytes) -> Sheet:
    state, kind = data[4] & 3, data[5]
    return Sheet(records.short(data, 6), sheets.STATES[min(state, 2)], sheets.KINDS.get(kind, "other"))


def texts(book: Cells) -> Iterator[Text]:
    """Yield the names of the sheets, then the texts of the cells, a column at a time."""
    for sheet in book.sheets:
        yield Text("the names of the sheets", sheet.name, hidden=sheet.name in book.hidden)
    for name, table in book.tables.items():
        for number, column in enumerate(zip(*table.rows, strict=False), table.column):
            found = "\n".join(str(cell) for cell in column if cell != "")
            letters = column_letters(number)
            yield Text(f"sheet {name}, column {letters}", found, name in book.hidden, letters)


class _WithMore(Protocol):
    """A workbook of either binary format, with what its texts are found in besides the cells."""

    sheets: list[Sheet]
    names: list[str]

    @property
    def orphans(self) -> list[str]: ...

    @cached_property
    def hidden(self) -> set[str]: ...


def beside(book: _WithMore) -> Iterator[Text]:
    """Yield the texts beside the cells: those that no cell shows, names, headers and footers, links."""
    yield Text("the shared strings, not shown", "\n".join(book.orphans), hidden=True)
    yield Text("the defined names", "\n".join(book.names), hidden=True)
    for sheet in book.sheets:
        yield Text(f"sheet {sheet.name}, header or footer", "\n".join(sheet.headers), sheet.name in book.hidden)
        yield Text(f"sheet {sheet.name}, links", "\n".join(sheet.links), hidden=True)


def old_texts(book: OldWorkbook) -> Iterator[Text]:
    """Yield the texts of the cells and of the properties of an xls file."""
    yield from texts(book)
    yield from beside(book)
    yield Text("who saved it", book.saved_by, hidden=True)
    yield from compound.texts(book.file)


def grids(book: Cells) -> Iterator[Grid]:
    """Yield the visible sheets that are small enough to be tables of figures."""
    for name, table in book.tables.items():
        if name not in book.hidden and 0 < sum(map(len, table.rows)) <= _SMALL:
            yield Grid(f"sheet {name}", [[str(cell) for cell in row] for row in table.rows])
