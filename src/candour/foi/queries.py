"""Questions about requests, for pages and commands."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.foi import disposing, drafting, models
from candour.foi.context import REPLY
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import files, people
from candour.organisation.models import Body, Person
from candour.rules import calendars, clocks, years
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed


@dataclass(frozen=True)
class Row:
    """A case in the list: its reference, subject, receipt, due day with its clock, and how many answers are open.

    `needs_a_person` None: not drafted. `erased`: disposed of under the schedule, and nothing of its words is left.
    """

    number: int
    reference: str
    subject: str
    received: date
    due: date
    questions: int
    needs_a_person: int | None
    clock: clocks.Account
    erased: bool


@dataclass(frozen=True)
class View:
    """One case as its page shows it: the request as read, the account of its days, the last draft's answers."""

    row: Row
    their_reference: str
    channel: str
    request: dict[str, Any]
    clock: clocks.Account
    answers: dict[str, Any] | None
    files: tuple[str, ...]
    enclosures: tuple[str, ...]
    drafts: int


@dataclass(frozen=True)
class Released:
    """A reply that left: its case and subject, and the day it left on."""

    reference: str
    subject: str
    day: date


def released(body: Body, *, by: Person, today: date, since: date) -> list[Released]:
    """Return the replies that left after a day and were not withdrawn, the latest first; two queries."""
    _require(body, by, today)
    steps = models.Step.objects.filter(body=body.pk, deed__in=(Deed.RELEASE, Deed.WITHDRAW)).order_by("-number")[:200]
    last = {step.request: step for step in reversed(steps)}
    numbers = {step.number: step.request for step in last.values() if step.deed == Deed.RELEASE}
    left = {numbers[event.number]: years.london_day(event.at) for event in ledger.many(body.pk, numbers).values()}
    cases = models.Case.objects.filter(body=body.pk, number__in=[case for case, day in left.items() if day > since])
    return [
        Released(case.reference, case.request["subject"] or "Request for information", left[case.number])
        for case in cases.order_by("-number")
    ]


def cases(body: Body, *, by: Person, today: date, before: int | None = None, limit: int = 50) -> list[Row]:
    """Return cases, the newest first, `before` a case number; as many queries whatever the number of cases."""
    _require(body, by, today)
    found = models.Case.objects.filter(body=body.pk).order_by("-number")
    page = list((found.filter(number__lt=before) if before else found)[:limit])
    closed = _closed(body, today)
    due = {day: drafting.account(body, day, closed) for day in {case.received for case in page}}
    open_ = _open(body, page)
    return [_row(case, due[case.received], open_.get(case.number)) for case in page]


def case(body: Body, reference: str, *, by: Person, today: date) -> View:
    """Return one case with its last draft; NotThere where there is none of that reference."""
    _require(body, by, today)
    found = models.Case.objects.filter(body=body.pk, reference=reference).first()
    if found is None:
        raise NotThere(f"there is no request {reference}")
    drafts = (
        []
        if disposing.is_erased(found)
        else list(models.Draft.objects.filter(body=body.pk, case=found.number).order_by("number"))
    )
    last = drafts[-1] if drafts else None
    clock = drafting.account(body, found.received, _closed(body, today))
    return View(
        _row(found, clock, last.needs_a_person if last else None),
        found.their_reference,
        found.channel,
        found.request,
        clock,
        json.loads(files.read(last.files["answers.json"])) if last else None,
        tuple(name for name in REPLY if last and name in last.files),
        tuple(name for name, _ in last.enclosures) if last else (),
        len(drafts),
    )


def periods(body: Body, reference: str, *, by: Person, today: date) -> tuple[years.Period, ...]:
    """Return the periods that a case asks about; none where a question that counts names none, for it asks about all.

    NotThere where there is no such case.
    """
    _require(body, by, today)
    found = models.Case.objects.filter(body=body.pk, reference=reference).first()
    if found is None:
        raise NotThere(f"there is no request {reference}")
    questions = found.request["questions"]
    if any(one["kind"] == "count" and not one["periods"] for one in questions):
        return ()
    return tuple(_period(said) for one in questions for said in one["periods"])


def _period(said: dict[str, str]) -> years.Period:
    return years.Period(date.fromisoformat(said["start"]), date.fromisoformat(said["end"]), said["period"], "span")


def file(body: Body, reference: str, name: str, *, by: Person, today: date) -> bytes:
    """Return the bytes of a file of a case's last draft, or of an enclosure; NotThere where there is none."""
    _require(body, by, today)
    found = models.Case.objects.filter(body=body.pk, reference=reference).first()
    if found and disposing.is_erased(found):
        raise NotThere(f"the files of {reference} were disposed of under the retention schedule")
    last = found and models.Draft.objects.filter(body=body.pk, case=found.number).order_by("-number").first()
    stored = {**last.files, **dict(last.enclosures)} if last else {}
    if name not in stored:
        raise NotThere(f"there is no file {name} in {reference}")
    return files.read(stored[name])


def _require(body: Body, by: Person, today: date) -> None:
    """Raise NotThere for who may not look; nobody sees the requests of a body that is not theirs."""
    if by.body_id != body.pk or not people.may(by, Deed.SEE_REQUESTS, today):
        raise NotThere("there is nothing here for you")


def _closed(body: Body, today: date) -> tuple[calendars.Holiday, ...]:
    return drafting.closed_days(body, AsAt(today, ledger.head(body.pk).number))


def _open(body: Body, page: Sequence[models.Case]) -> dict[int, int]:
    drafts = models.Draft.objects.filter(body=body.pk, case__in=[case.number for case in page]).order_by("number")
    return dict(drafts.values_list("case", "needs_a_person"))


def _row(case: models.Case, clock: clocks.Account, open_: int | None) -> Row:
    erased = disposing.is_erased(case)
    subject = "Disposed of" if erased else case.request["subject"] or "Request for information"
    asked = len(case.request["questions"])
    open_ = None if erased else open_
    return Row(case.number, case.reference, subject, case.received, clock.due, asked, open_, clock, erased)
