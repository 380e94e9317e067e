"""A mistake is voided, by correction and with a reason; what was voided or dismissed can be brought back."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from candour.incidents import beliefs, deed, models, opening, working
from candour.incidents import facts as vocabulary
from candour.incidents.actions import linking, reporting
from candour.incidents.done import Done
from candour.organisation.models import Body, Person
from candour.rules.refusals import Conflict
from candour.rules.rights import Deed


@transaction.atomic
def void(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Say that it was never so: the incident stands, and counts on no day; return the ledger number.

    Raises WrongInput without a reason, Conflict where it is void or others rest on it.
    """
    why = opening.said(reason, opening.WHY)
    _require_nothing_rests_on(body, reference, by, at)
    change = deed.Change({"standing": vocabulary.VOID}, words={"reason": why}, correction=True)
    done = deed.do(body, reference, Deed.VOID, change, by=by, at=at)
    working.rest(body.pk, done.incident, done.number)
    return done.number


@transaction.atomic
def restore(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Bring back an incident that was void, dismissed or an exercise, by correction where it was by correction.

    One that was joined into another stands for itself again. Raises Conflict where it counts already, or where it is a
    duplicate or not ours.
    """
    why = opening.said(reason, opening.WHY)
    found = opening.held(body, reference, by=by, at=at)
    correction = found.versions[-1].standing != vocabulary.NO_INCIDENT
    facts = {"standing": _counts_as(body, found)}
    change = deed.Change(facts, words={"reason": why}, correction=correction)
    done = deed.do(body, reference, Deed.RESTORE, change, by=by, at=at)
    _stand_alone(body, done)
    if facts["standing"] != vocabulary.DUPLICATE:
        working.resume(body.pk, done.incident, done.number)
    return done.number


def _stand_alone(body: Body, done: Done) -> None:
    """End that it was joined into another; the reports that went there with it come back."""
    joined = _links(body, done.incident, linking.JOINED_INTO)
    for link in joined:
        gone = models.Report.objects.filter(body=body.pk, incident=done.incident, closed=link.opened)
        there = models.Report.objects.filter(body=body.pk, closed=None, digest__in=gone.values("digest"))
        reporting.carry(there, done.incident, done.number)
    joined.update(closed=done.number)


def _counts_as(body: Body, found: beliefs.Present) -> str:
    """Where an incident stands once it is brought back: a duplicate is one still, what is not ours is not."""
    if _links(body, found.incident.number, linking.DUPLICATE).exists():
        return vocabulary.DUPLICATE
    return vocabulary.by_role(found.versions[-1].our_role)


def _links(body: Body, incident: int, kind: str) -> QuerySet[models.Link]:
    return models.Link.objects.filter(body=body.pk, incident=incident, kind=kind, closed=None)


def _require_nothing_rests_on(body: Body, reference: str, by: Person, at: datetime) -> None:
    """Raise Conflict where duplicates are counted by this one, or others were joined into it."""
    number = opening.held(body, reference, by=by, at=at).incident.number
    kinds = (linking.DUPLICATE, linking.JOINED_INTO)
    if models.Link.objects.filter(body=body.pk, other=number, kind__in=kinds, closed=None).exists():
        raise Conflict(
            f"others are counted by {reference}; unlink its duplicates, or bring back what was joined, first"
        )
