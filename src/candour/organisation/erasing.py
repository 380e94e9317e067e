"""Erases names that nobody needs any more: of people who left, and in what the body no longer says of itself."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db.models import Max, Q, QuerySet

from candour.ledger import erasing
from candour.ledger import models as ledger
from candour.ledger import queries as ledger_queries
from candour.ledger.seal import canonical
from candour.organisation import kinds, people
from candour.organisation.kinds_of_records import PARTICULARS, PEOPLE
from candour.organisation.models import Particular, Person, RoleHeld
from candour.organisation.stated import ERASED_NAME
from candour.rules import years
from candour.rules.rights import Deed

TABLES = tuple(model._meta.db_table for model in (ledger.Words, Person, Particular))
"""What is written anew on the disk after names were erased."""


@dataclass(frozen=True)
class Past:
    """Something that is over: the number of the entry it began with, what it is called, and the day it was over."""

    entry: int
    name: str
    ended: date


@dataclass(frozen=True)
class Room:
    """What a room above keeps, and disposes of by the same schedule, on the same list and by the same two people.

    `begins` is the deed of the entry that such a record begins with; `over` says which were over by a day; `erase`
    takes the words out of one and says how many; `files` names by digest the files that go with one and with no other.
    """

    begins: Deed
    over: Callable[[int, date], list[Past]]
    erase: Callable[[int, int, datetime], int]
    files: Callable[[int, int], frozenset[str]]
    tables: tuple[str, ...]


ROOMS: dict[str, Room] = {}
"""Such rooms by the record they keep; each puts itself here when the programs start."""


def tables() -> tuple[str, ...]:
    """Return what is written anew on the disk after a disposal, of this room and of those above."""
    return (*TABLES, *(table for room in ROOMS.values() for table in room.tables))


def over(record: str, body: int, by: date) -> list[Past]:
    """Return what of a record, but for incidents, was over by a day."""
    own = {PEOPLE: who_left, PARTICULARS: said_no_more}
    return (own[record] if record in own else ROOMS[record].over)(body, by)


def files(body: int, entries: Collection[int]) -> frozenset[str]:
    """Return the digests of the files that rooms above keep with what began with these entries, and nothing else."""
    found = [(event, _room(event)) for event in ledger_queries.many(body, entries).values()]
    return frozenset(one for event, room in found if room for one in room.files(body, event.number))


def _room(event: ledger_queries.Event) -> Room | None:
    return next((room for room in ROOMS.values() if room.begins == event.deed), None)


def who_left(body: int, by: date) -> list[Past]:
    """Return the people whose last role ended by a day and whose names are still here; never the operator.

    Of somebody who holds none and of whom no end is believed, the last entry about them says when they left.
    """
    named = Person.objects.filter(body=body).exclude(number=people.OPERATOR).exclude(name=ERASED_NAME)
    subjects = {f"person {number}": number for number in named.values_list("number", flat=True)}
    held = RoleHeld.objects.filter(body=body, closed=None).values("person").annotate(ended=Max("held_until"))
    ended = dict(held.values_list("person", "ended"))
    added, last = _first_and_last(body, subjects)
    left = [Past(added[name], name, ended.get(number, last[name])) for name, number in subjects.items()]
    return [one for one in left if one.ended <= by]


def _first_and_last(body: int, subjects: Collection[str]) -> tuple[dict[str, int], dict[str, date]]:
    """The number of the entry that added each person, and the day of the last entry about them."""
    entries = ledger.Entry.objects.filter(body=body, subject__in=list(subjects)).order_by("number")
    added, last = {}, {}
    for subject, number, deed, at in entries.values_list("subject", "number", "deed", "at"):
        last[subject] = years.london_day(at)
        if deed == Deed.ADD_PERSON:
            added[subject] = number
    return added, last


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


def _days(body: int, numbers: set[int]) -> dict[int, date]:
    entries = ledger.Entry.objects.filter(body=body, number__in=numbers).values_list("number", "at")
    return {number: years.london_day(at) for number, at in entries}


def _last(rows: Iterable[Particular], moments: Mapping[int, date]) -> date:
    """The last day that something is believed to have held; of what is believed no more, the day of that."""
    held = [row.held_until for row in rows if row.closed is None]
    return max(held) if held else max(moments[row.closed] for row in rows if row.closed)


def erase(body: int, entry: int, at: datetime) -> int:
    """Erase the names in what an entry began, a person, a particular or a record above; return how many texts."""
    event = ledger_queries.event(body, entry)
    if room := _room(event):
        return room.erase(body, entry, at)
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
    attempts = apps.get_app_config("axes").get_models()
    for model in [model for model in attempts if hasattr(model, "username")]:
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
