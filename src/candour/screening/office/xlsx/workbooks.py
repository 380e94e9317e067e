"""A workbook, opened: its sheets in order, its shared strings and styles, its defined names, its texts and tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from candour.screening.findings import Grid, Text, Unreadable
from candour.screening.inside import Inside
from candour.screening.office import elements, parts
from candour.screening.office.elements import Element
from candour.screening.office.packages import Package
from candour.screening.office.xlsx import columns, printed, rows, strings
from candour.screening.office.xlsx.columns import Column
from candour.screening.office.xlsx.scan import Scan
from candour.screening.office.xlsx.styles import Styles

LARGEST_TABLE = 20_000
"""Cells of a sheet up to which it is looked at as a table of figures."""
_SMALL = 4 << 20


@dataclass
class Sheet:
    """One sheet; `state` is visible, hidden or veryHidden, `kind` worksheet, chartsheet, dialogsheet or macrosheet."""

    name: str
    state: str
    kind: str
    part: str
    frame: Element | None
    scan: Scan
    columns: list[Column] = field(default_factory=list)
    data: bytes = b""
    """The rows in their plain form, kept only where they are few."""
    plain: bool = True
    """Whether the file has the rows in that form."""

    @property
    def hidden(self) -> bool:
        return self.state != "visible"

    def at(self, place: str) -> str:
        """Say where in the workbook a cell or a thing of this sheet is."""
        return f"sheet {self.name}, {place}"


@dataclass(frozen=True)
class Name:
    """A defined name: what it refers to, and the sheet it belongs to (its number from 0), if any."""

    name: str
    refers_to: str
    hidden: bool
    sheet: int | None


class Workbook:
    """A workbook whose sheets have been read once."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the package, the workbook or a sheet cannot be read."""
        self.package = Package(content, inside)
        self.part = next(iter(self.package.related("", "officeDocument")), "xl/workbook.xml")
        root = self.package.xml(self.part)
        if root is None:
            raise Unreadable("it has no workbook inside")
        self.root = root
        self.styles = Styles.of(self.package, self._related("styles"))
        self.shared = strings.read(self.package, self._related("sharedStrings"), self.styles.palette)
        self.strings = self.shared.texts
        self.sheets = [self._sheet(one) for one in elements.named(elements.child(root, "sheets"), "sheet")]

    @cached_property
    def names(self) -> list[Name]:
        return [_name(one) for one in elements.named(self.root, "definedName")]

    @property
    def visible(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.hidden]

    @cached_property
    def orphans(self) -> list[str]:
        """The shared strings that no cell shows."""
        used: set[int] = set().union(*(sheet.scan.used for sheet in self.sheets))
        return [text for index, text in enumerate(self.strings) if index not in used and text.strip()]

    def drawings(self) -> Iterator[tuple[str, str]]:
        """Yield the drawings of the sheets: where each is, and its part."""
        for sheet in self.sheets:
            for part in self.package.related(sheet.part, "drawing"):
                yield f"sheet {sheet.name}", part

    def _related(self, kind: str) -> str:
        return next(iter(self.package.related(self.part, kind)), "")

    def _sheet(self, element: Element) -> Sheet:
        relation = next(
            (one for one in self.package.relations(self.part) if one.id == elements.value(element, "id")), None
        )
        kind = relation.kind if relation else "worksheet"
        part = relation.target if relation and relation.target in self.package else ""
        state = elements.value(element, "state", "visible")
        sheet = Sheet(elements.value(element, "name"), state, kind, part, None, Scan(self.strings, self.styles))
        if part and kind != "worksheet":
            sheet.frame = self.package.xml(part)
        elif part:
            self._read(sheet)
        return sheet

    def _read(self, sheet: Sheet) -> None:
        content = self.package.read(sheet.part)
        parted = rows.split(content)
        try:
            self._scan(sheet, parted)
        except rows.NotPlain:
            sheet.plain = False
            self._scan(sheet, rows.rewritten(content))

    def _scan(self, sheet: Sheet, parted: rows.Split) -> None:
        sheet.frame = parted.frame
        sheet.columns = columns.columns(parted.frame)
        merges = columns.areas(parted.frame, "mergeCell")
        usual = elements.value(elements.child(parted.frame, "sheetFormatPr"), "defaultColWidth")
        width = elements.decimal(usual, columns.USUAL)
        scan = Scan(self.strings, self.styles, sheet.columns, width, merges, rich=self.shared.rich)
        sheet.scan = scan.run(parted.data)
        sheet.data = parted.data if len(parted.data) <= _SMALL else b""


def texts(book: Workbook) -> Iterator[Text]:
    """Yield the texts of the cells, a column at a time, then those of the sheets' names, headers and formulas."""
    for sheet in book.sheets:
        yield Text("the names of the sheets", sheet.name, hidden=sheet.hidden)
        for (column, hidden), pieces in sheet.scan.texts.items():
            yield Text(sheet.at(f"column {column}"), "\n".join(pieces), hidden or sheet.hidden, column)
        if sheet.scan.formulas:
            yield Text(sheet.at("formulas"), "\n".join(sheet.scan.formulas), hidden=True)
        for header in printed.headers(sheet.frame):
            said = " ".join(piece.text for piece in printed.pieces(header))
            yield Text(sheet.at("header or footer"), said, hidden=sheet.hidden)
        yield Text(sheet.at("lists and scenarios"), "\n".join(_offered(sheet.frame)), hidden=True)
    yield Text("the shared strings, not shown", "\n".join(book.orphans), hidden=True)
    yield Text("how cells are pronounced", "\n".join(book.shared.phonetic), hidden=True)
    yield Text("the defined names", "\n".join(f"{one.name} {one.refers_to}" for one in book.names), hidden=True)
    yield Text("the custom views", "\n".join(elements.said(book.root, "customWorkbookView")), hidden=True)
    yield from parts.texts(book)


def _offered(frame: Element | None) -> Iterator[str]:
    """Yield what a sheet's lists to choose from and its scenarios say; a list parts its choices with commas."""
    yield from (one.replace(",", "\n") for one in elements.said(frame, "formula1"))
    yield from elements.said(frame, "scenario", "inputCells", "dataValidation")


def grids(book: Workbook) -> Iterator[Grid]:
    """Yield the visible sheets that are small enough to be tables of figures."""
    for sheet in book.visible:
        if sheet.data and 0 < sheet.scan.cells <= LARGEST_TABLE:
            yield Grid(f"sheet {sheet.name}", table(sheet))


def table(sheet: Sheet) -> list[list[str]]:
    """Return the filled part of a small sheet, row by row, each cell as its text."""
    letters = sorted(sheet.scan.filled, key=rows.column_number)
    return [
        _line(row, letters, sheet.scan)
        for row in rows.rows(sheet.data)
        if any(cell[3] or cell[4] for cell in row.cells)
    ]


def _line(row: rows.Row, letters: Iterable[str], scan: Scan) -> list[str]:
    found = {cell[1]: scan.text(cell, row.number) for cell in row.cells}
    return [found.get(one, "") for one in letters]


def _name(element: Element) -> Name:
    sheet = elements.value(element, "localSheetId")
    return Name(
        elements.value(element, "name"),
        element.text or "",
        elements.is_on(element, "hidden"),
        elements.whole(sheet) if sheet else None,
    )
