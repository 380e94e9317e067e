"""A draft: every question answered or left open and marked, at two coordinates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.foi import counts, topics
from candour.foi.context import Context
from candour.foi.parts import Answer, Part
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.organisation.kinds import File
from candour.organisation.models import Body
from candour.reading.requests import Question, Request
from candour.rules import clocks

SURE = 0.5
"""Below this a match is shown to a person, and is no answer yet."""

UNSURE = "confirm that the question was understood ({why})"
NOT_UNDERSTOOD = "the question was not understood"


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

    @property
    def enclosures(self) -> tuple[File, ...]:
        """The files enclosed, each once, in the letter's order."""
        found = [part.enclosed for answer in self.answers for part in answer.parts if part.enclosed]
        return tuple(dict.fromkeys(found))

    @property
    def open(self) -> int:
        """How many answers need a person."""
        return sum(bool(answer.open) for answer in self.answers)

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `answer`."""
        return {
            "case": self.asked.case,
            "their_reference": self.asked.their_reference or None,
            "received": self.asked.received.isoformat(),
            "due": self.clock.due.isoformat(),
            "as_at": self.as_at.day.isoformat(),
            "dated": self.dated.isoformat(),
            "working_day": clocks.working_day_number(self.clock, self.dated),
            "ledger_number": self.as_at.number,
            "digest": self.digest,
            "clock": self.clock.as_json(),
            "enclosures": [{"file": file.name, "sha256": file.sha256} for file in self.enclosures],
            "questions": [answer.as_json() for answer in self.answers],
        }


def account(body: Body, received: date, number: int) -> clocks.Account:
    """The days of a request's clock under the body's law, with the bank holidays the body added."""
    days = organisation.closed_days(body, AsAt(received, number))
    extra = [one.as_holiday() for one in days]
    return clocks.due(body.regime, received, extra=extra)


def draft(body: Body, asked: Asked, request: Request, as_at: AsAt, dated: date) -> Draft:
    """Answer every question of a request at two coordinates; the same give the same draft for ever."""
    context = Context(body, as_at)
    return Draft(
        asked,
        as_at,
        ledger.digest(body.pk, as_at.number),
        dated,
        account(body, asked.received, as_at.number),
        tuple(_answer(context, question) for question in request.questions),
    )


def _answer(context: Context, question: Question) -> Answer:
    if question.kind == "other" and not question.topic:
        return Answer(question, (), (NOT_UNDERSTOOD,))
    unsure = (UNSURE.format(why=question.why),) if question.confidence < SURE else ()
    return Answer(question, tuple(_parts(context, question)), unsure)


def _parts(context: Context, question: Question) -> list[Part]:
    if question.kind == "count":
        return counts.how_many(context, question)
    if question.kind == "known-since":
        return counts.since_when(context, question)
    return topics.answer(context, question)
