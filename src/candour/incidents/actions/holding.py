"""What may not be disposed of: a hold is placed for a request, an appeal or a claim, and lifted with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import access, beliefs, models
from candour.ledger import chain
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed

REQUEST = "request"
KINDS = (REQUEST, "appeal", "litigation", "other")
WHOLE = "the register"
"""What an entry names as its subject where a hold is not on one incident and no case is named."""


@dataclass(frozen=True)
class Scope:
    """What a hold keeps: one incident by its reference, those logged in a span of days, or with neither everything."""

    reference: str = ""
    logged_from: date | None = None
    logged_until: date | None = None

    def __post_init__(self) -> None:
        if self.reference and (self.logged_from or self.logged_until):
            raise WrongInput("a hold is on one incident or on those logged in a span of days, not on both")
        if self.logged_from and self.logged_until and self.logged_until < self.logged_from:
            raise WrongInput("the last day of a hold comes before the first; look at both days again")


@transaction.atomic
def place_hold(body: Body, scope: Scope, *, kind: str, reason: str, case: str = "", by: Person, at: datetime) -> int:
    """Keep what is in scope from disposal until somebody lifts the hold; return the ledger number.

    `case` is the reference of the request, appeal or claim, as text. Raises NotAllowed, NotThere, WrongInput.
    """
    actor = people.require(by, Deed.PLACE_HOLD, at, body)
    if kind not in KINDS:
        raise WrongInput(f"a hold is for one of {', '.join(KINDS)}")
    if not reason.strip():
        raise WrongInput("say why these records have to be kept")
    if len(case) > 100 or not case.isprintable():  # noqa: PLR2004 - a reference is one line
        raise WrongInput("the case's reference is one line of at most 100 letters")
    with chain.extend(body.pk, by=actor, at=at) as end:
        incident = _incident(body, scope.reference, by, years.london_day(at)) if scope.reference else None
        days: dict[str, Any] = {"logged_from": scope.logged_from, "logged_until": scope.logged_until}
        facts = {"kind": kind, "case": case, **{name: day and day.isoformat() for name, day in days.items()}}
        number = end.enter(Deed.PLACE_HOLD, _subject(scope, case), facts, {"reason": reason.strip()})
    models.Hold.objects.create(body=body.pk, opened=number, kind=kind, reference=case, incident=incident, **days)
    return number


def _subject(scope: Scope, case: str) -> str:
    """An incident's reference, else what can never be one: a case may be called as an incident is."""
    return scope.reference or f"hold for {case or WHOLE}"


def _incident(body: Body, reference: str, by: Person, today: date) -> int:
    """The incident to be held; who may not propose disposals has to be able to see it."""
    incident = beliefs.present(body.pk, reference).incident.number
    if not people.may(by, Deed.PROPOSE_DISPOSAL, today):
        access.check(by, incident, reference, today)
    return incident


def hold_for_request(body: Body, case: str, periods: Sequence[years.Period], *, by: Person, at: datetime) -> int | None:
    """Place the hold of a request that was received, from the first day it asks about to the last, else on everything.

    None where the case has had its hold already, also where somebody lifted it since. Raises NotAllowed.
    """
    if models.Hold.objects.filter(body=body.pk, kind=REQUEST, reference=case).exists():
        return None
    first, last = min((one.start for one in periods), default=None), max((one.end for one in periods), default=None)
    return place_hold(
        body, Scope("", first, last), kind=REQUEST, reason=f"Asked for in request {case}", case=case, by=by, at=at
    )


@transaction.atomic
def lift_hold(body: Body, number: int, *, reason: str, by: Person, at: datetime) -> int:
    """Lift a hold, with a reason; what its schedule says applies again. Return the ledger number.

    Raises NotAllowed, NotThere, WrongInput without a reason, Conflict where it was lifted before.
    """
    actor = people.require(by, Deed.LIFT_HOLD, at, body)
    if not reason.strip():
        raise WrongInput("say why these records need not be kept any longer")
    with chain.extend(body.pk, by=actor, at=at) as end:
        row = models.Hold.objects.filter(body=body.pk, opened=number).first()
        if row is None:
            raise NotThere(f"there is no hold {number}")
        if row.closed is not None:
            raise Conflict(f"hold {number} was lifted already, by entry {row.closed}")
        lifted = end.enter(Deed.LIFT_HOLD, _about(row), {"hold": number}, {"reason": reason.strip()})
    models.Hold.objects.filter(pk=row.pk).update(closed=lifted)
    return lifted


def _about(row: models.Hold) -> str:
    if row.incident:
        return str(models.Incident.objects.values_list("reference", flat=True).get(body=row.body, number=row.incident))
    return _subject(Scope(), row.reference)
