"""Questions to the record: its head, its words, what it knew at the end of a day."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from candour.ledger import models, seal
from candour.ledger.coordinates import AsAt
from candour.rules import years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed


@dataclass(frozen=True)
class Head:
    """The end of a chain: number 0 and the beginning's digest where nothing was done yet."""

    number: int
    digest: str
    at: datetime | None


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


def heads(bodies: Collection[int]) -> dict[int, Head]:
    """Return the head of each of several chains; one query."""
    last = models.Entry.objects.filter(body=OuterRef("body")).order_by("-number").values("number")[:1]
    found = models.Entry.objects.filter(body__in=bodies, number=Subquery(last))
    ends = {body: Head(number, digest, at) for body, number, digest, at in found.values_list("body", *_HEAD)}
    return {body: ends.get(body, Head(0, seal.BEGINNING, None)) for body in bodies}


_HEAD = ("number", "digest", "at")


def digests(numbers: Mapping[int, int]) -> dict[int, str]:
    """Return for each of several bodies the digest of one entry; one query. WrongInput where a record is shorter."""
    named = reduce(or_, (Q(body=body, number=number) for body, number in numbers.items()), Q(pk=None))
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
    """Return every entry about a subject, oldest first, with its words; two queries."""
    entries = list(models.Entry.objects.filter(body=body, subject=subject).order_by("number"))
    texts: dict[int, dict[str, str | None]] = {entry.number: {} for entry in entries}
    for number, field, text in models.Words.objects.filter(body=body, number__in=texts).values_list(
        "number", "field", "text"
    ):
        texts[number][field] = text
    return [_event(entry, texts[entry.number]) for entry in entries]


def event(body: int, number: int) -> Event:
    """Return one entry with its words; WrongInput where the record does not hold it."""
    entry = models.Entry.objects.filter(body=body, number=number).first()
    if entry is None:
        raise WrongInput(f"there is no entry {number}")
    words = models.Words.objects.filter(body=body, number=number)
    return _event(entry, dict(words.values_list("field", "text")))


def many(body: int, numbers: Collection[int]) -> dict[int, Event]:
    """Return the entries of these numbers that the record holds, with their words; two queries."""
    entries = list(models.Entry.objects.filter(body=body, number__in=list(numbers)))
    texts: dict[int, dict[str, str | None]] = {entry.number: {} for entry in entries}
    words = models.Words.objects.filter(body=body, number__in=list(texts))
    for number, field, text in words.values_list("number", "field", "text"):
        texts[number][field] = text
    return {entry.number: _event(entry, texts[entry.number]) for entry in entries}


def _event(entry: models.Entry, words: dict[str, str | None]) -> Event:
    facts = json.loads(entry.content)["facts"]
    return Event(entry.number, entry.at, entry.person, entry.role, entry.deed, entry.subject, facts, words)
