"""Tell people: notices from the ledger and the clocks, who is asked next, what was sent, and who acknowledged it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from candour.incidents import access, deed, models
from candour.incidents.desk import Desk
from candour.incidents.lifecycle import State
from candour.incidents.queries import causing as queries
from candour.incidents.queries import telling
from candour.ledger import chain
from candour.ledger import queries as ledger
from candour.organisation import people
from candour.organisation.kinds_of_notices import MAIL
from candour.organisation.models import Body, Person
from candour.rules import notices as rules
from candour.rules import years
from candour.rules.notices import CHOICES, Asked, Choice, Kind, To
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed

AT_ONCE = 500
"""Entries read in one transaction."""

FRESH = timedelta(days=1)
"""A worker that never ran before begins with what was done in this time."""


@dataclass(frozen=True)
class About:
    """What notices are about: the entry, the incident where there is one, what kind, and which mark of it."""

    entry: int
    incident: int
    kind: Kind
    mark: int = 0

    @classmethod
    def of(cls, row: models.Notice) -> "About":
        """What a notice is about."""
        return cls(row.entry, row.incident, Kind(row.kind), row.mark)

    @property
    def key(self) -> dict[str, object]:
        """What finds the notices about the same."""
        return {"entry": self.entry, "kind": self.kind.value, "mark": self.mark}


@transaction.atomic
def gather(body: Body, *, by: Person, at: datetime) -> int:
    """Write the notices that the next entries of the ledger cause, and move the bookmark; return how many entries.

    Called again until it returns 0. It takes up where it stopped, and the same entry causes the same notice once.
    """
    people.require(by, Deed.NOTIFY, at, body)
    bookmark = _bookmark(body, at)
    events = queries.deeds(body, bookmark.number, rules.CAUSES, limit=AT_ONCE)
    head = ledger.head(body.pk).number
    desk = Desk(body, at)
    preferences = queries.choices(body)
    for event in events:
        _tell_of(desk, event, preferences)
    read = len(events)
    bookmark.number = events[-1].number if read == AT_ONCE else head
    bookmark.save()
    return read


def _bookmark(body: Body, at: datetime) -> models.Bookmark:
    found = models.Bookmark.objects.select_for_update().filter(body=body.pk).first()
    return found or models.Bookmark(body=body.pk, number=queries.number_before(body, at - FRESH))


Preferences = Mapping[tuple[int, str], Choice]


def _tell_of(desk: Desk, event: ledger.Event, preferences: Preferences) -> None:
    incident = queries.incident_number(desk.body, event.subject)
    asked: tuple[int, ...] = ()
    for cause in rules.causes(event.deed, event.facts, event.person):
        about = About(event.number, incident, cause.kind)
        if cause.to is To.DUTY:
            asked = _begin(desk, about, event.at)
        elif cause.to is To.REPORTER:
            _tell_reporters(desk, about, event.at, preferences)
        else:
            told = [one for one in _audience(desk, cause, incident) if one not in {event.person, *asked}]
            _tell(desk, about, desk.seeing(told, incident), event.at, preferences)


def _audience(desk: Desk, cause: rules.Cause, incident: int) -> Sequence[int]:
    if cause.to is To.NAMED:
        return (cause.person,)
    if cause.to is To.SECOND:
        return desk.able(Deed.DISPOSE)
    return _holders(desk, incident) if cause.to is To.HOLDER else desk.able(Deed.ACCEPT)


def _holders(desk: Desk, incident: int) -> Sequence[int]:
    """Whoever has the work, or, where nobody has it yet, the whole team."""
    work = models.Handling.objects.filter(body=desk.body.pk, incident=incident).exclude(assigned_to=None)
    holder = work.values_list("assigned_to", flat=True).first()
    return (holder,) if holder in desk.members else desk.able(Deed.ACCEPT)


def _tell(desk: Desk, about: About, told: Iterable[int], at: datetime, preferences: Preferences) -> None:
    rows = (_ordinary(desk, about, person, at, preferences) for person in told)
    _write([row for row in rows if row])


def _tell_reporters(desk: Desk, about: About, at: datetime, preferences: Preferences) -> None:
    """Tell whoever reported an incident: by their account, or by the address they left."""
    rows = []
    for report in queries.reporters(desk.body, about.incident):
        row = _ordinary(desk, about, report.person, at, preferences)
        if row and (report.person in desk.members or report.address):
            row.person, row.report = report.person if report.person in desk.members else 0, report.number
            rows.append(row)
    _write(rows)


def _ordinary(desk: Desk, about: About, person: int, at: datetime, preferences: Preferences) -> models.Notice | None:
    choice = preferences.get((person, about.kind), CHOICES[about.kind][0])
    due = rules.when(about.kind, choice, desk.at, desk.hours, queries.digest_time(desk.settings))
    if due is None:
        return None
    row = _row(desk, about, person, MAIL, due)
    row.caused_at, row.digest = at, choice is Choice.DIGEST
    return row


def _row(desk: Desk, about: About, person: int, channel: str, due: datetime) -> models.Notice:
    return models.Notice(
        body=desk.body.pk, incident=about.incident, person=person, channel=channel, caused_at=desk.at, due_at=due,
        **about.key,
    )  # fmt: skip


def _write(rows: Sequence[models.Notice]) -> None:
    models.Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _begin(desk: Desk, about: About, at: datetime) -> tuple[int, ...]:
    """Begin to ask: the first on the ladder now; where there is nobody, a notice to nobody keeps it open."""
    order = desk.ladder(about.incident)
    _ask(desk, about, order[0] if order else 0, 1, at)
    return order[:1]


def _ask(desk: Desk, about: About, person: int, asked: int, caused_at: datetime) -> None:
    rows = [_row(desk, about, person, way, desk.at) for way in desk.ways(person, insists=True)]
    for row in rows:
        row.caused_at, row.insists, row.asked = caused_at, True, asked
    _write(rows)


@transaction.atomic
def remind(body: Body, *, by: Person, at: datetime) -> None:
    """Write the notices that the time causes: actions that are overdue, clocks that run out, and a look each month."""
    people.require(by, Deed.NOTIFY, at, body)
    desk = Desk(body, at)
    _remind_of_actions(desk)
    _remind_of_clocks(desk)
    _remind_of_holders(desk)


def _remind_of_actions(desk: Desk) -> None:
    rows = models.Action.objects.filter(body=desk.body.pk, state="open", closed=None, due_on__lt=desk.today)
    told = queries.told(desk.body, Kind.OVERDUE)
    preferences = queries.choices(desk.body)
    for row in rows:
        about = About(row.number, row.incident, Kind.OVERDUE, row.due_on.toordinal())
        if (about.entry, about.mark, row.owner) not in told:
            _tell(desk, about, desk.seeing([row.owner], row.incident), desk.at, preferences)


def _remind_of_holders(desk: Desk) -> None:
    """Once a month, in its first days, ask those who may hand work over to look through who still holds what."""
    if desk.today.day > rules.MONTHLY_UNTIL:
        return
    about = About(0, 0, Kind.HOLDERS, desk.today.replace(day=1).toordinal())
    told = queries.told(desk.body, Kind.HOLDERS, [about.entry])
    left = [one for one in desk.able(Deed.HAND_OVER) if (about.entry, about.mark, one) not in told]
    if left:
        _tell(desk, about, left, desk.at, queries.choices(desk.body))


def _remind_of_clocks(desk: Desk) -> None:
    found = queries.running(desk.body, desk.at)
    marks = queries.told(desk.body, Kind.CLOCK, [one.incident for one in found])
    for one in found:
        told = {mark for entry, mark, _ in marks if entry == one.incident}
        mark = rules.mark(one.starts, one.ends, desk.at, desk.hours, told=told)
        if mark is None:
            continue
        about = About(one.incident, one.incident, Kind.CLOCK, mark.hours)
        if mark.insists:
            _begin(desk, about, desk.at)
        else:
            _tell(desk, about, desk.seeing(_holders(desk, one.incident), one.incident), desk.at, {})


@transaction.atomic
def escalate(body: Body, *, by: Person, at: datetime) -> int:
    """Ask the next person about everything that nobody has acknowledged in time; return how many were asked."""
    people.require(by, Deed.NOTIFY, at, body)
    groups: dict[About, list[models.Notice]] = {}
    for row in models.Notice.objects.filter(body=body.pk, insists=True, over=False).order_by("asked", "pk"):
        groups.setdefault(About.of(row), []).append(row)
    if not groups:
        return 0
    desk = Desk(body, at)
    settled = _settled(desk, groups)
    return sum(_escalate(desk, about, rows, over=about in settled) for about, rows in groups.items())


def _settled(desk: Desk, groups: Collection[About]) -> set[About]:
    """What nobody need be asked about any more: the incident is closed, or its clock has stopped."""
    numbers = {about.incident for about in groups}
    work = models.Handling.objects.filter(body=desk.body.pk, incident__in=numbers, state=State.CLOSED)
    closed = set(work.values_list("incident", flat=True))
    runs = {one.incident for one in queries.running(desk.body, desk.at)}
    return {
        about
        for about in groups
        if about.incident in closed or (about.kind is Kind.CLOCK and about.incident not in runs)
    }


def _escalate(desk: Desk, about: About, rows: Sequence[models.Notice], *, over: bool) -> bool:
    same = models.Notice.objects.filter(body=desk.body.pk, over=False, **about.key)
    if over:
        same.update(over=True)
        return False
    asked = [Asked(row.person, row.due_at) for row in rows if row.person]
    wait = timedelta(minutes=desk.settings.escalate_after)
    person = rules.next_asked(desk.ladder(about.incident), asked, wait, desk.at)
    if person is None:
        return False
    same.filter(person=person, sent_at=None).update(over=True)  # what never reached them is said anew
    _ask(desk, about, person, max(row.asked for row in rows) + 1, rows[0].caused_at)
    return True


@transaction.atomic
def sent(body: Body, numbers: Collection[int], *, by: Person, at: datetime) -> None:
    """Record that notices went out; that somebody was asked to acknowledge something is an entry of the ledger."""
    rows = models.Notice.objects.select_for_update().filter(body=body.pk, pk__in=numbers, sent_at=None)
    for row in rows.filter(insists=True):
        _enter(body, row, by=by, at=at)
    rows.update(sent_at=at, tried_at=at)


def _enter(body: Body, row: models.Notice, *, by: Person, at: datetime) -> None:
    reference = telling.references(body, [row.incident])[row.incident]
    also = {"kind": row.kind, "to": row.person, "channel": row.channel, "asked": row.asked, "about": row.entry}
    deed.do(body, reference, Deed.NOTIFY, deed.Change(also=also), by=by, at=at)


@transaction.atomic
def failed(body: Body, numbers: Collection[int], *, at: datetime) -> None:
    """Record that notices could not be sent; they are tried again later."""
    for row in models.Notice.objects.filter(body=body.pk, pk__in=numbers, sent_at=None):
        row.tries, row.tried_at = row.tries + 1, at
        row.save(update_fields=["tries", "tried_at"])


@transaction.atomic
def acknowledge(body: Body, number: int, *, by: Person, at: datetime) -> int:
    """Take a notice over: nobody else is asked any more; return the ledger number, of the first where it was done.

    Raises NotThere for a notice that is not there or not to be seen, NotAllowed for somebody who may not act on it,
    WrongInput for one that asks for nothing.
    """
    chain.hold(body.pk)
    row = models.Notice.objects.filter(body=body.pk, pk=number).first()
    if row is None:
        raise NotThere("there is no such notice")
    if not row.insists:
        raise WrongInput("this notice asks for nothing; there is nothing to acknowledge")
    reference = telling.references(body, [row.incident])[row.incident]
    access.check(by, row.incident, reference, years.london_day(at))
    if row.acknowledged:
        return row.acknowledged
    also = {"kind": row.kind, "about": row.entry, "asked": row.asked}
    done = deed.do(body, reference, Deed.ACKNOWLEDGE, deed.Change(also=also), by=by, at=at)
    same = models.Notice.objects.filter(body=body.pk, **About.of(row).key)
    same.update(acknowledged=done.number, over=True)
    return done.number


@transaction.atomic
def prefer(by: Person, choices: Mapping[str, str]) -> None:
    """Keep when a person wants to be told of each kind of thing; it is theirs, and leaves no entry in the ledger."""
    for kind, choice in choices.items():
        if kind not in CHOICES or choice not in CHOICES[Kind(kind)]:
            raise WrongInput("choose for each kind of notice one of the ways that are offered")
        models.Preference.objects.update_or_create(
            body=by.body_id, person=by.number, kind=kind, defaults={"choice": choice}
        )
