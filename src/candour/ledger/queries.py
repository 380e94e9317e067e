"""Questions to the record: its head, its words, what it knew at the end of a day."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import Any

from django.db import connection
from django.db.models import Count, Max, OuterRef, Q, Subquery

from candour.ledger import models, seal
from candour.ledger.coordinates import AsAt, Head
from candour.rules import years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed


@dataclass(frozen=True)
class Event:
    """One entry as pages show it: words by name, None where they were erased."""

    number: int
    at: datetime
    person: int
    role: str
    deed: str
    subject: str
    facts: dict[str, Any]
    words: dict[str, str | None]


def head(body: int) -> Head:
    """Return the head of a body's chain."""
    last = models.Entry.objects.filter(body=body).order_by("-number").values_list("number", "digest", "at").first()
    return Head(*last) if last else Head(0, seal.BEGINNING, None)


def head_beside(column: str) -> str:
    """Return the head of the body that `column` (table.column) names, to be asked with a row; `read_head` reads it."""
    table = models.Entry._meta.db_table
    return f"(select number || ':' || digest from {table} where body = {column} order by number desc limit 1)"


def read_head(text: str | None) -> Head:
    """Read what `head_beside` found."""
    number, _, digest = (text or f"0:{seal.BEGINNING}").partition(":")
    return Head(int(number), digest)


def heads(bodies: Collection[int]) -> dict[int, Head]:
    """Return the head of each of several chains; one query."""
    last = models.Entry.objects.filter(body=OuterRef("body")).order_by("-number").values("number")[:1]
    found = models.Entry.objects.filter(body__in=bodies, number=Subquery(last))
    ends = {body: Head(number, digest, at) for body, number, digest, at in found.values_list("body", *_HEAD)}
    return {body: ends.get(body, Head(0, seal.BEGINNING, None)) for body in bodies}


_HEAD = ("number", "digest", "at")


def digests(numbers: Mapping[int, int]) -> dict[int, str]:
    """Return for each of several bodies the digest of one entry; one query. WrongInput where a record is shorter."""
    if not numbers:
        return {}
    named = reduce(or_, (Q(body=body, number=number) for body, number in numbers.items()))
    found = dict(models.Entry.objects.filter(named).values_list("body", "digest"))
    found |= {body: seal.BEGINNING for body, number in numbers.items() if number == 0}
    missing = [body for body in numbers if body not in found]
    if missing:
        raise WrongInput(f"the record of a body ends before entry {numbers[missing[0]]}")
    return found


def sealed(body: int) -> bool:
    """Say whether a chain was sealed: nothing is ever added to it."""
    last = models.Entry.objects.filter(body=body).order_by("-number").values_list("deed", flat=True).first()
    return last == Deed.SEAL


def last_about(body: int, deed: str, subject: str) -> Head:
    """Return the last entry of a deed about a subject; number 0 where there is none."""
    rows = models.Entry.objects.filter(body=body, subject=subject, deed=deed).order_by("-number")
    return Head(*(rows.values_list("number", "digest", "at").first() or (0, seal.BEGINNING, None)))


def digest(body: int, number: int) -> str:
    """Return the digest of entry `number`; WrongInput when the record does not reach so far."""
    if number == 0:
        return seal.BEGINNING
    found = models.Entry.objects.filter(body=body, number=number).values_list("digest", flat=True).first()
    if found is None:
        raise WrongInput(f"the record ends at {head(body).number}; there is no entry {number} yet")
    return found


def end_of(day: date) -> datetime:
    """Return the first moment after a London day."""
    return datetime.combine(day + timedelta(days=1), time(), years.LONDON).astimezone(UTC)


def number_at_end_of(body: int, day: date) -> int:
    """Return the number of the last entry made on or before a London day; 0 where there was none."""
    entries = models.Entry.objects.filter(body=body, at__lt=end_of(day)).order_by("-at", "-number")
    return entries.values_list("number", flat=True).first() or 0


def coordinates(body: int, day: date, number: int | None, *, today: date) -> AsAt:
    """Return the two coordinates a person asked for; WrongInput for a day to come or a number beyond the head."""
    if day > today:
        raise WrongInput(f"{years.spoken(day)} is still to come; give a day up to {years.spoken(today)}")
    last = head(body).number
    if number is not None and not 0 <= number <= last:
        raise WrongInput(f"the record ends at {last}; there is no entry {number}")
    return AsAt(day, last if number is None else number)


def events(body: int, subject: str) -> list[Event]:
    """Return every entry about a subject, oldest first, with its words; one query."""
    return list(_events("e.body = %s and e.subject = %s", [body, subject]))


def event(body: int, number: int) -> Event:
    """Return one entry with its words; WrongInput where the record does not hold it."""
    found = many(body, [number]).get(number)
    if found is None:
        raise WrongInput(f"there is no entry {number}")
    return found


def many(body: int, numbers: Collection[int]) -> dict[int, Event]:
    """Return the entries of these numbers that the record holds, with their words; one query."""
    if not numbers:
        return {}
    marks = ", ".join(["%s"] * len(numbers))
    found = _events(f"e.body = %s and e.number in ({marks})", [body, *numbers])
    return {event.number: event for event in found}


def done(body: int, deeds: Collection[str]) -> Iterator[Event]:
    """Yield the entries of some deeds with their words, oldest first; one query."""
    marks = ", ".join(["%s"] * len(deeds))
    yield from _events(f"e.body = %s and e.deed in ({marks})", [body, *map(str, deeds)])


def _events(which: str, values: Sequence[Any]) -> Iterator[Event]:
    """Yield entries with their words in the order of the chain; each row is an entry and one of its words."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_EVENTS} where {which} order by e.number", values)
        rows = cursor.fetchall()
    for entry, words in groupby(rows, key=itemgetter(slice(0, len(_ENTRY)))):
        number, at, person, role, deed, subject, content = entry
        texts = {field: text for *_, field, text in words if field is not None}
        moment = at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite's driver knows no zone: it is UTC
        yield Event(number, moment, person, role, deed, subject, json.loads(content)["facts"], texts)


_ENTRY = ("number", "at", "person", "role", "deed", "subject", "content")
_EVENTS = (
    f"select {', '.join(f'e.{name}' for name in _ENTRY)}, w.field, w.text from {models.Entry._meta.db_table} e "
    f"left join {models.Words._meta.db_table} w on w.body = e.body and w.number = e.number"
)


def texts(body: int, field: str, most: int) -> list[str]:
    """Return the newest texts of a field that are not erased, at most so many, the newest first."""
    rows = models.Words.objects.filter(body=body, field=field, text__isnull=False).order_by("-number")
    return [text for text in rows.values_list("text", flat=True)[:most] if text]


def how_many_texts(body: int, field: str) -> tuple[int, int]:
    """Return how many texts of a field are not erased, and the newest's number: either changes as one comes or goes."""
    rows = models.Words.objects.filter(body=body, field=field, text__isnull=False)
    found = rows.aggregate(count=Count("pk"), newest=Max("number"))
    return found["count"], found["newest"] or 0


def subjects(body: int, deeds: str, among: int) -> set[str]:
    """Return what deeds whose names begin so are about, in the first and in the last `among` entries."""
    newest = head(body).number
    ends = Q(number__lte=among) | Q(number__gt=newest - among)
    return set(models.Entry.objects.filter(ends, body=body, deed__startswith=deeds).values_list("subject", flat=True))
