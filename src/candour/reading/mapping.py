"""How the columns of a sheet are the fields of a register: a mapping file, or a guess by the usual headers."""

import difflib
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from candour.reading import days, fields
from candour.rules.refusals import WrongInput

LOOK_AT = 30
"""A header stands in one of the first so many rows."""


@dataclass(frozen=True)
class Guide:
    """What a mapping file says. Empty: everything is guessed. Where `columns` names any, only those are read."""

    sheet: str | None = None
    header_row: int | None = None
    date_order: str = "dmy"
    null: Sequence[str] = ()
    ignore: Sequence[str] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Header:
    """The row of a sheet (1-based) that names its columns, and the column (0-based) of each field."""

    row: int
    cells: Sequence[str]
    columns: Mapping[str, int]


def load(path: Path) -> Guide:
    """Read a mapping file. Raises WrongInput with the key that is wrong and what may stand there."""
    try:
        return read(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise WrongInput(f"The mapping {path} cannot be opened; name a file that is there.") from None
    except UnicodeDecodeError:
        raise WrongInput(f"The mapping {path} is not text in UTF-8; save it so.") from None


def read(text: str) -> Guide:
    """Read the text of a mapping file (TOML, see the reference). Raises WrongInput."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise WrongInput(f"The mapping is not TOML: {fault}.") from None
    _require_known(said, Guide.__dataclass_fields__, "")
    for key, kind in _KINDS.items():
        if key in said and not (isinstance(said[key], kind) and _plain_list(said[key])):
            raise WrongInput(f"The mapping's {key} has a value of the wrong kind; see the example in the reference.")
    for table in ("columns", "constants", "values"):
        _require_known(said.get(table, {}), fields.BY_NAME, f"[{table}] ")
    _require_order(said.get("date_order", "dmy"))
    return Guide(**said | {"constants": _constants(said), "columns": _texts(said, "columns"), "values": _values(said)})


_KINDS: Mapping[str, type] = {
    "sheet": str, "header_row": int, "date_order": str, "null": list, "ignore": list, "columns": dict,
    "constants": dict, "values": dict,
}  # fmt: skip


def _plain_list(value: Any) -> bool:
    return not isinstance(value, list) or all(isinstance(item, str) for item in value)


def unknown(key: str, known: Collection[str], sentence: str) -> str:
    """Say that a key is not known, and which was meant or which there are; `sentence` has a place for the key."""
    near = difflib.get_close_matches(key, known, n=1)
    return f"{sentence.format(key)}; {f'did you mean {near[0]}?' if near else 'there are ' + ', '.join(known) + '.'}"


def _require_known(said: Mapping[str, Any], known: Collection[str], where: str) -> None:
    for key in said:
        if key not in known:
            raise WrongInput(unknown(key, known, f"The mapping's {where}{{}} is not known"))


def _require_order(order: str) -> None:
    if order not in days.ORDERS:
        raise WrongInput(f"The mapping's date_order is “{order}”; write one of {', '.join(days.ORDERS)}.")


def _texts(said: Mapping[str, Any], table: str) -> dict[str, str]:
    for key, value in said.get(table, {}).items():
        if not isinstance(value, str):
            raise WrongInput(f"The mapping's [{table}] {key} has to be a text in quotation marks.")
    return dict(said.get(table, {}))


def _constants(said: Mapping[str, Any]) -> dict[str, str]:
    """Constants as the text that a cell would hold."""
    both = set(said.get("constants", {})) & set(said.get("columns", {}))
    if both:
        raise WrongInput(f"The mapping gives {min(both)} both a column and a constant; keep one.")
    return {key: _cell_text(key, value) for key, value in said.get("constants", {}).items()}


def _cell_text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return str(value)
    raise WrongInput(f"The mapping's [constants] {key} has to be a text, a whole number, a day, true or false.")


def _values(said: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    for key, table in said.get("values", {}).items():
        if not isinstance(table, dict):
            raise WrongInput(f"The mapping's [values.{key}] has to be a table of cell = value.")
    return {key: _texts(said["values"], key) for key in said.get("values", {})}


def find_header(rows: Sequence[Sequence[str]], guide: Guide) -> Header | None:
    """Find the row, among the first of a sheet, that names the most fields; None where none names a day.

    Raises WrongInput where the mapping names a header row that is not there.
    """
    if guide.header_row is not None:
        if not 1 <= guide.header_row <= len(rows):
            raise WrongInput(f"The mapping's header_row is {guide.header_row}; the sheet has no such row near its top.")
        return _header(guide.header_row, rows[guide.header_row - 1], guide)
    headers = [_header(number, cells, guide) for number, cells in enumerate(rows, 1)]
    best = max(headers, key=lambda header: len(header.columns), default=None)
    dated = best and any(name in best.columns or name in guide.constants for name in fields.DATED)
    return best if dated else None


def unknown_columns(header: Header, guide: Guide) -> list[str]:
    """The columns that the mapping names and the header row does not."""
    return [guide.columns[name] for name in guide.columns if name not in header.columns]


def _header(row: int, cells: Sequence[str], guide: Guide) -> Header:
    return Header(row, cells, _named(cells, guide.columns) if guide.columns else _guessed(cells, guide))


def _named(cells: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    place = {_squeezed(cell): index for index, cell in reversed(list(enumerate(cells)))}
    return {name: place[_squeezed(header)] for name, header in columns.items() if _squeezed(header) in place}


def _guessed(cells: Sequence[str], guide: Guide) -> dict[str, int]:
    """Match headers by name and synonym; a field's own name wins over a synonym, else the first column does."""
    taken = [(index, cell) for index, cell in enumerate(cells) if cell and not is_ignored(cell, guide)]
    found: dict[str, int] = {}
    for meaning in (_own_name, fields.meant):
        for index, cell in taken:
            if (name := meaning(cell)) and name not in guide.constants:
                found.setdefault(name, index)
    return {one.name: found[one.name] for one in fields.FIELDS if one.name in found}


def _own_name(cell: str) -> str | None:
    return name if (name := _squeezed(cell)) in fields.BY_NAME else None


def _squeezed(text: str) -> str:
    return " ".join(text.casefold().split())


def is_ignored(header: str, guide: Guide) -> bool:
    """Say whether the mapping sets a column aside."""
    return _squeezed(header) in {_squeezed(ignored) for ignored in guide.ignore}
