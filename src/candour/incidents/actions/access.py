"""Who may see an incident: made confidential, granted and revoked by name or department; and who looked at it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from candour.incidents import access, deed, models, opening, working
from candour.ledger import queries as ledger
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed


@transaction.atomic
def restrict(
    body: Body,
    reference: str,
    *,
    persons: Collection[int],
    departments: Collection[str] = (),
    reason: str,
    by: Person,
    at: datetime,
) -> int:
    """Make an incident confidential: from now on only those named see it, who does this among them.

    It counts as before. `persons` are numbers in the body, `departments` those of its asset owners. Raises WrongInput
    without a reason or for somebody who is not there, Conflict where it is confidential already.
    """
    why = opening.said(reason, opening.WHY)
    named = _numbers(body, {*persons, by.number})
    also = {"persons": named, "departments": sorted(departments), "confidential": "yes"}
    done = deed.do(body, reference, Deed.RESTRICT, deed.Change(words={"reason": why}, also=also), by=by, at=at)
    if (row := working.of(body.pk, done.incident)) and row.confidential:
        raise Conflict(f"{reference} is confidential already; name or remove people one by one")
    working.step(body.pk, done, Deed.RESTRICT, at, confidential=True)
    rows = _open(body, done.incident)
    known = set(rows.values_list("person", "department"))
    wanted = {*((number, None) for number in named), *((None, name) for name in departments)}
    for person, department in sorted(wanted - known, key=str):
        models.Access.objects.create(
            body=body.pk, incident=done.incident, person=person, department=department, opened=done.number
        )
    return done.number


@transaction.atomic
def open_up(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Let everybody whose role sees incidents see it again; those named for it stay named."""
    why = opening.said(reason, opening.WHY)
    change = deed.Change(words={"reason": why}, also={"confidential": "no"})
    done = deed.do(body, reference, Deed.RESTRICT, change, by=by, at=at)
    row = working.of(body.pk, done.incident)
    if row is None or not row.confidential:
        raise Conflict(f"{reference} is not confidential")
    working.step(body.pk, done, Deed.RESTRICT, at, confidential=False)
    return done.number


@transaction.atomic
def grant(
    body: Body, reference: str, *, person: int | None = None, department: str | None = None, reason: str = "",
    by: Person, at: datetime,
) -> int:  # fmt: skip
    """Name a person, or a department's asset owner, who may see an incident, confidential or not."""
    who = _one(body, person, department)
    change = deed.Change(words={"reason": reason.strip()}, also=who)
    done = deed.do(body, reference, Deed.GRANT_ACCESS, change, by=by, at=at)
    if _open(body, done.incident).filter(person=person, department=department).exists():
        raise Conflict(f"{_said(body, who)} may see {reference} already")
    models.Access.objects.create(
        body=body.pk, incident=done.incident, person=person, department=department, opened=done.number
    )
    return done.number


@transaction.atomic
def revoke(
    body: Body, reference: str, *, person: int | None = None, department: str | None = None, reason: str = "",
    by: Person, at: datetime,
) -> int:  # fmt: skip
    """Take a name off those who may see an incident; Conflict where nobody would be left who may name others."""
    who = _one(body, person, department)
    change = deed.Change(words={"reason": reason.strip()}, also=who)
    done = deed.do(body, reference, Deed.REVOKE_ACCESS, change, by=by, at=at)
    rows = _open(body, done.incident)
    if not rows.filter(person=person, department=department).update(closed=done.number):
        raise Conflict(f"{_said(body, who)} is not named for {reference}")
    row = working.of(body.pk, done.incident)
    if row and row.confidential and not _somebody_may_name(body, done.incident, at):
        raise Conflict("nobody would be left who may name others; name another handler first")
    return done.number


@transaction.atomic
def look(body: Body, reference: str, *, by: Person, at: datetime) -> None:
    """Record that a person looked at an incident, where it is confidential; nothing of it enters the ledger."""
    found = opening.held(body, reference, by=by, at=at)
    row = working.of(body.pk, found.incident.number)
    if row and row.confidential:
        known = ledger.head(body.pk).number
        models.Look.objects.create(body=body.pk, incident=row.incident, person=by.number, at=at, known=known)


def _open(body: Body, incident: int) -> QuerySet[models.Access]:
    return models.Access.objects.filter(body=body.pk, incident=incident, closed=None)


def _somebody_may_name(body: Body, incident: int, at: datetime) -> bool:
    numbers = _open(body, incident).exclude(person=None).values_list("person", flat=True)
    named = Person.objects.filter(body=body, number__in=list(numbers))
    today = years.london_day(at)
    return any(
        people.may(one, Deed.GRANT_ACCESS, today) and access.may_see(one, incident, today) for one in named
    )  # fmt: skip


def _numbers(body: Body, persons: Collection[int]) -> list[int]:
    found = set(Person.objects.filter(body=body, number__in=list(persons)).values_list("number", flat=True))
    if found != set(persons):
        raise WrongInput("one of those to be named is not there; choose people of this body")
    return sorted(found)


def _one(body: Body, person: int | None, department: str | None) -> dict[str, int | str]:
    if (person is None) == (not department):
        raise WrongInput("name a person or a department")
    if person is not None:
        return {"person": _numbers(body, [person])[0]}
    return {"department": str(department)}


def _said(body: Body, who: dict[str, int | str]) -> str:
    if "department" in who:
        return str(who["department"])
    return str(Person.objects.get(body=body, number=who["person"]))
