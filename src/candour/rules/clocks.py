"""The statutory clocks: when a reply or a report is due, with the account of every counted and skipped day."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from candour.rules import calendars
from candour.rules.calendars import Holiday
from candour.rules.refusals import WrongInput
from candour.rules.years import LONDON, london_day, spoken

EVENTS = (
    "clarification_asked",
    "clarification_received",
    "fees_notice",
    "fee_paid",
    "public_interest_extension",
    "complex_request_extension",
)
MOST_WORKING_DAYS = 260
FIRST_YEAR, LAST_YEAR = 1900, 2200
_EVENT_KEYS = ("kind", "on", "until", "working_days", "note")
_DAY = timedelta(days=1)
_Closed = Mapping[date, Sequence[Holiday]]


@dataclass(frozen=True)
class Event:
    """Something that moves a time limit; an extension runs `until` a day, or for so many further `working_days`."""

    kind: str
    on: date
    until: date | None = None
    working_days: int | None = None


@dataclass(frozen=True)
class Clock:
    """A row of clocks.toml: a time limit as it stood between two days."""

    regime: str
    law: str
    length: int
    unit: str
    valid_from: date
    source: str
    nations: tuple[str, ...] = ()
    valid_to: date | None = None
    restart: str = ""
    stands: str = ""
    extension: str = ""
    extension_length: int = 0


@dataclass(frozen=True)
class Skipped:
    """A weekday that did not count: why, in which nations, and by what."""

    date: date
    why: str
    nations: tuple[str, ...]
    source: str

    def as_json(self) -> dict[str, Any]:
        """Give the day as `candour due` prints it."""
        return {"date": self.date.isoformat(), "why": self.why, "nations": list(self.nations), "source": self.source}


@dataclass(frozen=True)
class Account:
    """When something is due and how that was counted; for a clock of hours the moments are London's, and no day counts.

    `from_` is the day of receipt, or the later day on which a clarification arrived.
    """

    regime: str
    law: str
    from_: date | datetime
    due: date | datetime
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    as_if_not_proclaimed: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the account as `candour due` prints it."""
        otherwise = self.as_if_not_proclaimed
        return {
            "regime": self.regime,
            "law": self.law,
            "from": self.from_.isoformat(),
            "due": self.due.isoformat(),
            "counted": [day.isoformat() for day in self.counted],
            "skipped": [day.as_json() for day in self.skipped],
            "as_if_not_proclaimed": otherwise.isoformat() if otherwise else None,
        }


def regimes() -> tuple[str, ...]:
    """Name the clocks there are."""
    return tuple(dict.fromkeys(clock.regime for clock in _clocks()))


def clock(regime: str, day: date) -> Clock:
    """Give a clock's row as in force on a day; WrongInput for an unknown one, or before it was law."""
    rows = [row for row in _clocks() if row.regime == regime]
    if not rows:
        raise WrongInput(f"There is no clock “{regime}”; use one of {', '.join(regimes())}.")
    for row in rows:
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            return row
    raise WrongInput(f"The clock “{regime}” runs from {spoken(rows[0].valid_from)}; {spoken(day)} is before that.")


def in_hours(regime: str) -> bool:
    """Say whether a clock counts hours from a moment (`due_after`) rather than working days from a day (`due`)."""
    return any(row.regime == regime and row.unit == "hours" for row in _clocks())


def due(
    regime: str,
    received: date,
    *,
    events: Sequence[Event] = (),
    working_days: int | None = None,
    extra: Sequence[Holiday] = (),
) -> Account:
    """Count a time limit in working days: day 1 is the first working day after receipt, itself on whatever day (s.10).

    Days are London's. `working_days` stands in for the law's length, `extra` are a body's own holidays. WrongInput:
    an unknown regime, one in hours, a day before the law, events out of order, a fee that is not paid yet, a day past
    the calendar's end.
    """
    row = clock(regime, received)
    if row.unit == "hours":
        raise WrongInput(f"The clock “{regime}” counts hours; give the moment of becoming aware, not a day.")
    length = row.length if working_days is None else _allowed(working_days)
    _require_possible(row, received, events)
    start = max([received, *(event.on for event in events if event.kind == "clarification_received")])
    holidays = calendars.holidays(extra)
    if start >= calendars.reach(extra):
        raise _past(calendars.reach(extra))
    count = _Count(row, start, length, tuple(events), calendars.reach(extra))
    closed = calendars.closed(row.nations, holidays)
    last, counted = count.run(closed)
    known = [holiday for holiday in holidays if holiday.proclaimed is None or holiday.proclaimed <= start]
    otherwise, _ = count.run(calendars.closed(row.nations, known))
    skipped = tuple(count.skipped(last, closed))
    return Account(regime, row.law, start, last, counted, skipped, otherwise if otherwise != last else None)


