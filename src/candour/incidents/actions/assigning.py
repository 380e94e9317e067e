"""Who has the work on an incident: given to somebody, and handed over whole when somebody leaves."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from candour.incidents import access, deed, models, working
from candour.incidents.done import Done
from candour.incidents.lifecycle import WORKED_ON
from candour.ledger import chain
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed, acting_as

OPEN = "open"
"""The state of an action that is still to be done."""


@transaction.atomic
def assign(body: Body, reference: str, to: Person, *, reason: str = "", by: Person, at: datetime) -> int:
    """Give the work on an incident to somebody; Conflict where it is not open, or they may not see it or work on it."""
    change = deed.Change(words={"reason": reason.strip()}, also={"to": to.number})
    done = deed.do(body, reference, Deed.ASSIGN, change, by=by, at=at)
    row = working.of(body.pk, done.incident)
    if row and row.assigned_to == to.number:
        raise Conflict(f"{to} has {reference} already")
    require_holder(to, done.incident, years.london_day(at))
    _give(body, done, to, at)
    return done.number


@dataclass(frozen=True)
class HandedOver:
    """What went from one person to another: the references of incidents, and how many actions."""

    incidents: tuple[str, ...]
    actions: int


@transaction.atomic
def hand_over(body: Body, leaver: Person, to: Person, *, reason: str = "", by: Person, at: datetime) -> HandedOver:
    """Give all open work of one person to another in one deed: incidents, and actions that are still to be done.

    Each has its entry, and one closes the deed. Whoever takes over a confidential incident is named for it. What the
    person who hands over may not see stays where it is. Raises WrongInput where there is nothing to hand over.
    """
    actor = people.require(by, Deed.HAND_OVER, at, body)
    chain.hold(body.pk)
    if leaver.number == to.number:
        raise WrongInput("work is handed over to somebody else")
    references, tasks = _held_by(body, leaver, by, years.london_day(at))
    if not references and not tasks:
        raise WrongInput(f"{leaver} has no open work that you may hand over")
    for reference in references:
        _take_over(body, reference, leaver, to, by=by, at=at)
    for task, reference in tasks:
        _take_over_action(body, reference, task, to, by=by, at=at)
    with chain.extend(body.pk, by=actor, at=at) as end:
        facts = {"to": to.number, "incidents": len(references), "actions": len(tasks)}
        end.enter(Deed.HAND_OVER, f"person {leaver.number}", facts, {"reason": reason.strip()})
    return HandedOver(tuple(references), len(tasks))


def _held_by(body: Body, leaver: Person, by: Person, today: date) -> tuple[list[str], list[tuple[models.Action, str]]]:
    """The references that a person has, and their open actions, as far as who hands over may see them."""
    mine = models.Handling.objects.filter(body=body.pk, assigned_to=leaver.number, state__in=WORKED_ON)
    tasks = list(models.Action.objects.filter(body=body.pk, owner=leaver.number, state=OPEN, closed=None))
    numbers = {*mine.values_list("incident", flat=True), *(task.incident for task in tasks)}
    rows = models.Version.objects.filter(body=body.pk, closed=None, incident__in=numbers)
    seen = set(access.visible(rows, by, today).values_list("incident", flat=True))
    named = models.Incident.objects.filter(body=body.pk, number__in=seen).order_by("reference")
    names = dict(named.values_list("number", "reference"))
    held = set(mine.values_list("incident", flat=True))
    references = [reference for number, reference in names.items() if number in held]
    return references, [(task, names[task.incident]) for task in tasks if task.incident in names]


def _take_over(body: Body, reference: str, leaver: Person, to: Person, *, by: Person, at: datetime) -> None:
    also = {"to": to.number, "handed_over_by": leaver.number}
    done = deed.do(body, reference, Deed.ASSIGN, deed.Change(also=also), by=by, at=at)
    _name(body, done, to, at)
    require_holder(to, done.incident, years.london_day(at))
    _give(body, done, to, at)


def _take_over_action(body: Body, reference: str, task: models.Action, to: Person, *, by: Person, at: datetime) -> None:
    also = {"to": to.number, "handed_over_by": task.owner, "action": task.number}
    done = deed.do(body, reference, Deed.ASSIGN, deed.Change(also=also, beside=True), by=by, at=at)
    _name(body, done, to, at)
    models.Action.objects.filter(pk=task.pk).update(closed=done.number)
    models.Action.objects.create(
        body=body.pk, number=task.number, incident=task.incident, owner=to.number, due_on=task.due_on,
        state=task.state, opened=done.number,
    )  # fmt: skip


def _name(body: Body, done: Done, to: Person, at: datetime) -> None:
    """Name who takes over work on a confidential incident for it."""
    row = working.of(body.pk, done.incident)
    if row and row.confidential and not access.may_see(to, done.incident, years.london_day(at)):
        models.Access.objects.create(body=body.pk, incident=done.incident, person=to.number, opened=done.number)


def _give(body: Body, done: Done, to: Person, at: datetime) -> None:
    working.step(body.pk, done, Deed.ASSIGN, at, assigned_to=to.number)


def require_holder(person: Person, incident: int, today: date) -> None:
    """Raise Conflict for somebody who may not work on incidents, or not see this one."""
    if not acting_as(people.roles(person, today), Deed.ACCEPT):
        raise Conflict(f"{person} has no role that works on incidents")
    if not access.may_see(person, incident, today):
        raise Conflict(f"{person} is not among those who may see it; name them first")
