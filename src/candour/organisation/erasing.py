"""Erases names that nobody needs any more: of people who left, and in what the body no longer says of itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db.models import Max, Q, QuerySet

from candour.ledger import erasing
from candour.ledger import models as ledger
from candour.ledger import queries as ledger_queries
from candour.ledger.models import OPEN
from candour.ledger.seal import canonical
from candour.organisation import kinds, people
from candour.organisation.models import Particular, Person, RoleHeld
from candour.organisation.stated import ERASED_NAME
from candour.rules.rights import Deed

TABLES = (ledger.Words, Person, Particular)
"""What is written anew on the disk after names were erased."""


@dataclass(frozen=True)
class Past:
    """Something that is over: the number of the entry it began with, what it is called, and the day it was over."""

    entry: int
    name: str
    ended: date


def who_left(body: int, by: date) -> list[Past]:
    """Return the people whose last role ended by a day and whose names are still here; never the operator."""
    held = RoleHeld.objects.filter(body=body, closed=None).values("person").annotate(ended=Max("held_until"))
    ended = dict(held.filter(ended__lte=by).values_list("person", "ended"))
    named = Person.objects.filter(body=body, number__in=ended).exclude(number=people.OPERATOR)
    numbers = list(named.exclude(name=ERASED_NAME).values_list("number", flat=True))
    entries = ledger.Entry.objects.filter(body=body, deed=Deed.ADD_PERSON, subject__in=[f"person {n}" for n in numbers])
    added = dict(entries.values_list("subject", "number"))
    return [Past(added[f"person {number}"], f"person {number}", ended[number]) for number in numbers]


def said_no_more(body: int, by: date) -> list[Past]:
    """Return what was said with a name in it, ended or was replaced by a day, and does not hold for any day since.

    A content is known by the first entry that stated it; what is said again is still in force.
    """
    found: dict[tuple[str, str, str], list[Particular]] = {}
    for row in _named(body).order_by("opened"):
        found.setdefault((row.kind, row.key, canonical(row.content)), []).append(row)
    moments = _days(body, {row.closed for rows in found.values() for row in rows if row.closed})
    past = [Past(rows[0].opened, f"{kind} {key}", _last(rows, moments)) for (kind, key, _), rows in found.items()]
    return [one for one in past if one.ended <= by]


def _named(body: int) -> QuerySet[Particular]:
    """The rows of the kinds that hold names, in which a name still stands."""
    standing = Q(pk=None)
    for kind in kinds.KINDS:
        for name in kind.names:
            standing |= Q(kind=kind.kind, **{f"content__{name}__isnull": False})
    return Particular.objects.filter(standing, body=body)


def _last(rows: Iterable[Particular], moments: Mapping[int, date]) -> date:
    return max(_ended(row, moments) for row in rows)


def _days(body: int, numbers: set[int]) -> dict[int, date]:
    entries = ledger.Entry.objects.filter(body=body, number__in=numbers).values_list("number", "at")
    return {number: at.date() for number, at in entries}


def _ended(row: Particular, moments: Mapping[int, date]) -> date:
    """The day from which a row says nothing any more: its last day, or the day something else was said instead."""
    return min(row.held_until, moments.get(row.closed, OPEN) if row.closed else OPEN)


def erase(body: int, entry: int, at: datetime) -> int:
    """Erase the names in what an entry began, a person or a particular; return how many texts."""
    event = ledger_queries.event(body, entry)
    if event.deed == Deed.ADD_PERSON:
        return _erase_person(body, int(event.subject.removeprefix("person ")), at)
    return _erase_particular(body, event, at)


def _erase_person(body: int, number: int, at: datetime) -> int:
    person = Person.objects.get(body=body, number=number)
    _erase_sign_in(person)
    person.name, person.email, person.is_active = ERASED_NAME, None, False
    person.set_unusable_password()
    person.save()
    return erasing.erase(body, [f"person {number}"], ["person."], at)


def _erase_sign_in(person: Person) -> None:
    """Erase what the sign-in keeps of a person: addresses, second factors, attempts by that address."""
    for related in Person._meta.related_objects:
        QuerySet(related.related_model).filter(**{related.field.name: person}).delete()
    for model in apps.get_app_config("axes").get_models():
        QuerySet(model).filter(username__iexact=person.email or "").delete()


def _erase_particular(body: int, event: ledger_queries.Event, at: datetime) -> int:
    """Take the names out of a content wherever it stands, in its rows and in the entries that said it.

    Numbers and days stay: how many people a supplier had is still counted.
    """
    kind, _, key = event.subject.partition(" ")
    rows = list(_named(body).filter(kind=kind, key=key))
    said = next((canonical(row.content) for row in rows if row.opened == event.number), None)
    for row in rows:
        if canonical(row.content) == said:
            left = {name: value for name, value in row.content.items() if name not in kinds.BY_KIND[kind].names}
            Particular.objects.filter(pk=row.pk).update(content=left)
    return erasing.erase_under(body, list(_saying(body, event.subject, said)), at) if said else 0


def _saying(body: int, subject: str, content: str) -> Iterator[int]:
    entries = ledger.Entry.objects.filter(body=body, subject=subject, deed=Deed.STATE).values("number")
    words = ledger.Words.objects.filter(body=body, number__in=entries, field="content", text=content)
    yield from words.values_list("number", flat=True)
