"""What is due to be disposed of by the body's retention schedule, and what of it a hold keeps."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from candour.incidents import models
from candour.incidents.lifecycle import WORKED_ON
from candour.incidents.queries import retention, telling
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.models import OPEN, Entry
from candour.organisation import erasing as names
from candour.organisation import queries as organisation
from candour.organisation.kinds_of_records import INCIDENTS, PARTICULARS, PEOPLE, REQUESTS, Retention
from candour.organisation.models import Body, Person
from candour.rules import retention as periods
from candour.rules.rights import Deed

FILES = "attachments"
"""What a file is called among the records that are disposed of; the body's schedule has no row for it."""

MOST = 500
"""Lines of one list: as many as a person can look through before they approve it."""

MOST_HELD = 50
"""Lines of what is held: enough to see what holds it."""


@dataclass(frozen=True)
class Due:
    """One line: what began with an entry, by its name, due since a day by a row of the schedule; which holds keep it.

    `counted_from` says which day the period is counted from: an incident of which no closing day is known counts from
    the day logged.
    """

    entry: int
    record: str
    name: str
    counted_from: str
    start: date
    due_on: date
    schedule: str
    held_by: tuple[int, ...] = ()
    confidential: bool = False


@dataclass(frozen=True)
class List:
    """What is due: `rows` may be disposed of, `held` may not; `more`, `more_held`: there is more than is named."""

    rows: list[Due]
    held: list[Due]
    more: bool
    more_held: bool


def due(body: Body, *, by: Person, today: date, most: int = MOST) -> List:
    """Return what is due on a day, the longest due first; NotThere for who may not propose a disposal.

    Confidential incidents are on the list, by reference and days alone: a schedule holds for them, too.
    """
    retention.require(body, by, today, Deed.PROPOSE_DISPOSAL, Deed.DISPOSE)
    found = sorted(_due(body, today, most + 1), key=lambda row: (row.due_on, row.entry))
    rows = [row for row in found if not row.held_by]
    held = [row for row in found if row.held_by]
    return List(rows[:most], held[:MOST_HELD], len(rows) > most, len(held) > MOST_HELD)


def lines(body: Body, entries: Collection[int], today: date) -> list[Due]:
    """Return those of these entries that may be disposed of on a day: they are due, and no hold keeps them."""
    found = _due(body, today, len(entries), only=list(entries))
    return [row for row in found if not row.held_by]


def _due(body: Body, today: date, most: int, only: list[int] | None = None) -> Iterator[Due]:
    """What is due by each row of the schedule; both what is held and what is not, at most so many of each a row."""
    holds = list(models.Hold.objects.filter(body=body.pk, closed=None))
    asked = Asked(body, today, holds, most, only)
    schedule = organisation.retention(body, AsAt(today, ledger.head(body.pk).number))
    narrower: list[Q] = []
    for row in [row for row in schedule if row.record == INCIDENTS]:
        yield from _incidents(asked, row, narrower)
        narrower.append(_fits(row))
    yield from _files(asked)
    for record in (PEOPLE, PARTICULARS, *names.ROOMS):
        longest = next((row for row in schedule if row.record == record), None)
        yield from _past(asked, longest) if longest else ()


@dataclass(frozen=True)
class Asked:
    """What is asked of the schedule: on which day, past which holds, how much of it, and about which entries alone."""

    body: Body
    today: date
    holds: list[models.Hold]
    most: int
    only: list[int] | None


def _fits(row: Retention) -> Q:
    fits = ~Q(pk=None)
    for column in ("tier", "incident_type"):
        if getattr(row, column):
            fits &= Q(**{column: getattr(row, column)})
    return fits


def _incidents(asked: Asked, row: Retention, narrower: Iterable[Q]) -> Iterator[Due]:
    """The incidents that a row of the schedule decides about, no narrower one, and whose period is over."""
    months = row.months
    if months is None:
        return
    found = _over(asked, row, months)
    for fits in narrower:
        found = found.exclude(fits)
    kept = _kept(asked.holds)
    rows = [*found.exclude(kept)[: asked.most], *found.filter(kept)[: asked.most]]
    numbers = [one.incident for one in rows]
    references, secret = telling.references(asked.body, numbers), telling.confidential(asked.body, numbers)
    for one in rows:
        how = "closed" if row.counted_from == "closed" and one.closed_on else "logged"
        held_by = tuple(hold.opened for hold in asked.holds if _keeps(hold, one))
        over, is_secret = periods.over_on(one.start, months), one.incident in secret
        yield Due(one.incident, INCIDENTS, references[one.incident], how, one.start, over, row.slug, held_by, is_secret)


