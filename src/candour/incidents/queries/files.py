"""Which files are kept with an incident, and their bytes, for who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from candour.incidents import access, models
from candour.ledger import models as ledger
from candour.ledger import queries as ledger_queries
from candour.ledger.queries import Event
from candour.organisation import files as stored
from candour.organisation.models import Body, Person
from candour.rules.refusals import NotThere
from candour.screening import kinds


@dataclass(frozen=True)
class FileRow:
    """One file: `name` None where it was erased; `at` is when it was kept.

    `screened` is the verdict and `found` the checks that found something when it came; None where it came before that.
    """

    number: int
    name: str | None
    kind: str
    size: int
    marking: str
    sealed: bool
    dispose_on: date | None
    at: datetime
    screened: str | None
    found: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """A file as it is given back: always as a download, of the type its content told."""

    name: str
    mime: str
    marking: str
    content: bytes


def files(body: Body, reference: str, *, by: Person, today: date) -> list[FileRow]:
    """Return the files of an incident, the newest first; NotThere for who may not see it. Four queries."""
    rows = list(_of(body, reference, by, today).order_by("-opened"))
    events = ledger_queries.many(body.pk, [row.opened for row in rows])
    return [_row(row, events[row.opened]) for row in rows]


def among(body: Body, incident: int, told: Iterable[Event]) -> list[FileRow]:
    """Return the files that were kept with an incident by these deeds and not taken away by them, the newest first.

    For somebody who may see the incident; one query.
    """
    events = {event.number: event for event in told}
    rows = models.Attachment.objects.filter(body=body.pk, incident=incident).order_by("-opened")
    return [_row(row, events[row.opened]) for row in rows if row.opened in events and row.closed not in events]


def _row(row: models.Attachment, event: Event) -> FileRow:
    name = event.words.get("file")
    found = event.facts.get("screened"), tuple(event.facts.get("found", ()))
    return FileRow(row.opened, name, row.kind, row.size, row.marking, row.sealed, row.dispose_on, event.at, *found)


def content(body: Body, reference: str, number: int, *, by: Person, today: date, sealed: bool = False) -> Content:
    """Return one file's bytes, proved by their digest; NotThere where there is none or it was disposed of.

    `sealed` ones are asked for by `attaching.open_sealed`, which writes down who opens them and why.
    """
    row = _of(body, reference, by, today).filter(opened=number, sealed=sealed).first()
    words = ledger.Words.objects.filter(body=body.pk, number=number, field="file").first()
    if row is None or words is None or words.text is None:
        raise NotThere("there is no such file")
    return Content(words.text, kinds.BY_SLUG[row.kind].mime, row.marking, stored.read(row.sha256))


def _of(body: Body, reference: str, by: Person, today: date) -> QuerySet[models.Attachment]:
    incident = (
        models.Incident.objects.filter(body=body.pk, reference=reference).values_list("number", flat=True).first()
    )
    if incident is None:
        raise NotThere(f"there is no incident {reference}")
    access.check(by, incident, reference, today)
    return models.Attachment.objects.filter(body=body.pk, incident=incident, closed=None)
