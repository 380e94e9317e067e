"""The child's side of a load: finds the sheet and its header, looks through it, and gives every row checked.

Says first what it found, then batches of rows. A row travels as a list (see `register.Row`): its values stand in the
order of the names said first, its cells as one text.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from candour.reading import checking, fields, mapping, sheet_cells, sheets
from candour.rules.refusals import WrongInput

TOGETHER = 200
"""Rows that travel together: few enough that taking them apart stays within the processor's cache."""
_TOTAL = {
    "total",
    "totals",
    "grand total",
    "sub-total",
    "subtotal",
    "sub total",
    "overall total",
    "total incidents",
    "sum",
}


def read(path: str, guide: Mapping[str, Any], today: str) -> Iterator[Any]:
    """Yield what the file is, then its rows in batches. `today` is an ISO day; raises WrongInput."""
    file, directions = Path(path), mapping.Guide(**guide)
    book, table, header = find(file, directions)
    how = checking.plan(
        header, directions, sheet_cells.Setting(date.fromisoformat(today), directions.date_order, mapped=True)
    )
    survey = look_through(table, header, how)
    yield {
        "file": file.name,
        "sha256": _sha256(file),
        "sheet": table.name,
        "other_sheets": [name for name in book.names if name != table.name],
        "header_row": header.row,
        "header": list(header.cells),
        "mapping": {name: header.cells[index] for name, index in header.columns.items()},
        "constants": dict(directions.constants),
        "ignored": [cell for cell in header.cells if mapping.is_ignored(cell, directions)],
        "unmapped": _unmapped(header, directions, survey),
        "encoding": book.encoding,
        "preview": list(book.preview),
        "read": survey.read,
        "totals_skipped": survey.totals,
        "names": how.names,
    }
    numbered = (filled for filled in _filled(table, header) if filled[0] not in survey.skipped)
    checked = checking.rows(numbered, len(header.cells), how, survey.shared)
    while batch := list(islice(checked, TOGETHER)):
        yield batch


def find(file: Path, guide: mapping.Guide) -> tuple[sheets.Book, sheets.Table, mapping.Header]:
    """Find the sheet and its header row: the sheet asked for, else the one whose header names the most fields."""
    book = sheets.open_book(file, guide.sheet)
    found: tuple[sheets.Table, mapping.Header] | None = None
    for table in book.tables():
        header = mapping.find_header(table.top(mapping.LOOK_AT), guide)
        if header and (found is None or len(header.columns) > len(found[1].columns)):
            found = table, header
    if found is None:
        raise WrongInput(_no_header(file, book, guide))
    if missing := mapping.unknown_columns(found[1], guide):
        there = ", ".join(cell for cell in found[1].cells if cell.strip())
        raise WrongInput(
            f"The mapping names the column “{missing[0]}”, which row {found[1].row} has not; it has {there}."
        )
    return book, *found


def _no_header(file: Path, book: sheets.Book, guide: mapping.Guide) -> str:
    where = f" of {', '.join(book.names)}" if book.names else ""
    if guide.columns:
        return f"No row near the top of {file.name}{where} has the columns that the mapping names; mend the mapping."
    first = next(book.tables(), None)
    rows = first.top(mapping.LOOK_AT) if first else []
    top = ", ".join(cell.strip() for cell in max(rows, key=_filled_cells, default=[]) if cell.strip()) or "(blank)"
    return (
        f"No row near the top of {file.name}{where} names a column with the day of an incident; "
        f"name the columns in a mapping file. It begins: {top[:200]}."
    )


def _filled_cells(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


@dataclass
class Survey:
    """What a first look through all rows tells: how many there are, and which stand out."""

    read: int
    totals: list[dict[str, Any]]
    skipped: frozenset[int]
    shared: Mapping[str, int]
    unnamed: frozenset[int]


def look_through(table: sheets.Table, header: mapping.Header, how: checking.Plan) -> Survey:
    """Count the rows that are neither blank nor totals, and find references that several rows carry."""
    look = _Look(header, how.reference, table.texts)
    for number, cells in islice(enumerate(table.cells(), 1), header.row, None):
        look.at(number, cells)
    return look.survey()


class _Look:
    """A look through rows as they lie in the sheet: only one that no reference names is read whole."""

    def __init__(
        self, header: mapping.Header, column: checking.Column | None, texts: Callable[[list[Any]], list[str]]
    ) -> None:
        self.width, self.column, self.texts = len(header.cells), column, texts
        self.named = [index for name, index in header.columns.items() if name == "reference" or name in fields.DATED]
        self.unnamed = frozenset(index for index, cell in enumerate(header.cells) if not cell.strip())
        self.nameless = set(self.unnamed)
        self.references: Counter[Any] = Counter()
        self.totals: list[dict[str, Any]] = []
        self.read = 0

    def at(self, number: int, cells: list[Any]) -> None:
        at = self.column.index if self.column else len(cells)
        reference = cells[at] if at < len(cells) else ""
        if not _stands(reference):
            row = _padded(self.texts(cells), self.width)
            if _is_blank(row):
                return
            if _is_totals(row, self.named):
                self.totals.append({"row": number, "text": " ".join(cell.strip() for cell in row if cell.strip())})
                return
            reference = row[at] if self.column else ""
        self._count(cells, reference)

    def _count(self, cells: list[Any], reference: str) -> None:
        self.read += 1
        if self.nameless:
            self.nameless -= {at for at in self.nameless if at < len(cells) and str(cells[at]).strip()}
        if self.column:
            self.references[self.column.read(reference).value] += 1

    def survey(self) -> Survey:
        shared = {reference: count for reference, count in self.references.items() if reference and count > 1}
        skipped = frozenset(row["row"] for row in self.totals)
        return Survey(self.read, self.totals, skipped, shared, self.unnamed - self.nameless)


def _filled(table: sheets.Table, header: mapping.Header) -> Iterator[tuple[int, list[str]]]:
    """Give the rows below the header that are not blank, with their numbers, each at least as wide as the header."""
    width = len(header.cells)
    for number, row in islice(enumerate(table.rows(), 1), header.row, None):
        if not _is_blank(row):
            yield number, _padded(row, width)


def _is_blank(row: Sequence[str]) -> bool:
    return not (text := "".join(row)) or text.isspace()


def _padded(row: list[str], width: int) -> list[str]:
    row.extend([""] * (width - len(row)))
    return row


def _stands(reference: object) -> bool:
    """Say whether a cell is a reference in words: its row is neither blank nor totals, whatever else it says."""
    return isinstance(reference, str) and bool(reference.strip()) and not _says_total(reference)


def _is_totals(row: Sequence[str], named: Sequence[int]) -> bool:
    """Say whether a row sums the others: a cell says "total", and it has neither a reference nor a day."""
    for index in named:
        if row[index] and not _says_total(row[index]) and row[index].strip():
            return False
    return any(map(_says_total, row))


def _says_total(cell: str) -> bool:
    return cell.strip(" :*=").casefold() in _TOTAL


def _unmapped(header: mapping.Header, guide: mapping.Guide, survey: Survey) -> list[str]:
    used = set(header.columns.values())
    return [
        cell.strip() or f"(column {_letters(index)}, without a header)"
        for index, cell in enumerate(header.cells)
        if index not in used and not mapping.is_ignored(cell, guide) and (cell.strip() or index in survey.unnamed)
    ]


def _letters(index: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    return ("" if index < 26 else _letters(index // 26 - 1)) + chr(ord("A") + index % 26)  # noqa: PLR2004 - the alphabet


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
