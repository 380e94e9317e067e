"""The index itself: one row an incident of what is believed now, written in the transaction of each deed.

Its rows stand in the order of the register: a *place* is body, day logged and incident in one number, so that a page is
a range of places. FTS5 on SQLite, which walks words and codes alike in the order of places; on PostgreSQL a tsvector,
whose index knows each word with its month, and beside it a column for each code, whose indexes lie in that order.
Texts stay in the ledger: SQLite keeps only what is found by them (a contentless table), so a row leaves by saying once
more what it was entered with.
"""

import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter

from django.db import connection
from django.db.models import OuterRef, Subquery

from candour.incidents import models
from candour.ledger import background
from candour.ledger import models as ledger
from candour.ledger.models import OPEN
from candour.ledger.rows import in_parts

TABLE = "incidents_search"
CODES = ("tier", "standing", "source", "department")
"""The facts by which the index finds an incident."""

EVERY = "every"
"""The code that every incident has: FTS5 walks nothing without a word."""

_INCIDENT, _DAY = 30, 17
"""Bits of an incident's number, and of a day counted from 1900 (0: not known), in a place."""

MONTH = _INCIDENT + 5
"""Bits of a place within one month: 32 days of one body."""

WORDS_OF_MONTHS = f"{TABLE}_words(place, words)"
"""What PostgreSQL's index of words knows: each word with its month, so that months are looked through one by one."""

_FIRST = date(1900, 1, 1).toordinal() - 1
_LAST_DAY = (1 << _DAY) - 1
_BATCH = 5000
_CODES = ", ".join(CODES)
_APART = re.compile(r"[\W_]+")
"""What stands between words: left in, PostgreSQL would read "north/south" as the name of a file."""


def place(body: int, day: date | None, incident: int) -> int:
    """Return where an incident stands: after all of an earlier body, day or number; those without a day first."""
    days = min(max(day.toordinal() - _FIRST, 1), _LAST_DAY) if day else 0
    return ((body << _DAY | days) << _INCIDENT) | incident


def place_of(version: str) -> str:
    """Write `place` as SQL about the alias of a version, so that thousands are read without making a day of each."""
    least, greatest, days = _DAYS[connection.vendor]
    day = f"{least}({greatest}({days.format(f'{version}.logged_on')}, 1), {_LAST_DAY})"
    known = f"case when {version}.logged_on is null then 0 else {day} end"
    return f"(((cast({version}.body as bigint) << {_DAY}) | {known}) << {_INCIDENT}) | {version}.incident"


_DAYS = {
    "sqlite": ("min", "max", "cast(julianday({}) - julianday('1899-12-31') as bigint)"),
    "postgresql": ("least", "greatest", "({} - date '1899-12-31')"),
}
"""The smaller and the greater of two, and the days from 1900, in the words of each database."""


def incident(place_: int) -> int:
    """Return the number of the incident at a place."""
    return place_ & ((1 << _INCIDENT) - 1)


@lru_cache(maxsize=4096)
def token(name: str, value: str) -> str:
    """A word that no text holds, for one value of a fact; it ends in a digit, so nothing makes a stem of it."""
    return f"q{_digest(name, value).hex()}0"


@lru_cache(maxsize=4096)
def number(name: str, value: str) -> int:
    """A number for one value of a fact, as long as a column of PostgreSQL takes."""
    return int.from_bytes(_digest(name, value), signed=True)


def _digest(name: str, value: str) -> bytes:
    return blake2b(f"{name}={value}".encode(), digest_size=8).digest()


@lru_cache(maxsize=4096)
def codes(values: tuple[str | None, ...]) -> str:
    """Return the codes of an incident, from its values in the order of CODES: words on SQLite, else its columns."""
    stated = list(zip(CODES, values, strict=True))
    if connection.vendor == "sqlite":
        return " ".join([EVERY, *(token(name, value) for name, value in stated if value)])
    return " ".join(str(number(name, value)) if value else NONE for name, value in stated)


NONE = "-"
"""What stands in the place of a code that an incident does not have."""


@dataclass(frozen=True, order=True)
class Doc:
    """One incident as the index takes it: its place, its words, and its codes."""

    place: int
    words: str
    codes: str


def enter(docs: Iterable[Doc]) -> None:
    """Add incidents that the index does not have, in the transaction that is open."""
    rows = sorted(docs, key=attrgetter("place"))  # in order, else SQLite writes out what it gathered at each step back
    if not rows:
        return
    if connection.vendor == "sqlite":
        _run(f"insert into {TABLE} (rowid, words, codes) values (%s, %s, %s)", rows)
        return
    by_fact = zip(*([None if one == NONE else int(one) for one in doc.codes.split()] for doc in rows), strict=True)
    given = f"unnest(%s::bigint[], %s::text[]{', %s::bigint[]' * len(CODES)}) as t (place, words, {_CODES})"
    found_by = f"place, to_tsvector('english', words), {_CODES}"
    background.execute(
        f"insert into {TABLE} (place, words, {_CODES}) select {found_by} from {given}",
        [[doc.place for doc in rows], [_APART.sub(" ", doc.words) for doc in rows], *map(list, by_fact)],
    )


