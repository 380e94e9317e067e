"""Which files are kept with an incident, and their bytes, for who may see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from candour.incidents import access, models
from candour.ledger import models as ledger
from candour.organisation import files as stored
from candour.organisation.models import Body, Person
from candour.rules.refusals import NotThere
from candour.screening import kinds


@dataclass(frozen=True)
class FileRow:
    """One file: `name` None where it was erased; `at` is when it was kept."""

    number: int
    name: str | None
    kind: str
    size: int
    marking: str
    sealed: bool
    dispose_on: date | None
    at: datetime


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
    numbers = [row.opened for row in rows]
    words = ledger.Words.objects.filter(body=body.pk, number__in=numbers, field="file")
    names = dict(words.values_list("number", "text"))
    times = dict(ledger.Entry.objects.filter(body=body.pk, number__in=numbers).values_list("number", "at"))
    return [
        FileRow(
            row.opened, names.get(row.opened), row.kind, row.size, row.marking, row.sealed, row.dispose_on,
            times[row.opened],
        )
        for row in rows
    ]  # fmt: skip


def content(body: Body, reference: str, number: int, *, by: Person, today: date) -> Content:
    """Return one file's bytes, proved by their digest; NotThere where there is none or it was disposed of."""
    row = _of(body, reference, by, today).filter(opened=number).first()
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
