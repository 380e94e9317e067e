"""Somebody reports an incident, tells more, is asked and answers; the receipt code stands for who they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from candour.incidents import access, codes, deed, models, working
from candour.incidents import said as sayings
from candour.incidents.actions import attaching, recording
from candour.incidents.done import Done
from candour.incidents.lifecycle import State
from candour.ledger import seal
from candour.organisation.models import Body, Person
from candour.reading import register
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a report reached us: the channel, the reporter's language, and when we were told (None: as it is typed)."""

    channel: str = "web"
    language: str = "en"
    told_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.channel not in sayings.CHANNELS or self.language not in sayings.LANGUAGES:
            raise WrongInput(f"a report comes by {', '.join(sayings.CHANNELS)}, in {', '.join(sayings.LANGUAGES)}")


@dataclass(frozen=True)
class Receipt:
    """What stands after a report: the incident's reference, and the number of the entry; `again`: it stood already."""

    reference: str
    number: int
    again: bool = False


def report(
    body: Body,
    said: sayings.Said,
    *,
    code: str,
    way: Way,
    by: Person | None,
    at: datetime,
    rest_follows: bool = False,
) -> Receipt:
    """Record what somebody told us under a receipt code, with its work; sent twice, it is one report.

    The clocks run from `way.told_at`, unless it was noticed before; the entry keeps beside it when it was typed. `by`
    None: without an account. An unfinished report under the code is erased, unless the rest follows.
    Raises NotAllowed, WrongInput, Conflict.
    """
    sayings.check(said, way.told_at or at, at)
    digest = codes.digest(body.pk, code)
    try:
        return _once(body, said, digest, way, by=by, at=at, rest_follows=rest_follows)
    except IntegrityError:  # there is a report under this code: it stands
        earlier = _report(body, digest)
        if earlier is None:
            raise
        return _again(body, earlier, rest_follows=rest_follows)


@transaction.atomic
def _once(
    body: Body, said: sayings.Said, digest: str, way: Way, *, by: Person | None, at: datetime, rest_follows: bool
) -> Receipt:
    told_at = way.told_at or at
    also = {"channel": way.channel, "language": way.language, "told_at": told_at, "claims": said.claims}
    if not rest_follows:
        _erase_draft(body, digest)
    reference, done = recording.record(
        body, _columns(said, told_at), words=said.words, by=by, at=at, also=seal.plain(also)
    )
    number = done.number
    models.Report.objects.create(
        body=body.pk, opened=number, number=number, incident=done.incident, digest=digest, channel=way.channel,
        language=way.language, told_at=told_at, typed_at=at,
    )  # fmt: skip
    _take_up(body, done, at)
    return Receipt(reference, number)


@transaction.atomic
def _again(body: Body, earlier: models.Report, *, rest_follows: bool) -> Receipt:
    if not rest_follows:
        _erase_draft(body, earlier.digest)
    return Receipt(_reference(body, earlier), earlier.number, again=True)


def _take_up(body: Body, done: Done, at: datetime) -> None:
    """Begin the work on a new incident: somebody has to look at it."""
    opened_on = years.london_day(at)
    row = models.Handling(body=body.pk, incident=done.incident, state=State.NEW, opened_on=opened_on)
    row.changed = done.number
    working.begin(row)


def _columns(said: sayings.Said, told_at: datetime) -> dict[str, Any]:
    marks = said.marks
    return {
        **said.facts(told_at),
        **({"precision": register.canonical(dict(sorted(marks.items())))} if marks else {}),
        "times": register.canonical(dict(sorted(said.times(told_at).items()))),
    }


def _erase_draft(body: Body, digest: str) -> None:
    """Erase an unfinished report; whoever sends it a second time at the same moment waits here for the first."""
    models.Draft.objects.filter(body=body.pk, digest=digest).delete()


@transaction.atomic
def tell_more(body: Body, said: sayings.Said, *, code: str, at: datetime) -> Receipt:
    """Add what could wait when somebody might have come to harm; what was said then stays. Sent twice, it is one.

    Raises NotThere where there is no report under the code, WrongInput, Conflict.
    """
    digest = codes.digest(body.pk, code)
    row = _require(body, digest)
    reference = _reference(body, row)
    sayings.check(said, at, at)
    if not models.Draft.objects.filter(body=body.pk, digest=digest).delete()[0]:
        return Receipt(reference, row.number, again=True)
    told_at = row.told_at
    facts = {
        name: value for name, value in said.facts(told_at).items() if name not in {"immediate_risk", "reported_on"}
    }
    times = {name: time for name, time in said.times(told_at).items() if name != "reported_on"}
    change = deed.Change(facts, words=said.words, also={"claims": said.claims}, marks=said.marks, times=times)
    done = deed.do(body, reference, Deed.TELL_MORE, change, by=None, at=at)
    _move(row, done.number)
    return Receipt(reference, done.number)


