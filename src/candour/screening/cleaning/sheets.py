"""The values that are seen in a workbook: without hidden sheets, rows, columns and cells, and without what computes."""

from collections.abc import Callable, Iterator
from itertools import islice, repeat

from candour.screening import kinds, markup
from candour.screening.archives import Archive
from candour.screening.cleaning import binary_sheets
from candour.screening.inside import Inside
from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.odf.cells import Cells, shown_in
from candour.screening.office.odf.sheets import NARROWEST, is_folded, is_hidden
from candour.screening.office.odf.styles import Styles, points
from candour.screening.office.xlsx import columns, rows, strings
from candour.screening.office.xlsx.scan import FAR_COLUMNS, FAR_ROWS, Scan
from candour.screening.office.xlsx.workbooks import Sheet, Workbook

Table = list[list[str]]

_MOST = 2_000
"""How often a row or a cell that says it is repeated is taken: a file of some bytes may say a million."""


def visible(content: bytes, inside: Inside) -> list[tuple[str, Table]]:
    """Return the visible worksheets of a workbook by name, each with the values that are seen. Raises Unreadable."""
    found = ((name, _trimmed(table)) for name, table in READERS[inside.kind](content, inside))
    return [(name, table) for name, table in found if table]


def _packaged(content: bytes, inside: Inside) -> Iterator[tuple[str, Table]]:
    book = Workbook(content, inside)
    for sheet in book.visible:
        if sheet.part and sheet.kind == "worksheet":
            yield sheet.name, _table(book, sheet)


def _table(book: Workbook, sheet: Sheet) -> Table:
    data = sheet.data or _data(book.package.read(sheet.part), plain=sheet.plain)
    places = _Places({rows.column_number(letters) for letters in _unseen_columns(sheet)})
    hidden = {*sheet.scan.hidden_rows, *sheet.scan.flat_rows}
    left_out = {*sheet.scan.under_merges, *sheet.scan.shrunk}
    end = min(sheet.scan.far_rows, default=rows.LAST_COLUMN * 1_000)
    seen: Table = []
    for row in rows.rows(data):
        if row.number >= end:
            break
        if row.number not in hidden:
            seen.append(_line(row, sheet.scan, places, left_out))
    return seen


def _data(content: bytes, *, plain: bool) -> bytes:
    """Return the rows of a sheet that was too large for its rows to be kept, in their plain form."""
    return rows.split(content).data if plain else rows.rewritten(content).data


class _Places(dict[str, int]):
    """By the letters of a column, where it stands in the rendition, from 0; -1 for one that is not seen."""

    def __init__(self, unseen: set[int]) -> None:
        super().__init__()
        self._unseen = unseen

    def __missing__(self, letters: str) -> int:
        number = rows.column_number(letters)
        place = -1 if number in self._unseen else number - 1 - sum(one < number for one in self._unseen)
        return self.setdefault(letters, place)


def _unseen_columns(sheet: Sheet) -> Iterator[str]:
    """Yield the columns that are hidden, too narrow to be read, or so far off that nobody looks there."""
    before = 0
    for letters in sorted(sheet.scan.filled, key=rows.column_number):
        number = rows.column_number(letters)
        if before and number - before > FAR_COLUMNS:
            yield from (far for far in sheet.scan.filled if rows.column_number(far) >= number)
            break
        before = number
        if columns.are_hidden(sheet.columns, number):
            yield letters


def _line(row: rows.Row, scan: Scan, places: _Places, left_out: set[str]) -> list[str]:
    line: list[str] = []
    for cell in row.cells:
        place = places[cell[1]]
        if place < 0 or scan.hides(cell) or (left_out and f"{cell[1]}{row.number}" in left_out):
            continue
        line.extend([""] * (place - len(line)))
        text = scan.text(cell, row.number)
        line.append("" if text in scan.rich_unseen else strings.near(text))
    return line


def _open(content: bytes, inside: Inside) -> Iterator[tuple[str, Table]]:
    archive = Archive(content, inside)
    root = markup.parsed(archive.read("content.xml"))
    common = markup.parsed(archive.read("styles.xml")) if "styles.xml" in archive else None
    styles = Styles(common, root)
    for one in elements.named(root, "table"):
        if not is_hidden(one, styles):
            yield elements.value(one, "name"), list(_open_rows(one, styles))


def _open_rows(table: Element, styles: Styles) -> Iterator[list[str]]:
    """Yield the rows that are seen, up to the first long gap; a row repeated without end is one blank row."""
    seen, cells = _open_columns(table, styles)
    blank = 0
    for row in _repeated(table, "table-row"):
        line = _open_line(row, seen, cells)
        blank = 0 if any(line) else blank + 1
        if blank > FAR_ROWS:
            return
        if _is_seen(row, "table-row", "row-height", styles) and not is_folded(row):
            yield line


def _open_columns(table: Element, styles: Styles) -> tuple[list[bool], Cells]:
    """Return of each column whether it is seen, and what they say of their cells."""
    seen, cells = [], Cells(styles)
    for number, one in enumerate(_repeated(table, "table-column"), 1):
        seen.append(_is_seen(one, "table-column", "column-width", styles))
        cells.take_column(one, range(number, number + 1))
    return seen, cells


def _open_line(row: Element, seen: list[bool], cells: Cells) -> list[str]:
    found = islice(_repeated(row, "table-cell", "covered-table-cell"), rows.LAST_COLUMN)
    return [_open_cell(one, place, cells) for place, one in enumerate(found) if place >= len(seen) or seen[place]]


def _open_cell(cell: Element, place: int, cells: Cells) -> str:
    if elements.local(cell) != "table-cell" or cells.why_unseen(cell, place + 1):
        return ""
    return elements.value(cell, "value") or shown_in(cell)


def _is_seen(one: Element, family: str, size: str, styles: Styles) -> bool:
    said = styles.said(family, elements.value(one, "style-name"), size)
    flat = bool(said) and points(said) < NARROWEST
    return elements.value(one, "visibility") not in ("collapse", "filter") and not flat


def _repeated(parent: Element, *names: str) -> Iterator[Element]:
    """Yield elements below a parent, as often as each says that it is repeated, within reason."""
    for one in elements.named(parent, *names):
        times = elements.value(one, "number-columns-repeated") or elements.value(one, "number-rows-repeated")
        yield from repeat(one, min(elements.whole(times, 1), _MOST))


def _trimmed(table: Table) -> Table:
    """Return a table without blank rows around it and with rows of one length."""
    while table and not any(table[-1]):
        table.pop()
    while table and not any(table[0]):
        table.pop(0)
    width = max((len(row) for row in table), default=0)
    for row in table:
        row.extend([""] * (width - len(row)))
    return table


_Read = Callable[[bytes, Inside], Iterator[tuple[str, Table]]]

READERS: dict[kinds.Kind, _Read] = {
    **dict.fromkeys((kinds.XLSX, kinds.XLSM), _packaged),
    **dict.fromkeys((kinds.XLS, kinds.XLSB), binary_sheets.visible),
    kinds.ODS: _open,
}
"""What reads the visible sheets of each kind of workbook."""