def _over(asked: Asked, row: Retention, months: int) -> Any:
    """The present versions that fit a row, whose period is over, that nobody works on; the longest over first."""
    start = Coalesce(F("closed_on"), F("logged_on")) if row.counted_from == "closed" else F("logged_on")
    found = models.Version.objects.filter(_fits(row), body=asked.body.pk, closed=None, held_until=OPEN)
    found = found.annotate(start=start).filter(start__lte=periods.latest_start(asked.today, months))
    found = found.filter(~Exists(_worked_on()), ~Exists(_disposed_since()))
    if asked.only is not None:
        found = found.filter(incident__in=asked.only)
    return found.order_by("start", "incident")


def _worked_on() -> QuerySet[models.Handling]:
    return models.Handling.objects.filter(body=OuterRef("body"), incident=OuterRef("incident"), state__in=WORKED_ON)


def _disposed_since() -> QuerySet[models.Disposed]:
    """Disposals after which nothing was done with the incident."""
    names = models.Incident.objects.filter(body=OuterRef("body"), number=OuterRef("entry")).values("reference")[:1]
    later = Entry.objects.filter(body=OuterRef("body"), subject=OuterRef("reference"), number__gt=OuterRef("number"))
    done = models.Disposed.objects.annotate(reference=Subquery(names)).filter(~Exists(later))
    return done.filter(body=OuterRef("body"), entry=OuterRef("incident"))


def _kept(holds: Iterable[models.Hold]) -> Q:
    """Which versions a hold keeps."""
    kept = Q(pk=None)
    for hold in holds:
        one = Q(incident=hold.incident) if hold.incident else ~Q(pk=None)
        one &= Q(logged_on__gte=hold.logged_from) if hold.logged_from else Q()
        one &= Q(logged_on__lte=hold.logged_until) if hold.logged_until else Q()
        kept |= one
    return kept


def _keeps(hold: models.Hold, row: models.Version) -> bool:
    if hold.incident:
        return bool(hold.incident == row.incident)
    logged = row.logged_on or date.min
    return (hold.logged_from or date.min) <= logged <= (hold.logged_until or date.max)


def _files(asked: Asked) -> Iterator[Due]:
    """Files that were kept until a day of their own, whatever the schedule says of their incident."""
    done = models.Disposed.objects.filter(body=OuterRef("body"), number__gt=OuterRef("opened"))
    gone = done.filter(Q(entry=OuterRef("opened")) | Q(entry=OuterRef("incident")))
    rows = models.Attachment.objects.filter(~Exists(gone), body=asked.body.pk, dispose_on__lte=asked.today)
    if asked.only is not None:
        rows = rows.filter(opened__in=asked.only)
    found = list(rows.order_by("dispose_on", "opened")[: asked.most])
    logged = models.Version.objects.filter(body=asked.body.pk, incident__in=[row.incident for row in found])
    incidents = {row.incident: row for row in logged.filter(closed=None, held_until=OPEN)}
    called = telling.references(asked.body, list(incidents))
    secret = telling.confidential(asked.body, list(incidents))
    for row in found:
        held_by = tuple(hold.opened for hold in asked.holds if _keeps(hold, incidents[row.incident]))
        name, day = f"a file of {called[row.incident]}", row.dispose_on or asked.today
        yield Due(row.opened, FILES, name, "kept until", day, day, "its own day", held_by, row.incident in secret)


def _past(asked: Asked, row: Retention) -> Iterator[Due]:
    """People who left, names said no more, requests; a hold on everything keeps them, one for a case its request."""
    if row.months is None:
        return
    latest = periods.latest_start(asked.today, row.months)
    for one in names.over(row.record, asked.body.pk, latest):
        if asked.only is None or one.entry in asked.only:
            held_by = tuple(hold.opened for hold in asked.holds if _keeps_past(hold, row.record, one))
            how, over = _COUNTED[row.record], periods.over_on(one.ended, row.months)
            yield Due(one.entry, row.record, one.name, how, one.ended, over, row.slug, held_by)


_COUNTED = {PEOPLE: "left", PARTICULARS: "ended", REQUESTS: "last step"}
"""The day that a period is counted from, as the list says it."""


def _keeps_past(hold: models.Hold, record: str, one: names.Past) -> bool:
    everything = not (hold.incident or hold.logged_from or hold.logged_until)
    return everything or (record == REQUESTS and hold.reference == one.name)
