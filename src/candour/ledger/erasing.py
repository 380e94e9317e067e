"""Words are erased for good: out of their rows, and out of what a database keeps of a row that has changed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Q, QuerySet

from candour.ledger import models, rows


def erase(body: int, subjects: Collection[str], deeds: Iterable[str], at: datetime) -> int:
    """Erase the words of every entry about these subjects by deeds whose names begin so; return how many texts."""
    begins = Q()
    for beginning in deeds:
        begins |= Q(deed__startswith=beginning)
    about = list(subjects)
    return sum(
        _erase(_words(body, models.Entry.objects.filter(begins, body=body, subject__in=some)), at)
        for some in rows.in_parts(about)
    )


def erase_under(body: int, numbers: Collection[int], at: datetime) -> int:
    """Erase the words of the entries of these numbers; return how many texts."""
    kept = models.Words.objects.filter(body=body)
    return sum(_erase(kept.filter(number__in=some), at) for some in rows.in_parts(list(numbers)))


def _words(body: int, entries: QuerySet[models.Entry]) -> QuerySet[models.Words]:
    return models.Words.objects.filter(body=body, number__in=entries.values("number"))


def _erase(found: QuerySet[models.Words], at: datetime) -> int:
    return found.filter(erased_at=None).update(text=None, salt=None, erased_at=at)


def clean(tables: Collection[str]) -> bool:
    """Leave nothing of what was erased in the database's own files; False where that cannot be done now.

    SQLite: the file is written anew without its free pages, and the journal emptied. PostgreSQL: each table is written
    anew. Neither can be done inside a transaction, nor while somebody else holds what it needs.
    """
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            return _sqlite(cursor) if connection.vendor == "sqlite" else _postgresql(cursor, tables)
    except OperationalError:  # somebody else is at work in the database
        return False


def _sqlite(cursor: Any) -> bool:
    cursor.execute("vacuum")
    cursor.execute("pragma wal_checkpoint(truncate)")
    (busy, _, _) = cursor.fetchone()
    return not busy


def _postgresql(cursor: Any, tables: Collection[str]) -> bool:
    for table in tables:
        cursor.execute(f"vacuum (full, analyze) {connection.ops.quote_name(table)}")
    return True
