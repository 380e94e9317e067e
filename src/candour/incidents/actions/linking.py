"""Two incidents that belong together: a duplicate, counted once, or related ones, which both count."""

from datetime import datetime

from django.db import transaction

from candour.incidents import beliefs, deed, models, opening, working
from candour.incidents import facts as vocabulary
from candour.organisation.models import Body, Person
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed

DUPLICATE, RELATED = "duplicate", "related"
KINDS = (DUPLICATE, RELATED)
SPLIT_FROM, JOINED_INTO = "split-from", "joined-into"
"""Links that splitting and joining make; only their own deeds end them."""


@transaction.atomic
def link(
    body: Body, reference: str, other: str, kind: str, *, reason: str = "", by: Person, at: datetime
) -> tuple[int, int]:
    """Link an incident to another: as its duplicate it stands, and is not counted; related ones both count.

    Each of the two has its entry; returns both ledger numbers. Raises NotThere where one is not there or not to be
    seen, WrongInput for an incident and itself, Conflict where they are linked already or either does not count.
    """
    if kind not in KINDS:
        raise WrongInput(f"a link is {' or '.join(KINDS)}")
    if reference == other:
        raise WrongInput("an incident is not linked to itself; give the reference of the other one")
    one, two = (opening.held(body, name, by=by, at=at) for name in (reference, other))
    _require_apart(body, one, two)
    facts = {}
    if kind == DUPLICATE:
        _require_counted(one, two)
        facts = {"standing": vocabulary.DUPLICATE, "triaged": "yes"}
    words = {"reason": reason.strip()}
    mine = deed.do(
        body, reference, Deed.LINK, deed.Change(facts, words=words, also={"kind": kind, "other": other}), by=by, at=at
    )
    back = {"kind": f"{kind}-of" if kind == DUPLICATE else kind, "other": reference}
    theirs = deed.do(body, other, Deed.LINK, deed.Change(also=back), by=by, at=at)
    models.Link.objects.create(
        body=body.pk, incident=mine.incident, other=theirs.incident, kind=kind, opened=theirs.number
    )
    if kind == DUPLICATE:
        working.rest(body.pk, mine.incident, theirs.number)
    return mine.number, theirs.number


@transaction.atomic
def unlink(body: Body, reference: str, other: str, *, reason: str, by: Person, at: datetime) -> tuple[int, int]:
    """End a link between two incidents, from either side; a duplicate counts again, and the work on it goes on."""
    why = opening.said(reason, opening.WHY)
    one, two = (opening.held(body, name, by=by, at=at) for name in (reference, other))
    row = between(body.pk, one.incident.number, two.incident.number, KINDS)
    if row is None:
        raise Conflict(f"{reference} and {other} are not linked")
    numbers = []
    for side, opposite in ((one, other), (two, reference)):
        stood = side.versions[-1]
        again = row.incident == side.incident.number and stood.standing == vocabulary.DUPLICATE
        facts = {"standing": vocabulary.by_role(stood.our_role)} if again else {}
        change = deed.Change(facts, words={"reason": why}, also={"kind": row.kind, "other": opposite})
        done = deed.do(body, side.incident.reference, Deed.UNLINK, change, by=by, at=at)
        numbers.append(done.number)
        if again:
            working.resume(body.pk, done.incident, done.number)
    models.Link.objects.filter(pk=row.pk).update(closed=numbers[-1])
    return numbers[0], numbers[1]


def between(body: int, one: int, two: int, kinds: tuple[str, ...]) -> models.Link | None:
    """Return the open link between two incidents, whichever side it was made from."""
    rows = models.Link.objects.filter(body=body, closed=None, kind__in=kinds)
    return rows.filter(incident=one, other=two).first() or rows.filter(incident=two, other=one).first()


def _require_apart(body: Body, one: beliefs.Present, two: beliefs.Present) -> None:
    if between(body.pk, one.incident.number, two.incident.number, (*KINDS, SPLIT_FROM, JOINED_INTO)):
        raise Conflict(f"{one.incident} and {two.incident} are linked already")


def _require_counted(*found: beliefs.Present) -> None:
    for one in found:
        standing = one.versions[-1].standing
        if standing == vocabulary.DUPLICATE:
            raise Conflict(f"{one.incident} is a duplicate itself; link to the incident that it repeats")
        if standing != vocabulary.COUNTED:
            raise Conflict(f"{one.incident} is not counted ({standing}), so neither can be a duplicate of the other")
