"""What disposal erases of an incident: the words of its entries, and what the tables listed here name besides."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from candour.incidents import models, search
from candour.incidents.search import index
from candour.ledger import erasing as words
from candour.ledger.rows import in_parts
from candour.organisation import erasing as names
from candour.organisation import files

ABOUT_INCIDENTS = (
    "incident.", "reporter.", "note.", "risk.", "advice.", "notification.", "action.", "lesson.", "file.", "access.",
    "hold.", "notice.",
)  # fmt: skip
"""How the names of deeds begin whose subject is an incident; deeds of others may have a subject of the same text."""


NAMED_UNDER = (
    (models.Report, "number"),
    (models.Message, "opened"),
)
"""Tables with a column `incident` whose rows name entries that hold words of it, also where those are about another."""


def tables() -> tuple[str, ...]:
    """Return what is written anew on the disk after a disposal."""
    return (*names.tables(), index.TABLE)


@dataclass(frozen=True)
class Erased:
    """How much was erased: texts, and files, which go from the disk once the disposal stands."""

    texts: int
    files: frozenset[str]


def erase(body: int, entries: Collection[int], at: datetime) -> Erased:
    """Erase the words and names of what began with these entries: incidents, files, people, particulars.

    Files are only named here: they are erased when nothing can take the disposal back any more.
    """
    incidents = references(body, entries)
    attached = _attached(body, entries)
    search.forget(body, incidents)
    under = [*_named_under(body, incidents), *(row.opened for row in attached)]
    texts = words.erase(body, list(incidents.values()), ABOUT_INCIDENTS, at) + words.erase_under(body, under, at)
    others = set(entries) - set(incidents) - {row.opened for row in attached}
    texts += sum(names.erase(body, entry, at) for entry in sorted(others))
    return Erased(texts, _alone(attached) | names.files(body, sorted(others)))


def references(body: int, entries: Collection[int]) -> dict[int, str]:
    """Return the references of the incidents among what began with these entries."""
    found: dict[int, str] = {}
    for some in in_parts(list(entries)):
        found |= dict(models.Incident.objects.filter(body=body, number__in=some).values_list("number", "reference"))
    return found


def files_of(body: int, entries: Collection[int]) -> frozenset[str]:
    """Return the digests of the files that go with what began with these entries, and that nothing else names."""
    return _alone(_attached(body, entries)) | names.files(body, entries)


def _named_under(body: int, incidents: Collection[int]) -> Iterator[int]:
    for model, column in NAMED_UNDER:
        for some in in_parts(list(incidents)):
            yield from model.objects.filter(body=body, incident__in=some).values_list(column, flat=True)


def _attached(body: int, entries: Collection[int]) -> list[models.Attachment]:
    """Every file kept with these incidents, and those that were kept by these entries themselves."""
    mine = models.Attachment.objects.filter(body=body)
    return [row for some in in_parts(list(entries)) for row in mine.filter(Q(incident__in=some) | Q(opened__in=some))]


def _alone(attached: Collection[models.Attachment]) -> frozenset[str]:
    """The files that nothing else keeps: no other incident, of whatever body, and no other room."""
    mine = {row.sha256 for row in attached}
    others = models.Attachment.objects.filter(sha256__in=mine).exclude(pk__in=[row.pk for row in attached])
    kept = {row.sha256 for row in others if not _is_gone(row)}
    return frozenset(mine - kept - set(files.named(mine - kept, besides=(models.Attachment, models.Load))))


def _is_gone(row: models.Attachment) -> bool:
    """Whether a file was disposed of since it was kept, with its incident or by itself."""
    done = models.Disposed.objects.filter(body=row.body, entry__in=(row.incident, row.opened))
    return done.filter(number__gt=row.opened).exists()
