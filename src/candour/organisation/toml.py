"""Reads what a body says of itself from a TOML file into values, and says all that is wrong at once."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from candour.organisation import cells
from candour.organisation.kinds import BY_TABLE
from candour.organisation.stated import Stated
from candour.rules.refusals import WrongInput
from candour.rules.rights import Role

LARGEST = 1024 * 1024
ALWAYS = date(1900, 1, 1)
"""From when an undated row holds."""

HANDED_ON = ("coverage", "searches", "statements", "breaks")
"""Tables that another room reads: kept as plain values."""

TABLES = (*BY_TABLE, "persons", *HANDED_ON)

Plain = tuple[Mapping[str, Any], ...]
Entry = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One particular to be stated for days `held_from <= day < held_until` (None: until something else begins)."""

    where: str
    stated: Stated
    held_from: date
    held_until: date | None = None

    @property
    def about(self) -> tuple[str, str]:
        """The kind and key it speaks of."""
        return self.stated.kind, self.stated.key


@dataclass(frozen=True)
class Newcomer:
    """A person to be added, with the roles they are to hold."""

    name: cells.Line
    roles: Annotated[tuple[str, ...], cells.some_of(*(role for role in Role if role is not Role.OPERATOR))]
    email: cells.Mailbox = ""


@dataclass(frozen=True)
class Plan:
    """A file, read: rows and persons for this room, four tables for `figures`."""

    rows: tuple[Row, ...] = ()
    persons: tuple[Newcomer, ...] = ()
    coverage: Plain = ()
    searches: Plain = ()
    statements: Plain = ()
    breaks: Plain = ()


def example() -> str:
    """Return the commented example that ships with the package."""
    return resources.files(__package__).joinpath("example.toml").read_text(encoding="utf-8")


@cache
def built_in(regime: str) -> Plan:
    """Return what stands where a body of a regime states nothing: paragraphs, time limits, the regulator."""
    return read(resources.files(__package__).joinpath(f"built_in_{regime}.toml").read_bytes())


def read(source: Path | bytes) -> Plan:
    """Read a file. Raises cells.Unusable, which names every row that is wrong; WrongInput where it is not TOML."""
    tables = _parsed(source)
    default = tables.pop("from", None)
    unknown = [name for name in tables if name not in TABLES]
    problems = [f"{name} is no table here; the tables are {', '.join(TABLES)}" for name in unknown]
    entries = {name: _entries(name, tables.get(name, []), problems) for name in TABLES}
    rows = tuple(_rows(entries, default, problems))
    persons = tuple(_persons(entries["persons"], problems))
    problems += _twice(rows, persons)
    if problems:
        raise cells.Unusable(problems)
    handed_on = {name: tuple(values for _, values in entries[name]) for name in HANDED_ON}
    return Plan(rows, persons, **handed_on)


def _parsed(source: Path | bytes) -> dict[str, Any]:
    try:
        content = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as fault:
        raise WrongInput(f"{fault.filename} cannot be read: {fault.strerror}") from fault
    if len(content) > LARGEST:
        raise WrongInput("the file is larger than 1 MB; a body's particulars are some pages of text")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise WrongInput(f"the file is not TOML in UTF-8: {fault}") from fault


def _entries(name: str, found: Any, problems: list[str]) -> list[Entry]:
    """Give each row of a table with where it stands: "suppliers 2 (it-supplier)"; [name] is a table of one row."""
    rows = [found] if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.append(f"{name} is not a table; write [[{name}]] above its rows")
        return []
    return [(f"{name} {number}{_named(row)}", row) for number, row in enumerate(rows, 1)]


def _named(row: Mapping[str, Any]) -> str:
    label = next((row[name] for name in ("slug", "name", "title", "topic", "label", "code") if name in row), None)
    return f" ({label})" if isinstance(label, str) else ""


def _rows(entries: Mapping[str, list[Entry]], default: Any, problems: list[str]) -> Iterator[Row]:
    for table, kind in BY_TABLE.items():
        for where, values in entries[table]:
            try:
                yield _row(kind, where, values, ALWAYS if kind.undated else default)
            except cells.Unusable as fault:
                problems += [f"{where}: {problem}" for problem in fault.problems]


def _row(kind: type[Stated], where: str, values: Mapping[str, Any], default: Any) -> Row:
    first, last = values.get("from", default), values.get("to")
    problems = [
        f"{name} is {value!r}; write a day such as 2014-04-01"
        for name, value in (("from", first), ("to", last))
        if value is not None and not _is_day(value)
    ]
    if first is None:
        problems.append("from is missing; give it here, or once at the head of the file for all rows")
    try:
        stated = cells.read(kind, {name: value for name, value in values.items() if name not in {"from", "to"}})
    except cells.Unusable as fault:
        raise cells.Unusable([*problems, *fault.problems]) from fault
    if not problems and last is not None and last < first:
        problems.append("to comes before from")
    if problems:
        raise cells.Unusable(problems)
    return Row(where, stated, first, last + timedelta(days=1) if last is not None else None)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _persons(entries: list[Entry], problems: list[str]) -> Iterator[Newcomer]:
    for where, values in entries:
        try:
            yield cells.read(Newcomer, values)
        except cells.Unusable as fault:
            problems += [f"{where}: {problem}" for problem in fault.problems]


def _twice(rows: Iterable[Row], persons: Iterable[Newcomer]) -> list[str]:
    """Name what stands twice: two rows would begin on one day, or two persons could not be told apart."""
    begins = Counter((*row.about, row.held_from) for row in rows)
    people = Counter(person.email.lower() or person.name for person in persons)
    problems = [f"{kind} {key} from {first} stands twice" for (kind, key, first), many in begins.items() if many > 1]
    return problems + [f"persons: {name} stands twice" for name, many in people.items() if many > 1]
