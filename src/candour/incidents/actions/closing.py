"""Close the work on an incident when nothing is missing, or for a reason; take it up again for a reason."""

from datetime import datetime

from django.db import transaction

from candour.incidents import deed, lifecycle, opening, working
from candour.incidents.completeness import Missing
from candour.incidents.queries import completeness
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import Conflict
from candour.rules.rights import Deed


class NotComplete(Conflict):
    """Something is missing; `missing` names each, and whether a reason may stand in for it."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        self.missing = missing
        super().__init__(" ".join(one.sentence for one in missing))


@transaction.atomic
def close(
    body: Body, reference: str, *, outcome: str = "", feedback: str = "", reason: str = "", by: Person, at: datetime
) -> int:
    """Close the work on an incident; `outcome` is what came of it, in words. Return the ledger number.

    `feedback` is for whoever reported it: they read it where they follow up their report, and nothing else of this.

    Raises NotComplete where something is missing and no reason is given, or a duty is not decided, whatever the reason.
    """
    now = opening.held(body, reference, by=by, at=at)
    number = now.incident.number
    lifecycle.require(reference, Deed.CLOSE, now.versions[-1].standing, working.state(body.pk, number))
    missing = completeness.missing(body, number)
    if any(not one.waived for one in missing) or (missing and not reason.strip()):
        raise NotComplete(missing)
    words = {"outcome": outcome.strip(), "feedback": feedback.strip(), "reason": reason.strip()}
    change = deed.Change(
        {"closed_on": years.london_day(at)}, words=words, also={"missing": [one.code for one in missing]}
    )
    done = deed.do(body, reference, Deed.CLOSE, change, by=by, at=at)
    working.step(body.pk, done, Deed.CLOSE, at)
    return done.number


@transaction.atomic
def reopen(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Take up again the work on an incident that was closed, or that an older register kept; with the reason."""
    why = opening.said(reason, "say why it is opened again")
    opening.held(body, reference, by=by, at=at)
    change = deed.Change({"closed_on": None}, words={"reason": why})
    done = deed.do(body, reference, Deed.REOPEN, change, by=by, at=at)
    work = working.of(body.pk, done.incident)
    holder = work.assigned_to if work and work.assigned_to else by.number
    working.step(body.pk, done, Deed.REOPEN, at, assigned_to=holder)
    return done.number
