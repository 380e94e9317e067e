"""Reads what a request asks: its questions with what each is about, and everything else it says, nothing dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from candour.reading import asked, layout, matching, numbering, particulars, questions, sentences, templates, texts
from candour.rules import years

_GOES_ON = re.compile(
    r"\b(?:these|those|such|them|they|of which|cop(?:y|ies) of (?:it|this)|the above|above[- ]mentioned"
    r"|figures are available)\b"
    r"|^if (?:so|yes|not)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:question|part|answer to|referred to in|in|at|to|under|for)\s+(?:question\s+|part\s+)?\(?(?:Q\s?)?"
    r"(?P<key>\d{1,2}\s?\(?[a-h]\)?|\d{1,2}\b(?=[,.)?]|$))",
    re.IGNORECASE,
)
_SURE = 0.5
"""What is less likely than this gives way to the question that it goes with."""


@dataclass(frozen=True)
class Question:
    """One question as asked, and what it is about; `given` is what a reply left under it."""

    number: str
    text: str
    kind: str
    measure: str | None
    confidence: float
    why: str
    periods: tuple[years.Period, ...] = ()
    refers_to: str | None = None
    topic: str | None = None
    also: tuple[str, ...] = ()
    since: date | None = None
    offered: tuple[str, ...] = ()
    heading: str = ""
    template: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the number as it is compared, whatever marks it was written with: 1a for "Q1 (a)"."""
        return numbering.key(self.number)

    def as_json(self) -> dict[str, Any]:
        """Return the keys of `candour read`."""
        return {
            "number": self.number,
            "text": self.text,
            "kind": self.kind,
            "measure": self.measure,
            "confidence": self.confidence,
            "why": self.why,
            "periods": [
                {"period": one.label, "start": one.start.isoformat(), "end": one.end.isoformat()}
                for one in self.periods
            ],
            "refers_to": self.refers_to,
            "topic": self.topic,
            "also": list(self.also),
            "since": self.since.isoformat() if self.since else None,
            "offered": list(self.offered),
            "heading": self.heading,
            "template": list(self.template),
            "given": list(self.given),
        }


