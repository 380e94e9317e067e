"""Many rows at once: statements of many rows on SQLite, COPY on PostgreSQL (five times what bulk_create does)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

AT_ONCE = 500
"""Values in one question; databases limit how many a statement carries."""

TOGETHER = 100
"""Rows of one statement on SQLite: what a guarded statement might have to take back is noted once for them all."""

Value = TypeVar("Value")
Row = Sequence[Any]


def in_parts(values: Sequence[Value], size: int = AT_ONCE) -> Iterator[Sequence[Value]]:
    """Yield values in parts that one statement can carry."""
    return (values[start : start + size] for start in range(0, len(values), size))


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows of plain values, in the order of `columns`, in the transaction that is open."""
    write = _copy if connection.vendor == "postgresql" else _insert
    if all_rows := list(rows):
        filled = [column.count(None) < len(all_rows) for column in zip(*all_rows, strict=True)]
        into = f"{model._meta.db_table} ({', '.join(compress(columns, filled))})"
        write(into, [tuple(compress(row, filled)) for row in all_rows])


def _copy(into: str, rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy {into} from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(into: str, rows: Sequence[Row]) -> None:
    whole = len(rows) // TOGETHER * TOGETHER
    _together(into, rows[:whole], TOGETHER)
    _together(into, rows[whole:], len(rows) - whole)


def _together(into: str, rows: Sequence[Row], many: int) -> None:
    """Write rows, `many` of them by each statement."""
    if rows:
        row = f"({', '.join(['%s'] * len(rows[0]))})"
        values = [tuple(chain.from_iterable(part)) for part in in_parts(rows, many)]
        with connection.cursor() as cursor:
            cursor.executemany(f"insert into {into} values {', '.join([row] * many)}", values)  # noqa: S608 - names from models
