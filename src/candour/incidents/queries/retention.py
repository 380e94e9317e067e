"""What is held, what somebody proposed to dispose of, and what was disposed of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.incidents import erasing, models
from candour.incidents.queries import telling
from candour.ledger import queries as ledger
from candour.organisation import people
from candour.organisation.kinds_of_records import INCIDENTS
from candour.organisation.models import Body, Person
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed

MOST = 500


def require(body: Body, by: Person, today: date, *deeds: Deed) -> None:
    """Raise NotThere for somebody who may do none of these deeds here."""
    if by.body_id != body.pk or not any(people.may(by, deed, today) for deed in deeds):
        raise NotThere("there is nothing here for you")


@dataclass(frozen=True)
class Hold:
    """An open hold, or one that was lifted; `reason` None: erased."""

    number: int
    kind: str
    case: str
    reference: str | None
    logged_from: date | None
    logged_until: date | None
    placed_at: datetime
    reason: str | None
    lifted: int | None

    @property
    def scope(self) -> str:
        """What it keeps, in words."""
        if self.reference:
            return self.reference
        if self.logged_from is None and self.logged_until is None:
            return "the whole register, requests, people and particulars"
        since = f" from {self.logged_from.isoformat()}" if self.logged_from else ""
        until = f" until {self.logged_until.isoformat()}" if self.logged_until else ""
        return f"incidents logged{since}{until}"


def holds(body: Body, *, by: Person, today: date) -> list[Hold]:
    """Return every hold, the open ones first; four queries. NotThere for who may not place one."""
    require(body, by, today, Deed.PLACE_HOLD, Deed.SEE_ORGANISATION)
    found = _holds(body)
    return sorted(found, key=lambda hold: (hold.lifted is not None, -hold.number))


def _holds(body: Body, **which: Any) -> list[Hold]:
    rows = list(models.Hold.objects.filter(body=body.pk, **which).order_by("opened"))
    references = telling.references(body, [row.incident for row in rows if row.incident])
    said = ledger.many(body.pk, [row.opened for row in rows])
    return [
        Hold(
            row.opened,
            row.kind,
            row.reference,
            references.get(row.incident or 0),
            row.logged_from,
            row.logged_until,
            said[row.opened].at,
            said[row.opened].words.get("reason", ""),
            row.closed,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Line:
    """One line of a proposal, by the name of what it is about."""

    entry: int
    record: str
    name: str
    schedule: str
    due_on: date
    left_out: bool


@dataclass(frozen=True)
class Proposal:
    """A proposal as its second person sees it; `open` until it is approved or another took its place."""

    number: int
    at: datetime
    person: int
    proposer: str
    reason: str
    open: bool
    disposal: int | None
    lines: list[Line]


def proposal(body: Body, number: int, *, by: Person, today: date) -> Proposal:
    """Return a proposal with its list; NotThere where there is none, or for who may neither propose nor approve."""
    require(body, by, today, Deed.PROPOSE_DISPOSAL, Deed.DISPOSE, Deed.SEE_ORGANISATION)
    row = models.Proposal.objects.filter(body=body.pk, opened=number).first()
    if row is None:
        raise NotThere(f"there is no proposal {number}")
    event = ledger.event(body.pk, number)
    lines = list(models.Proposed.objects.filter(body=body.pk, proposal=number).order_by("due_on", "entry"))
    called = _called(body, lines)
    done = models.Disposal.objects.filter(body=body.pk, proposal=number).values_list("number", flat=True).first()
    proposer = Person.objects.filter(body=body, number=row.person).values_list("name", flat=True).first()
    return Proposal(
        number, event.at, row.person, proposer or "somebody", event.words.get("reason") or "", row.closed is None, done,
        [Line(one.entry, one.record, called[one.entry], one.schedule, one.due_on, one.left_out) for one in lines],
    )  # fmt: skip


def _called(body: Body, lines: Collection[models.Proposed]) -> dict[int, str]:
    """What each line is about: an incident's reference, or the subject of the entry (of a file, its incident's)."""
    others = [line.entry for line in lines if line.record != INCIDENTS]
    subjects = {number: event.subject for number, event in ledger.many(body.pk, others).items()}
    return subjects | erasing.references(body.pk, [line.entry for line in lines if line.record == INCIDENTS])


def open_proposal(body: Body) -> int | None:
    """Return the number of the proposal that waits for a second person."""
    found = models.Proposal.objects.filter(body=body.pk, closed=None).values_list("opened", flat=True)
    number: int | None = found.first()
    return number


@dataclass(frozen=True)
class Disposal:
    """One disposal: numbers only. `cleaned`: nothing of it is left in the database's own files."""

    number: int
    at: datetime
    who: str
    proposal: int | None
    facts: dict[str, Any]
    cleaned: bool


def disposals(body: Body, *, by: Person, today: date, most: int = 50) -> list[Disposal]:
    """Return the last disposals, the newest first; NotThere for who may not look at the organisation."""
    require(body, by, today, Deed.PROPOSE_DISPOSAL, Deed.SEE_ORGANISATION)
    rows = list(models.Disposal.objects.filter(body=body.pk).order_by("-number")[:most])
    events = ledger.many(body.pk, [row.number for row in rows])
    called = dict(
        Person.objects.filter(body=body, number__in={event.person for event in events.values()}).values_list(
            "number", "name"
        )
    )
    return [
        Disposal(
            row.number,
            events[row.number].at,
            called.get(events[row.number].person, "somebody"),
            row.proposal,
            events[row.number].facts,
            row.cleaned,
        )
        for row in rows
    ]


def disposal(body: Body, number: int, *, by: Person, today: date) -> Disposal:
    """Return one disposal; NotThere where there is none."""
    found = next((one for one in disposals(body, by=by, today=today, most=MOST) if one.number == number), None)
    if found is None:
        raise NotThere(f"there is no disposal {number}")
    return found
