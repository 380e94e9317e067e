"""How versions and codes are written, many at once: one batch of a load and one incident go the same way."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db import connection

from candour.incidents import balances, models
from candour.incidents.search import index
from candour.ledger import rows
from candour.ledger.beliefs import Range
from candour.ledger.models import OPEN

VERSION = tuple(field.attname for field in models.Version._meta.concrete_fields if not field.primary_key)
HISTORY = ("body", "held_from", "held_until", "opened", "closed")
STATED = tuple(name for name in VERSION if name not in HISTORY and name != "incident")
"""The columns of a version that say what is believed."""

_NOTHING = dict.fromkeys(VERSION)
_in_order = itemgetter(*VERSION)

_present = itemgetter(*(VERSION.index(name) for name in ("incident", "held_until", "logged_on", "opened")))
_found_by = itemgetter(*(VERSION.index(name) for name in index.CODES))
_incident = itemgetter(VERSION.index("incident"))
_of_counted = itemgetter(*(VERSION.index(name) for name in balances.COUNTED))
_ENDLESS = (OPEN, OPEN.isoformat())

CODING = ("body", "held_from", "held_until", "opened", "incident", "scheme", "code")


def _counted(row: tuple[Any, ...]) -> tuple[int, tuple[Any, ...]]:
    return _incident(row), _of_counted(row)


def stated(row: models.Version) -> dict[str, Any]:
    """Return what a version says, without its place in history."""
    return {name: getattr(row, name) for name in STATED}


@dataclass
class Sheet:
    """Rows of one transaction, collected and written together; its entries are made on the London day `today`."""

    body: int
    today: date
    incidents: list[tuple[Any, ...]] = dataclasses.field(default_factory=list)
    versions: list[tuple[Any, ...]] = dataclasses.field(default_factory=list)
    codings: list[tuple[Any, ...]] = dataclasses.field(default_factory=list)
    closed_versions: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    closed_codings: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    words: dict[int, str] = dataclasses.field(default_factory=dict)
    deeds: dict[int, int] = dataclasses.field(default_factory=dict)
    stood: dict[int, tuple[int, str]] = dataclasses.field(default_factory=dict)

    def incident(self, number: int, reference: str) -> None:
        self.incidents.append((self.body, number, reference))

    def describe(self, incident: int, reference: str, description: str | None, number: int) -> None:
        """Let an incident be found by other words, from ledger `number` on; without any they stay as they are."""
        if description:
            self.words[incident] = index.said(reference, description)
            self.deeds[incident] = number

    def version(
        self, incident: int, facts: Mapping[str, Any], number: int, held: tuple[date | str, date | str]
    ) -> None:
        """Add a version of `incident`, opened at ledger `number`, for the days `held[0] <= day < held[1]`."""
        own = {
            "body": self.body, "held_from": held[0], "held_until": held[1], "opened": number, "closed": None,
            "incident": incident,
        }  # fmt: skip
        self.versions.append(_in_order({**_NOTHING, **facts, **own}))

    def coding(self, incident: int, scheme: str, code: str, number: int, held: tuple[date | str, date | str]) -> None:
        self.codings.append((self.body, held[0], held[1], number, incident, scheme, code))

    def close(self, row: models.Version | models.Coding, number: int) -> None:
        (self.closed_versions if isinstance(row, models.Version) else self.closed_codings).append((number, row.pk))
        if isinstance(row, models.Version) and row.held_until == OPEN:
            found_by = index.codes(tuple(getattr(row, name) for name in index.CODES))
            self.stood[row.incident] = index.place(self.body, row.logged_on, row.incident), found_by

    def again(self, row: models.Version | models.Coding, days: Range, number: int) -> None:
        """Say again, from ledger `number` on, what a row says, for these days."""
        held = days.held_from, days.held_until
        if isinstance(row, models.Version):
            self.version(row.incident, stated(row), number, held)
        else:
            self.coding(row.incident, row.scheme, row.code, number, held)

    def write(self) -> None:
        """Write what was collected, closings first, in the transaction that is open; balances and index follow."""
        now = self._now()
        new = {number: reference for _, number, reference in self.incidents}
        moved = {number for number, found_by in now.items() if self.stood.get(number) != found_by}
        stood = index.standing(self.body, {*moved, *self.words} - set(new), self.deeds)
        book = balances.Book(self.body, self.today)
        book.remember({_incident(row) for row in self.versions} - set(new))
        _close(models.Version, self.closed_versions)
        _close(models.Coding, self.closed_codings)
        rows.insert(models.Incident, ("body", "number", "reference"), self.incidents)
        rows.insert(models.Version, VERSION, self.versions)
        rows.insert(models.Coding, CODING, self.codings)
        book.enter(map(_counted, self.versions), {key for _, key in self.closed_versions})
        book.write()
        index.leave(list(stood.values()))
        index.enter(self._docs(new, stood, now))

    def _now(self) -> dict[int, tuple[int, str]]:
        """The place and the codes of what is believed from now on without an end, by incident."""
        found = {}
        for row in self.versions:
            incident, until, logged, opened = _present(row)
            if until in _ENDLESS:
                found[incident] = index.place(self.body, _day(logged), incident), index.codes(_found_by(row))
                self.deeds.setdefault(incident, opened)
        return found

    def _docs(
        self, new: Mapping[int, str], stood: Mapping[int, index.Doc], now: Mapping[int, tuple[int, str]]
    ) -> Iterator[index.Doc]:
        """What the index takes: incidents that are new (by reference), and those that stood, as they are now."""
        for number, reference in new.items():
            place, codes = now[number]
            yield index.Doc(place, self.words.get(number, reference), codes)
        for number, doc in stood.items():
            place, codes = now.get(number, (doc.place, doc.codes))
            yield index.Doc(place, self.words.get(number, doc.words), codes)


def _day(day: date | str | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _close(model: type[models.Version | models.Coding], closings: Sequence[tuple[int, int]]) -> None:
    """Close rows: pairs of the ledger number that closes and the row's key."""
    if closings:
        with connection.cursor() as cursor:
            cursor.executemany(f"update {model._meta.db_table} set closed = %s where id = %s", closings)  # noqa: S608


def open_ended(day: date | str) -> tuple[date | str, date | str]:
    """The range of days that begins on `day` and has no end."""
    return day, OPEN.isoformat() if isinstance(day, str) else OPEN