def due_after(regime: str, aware: datetime) -> Account:
    """Add a clock's hours to the moment of becoming aware, as time that passes, whatever London's clocks do meanwhile.

    A datetime without zone is London's, the earlier where that hour exists twice. WrongInput as for `due`, and for an
    hour that London skipped.
    """
    start = in_london(aware)
    row = clock(regime, start.date())
    if row.unit != "hours":
        raise WrongInput(f"The clock “{regime}” counts working days; give the day of receipt, not a moment.")
    end = start.astimezone(UTC) + timedelta(hours=row.length)
    return Account(regime, row.law, start, end.astimezone(LONDON))


def in_london(moment: datetime) -> datetime:
    """Turn a moment into London's time; WrongInput for an hour without zone that London's clocks skipped."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise WrongInput(f"The year {moment.year} cannot be meant; check the moment.")
    if moment.utcoffset() is not None:
        return moment.astimezone(LONDON)
    local = moment.replace(tzinfo=LONDON)
    if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != moment:
        raise WrongInput(f"There was no {moment:%H:%M} in London on {spoken(moment.date())}: the clocks went forward.")
    return local


def moment(text: str) -> datetime:
    """Read a timestamp that a person typed ("2026-03-27T17:30", with or without zone) as London's time."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise WrongInput(f"“{text}” is not a moment; write it as 2026-03-27T17:30.") from None
    if "T" not in text.upper() and ":" not in text:
        raise WrongInput(f"“{text}” is a day without a time; write it as {read.date()}T17:30.")
    return in_london(read)


def events(rows: Sequence[Any]) -> tuple[Event, ...]:
    """Read events as JSON has them ([{"kind", "on", "until", "working_days"}]); WrongInput says which is wrong."""
    return tuple(_event(row) for row in rows)


def working_day_number(account: Account, day: date | datetime, extra: Sequence[Holiday] = ()) -> int:
    """Say which working day of an account a day is: the counted days up to and including it, also past the due day."""
    until = london_day(day)
    number = sum(1 for counted in account.counted if counted <= until)
    if not account.counted or until <= account.counted[-1]:
        return number
    row = clock(account.regime, london_day(account.from_))
    closed = calendars.closed(row.nations, calendars.holidays(extra))
    later = _weekdays(account.counted[-1] + _DAY, until)
    return number + sum(1 for weekday in later if weekday not in closed)


@dataclass(frozen=True)
class _Count:
    """What is to be counted: it runs over a calendar, and over another to see what a proclamation changed."""

    row: Clock
    start: date
    length: int
    events: tuple[Event, ...]
    reach: date

    def run(self, closed: _Closed) -> tuple[date, tuple[date, ...]]:
        """Give the due day and the counted days."""
        standing = dict(self._standing())
        days = (day for day in _weekdays(self.start + _DAY, self.reach) if day not in closed and day not in standing)
        extension = next((event for event in self.events if event.kind == self.row.extension), None)
        counted = tuple(islice(days, self.length + self._further(extension)))
        if len(counted) < self.length + self._further(extension):
            raise _past(self.reach)
        if extension is None or extension.until is None:
            return counted[-1], counted
        return self._extended(counted, extension.until, days)

    def skipped(self, last: date, closed: _Closed) -> Iterator[Skipped]:
        """List the weekdays up to the due day that did not count."""
        standing = dict(self._standing())
        for day in _weekdays(self.start + _DAY, last):
            if day in closed:
                yield _holiday(day, [row for row in closed[day] if row.nations & frozenset(self.row.nations)])
            elif day in standing:
                yield Skipped(day, standing[day], (), f"{self.row.law.split(',')[0]}, {self.row.stands}")

    def _further(self, extension: Event | None) -> int:
        if extension is None or extension.until is not None:
            return 0
        return self.row.extension_length if extension.working_days is None else extension.working_days

    def _extended(self, counted: tuple[date, ...], until: date, days: Iterator[date]) -> tuple[date, tuple[date, ...]]:
        if until < counted[-1]:
            raise WrongInput(f"The extension ends on {spoken(until)}, before the time limit itself; give a later day.")
        if until > self.reach:
            raise _past(self.reach)
        more = []
        for day in days:
            if day > until:
                break
            more.append(day)
        return until, (*counted, *more)

    def _standing(self) -> Iterator[tuple[date, str]]:
        """Give the days from a fees notice to the payment, both inclusive (FOIA s.10(2))."""
        for notice, paid in _fees(self.events):
            why = f"between the fees notice of {spoken(notice)} and the payment of {spoken(paid)}"
            yield from ((day, why) for day in _weekdays(notice, paid))


