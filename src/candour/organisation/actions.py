"""Deeds about who we are: a body, a person, a role, and anything a body says of itself from a day on."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.ledger import actions as ledger
from candour.ledger import chain, queries
from candour.ledger.beliefs import Range, believe
from candour.ledger.models import OPEN
from candour.ledger.seal import Actor, canonical, plain
from candour.organisation import people
from candour.organisation.models import Body, Particular, Person, RoleHeld
from candour.rules import years
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed, Role, kept_apart

KINDS = ("department", "agency", "ndpb", "non-ministerial", "council", "nhs", "police", "school", "university", "other")
REGIMES = ("foia", "foisa")
FOUNDED = date(1900, 1, 1)
"""From when the operator holds the role: before any record that could be loaded."""


@transaction.atomic
def add_body(slug: str, *, name: str, kind: str, regime: str, at: datetime) -> Body:
    """Add a body and its operator; a body that is there already is returned as it is."""
    found = Body.objects.filter(slug=slug).first()
    if found:
        return found
    if kind not in KINDS or regime not in REGIMES:
        raise WrongInput(f"kind is one of {', '.join(KINDS)}; regime is one of {', '.join(REGIMES)}")
    body = Body.objects.create(slug=slug, name=name, kind=kind, regime=regime)
    by = Actor(people.OPERATOR, Role.OPERATOR)
    ledger.append(body.pk, Deed.ADD_BODY, subject=slug, facts={"kind": kind, "regime": regime}, by=by, at=at)
    operator = Person(body=body, number=people.OPERATOR, name="Operator")
    _enrol(operator, [Role.OPERATOR], FOUNDED, by=by, at=at)
    return body


@transaction.atomic
def add_person(body: Body, *, name: str, roles: Collection[str], email: str | None, by: Person, at: datetime) -> Person:
    """Add a person who holds roles from today; an e-mail address that is known already raises Conflict."""
    actor = people.require(by, Deed.ADD_PERSON, at)
    if email and Person.objects.filter(email__iexact=email).exists():
        raise Conflict(f"{email} belongs to somebody already")
    with chain.extend(body.pk, by=actor, at=at):
        last = Person.objects.filter(body=body).order_by("-number").values_list("number", flat=True)[0]
    person = Person(body=body, number=last + 1, name=name, email=email.lower() if email else None)
    _enrol(person, roles, years.london_day(at), by=actor, at=at)
    return person


def _enrol(person: Person, roles: Collection[str], day: date, *, by: Actor, at: datetime) -> None:
    unknown = [role for role in roles if role not in set(Role)]
    if unknown:
        raise WrongInput(f"{unknown[0]!r} is not a role; the roles are {', '.join(Role)}")
    _check_apart(roles)
    person.set_unusable_password()
    person.save(force_insert=True)
    subject = f"person {person.number}"
    words = {"name": person.name, "email": person.email}
    ledger.append(person.body_id, Deed.ADD_PERSON, subject=subject, facts={}, words=words, by=by, at=at)
    for role in roles:
        _hold(person, role, day, by=by, at=at)


def _check_apart(roles: Collection[str]) -> None:
    pair = kept_apart(roles)
    if pair:
        raise Conflict(f"one person cannot be both {' and '.join(sorted(pair))}: who advises does not decide")


def _hold(person: Person, role: str, day: date, *, by: Actor, at: datetime) -> None:
    facts = {"role": role, "from": day}
    number = ledger.append(
        person.body_id, Deed.GIVE_ROLE, subject=f"person {person.number}", facts=facts, by=by, at=at
    )
    RoleHeld.objects.create(
        body=person.body_id, person=person.number, role=role, held_from=day, held_until=OPEN, opened=number
    )


@transaction.atomic
def give_role(person: Person, role: str, *, by: Person, at: datetime) -> None:
    """Give a person a role from today; roles that are kept apart raise Conflict."""
    actor = people.require(by, Deed.GIVE_ROLE, at)
    day = years.london_day(at)
    held = people.roles(person, day)
    _check_apart({*held, role})
    if role not in held:
        _hold(person, role, day, by=actor, at=at)


@transaction.atomic
def take_role(person: Person, role: str, *, by: Person, at: datetime) -> None:
    """End a role from today."""
    actor = people.require(by, Deed.TAKE_ROLE, at)
    day = years.london_day(at)
    facts = {"role": role, "from": day}
    number = ledger.append(
        person.body_id, Deed.TAKE_ROLE, subject=f"person {person.number}", facts=facts, by=actor, at=at
    )
    held = RoleHeld.objects.filter(body=person.body_id, person=person.number, role=role, closed=None)
    believe(list(held), Range(day), number)


@transaction.atomic
def state(
    body: Body, kind: str, key: str, content: Mapping[str, Any], *, from_: date, until: date = OPEN, by: Person,
    at: datetime,
) -> int | None:
    """State one particular of the body for days `from_ <= day < until`; return the ledger number, None if nothing is new.

    What was stated for those days before is closed, and still comes out at its ledger number. The content, which may
    hold names, goes into the ledger as words.
    """
    actor = people.require(by, Deed.STATE, at)
    if until <= from_:
        raise WrongInput(f"{kind} {key}: the last day comes before the first")
    with chain.extend(body.pk, by=actor, at=at) as end:
        present = list(Particular.objects.filter(body=body.pk, kind=kind, key=key, closed=None))
        value = plain(content)
        if any(row.content == value and row.held_from <= from_ and row.held_until >= until for row in present):
            return None
        facts = {"kind": kind, "key": key, "from": from_.isoformat(), "until": until.isoformat()}
        number = end.enter(Deed.STATE, f"{kind} {key}", facts, {"content": canonical(value)})
    row = Particular(body=body.pk, kind=kind, key=key, content=value, held_from=from_, held_until=until, opened=number)
    believe(present, Range(from_, until), number, [row])
    return number


def head(body: Body) -> queries.Head:
    """Return the head of a body's chain, for doors that print it."""
    return queries.head(body.pk)
