"""Records are disposed of by two people: one proposes a list, another approves it, and the words of it are erased."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from candour.incidents import disposals, erasing, models
from candour.incidents.queries import due
from candour.ledger import chain
from candour.ledger import erasing as ledger_erasing
from candour.ledger import queries as ledger
from candour.organisation import files, people
from candour.organisation.kinds_of_records import RECORDS
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed, two_people

SUBJECT = "disposal"


@transaction.atomic
def propose(
    body: Body, entries: Collection[int], *, left_out: Collection[int] = (), reason: str = "", by: Person, at: datetime
) -> int:
    """Propose to dispose of what a list shows but for what is left out, which takes a reason; return the number.

    `entries` are those of the whole list. An earlier proposal that still waits gives way to it. Raises NotAllowed;
    WrongInput for an empty list or no reason; Conflict where something on the list is no longer due.
    """
    actor = people.require(by, Deed.PROPOSE_DISPOSAL, at, body)
    if left_out and not reason.strip():
        raise WrongInput("say why what you leave out is kept for now")
    if not set(entries) - set(left_out):
        raise WrongInput("nothing is left on the list; there is nothing to propose")
    with chain.extend(body.pk, by=actor, at=at) as end:
        lines = _lines(body, entries, at)
        facts = {
            "entries": sorted(set(entries) - set(left_out)),
            "left_out": sorted(left_out),
        }
        number = end.enter(Deed.PROPOSE_DISPOSAL, SUBJECT, facts, {"reason": reason.strip()})
    models.Proposal.objects.filter(body=body.pk, closed=None).update(closed=number)
    models.Proposal.objects.create(body=body.pk, opened=number, person=by.number)
    models.Proposed.objects.bulk_create(
        models.Proposed(
            body=body.pk,
            proposal=number,
            entry=line.entry,
            record=line.record,
            schedule=line.schedule,
            due_on=line.due_on,
            left_out=line.entry in left_out,
        )
        for line in lines
    )
    return number


def _lines(body: Body, entries: Collection[int], at: datetime) -> list[due.Due]:
    """The lines of a list as they are due now; Conflict where one of them is not, or is held."""
    found = due.lines(body, entries, years.london_day(at))
    if {line.entry for line in found} != set(entries):
        raise Conflict("the list has changed since you looked at it: something on it is held, or not due; look again")
    return found


@transaction.atomic
def approve(body: Body, proposal: int, *, by: Person, at: datetime) -> int:
    """Erase what a proposal lists, as a second person; return the ledger number of the disposal.

    What is held or no longer due by now is skipped, and counted. `finish` has to follow, once this is committed. Raises
    NotAllowed; NotThere; Conflict for who proposed it, or where it is closed, or nothing of it is due.
    """
    actor = people.require(by, Deed.DISPOSE, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end:
        row = _open(body, proposal)
        if not two_people(row.person, by.number):
            raise Conflict("who proposed a disposal does not approve it; a second person does")
        lines = list(models.Proposed.objects.filter(body=body.pk, proposal=proposal, left_out=False))
        wanted = [line.entry for line in lines]
        still = {line.entry for line in due.lines(body, wanted, years.london_day(at))}
        if not still:
            raise Conflict("nothing on the list may be disposed of any more; propose a new one")
        erased = erasing.erase(body.pk, still, end.at)
        facts = {"proposal": proposal, **_counts(lines, still), **_erased(erased)}
        number = end.enter(Deed.DISPOSE, SUBJECT, facts)
    models.Proposal.objects.filter(pk=row.pk).update(closed=number)
    _write(body, number, proposal, still)
    return number


def _open(body: Body, proposal: int) -> models.Proposal:
    row: models.Proposal | None = models.Proposal.objects.filter(body=body.pk, opened=proposal).first()
    if row is None:
        raise NotThere(f"there is no proposal {proposal}")
    if row.closed is not None:
        raise Conflict(f"proposal {proposal} is closed: it was approved, or a later one took its place")
    return row


def _counts(lines: Sequence[models.Proposed], still: Collection[int]) -> dict[str, Any]:
    """What the entry says: which entries, by kind of record, and how many were skipped."""
    found = {record: sorted(one.entry for one in lines if one.record == record) for record in (*RECORDS, due.FILES)}
    kept = {record: [entry for entry in entries if entry in still] for record, entries in found.items()}
    return {**kept, "skipped": len(lines) - len(still)}


def _erased(erased: erasing.Erased) -> dict[str, int]:
    return {"texts": erased.texts, "files": len(erased.files)}


def _write(body: Body, number: int, proposal: int | None, entries: Collection[int]) -> None:
    origin = ledger.digest(body.pk, number)
    models.Disposal.objects.create(body=body.pk, number=number, proposal=proposal)
    models.Disposed.objects.bulk_create(
        models.Disposed(body=body.pk, entry=entry, number=number, origin=origin) for entry in sorted(entries)
    )


def finish() -> bool:
    """Do what follows a disposal that stands: erase its files, keep the list outside, clean the database's own files.

    Safe to repeat; a run that broke off is completed. False where the database cannot be cleaned now, because others
    are at work in it; it is to be called again.
    """
    disposals.keep(disposals.carried_out())
    rows = list(models.Disposal.objects.filter(cleaned=False))
    for row in rows:
        for sha256 in _files(row):
            files.erase(sha256)
    return not rows or clean()


def _files(row: models.Disposal) -> frozenset[str]:
    entries = models.Disposed.objects.filter(body=row.body, number=row.number).values_list("entry", flat=True)
    return erasing.files_of(row.body, list(entries))


def clean() -> bool:
    """Clean the database's own files of what was erased, and note for which disposals; False where it cannot be now."""
    if not ledger_erasing.clean(erasing.tables()):
        return False
    models.Disposal.objects.filter(cleaned=False).update(cleaned=True)
    return True


def is_clean() -> bool:
    """Say whether nothing of any disposal is left in the database's own files."""
    return not models.Disposal.objects.filter(cleaned=False).exists()


def repeat(lines: Sequence[disposals.Line], *, at: datetime) -> frozenset[str]:
    """Erase again what an older copy of the record still has, by the list that was kept outside; name the files.

    The operator of each body does it, in one entry each: the decision was made before, by two people.
    """
    found: set[str] = set()
    for body in Body.objects.filter(slug__in={line.body for line in lines}):
        mine = [line for line in disposals.outstanding(lines) if line.body == body.slug]
        if mine:
            found |= _repeat(body, mine, at)
    return frozenset(found)


@transaction.atomic
def _repeat(body: Body, lines: Sequence[disposals.Line], at: datetime) -> frozenset[str]:
    actor = people.require(people.operator(body), Deed.REPEAT_DISPOSAL, at, body)
    entries = sorted({line.entry for line in lines})
    with chain.extend(body.pk, by=actor, at=at) as end:
        erased = erasing.erase(body.pk, entries, end.at)
        number = end.enter(Deed.REPEAT_DISPOSAL, SUBJECT, {"entries": entries, **_erased(erased)})
    models.Disposal.objects.create(body=body.pk, number=number)
    models.Disposed.objects.bulk_create(
        models.Disposed(body=body.pk, entry=line.entry, number=number, origin=line.disposal) for line in lines
    )
    return erased.files
