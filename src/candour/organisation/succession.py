"""Changes of body: its work goes to others on a day, and where the body ends with that its chain is sealed for ever.

Each body says its own side in its own chain, by its own people. The successor's chain carries the number and the digest
of the predecessor's last entry, so that neither can be altered later without the other showing it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from candour.ledger import chain, queries
from candour.ledger.beliefs import Range, believe
from candour.ledger.coordinates import Head
from candour.ledger.models import OPEN
from candour.organisation import cells, people
from candour.organisation.kinds_of_bodies import ENDED, SPLIT, Predecessor, Successor
from candour.organisation.models import Body, Particular, Person
from candour.organisation.stated import Stated
from candour.rules import years
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed

Kind = TypeVar("Kind", bound=Stated)


@transaction.atomic
def hand_over(body: Body, to: Sequence[Body], *, how: str, on: date, reason: str, by: Person, at: datetime) -> Head:
    """Say that the body's work goes to others from a day on; a body that ends with that is sealed.

    Returns number and digest of the entry that the successors carry: the seal, or of a transfer the entry that says
    so. After a seal every deed raises Conflict.
    """
    _check(body, to, how, on, at)
    actor = people.require(by, Deed.CHANGE_BODY, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end:
        for other in to:
            row = Successor(slug=other.slug, name=other.name, how=how)
            number = end.enter(Deed.CHANGE_BODY, other.slug, {"how": how, "on": on.isoformat()}, {"reason": reason})
            _keep(body, row, on, number)
        if how in ENDED:
            end.enter(Deed.SEAL, body.slug, {"how": how, "on": on.isoformat(), "to": [other.slug for other in to]})
    return queries.head(body.pk)


def _check(body: Body, to: Sequence[Body], how: str, on: date, at: datetime) -> None:
    if body in to or len(set(to)) != len(to) or not to:
        raise WrongInput("name the bodies that the work goes to, each once; none of them is the body itself")
    if (how == SPLIT) != (len(to) > 1):
        raise WrongInput("a split goes to several bodies; a merger or a transfer to one")
    if on > years.london_day(at):
        raise WrongInput(f"{years.spoken(on)} is still to come; say it on the day, for what is reported until then")


@transaction.atomic
def take_over(body: Body, predecessor: Body, *, prefix: str, by: Person, at: datetime) -> int:
    """Say that the work of another body came to this one, which the other has said before; return the ledger number.

    `prefix` stands before the other's references wherever they are shown here. Conflict where the other has not said
    so, or where it was taken over already.
    """
    actor = people.require(by, Deed.CHANGE_BODY, at, body)
    if not re.fullmatch(r"[A-Za-z0-9]+[/-]", prefix):
        raise WrongInput(f"{prefix!r} cannot stand before a reference; write letters or digits and a / or -: CAF/")
    said = next((one for one in successors(predecessor) if one.slug == body.slug), None)
    if said is None or said.since is None:
        raise Conflict(f"{predecessor} has not said that its work goes to {body}; it says so first")
    last = _carried(predecessor, body, said.how)
    with chain.extend(body.pk, by=actor, at=at) as end:
        mine = predecessors(body, queries.head(body.pk).number)
        if any(one.slug == predecessor.slug for one in mine):
            raise Conflict(f"{body} has taken over from {predecessor} already")
        if any(one.prefix == prefix for one in mine):
            raise Conflict(f"{prefix} stands before the references of another predecessor already")
        row = Predecessor(predecessor.slug, predecessor.name, said.how, prefix, last.number, last.digest)
        carried = {"number": last.number, "digest": last.digest, "prefix": prefix}
        facts = {"from": predecessor.slug, "how": said.how, "on": said.since.isoformat(), **carried}
        number = end.enter(Deed.CHANGE_BODY, predecessor.slug, facts)
        _keep(body, row, said.since, number)
    return number


def _carried(predecessor: Body, body: Body, how: str) -> Head:
    """The entry whose number and digest the successor carries."""
    if how in ENDED:
        return queries.head(predecessor.pk)
    return queries.last_about(predecessor.pk, Deed.CHANGE_BODY, body.slug)


def _keep(body: Body, row: Stated, on: date, number: int) -> None:
    """Keep one side of a change as what the body says of itself from a day on."""
    held = {"held_from": on, "held_until": OPEN, "opened": number}
    old = list(Particular.objects.filter(body=body.pk, kind=row.kind, key=row.key, closed=None))
    new = Particular(body=body.pk, kind=row.kind, key=row.key, content=cells.content(row), **held)
    believe(old, Range(on), number, [new])


def predecessors(body: Body, number: int) -> tuple[Predecessor, ...]:
    """Return the bodies whose work came to this one, as the record knew it at a ledger number; one query."""
    return tuple(_stated(body, Predecessor, number))


def successors(body: Body, number: int | None = None) -> tuple[Successor, ...]:
    """Return the bodies to which this one's work went, as the record knew it at a ledger number (None: now)."""
    return tuple(_stated(body, Successor, queries.head(body.pk).number if number is None else number))


def _stated(body: Body, kind: type[Kind], number: int) -> Iterator[Kind]:
    rows = Particular.objects.filter(body=body.pk, kind=kind.kind).known(number).order_by("held_from", "key")
    for content, since in rows.values_list("content", "held_from"):
        yield replace(cells.read(kind, content), since=since)


@dataclass(frozen=True)
class Fault:
    """A predecessor whose chain is not the one that was taken over."""

    slug: str
    number: int


def fault(body: Body) -> Fault | None:
    """Hold the chains of the predecessors that are in this register to what this body's chain carries of them."""
    for one in predecessors(body, queries.head(body.pk).number):
        other = Body.objects.filter(slug=one.slug).first()
        if other is not None and not _still(other.pk, one):
            return Fault(one.slug, one.number)
    return None


def _still(body: int, one: Predecessor) -> bool:
    return queries.head(body).number >= one.number and queries.digest(body, one.number) == one.digest
