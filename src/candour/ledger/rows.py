"""Many rows at once: statements of many rows on SQLite, COPY on PostgreSQL (five times what bulk_create does)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress
from typing import Any, TypeVar

import orjson
from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

from candour.ledger import background

AT_ONCE = 500
"""Values in one question; databases limit how many a statement carries."""

TOGETHER = 100
"""Rows of one statement on SQLite: what a guarded statement might have to take back is noted once for them all."""

Value = TypeVar("Value")
Row = Sequence[Any]


def in_parts(values: Sequence[Value], size: int = AT_ONCE) -> Iterator[Sequence[Value]]:
    """Yield values in parts that one statement can carry."""
    return (values[start : start + size] for start in range(0, len(values), size))


def listed(values: Iterable[str], kind: str = "text") -> RawSQL:
    """Return texts (or ISO days, of `kind` date) as one parameter to stand behind `__in`, however many they are.

    Django prepares every value of a list by itself, which takes longer than the database takes to look it up.
    """
    if connection.vendor == "postgresql":
        return RawSQL(f"select unnest(%s::{kind}[])", [list(values)])  # noqa: S611 - a kind from the code, values apart
    return RawSQL("select value from json_each(%s)", [orjson.dumps(list(values)).decode()])


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows of plain values, in the order of `columns`, in the transaction that is open."""
    write = _copy if connection.vendor == "postgresql" else together
    if all_rows := list(rows):
        filled = [column.count(None) < len(all_rows) for column in zip(*all_rows, strict=True)]
        into = f"{model._meta.db_table} ({', '.join(compress(columns, filled))})"
        rows = all_rows if all(filled) else [tuple(compress(row, filled)) for row in all_rows]
        background.write(lambda: write(into, rows))


def _copy(into: str, rows: Sequence[Row]) -> None:
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(f"copy {into} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def together(into: str, rows: Sequence[Row], otherwise: str = "") -> None:
    """Write rows by statements of many rows each; `otherwise` says what of a row that is there already."""
    whole = len(rows) // TOGETHER * TOGETHER
    for some, many in ((rows[:whole], TOGETHER), (rows[whole:], len(rows) - whole)):
        _each(into, some, many, otherwise)


def _each(into: str, rows: Sequence[Row], many: int, otherwise: str) -> None:
    if rows:
        row = f"({', '.join(['%s'] * len(rows[0]))})"
        values = [tuple(chain.from_iterable(part)) for part in in_parts(rows, many)]
        with connection.cursor() as cursor:
            sql = f"insert into {into} values {', '.join([row] * many)} {otherwise}"  # noqa: S608 - names from models
            cursor.executemany(sql, values)
