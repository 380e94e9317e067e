"""A draft: every question answered or left open and marked, at two coordinates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.foi import counts, knowing, topics
from candour.foi.context import Context
from candour.foi.parts import Answer, Part
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.organisation.kinds import File
from candour.organisation.models import Body
from candour.reading.requests import Question, Request
from candour.rules import calendars, clocks
from candour.rules.refusals import Conflict, WrongInput

SURE = 0.5
"""Below this a match is shown to a person, and is no answer yet."""

UNSURE = "confirm that the question was understood. {}"
NOT_UNDERSTOOD = "read the question and answer it. {}"


@dataclass(frozen=True)
class Asked:
    """What a letter needs to know about its request."""

    case: str
    their_reference: str
    received: date
    channel: str
    sender: tuple[str, str]


@dataclass(frozen=True)
class Draft:
    """All answers of one request, and the account of its days."""

    asked: Asked
    as_at: AsAt
    digest: str
    dated: date
    clock: clocks.Account
    answers: tuple[Answer, ...]
    closed: tuple[calendars.Holiday, ...] = ()

    @property
    def _parts(self) -> list[Part]:
        return [part for answer in self.answers for part in answer.parts]

    @property
    def enclosures(self) -> Mapping[File, str]:
        """The files enclosed, each once, in the letter's order, with their titles."""
        found: dict[File, str] = {}
        for part in self._parts:
            if part.enclosed:
                found.setdefault(part.enclosed, str((part.document or {}).get("title", part.enclosed.name)))
        return found

    @property
    def open(self) -> int:
        """How many answers need a person; a request without a question needs one too."""
        return sum(bool(answer.open) for answer in self.answers) if self.answers else 1

    @property
    def reconstructed(self) -> bool:
        """Whether a figure was worked out for a day before it was recorded here."""
        return any(part.table.reconstructed for part in self._parts if part.table)

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `answer`."""
        return {
            "case": self.asked.case,
            "their_reference": self.asked.their_reference or None,
            "received": self.asked.received.isoformat(),
            "due": self.clock.due.isoformat(),
            "as_at": self.as_at.day.isoformat(),
            "dated": self.dated.isoformat(),
            "working_day": clocks.working_day_number(self.clock, self.dated, self.closed),
            "ledger_number": self.as_at.number,
            "digest": self.digest,
            "clock": self.clock.as_json(),
            "enclosures": [{"file": file.name, "sha256": file.sha256} for file in self.enclosures],
            "questions": [answer.as_json() for answer in self.answers],
        }


def closed_days(body: Body, as_at: AsAt) -> tuple[calendars.Holiday, ...]:
    """Return the bank holidays that the body added to the shipped calendar; one query."""
    return tuple(one.as_holiday() for one in organisation.closed_days(body, as_at))


def account(body: Body, received: date, closed: Sequence[calendars.Holiday]) -> clocks.Account:
    """Return the days of a request's clock under the body's law."""
    return clocks.due(body.regime, received, extra=closed)


def draft(body: Body, asked: Asked, request: Request, as_at: AsAt, dated: date) -> Draft:
    """Answer every question of a request at two coordinates; the same give the same draft for ever."""
    context = Context(body, as_at)
    closed = closed_days(body, AsAt(asked.received, as_at.number))
    return Draft(
        asked,
        as_at,
        ledger.digest(body.pk, as_at.number),
        dated,
        account(body, asked.received, closed),
        tuple(_answer(context, question) for question in request.questions),
        closed,
    )


def _answer(context: Context, question: Question) -> Answer:
    """Answer one question; what the rooms below cannot work with is left to a person too, with their reason."""
    context.earlier[question.number] = question
    if not question.measure and not question.topic:
        return Answer(question, (), (NOT_UNDERSTOOD.format(question.why),))
    unsure = (UNSURE.format(question.why),) if question.confidence < SURE else ()
    try:
        return Answer(question, tuple(_parts(context, question)), unsure)
    except (WrongInput, Conflict) as refusal:
        return Answer(question, (), (*unsure, str(refusal)))


def _parts(context: Context, question: Question) -> list[Part]:
    if question.kind == "count":
        return counts.how_many(context, question)
    if question.kind == "known-since":
        return knowing.since_when(context, question)
    return topics.answer(context, question)
