"""Periods as first and last days: how each kind divides time, and how a part of one is marked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from candour.rules.refusals import WrongInput

LONDON = ZoneInfo("Europe/London")
KINDS = (
    "financial-year",
    "calendar-year",
    "tax-year",
    "academic-year",
    "accounting-period",
    "quarter",
    "month",
    "span",
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ACADEMIC_START = (9, 1)
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both inclusive; `part` where it was cut at an end, never scaled up."""

    start: date
    end: date
    label: str
    kind: str
    part: bool = False

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def london_day(moment: date | datetime) -> date:
    """Turn an aware moment into the day it is in London; a plain day stays. ValueError for a datetime without zone."""
    if not isinstance(moment, datetime):
        return moment
    if moment.utcoffset() is None:
        raise ValueError("a datetime needs a time zone before it can be a day in London")
    return moment.astimezone(LONDON).date()


def spoken(day: date) -> str:
    """Say a day as in a letter: 10 March 2016."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_with_weekday(day: date) -> str:
    """Say a day with its weekday, as wherever a deadline hangs on it: Thursday 10 March 2016."""
    return f"{WEEKDAYS[day.weekday()]} {spoken(day)}"


def kind(text: str) -> str:
    """Read the name of a kind of period ("financial-year", "financial year"); WrongInput names the kinds there are."""
    slug = "-".join(text.strip().lower().replace("_", " ").replace("-", " ").split())
    if slug not in KINDS:
        raise WrongInput(f"“{text}” is not a kind of period; use one of {', '.join(KINDS)}.")
    return slug


def span(first: date, last: date) -> Period:
    """Make a span of days, both inclusive; WrongInput where it ends before it begins or lies outside 1900 to 2200."""
    _require_order(first, last)
    return Period(first, last, f"{spoken(first)} to {spoken(last)}", "span")


def containing(
    kind: str,
    day: date,
    *,
    academic_start: tuple[int, int] = ACADEMIC_START,
) -> Period:
    """Give the whole period of a kind that a day lies in; any kind but accounting periods and spans."""
    if kind == "academic-year":
        return _academic_year(day, academic_start)
    return _CONTAINING[kind](day)


def periods(
    kind: str,
    first: date,
    last: date,
    *,
    academic_start: tuple[int, int] = ACADEMIC_START,
    accounting: Sequence[Period] = (),
) -> tuple[Period, ...]:
    """List the periods of a kind that touch first..last (inclusive, days in London), cut and marked at both ends.

    WrongInput: an unknown kind, a last day before the first, days outside 1900 to 2200, an academic year that cannot
    start on that day, accounting periods that overlap.
    """
    _require_kind(kind)
    _require_order(first, last)
    if kind == "span":
        return (span(first, last),)
    if kind == "accounting-period":
        whole: Iterator[Period] = iter(_apart(accounting))
    else:
        whole = _onwards(kind, first, last, academic_start)
    return tuple(cut(period, first, last) for period in whole if period.start <= last and period.end >= first)


def cut(period: Period, first: date, last: date) -> Period:
    """Keep of a period what lies within first..last; a cut one is marked as part and its label says what is left."""
    start, end = max(period.start, first), min(period.end, last)
    if (start, end) == (period.start, period.end):
        return period
    return replace(period, start=start, end=end, part=True, label=f"{period.label} ({_left(period, start, end)})")


def _left(period: Period, start: date, end: date) -> str:
    if start == period.start:
        return f"to {spoken(end)}"
    if end == period.end:
        return f"from {spoken(start)}"
    return f"{spoken(start)} to {spoken(end)}"


def year_from(month: int, day: int, start_year: int) -> tuple[date, date]:
    """Give the first and the last day of the year that starts on a month and day of `start_year`."""
    return date(start_year, month, day), date(start_year + 1, month, day) - DAY


def pair(start: date, end: date) -> str:
    """Write the calendar years a year touches: 2014/15, 1999/2000, 2014."""
    if start.year == end.year:
        return str(start.year)
    if start.year // 100 != end.year // 100:
        return f"{start.year}/{end.year}"
    return f"{start.year}/{end.year % 100:02}"


def financial_year(start_year: int) -> Period:
    """Give the financial year that starts on 1 April of `start_year`."""
    start, end = year_from(4, 1, start_year)
    return Period(start, end, pair(start, end), "financial-year")


def calendar_year(year: int) -> Period:
    """Give a year from January to December."""
    return Period(date(year, 1, 1), date(year, 12, 31), str(year), "calendar-year")


def tax_year(start_year: int) -> Period:
    """Give the tax year that starts on 6 April of `start_year`."""
    start, end = year_from(4, 6, start_year)
    return Period(start, end, f"tax year {pair(start, end)}", "tax-year")


def academic_year(start_year: int, academic_start: tuple[int, int] = ACADEMIC_START) -> Period:
    """Give the academic year that starts in `start_year`; its label says on which day, for bodies differ."""
    month, day = _startable(academic_start)
    start, end = year_from(month, day, start_year)
    return Period(start, end, f"academic year {pair(start, end)} from {day} {MONTHS[month - 1]}", "academic-year")


def month_of(year: int, month: int) -> Period:
    """Give a month by its number; its label has the month's name."""
    start = date(year, month, 1)
    return Period(start, _month_end(start), f"{MONTHS[month - 1]} {year}", "month")


