"""Who is told of what, by when, and who is asked next until somebody acknowledges: the rules of notices."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from candour.rules.calendars import SATURDAY
from candour.rules.rights import Deed
from candour.rules.years import LONDON

MARKS = (24, 48, 60, 68)
"""After how many of the 72 hours somebody is told that they run out (UK GDPR Article 33(1))."""

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


class Kind(StrEnum):
    """What a notice is about; `rules.notices.CHOICES` says which a person may have in a digest, or not at all."""

    URGENT = "urgent"
    CLOCK = "clock"
    REPORT = "report"
    ANSWER = "answer"
    QUESTION = "question"
    ASSIGNED = "assigned"
    OVERDUE = "overdue"
    OUTCOME = "outcome"
    DISPOSAL = "disposal"
    HOLDERS = "holders"


class To(StrEnum):
    """Who is told: the ladder of duty, the team, whoever has the work, one person, the reporter, a second person."""

    DUTY = "duty"
    TEAM = "team"
    HOLDER = "holder"
    NAMED = "named"
    REPORTER = "reporter"
    SECOND = "second"


class Choice(StrEnum):
    """When somebody wants to be told."""

    AT_ONCE = "immediate"
    DIGEST = "digest"
    NONE = "none"


_ANY = (Choice.AT_ONCE, Choice.DIGEST, Choice.NONE)
_SOME = (Choice.AT_ONCE, Choice.DIGEST)
_AT_ONCE = (Choice.AT_ONCE,)

CHOICES: Mapping[Kind, tuple[Choice, ...]] = {
    Kind.URGENT: _AT_ONCE,
    Kind.CLOCK: _AT_ONCE,
    Kind.REPORT: _ANY,
    Kind.ANSWER: _ANY,
    Kind.QUESTION: _SOME,
    Kind.ASSIGNED: _SOME,
    Kind.OVERDUE: _SOME,
    Kind.OUTCOME: _ANY,
    Kind.DISPOSAL: _SOME,
    Kind.HOLDERS: _ANY,
}
"""What a person may choose for each kind; the first is what holds until they do."""

MONTHLY_UNTIL = 6
"""Until which day of a month people are asked to look through who holds what: longer than any run of days off."""

HURRIES = frozenset({Kind.URGENT, Kind.CLOCK})
"""What waits for no working day."""


@dataclass(frozen=True)
class Cause:
    """A deed causes a notice of a kind to somebody; `person` is whom a NAMED one is for."""

    kind: Kind
    to: To
    person: int = 0


Facts = Mapping[str, Any]


def _reported(facts: Facts, by: int) -> Iterator[Cause]:  # noqa: ARG001 - the shape of every rule
    if facts.get("said", {}).get("immediate_risk") == "yes":
        yield Cause(Kind.URGENT, To.DUTY)
    yield Cause(Kind.REPORT, To.TEAM)


def _changed(facts: Facts, by: int) -> Iterator[Cause]:  # noqa: ARG001 - the shape of every rule
    if facts.get("changes", {}).get("immediate_risk", (None, None))[1] == "yes":
        yield Cause(Kind.URGENT, To.DUTY)


def _told_more(facts: Facts, by: int) -> Iterator[Cause]:
    yield from _changed(facts, by)
    yield Cause(Kind.ANSWER, To.HOLDER)


def _given(facts: Facts, by: int) -> Iterator[Cause]:
    if facts.get("to") not in {None, by}:
        yield Cause(Kind.ASSIGNED, To.NAMED, facts["to"])


def _linked(facts: Facts, by: int) -> Iterator[Cause]:  # noqa: ARG001 - the shape of every rule
    if facts.get("kind") == "duplicate":
        yield Cause(Kind.OUTCOME, To.REPORTER)


def _always(cause: Cause) -> Callable[[Facts, int], Iterator[Cause]]:
    return lambda facts, by: iter((cause,))  # noqa: ARG005 - the shape of every rule


CAUSES: Mapping[Deed, Callable[[Facts, int], Iterator[Cause]]] = {
    Deed.REPORT: _reported,
    Deed.TELL_MORE: _told_more,
    Deed.CHANGE: _changed,
    Deed.CORRECT: _changed,
    Deed.ASK_REPORTER: _always(Cause(Kind.QUESTION, To.REPORTER)),
    Deed.REPORTER_ANSWERS: _always(Cause(Kind.ANSWER, To.HOLDER)),
    Deed.ACCEPT: _given,
    Deed.ASSIGN: _given,
    Deed.PLAN_ACTION: _given,
    Deed.CLOSE: _always(Cause(Kind.OUTCOME, To.REPORTER)),
    Deed.DISMISS: _always(Cause(Kind.OUTCOME, To.REPORTER)),
    Deed.LINK: _linked,
    Deed.PROPOSE_DISPOSAL: _always(Cause(Kind.DISPOSAL, To.SECOND)),
}
"""The deeds that somebody is told of; every other deed causes nothing."""


def causes(deed: str, facts: Facts, by: int) -> tuple[Cause, ...]:
    """Return whom a deed makes us tell of what; `by` is the number of the person who did it, 0 for nobody."""
    rule = CAUSES.get(Deed(deed))
    return tuple(rule(facts, by)) if rule else ()


@dataclass(frozen=True)
class Hours:
    """When people are at work: not from `quiet_from` to `quiet_until` by London's clock, and not on `closed` days."""

    quiet_from: time
    quiet_until: time
    closed: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Say whether a day is one of work: neither Saturday nor Sunday nor closed."""
        return day.weekday() < SATURDAY and day not in self.closed

    def is_quiet(self, at: time) -> bool:
        """Say whether a time of day is quiet; the hours may run over midnight, and the same time twice is none."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    def opens(self, at: datetime) -> datetime:
        """Return the first moment, from `at` on, at which people are at work."""
        here = at.astimezone(LONDON)
        if self.is_working(here.date()) and not self.is_quiet(here.time()):
            return at
        morning = _at(here.date(), self.quiet_until)
        return self.next_at(self.quiet_until, at) if morning <= here or not self.is_working(here.date()) else morning

    def next_at(self, hour: time, at: datetime) -> datetime:
        """Return the first moment after `at` that is `hour` o'clock on a working day."""
        day = at.astimezone(LONDON).date()
        while not (self.is_working(day) and _at(day, hour) > at):
            day += _DAY
        return _at(day, hour)

    def pauses(self, start: datetime, end: datetime) -> bool:
        """Say whether any London day from one moment to another is not one of work."""
        first, last = (moment.astimezone(LONDON).date() for moment in (start, end))
        return any(not self.is_working(first + _DAY * number) for number in range((last - first).days + 1))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LONDON)


