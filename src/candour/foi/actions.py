"""Deeds on a request: it is received, and a reply is drafted and kept, with its bytes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import ExtractYear

from candour.documents import letter as writer
from candour.foi import drafting, letters, models
from candour.ledger import actions as ledger_actions
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import files, people
from candour.organisation.furniture import furniture
from candour.organisation.kinds import File
from candour.organisation.models import Body, Person
from candour.reading import requests
from candour.rules import years
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed

CHANNELS = {"email": "email", "post": "letter", "web": "message on our website", "telephone": "telephone call"}
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

    `as_at` is by default the day of receipt (FOIA s.1(4)); `redraft` draws anew at the head. Raises NotAllowed;
    WrongInput for a request that cannot be read, a day to come, or a letter dated before the request came.
    """
    actor = people.require(by, Deed.DRAFT, at, body)
    case, request = _case(body, arrived, by=by, at=at)
    last = models.Draft.objects.filter(body=body.pk, case=case.number).order_by("-number").first()
    if last is not None and not redraft:
        return _kept(case, last)
    _check_days(arrived.received, as_at, dated, years.london_day(at))
    request = request or requests.read(arrived.data, arrived.name, today=arrived.received)
    coordinates = ledger.coordinates(body.pk, as_at or arrived.received, None, today=years.london_day(at))
    made = drafting.draft(body, _asked(case), request, coordinates, dated)
    written = _written(body, made)
    stored = {name: files.store(content, name).sha256 for name, content in written.items()}
    with transaction.atomic():
        number = ledger_actions.append(
            body.pk, Deed.DRAFT, subject=case.reference, by=actor, at=at,
            facts={
                "as_at": coordinates.day, "record_number": coordinates.number, "dated": dated,
                "needs_a_person": made.open, "files": stored,
            },
        )  # fmt: skip
        models.Draft.objects.create(
            body=body.pk, case=case.number, number=number, as_at=coordinates.day, record_number=coordinates.number,
            dated=dated, needs_a_person=made.open, files=stored,
            enclosures=[[file.name, file.sha256] for file in made.enclosures],
        )  # fmt: skip
    return _reply(case, written, made.enclosures, made.open, anew=True)


def _check_days(received: date, as_at: date | None, dated: date, today: date) -> None:
    if received > today:
        raise WrongInput(f"{years.spoken(received)} is still to come; give the day the request reached you")
    if dated < received:
        raise WrongInput("a letter cannot be dated before the request came")
    if as_at and as_at > today:
        raise WrongInput(f"{years.spoken(as_at)} is still to come; figures are as at a day up to today")


def _case(body: Body, arrived: Arrived, *, by: Person, at: datetime) -> tuple[models.Case, requests.Request | None]:
    """The case of a request: the one that is open already, or a new one with what was read."""
    sha256 = hashlib.sha256(arrived.data).hexdigest()
    found = models.Case.objects.filter(body=body.pk, received=arrived.received, sha256=sha256).first()
    if found is not None:
        return found, None
    if arrived.channel not in CHANNELS:
        raise WrongInput(f"{arrived.channel!r} is not a channel; it is one of {', '.join(CHANNELS)}")
    _check_days(arrived.received, None, arrived.received, years.london_day(at))
    request = requests.read(arrived.data, arrived.name, today=arrived.received)
    return receive(body, arrived, request, sha256, by=by, at=at), request


@transaction.atomic
def receive(
    body: Body, arrived: Arrived, request: requests.Request, sha256: str, *, by: Person, at: datetime
) -> models.Case:
    """Open a case: its reference by the body's pattern, the request kept as it came and as it was read."""
    actor = people.require(by, Deed.RECEIVE_REQUEST, at, body)
    reference = arrived.our_reference or _next_reference(body, arrived.received)
    if models.Case.objects.filter(body=body.pk, reference=reference).exists():
        raise Conflict(f"{reference} is the reference of another case; give another with --our-reference")
    kept = files.store(arrived.data, arrived.name)
    theirs = arrived.their_reference or request.their_reference
    facts = {"received": arrived.received, "sha256": sha256, "channel": arrived.channel, "regime": body.regime}
    words = {"file": kept.name, "their_reference": theirs, "from": " ".join(request.sender).strip()}
    number = ledger_actions.append(
        body.pk, Deed.RECEIVE_REQUEST, subject=reference, facts=facts, words=words, by=actor, at=at
    )
    return models.Case.objects.create(
        body=body.pk, number=number, reference=reference, their_reference=theirs, received=arrived.received,
        sha256=sha256, file=kept.name, channel=arrived.channel, regime=body.regime, request=request.as_json(),
    )  # fmt: skip


def _next_reference(body: Body, received: date) -> str:
    """Our reference by the pattern in force on the day of receipt; the serial runs through the calendar year."""
    settings = furniture(body, AsAt(received, ledger.head(body.pk).number))
    mine = models.Case.objects.filter(body=body.pk)
    serial = mine.annotate(year=ExtractYear("received")).filter(year=received.year).count() + 1
    taken = set(mine.values_list("reference", flat=True).filter(received__year=received.year))
    while (reference := settings.reference(received=received, serial=serial)) in taken:
        serial += 1
    return reference


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
    enclosures = tuple(File(sha256, name, 0) for name, sha256 in last.enclosures)
    return _reply(case, written, enclosures, last.needs_a_person, anew=False)


def _reply(
    case: models.Case, written: Mapping[str, bytes], enclosures: tuple[File, ...], open_: int, *, anew: bool
) -> Reply:
    copies = tuple((file.name, files.read(file.sha256)) for file in enclosures)
    return Reply(case.reference, json.loads(written["answers.json"]), written, copies, open_, anew)


def drawn_again(body: Body, reference: str) -> dict[str, bytes]:
    """Draw the last draft of a case again from its frozen coordinates, to hold it against the bytes that were kept."""
    case = models.Case.objects.get(body=body.pk, reference=reference)
    last = models.Draft.objects.filter(body=body.pk, case=case.number).order_by("-number")[0]
    request = requests.read(files.read(case.sha256), case.file, today=case.received)
    made = drafting.draft(body, _asked(case), request, AsAt(last.as_at, last.record_number), last.dated)
    return _written(body, made)
