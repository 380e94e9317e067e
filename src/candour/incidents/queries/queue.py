"""The queue: what runs out next, what nobody has looked at, what waits for me, what we wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from candour.incidents import access, models
from candour.incidents.lifecycle import WORKED_ON, State
from candour.incidents.queries import lines
from candour.incidents.queries.lines import Line
from candour.ledger import models as ledger
from candour.ledger.models import OPEN
from candour.organisation.models import Body, Person
from candour.rules import years

LONGEST = 200
_MINE: dict[str, Any] = {"body": OuterRef("body"), "incident": OuterRef("incident")}


@dataclass(frozen=True)
class Waiting:
    """Something we wait for: from whom, since and until when, and what, None where the words were erased."""

    line: Line
    kind: str
    what: str | None
    since: date
    due_on: date | None


@dataclass(frozen=True)
class Queue:
    """The work of a body as one person sees it; each list begins with what matters first."""

    running: list[Line]
    new: list[Line]
    mine: list[Line]
    waiting: list[Waiting]


def queue(body: Body, *, by: Person, today: date, limit: int = LONGEST) -> Queue:
    """Return the queue as a person may see it; `limit` lines of each list. The clocks that end first come first."""
    seen = access.visible(models.Version.objects.filter(body=body.pk, closed=None, held_until=OPEN), by, today)
    at_work = models.Handling.objects.filter(body=body.pk, state__in=WORKED_ON)
    running = _running(seen.filter(incident__in=at_work.values("incident")), limit, **lines.SETTLED)
    new = _oldest(seen, at_work.filter(state=State.NEW), limit)
    mine = _oldest(seen, at_work.filter(state=State.OPEN, assigned_to=by.number), limit)
    awaited = _awaited(body, at_work, limit)
    theirs = list(seen.filter(incident__in={one.incident for one in awaited}))
    found = {row.incident: row for row in (*running, *new, *mine, *theirs)}
    made = {line.incident: line for line in lines.lines(body, list(found.values()))}
    return Queue(
        sorted((one for row in running if (one := made[row.incident]).clock), key=_end),
        [made[row.incident] for row in new],
        [made[row.incident] for row in mine],
        _waiting(body, awaited, made),
    )


def undecided(body: Body, *, by: Person, today: date, limit: int) -> list[Line]:
    """Return what waits for a decision whether to tell the ICO, as a person may see it; what ends first on top."""
    seen = access.visible(models.Version.objects.filter(body=body.pk, closed=None, held_until=OPEN), by, today)
    at_work = models.Handling.objects.filter(body=body.pk, state__in=WORKED_ON)
    running = _running(seen.filter(incident__in=at_work.values("incident")), limit, about=lines.ICO, closed=None)
    return sorted((one for one in lines.lines(body, running) if one.clock), key=_end)


def _end(line: Line) -> str:
    return line.clock.ends.isoformat() if line.clock else ""


def _running(rows: QuerySet[Any], limit: int, **without: Any) -> list[models.Version]:
    """Versions whose 72 hours may run, the longest known first; `without` such a decision."""
    decided = models.Decision.objects.filter(**_MINE, **without)
    rows = rows.filter(~Exists(decided), standing__in=lines.RUNS_FOR)
    rows = rows.exclude(personal_data="no").exclude(told_ico="yes")
    known = Coalesce("aware_on", "discovered_on", "reported_on", "logged_on")
    return list(rows.annotate(known=known).order_by(F("known").asc(nulls_last=True), "incident")[:limit])


def _oldest(seen: QuerySet[Any], at_work: QuerySet[models.Handling], limit: int) -> list[models.Version]:
    opened = Subquery(at_work.filter(**_MINE).values("opened_on")[:1])
    rows = seen.filter(incident__in=at_work.values("incident")).annotate(opened_on=opened)
    return list(rows.order_by("opened_on", "incident")[:limit])


@dataclass(frozen=True)
class _Open:
    """A thing that is awaited: the incident, the entry that holds the words, the kind, and the day it is due."""

    incident: int
    number: int
    kind: str
    due_on: date | None


def _awaited(body: Body, at_work: QuerySet[models.Handling], limit: int) -> list[_Open]:
    """What suppliers owe us, what is due first on top, and what reporters were asked and have not answered."""
    mine: dict[str, Any] = {"body": body.pk, "closed": None, "incident__in": at_work.values("incident")}
    owed = models.Awaited.objects.filter(**mine).order_by(F("due_on").asc(nulls_last=True), "opened")
    asked = models.Message.objects.filter(**mine, from_reporter=False).order_by("opened")
    return [
        *(_Open(row.incident, row.opened, row.kind, row.due_on) for row in owed[:limit]),
        *(_Open(row.incident, row.opened, "reporter", None) for row in asked[:limit]),
    ]


def _waiting(body: Body, awaited: Sequence[_Open], made: Mapping[int, Line]) -> list[Waiting]:
    numbers = [one.number for one in awaited if one.incident in made]
    entries = ledger.Entry.objects.filter(body=body.pk, number__in=numbers)
    days = {number: years.london_day(at) for number, at in entries.values_list("number", "at")}
    words = ledger.Words.objects.filter(body=body.pk, number__in=numbers, field__in=("owed", "question"))
    texts = dict(words.values_list("number", "text"))
    return [
        Waiting(made[one.incident], one.kind, texts.get(one.number), days[one.number], one.due_on)
        for one in awaited
        if one.number in days
    ]