@dataclass(frozen=True)
class Request:
    """A request taken apart. `received` is the London day of its mail's Date; `answered`: answers were left in it."""

    subject: str
    received: date | None
    our_reference: str
    their_reference: str
    sender: tuple[str, str]
    preamble: str
    questions: tuple[Question, ...]
    unread: tuple[str, ...]
    attachments: tuple[str, ...] = ()
    answered: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the keys of `candour read`; what the letter does not say is null."""
        name, email = self.sender
        return {
            "subject": self.subject or None,
            "received": self.received.isoformat() if self.received else None,
            "our_reference": self.our_reference or None,
            "their_reference": self.their_reference or None,
            "from": {"name": name or None, "email": email or None},
            "preamble": self.preamble,
            "questions": [question.as_json() for question in self.questions],
            "unread": list(self.unread),
            "attachments": list(self.attachments),
            "answered": self.answered,
        }


def read(data: bytes, name: str, *, today: date | None) -> Request:
    """Read a request of any kind `texts.read` knows; one without a question has none, which the caller says.

    `today` (London) is the day that "the last three years" are counted from where the letter has no day of its own.
    Raises WrongInput where the file cannot be read.
    """
    text = texts.read(data, name)
    lines, furniture = layout.lines(text.lines)
    letter = questions.take_apart(lines)
    before = [line.text for line in letter.preamble]
    about = particulars.read(before, letter.unread, text.mail, answered=letter.answered)
    return Request(
        subject=about.subject,
        received=about.received,
        our_reference=about.ours,
        their_reference=about.theirs,
        sender=(about.name, about.email),
        preamble=_paragraphs(letter.preamble),
        questions=_questions(letter, about.received or today),
        unread=tuple(letter.unread + furniture),
        attachments=text.attachments,
        answered=letter.answered,
    )


def _paragraphs(lines: Sequence[layout.Line]) -> str:
    return "".join(("\n\n" if line.first else "\n") + line.text for line in lines).strip()


def _questions(letter: questions.Letter, on: date | None) -> tuple[Question, ...]:
    around = _around(letter, on)
    made: list[Question] = []
    for found in letter.questions:
        made.append(_question(found, made, on))
    return tuple(_with_asked_years(question, made, around) for question in made)


def _question(found: questions.Found, earlier: Sequence[Question], on: date | None) -> Question:
    offered = templates.offered([*found.template, found.text])
    match = matching.match(found.text, found.heading, offered)
    words = [found.heading, found.text]
    filled = [line for line in found.given if templates.pairs(line)] if not found.template else []
    periods = asked.periods(found.template, on) or asked.periods(words, on)
    question = Question(
        number=found.number,
        text=found.text,
        kind=match.kind,
        measure=match.measure,
        confidence=match.confidence,
        why=match.why,
        topic=match.topic,
        also=match.also,
        periods=periods or asked.periods(filled, on),
        since=asked.since(words),
        offered=offered,
        heading=found.heading,
        template=tuple(found.template),
        given=tuple(found.given),
    )
    return _joined(question, _goes_with(question, earlier), on)


def _goes_with(question: Question, earlier: Sequence[Question]) -> Question | None:
    """Return the question that this one makes sense only with: one it names, else the one before it."""
    if not earlier:
        return None
    named = _NAMED.search(question.text)
    if named and (meant := [one for one in earlier if one.key and one.key == numbering.key(named["key"])]):
        return meant[0]
    before = earlier[-1]
    lettered = _main(question)
    follows = _GOES_ON.search(question.text) or (lettered and before.kind == "known-since")
    if follows and (not lettered or lettered in (before.key, _main(before))):
        return _first_of(before, earlier)
    return before if not question.number and question.text.lower().startswith("and ") else None


def _main(question: Question) -> str:
    """A lettered question goes with one of its own number; others with whichever stands before."""
    return question.key.rstrip("abcdefghivx") if re.search(r"\d[a-z]", question.key) else ""


def _first_of(before: Question, earlier: Sequence[Question]) -> Question:
    """3c goes with 3a as 3b does, where 3b itself only goes with 3a."""
    return next((one for one in earlier if one.number and one.number == before.refers_to), before)


def _joined(question: Question, other: Question | None, on: date | None) -> Question:
    """Let a question take from the one it goes with what it does not say itself: the measure, the periods."""
    if other is None:
        return question
    if _takes_measure(question, other):
        question = replace(
            question,
            kind="count" if question.kind in ("other", "count", "known-since") else question.kind,
            measure=other.measure,
            topic=None,
            confidence=max(other.confidence, question.confidence if question.measure == other.measure else 0.0),
            why=f"It goes with {other.number or 'the question before'}. {other.why}",
            also=(),
        )
    since = question.since or other.since
    return replace(
        question,
        refers_to=other.number or None,
        periods=question.periods or other.periods or asked.onwards(question.text, since, on),
        since=since,
    )


def _takes_measure(question: Question, other: Question) -> bool:
    if other.measure is None or question.kind not in ("count", "known-since", "other"):
        return False
    return question.confidence < _SURE or question.measure == other.measure


def _around(letter: questions.Letter, on: date | None) -> tuple[years.Period, ...]:
    """Return the periods that the sentences around the questions set for all of them."""
    said = layout.joined([line.text for line in letter.preamble]), layout.joined(letter.unread)
    asking = [one for text in said for one in sentences.split(text) if sentences.asks(one) or one.endswith(":")]
    return asked.periods(asking, on)


def _with_asked_years(
    question: Question, all_of_them: Sequence[Question], around: tuple[years.Period, ...]
) -> Question:
    """Give "do you know how many" the years its follow-on asks for, and a count without years those set for all."""
    if question.periods or question.kind not in ("count", "known-since"):
        return question
    follow_on = next((one for one in all_of_them if question.number and one.refers_to == question.number), None)
    return replace(question, periods=follow_on.periods if follow_on and follow_on.periods else around)
