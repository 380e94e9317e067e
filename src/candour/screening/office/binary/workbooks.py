"""A binary workbook, opened: xls from a compound file, xlsb from a package; its cells are read by calamine."""

import io
import struct
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import python_calamine

from candour.screening.findings import Grid, Text, Unreadable
from candour.screening.inside import Inside
from candour.screening.office import parts
from candour.screening.office.binary import compound, packed_styles, records, sheets
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.sheets import Sheet
from candour.screening.office.packages import Package
from candour.screening.office.xlsx.rows import column_letters
from candour.screening.office.xlsx.styles import shows_nothing

_SMALL = 20_000
_BOF, _FILEPASS, _BOUNDSHEET, _NAME, _SUPBOOK, _FONT, _FORMAT, _XF = 0x809, 0x2F, 0x85, 0x18, 0x1AE, 0x31, 0x41E, 0xE0
_BIFF8 = 0x600
_WHITE = (1, 9)
_TINY = 20


class Table(NamedTuple):
    """The cells of a sheet row by row, of which the first stands in a row and a column, counted from 1."""

    row: int
    column: int
    rows: list[list[Any]]


class Cells:
    """The cells of a workbook as calamine reads them; none where it cannot (such a file is blocked in any case)."""

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
        self.hidden_names: list[str] = []
        self.links = 0
        self._fonts: list[bytes] = []
        self._formats: dict[int, str] = {}
        self.faint: set[int] = set()
        try:
            self._read()
        except struct.error as fault:
            raise Unreadable("its workbook is damaged") from fault

    def _read(self) -> None:
        places: list[int] = []
        looks: list[bytes] = []
        for number, record in enumerate(records.old(self.stream)):
            if number == 0 and (record.type != _BOF or struct.unpack_from("<H", record.data)[0] != _BIFF8):
                raise Unreadable("it was written by an Excel before 97")
            if record.type == _FILEPASS:
                raise Unreadable("it is locked with a password")
            if record.type == _BOUNDSHEET:
                places.append(struct.unpack_from("<I", record.data)[0])
                self.sheets.append(_old_sheet(record.data))
            elif record.type == _XF:
                looks.append(record.data)
            elif record.type == sheets.EOF:
                break
            else:
                self._note(record)
        self.faint = {number for number, look in enumerate(looks) if self._is_faint(look)}
        for sheet, place in zip(self.sheets, places, strict=True):
            sheets.old(sheet, self.stream[place:], self.faint)

    def _note(self, record: records.Record) -> None:
        data = record.data
        if record.type == _NAME and data[0] & 1 and not data[0] & 0x20:
            self.hidden_names.append(records.short(data[13:-1] + b"\0", 0) if len(data) > 14 else "")  # noqa: PLR2004
        elif record.type == _SUPBOOK and data[2:4] not in (b"\x01\x04", b"\x01\x3a"):
            self.links += 1
        elif record.type == _FONT:
            self._fonts.append(data)
        elif record.type == _FORMAT:
            self._formats[struct.unpack_from("<H", data)[0]] = records.short(data, 2, 2)

    def _is_faint(self, look: bytes) -> bool:
        """Say whether a cell format is not seen: `;;;`, a font of a point, or white letters on no ground."""
        font, code = struct.unpack_from("<HH", look)
        font -= 1 if font > 4 else 0  # noqa: PLR2004 - there is no font 4 (MS-XLS 2.5.129)
        said = self._fonts[font] if font < len(self._fonts) else b"\xff" * 6
        height, _, colour = struct.unpack_from("<HHH", said)
        no_ground = len(look) >= 20 and not struct.unpack_from("<I", look, 14)[0] >> 26  # noqa: PLR2004 - MS-XLS 2.4.353
        return shows_nothing(self._formats.get(code, "")) or height <= _TINY or (colour in _WHITE and no_ground)


def _table(sheet: python_calamine.CalamineSheet) -> Table:
    row, column = sheet.start or (0, 0)
    return Table(row + 1, column + 1, sheet.to_python())


class PackedWorkbook(Cells):
    """A workbook of xlsb: the parts of an xlsx, those of Excel's own in records."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the package or the workbook cannot be read."""
        self.content = content
        self.package = Package(content, inside)
        try:
            self.sheets = list(self._sheets())
        except struct.error as fault:
            raise Unreadable("its workbook is damaged") from fault

    def _sheets(self) -> Iterator[Sheet]:
        styles = "xl/styles.bin"
        faint = set(packed_styles.faint(self.package.read(styles))) if styles in self.package else set()
        for record in records.packed(self.package.read("xl/workbook.bin")):
            if record.type == 156:  # noqa: PLR2004 - BrtBundleSh, MS-XLSB 2.4.304
                (state,) = struct.unpack_from("<I", record.data)
                relation = records.wide(record.data, 8)
                name = records.wide(record.data, 12 + 2 * len(relation))
                part = self.package.target("xl/workbook.bin", relation)
                sheet = Sheet(name, sheets.STATES[min(state, 2)], "worksheet" if "worksheets/" in part else "other")
                if part in self.package:
                    sheets.packed(sheet, self.package.read(part), faint)
                yield sheet


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


def old_texts(book: OldWorkbook) -> Iterator[Text]:
    """Yield the texts of the cells and of the properties of an xls file."""
    yield from texts(book)
    yield from compound.texts(book.file)


def packed_texts(book: PackedWorkbook) -> Iterator[Text]:
    """Yield the texts of the cells, the drawings and the properties of an xlsb file."""
    yield from texts(book)
    yield from parts.texts(book)


def grids(book: Cells) -> Iterator[Grid]:
    """Yield the visible sheets that are small enough to be tables of figures."""
    for name, table in book.tables.items():
        if name not in book.hidden and 0 < sum(map(len, table.rows)) <= _SMALL:
            yield Grid(f"sheet {name}", [[str(cell) for cell in row] for row in table.rows])
