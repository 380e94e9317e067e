"""A day as people write it in a register: on one reading only, or not at all."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from candour.rules import years

ORDERS = ("dmy", "mdy", "ymd")
EARLIEST = date(1990, 1, 1)
"""A day before this in an incident register is a slip of the pen."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = {name: number for number, month in enumerate(_MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}
_ABOUT = re.compile(
    r"^(?:on or about|about|approximately|approx\b\.?|around|roughly|circa|ca?\b\.?|~)\s*", re.IGNORECASE
)
_ABOUT_AFTER = re.compile(r"[\s,]*(?:\(\s*)?\bapprox(?:\.|imately)?(?:\s*\))?$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?[,\s]*(?=\S)", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?P<day>.*?\d)(?:[,\s]+(?:at\s+)?|T)(?:(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"|(?P<hour12>\d{1,2})(?:[.:](?P<minute12>\d{2}))?(?=\s*[ap]m))\s*(?P<half>[ap]m)?(?:hrs|hours)?"
    r"\s*(?P<zone>Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_ZONES = {"z": "+00:00", "utc": "+00:00", "gmt": "+00:00", "bst": "+01:00"}
_HOW = "write it as 31/03/2012, 31 March 2012 or 2012-03-31"


class NotUnderstood(Exception):  # noqa: N818 - the text may be right, it is only not understood
    """A text has no one reading; `str()` is the sentence for the person who keeps the sheet."""


@dataclass(frozen=True)
class Moment:
    """A day with how sure it is ("exact", "approximate"), and in London the time of day where one was given."""

    day: date
    precision: str = "exact"
    at: datetime | None = None


def read(text: str, order: str = "dmy") -> Moment:
    """Read one day; `order` is that of days written in figures only. Raises NotUnderstood.

    A time without a zone is London's; of an hour that exists twice it is the earlier. "May 2014" is its first day,
    approximate.
    """
    bare = _ABOUT_AFTER.sub("", _ABOUT.sub("", text.strip()))
    precision = "exact" if bare == text.strip() else "approximate"
    bare = _WEEKDAY.sub("", bare)
    clock = _CLOCK.fullmatch(bare)
    day, whole = _day(clock["day"].strip() if clock else bare, order)
    at = _at(day, clock) if clock else None
    return Moment(at.date() if at else day, precision if whole else "approximate", at)


def check(day: date, today: date) -> None:
    """Refuse, as NotUnderstood, a day that an incident cannot have on `today`."""
    if day > today:
        raise NotUnderstood(f"{years.spoken(day)} lies in the future.")
    if day < EARLIEST:
        raise NotUnderstood(
            f"{years.spoken(day)} lies before {EARLIEST.year}, which cannot be right; write the year in full."
        )


def _day(text: str, order: str) -> tuple[date, bool]:
    """Give the day, and whether the text named one (False: a month or a year, of which it is the first)."""
    for pattern, make in _SHAPES:
        if found := pattern.fullmatch(text):
            year, month, day = make(found, order)
            return _made(year, month, day or 1), day is not None
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        raise NotUnderstood(f"“{text}” looks like a spreadsheet's own number for a day; give the cell a date format.")
    raise NotUnderstood(f"“{text}” cannot be read as a day; {_HOW}.")


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotUnderstood(_no_such_day(year, month, day)) from None


def _no_such_day(year: int, month: int, day: int) -> str:
    if 1 <= month <= len(_MONTHS):
        return f"There is no {day} {_MONTHS[month - 1].capitalize()} {year}; look up the day and mend it."
    return (
        f'There is no month {month}; if this sheet writes the month first, say so in the mapping: date_order = "mdy".'
    )


def _year(text: str) -> int:
    """Two figures are read as strptime does (POSIX): 69 to 99 are of the last century."""
    year = int(text)
    if len(text) > len("99"):
        return year
    return year + (1900 if year >= 69 else 2000)  # noqa: PLR2004 - POSIX's pivot


def _month(name: str) -> int:
    try:
        return _MONTH[name.casefold()]
    except KeyError:
        raise NotUnderstood(f"“{name}” is not the name of a month; {_HOW}.") from None


_Parts = tuple[int, int, int | None]


def _in_order(found: re.Match[str], order: str) -> _Parts:
    part = dict(zip(order, found.groups(), strict=True))
    return _year(part["y"]), int(part["m"]), int(part["d"])


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], _Parts]], ...] = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), lambda m, _: (int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})"), _in_order),
    (
        re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/., ]*(?:of )?([a-z]+)[-/., ']*(\d{4}|\d{2})", re.IGNORECASE),
        lambda m, _: (_year(m[3]), _month(m[2]), int(m[1])),
    ),
    (
        re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE),
        lambda m, _: (int(m[3]), _month(m[1]), int(m[2])),
    ),
    (re.compile(r"([a-z]+)[-/., ]*(\d{4})", re.IGNORECASE), lambda m, _: (int(m[2]), _month(m[1]), None)),
    (re.compile(r"(\d{1,2})/(\d{4})"), lambda m, _: (int(m[2]), int(m[1]), None)),
    (re.compile(r"(\d{4})"), lambda m, _: (int(m[1]), 1, None)),
)


def _at(day: date, clock: re.Match[str]) -> datetime:
    hour, minute = int(clock["hour"] or clock["hour12"]), int(clock["minute"] or clock["minute12"] or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].casefold() == "pm" else 0)
    try:
        naive = datetime.combine(day, time(hour, minute, int(clock["second"] or 0)))
    except ValueError:
        raise NotUnderstood(f"There is no {hour}:{minute:02} o'clock; write a time as 14:05.") from None
    return _zoned(naive, clock["zone"])


def _zoned(naive: datetime, zone: str | None) -> datetime:
    if not zone:
        return naive.replace(tzinfo=years.LONDON)
    offset = _ZONES.get(zone.casefold(), zone)
    return datetime.fromisoformat(naive.isoformat() + offset).astimezone(years.LONDON)
