"""A file is kept with an incident, or taken away from it again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from candour.incidents import deed, models, opening
from candour.incidents.queries import files as queries
from candour.ledger import queries as ledger
from candour.organisation import files
from candour.organisation.models import Body, Person
from candour.rules import markings, years
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed
from candour.screening import apart, arrivals, clamav
from candour.screening.looking import Report


@dataclass(frozen=True)
class Offered:
    """A file as somebody hands it over; `sealed` ones (reporters') are opened only by who says why."""

    content: bytes
    name: str
    marking: str = "OFFICIAL"
    sealed: bool = False
    dispose_on: date | None = None


def admitted(offered: Offered) -> arrivals.Arrival:
    """Look at a file before it is kept: its kind, its limits, its marking, and by a virus scanner where one is set."""
    markings.check(offered.marking)
    arrival = arrivals.admit(offered.content, offered.name)
    above = markings.above(offered.content.decode("utf-8", "ignore")) if arrival.kind.slug in {"text", "mail"} else None
    if above:
        raise WrongInput(f"{arrival.name} is marked {above}; take it to your security officer, it cannot be kept here")
    if settings.CLAMAV:
        clamav.scan(offered.content, settings.CLAMAV)
    return arrival


def attach(body: Body, reference: str, offered: Offered, *, by: Person | None, at: datetime) -> int:
    """Keep a file with an incident; return the ledger number. Raises WrongInput for a file that may not be kept.

    The same bytes twice with one incident are kept once: Conflict. `by` None: a reporter, who has shown their code.
    What screening finds is recorded and refuses nothing: evidence is kept as it came. A child looks, before anything
    is locked.
    """
    deed.acting(body, Deed.ATTACH, by=by, at=at)
    arrival = admitted(offered)
    return _keep(body, reference, offered, arrival, apart.look(offered.content, arrival.name), by=by, at=at)


@transaction.atomic
def _keep(
    body: Body, reference: str, offered: Offered, arrival: arrivals.Arrival, found: Report, *, by: Person | None,
    at: datetime,
) -> int:  # fmt: skip
    stored = files.store(offered.content, arrival.name)
    facts = {"sha256": stored.sha256, "kind": arrival.kind.slug, "size": stored.size, "marking": offered.marking}
    facts |= {"screened": found.verdict.value, "found": sorted({finding.code for finding in found.findings})}
    done = deed.do(body, reference, Deed.ATTACH, deed.Change(also=facts, words={"file": arrival.name}), by=by, at=at)
    mine = models.Attachment.objects.filter(body=body.pk, incident=done.incident, closed=None)
    if mine.filter(sha256=stored.sha256).exists():
        raise Conflict(f"{arrival.name} is with {reference} already")
    models.Attachment.objects.create(
        body=body.pk, incident=done.incident, opened=done.number, sha256=stored.sha256, kind=arrival.kind.slug,
        size=stored.size, marking=markings.check(offered.marking), sealed=offered.sealed,
        dispose_on=offered.dispose_on,
    )  # fmt: skip
    return done.number


@transaction.atomic
def detach(body: Body, reference: str, number: int, *, reason: str, by: Person, at: datetime) -> int:
    """Take a file away from an incident, with a reason; its bytes stay until disposal, no link to them does."""
    if not reason.strip():
        raise WrongInput("say why the file is taken away")
    done = deed.do(
        body, reference, Deed.DETACH, deed.Change(also={"file": number}, words={"reason": reason}), by=by, at=at
    )
    found = models.Attachment.objects.filter(body=body.pk, incident=done.incident, opened=number, closed=None)
    if not found.update(closed=done.number):
        raise NotThere("there is no such file")
    return done.number


@transaction.atomic
def open_sealed(body: Body, reference: str, number: int, *, reason: str, by: Person, at: datetime) -> queries.Content:
    """Give out a reporter's file, which was sealed; the history says who opened it and why.

    Raises WrongInput without a reason, NotThere where there is no such file.
    """
    why = opening.said(reason, "say why it has to be opened: the history shows it for ever")
    deed.do(body, reference, Deed.OPEN_FILE, deed.Change(also={"file": number}, words={"reason": why}), by=by, at=at)
    return queries.content(body, reference, number, by=by, today=years.london_day(at), sealed=True)


def name(body: int, number: int) -> str | None:
    """Return the name a file was kept under; None where it was erased."""
    return ledger.event(body, number).words.get("file")
