"""Deeds on a request: it is received, a reply is drafted and kept with its bytes, and in the end it leaves."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.documents import letter as writer
from candour.foi import disposing, drafting, keeping, letters, models, numbering, releasing
from candour.ledger import actions as ledger_actions
from candour.ledger import chain, seal
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import files, people
from candour.organisation.models import Body, Person
from candour.reading import requests
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed

CHANNELS = {"email": "email", "post": "letter", "web": "message on our website", "telephone": "telephone call"}
release = releasing.release  # the public exit of this room
FORMATS = {"pdf": writer.pdf, "docx": writer.docx, "odt": writer.odt, "html": writer.html}


@dataclass(frozen=True)
class Arrived:
    """A request as it reached the body: its bytes, the file's name, the day, and by which channel."""

    data: bytes
    name: str
    received: date
    channel: str = "email"
    our_reference: str = ""
    their_reference: str = ""


@dataclass(frozen=True)
class Reply:
    """A drafted reply: `answers` are the JSON of interfaces, `files` the letter's bytes by name, enclosures besides."""

    case: str
    answers: dict[str, Any]
    files: Mapping[str, bytes]
    enclosures: tuple[tuple[str, bytes], ...]
    needs_a_person: int
    anew: bool


def answer(
    body: Body, arrived: Arrived, *, as_at: date | None, dated: date, redraft: bool, by: Person, at: datetime
) -> Reply:
    """Open a case for a request and draft its reply; the same request again gives the same bytes from what was frozen.

    `as_at` is by default the day of receipt (FOIA s.1(4)); `redraft` draws anew at the head. All of it is done or
    nothing. Raises NotAllowed; Conflict for a reference that another case has; WrongInput for a request that cannot be
    read, a channel that is none, a day to come, or a letter dated before the request came.
    """
    people.require(by, Deed.DRAFT, at, body)
    found = _found(body, arrived)
    if found and disposing.is_erased(found):
        raise Conflict(f"this request came as {found.reference}, and was disposed of under the retention schedule")
    last = _last_draft(found) if found else None
    if found and last and not redraft:
        return _kept(found, last)
    _check(arrived, as_at, dated, years.london_day(at))
    request = requests.read(arrived.data, arrived.name, today=arrived.received)
    with transaction.atomic():
        case = found or receive(body, arrived, request, by=by, at=at)
        return _drafted(body, case, request, as_at or arrived.received, dated, by=by, at=at)


def _found(body: Body, arrived: Arrived) -> models.Case | None:
    """Find the case of a request: it is known by the day of receipt and its bytes."""
    sha256 = hashlib.sha256(arrived.data).hexdigest()
    return models.Case.objects.filter(body=body.pk, received=arrived.received, sha256=sha256).first()


def _last_draft(case: models.Case) -> models.Draft | None:
    return models.Draft.objects.filter(body=case.body, case=case.number).order_by("-number").first()


def _check(arrived: Arrived, as_at: date | None, dated: date, today: date) -> None:
    if arrived.channel not in CHANNELS:
        raise WrongInput(f"{arrived.channel!r} is not a channel; it is one of {', '.join(CHANNELS)}")
    if arrived.received > today:
        raise WrongInput(f"{years.spoken(arrived.received)} is still to come; give the day the request reached you")
    if dated < arrived.received:
        raise WrongInput("a letter cannot be dated before the request came")
    if as_at and as_at > today:
        raise WrongInput(f"{years.spoken(as_at)} is still to come; figures are as at a day up to today")


