"""Figures that others published as a sheet: for which period, about whom, of what kind, and how many.

A mapping file says which column is which. Where a report spans several rows its different references are counted;
rows are added up only where the mapping says that they may be.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from candour.reading import children, sheets
from candour.rules import schemes, years
from candour.rules.refusals import NotThere, WrongInput

LOOK_AT = 30
"""The header stands in one of the first so many rows."""

Place = tuple[years.Period, tuple[tuple[str, str], ...], str]
"""What one figure is of: its period, the facts of what is counted, whose it is."""


@dataclass(frozen=True)
class Guide:
    """What a mapping file says; see `docs/how-to/state-coverage.md` for each name."""

    measure: str
    document: str
    published_on: date
    about: str
    period: Sequence[str]
    each: str = ""
    count: str = ""
    distinct: str = ""
    blank: int | None = None
    adds_up: bool = False
    sheet: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns that have to be there."""
        named = (*self.period, self.each, self.count, self.distinct, *self.where.values())
        return [name for name in dict.fromkeys(named) if name]


@dataclass(frozen=True)
class Figure:
    """One published number; `only` are the facts of what it counts, `about` says whose it is."""

    period: years.Period
    only: Mapping[str, str]
    about: str
    value: int


@dataclass(frozen=True)
class Published:
    """A sheet read whole: its figures, and the digest of its bytes."""

    figures: tuple[Figure, ...]
    sha256: str


def guide(text: str) -> Guide:
    """Read a mapping file (TOML). Raises WrongInput with the name that is missing, unknown or of the wrong kind."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise WrongInput(f"The mapping is not TOML: {fault}.") from None
    unknown = sorted(set(said) - set(Guide.__dataclass_fields__))
    missing = [name for name in ("measure", "document", "published_on", "about", "period") if name not in said]
    if unknown or missing:
        wrong = f"does not know {unknown[0]}" if unknown else f"lacks {missing[0]}"
        raise WrongInput(f"The mapping {wrong}; it has {', '.join(Guide.__dataclass_fields__)}.")
    said["period"] = [said["period"]] if isinstance(said["period"], str) else said["period"]
    if bool(said.get("count")) == bool(said.get("distinct")):
        raise WrongInput("The mapping names either count, the column of the numbers, or distinct, that of references.")
    _check_kinds(said)
    return Guide(**said)


_KINDS: Mapping[str, type] = {
    "published_on": date, "period": list, "blank": int, "adds_up": bool, "where": dict, "values": dict,
}  # fmt: skip


def _check_kinds(said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        if type(value) is not _KINDS.get(name, str):
            raise WrongInput(f"The mapping's {name} is {value!r}, which is of the wrong kind.")
    texts = (*said["period"], *said.get("where", {}).values(), *(said.get("values", {}).values()))
    if any(not isinstance(text, str | dict) for text in texts):
        raise WrongInput("The mapping's period and [where] hold names of columns, and [values] holds tables.")


def read(path: Path, directions: Guide) -> Published:
    """Read a sheet (.xlsx .xls .ods .csv) in a child process; WrongInput names the first row that cannot be used."""
    said = asdict(directions) | {"published_on": directions.published_on.isoformat()}
    found = children.run(figures, str(path.resolve()), said)
    made = (
        Figure(years.Period(date.fromisoformat(start), date.fromisoformat(end), label, kind), only, about, value)
        for start, end, label, kind, only, about, value in found
    )
    return Published(tuple(made), hashlib.sha256(path.read_bytes()).hexdigest())


def figures(path: str, said: Mapping[str, Any]) -> list[list[Any]]:
    """Be the child: give every figure of the sheet as plain values."""
    directions = Guide(**{**said, "published_on": date.fromisoformat(said["published_on"])})
    counted: dict[Place, int] = {}
    different: dict[Place, set[str]] = {}
    for number, row in _rows(Path(path), directions):
        for place in _places(number, row, directions):
            if directions.distinct:
                different.setdefault(place, set()).add(row[directions.distinct])
            else:
                counted[place] = counted.get(place, 0) + _count(number, row[directions.count], directions.blank)
    counted |= {place: len(references) for place, references in different.items()}
    if not counted:
        raise WrongInput("The sheet holds no figure below its header.")
    return [
        [period.start.isoformat(), period.end.isoformat(), period.label, period.kind, dict(only), about, value]
        for (period, only, about), value in counted.items()
    ]


def _rows(path: Path, directions: Guide) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row below the header with its number, by the name of its column; blank ones are left out."""
    for table in sheets.open_book(path, directions.sheet or None).tables():
        for at, cells in enumerate(table.top(LOOK_AT), 1):
            if set(directions.columns) <= {cell.strip() for cell in cells}:
                yield from _below(table, at, [cell.strip() for cell in cells])
                return
    raise WrongInput(f"No sheet has a row with the columns {', '.join(directions.columns)} near its top.")


def _below(table: sheets.Table, header: int, names: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(table.rows(), 1):
        if number > header and any(cell.strip() for cell in cells):
            padded = [*(cell.strip() for cell in cells), *("" for _ in names[len(cells) :])]
            yield number, dict(zip(names, padded, strict=False))


def _places(number: int, row: Mapping[str, str], directions: Guide) -> Iterator[Place]:
    """What a row counts towards: its own figure, and the totals where references are counted or rows add up."""
    text = " ".join(row[name] for name in directions.period)
    period = years.read(text)
    if period is None:
        raise WrongInput(f"Row {number}: “{text}” is not a period; write it as 2011/12, 2014 or Q1 2019/20.")
    facts = tuple((name, _value(number, name, row[column], directions)) for name, column in directions.where.items())
    each = row[directions.each] if directions.each else ""
    abouts = [f"{directions.about}: {each}" if each else directions.about]
    onlys = [facts] if all(value for _, value in facts) else []
    if directions.distinct or directions.adds_up:
        onlys = [*onlys, ()] if facts else [()]
        abouts = [*abouts, directions.about] if each else abouts
    yield from ((period, only, about) for only in onlys for about in abouts)


def _value(number: int, fact: str, cell: str, directions: Guide) -> str:
    """Return the value of a fact: what [values] says for the cell, else its code in the scheme, else the cell."""
    said = directions.values.get(fact, {})
    if cell in said:
        return said[cell]
    try:
        code = schemes.read_code(fact, cell)
    except NotThere:
        return cell
    if code is None:
        raise WrongInput(f"Row {number}: “{cell}” is not in the scheme {fact}; say under [values.{fact}] what it is.")
    return code


def _count(number: int, cell: str, blank: int | None) -> int:
    if cell == "" and blank is not None:
        return blank
    if not re.fullmatch(r"\d{1,3}(,\d{3})+|\d{1,15}", cell):
        raise WrongInput(f"Row {number}: “{cell}” is not a whole number; where an empty cell means 0, say blank = 0.")
    return int(cell.replace(",", ""))
