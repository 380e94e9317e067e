"""A workbook of Excel's packed records (xlsb), opened: the parts of an xlsx, those of Excel's own in records."""

import struct
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from candour.screening.findings import Text, Unreadable
from candour.screening.inside import Inside
from candour.screening.office import parts
from candour.screening.office.binary import packed_accounts, packed_sheets, packed_strings, records, sheets, workbooks
from candour.screening.office.binary.packed_accounts import BOOK, CHAIN, INDEX, SHEET, STRINGS, STYLES, Frame
from candour.screening.office.binary.packed_styles import PackedLooks
from candour.screening.office.binary.records import Record
from candour.screening.office.binary.sheets import Sheet
from candour.screening.office.binary.workbooks import Cells
from candour.screening.office.packages import Package
from candour.screening.office.xlsx.styles import Palette

if TYPE_CHECKING:
    from candour.screening.office.binary.shared_strings import String

_BOOK, _STYLES, _STRINGS = "xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"
_NAME, _SHEET, _WINDOW, _FOLDER, _ITEM, _STYLE = 39, 156, 158, 2071, 19, 48
_HIDDEN, _PROGRAM, _TABS = 1, 0b1110, 0x20
_FILTERED = "_FilterDatabase"


class PackedWorkbook(Cells):
    """A workbook of xlsb."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the package or the workbook cannot be read."""
        self.content = content
        self.package = Package(content, inside)
        self.sheets: list[Sheet] = []
        self.strings: list[String] = []
        self.looks = PackedLooks(Palette.of(self.package, None))
        self.names: list[str] = []
        self.hidden_names: list[str] = []
        self.programs = 0
        self.hidden_window = False
        self.folder = ""
        self.formulas: list[str] = []
        self.styles: list[str] = []
        self._taken: dict[str, tuple[Frame, list[Record], int]] = {}
        try:
            self._read()
        except struct.error as fault:
            raise Unreadable("its workbook is damaged") from fault

    def _read(self) -> None:
        self._take(_STRINGS, STRINGS, self._string)
        self._take(_STYLES, STYLES, self._style)
        self.looks.settle()
        self._take(_BOOK, BOOK, self._note)
        self._take("xl/calcChain.bin", CHAIN)
        for part in self.package.matching(r"xl/worksheets/binaryIndex\d*\.bin"):
            self._take(part, INDEX)

    def _take(self, part: str, frame: Frame, note: Callable[[Record], None] = lambda _record: None) -> None:
        """Read a part, where there is one, and keep its records but for the strings, of which there may be many."""
        if part in self.package:
            stream, found = self.package.read(part), list[Record]()
            for record in records.packed(stream):
                note(record)
                found += [record] if record.type != _ITEM else []
            self._taken[part.lower()] = (frame, found, len(stream))

    def _string(self, record: Record) -> None:
        if record.type == _ITEM:
            self.strings.append(packed_strings.rich(record.data))

    def _style(self, record: Record) -> None:
        self.looks.take(record)
        if record.type == _STYLE:
            self.styles += packed_sheets.lettered(record.data[8:])

    def _note(self, record: Record) -> None:
        if record.type == _SHEET:
            self.sheets.append(self._sheet(record.data))
        elif record.type == _NAME:
            self._note_name(record.data)
        elif record.type == _WINDOW:
            flags = struct.unpack_from("<28xB", record.data)[0]
            self.hidden_window |= bool(flags & 0b11) or not flags & _TABS
        elif record.type == _FOLDER:
            self.folder = records.wide(record.data)

    def _note_name(self, data: bytes) -> None:
        """Note a defined name (MS-XLSB 2.4.711), with the texts of what it stands for."""
        flags, name = struct.unpack_from("<I", data)[0], records.wide(data, 9)
        self.names += [name, *packed_sheets.lettered(data[13 + 2 * len(name) :])]
        self.programs += bool(flags & _PROGRAM)
        if flags & _HIDDEN and not name.endswith(_FILTERED):
            self.hidden_names.append(name)

    def _sheet(self, data: bytes) -> Sheet:
        """Read a sheet that the workbook lists (MS-XLSB 2.4.304)."""
        (state,) = struct.unpack_from("<I", data)
        relation = records.wide(data, 8)
        part = self.package.target(_BOOK, relation)
        kind = "worksheet" if "worksheets/" in part else "other"
        sheet = Sheet(records.wide(data, 12 + 2 * len(relation)), sheets.STATES[min(state, 2)], kind)
        if part in self.package:
            reader, stream = packed_sheets.Reader(sheet, self.looks, self.strings), self.package.read(part)
            reader.read(stream)
            self.formulas += reader.formulas
            self.strings += reader.rich
            sheet.strings |= set(range(len(self.strings) - len(reader.rich), len(self.strings)))
            self._taken[part.lower()] = (SHEET, reader.others, len(stream))
        return sheet

    @property
    def orphans(self) -> list[str]:
        """The shared strings that no cell shows."""
        used: set[int] = set().union(*(sheet.strings for sheet in self.sheets))
        return [one.text for number, one in enumerate(self.strings) if number not in used and one.text.strip()]

    def unaccounted(self) -> Iterator[str]:
        """Yield what of the file no check looks into, and nobody knows to hide nothing."""
        yield from packed_accounts.unaccounted(self.package.names, self._taken)
        if self.programs:
            yield "a name of a program"
        if any(one.pronounced for one in self.strings):
            yield "how cells are pronounced"
        if any(self._filled(sheet.name) < sheet.filled for sheet in self.sheets if sheet.kind == "worksheet"):
            yield "cells that cannot be read"

    def _filled(self, name: str) -> int:
        """Return how many cells of a sheet calamine reads; -1 where it reads no such sheet."""
        table = self.tables.get(name)
        return -1 if table is None else sum(cell != "" for row in table.rows for cell in row)


def texts(book: PackedWorkbook) -> Iterator[Text]:
    """Yield the texts of the cells, of what stands beside them, of the drawings and the properties of an xlsb file."""
    yield from workbooks.texts(book)
    yield from workbooks.beside(book)
    yield Text("texts within formulas", "\n".join(book.formulas), hidden=True)
    yield Text("the names of styles", "\n".join(book.styles), hidden=True)
    yield Text("where it was saved", book.folder, hidden=True)
    yield from parts.texts(book)
