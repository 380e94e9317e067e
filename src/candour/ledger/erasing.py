"""Words are erased for good: out of their rows, and out of what a database keeps of a row that has changed."""

import time
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Q, QuerySet

from candour.ledger import models, rows

PATIENCE = 10.0
"""Seconds that cleaning waits for those who still see what was erased, or hold a table."""


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
    """A table written anew keeps what somebody still sees in it, be it the server's own look at its statistics."""
    if not _nobody_sees_what_was(cursor):
        return False
    cursor.execute("select set_config('lock_timeout', %s, false)", [f"{PATIENCE}s"])
    try:
        for table in tables:
            cursor.execute(f"vacuum (full, analyze) {connection.ops.quote_name(table)}")
    finally:
        cursor.execute("reset lock_timeout")
    return True


def _nobody_sees_what_was(cursor: Any) -> bool:
    """Wait until whoever began to look before now has ended; False where somebody has not after PATIENCE."""
    cursor.execute("select pg_current_xact_id()::xid")
    (now,) = cursor.fetchone()
    until = time.monotonic() + PATIENCE
    while not (gone := _all_later(cursor, now)) and time.monotonic() < until:
        time.sleep(0.1)
    return gone


def _all_later(cursor: Any, now: str) -> bool:
    cursor.execute(_SEEING, [now])
    (since_before,) = cursor.fetchone()
    return not since_before


_SEEING = """
select exists (select 1 from (
    select backend_xmin as since from pg_stat_activity
    where (datname is null or datname = current_database()) and pid <> pg_backend_pid()
    union all select backend_xid from pg_stat_activity where pid <> pg_backend_pid()
    union all select xmin from pg_replication_slots
    union all select transaction from pg_prepared_xacts
) looking where age(since) > age(%s::xid))
"""
"""Whether a transaction, a standby or a slot still sees what stood before a transaction.

Whoever writes in another database of the server counts too: what is written anew is looked at from before it began.
"""
