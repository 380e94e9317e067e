"""Tables as files: CSV holds the table alone; ODS and XLSX have a second sheet that says what the figures are.

Each is written row by row, so that the rows may be many and need not be in memory at once.
"""

import csv as comma_separated
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from candour.documents import archive, characters, open_document
from candour.rules import refusals

Cell = str | int | date | None

ABOUT = "About"
_MOST_ROWS, _LONGEST_CELL = 1_048_575, 32_767  # of an .xlsx sheet, below its header
_LARGEST_NUMBER = 10**15  # beyond it a spreadsheet rounds
_FIRST_SHEET_YEAR = 1900
_UNTITLED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # what no name of a sheet may hold


@dataclass(frozen=True)
class Sheet:
    """One table: `about` says in (name, text) lines what it is; `rows` is read once, and may be a generator.

    The status of a cell stands in a column of its own, which the caller supplies.
    """

    title: str
    about: tuple[tuple[str, str], ...]
    header: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


def csv(sheet: Sheet) -> bytes:
    """Return the table as CSV: see `write_csv`."""
    return _as_bytes(write_csv, sheet)


def ods(sheet: Sheet) -> bytes:
    """Return the table as an OpenDocument spreadsheet: see `write_ods`."""
    return _as_bytes(write_ods, sheet)


def xlsx(sheet: Sheet) -> bytes:
    """Return the table as an Excel workbook: see `write_xlsx`."""
    return _as_bytes(write_xlsx, sheet)


def _as_bytes(write: Callable[[Sheet, BinaryIO], None], sheet: Sheet) -> bytes:
    out = io.BytesIO()
    write(sheet, out)
    return out.getvalue()


def write_csv(sheet: Sheet, target: BinaryIO) -> None:
    """Write UTF-8 with a header row and CRLF (RFC 4180). Text that a spreadsheet would run as a formula gets a '."""
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    writer = comma_separated.writer(text)
    writer.writerow([_harmless(cell) for cell in sheet.header])
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    text.detach()


def _harmless(cell: Cell) -> str | int:
    if isinstance(cell, str):
        # Looked at before and after cleaning: a carriage return is cleaned to a line feed.
        clean = characters.printable(cell)
        return f"'{clean}" if cell.startswith(_FORMULA_STARTS) or clean.startswith(_FORMULA_STARTS) else clean
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else cell


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_ods(sheet: Sheet, target: BinaryIO) -> None:
    """Write an OpenDocument spreadsheet, the table first; the same sheet gives the same bytes."""
    meta = open_document.meta(characters.printable(sheet.title))
    frame = open_document.frame_parts(open_document.SPREADSHEET, ["content.xml"], meta)
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in frame:
            packed.writestr(archive.entry(name), data)
        with packed.open(archive.entry("content.xml"), "w", force_zip64=True) as content:
            for piece in _ods_content(sheet):
                content.write(piece.encode())


def _ods_content(sheet: Sheet) -> Iterator[str]:
    head, _, tail = open_document.document("content", "\0").decode().partition("\0")
    yield f"{head}<office:automatic-styles>{_ODS_STYLES}</office:automatic-styles><office:body><office:spreadsheet>"
    yield f"<table:table table:name={quoteattr(_sheet_name(sheet.title))}>"
    yield f'<table:table-column table:style-name="wide" table:number-columns-repeated="{len(sheet.header)}"/>'
    yield f"<table:table-header-rows>{_ods_row(sheet.header, 'head')}</table:table-header-rows>"
    yield from (_ods_row(row) for row in sheet.rows)
    yield f'</table:table><table:table table:name="{ABOUT}"><table:table-column table:style-name="wide" '
    yield 'table:number-columns-repeated="2"/>'
    yield from (_ods_row(line) for line in sheet.about)
    yield f"</table:table></office:spreadsheet></office:body>{tail}"


_ODS_STYLES = (
    '<style:style style:name="wide" style:family="table-column"><style:table-column-properties '
    'style:column-width="35mm"/></style:style>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style>"
    '<number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    '</number:date-style><style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/>'
)


def _ods_row(row: Sequence[Cell], style: str = "") -> str:
    look = f' table:style-name="{style}"' if style else ""
    return f"<table:table-row>{''.join(_ods_cell(cell, look) for cell in row)}</table:table-row>"


def _ods_cell(cell: Cell, look: str) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int) and abs(cell) < _LARGEST_NUMBER:
        number = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {number}><text:p>{cell}</text:p></table:table-cell>"
    if isinstance(cell, date):
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{cell}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in characters.printable(str(cell)).split("\n"))
    return f'<table:table-cell{look} office:value-type="string">{lines}</table:table-cell>'


def write_xlsx(sheet: Sheet, target: BinaryIO) -> None:
    """Write an Excel workbook, the table first; text is never a formula, a link or a number.

    WrongInput where a sheet of Excel cannot hold it: more than 1,048,575 rows, a cell beyond 32,767 characters.
    """
    import xlsxwriter  # noqa: PLC0415 - only who writes a workbook pays for it

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": characters.printable(sheet.title)[:255], "created": _MADE})
        bold = workbook.add_format({"bold": True})
        table = workbook.add_worksheet(_sheet_name(sheet.title))
        table.freeze_panes(1, 0)
        _fill(table, [sheet.header], look=bold)
        _fill(table, sheet.rows, first=1)
        _fill(workbook.add_worksheet(ABOUT), sheet.about)


# The same table gives the same bytes, so the workbook does not say when it was made.
_MADE = datetime(archive.FIRST_DAY.year, 1, 1, tzinfo=UTC)


def _fill(worksheet: Any, rows: Iterable[Sequence[Cell]], *, first: int = 0, look: Any = None) -> None:
    if first == 0:
        worksheet.set_column(0, 63, 18)
    for at, row in enumerate(rows, first):
        if at > _MOST_ROWS:
            raise refusals.WrongInput("An .xlsx sheet holds 1,048,575 rows and there are more; take the CSV instead.")
        for column, cell in enumerate(row):
            _put(worksheet, at, column, cell, look)


def _put(worksheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int) and abs(cell) < _LARGEST_NUMBER:
        worksheet.write_number(row, column, cell, look)
    elif isinstance(cell, date) and cell.year >= _FIRST_SHEET_YEAR:
        worksheet.write_datetime(row, column, cell)
    else:
        worksheet.write_string(row, column, _fitting(characters.printable(str(cell))), look)


def _fitting(text: str) -> str:
    if len(text) > _LONGEST_CELL:
        raise refusals.WrongInput("A cell has more than 32,767 characters, which .xlsx cannot hold; take CSV or ODS.")
    return text


def _sheet_name(title: str) -> str:
    """Return a name that both kinds of workbook allow, and that is not the second sheet's."""
    name = _UNTITLED.sub(" ", characters.printable(title)).encode("utf-16-le")[:62].decode("utf-16-le", "ignore")
    name = name.strip(" '")  # 31 units of UTF-16 is the limit of .xlsx
    return name if name and name.lower() not in {ABOUT.lower(), "history"} else "Table"
