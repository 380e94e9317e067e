"""A load is undone as a whole, by correction: what it brought and nobody changed since was never so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import beliefs, entries, models, writing
from candour.incidents import facts as vocabulary
from candour.ledger import chain, turns
from candour.ledger import models as ledger
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
        under_way = _Undoing(body, load, reason, actor, at)
        for done in range(load.begun, number, BATCH):
            _take_back(under_way, done)
            progress(min(done + BATCH, number) - load.begun, number - load.begun)
        closing = _finish(under_way)
    return Undone(closing, under_way.voided, under_way.taken_back, tuple(sorted(under_way.kept)))


@dataclass
class _Undoing:
    """One undo under way, and what it did so far."""

    body: Body
    load: models.Load
    reason: str
    actor: Actor
    at: datetime
    voided: int = 0
    taken_back: int = 0
    kept: list[str] = field(default_factory=list)


def _load(body: Body, number: int) -> models.Load:
    load = models.Load.objects.filter(body=body.pk, ended=number).first()
    if load is None:
        raise WrongInput(f"entry {number} does not close a load; `--undo` takes the ledger_number that `load` printed")
    if load.undone is not None:
        raise Conflict(f"that load was undone already, at entry {load.undone}")
    return load


@transaction.atomic
def _take_back(under_way: _Undoing, after: int) -> None:
    """Take back what the load did in the entries `after` this one, a batch of them.

    What was taken back already, by an undo that broke off, is counted again and left.
    """
    body = under_way.body.pk
    with chain.extend(body, by=under_way.actor, at=under_way.at) as end:
        sheet = writing.Sheet(body, end.day)
        own = _own(under_way, after)
        deeds = entries.about(body, list(own))
        presents = beliefs.presents(body, list(own), past=True)
        texts = _described_before(body, own, deeds)
        for reference, entry in own.items():
            last = max((one.number for one in entries.standing(deeds[reference])), default=0)
            if last > entry.number:
                under_way.kept.append(reference)
            elif entry.deed == Deed.RECORD:
                under_way.voided += 1
                if last == entry.number:
                    _void(sheet, end, presents[reference].at(), entry, under_way.reason)
            else:
                under_way.taken_back += 1
                if last == entry.number:
                    words = {"reason": under_way.reason, "description": texts.get(reference)}
                    _restore(sheet, end, presents[reference], entry, words)
    sheet.write()


def _own(under_way: _Undoing, after: int) -> dict[str, entries.Done]:
    """The entries of a batch in which the load itself recorded or changed an incident."""
    load = under_way.load
    upto = min(after + BATCH, load.ended or after)
    rows = ledger.Entry.objects.filter(
        body=under_way.body.pk, number__gt=after, number__lte=upto, deed__in=(Deed.RECORD, Deed.CHANGE)
    )
    found = {
        subject: entries.done(number, deed, content)
        for subject, number, deed, content in rows.values_list("subject", "number", "deed", "content")
    }
    return {reference: entry for reference, entry in found.items() if entry.facts.get("load") == load.begun}


def _void(sheet: writing.Sheet, end: chain.Chain, now: beliefs.Present, entry: entries.Done, reason: str) -> None:
    """Believe of an incident, from its first day, that it is void, as if it had not been recorded."""
    void = beliefs.correction(now, beliefs.Anew({"standing": vocabulary.VOID}))
    facts = {**void.content, "as_at": entry.number - 1}
    void.write(sheet, end.enter(Deed.VOID, now.incident.reference, facts, {"reason": reason}))


def _described_before(
    body: int, own: Mapping[str, entries.Done], deeds: Mapping[str, Sequence[entries.Done]]
) -> dict[str, str | None]:
    """The description that each incident had before its entry, where that described it anew."""
    last: dict[int, str] = {}
    for reference, entry in own.items():
        if "description" in entry.words:
            before = [one for one in entries.standing(deeds[reference]) if one.number < entry.number]
            described = [one.number for one in before if "description" in one.words]
            last |= dict.fromkeys(described[-1:], reference)
    found = ledger.Words.objects.filter(body=body, number__in=list(last), field="description")
    return {last[number]: text for number, text in found.values_list("number", "text")}


def _restore(
    sheet: writing.Sheet,
    end: chain.Chain,
    history: beliefs.Present,
    entry: entries.Done,
    words: Mapping[str, str | None],
) -> None:
    """Believe of an incident again, from the day of its update, what was believed before, and describe it as before."""
    day = date.fromisoformat(entry.facts["from"])
    incident = history.incident
    facts = {"from": day.isoformat(), "as_at": entry.number - 1}
    number = end.enter(Deed.CORRECT, incident.reference, facts, words)
    beliefs.restore(sheet, history.at(), history.at(entry.number - 1), day, number)
    sheet.describe(incident.number, incident.reference, words["description"], number)


@transaction.atomic
def _finish(under_way: _Undoing) -> int:
    load = under_way.load
    facts = {
        "voided": under_way.voided, "taken_back": under_way.taken_back, "kept": len(under_way.kept), "load": load.ended,
    }  # fmt: skip
    with chain.extend(under_way.body.pk, by=under_way.actor, at=under_way.at) as end:
        number = end.enter(Deed.UNDO_LOAD, load.source, facts, {"reason": under_way.reason})
    load.undone = number
    load.save(update_fields=["undone"])
    return number
