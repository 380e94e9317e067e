"""Tables of values alone, as CSV or as an OpenDocument spreadsheet: no formula, no style, no name, no memory."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from candour.documents import archive, characters, open_document

Rows = Iterable[Sequence[str]]

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def comma_separated(rows: Rows) -> bytes:
    """Return rows as CSV (RFC 4180, UTF-8). Text that a spreadsheet would run as a formula gets a ' in front."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs; a number stays one."""
    if cell.isascii() and cell.isalnum():
        return cell  # most of millions of cells
    clean = characters.printable(cell)
    runs = cell.startswith(_FORMULA_STARTS) or clean.startswith(_FORMULA_STARTS)
    return f"'{clean}" if runs and not _NUMBER.fullmatch(clean) else clean


def spreadsheet(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """Return tables as an OpenDocument spreadsheet, each under its name; the same tables give the same bytes."""
    inside = "".join(f"<table:table table:name={quoteattr(name)}>{_rows(rows)}</table:table>" for name, rows in sheets)
    content = open_document.document(
        "content", f"<office:body><office:spreadsheet>{inside}</office:spreadsheet></office:body>"
    )
    made = io.BytesIO()
    parts = open_document.frame_parts(open_document.SPREADSHEET, ["content.xml"], open_document.meta(""))
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in (*parts, ("content.xml", content)):
            packed.writestr(archive.entry(name), data)
    return made.getvalue()


def _rows(rows: Rows) -> str:
    told = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return told or "<table:table-row><table:table-cell/></table:table-row>"


def _cell(cell: str) -> str:
    if not cell:
        return "<table:table-cell/>"
    if _NUMBER.fullmatch(cell):
        number = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {number}><text:p>{cell}</text:p></table:table-cell>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in characters.printable(cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