def financial_quarter(start_year: int, number: int) -> Period:
    """Give quarter 1 (April to June) to 4 of the financial year that starts in `start_year`."""
    year = financial_year(start_year)
    return replace(_quarter(year.start, number), label=f"Q{number} {year.label}")


def calendar_quarter(year: int, number: int) -> Period:
    """Give quarter 1 (January to March) to 4 of a calendar year."""
    return replace(_quarter(date(year, 1, 1), number), label=f"Q{number} {year}")


def _quarter(year_start: date, number: int) -> Period:
    start = _months_on(year_start, 3 * (number - 1))
    return Period(start, _months_on(start, 3) - DAY, "", "quarter")


def _months_on(first_of_month: date, months: int) -> date:
    years, month = divmod(first_of_month.month - 1 + months, 12)
    return date(first_of_month.year + years, month + 1, 1)


def _month_end(first_of_month: date) -> date:
    return _months_on(first_of_month, 1) - DAY


def _started(day: date, month: int, first: int) -> int:
    return day.year if (day.month, day.day) >= (month, first) else day.year - 1


def _academic_year(day: date, academic_start: tuple[int, int]) -> Period:
    return academic_year(_started(day, *_startable(academic_start)), academic_start)


def _financial_quarter_of(day: date) -> Period:
    return financial_quarter(_started(day, 4, 1), (day.month - 4) % 12 // 3 + 1)


_CONTAINING: dict[str, Callable[[date], Period]] = {
    "financial-year": lambda day: financial_year(_started(day, 4, 1)),
    "calendar-year": lambda day: calendar_year(day.year),
    "tax-year": lambda day: tax_year(_started(day, 4, 6)),
    "quarter": _financial_quarter_of,
    "month": lambda day: month_of(day.year, day.month),
}


def _onwards(kind: str, first: date, last: date, academic_start: tuple[int, int]) -> Iterator[Period]:
    day = first
    while day <= last:
        period = containing(kind, day, academic_start=academic_start)
        yield period
        day = period.end + DAY


def _apart(accounting: Sequence[Period]) -> list[Period]:
    rows = sorted(accounting)
    for earlier, later in pairwise(rows):
        if later.start <= earlier.end:
            raise WrongInput(f"The accounting periods {earlier.label} and {later.label} overlap; give each day to one.")
    return rows


def _startable(academic_start: tuple[int, int]) -> tuple[int, int]:
    month, day = academic_start
    try:
        date(2001, month, day)
    except ValueError:
        message = f"An academic year cannot start on day {day} of month {month}; give a day that every year has."
        raise WrongInput(message) from None
    return month, day


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise WrongInput(f"“{kind}” is not a kind of period; use one of {', '.join(KINDS)}.")


def _require_order(first: date, last: date) -> None:
    if last < first:
        raise WrongInput(
            f"The period ends on {spoken(last)}, before it begins on {spoken(first)}; give the earlier first."
        )
    if first < EARLIEST or last > LATEST:
        raise WrongInput("A period lies between the years 1900 and 2200; check the years.")
