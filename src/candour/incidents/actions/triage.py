"""Triage: is it an incident, whose is it, who owes us what, and what somebody noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import deed, models, opening, working
from candour.incidents import facts as vocabulary
from candour.incidents.actions import assigning
from candour.incidents.done import Done
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed

OUR_ROLES = ("controller", "joint", "processor", "recipient")
"""Whose breach it is; with `recipient` it is another body's, whose data reached us."""

SUPPLIER = "supplier"
"""The kind of what a supplier owes us."""

_DAYS = ("supplier_knew_on", "supplier_told_us_on")


@transaction.atomic
def accept(
    body: Body,
    reference: str,
    *,
    assign_to: Person | None = None,
    facts: Mapping[str, Any] | None = None,
    by: Person,
    at: datetime,
) -> int:
    """Take an incident up: it is triaged, open, and somebody has it, by default who takes it up.

    `facts` are columns of a version that the look at it settled. Returns the ledger number. Raises Conflict where it
    is open or closed already.
    """
    holder = assign_to or by
    change = deed.Change({"triaged": "yes", **(facts or {})}, also={"to": holder.number})
    done = deed.do(body, reference, Deed.ACCEPT, change, by=by, at=at)
    assigning.require_holder(holder, done.incident, years.london_day(at))
    working.step(body.pk, done, Deed.ACCEPT, at, assigned_to=holder.number)
    return done.number


@transaction.atomic
def dismiss(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Say that it is not an incident, and why: it stays in the register and is not counted from today on."""
    change = deed.Change(
        {"standing": vocabulary.NO_INCIDENT, "triaged": "yes"}, words={"reason": opening.said(reason, opening.WHY)}
    )
    done = deed.do(body, reference, Deed.DISMISS, change, by=by, at=at)
    working.step(body.pk, done, Deed.DISMISS, at)
    return done.number


@dataclass(frozen=True)
class PassedOn:
    """Another body's data that reached us: to whom we passed it on, and on which day."""

    to: str
    on: date


@transaction.atomic
def set_role(
    body: Body, reference: str, role: str, *, passed: PassedOn | None = None, reason: str = "", by: Person, at: datetime
) -> int:
    """Say what we are in it: controller, joint, processor, or recipient of another body's data.

    As recipient it is not ours: it is passed on, and counts only in the measure of its own. Raises WrongInput where it
    was not said to whom and when, or nothing changes.
    """
    if role not in OUR_ROLES:
        raise WrongInput(f"our role is one of {', '.join(OUR_ROLES)}")
    facts: dict[str, Any] = {"our_role": role}
    words, also = {"reason": reason.strip()}, {}
    if role == "recipient":
        if passed is None or not passed.to.strip():
            raise WrongInput("say to whom it was passed on, and when")
        opening.past(passed.on, at)
        words["passed_on_to"], also["passed_on_on"] = passed.to.strip(), passed.on.isoformat()
    if _standing(body, reference) in {vocabulary.COUNTED, vocabulary.NOT_OURS}:
        facts["standing"] = vocabulary.by_role(role)
    return _changed(body, reference, deed.Change(facts, words=words, also=also), by=by, at=at).number


def _standing(body: Body, reference: str) -> str | None:
    numbers = models.Incident.objects.filter(body=body.pk, reference=reference).values("number")
    rows = models.Version.objects.filter(body=body.pk, incident__in=numbers, closed=None).order_by("-held_until")
    return rows.values_list("standing", flat=True).first()


@transaction.atomic
def tell_supplier(
    body: Body,
    reference: str,
    facts: Mapping[str, Any],
    *,
    owes: str = "",
    due_on: date | None = None,
    received: bool = False,
    by: Person,
    at: datetime,
) -> int:
    """Say which supplier it is, under which contract, when they knew, when they told us, and what they still owe us.

    `facts` name supplier, contract, supplier_knew_on and supplier_told_us_on. `owes` is what is still to come, until
    `due_on`; `received`: all of it has come. Raises WrongInput for days that cannot be, or where nothing changes.
    """
    unknown = set(facts) - {"supplier", "contract", *_DAYS}
    if unknown:
        raise WrongInput(f"{min(unknown)} is no fact about a supplier")
    knew, told = (facts.get(name) for name in _DAYS)
    for day in (knew, told):
        opening.past(day, at)
    if knew and told and told < knew:
        raise WrongInput("the supplier cannot have told us before they knew; look at both days again")
    also = {"owes": "yes", "due_on": due_on.isoformat() if due_on else None} if owes.strip() else {}
    also |= {"owes": "no"} if received else {}
    done = _changed(body, reference, deed.Change(facts, words={"owed": owes.strip()}, also=also), by=by, at=at)
    _awaited(body, done, due_on, owes=bool(owes.strip()), received=received)
    return done.number


def _awaited(body: Body, done: Done, due_on: date | None, *, owes: bool, received: bool) -> None:
    if owes or received:
        rows = models.Awaited.objects.filter(body=body.pk, incident=done.incident, kind=SUPPLIER, closed=None)
        rows.update(closed=done.number)
    if owes:
        models.Awaited.objects.create(
            body=body.pk, incident=done.incident, kind=SUPPLIER, due_on=due_on, opened=done.number
        )


@transaction.atomic
def confirm_by_recipient(body: Body, reference: str, day: date, *, how: str, by: Person, at: datetime) -> int:
    """Record that the wrong recipient confirmed in writing, on a day, that it was deleted or returned."""
    opening.past(day, at)
    if how not in {"deleted", "returned"}:
        raise WrongInput("the recipient confirmed that it was deleted or returned")
    change = deed.Change({"recipient_confirmed_on": day}, also={"confirmed": how})
    return _changed(body, reference, change, by=by, at=at).number


@transaction.atomic
def mark_exercise(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Say that it is an exercise, by correction: it was never counted."""
    change = deed.Change(
        {"standing": vocabulary.EXERCISE}, words={"reason": opening.said(reason, opening.WHY)}, correction=True
    )
    try:
        return deed.do(body, reference, Deed.CORRECT, change, by=by, at=at, empty=False).number
    except deed.Nothing:
        raise Conflict(f"{reference} is marked as an exercise already") from None


@transaction.atomic
def note(body: Body, reference: str, text: str, *, by: Person, at: datetime) -> int:
    """Add a note to an incident; it is never changed, and may be erased with the incident's other words."""
    change = deed.Change(words={"note": opening.said(text, "write the note")})
    return deed.do(body, reference, Deed.NOTE, change, by=by, at=at).number


def _changed(body: Body, reference: str, change: deed.Change, *, by: Person, at: datetime) -> Done:
    enter = deed.do if change.also else deed.move
    return enter(body, reference, Deed.CHANGE, change, by=by, at=at)
