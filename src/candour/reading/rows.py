"""The child's side of a load: finds the sheet and its header, and gives every row checked, as plain values.

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

from candour.reading import fields, mapping, sheet_cells, sheets
from candour.rules.refusals import WrongInput

TOGETHER = 200
"""Rows that travel together: few enough that taking them apart stays within the processor's cache."""
CELL_END = "\x7f"
"""What joins the cells of a row into one text: JSON leaves it as it is, and no cell keeps it."""

_REMEMBERED, _LONGEST_REMEMBERED = 20_000, 256
_UNIQUE = {"reference", "words"}
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
    how = plan(header, directions, sheet_cells.Setting(date.fromisoformat(today), directions.date_order))
    survey = look_through(table, header)
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
    checked = _checked(table, header, how, survey)
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


def look_through(table: sheets.Table, header: mapping.Header) -> Survey:
    """Count the rows that are neither blank nor totals, and find references that several rows carry."""
    place = header.columns.get("reference")
    named = [index for name, index in header.columns.items() if name == "reference" or name in fields.DATED]
    unnamed = {index for index, cell in enumerate(header.cells) if not cell.strip()}
    nameless = set(unnamed)
    references: Counter[str] = Counter()
    totals, read = [], 0
    for number, row in _filled(table, header):
        if _is_totals(row, named):
            totals.append({"row": number, "text": " ".join(cell.strip() for cell in row if cell.strip())})
            continue
        read += 1
        if nameless:
            nameless -= {index for index in nameless if row[index].strip()}
        if place is not None and (reference := row[place].strip()):
            references[reference] += 1
    shared = {reference: count for reference, count in references.items() if count > 1}
    return Survey(read, totals, frozenset(total["row"] for total in totals), shared, frozenset(unnamed - nameless))


def _filled(table: sheets.Table, header: mapping.Header) -> Iterator[tuple[int, list[str]]]:
    """Give the rows below the header that are not blank, with their numbers, each at least as wide as the header."""
    width = len(header.cells)
    for number, row in enumerate(table.rows(), 1):
        if number > header.row and (row_text := "".join(row)) and not row_text.isspace():
            if len(row) < width:
                row.extend([""] * (width - len(row)))
            yield number, row


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


@dataclass(frozen=True)
class Column:
    """One column that is read: its field, its header as written, where it stands and where its value goes."""

    name: str
    header: str
    index: int
    slot: int
    read: Callable[[str], sheet_cells.Cell]
    values: dict[str, str | int]
    """What texts met before simply say."""
    others: dict[str, sheet_cells.Cell]
    """What texts met before say that is more, or less, than a value."""

    def say(self, text: str) -> sheet_cells.Cell:
        """Read a text that `values` does not know, and remember it where the like may come again."""
        if (cell := self.others.get(text)) is not None:
            return cell
        cell = self.read(text)
        if fields.BY_NAME[self.name].kind not in _UNIQUE and len(text) <= _LONGEST_REMEMBERED:
            self._remember(text, cell)
        return cell

    def _remember(self, text: str, cell: sheet_cells.Cell) -> None:
        if len(self.values) + len(self.others) >= _REMEMBERED:
            self.values.clear()
            self.others.clear()
        if cell.value is not None and cell == sheet_cells.Cell(cell.value):
            self.values[text] = cell.value
        else:
            self.others[text] = cell


@dataclass(frozen=True)
class Plan:
    """What is read of each row, and what a row says before anything of it is read."""

    names: list[str]
    columns: list[Column]
    dates: list[int]
    blank: list[Any]
    precision: dict[str, str]
    times: dict[str, str]

    def dated_header(self) -> str:
        """The header of the first column with a day, to point at where a row has none."""
        return next((column.header for column in self.columns if column.name in fields.DATED), "")


def plan(header: mapping.Header, guide: mapping.Guide, setting: sheet_cells.Setting) -> Plan:
    """Plan the reading of rows under a header. Raises WrongInput where a constant cannot be read."""
    constants = {name: _constant(name, text, setting) for name, text in guide.constants.items()}
    told = [name.removesuffix("_on") for name in header.columns if fields.BY_NAME[name].kind == "told"]
    bound = [f"{name}_at_most" for name in header.columns if fields.BY_NAME[name].kind == "count"]
    also = {name: value for cell in constants.values() for name, value in cell.also}
    known = [*header.columns, *constants, *told, *also, *(name for name in bound if name in fields.BY_NAME)]
    names = list(dict.fromkeys(known))
    stated = dict.fromkeys(told, "no") | {name: cell.value for name, cell in constants.items()} | also
    return Plan(
        names,
        [_column(name, names.index(name), header, guide, setting) for name in header.columns],
        [slot for slot, name in enumerate(names) if name in fields.DATED],
        [stated.get(name) for name in names],
        {name: cell.precision for name, cell in constants.items() if cell.precision},
        {name: cell.time for name, cell in constants.items() if cell.time},
    )