@transaction.atomic
def receive(body: Body, arrived: Arrived, request: requests.Request, *, by: Person, at: datetime) -> models.Case:
    """Open a case, or find the one that somebody else has just opened: the request kept as it came and as it was read.

    Its reference is the one given, else the next by the body's pattern. Raises NotAllowed, Conflict.
    """
    actor = people.require(by, Deed.RECEIVE_REQUEST, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end:
        if found := _found(body, arrived):
            return found
        reference = arrived.our_reference or numbering.next_reference(body, arrived.received)
        if models.Case.objects.filter(body=body.pk, reference=reference).exists():
            raise Conflict(f"{reference} is the reference of another case; give another with --our-reference")
        kept = files.store(arrived.data, arrived.name)
        theirs = arrived.their_reference or request.their_reference
        about = {"received": arrived.received, "channel": arrived.channel, "regime": body.regime}
        number = end.enter(
            Deed.RECEIVE_REQUEST,
            reference,
            seal.plain({**about, "sha256": kept.sha256}),
            {"file": kept.name, "their_reference": theirs, "from": " ".join(request.sender).strip()},
        )
        case = models.Case.objects.create(
            body=body.pk, number=number, reference=reference, their_reference=theirs, sha256=kept.sha256,
            file=kept.name, request=request.as_json(), **about,
        )  # fmt: skip
        keeping.note(case, [kept.sha256])
        return case


def _drafted(
    body: Body, case: models.Case, request: requests.Request, as_at: date, dated: date, *, by: Person, at: datetime
) -> Reply:
    """Draw the reply at the head of the record and keep it, with its bytes."""
    actor = people.require(by, Deed.DRAFT, at, body)
    coordinates = ledger.coordinates(body.pk, as_at, None, today=years.london_day(at))
    made = drafting.draft(body, _asked(case), request, coordinates, dated)
    written = _written(body, made)
    stored = {name: files.store(content, name).sha256 for name, content in written.items()}
    about = {
        "as_at": as_at,
        "record_number": coordinates.number,
        "dated": dated,
        "needs_a_person": made.open,
        "files": stored,
    }
    number = ledger_actions.append(body.pk, Deed.DRAFT, subject=case.reference, facts=about, by=actor, at=at)
    enclosures = [[file.name, file.sha256] for file in made.enclosures]
    models.Draft.objects.create(body=body.pk, case=case.number, number=number, enclosures=enclosures, **about)
    keeping.note(case, [*stored.values(), *(sha256 for _, sha256 in enclosures)])
    return _reply(case, written, enclosures, made.open, anew=True)


def _asked(case: models.Case) -> drafting.Asked:
    sender = case.request["from"]
    return drafting.Asked(
        case.reference,
        case.their_reference,
        case.received,
        CHANNELS[case.channel],
        (sender["name"] or "", sender["email"] or ""),
    )


def _written(body: Body, made: drafting.Draft) -> dict[str, bytes]:
    """The letter in its four formats and the answers as JSON, from one set of blocks."""
    said = letters.letter(body, made)
    answers = json.dumps(made.as_json(), ensure_ascii=False, indent=2) + "\n"
    return {f"reply.{name}": write(said) for name, write in FORMATS.items()} | {"answers.json": answers.encode()}


def _kept(case: models.Case, last: models.Draft) -> Reply:
    """The reply as it was frozen: its very bytes, proved by their digest."""
    written = {name: files.read(sha256) for name, sha256 in last.files.items()}
    return _reply(case, written, last.enclosures, last.needs_a_person, anew=False)


def _reply(
    case: models.Case, written: Mapping[str, bytes], enclosures: Iterable[Sequence[str]], open_: int, *, anew: bool
) -> Reply:
    copies = tuple((name, files.read(sha256)) for name, sha256 in enclosures)
    return Reply(case.reference, json.loads(written["answers.json"]), written, copies, open_, anew)


def drawn_again(body: Body, reference: str) -> dict[str, bytes]:
    """Draw the last draft of a case again from its frozen coordinates, to hold it against the bytes that were kept.

    Raises NotThere where there is no such draft.
    """
    case = models.Case.objects.filter(body=body.pk, reference=reference).first()
    last = _last_draft(case) if case else None
    if case is None or last is None or disposing.is_erased(case):
        raise NotThere(f"nothing was drafted for {reference}")
    request = requests.read(files.read(case.sha256), case.file, today=case.received)
    made = drafting.draft(body, _asked(case), request, AsAt(last.as_at, last.record_number), last.dated)
    return _written(body, made)
