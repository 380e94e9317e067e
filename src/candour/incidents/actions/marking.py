"""How an incident is marked: its pages, files and mails carry the marking."""

from datetime import datetime

from django.db import transaction

from candour.incidents import deed, opening, working
from candour.organisation.models import Body, Person
from candour.rules import markings
from candour.rules.refusals import Conflict
from candour.rules.rights import Deed


@transaction.atomic
def mark(body: Body, reference: str, marking: str, *, reason: str, by: Person, at: datetime) -> int:
    """Mark an incident; return the ledger number. WrongInput for a marking that cannot be kept here, or no reason."""
    chosen, why = markings.check(marking), opening.said(reason, opening.WHY)
    found = opening.held(body, reference, by=by, at=at)
    row = working.of(body.pk, found.incident.number)
    if row and row.marking == chosen:
        raise Conflict(f"{reference} is marked {chosen} already")
    change = deed.Change(words={"reason": why}, also={"marking": chosen}, beside=True)
    done = deed.do(body, reference, Deed.CHANGE, change, by=by, at=at)
    working.step(body.pk, done, Deed.CHANGE, at, marking=chosen)
    return done.number