def _past(reach: date) -> WrongInput:
    return WrongInput(f"The calendar of bank holidays ends on {spoken(reach)}; the time limit runs past it.")


def _weekdays(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day.weekday() < calendars.SATURDAY:
            yield day
        day += _DAY


def _holiday(day: date, rows: Sequence[Holiday]) -> Skipped:
    nations = tuple(nation for nation in calendars.NATIONS if any(nation in row.nations for row in rows))
    why = "; ".join(dict.fromkeys(_why(row) for row in rows))
    return Skipped(day, why, nations, "; ".join(dict.fromkeys(row.source for row in rows)))


def _why(row: Holiday) -> str:
    announced = f" (announced on {spoken(row.proclaimed)})" if row.proclaimed else ""
    return f"{row.name}{announced}" + (" (disputed)" if row.disputed else "")


def _fees(events: Sequence[Event]) -> Iterator[tuple[date, date]]:
    notices = sorted(event.on for event in events if event.kind == "fees_notice")
    payments = sorted(event.on for event in events if event.kind == "fee_paid")
    return zip(notices, payments, strict=True)


def _allowed(working_days: int) -> int:
    if not 1 <= working_days <= MOST_WORKING_DAYS:
        raise WrongInput(f"A time limit has 1 to {MOST_WORKING_DAYS} working days, not {working_days}.")
    return working_days


def _require_possible(row: Clock, received: date, events: Sequence[Event]) -> None:
    for event in events:
        if event.kind not in EVENTS:
            raise WrongInput(f"“{event.kind}” is not an event of a clock; use one of {', '.join(EVENTS)}.")
        if event.on < received:
            raise WrongInput(f"{_said(event)} was on {spoken(event.on)}, before receipt on {spoken(received)}.")
        if not _known(row, event.kind):
            raise WrongInput(f"The clock “{row.regime}” knows no {_said(event).lower()}.")
        if event.working_days is not None:
            _allowed(event.working_days)
    _require_paid(events)


def _known(row: Clock, kind: str) -> bool:
    if kind.startswith("clarification"):
        return bool(row.restart)
    return bool(row.stands) if kind.startswith("fee") else kind == row.extension


def _require_paid(events: Sequence[Event]) -> None:
    notices = sorted(event.on for event in events if event.kind == "fees_notice")
    payments = sorted(event.on for event in events if event.kind == "fee_paid")
    if len(notices) > len(payments):
        raise WrongInput(
            f"The clock stands since the fees notice of {spoken(notices[-1])}; it is due once the fee is paid."
        )
    if len(notices) < len(payments) or any(paid < given for given, paid in zip(notices, payments, strict=True)):
        raise WrongInput("A fee was paid before any fees notice; check the days of the two events.")


def _said(event: Event) -> str:
    return event.kind.replace("_", " ").capitalize()


def _event(row: Any) -> Event:
    if not isinstance(row, Mapping) or not {"kind", "on"} <= set(row) <= {*_EVENT_KEYS}:
        raise WrongInput("An event has a kind and a day (“on”), and perhaps “until”, “working_days” or a “note”.")
    until = row.get("until")
    further = row.get("working_days")
    if further is not None and type(further) is not int:
        raise WrongInput(f"“{further}” is not a number of working days.")
    return Event(str(row["kind"]), _day(row["on"]), _day(until) if until else None, further)


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return london_day(in_london(value))
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise WrongInput(f"“{value}” is not a day; write it as 2016-02-28.") from None


@cache
def _clocks() -> tuple[Clock, ...]:
    text = resources.files("candour.rules").joinpath("clocks.toml").read_text(encoding="utf-8")
    return tuple(Clock(**{**row, "nations": tuple(row.get("nations", ()))}) for row in tomllib.loads(text)["clock"])