def when(kind: Kind, choice: Choice, at: datetime, hours: Hours, digest_at: time) -> datetime | None:
    """Return when a notice goes out that is caused at a moment; None where the person wants none."""
    if kind in HURRIES:
        return at
    if choice is Choice.NONE:
        return None
    return hours.next_at(digest_at, at) if choice is Choice.DIGEST else hours.opens(at)


@dataclass(frozen=True)
class Mark:
    """After how many hours of a clock somebody is told (0: at once), and whether somebody has to acknowledge it."""

    hours: int
    insists: bool


def mark(starts: datetime, ends: datetime, at: datetime, hours: Hours, *, told: Collection[int]) -> Mark | None:
    """Return what is to be told of a clock now, None where that is nothing; `told` are the marks it was told at.

    A clock that runs over days on which nobody works has to be acknowledged: at once, and at every mark that comes on
    such a day. Of marks that passed unseen only the last is told, and none once the time is over.
    """
    if not starts <= at < ends:
        return None
    passed = max((one for one in (0, *MARKS) if starts + one * _HOUR <= at), default=0)
    insists = hours.pauses(at, at if told else ends)
    if passed in told or (passed == 0 and not insists):
        return None
    return Mark(passed, insists)


def ladder(rota: Sequence[int], siros: Sequence[int], others: Sequence[int], away: Collection[int]) -> tuple[int, ...]:
    """Return who is asked, in order: duty officer and deputy as the rota has them, then the SIRO.

    Whoever is away is passed over. Where nobody is left, the others who may acknowledge; and where all are away, all.
    """
    first = tuple(dict.fromkeys((*rota, *siros)))
    rest = tuple(one for one in dict.fromkeys(others) if one not in first)
    present = tuple(one for one in first if one not in away)
    return present or tuple(one for one in rest if one not in away) or first or rest


@dataclass(frozen=True)
class Asked:
    """Somebody was asked to acknowledge, at a moment."""

    person: int
    at: datetime


def next_asked(order: Sequence[int], asked: Sequence[Asked], wait: timedelta, at: datetime) -> int | None:
    """Return whom to ask now: nobody while the one asked last has time to answer, else who was asked least lately.

    So everybody on the ladder has their turn before anybody has a second, and it goes round until it is acknowledged.
    """
    if not order or any(at < one.at + wait for one in asked):
        return None
    lately = {one.person: one.at for one in sorted(asked, key=lambda one: one.at)}
    never = [person for person in order if person not in lately]
    return never[0] if never else min(order, key=lambda person: lately[person])
