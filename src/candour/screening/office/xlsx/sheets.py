"""What whole sheets, rows and columns hide: hidden sheets, rows and columns, groups, filters, cells far away."""

from collections.abc import Iterator
from itertools import pairwise

from candour.rules.plurals import plural
from candour.screening.findings import Seen, Severity
from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.xlsx import columns, rows
from candour.screening.office.xlsx.family import XLSX
from candour.screening.office.xlsx.workbooks import Sheet, Workbook

_ROWS = "Show the rows (select all, Unhide), delete what is not to leave, or send values only"
_COLUMNS = "Show the columns (select all, Unhide), delete what is not to leave, or send values only"
_FILTER = "Clear the filter, delete the rows that are not to leave, or send values only"
_SHEET = "Show it (right click on a sheet's tab, Unhide), delete it, or send values only"


@XLSX.check("hidden-sheet", Severity.BLOCK, says="A sheet is hidden", do=_SHEET)
def hidden_sheets(book: Workbook) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}") for sheet in book.sheets if sheet.hidden and sheet.state != "veryHidden")


@XLSX.check(
    "very-hidden-sheet",
    Severity.BLOCK,
    says="A sheet is hidden so that Excel's menus do not show it",
    do="Copy the sheets that may leave into a new workbook, or send values only",
)
def very_hidden_sheets(book: Workbook) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}") for sheet in book.sheets if sheet.state == "veryHidden")


@XLSX.check(
    "hidden-window",
    Severity.BLOCK,
    says="The workbook opens in a window that is hidden, or without the tabs of its sheets",
    do="Show it (View, Unhide; Options, Advanced, Show sheet tabs), and look at all sheets",
)
def hidden_windows(book: Workbook) -> Iterator[Seen]:
    for one in elements.named(book.root, "workbookView"):
        if (
            elements.value(one, "visibility", "visible") != "visible"
            or elements.value(one, "showSheetTabs", "1") in _OFF
        ):
            yield Seen("the workbook")


@XLSX.check(
    "other-sheet",
    Severity.BLOCK,
    says="A sheet is no table but a chart, a dialogue or a macro sheet",
    do="Delete it, or send the chart as a picture",
)
def other_sheets(book: Workbook) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}", sheet.kind) for sheet in book.sheets if sheet.kind != "worksheet")


@XLSX.check(
    "unlisted-sheet",
    Severity.BLOCK,
    says="A sheet lies in the file that the workbook does not list",
    do="Copy the sheets that may leave into a new workbook, or send values only",
)
def unlisted_sheets(book: Workbook) -> Iterator[Seen]:
    listed = {sheet.part.lower() for sheet in book.sheets}
    found = book.package.matching(r"xl/(work|chart|dialog|macro)sheets/[^/]+\.(xml|bin)")
    yield from (Seen(part) for part in found if part.lower() not in listed)


