"""A load is undone as a whole, by correction: what it brought and nobody changed since was never so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from candour.incidents import beliefs, models, writing
from candour.incidents import facts as vocabulary
from candour.ledger import chain, turns
from candour.ledger.beliefs import Range
from candour.ledger.models import OPEN
from candour.ledger.seal import Actor
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed

BATCH = 5000


@dataclass(frozen=True)
class Undone:
    """What an undo did: its closing ledger number, incidents voided, updates taken back, and those changed since."""

    ledger_number: int
    voided: int
    taken_back: int
    kept: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "ledger_number": self.ledger_number,
            "voided": self.voided,
            "taken_back": self.taken_back,
            "kept": list(self.kept),
        }


def undo(
    body: Body,
    number: int,
    *,
    reason: str,
    by: Person,
    at: datetime,
    progress: Callable[[int, int], None] = turns.silent,
) -> Undone:
    """Void what the load that ended at ledger `number` brought, and take back what it changed; `reason` is required.

    What somebody changed since is kept and named. Raises WrongInput: no such load, no reason; Conflict: undone before.
    """
    actor = people.require(by, Deed.UNDO_LOAD, at, body)
    if not reason.strip():
        raise WrongInput("say why the load is undone, with --reason")
    with turns.one_at_a_time(body.pk, "load"):
        load = _load(body, number)
        brought, changed, kept = _brought(body, load), _changed(body, load), _kept(body, load)
        total = len(brought) + len(changed)
        for start in range(0, len(brought), BATCH):
            _void(body, brought[start : start + BATCH], reason, actor, at)
            progress(min(start + BATCH, len(brought)), total)
        _take_back(body, changed, reason, actor, at)
        progress(total, total)
        closing = _finish(body, load, reason, (len(brought), len(changed), len(kept)), actor, at)
    return Undone(closing, len(brought), len(changed), kept)


def _load(body: Body, number: int) -> models.Load:
    load = models.Load.objects.filter(body=body.pk, ended=number).first()
    if load is None:
        raise WrongInput(f"entry {number} does not close a load; `--undo` takes the ledger_number that `load` printed")
    if load.undone is not None:
        raise Conflict(f"that load was undone already, at entry {load.undone}")
    return load


def _touched(body: Body, load: models.Load) -> Any:
    """The incidents of which the load ever wrote a version."""
    return models.Version.objects.filter(body=body.pk, load=load.begun).values("incident")


def _brought(body: Body, load: models.Load) -> list[int]:
    """Incidents that exist only because of the load and that nobody changed since."""
    only = models.Version.objects.filter(body=body.pk, closed=None, load=load.begun).exclude(standing=vocabulary.VOID)
    numbers = set(only.values_list("incident", flat=True))
    changed = set(_changed(body, load))
    since = set(_since(body, load))
    return sorted(numbers - changed - since)


def _changed(body: Body, load: models.Load) -> list[int]:
    """Incidents that were there before and that the load changed (`--update`), untouched since."""
    closed_by = models.Version.objects.filter(
        body=body.pk, incident__in=_touched(body, load), opened__lt=load.begun, closed__gt=load.begun,
        closed__lt=load.ended,
    ).exclude(standing=vocabulary.VOID)  # fmt: skip
    return sorted(set(closed_by.values_list("incident", flat=True)) - set(_since(body, load)))


def _since(body: Body, load: models.Load) -> list[int]:
    """Incidents the load touched and that somebody changed after it ended, or besides it while it ran."""
    foreign = Q(opened__gt=load.ended) | (Q(opened__gt=load.begun) & ~Q(load=load.begun) & Q(load=None))
    later = models.Version.objects.filter(foreign, body=body.pk, incident__in=_touched(body, load))
    return sorted(set(later.values_list("incident", flat=True)))


def _kept(body: Body, load: models.Load) -> tuple[str, ...]:
    named = models.Incident.objects.filter(body=body.pk, number__in=_since(body, load)).order_by("reference")
    return tuple(named.values_list("reference", flat=True))


@transaction.atomic
def _void(body: Body, numbers: Sequence[int], reason: str, actor: Actor, at: datetime) -> None:
    """Believe of each incident, from its first day, that it is void."""
    names = dict(models.Incident.objects.filter(body=body.pk, number__in=numbers).values_list("number", "reference"))
    sheet = writing.Sheet(body.pk)
    with chain.extend(body.pk, by=actor, at=at) as end:
        for row in models.Version.objects.filter(body=body.pk, incident__in=numbers, closed=None).order_by("incident"):
            facts = {"from": row.held_from.isoformat(), "changes": {"standing": [row.standing, vocabulary.VOID]}}
            entry = end.enter(Deed.VOID, names[row.incident], facts, {"reason": reason})
            sheet.closed_versions.append((entry, row.pk))
            void = {**beliefs.stated(row), "standing": vocabulary.VOID}
            sheet.version(row.incident, void, entry, (row.held_from, row.held_until), row.load)
    sheet.write()


@transaction.atomic
def _take_back(body: Body, numbers: Sequence[int], reason: str, actor: Actor, at: datetime) -> None:
    """Believe of each incident again, from the day of the update, what was believed before it."""
    sheet = writing.Sheet(body.pk)
    references = models.Incident.objects.filter(body=body.pk, number__in=numbers).values_list("reference", flat=True)
    with chain.extend(body.pk, by=actor, at=at) as end:
        for reference in references:
            now = beliefs.present(body.pk, reference)
            last = max(now.versions, key=lambda row: row.opened)
            before = (
                models.Version.objects.filter(body=body.pk, incident=last.incident, closed=last.opened)
                .order_by("-held_until")[0]
            )  # fmt: skip
            facts = {"from": last.held_from.isoformat(), "as_at": last.opened - 1}
            entry = end.enter(Deed.CORRECT, reference, facts, {"reason": reason})
            beliefs.believe(sheet, now, beliefs.stated(before), Range(last.held_from, OPEN), entry)
    sheet.write()


@transaction.atomic
def _finish(
    body: Body, load: models.Load, reason: str, counts: tuple[int, int, int], actor: Actor, at: datetime
) -> int:
    facts = dict(zip(("voided", "taken_back", "kept"), counts, strict=True)) | {"load": load.ended}
    with chain.extend(body.pk, by=actor, at=at) as end:
        number = end.enter(Deed.UNDO_LOAD, load.source, facts, {"reason": reason})
    load.undone = number
    load.save(update_fields=["undone"])
    return number
