"""What each row of a register says: every cell read, every row checked. This runs once for every cell of a load."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from candour.reading import fields, mapping, sheet_cells
from candour.rules.refusals import WrongInput

CELL_END = "\x7f"
"""What joins the cells of a row into one text: JSON leaves it as it is, and no cell keeps it."""

_REMEMBERED, _LONGEST_REMEMBERED = 20_000, 256
_UNIQUE = {"reference", "words"}


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

    @property
    def reference(self) -> Column | None:
        """The column of references, where there is one."""
        return next((column for column in self.columns if column.name == "reference"), None)

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


def rows(numbered: Iterator[tuple[int, list[str]]], width: int, how: Plan, shared: Mapping[str, int]) -> Iterator[Any]:
    """Yield each row as it travels: number, key, values, precision, times, problems, cells.

    `width` is the header's; `shared` counts the references that several rows carry.
    """
    met: Counter[bytes] = Counter()
    for number, row in numbered:
        joined = _joined(row)
        values, precision, times, problems = _said(row, how)
        problems += _row_problems(row, values, width, how) if not problems else []
        problems += _shared(values, shared, how) if shared else []
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


def _row_problems(row: Sequence[str], values: Sequence[Any], width: int, how: Plan) -> list[_Problem]:
    """Say what is wrong with a row as a whole, whose cells are each right."""
    if any(row[width:]):
        why = "The row has more cells than the header: a text with a comma in it may lack its quotation marks."
        return [("", CELL_END.join(row[width:]).replace(CELL_END, ", "), why)]
    for slot in how.dates:
        if values[slot] is not None:
            return []
    return [(how.dated_header(), "", "The row has no day; an incident needs at least one date.")]


def _shared(values: Sequence[Any], shared: Mapping[str, int], how: Plan) -> list[_Problem]:
    reference = how.reference
    if reference is None or not (count := shared.get(values[reference.slot] or "", 0)):
        return []
    why = f"{count} rows of this file carry this reference; give each its own, or merge them."
    return [(reference.header, values[reference.slot], why)]