def _constant(name: str, text: str, setting: sheet_cells.Setting) -> sheet_cells.Cell:
    cell = sheet_cells.reader(fields.BY_NAME[name], setting)(text)
    if cell.problem:
        raise WrongInput(f"The mapping's [constants] {name}: {cell.problem}")
    return cell


def _column(name: str, slot: int, header: mapping.Header, guide: mapping.Guide, setting: sheet_cells.Setting) -> Column:
    read = _translated(sheet_cells.reader(fields.BY_NAME[name], setting), guide.null, guide.values.get(name, {}))
    index = header.columns[name]
    return Column(name, header.cells[index].strip(), index, slot, read, {}, {})


def _translated(
    read: Callable[[str], sheet_cells.Cell], null: Sequence[str], values: Mapping[str, str]
) -> Callable[[str], sheet_cells.Cell]:
    """Read a cell after the mapping's own words for it."""
    spoken = {text.casefold(): value for text, value in values.items()}

    def translated(text: str) -> sheet_cells.Cell:
        tidy = text.strip()
        return sheet_cells.BLANK if tidy in null else read(values.get(tidy, spoken.get(tidy.casefold(), text)))

    return translated if null or values else read


def _checked(table: sheets.Table, header: mapping.Header, how: Plan, survey: Survey) -> Iterator[list[Any]]:
    """Yield each row as it travels: number, key, values, precision, times, problems, cells."""
    met: Counter[bytes] = Counter()
    for number, row in _filled(table, header):
        if number in survey.skipped:
            continue
        joined = _joined(row)
        values, precision, times, problems = _said(row, how)
        problems += _row_problems(row, values, header, how) if not problems else []
        problems += _shared(row, header, survey)
        yield [number, _key(joined, met), values, precision, times, [(number, *one) for one in problems], joined]


def _joined(row: Sequence[str]) -> str:
    joined = CELL_END.join(row)
    if joined.count(CELL_END) == len(row) - 1:
        return joined
    return CELL_END.join(cell.replace(CELL_END, "\ufffd") for cell in row)


def _key(joined: str, met: Counter[bytes]) -> str:
    """Know a row by the digest of all its cells and of its ordinal among equal rows."""
    digest = hashlib.blake2b(joined.encode(), digest_size=16).digest()
    met[digest] += 1
    if (ordinal := met[digest]) > 1:
        return hashlib.blake2b(f"{joined}{CELL_END}{ordinal}".encode(), digest_size=16).hexdigest()
    return digest.hex()


_Problem = tuple[str, str, str]


def _said(row: Sequence[str], how: Plan) -> tuple[list[Any], dict[str, str], dict[str, str], list[_Problem]]:
    """Read the cells of one row; this loop runs once for every cell of a register."""
    values, precision, times, problems = how.blank.copy(), how.precision.copy(), how.times.copy(), []
    for column in how.columns:
        if not (text := row[column.index]):
            continue
        if (value := column.values.get(text)) is not None:
            values[column.slot] = value
            continue
        cell = column.say(text)
        if cell.problem:
            problems.append((column.header, text, cell.problem))
            continue
        if cell.value is not None:
            values[column.slot] = cell.value
        for name, beside in cell.also:
            values[how.names.index(name)] = beside
        if cell.precision:
            precision[column.name] = cell.precision
        if cell.time:
            times[column.name] = cell.time
    return values, precision, times, problems


def _row_problems(row: Sequence[str], values: Sequence[Any], header: mapping.Header, how: Plan) -> list[_Problem]:
    """Say what is wrong with a row as a whole, whose cells are each right."""
    if any(row[len(header.cells) :]):
        why = "The row has more cells than the header: a text with a comma in it may lack its quotation marks."
        return [("", CELL_END.join(row[len(header.cells) :]).replace(CELL_END, ", "), why)]
    for slot in how.dates:
        if values[slot] is not None:
            return []
    return [(how.dated_header(), "", "The row has no day; an incident needs at least one date.")]


def _shared(row: Sequence[str], header: mapping.Header, survey: Survey) -> list[_Problem]:
    if not survey.shared or not (count := survey.shared.get(row[place := header.columns["reference"]].strip())):
        return []
    why = f"{count} rows of this file carry this reference; give each its own, or merge them."
    return [(header.cells[place].strip(), row[place], why)]


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