def leave(docs: Sequence[Doc]) -> None:
    """Take incidents out, as they were entered."""
    if not docs:
        return
    if connection.vendor == "sqlite":
        _run(f"insert into {TABLE} ({TABLE}, rowid, words, codes) values ('delete', %s, %s, %s)", docs)
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"delete from {TABLE} where place = any(%s)", [[doc.place for doc in docs]])


def _run(statement: str, docs: Iterable[Doc]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(doc.place, doc.words, doc.codes) for doc in docs])


def standing(body: int, incidents: Collection[int], before: Mapping[int, int] | None = None) -> dict[int, Doc]:
    """Return incidents as the index has them, by number; two queries for every 500.

    `before` gives the number of an entry whose words are not in the index yet: those of earlier entries are.
    """
    found: dict[int, Doc] = {}
    for some in in_parts(sorted(incidents)):
        present = models.Version.objects.filter(body=body, incident__in=some, closed=None, held_until=OPEN)
        rows = list(present.annotate(name=_REFERENCE).values_list("incident", "name", "logged_on", *CODES))
        told = _descriptions(body, {number: name for number, name, *_ in rows}, before or {})
        for number, name, day, *values in rows:
            found[number] = Doc(place(body, day, number), said(name, told.get(number)), codes(tuple(values)))
    return found


_REFERENCE = Subquery(
    models.Incident.objects.filter(body=OuterRef("body"), number=OuterRef("incident")).values("reference")
)


def said(reference: str, description: str | None) -> str:
    """Return the words by which an incident is found."""
    return f"{reference} {description}" if description else reference


def _descriptions(body: int, names: Mapping[int, str], before: Mapping[int, int]) -> dict[int, str | None]:
    """The last description of each incident, by its number; before an entry where one is given."""
    about = ledger.Entry.objects.filter(body=body, subject__in=list(names.values()))
    subject = ledger.Entry.objects.filter(body=OuterRef("body"), number=OuterRef("number")).values("subject")
    words = ledger.Words.objects.filter(body=body, field="description", number__in=about.values("number"))
    numbers = {reference: number for number, reference in names.items()}
    found: dict[int, str | None] = {}
    rows = words.annotate(subject=Subquery(subject)).order_by("number").values_list("subject", "number", "text")
    for reference, entry, text in rows:
        number = numbers[reference]
        if entry < before.get(number, entry + 1):
            found[number] = text
    return found


def forget(body: int, incidents: Collection[int]) -> None:
    """Let the words of incidents leave the index; call it before they are erased in the ledger, whose words it reads.

    They are found by reference and codes from then on. What SQLite keeps of a word that left is written anew at once.
    """
    now = standing(body, incidents)
    leave(list(now.values()))
    for some in in_parts(list(now)):
        names = models.Incident.objects.filter(body=body, number__in=some).values_list("number", "reference")
        enter(replace(now[number], words=reference) for number, reference in names)
    if connection.vendor == "sqlite" and not _forgets_at_once():
        _command("optimize")


def _forgets_at_once() -> bool:
    return sqlite3.sqlite_version_info >= (3, 42)


def _command(command: str, *, rank: int | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"insert into {TABLE} ({TABLE}, rank) values (%s, %s)", [command, rank])


def put_up() -> None:
    """Make the index where there is none, of all that the register holds."""
    if TABLE in connection.introspection.table_names():
        if connection.vendor == "sqlite":
            return
        if _has_columns():
            _run_all(*_BY_MONTH)
            return
        _run_all(f"drop table {TABLE}")
    _run_all(*_STATEMENTS[connection.vendor])
    if connection.vendor == "sqlite" and _forgets_at_once():
        _command("secure-delete", rank=1)
    rebuild()


def _run_all(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _has_columns() -> bool:
    """Whether PostgreSQL's table has a column for each code; earlier it had one of words for all."""
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, TABLE)}
    return columns.issuperset(CODES)


_OPTIONS = "content='', columnsize=0, tokenize='porter unicode61 remove_diacritics 2'"
_BY_MONTH = (
    f"""create or replace function {TABLE}_words(place bigint, words tsvector) returns tsvector
        language sql immutable parallel safe cost 1000
        as $$ select array_to_tsvector(array_agg((place >> {MONTH}) || '-' || lexeme))
        from unnest(tsvector_to_array(words)) lexeme $$""",
    f"drop index if exists {TABLE}_match",
    f"create index if not exists {TABLE}_months on {TABLE} using gin ({WORDS_OF_MONTHS}) with (fastupdate = off)",
)
"""PostgreSQL's index of words; what is newly entered stands in it at once, for every month asked would read a list."""

_STATEMENTS = {
    "sqlite": [
        f"create virtual table {TABLE} using fts5(words, codes, {_OPTIONS})",
    ],
    "postgresql": [
        f"create table {TABLE} (place bigint primary key, words tsvector, {' bigint, '.join(CODES)} bigint)",
        *_BY_MONTH,
        *(f"create index {TABLE}_{name} on {TABLE} ({name}, place)" for name in CODES),
    ],
}


def rebuild() -> None:
    """Make the index anew from the register and the ledger's words."""
    if connection.vendor == "sqlite":
        _command("delete-all")
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"delete from {TABLE}")
    rows = models.Incident.objects.order_by("body", "number").values_list("body", "number")
    for body in rows.values_list("body", flat=True).distinct().order_by("body"):
        numbers = list(rows.filter(body=body).values_list("number", flat=True))
        for some in in_parts(numbers, _BATCH):
            enter(standing(body, some).values())
