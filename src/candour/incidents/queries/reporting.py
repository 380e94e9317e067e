"""What a receipt code opens: an unfinished report, or how far we are; for handlers, who told us and what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from candour.incidents import access, codes, models
from candour.incidents import facts as vocabulary
from candour.incidents import said as sayings
from candour.incidents.lifecycle import State
from candour.ledger import models as ledger_models
from candour.ledger import queries as ledger
from candour.ledger.models import OPEN
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed

LOOKED_INTO = "closed"
"""The outcome of an incident that was closed as any other."""


@dataclass(frozen=True)
class Draft:
    """An unfinished report: what was typed on each page, on which London day, and until when it is kept.

    `stands`: that someone could come to harm was put on record at once, and this is the rest.
    """

    language: str
    pages: Mapping[str, Mapping[str, Any]]
    until: datetime
    stands: bool

    @property
    def last_day(self) -> date:
        """The last London day on which it is still there."""
        return years.london_day(self.until)


def draft(body: Body, code: str, at: datetime) -> Draft | None:
    """Return what was typed under a code; None where there is nothing, or no longer. May raise WrongInput."""
    digest = codes.digest(body.pk, code)
    sent = models.Report.objects.filter(body=OuterRef("body"), digest=OuterRef("digest"), closed=None)
    rows = models.Draft.objects.filter(body=body.pk, digest=digest, expires_at__gt=at).annotate(stands=Exists(sent))
    row: Any = rows.first()
    content = codes.unseal(code, row.sealed) if row else None
    return Draft(content["language"], content["pages"], row.expires_at, row.stands) if row and content else None


@dataclass(frozen=True)
class Line:
    """What was asked of a reporter, or answered by one; `text` None: erased. `waits`: nobody has answered it yet."""

    at: datetime
    from_reporter: bool
    text: str | None
    waits: bool

    @property
    def on(self) -> date:
        """The London day of it."""
        return years.london_day(self.at)


@dataclass(frozen=True)
class Progress:
    """What a reporter may know, and nothing else: how far the work is, what came of it, and what was asked.

    `state` is new, open or closed; `outcome`, of a closed one, says where it stands: `closed`, `not-an-incident`,
    `duplicate`, `not-ours`, `void`, `exercise`. `feedback` is what whoever closed it wrote for them.
    """

    told_at: datetime
    language: str
    immediate_risk: bool
    state: str
    outcome: str | None
    thread: Sequence[Line]
    feedback: str = ""

    @property
    def told_on(self) -> date:
        """The London day on which we were told."""
        return years.london_day(self.told_at)

    @property
    def waits(self) -> bool:
        """Whether we wait for an answer."""
        return any(line.waits for line in self.thread)


def progress(body: Body, code: str) -> Progress | None:
    """Return how far we are with the report of a receipt code, None where there is none; five queries, or six."""
    row = models.Report.objects.filter(body=body.pk, digest=codes.digest(body.pk, code), closed=None).first()
    if row is None:
        return None
    mine: dict[str, Any] = {"body": body.pk, "incident": row.incident}
    state = models.Handling.objects.filter(**mine).values_list("state", flat=True).first() or State.OPEN
    version = models.Version.objects.filter(**mine, closed=None, held_until=OPEN)
    standing, risk = version.values_list("standing", "immediate_risk").get()
    outcome = standing if standing != vocabulary.COUNTED else LOOKED_INTO if state == State.CLOSED else None
    shown = State.CLOSED if outcome else State(state)
    numbers = models.Report.objects.filter(body=body.pk, digest=row.digest).values("number")
    feedback = _feedback(body, row.incident) if outcome == LOOKED_INTO else ""
    thread = _thread(body, report__in=numbers)
    return Progress(row.told_at, row.language, risk == "yes", shown, outcome, thread, feedback)


def _feedback(body: Body, incident: int) -> str:
    """What the last closing of an incident says to whoever reported it; "" where nothing, or it was erased."""
    reference = models.Incident.objects.filter(body=body.pk, number=incident).values("reference")
    closings = ledger_models.Entry.objects.filter(body=body.pk, subject__in=reference, deed=Deed.CLOSE)
    last = closings.order_by("-number").values("number")[:1]
    words = ledger_models.Words.objects.filter(body=body.pk, number__in=last, field="feedback")
    return words.values_list("text", flat=True).first() or ""


def _thread(body: Body, **which: Any) -> list[Line]:
    rows = list(models.Message.objects.filter(body=body.pk, **which).order_by("opened", "pk"))
    numbers = {row.opened for row in rows}
    moments = ledger_models.Entry.objects.filter(body=body.pk, number__in=numbers).values_list("number", "at")
    words = ledger_models.Words.objects.filter(body=body.pk, number__in=numbers, field__in=("question", "answer"))
    at, texts = dict(moments), dict(words.values_list("number", "text"))
    return [
        Line(
            at[row.opened],
            row.from_reporter,
            texts.get(row.opened),
            waits=not row.from_reporter and row.closed is None,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Told:
    """One report as a handler reads it: how it reached us and when, and its words by what a page calls them."""

    number: int
    channel: str
    language: str
    told_at: datetime
    typed_at: datetime
    claims: Mapping[str, str]
    words: Mapping[str, str | None]


def told(body: Body, reference: str, *, by: Person, today: date) -> tuple[list[Told], list[Line]]:
    """Return the reports of an incident with what their words say, and what was asked and answered; NotThere."""
    incident = models.Incident.objects.filter(body=body.pk, reference=reference).first()
    if incident is None:
        raise NotThere(f"there is no incident {reference}")
    access.check(by, incident.number, reference, today)
    rows = models.Report.objects.filter(body=body.pk, incident=incident.number, closed=None).order_by("opened")
    events = ledger.many(body.pk, [row.number for row in rows])
    return [_told(row, events[row.number]) for row in rows], _thread(body, incident=incident.number)


def _told(row: models.Report, event: ledger.Event) -> Told:
    words = {sayings.WORDS[name]: event.words[name] for name in sayings.WORDS if name in event.words}
    claims = event.facts.get("claims", {})
    return Told(row.number, row.channel, row.language, row.told_at, row.typed_at, claims, words)
