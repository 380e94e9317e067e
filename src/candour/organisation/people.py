"""People and the roles they hold: who acts, and whether they may."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django.core import signing
from django.db import connection
from django.utils.crypto import constant_time_compare, salted_hmac

from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt, Head
from candour.ledger.seal import Actor
from candour.organisation.models import Body, Person, RoleHeld
from candour.rules import years
from candour.rules.refusals import Conflict, NotAllowed, NotThere
from candour.rules.rights import Deed, Role, acting_as

OPERATOR = 1
"""The person number that `candour init` gives the operator of every body."""

VISITORS = 1_000
"""How many answers about people's roles are kept in memory; one takes some hundred bytes."""

LINK_LASTS = timedelta(hours=72)
_SIGNER = signing.Signer(salt="candour.organisation.sign-in")
_NO_LINK = "this sign-in link was used already, has run out or is not whole; ask the administrator for a new one"


def roles(person: Person, day: date) -> frozenset[str]:
    """Return the roles a person holds on a day, as the record knows it now; one query, or none of a `visitor`."""
    read = person.roles_read or {}
    return read[day] if day in read else _roles_now(person, day)


def _roles_now(person: Person, day: date) -> frozenset[str]:
    held = RoleHeld.objects.filter(body=person.body_id, person=person.number, closed=None)
    return frozenset(held.filter(held_from__lte=day, held_until__gt=day).values_list("role", flat=True))


def visitor(key: int, day: date, **beside: str) -> Person | None:
    """Return somebody in use who visits, by key: with body, its head, roles of the day, and what is asked `beside`.

    `beside` are expressions of SQL about the person `p`, by the name of the attribute that holds what they found.
    `roles` answers from it for as long as this person lives. For questions only: whether a deed may be done, `require`
    reads anew in its own transaction. One query; a second where the record has moved since the last visit.
    """
    found: Any = next(iter(Person.objects.raw(_visitor(**beside), [key])), None)
    if found is not None:
        found.body = Body.from_db(None, _OF_BODY, [getattr(found, f"body_{name}") for name in _OF_BODY])
        found.head_read = ledger.read_head(found.head)
        found.roles_read = {day: _roles_at(found.body_id, found.number, found.head_read, day)}
    person: Person | None = found
    return person


_OF_BODY = [field.name for field in Body._meta.concrete_fields]


@cache
def _visitor(**beside: str) -> str:
    """The statement of `visitor`, written out: at every visit Django would word it for longer than it runs."""
    asked = [f"{sql} as {name}" for name, sql in {**beside, "head": ledger.head_beside("p.body_id")}.items()]
    of_body = [f"b.{name} as body_{name}" for name in _OF_BODY if name != "id"]
    tables = f"{Person._meta.db_table} p join {Body._meta.db_table} b on b.id = p.body_id"
    return f"select p.*, {', '.join([*of_body, *asked])} from {tables} where p.id = %s and p.is_active"  # noqa: S608 - names of ours


@lru_cache(maxsize=VISITORS)
def _roles_at(body: int, number: int, head: Head, day: date) -> frozenset[str]:
    """The roles of a day at a head of the record; kept in memory as decision 24 says."""
    held = RoleHeld.objects.filter(body=body, person=number).as_at(AsAt(day, head.number))
    return frozenset(held.values_list("role", flat=True))


def may(person: Person, deed: Deed, day: date) -> bool:
    """Say whether a person may do a deed on a day; `require` refuses by the same rule."""
    return person.is_active and acting_as(roles(person, day), deed) is not None


def require(person: Person, deed: Deed, at: datetime, body: Body | None = None) -> Actor:
    """Return who the ledger will name for a deed, or raise NotAllowed; nobody acts for a body that is not theirs."""
    role = acting_as(_roles_now(person, years.london_day(at)), deed) if person.is_active else None
    if role is None or (body is not None and body.pk != person.body_id):
        raise NotAllowed(f"{person} has no role that may do this ({deed.value})")
    return Actor(person.number, role.value)


def operator(body: Body) -> Person:
    """Return the operator of a body."""
    return Person.objects.get(body=body, number=OPERATOR)


def names(body: Body, numbers: Collection[int]) -> dict[int, str]:
    """Return the names of people by their numbers; one query, none for nobody. Written out as `_visitor` is."""
    if not numbers:
        return {}
    marks = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(f"{_NAMES} in ({marks})", [body.pk, *numbers])
        return dict(cursor.fetchall())


_NAMES = f"select number, name from {Person._meta.db_table} where body_id = %s and number"  # noqa: S608 - names of ours


def person(body: Body, name: str) -> Person:
    """Find a person of a body by e-mail address, number or exact name; NotThere when nobody, or more than one, fits."""
    people = Person.objects.filter(body=body)
    found = list(people.filter(email__iexact=name)) or list(people.filter(name=name))
    if not found and name.isdecimal():
        found = list(people.filter(number=int(name)))
    if len(found) != 1:
        raise NotThere(f"there is no one person called {name!r} in {body}")
    return found[0]


def everyone(body: Body, day: date) -> list[tuple[Person, list[str]]]:
    """Return every person of a body with the roles held on a day; three queries."""
    number = ledger.head(body.pk).number
    held: dict[int, list[str]] = {}
    for row in RoleHeld.objects.filter(body=body.pk).as_at(AsAt(day, number)).order_by("role"):
        held.setdefault(row.person, []).append(row.role)
    return [(person, held.get(person.number, [])) for person in Person.objects.filter(body=body).order_by("number")]


def title(role: str) -> str:
    """Return a role as a person reads it."""
    names = {Role.DPO: "Data protection officer", Role.SIRO: "SIRO", Role.FOI_OFFICER: "FOI officer"}
    return names.get(Role(role), role.replace("-", " ").capitalize())


def sign_in_token(person: Person, at: datetime) -> str:
    """Return what a one-time sign-in link carries; it holds 72 hours, until a password is set. May raise Conflict."""
    if person.number == OPERATOR or not person.email or not person.is_active or person.has_usable_password():
        raise Conflict(f"{person} cannot have a sign-in link: it takes an e-mail address and no password yet")
    until = int((at + LINK_LASTS).timestamp())
    return _SIGNER.sign_object([person.pk, until, _fingerprint(person)])


def by_token(token: str, at: datetime, *, lock: bool = False) -> Person:
    """Return whom a sign-in link was made for; NotThere where it was used, has run out or was altered."""
    people = Person.objects.select_for_update() if lock else Person.objects.all()
    try:
        key, until, fingerprint = _SIGNER.unsign_object(token)
    except signing.BadSignature:
        raise NotThere(_NO_LINK) from None
    person = people.filter(pk=key, is_active=True).first()
    if person is None or at.timestamp() > until or person.has_usable_password():
        raise NotThere(_NO_LINK)
    if not constant_time_compare(fingerprint, _fingerprint(person)):
        raise NotThere(_NO_LINK)
    return person


def _fingerprint(person: Person) -> str:
    """Change with the password field, which holds random letters until a password is set: so a link works once."""
    return salted_hmac(
        "candour.organisation.people", f"{person.password} {person.email}", algorithm="sha256"
    ).hexdigest()
