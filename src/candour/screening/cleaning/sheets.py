"""The values that are seen in a workbook: without hidden sheets, rows, columns and cells, and without what computes."""

from collections.abc import Iterator

from candour.screening.inside import Inside
from candour.screening.office.xlsx import rows
from candour.screening.office.xlsx.scan import FAR_COLUMNS, Scan
from candour.screening.office.xlsx.workbooks import Sheet, Workbook

Table = list[list[str]]


def visible(content: bytes, inside: Inside) -> list[tuple[str, Table]]:
    """Return the visible worksheets of a workbook by name, each with the values that are seen. Raises Unreadable."""
    book = Workbook(content, inside)
    found = ((sheet.name, _table(book, sheet)) for sheet in book.visible if sheet.part and sheet.kind == "worksheet")
    return [(name, table) for name, table in found if table]


def _table(book: Workbook, sheet: Sheet) -> Table:
    data = sheet.data or _plain(book.package.read(sheet.part))
    unseen = {rows.column_number(letters) for letters in _unseen_columns(sheet)}
    hidden = {*sheet.scan.hidden_rows, *sheet.scan.flat_rows}
    merged = set(sheet.scan.under_merges)
    end = min(sheet.scan.far_rows, default=rows.LAST_COLUMN * 1_000)
    seen: Table = []
    for row in rows.rows(data):
        if row.number >= end:
            break
        if row.number not in hidden:
            seen.append(_line(row, sheet.scan, unseen, merged))
    return _trimmed(seen)


def _plain(content: bytes) -> bytes:
    parted = rows.split(content)
    try:
        for _ in rows.rows(parted.data):
            pass
    except rows.NotPlain:
        return rows.rewritten(content).data
    return parted.data


def _unseen_columns(sheet: Sheet) -> Iterator[str]:
    """Yield the columns that are hidden, too narrow to be read, or so far off that nobody looks there."""
    before = 0
    for letters in sorted(sheet.scan.filled, key=rows.column_number):
        number = rows.column_number(letters)
        if before and number - before > FAR_COLUMNS:
            yield from (far for far in sheet.scan.filled if rows.column_number(far) >= number)
            break
        before = number
        if any(one.first <= number <= one.last for one in sheet.columns if one.hidden or one.narrow):
            yield letters


def _line(row: rows.Row, scan: Scan, unseen: set[int], merged: set[str]) -> list[str]:
    line: list[str] = []
    for cell in row.cells:
        number = rows.column_number(cell[1])
        if number in unseen or f"{cell[1]}{row.number}" in merged or scan.hides(cell):
            continue
        shown = number - sum(one < number for one in unseen)
        line.extend([""] * (shown - len(line) - 1))
        line.append(scan.text(cell, row.number))
    return line


def _trimmed(table: Table) -> Table:
    """Return a table without blank rows around it and with rows of one length."""
    while table and not any(table[-1]):
        table.pop()
    while table and not any(table[0]):
        table.pop(0)
    width = max((len(row) for row in table), default=0)
    return [row + [""] * (width - len(row)) for row in table]
