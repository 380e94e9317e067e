"""Tokens by which programs act as a person: given and revoked by deeds, kept only as digests."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from candour.ledger import actions as ledger
from candour.ledger import queries
from candour.organisation import people
from candour.organisation.models import Body, Person, Token
from candour.rules import years
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed

_BEGIN = "candour_"
"""What a token begins with, so that people and scanners of code know one when they see it."""


@dataclass(frozen=True)
class Given:
    """A token as it is listed: its ledger number, whose it is and what it is for."""

    number: int
    person: str
    purpose: str
    at: datetime


@transaction.atomic
def give(body: Body, person: Person, *, purpose: str, by: Person, at: datetime) -> str:
    """Make a token by which a program acts as a person, and return it; it is shown this once. Raises WrongInput."""
    actor = people.require(by, Deed.GIVE_TOKEN, at, body)
    if not purpose.strip():
        raise WrongInput("say what the token is for")
    if person.body_id != body.pk or not person.is_active:
        raise NotThere(f"there is nobody called {person} here")
    token = _BEGIN + secrets.token_urlsafe(32)
    facts = {"person": person.number}
    number = ledger.append(
        body.pk, Deed.GIVE_TOKEN, subject="token", facts=facts, words={"purpose": purpose.strip()}, by=actor, at=at
    )
    Token.objects.create(body=body.pk, opened=number, person=person.number, digest=_digest(token))
    return token


@transaction.atomic
def revoke(body: Body, number: int, *, by: Person, at: datetime) -> int:
    """Take a token back, known by its ledger number; return the ledger number. NotThere where there is none."""
    actor = people.require(by, Deed.REVOKE_TOKEN, at, body)
    rows = Token.objects.filter(body=body.pk, opened=number, closed=None)
    if not rows:
        raise NotThere(f"there is no token {number}, or it was revoked already")
    closed = ledger.append(body.pk, Deed.REVOKE_TOKEN, subject="token", facts={"token": number}, by=actor, at=at)
    rows.update(closed=closed)
    return closed


def person(token: str, *, at: datetime) -> Person | None:
    """Return whose token it is; None for one that is unknown, revoked, or of somebody who is no longer active."""
    row = Token.objects.filter(digest=_digest(token), closed=None).first()
    found = row and Person.objects.select_related("body").filter(body=row.body, number=row.person).first()
    return found if found and found.is_active and people.roles(found, years.london_day(at)) else None


def given(body: Body, *, by: Person, at: datetime) -> list[Given]:
    """Return the tokens in force, oldest first."""
    people.require(by, Deed.GIVE_TOKEN, at, body)
    rows = list(Token.objects.filter(body=body.pk, closed=None).order_by("opened"))
    events = queries.many(body.pk, [row.opened for row in rows])
    names = dict(Person.objects.filter(body=body).values_list("number", "name"))
    return [
        Given(row.opened, names[row.person], events[row.opened].words.get("purpose") or "", events[row.opened].at)
        for row in rows
    ]


def _digest(token: str) -> str:
    """A digest without salt is enough: a token is 256 random bits, not a password."""
    return hashlib.sha256(token.encode()).hexdigest()