@XLSX.check("hidden-column", Severity.BLOCK, says="Columns are hidden", do=_COLUMNS)
def hidden_columns(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for one in sheet.columns:
            if one.hidden:
                yield Seen(sheet.at(f"column {one.letters}"), _held(sheet, one))


@XLSX.check("narrow-column", Severity.BLOCK, says="Columns are too narrow to be read", do=_COLUMNS)
def narrow_columns(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        default = elements.value(elements.child(sheet.frame, "sheetFormatPr"), "defaultColWidth")
        if default and elements.decimal(default, columns.NARROWEST) < columns.NARROWEST:
            yield Seen(sheet.at("all columns that are not set"), f"width {default}")
        for one in sheet.columns:
            if one.narrow and not one.hidden and _held(sheet, one) != _NOTHING:
                yield Seen(sheet.at(f"column {one.letters}"), _held(sheet, one))


@XLSX.check("hidden-row", Severity.BLOCK, says="Rows are hidden", do=_ROWS)
def hidden_rows(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        kept = [row for row in sheet.scan.hidden_rows if not _filtered(sheet, row)]
        yield from _runs(sheet, kept)


@XLSX.check("flat-row", Severity.BLOCK, says="Rows are too low to be read", do=_ROWS)
def flat_rows(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        default = elements.value(elements.child(sheet.frame, "sheetFormatPr"), "defaultRowHeight")
        if default and elements.decimal(default, columns.NARROWEST) < columns.NARROWEST:
            yield Seen(sheet.at("all rows that are not set"), f"height {default}")
        yield from _runs(sheet, sheet.scan.flat_rows)


@XLSX.check(
    "collapsed-group",
    Severity.BLOCK,
    says="Rows or columns are folded away in an outline",
    do="Open the outline (Data, Ungroup, Clear Outline) and delete what is not to leave",
)
def collapsed_groups(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        yield from _runs(sheet, sheet.scan.collapsed_rows)
        yield from (Seen(sheet.at(f"column {one.letters}")) for one in sheet.columns if one.collapsed)


@XLSX.check("filter", Severity.BLOCK, says="A filter hides rows by what they hold", do=_FILTER)
def filters(book: Workbook) -> Iterator[Seen]:
    for where, frame in _filter_holders(book):
        for one in elements.named(frame, "autoFilter"):
            if elements.child(one, "filterColumn") is not None:
                yield Seen(where, elements.value(one, "ref"))


@XLSX.check("filtered-row", Severity.BLOCK, says="Rows are hidden by a filter", do=_FILTER)
def filtered_rows(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        yield from _runs(sheet, [row for row in sheet.scan.hidden_rows if _filtered(sheet, row)])


@XLSX.check(
    "advanced-filter",
    Severity.BLOCK,
    says="An advanced filter was used, and its ranges are still named",
    do="Delete the names Criteria, Extract and _FilterDatabase, and the rows that the filter hid",
)
def advanced_filters(book: Workbook) -> Iterator[Seen]:
    filtered = {
        number for number, sheet in enumerate(book.sheets) if elements.first(sheet.frame, "autoFilter") is not None
    }
    for one in book.names:
        kind = one.name.lower().removeprefix("_xlnm.")
        if kind in ("criteria", "extract") or (kind == "_filterdatabase" and one.sheet not in filtered):
            yield Seen(f"the name {one.name}", one.refers_to)


@XLSX.check(
    "far-cell",
    Severity.BLOCK,
    says="Cells lie far away from the table that a person sees",
    do="Go there (Ctrl+End), delete what is not to leave, or move it next to the table",
)
def far_cells(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        yield from (Seen(sheet.at(f"row {row}"), "after more than 100 empty rows") for row in sheet.scan.far_rows)
        numbers = sorted(rows.column_number(column) for column in sheet.scan.filled)
        for before, number in pairwise(numbers):
            if number - before > _FAR:
                yield Seen(sheet.at(f"column {rows.column_letters(number)}"), "after more than 30 empty columns")


@XLSX.check(
    "outside-print-area",
    Severity.BLOCK,
    says="Cells lie outside of the print area",
    do="Delete them, or clear the print area if they may leave",
)
def outside_print_area(book: Workbook) -> Iterator[Seen]:
    for one in book.names:
        if one.name.lower() == "_xlnm.print_area" and one.sheet is not None and one.sheet < len(book.sheets):
            sheet = book.sheets[one.sheet]
            areas = [columns.area(piece.rpartition("!")[2]) for piece in one.refers_to.split(",")]
            if outside := _outside(sheet, [area for area in areas if area]):
                yield Seen(sheet.at(outside), f"print area {one.refers_to.rpartition('!')[2]}")


_FAR = 30
_OFF = ("0", "false")
_NOTHING = "nothing in them"


def _held(sheet: Sheet, run: columns.Column) -> str:
    held = sum(
        count for column, count in sheet.scan.filled.items() if run.first <= rows.column_number(column) <= run.last
    )
    return f"{plural(held, 'cell')} with something in {'it' if held == 1 else 'them'}" if held else _NOTHING


def _runs(sheet: Sheet, numbers: list[int]) -> Iterator[Seen]:
    yield from (Seen(sheet.at(columns.named_run(first, last, "row"))) for first, last in columns.runs(numbers))


def _filter_holders(book: Workbook) -> Iterator[tuple[str, Element | None]]:
    """Yield the sheets, their tables and their saved views: all may hold filters."""
    for sheet in book.sheets:
        yield f"sheet {sheet.name}", sheet.frame
        for part in book.package.related(sheet.part, "table"):
            yield sheet.at("a table"), book.package.xml(part)


def _filtered(sheet: Sheet, row: int) -> bool:
    """Say whether a row lies in the range of a filter with criteria."""
    with_criteria = (
        columns.area(elements.value(one, "ref"))
        for one in elements.named(sheet.frame, "autoFilter")
        if elements.child(one, "filterColumn") is not None
    )
    return any(area.top <= row <= area.bottom for area in with_criteria if area)


def _outside(sheet: Sheet, areas: list[columns.Area]) -> str:
    """Say which rows or columns of a sheet lie outside of all areas; "" where none do."""
    if not areas or not sheet.scan.filled:
        return ""
    if sheet.scan.top < min(area.top for area in areas) or sheet.scan.bottom > max(area.bottom for area in areas):
        return f"rows {sheet.scan.top} to {sheet.scan.bottom}"
    left, right = min(area.left for area in areas), max(area.right for area in areas)
    beyond = [column for column in sheet.scan.filled if not left <= rows.column_number(column) <= right]
    return f"column {beyond[0]}" if beyond else ""
