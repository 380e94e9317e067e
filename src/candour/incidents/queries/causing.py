"""What the worker asks of the record: deeds since its bookmark, who reported, which clocks run, what was told."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from candour.incidents import models
from candour.incidents.lifecycle import WORKED_ON
from candour.incidents.queries import lines
from candour.ledger import models as ledger_models
from candour.ledger import queries as ledger
from candour.ledger.models import OPEN
from candour.organisation.kinds_of_notices import Notices, hour
from candour.organisation.models import Body
from candour.rules import years
from candour.rules.notices import CHOICES, Choice, Kind

ADDRESS = re.compile(r"[^\s@<>,;:()\"]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
LONGEST_ADDRESS = 254
LONGEST_CLOCK = timedelta(days=5)
"""Clocks that began earlier than this ended long ago, whatever else is known."""


def deeds(body: Body, after: int, names: Iterable[str], *, limit: int) -> list[ledger.Event]:
    """Return the entries after a number whose deeds are among `names`, oldest first; three queries."""
    rows = ledger_models.Entry.objects.filter(body=body.pk, number__gt=after, deed__in=list(names))
    numbers = list(rows.order_by("number").values_list("number", flat=True)[:limit])
    found = ledger.many(body.pk, numbers)
    return [found[number] for number in numbers]


def number_before(body: Body, at: datetime) -> int:
    """Return the number of the last entry made before a moment; 0 where there was none."""
    rows = ledger_models.Entry.objects.filter(body=body.pk, at__lt=at).order_by("-at", "-number")
    return rows.values_list("number", flat=True).first() or 0


def incident_number(body: Body, reference: str) -> int:
    """Return the number of an incident by its reference; 0 for what is none."""
    rows = models.Incident.objects.filter(body=body.pk, reference=reference)
    return rows.values_list("number", flat=True).first() or 0


def choices(body: Body) -> dict[tuple[int, str], Choice]:
    """Return when people of a body want to be told, by person and kind; who chose nothing is not among them."""
    rows = models.Preference.objects.filter(body=body.pk).values_list("person", "kind", "choice")
    return {(person, kind): Choice(choice) for person, kind, choice in rows if choice in CHOICES.get(Kind(kind), ())}


def digest_time(settings: Notices) -> time:
    """Return at what time the body's digests go out."""
    return hour(settings.digest_at)


@dataclass(frozen=True)
class Reporter:
    """Who sent one report: the person who was signed in, 0 for none; the address they left, "" for none."""

    number: int
    person: int
    address: str
    language: str


def reporters(body: Body, incident: int) -> list[Reporter]:
    """Return who reported an incident, each report by its number; three queries.

    Whoever typed what another told them by telephone is not the reporter.
    """
    rows = list(models.Report.objects.filter(body=body.pk, incident=incident, closed=None).order_by("opened"))
    numbers = [row.number for row in rows]
    entries = ledger_models.Entry.objects.filter(body=body.pk, number__in=numbers)
    people = dict(entries.values_list("number", "person"))
    words = ledger_models.Words.objects.filter(body=body.pk, number__in=numbers, field="contact")
    contacts = dict(words.values_list("number", "text"))
    return [
        Reporter(
            row.number,
            people[row.number] if row.channel == "web" else 0,
            address(contacts.get(row.number)),
            row.language,
        )
        for row in rows
    ]


def address(contact: str | None) -> str:
    """Return the e-mail address in what a reporter left, "" where there is none, or it was erased."""
    found = ADDRESS.search(contact or "")
    return found[0] if found and len(found[0]) <= LONGEST_ADDRESS else ""


@dataclass(frozen=True)
class Running:
    """A clock of 72 hours that runs, by the number of its incident."""

    incident: int
    starts: datetime
    ends: datetime


def running(body: Body, at: datetime) -> list[Running]:
    """Return the clocks that run at a moment for personal data that is, or may be, affected."""
    mine = {"body": OuterRef("body"), "incident": OuterRef("incident")}
    at_work = Exists(models.Handling.objects.filter(**mine, state__in=WORKED_ON))
    rows = models.Version.objects.filter(
        at_work, body=body.pk, closed=None, held_until=OPEN, personal_data__in=("yes", "suspected")
    )
    known = rows.annotate(known=Coalesce("aware_on", "discovered_on", "reported_on", "logged_on"))
    found = list(known.filter(known__gte=years.london_day(at - LONGEST_CLOCK)))
    if not found:
        return []
    made = ((line.incident, line.clock) for line in lines.lines(body, found))
    return [Running(number, clock.starts, clock.ends) for number, clock in made if clock and at < clock.ends]


def told(body: Body, kind: Kind, entries: Collection[int] | None = None) -> set[tuple[int, int, int]]:
    """Return what was told of a kind: entry, mark and person of each notice; of some entries only, or of all."""
    which = Q(body=body.pk, kind=kind.value)
    if entries is not None:
        which &= Q(entry__in=entries)
    return set(models.Notice.objects.filter(which).values_list("entry", "mark", "person"))
