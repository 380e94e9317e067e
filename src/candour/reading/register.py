"""A register that was kept elsewhere: its rows as checked, plain values, read in a child process with limits."""

import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from candour.reading import checking, children, fields, mapping, rows, sheet_cells
from candour.rules.refusals import WrongInput

FIELDS = fields.FIELDS
"""Every field, in the order in which they are written and documented."""
BY_NAME = fields.BY_NAME

BATCH = 5_000
"""Rows of a batch: what a load writes in one transaction."""

_BYTES_A_SECOND = 100_000
_GUESS = mapping.Guide()


class Problem(NamedTuple):
    """Why a row is held back: its number in the sheet, the header as written, the raw text, and a sentence."""

    row: int
    column: str
    value: str
    problem: str


class Row(NamedTuple):
    """One row as checked; `row` is its number in the sheet (1-based).

    `key` is the digest of all its raw cells and its ordinal among equal rows. `facts` holds what is stated, by field
    (days as ISO text; `told_ico` yes, no or not-known beside `told_ico_on`); `precision` says "approximate" or
    "unknown" of a day or a number; `times` are ISO moments in London. A row with `problems` is to be held back whole.
    """

    row: int
    key: str
    reference: str
    facts: dict[str, Any]
    precision: dict[str, str]
    times: dict[str, str]
    words: dict[str, str]
    problems: tuple[Problem, ...]
    joined: str

    @property
    def raw(self) -> list[str]:
        """Its cells as they were written, in the order of `About.header`."""
        return self.joined.split(checking.CELL_END)


@dataclass(frozen=True)
class About:
    """What was read: the file, the sheet taken and those left, the header row, and which column is which field.

    `constants` are what the mapping file says of every row; `read` counts the rows that are neither blank nor totals.
    `preview` shows lines of a CSV file that was not UTF-8.
    """

    file: str
    sha256: str
    sheet: str
    other_sheets: Sequence[str]
    header_row: int
    header: Sequence[str]
    mapping: Mapping[str, str]
    constants: Mapping[str, str]
    ignored: Sequence[str]
    unmapped: Sequence[str]
    encoding: str
    preview: Sequence[str]
    read: int
    totals_skipped: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Reading:
    """A register being read: what it is, and (once) its rows in batches."""

    about: About
    _names: Sequence[str]
    _items: Iterator[list[Any]]

    def under(self, name: Callable[[str], str]) -> "Reading":
        """Return the same reading with its facts by other names: `name` gives a field's."""
        return Reading(self.about, [name(field) for field in self._names], self._items)

    def __iter__(self) -> Iterator[list[Row]]:
        batch: list[Row] = []
        for items in self._items:
            batch += map(self._row, items)
            if len(batch) >= BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _row(self, item: list[Any]) -> Row:
        row, key, values, precision, times, problems, joined = item
        facts = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        reference = facts.pop("reference", "")
        words = {"description": facts.pop("description")} if "description" in facts else {}
        wrong = tuple(map(Problem._make, problems))
        return Row(row, key, reference, facts, precision, times, words, wrong, joined)


@contextmanager
def open_register(
    path: Path, *, guide: mapping.Guide = _GUESS, sheet: str | None = None, today: date
) -> Generator[Reading]:
    """Open a register and read what it is; its rows follow by iteration, and leaving ends the child.

    `sheet` goes before the guide's. `today` is a London day: a later one in a row is held back. Raises WrongInput,
    here or while iterating, for a file that cannot be used.
    """
    if not path.is_file():
        raise WrongInput(f"There is no file {path}; name one that is there.")
    directions = asdict(guide) | ({"sheet": sheet} if sheet else {})
    seconds = children.SECONDS + path.stat().st_size // _BYTES_A_SECOND
    answers = children.stream(rows.read, str(path.resolve()), directions, today.isoformat(), seconds=seconds)
    try:
        about = next(answers)
        names = about.pop("names")
        yield Reading(About(**about), names, answers)
    finally:
        answers.close()


class Stated(NamedTuple):
    """What one typed value says: facts by field, how sure, the time of day, and words."""

    facts: dict[str, Any]
    precision: dict[str, str]
    times: dict[str, str]
    words: dict[str, str]


def parse(field: str, text: str, *, today: date = date.max) -> Stated:
    """Read FIELD=VALUE as a cell of a register would be read; a blank takes the value away (None).

    Raises WrongInput for an unknown field, a value that is not understood, or a day after `today`.
    """
    if field not in BY_NAME:
        raise WrongInput(mapping.unknown(field, BY_NAME, "There is no field “{}”"))
    cell = sheet_cells.reader(BY_NAME[field], sheet_cells.Setting(today))(text)
    if cell.problem:
        raise WrongInput(f"{field}: {cell.problem}")
    precision = {field: cell.precision} if cell.precision else {}
    times = {field: cell.time} if cell.time else {}
    if BY_NAME[field].kind == "words":
        return Stated({}, precision, times, {field: str(cell.value or "")})
    return Stated({field: cell.value, **dict(cell.also)}, precision, times, {})


def parse_value(field: str, text: str, *, today: date = date.max) -> Any:
    """Read one value alone: a text, a whole number, a day as ISO text, or None for blank. Raises WrongInput."""
    stated = parse(field, text, today=today)
    return stated.words.get(field) or stated.facts.get(field)


@lru_cache(maxsize=4096)
def _written(items: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(items), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(said: Mapping[str, str]) -> str:
    """Write the precision or the times of a row the one way they are stored: JSON with sorted keys."""
    return _written(tuple(said.items()))