def _move(row: models.Report, number: int) -> None:
    """Let the report's words be those under another entry: the first said only that somebody could come to harm."""
    models.Report.objects.filter(pk=row.pk).update(closed=number)
    same = {name: getattr(row, name) for name in ("body", "incident", "digest", "channel", "language")}
    models.Report.objects.create(**same, told_at=row.told_at, typed_at=row.typed_at, opened=number, number=number)


KEPT = ("body", "number", "digest", "channel", "language", "told_at", "typed_at")
"""What stays as it is of a report that goes to another incident."""


def carry(rows: Iterable[models.Report], to: int, number: int) -> None:
    """Let reports go to another incident from a ledger number on: whoever holds the code follows that one up."""
    for row in rows:
        models.Report.objects.filter(pk=row.pk).update(closed=number)
        same = {name: getattr(row, name) for name in KEPT}
        models.Report.objects.create(**same, incident=to, opened=number)


@transaction.atomic
def ask(body: Body, reference: str, question: str, *, by: Person, at: datetime) -> int:
    """Ask who reported an incident; they see it where they follow up their report. Return the ledger number.

    Raises NotAllowed, NotThere, WrongInput for an empty question, Conflict where nobody reported it to this register.
    """
    words = {"question": _text(question, "write the question that the reporter is to answer")}
    done = deed.do(body, reference, Deed.ASK_REPORTER, deed.Change(words=words), by=by, at=at)
    access.check(by, done.incident, reference, years.london_day(at))
    rows = list(models.Report.objects.filter(body=body.pk, incident=done.incident, closed=None))
    if not rows:
        raise Conflict(f"{reference} was not reported to this register, so there is nobody to ask through it")
    for row in rows:
        _message(row, done, from_reporter=False)
    return done.number


@transaction.atomic
def answer(body: Body, code: str, text: str, *, at: datetime) -> int:
    """Keep what a reporter writes to us, as the answer to whatever was asked; return the ledger number.

    Raises NotThere where there is no report under the code, WrongInput for an empty text.
    """
    row = _require(body, codes.digest(body.pk, code))
    words = {"answer": _text(text, "write your answer")}
    done = deed.do(body, _reference(body, row), Deed.REPORTER_ANSWERS, deed.Change(words=words), by=None, at=at)
    numbers = models.Report.objects.filter(body=body.pk, digest=row.digest).values("number")
    waiting = models.Message.objects.filter(body=body.pk, report__in=numbers, from_reporter=False, closed=None)
    waiting.update(closed=done.number)
    _message(row, done, from_reporter=True)
    return done.number


def attach(body: Body, code: str, content: bytes, name: str, *, kept: timedelta, at: datetime) -> int:
    """Keep a file of a reporter, sealed and with the day on which it is disposed of; return the ledger number.

    Raises NotThere where there is no report under the code, WrongInput for a file that may not be kept, Conflict.
    """
    row = _require(body, codes.digest(body.pk, code))
    offered = attaching.Offered(content, name, sealed=True, dispose_on=years.london_day(at + kept))
    return attaching.attach(body, _reference(body, row), offered, by=None, at=at)


def _message(row: models.Report, done: Done, *, from_reporter: bool) -> None:
    models.Message.objects.create(
        body=row.body, opened=done.number, incident=done.incident, report=row.number, from_reporter=from_reporter
    )


def _text(text: str, missing: str) -> str:
    if not text.strip():
        raise WrongInput(missing)
    if len(text) > sayings.LONGEST:
        raise WrongInput(f"a text may have {sayings.LONGEST:,} characters")
    return text.strip()


def _report(body: Body, digest: str) -> models.Report | None:
    found: models.Report | None = models.Report.objects.filter(body=body.pk, digest=digest, closed=None).first()
    return found


def _require(body: Body, digest: str) -> models.Report:
    row = _report(body, digest)
    if row is None:
        raise NotThere("there is no report with this code")
    return row


def _reference(body: Body, row: models.Report) -> str:
    return models.Incident.objects.values_list("reference", flat=True).get(body=body.pk, number=row.incident)
