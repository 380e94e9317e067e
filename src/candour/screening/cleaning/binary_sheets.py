"""The values that are seen in a workbook of a binary format (xls, xlsb)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from candour.screening import kinds
from candour.screening.findings import Unreadable
from candour.screening.inside import Inside
from candour.screening.office.binary.packed_workbooks import PackedWorkbook
from candour.screening.office.binary.sheets import Sheet
from candour.screening.office.binary.workbooks import OldWorkbook, Table
from candour.screening.office.xlsx import rows
from candour.screening.office.xlsx.scan import FAR_COLUMNS, FAR_ROWS


def visible(content: bytes, inside: Inside) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the visible worksheets by name, each with the values that are seen. Raises Unreadable."""
    book = OldWorkbook(content, inside) if inside.kind is kinds.XLS else PackedWorkbook(content, inside)
    if not book.tables:
        raise Unreadable("its cells cannot be read")
    for sheet in book.sheets:
        if sheet.state == "visible" and sheet.kind == "worksheet" and sheet.name in book.tables:
            yield sheet.name, list(_rows(sheet, book.tables[sheet.name]))


def _rows(sheet: Sheet, table: Table) -> Iterator[list[str]]:
    """Yield the rows that are seen, up to the first long gap."""
    hidden, faint = set(sheet.hidden_rows), set(sheet.faint)
    columns = list(_columns(sheet, table))
    under = {place for area in sheet.merged for place in _under(*area, table)}
    blank = 0
    for number, row in enumerate(table.rows, table.row):
        places = [(column, f"{rows.column_letters(column)}{number}") for column in columns]
        line = [
            "" if place in faint or (number, column) in under else _said(row[column - table.column])
            for column, place in places
        ]
        blank = 0 if any(line) else blank + 1
        if blank > FAR_ROWS:
            return
        if number not in hidden:
            yield line


def _columns(sheet: Sheet, table: Table) -> Iterator[int]:
    """Yield the columns that are seen, up to the first long gap."""
    hidden = {number for letters in sheet.hidden_columns for number in _run(letters)}
    blank = 0
    for number, column in enumerate(zip(*table.rows, strict=False), table.column):
        blank = 0 if any(cell != "" for cell in column) else blank + 1
        if blank > FAR_COLUMNS:
            return
        if number not in hidden:
            yield number


def _run(letters: str) -> range:
    first, _, last = letters.partition(":")
    return range(rows.column_number(first), rows.column_number(last or first) + 1)


def _under(first: int, last: int, left: int, right: int, table: Table) -> Iterator[tuple[int, int]]:
    """Yield the cells under a merged area: all of it but the first."""
    width = len(table.rows[0]) if table.rows else 0
    for row in range(max(first, table.row), min(last, table.row + len(table.rows)) + 1):
        for column in range(max(left, table.column), min(right, table.column + width) + 1):
            if (row, column) != (first, left):
                yield row, column


def _said(cell: Any) -> str:
    """Return a value as it is read: whole numbers without a point, days as YYYY-MM-DD."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - beyond, a float is not exact
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)
