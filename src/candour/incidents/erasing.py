"""What disposal erases of an incident: the words of its entries, and what the tables listed here name besides."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from candour.incidents import models
from candour.ledger import erasing as words
from candour.ledger.rows import in_parts
from candour.organisation import erasing as names
from candour.organisation import files

ABOUT_INCIDENTS = (
    "incident.", "reporter.", "note.", "risk.", "advice.", "notification.", "action.", "lesson.", "file.", "access.",
    "hold.", "notice.",
)  # fmt: skip
"""How the names of deeds begin whose subject is an incident; deeds of others may have a subject of the same text."""


@dataclass(frozen=True)
class Erasable:
    """What a table with a column `incident` names that has to go: words by ledger numbers, files by their digest."""

    model: type[Model]
    words: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


ERASABLE = (
    Erasable(models.Report, words=("opened",)),
    Erasable(models.Message, words=("opened",)),
    Erasable(models.Attachment, words=("opened",), files=("sha256",)),
)
"""A table of this room that names words or files of an incident has a line here."""

TABLES: tuple[type[Model], ...] = names.TABLES
"""What is written anew on the disk after a disposal."""


@dataclass(frozen=True)
class Erased:
    """How much was erased: texts, and files, which go from the disk once the disposal stands."""

    texts: int
    files: frozenset[str]


def erase(body: int, entries: Collection[int], at: datetime) -> Erased:
    """Erase the words and names of what began with these entries: incidents, people, particulars.

    Files are only named here: they are erased when nothing can take the disposal back any more.
    """
    incidents = references(body, entries)
    texts = words.erase(body, list(incidents.values()), ABOUT_INCIDENTS, at)
    texts += words.erase_under(body, list(_named(body, incidents, "words")), at)
    texts += sum(names.erase(body, entry, at) for entry in entries if entry not in incidents)
    return Erased(texts, files_of(body, incidents))


def references(body: int, entries: Collection[int]) -> dict[int, str]:
    """Return the references of the incidents among what began with these entries."""
    found: dict[int, str] = {}
    for some in in_parts(list(entries)):
        found |= dict(models.Incident.objects.filter(body=body, number__in=some).values_list("number", "reference"))
    return found


def files_of(body: int, incidents: Collection[int]) -> frozenset[str]:
    """Return the digests of the files that only these incidents name."""
    mine = {str(sha256) for sha256 in _named(body, incidents, "files")}
    return frozenset(mine - set(_kept_by_others(body, mine, incidents)))


def _named(body: int, incidents: Collection[int], what: str) -> Iterator[Any]:
    """What the listed tables name of these incidents: "words" or "files"."""
    for erasable in ERASABLE:
        for column in getattr(erasable, what):
            for some in in_parts(list(incidents)):
                yield from _rows(erasable).filter(body=body, incident__in=some).values_list(column, flat=True)


def _kept_by_others(body: int, files_: Collection[str], incidents: Collection[int]) -> Iterator[str]:
    """The files that another incident has as well, of whatever body, or that another room keeps under the digest."""
    for erasable in ERASABLE:
        for column in erasable.files:
            rows = _rows(erasable).filter(**{f"{column}__in": list(files_)})
            for sha256, owner, incident in rows.values_list(column, "body", "incident"):
                if (owner != body or incident not in incidents) and not _is_disposed(owner, incident):
                    yield sha256
    if files_:
        yield from files.named(files_, besides=[models.Load, *(erasable.model for erasable in ERASABLE)])


def _is_disposed(body: int, incident: int) -> bool:
    return models.Disposed.objects.filter(body=body, entry=incident).exists()


def _rows(erasable: Erasable) -> QuerySet[Model]:
    return QuerySet(erasable.model)
